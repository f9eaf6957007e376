package proof

import (
	"slices"
	"strings"

	"lianwen/corpus"
)

// passage is a sentence or item of an article in force.
type passage struct {
	of   *corpus.Article
	text string
	lead string // what it depends on: the words that open its list
}

// passagesOf are the sentences and items of an article, and the words that open its
// lists, once each, before what depends on them.
func passagesOf(a *corpus.Article) (list []passage) {
	opened := map[corpus.Span]bool{}
	for _, p := range a.Passages() {
		for i, lead := range p.Lead {
			if !opened[lead] {
				opened[lead] = true
				list = append(list, passageOf(a, corpus.Passage{Span: lead, Lead: p.Lead[:i]}))
			}
		}
		list = append(list, passageOf(a, p))
	}
	return list
}

func passageOf(a *corpus.Article, p corpus.Passage) passage {
	var lead []string
	for _, span := range p.Lead {
		lead = append(lead, span.In(a.Text))
	}
	return passage{of: a, text: p.In(a.Text), lead: strings.Join(lead, "")}
}

// whole is the passage with what it depends on.
func (p passage) whole() string { return p.lead + p.text }

// addAt notes a finding about a passage.
func (k *check) addAt(p passage, kind Kind, must bool, what, fix string) {
	k.add(Finding{Kind: kind, Must: must, Where: p.of.Key(), File: p.of.Rule.File, What: what, Fix: fix}, p.of.Line, p.text)
}

type contentKind int

const (
	aStory contentKind = iota
	aNotice
	aBook
	aCase
)

// content is a text that is told to people beside the rules.
type content struct {
	kind            contentKind
	id, title, file string
	text            string
	cites           []corpus.Cite
	period          string // of a story
}

// contentsOf are the library's own contents: what is borrowed is not its to mend.
func contentsOf(c *corpus.Corpus) (list []content) {
	if !slices.Contains(c.Borrowed, corpus.StoriesKind) {
		for _, s := range c.Stories {
			list = append(list, content{aStory, s.ID, s.Title, s.File, s.Text, s.Cites, s.Period})
		}
	}
	if !slices.Contains(c.Borrowed, corpus.NoticesKind) {
		for _, n := range c.Notices {
			list = append(list, content{aNotice, n.ID, "", n.File, n.Text, n.Cites, ""})
		}
	}
	if !slices.Contains(c.Borrowed, corpus.BooksKind) {
		for _, b := range c.Books {
			list = append(list, content{aBook, b.ID, b.Title, b.File, b.Text, nil, ""})
		}
	}
	for _, cs := range c.Cases {
		list = append(list, content{aCase, cs.ID, cs.Title, cs.File, cs.Text, cs.Cites, ""})
	}
	return list
}

// addIn notes a finding about a content; text is what of it is meant.
func (k *check) addIn(t content, kind Kind, must bool, text, what, fix string) {
	k.add(Finding{Kind: kind, Must: must, Where: t.id, File: t.file, What: what, Fix: fix}, 1, text)
}

// addQuestion notes a finding about a question.
func (k *check) addQuestion(q *corpus.Question, kind Kind, must bool, what, fix string) {
	k.add(Finding{Kind: kind, Must: must, Where: q.ID, File: q.File, What: what, Fix: fix}, q.Line, "")
}

// sentences divides a text; items of a list that ； parts are sentences of their own.
func sentences(text string) (list []string) {
	for _, s := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("。！？；\n", r) }) {
		if s = strings.TrimSpace(s); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// clauses are the parts of a sentence.
func clauses(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("，；：。", r) })
}

// containsAny reports whether a text has one of these words.
func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}
