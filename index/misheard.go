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

// addMisheard adds to a question's terms what its pairs that stand in no article
// may have been meant to be.
func (x *Index) addMisheard(ts []term) ([]term, error) {
	if x.params.misheard == 0 {
		return ts, nil
	}
	p, err := x.postings()
	if err != nil {
		return nil, err
	}
	for _, t := range ts {
		if t.synonym || t.scaffold || t.aside || !isPair(t.text) {
			continue
		}
		meant, err := x.misheard(p, t.text)
		if err != nil {
			return nil, err
		}
		for _, m := range meant {
			m.share *= x.params.misheard * t.share
			ts = append(ts, m)
		}
	}
	return ts, nil
}

// frequency is in how many articles a pair stands, in the field where it is in the
// most.
func (p *postings) frequency(pair string) (int, error) {
	df := 0
	for _, name := range textFields {
		l, err := p.find(name, pair)
		if err != nil {
			return 0, err
		}
		df = max(df, l.n)
	}
	return df, nil
}

// misheard lists the pairs that sound like pair and stand in articles, the most
// frequent first, if pair itself does not: 提岸 is 提案, typed or dictated. Their
// shares are their frequencies among them.
func (x *Index) misheard(p *postings, pair string) ([]term, error) {
	if df, err := p.frequency(pair); df > 0 || err != nil {
		return nil, err
	}
	first, n := utf8.DecodeRuneInString(pair)
	second, _ := utf8.DecodeRuneInString(pair[n:])
	type found struct {
		text string
		df   int
	}
	var all []found
	try := func(text string) error {
		df, err := p.frequency(text)
		if df > 0 {
			all = append(all, found{text, df})
		}
		return err
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
		out = append(out, term{text: f.text, share: float64(f.df) / float64(sum), synonym: true, said: pair})
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
