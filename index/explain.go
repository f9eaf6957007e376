package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Explanation is a Result and how it came about.
type Explanation struct {
	Result
	Before   string    // what was said before and asked together with it; "" when it stands alone
	Terms    []Term    // what the question was cut into, what counts for most first; none when it was looked up
	Synonyms []Synonym // whose words came in
	Bridge   []string  // what the bridge says it is about, in official words; never to be quoted
	Ranking  []Placed  // the best, whatever the outcome
}

// TermKind is how a term came into a question.
type TermKind int

// The kinds of terms.
const (
	TermSaid     TermKind = iota // it was said
	TermAsking                   // … to ask, and counts among the asked-as lines only
	TermMeant                    // it is a synonym of what was said
	TermMisheard                 // it sounds like what was said, which no article has
	TermBeside                   // it was told besides, or said before
	TermOver                     // the bridge says it
)

// Term is one term that was searched for.
type Term struct {
	Text    string
	Kind    TermKind
	For     string  // of one misheard, what was said
	Share   float64 // of all that the terms count for
	Unknown bool    // no article has it
}

// Synonym is a word that was said and others that it stands for.
type Synonym struct {
	Word    string
	Others  []string
	General bool // of the vocabulary, not the library's own
}

// Placed is an article in its place, with what it has of the question.
type Placed struct {
	Scored
	Parts [allParts]float64 // of the score, by Part; all zero where it was not ranked by terms
	Found []Found
	Lines []LikeLine // its asked-as lines that are like the question, the closest first
}

// Found is a term that an article has, and where.
type Found struct {
	Term
	Text, Heading, Line, Name bool // in its words, its heading, its lines, its rule's name
}

// LikeLine is an asked-as line with how like a question it is, from 0 to 1.
type LikeLine struct {
	Text string
	Like float64
}

const (
	explained = 10  // how many articles an Explanation ranks
	worthLike = 0.1 // how like the question a line must be to be shown
	mostLike  = 3   // how many of an article's lines are
)

// Explain answers as Search does, by the same scoring, and says how it came about.
func (x *Index) Explain(ctx context.Context, q Query) (Explanation, error) {
	t := &trace{}
	q.trace, q.Depth = t, max(q.Depth, explained)
	res, err := x.Search(ctx, q)
	if err != nil {
		return Explanation{}, err
	}
	e := Explanation{Result: res}
	if res.Leaned {
		e.Before = q.Before.Question
	}
	if t.asked == nil || res.Guess {
		for _, a := range res.Ranked[:min(explained, len(res.Ranked))] {
			e.Ranking = append(e.Ranking, Placed{Scored: Scored{Article: a}})
		}
		return e, nil
	}
	e.Terms = x.explainTerms(t.asked)
	for _, m := range t.asked.meant {
		others := slices.DeleteFunc(slices.Clone(m.words), func(w string) bool { return w == m.word })
		e.Synonyms = append(e.Synonyms, Synonym{m.word, others, m.general})
	}
	if t.asked.over > 0 {
		for _, a := range t.bridge {
			e.Bridge = append(e.Bridge, cmp.Or(a.Heading, a.Rule.Title))
		}
	}
	for _, c := range t.ranked[:min(explained, len(t.ranked))] {
		p := Placed{Scored: Scored{x.units[c.unit], c.score}, Parts: *t.parts[c.unit]}
		p.Found, p.Lines = x.foundIn(c.unit, e.Terms), x.likeLines(c.unit, t.asked.like)
		e.Ranking = append(e.Ranking, p)
	}
	return e, nil
}

// explainTerms are the terms of a question that was scored.
func (x *Index) explainTerms(q *question) []Term {
	total := 0.0
	for _, t := range q.terms {
		total += x.worth(t)
	}
	var out []Term
	for _, t := range q.terms {
		term := Term{Text: t.text, For: t.said, Share: x.worth(t) / cmp.Or(total, 1), Unknown: t.idf == x.idf(0)}
		switch {
		case t.said != "":
			term.Kind = TermMisheard
		case t.once:
			term.Kind = TermOver
		case t.synonym:
			term.Kind = TermMeant
		case t.aside:
			term.Kind = TermBeside
		case t.scaffold:
			term.Kind = TermAsking
		}
		out = append(out, term)
	}
	slices.SortStableFunc(out, func(a, b Term) int { return cmp.Compare(b.Share, a.Share) })
	return out
}

// foundIn are the terms that an article has, each once, as the index has them.
func (x *Index) foundIn(unit int, ts []Term) []Found {
	a := x.units[unit]
	text, heading := termSet(append(slices.Clone(a.Path), strings.TrimPrefix(a.Text, a.Label))), termSet([]string{a.Heading})
	lines, name := termSet(a.Lines()), termSet(ruleNames(a.Rule))
	seen := map[string]bool{}
	var out []Found
	for _, t := range ts {
		f := Found{Term: t, Line: lines[t.Text]}
		if t.Kind != TermAsking {
			f.Text, f.Heading, f.Name = text[t.Text], heading[t.Text], name[t.Text]
		}
		if (f.Text || f.Heading || f.Line || f.Name) && !seen[t.Text] {
			seen[t.Text] = true
			out = append(out, f)
		}
	}
	return out
}

func termSet(texts []string) map[string]bool {
	set := map[string]bool{}
	for _, t := range terms(fold(strings.Join(texts, "\n"))) {
		set[t] = true
	}
	return set
}

// likeLines are an article's lines that are like a question.
func (x *Index) likeLines(unit int, like *likeness) []LikeLine {
	asked := x.units[unit].Lines()
	var out []LikeLine
	for i, l := range x.lines(unit) {
		if n := like.line(l); n >= worthLike {
			out = append(out, LikeLine{asked[i], n})
		}
	}
	slices.SortStableFunc(out, func(a, b LikeLine) int { return cmp.Compare(b.Like, a.Like) })
	return out[:min(mostLike, len(out))]
}
