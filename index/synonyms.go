package index

import (
	"unicode/utf8"

	"lianwen/corpus"
)

// synonyms finds which words of a question others stand for: the library's own,
// and those of the vocabulary that the library does not say otherwise about.
type synonyms struct {
	groups  map[string]*group // by word, folded
	longest int               // word, in bytes
}

// group is words that mean the same to people who ask.
type group struct {
	words   []string
	general bool // of the vocabulary
}

// meant is a word that was said with the group it is of.
type meant struct {
	word string
	*group
}

func newSynonyms(c *corpus.Corpus) synonyms {
	s := synonyms{groups: map[string]*group{}}
	for _, g := range c.Synonyms {
		s.add(g.Words, false)
	}
	for _, g := range corpus.Vocabulary() {
		s.add(g.Words, true)
	}
	return s
}

// add adds a group, without the words that are in another already.
func (s *synonyms) add(words []string, general bool) {
	g := &group{general: general}
	for _, w := range words {
		if w = fold(w); s.groups[w] == nil {
			g.words = append(g.words, w)
		}
	}
	if len(g.words) < 2 {
		return
	}
	for _, w := range g.words {
		s.groups[w] = g
		s.longest = max(s.longest, len(w))
	}
}

// in lists the words of folded text that have synonyms, in order, each group once;
// of words that overlap the longest: 主要领导 is none of the 领导.
func (s synonyms) in(text string) []meant {
	var out []meant
	seen := map[*group]bool{}
	for i := 0; i < len(text); {
		w := s.at(text[i:])
		if w == "" {
			_, n := utf8.DecodeRuneInString(text[i:])
			i += n
			continue
		}
		if g := s.groups[w]; !seen[g] {
			seen[g] = true
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
