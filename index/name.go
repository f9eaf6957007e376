package index

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lianwen/corpus"
)

// names are the titles and aliases of the rules in force, compacted, longest first.
type names []name

type name struct {
	text string
	rule *corpus.Rule
}

func newNames(c *corpus.Corpus) names {
	var ns names
	for title, rule := range c.Names() {
		ns = append(ns, name{compact(fold(title)), rule})
	}
	slices.SortFunc(ns, func(a, b name) int {
		return cmp.Or(cmp.Compare(len(b.text), len(a.text)), cmp.Compare(a.text, b.text))
	})
	return ns
}

// compact keeps letters, digits and Han characters.
func compact(folded string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, folded)
}

// mostMentions is how many names of a message are looked at.
const mostMentions = 6

// mention is a rule's name in a text, and where it stands.
type mention struct {
	rule       *corpus.Rule
	start, end int
}

// in are the names in citable text, in its order; of those that overlap, the
// longest.
func (ns names) in(text string) []mention {
	var plain strings.Builder
	var at []int // the place in text of each byte of plain
	for i, r := range text {
		if r == '-' || r == '、' {
			continue
		}
		for range utf8.RuneLen(r) {
			at = append(at, i)
		}
		plain.WriteRune(r)
	}
	at = append(at, len(text))
	var out []mention
	for _, n := range ns {
		for from := 0; ; {
			i := strings.Index(plain.String()[from:], n.text)
			if i < 0 || n.text == "" || len(out) == mostMentions {
				break
			}
			i += from
			from = i + len(n.text)
			m := mention{n.rule, at[i], at[from]}
			if last := at[from-1]; last < m.end { // marks behind the name are not part of it
				_, size := utf8.DecodeRuneInString(text[last:])
				m.end = last + size
			}
			if !slices.ContainsFunc(out, func(o mention) bool { return m.start < o.end && o.start < m.end }) {
				out = append(out, m)
			}
		}
	}
	slices.SortFunc(out, func(a, b mention) int { return cmp.Compare(a.start, b.start) })
	return out
}

// ending is the rule whose title ends with a name, as 公务员法 for
// 中华人民共和国公务员法: nil when no title does, or those of several rules.
func (ns names) ending(name string) *corpus.Rule {
	var found *corpus.Rule
	if runes(name) < minEnding {
		return nil
	}
	for _, n := range ns {
		if strings.HasSuffix(n.text, name) && n.text == compact(fold(n.rule.Title)) && n.rule != found {
			if found != nil {
				return nil
			}
			found = n.rule
		}
	}
	return found
}

// minEnding is how long the end of a title must be to stand for it.
const minEnding = 3

var (
	// titleLike is how the names of rules end.
	titleLike = regexp.MustCompile(`(?:法|条例|办法|规则|制度|细则|规定|章程|通则|准则|守则|规程|公约|纪律|要求|意见|通知|决定|解释|不准)$`)
	// citing is how what is cited is brought in.
	citing = regexp.MustCompile(`^.*(?:按照|根据|依照|依据|违反|参照|适用|关于)`)
	// inTitleMarks is a name between 《》.
	inTitleMarks = regexp.MustCompile(`《([^《》]{2,60})》`)
)
