package index

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"lianwen/corpus"
)

// params are the parameters of ranking. They stand together so that each part
// can be taken away by itself and measured.
type params struct {
	fields map[string]field
	// A pair or word counts for idf^pairPower, a single character for
	// single × idf^singlePower: pairs carry the meaning, single characters
	// catch what pairs miss.
	pairPower, single, singlePower float64
	// A term said n times counts for n^repeat.
	repeat float64
	// How much less a term counts that keeps to few rules (see spread).
	spread float64
	// What a term of the asking counts for, among the asked-as lines only.
	scaffold float64
	// What a synonym counts for, next to a word that was said.
	synonym float64
	// … and one that only the vocabulary knows, which is written for no library.
	vocabulary float64
	// What a pair that no article has counts for as one that sounds like it.
	misheard float64
	// What single asked-as lines add that say the question and nothing else, as
	// a share of the best score.
	lines float64
	// What the other articles of its rule add to an article: a share of the
	// mean of the rule's ten best, and of the better of its two neighbours.
	rule, neighbour float64
	// What being named by n other rules adds to a rule's articles, in units of
	// ln(1+n) of the most that one term can be worth.
	cited float64
	// How many postings a question reads whole lists of, rarest terms first.
	// What is left over then are single characters that are nearly everywhere
	// and decide little: they count for the best articles only.
	budget int
}

// field is how matches in one field count: their weight, and BM25's k1, which
// bounds what repetition adds, and b, how far long texts are discounted
// (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009). Single
// characters have a b of their own: a long text has nearly all of them.
type field struct{ weight, k1, b, singleB float64 }

// defaults were chosen on the judged questions (testdata) and on statutes; the
// optimum is flat, see testdata/ablation.golden for what each part is worth.
var defaults = params{
	fields: map[string]field{
		fieldBody:  {weight: 1, k1: 0.8, b: 0.6, singleB: 0.8},
		fieldAsked: {weight: 1.6, k1: 0.8, b: 0.4, singleB: 0.4},
		fieldSound: {weight: 1, k1: 1.2}, // its lengths are not kept
	},
	pairPower: 0.8, single: 0.3, singlePower: 1.5,
	repeat: 0.7, spread: 0.2, scaffold: 1, synonym: 0.5, vocabulary: 0.4, misheard: 0.5, lines: 0.5,
	rule: 1, neighbour: 0.1, cited: 0.18,
	budget: 400_000,
}

// candidate is an article with its score. matched is the score before single
// asked-as lines were read.
type candidate struct {
	unit           int
	score, matched float64
}

// rank answers what is no citation: a message with one question, or with several.
func (x *Index) rank(ctx context.Context, folded string, q Query) (Result, error) {
	if q.Before.Question == "" && vague(folded) {
		return Result{Outcome: None, Vague: true}, nil
	}
	asked, told := told(folded)
	whole, err := x.newQuestion(folded)
	if err != nil {
		return Result{}, err
	}
	if told != "" {
		if whole, err = x.newQuestion(strings.Join(asked, "，"), aside{told, toldShare, 0}); err != nil {
			return Result{}, err
		}
	}
	res, err := x.find(ctx, whole, q)
	if err != nil {
		return Result{}, err
	}
	if leans, err := x.leans(ctx, folded, q, res); err != nil {
		return Result{}, err
	} else if leans {
		return x.lean(ctx, folded, q)
	}
	if len(asked) > 1 {
		return x.findEach(ctx, asked, told, res, q)
	}
	if res.Outcome == None {
		if guess, ok, err := x.rankBySound(ctx, folded, q.Depth); ok || err != nil {
			return guess, err
		}
	}
	return res, nil
}

// Vague reports whether a text is nothing but words of asking.
func Vague(text string) bool { return vague(unspaced(fold(text))) }

func vague(folded string) bool { return content(connective.ReplaceAllString(folded, "")) == "" }

