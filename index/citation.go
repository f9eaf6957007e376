package index

import (
	"regexp"

	"lianwen/corpus"
)

const numeral = `[零〇一二两三四五六七八九十百千0-9]+`

var (
	// 第十二条, 第一百三十三条之一, 第五条第二款, 第五条第一款第三项
	explicitNumber = regexp.MustCompile(`第?(` + numeral + `)条(?:之(` + numeral + `))?(?:第(` + numeral + `)款)?(?:第(` + numeral + `)项)?`)
	// 第五至第七条
	numberRange = regexp.MustCompile(`第(` + numeral + `)条?[至到]第?(` + numeral + `)条`)
	// what may follow a rule's name when 条 is left out: 考勤办法 7, 十不准第三
	looseNumber = regexp.MustCompile(`^的?第?(` + numeral + `)(?:个|项|款|号)?$`)
	// 第三个不准, 不准第三, where the list itself is not named
	prohibitionNumber = regexp.MustCompile(`^第(` + numeral + `)(?:个|条|项)?不准$|^不准的?第(` + numeral + `)(?:个|条|项)?$`)
	annexNumber       = regexp.MustCompile(`^的?附件(` + numeral + `)?$`)
)

// citation is a place as a question names it, in the words of the question.
type citation struct{ main, sub, paragraph, item string }

func newCitation(match []string) citation {
	return citation{match[1], match[2], match[3], match[4]}
}

func (c citation) number() (corpus.Number, bool) {
	main, ok := corpus.ParseNumeral(c.main)
	if !ok {
		return corpus.Number{}, false
	}
	sub, _ := corpus.ParseNumeral(c.sub)
	return corpus.Number{Main: main, Sub: sub}, true
}

// citations are all places named in text, a range spelt out; at most MaxHits.
func citations(text string) []citation {
	if m := numberRange.FindStringSubmatch(text); m != nil {
		first, ok1 := corpus.ParseNumeral(m[1])
		last, ok2 := corpus.ParseNumeral(m[2])
		if ok1 && ok2 && first < last {
			var out []citation
			for n := first; n <= last && len(out) < MaxHits; n++ {
				out = append(out, citation{main: corpus.FormatNumeral(n)})
			}
			return out
		}
	}
	var out []citation
	for _, m := range explicitNumber.FindAllStringSubmatch(text, MaxHits) {
		out = append(out, newCitation(m))
	}
	return out
}
