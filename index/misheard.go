package index

import (
	"cmp"
	"maps"
	"slices"
	"unicode"
	"unicode/utf8"
)

// maxMisheard is how many pairs are tried in place of one that no article has.
const maxMisheard = 3

// misheard lists what a pair that stands in no article may have been meant to
// be: the pairs of the same sound that articles do have, the most frequent
// first. 提岸 is 提案, typed or dictated. Each gets a part of share, as its
// frequency among them.
func (x *Index) misheard(p *postings, pair string, share float64) ([]term, error) {
	first, n := utf8.DecodeRuneInString(pair)
	second, _ := utf8.DecodeRuneInString(pair[n:])
	type found struct {
		text string
		df   int
	}
	var all []found
	try := func(text string) error {
		df := 0
		for _, name := range textFields {
			l, err := p.find(name, text)
			if err != nil {
				return err
			}
			df = max(df, l.n)
		}
		if df > 0 {
			all = append(all, found{text, df})
		}
		return nil
	}
	alike := x.homophones()
	for _, a := range alike[soundOf(first)] {
		if err := try(string(a) + string(second)); err != nil {
			return nil, err
		}
	}
	for _, b := range alike[soundOf(second)] {
		if err := try(string(first) + string(b)); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(b.df, a.df) })
	all = all[:min(len(all), maxMisheard)]
	sum := 0
	for _, f := range all {
		sum += f.df
	}
	var out []term
	for _, f := range all {
		out = append(out, term{text: f.text, share: share * float64(f.df) / float64(sum), synonym: true})
	}
	return out, nil
}

// homophones lists the characters of the corpus by sound.
func (x *Index) homophones() map[string][]rune {
	x.bySoundOnce.Do(func() {
		x.bySound = map[string][]rune{}
		for _, r := range slices.Sorted(maps.Keys(x.chars)) {
			s := soundOf(r)
			x.bySound[s] = append(x.bySound[s], r)
		}
	})
	return x.bySound
}

// soundOf is the spelling of a character, or the character if it has none.
func soundOf(r rune) string {
	if !unicode.Is(unicode.Han, r) {
		return string(r)
	}
	return cmp.Or(spelling(r), string(r))
}
