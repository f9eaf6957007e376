package corpus

import "strings"

// CitedBy counts, for every rule in force, the other rules in force that name
// it in 《》 by its title or an alias. Rules that many others name are the
// general ones.
func (c *Corpus) CitedBy() map[*Rule]int {
	named := map[string]*Rule{}
	for _, r := range c.Rules {
		if r.Repealed {
			continue
		}
		for _, name := range append([]string{r.Title}, r.Aliases...) {
			named[strings.TrimPrefix(name, nationPrefix)] = r
		}
	}
	type pair struct{ by, to *Rule }
	seen := map[pair]bool{}
	counts := map[*Rule]int{}
	for _, by := range c.Rules {
		if by.Repealed {
			continue
		}
		for _, a := range by.Articles {
			for name := range titlesIn(a.Text) {
				to := named[strings.TrimPrefix(name, nationPrefix)]
				if to == nil || to == by || seen[pair{by, to}] {
					continue
				}
				seen[pair{by, to}] = true
				counts[to]++
			}
		}
	}
	return counts
}

// titlesIn yields what stands in 《》, each time it does.
func titlesIn(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for {
			_, after, ok := strings.Cut(text, "《")
			title, rest, closed := strings.Cut(after, "》")
			if !ok || !closed || !yield(title) {
				return
			}
			text = rest
		}
	}
}
