package index

import (
	"unicode/utf8"

	"lianwen/corpus"
)

// synonyms finds which words of a question others stand for: the library's own,
// and those of the vocabulary that the library does not say otherwise about.
type synonyms struct {
	groups  map[string][]string // by word, folded: the words of its group
	longest int                 // word, in bytes
}

// meant is a word that was said with the group it is of.
type meant struct {
	word  string
	group []string
}

func newSynonyms(c *corpus.Corpus) synonyms {
	s := synonyms{groups: map[string][]string{}}
	for _, groups := range [][]corpus.Synonyms{c.Synonyms, corpus.Vocabulary()} {
		for _, g := range groups {
			s.add(g.Words)
		}
	}
	return s
}

// add adds a group, without the words that are in another already.
func (s *synonyms) add(words []string) {
	var group []string
	for _, w := range words {
		if w = fold(w); s.groups[w] == nil {
			group = append(group, w)
		}
	}
	if len(group) < 2 {
		return
	}
	for _, w := range group {
		s.groups[w] = group
		s.longest = max(s.longest, len(w))
	}
}

// in lists the words of folded text that have synonyms, in order, each group once;
// of words that overlap the longest: 主要领导 is none of the 领导.
func (s synonyms) in(text string) []meant {
	var out []meant
	seen := map[*string]bool{}
	for i := 0; i < len(text); {
		w := s.at(text[i:])
		if w == "" {
			_, n := utf8.DecodeRuneInString(text[i:])
			i += n
			continue
		}
		if g := s.groups[w]; !seen[&g[0]] {
			seen[&g[0]] = true
			out = append(out, meant{w, g})
		}
		i += len(w)
	}
	return out
}

// at is the longest word that a text begins with.
func (s synonyms) at(text string) string {
	for n := min(len(text), s.longest); n > 0; n-- {
		if n < len(text) && !utf8.RuneStart(text[n]) {
			continue
		}
		if s.groups[text[:n]] != nil {
			return text[:n]
		}
	}
	return ""
}