// find answers a question: by what it says or, if that is not sure to answer it, by
// what the bridge says it is about as well. Its result lists the best articles in
// Ranked, as deep as q says.
func (x *Index) find(ctx context.Context, asked *question, q Query) (Result, error) {
	asked.trace = q.trace
	n := max(q.Depth, minRanked)
	if len(asked.before.Articles) > 0 {
		n = max(n, leanRanked)
	}
	ranked, err := x.ranked(ctx, asked, n)
	if err != nil {
		return Result{}, err
	}
	x.byQuotation(asked, ranked)
	asked.trace.note(OfQuotation, ranked)
	outcome, worthNaming := x.decide(asked, ranked)
	if outcome != Answered && x.bridge != nil && !asked.sureOnly && asked.covered < ownWordsEnough {
		over, ok, err := x.overBridge(ctx, asked)
		if err != nil {
			return Result{}, err
		}
		if ok {
			over.near = outcome == Choices
			if ranked, err = x.ranked(ctx, over, n); err != nil {
				return Result{}, err
			}
			asked = over
			outcome, worthNaming = x.decide(asked, ranked)
		}
	}
	return x.result(asked, ranked, outcome, worthNaming, q.Depth), nil
}

// ownWordsEnough is the share of a question in the words of the best article from which
// on no other words are needed to find it.
const ownWordsEnough = 0.9

// ranked are the n articles nearest to a question.
func (x *Index) ranked(ctx context.Context, asked *question, n int) ([]candidate, error) {
	s := x.newScan()
	defer s.release()
	if err := s.score(ctx, asked.terms, textFields); err != nil {
		return nil, err
	}
	ranked := x.unlike(best(s.inContext(), n+copiesAllowed), n)
	asked.trace.begin(asked, s.own, ranked)
	x.nearTalk(asked, ranked)
	asked.trace.note(OfTalk, ranked)
	asked.weigh(x)
	asked.closest = x.byLines(asked.like, ranked)
	asked.trace.note(OfLines, ranked)
	x.byHeadings(asked, ranked)
	asked.trace.note(OfHeading, ranked)
	x.demoteFormal(asked, ranked)
	asked.trace.note(OfFormality, ranked)
	return ranked, nil
}

// leanRanked is how many of the best a message that leans is looked for among.
const leanRanked = 200

// articles are the first n of the ranked.
func (x *Index) articles(ranked []candidate, n int) []*corpus.Article {
	var out []*corpus.Article
	for _, c := range ranked[:min(n, len(ranked))] {
		out = append(out, x.units[c.unit])
	}
	return out
}

// minRanked is how many of the best are looked at: enough for the hits and for
// the rules nearest to them.
const minRanked = 20

// best returns the n articles with the highest scores, best first; articles
// with equal scores stand in the order of the library.
func best(scores []float32, n int) []candidate {
	order := func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.unit, b.unit))
	}
	top := make([]candidate, 0, 2*n)
	floor := float32(0) // what a score must exceed to be among the n best
	for u, s := range scores {
		if s <= floor {
			continue
		}
		top = append(top, candidate{u, float64(s), float64(s)})
		if len(top) == 2*n {
			slices.SortFunc(top, order)
			top = top[:n]
			floor = float32(top[n-1].score)
		}
	}
	slices.SortFunc(top, order)
	return top[:min(n, len(top))]
}

// copiesAllowed is how many copies of other articles may stand among the best
// before the ranking gets shorter for them.
const copiesAllowed = 40

// identity is what makes two articles the same to a reader.
type identity struct {
	rule   *corpus.Rule
	number corpus.Number
	text   string
}

func identify(a *corpus.Article) identity { return identity{a.Rule, a.Number, a.Text} }

// unlike drops articles that repeat one above them, and keeps at most n: nobody
// needs the same text twice.
func (x *Index) unlike(ranked []candidate, n int) []candidate {
	seen := make(map[identity]bool, len(ranked))
	ranked = slices.DeleteFunc(ranked, func(c candidate) bool {
		id := identify(x.units[c.unit])
		again := seen[id]
		seen[id] = true
		return again
	})
	return ranked[:min(n, len(ranked))]
}

// byScore sorts by score, the best first; equals stay in their order.
func byScore(cs []candidate) {
	slices.SortStableFunc(cs, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
}

// hits turns the best candidates into hits with their quotes.
func (x *Index) hits(ranked []candidate, q *question) []Hit {
	var out []Hit
	for _, c := range ranked[:min(len(ranked), cmp.Or(q.hits, MaxHits))] {
		h := x.newHit(c.unit, q)
		h.Score = c.score
		out = append(out, h)
	}
	return out
}

// nearestRules are the rules of the best candidates, each once.
func (x *Index) nearestRules(ranked []candidate, n int) []*corpus.Rule {
	var rules []*corpus.Rule
	for _, c := range ranked {
		r := x.units[c.unit].Rule
		if !slices.Contains(rules, r) {
			rules = append(rules, r)
		}
		if len(rules) == n {
			break
		}
	}
	return rules
}
