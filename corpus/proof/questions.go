package proof

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"lianwen/corpus"
)

// A key stands out when it is at least longerBy times as long as the longest of the
// other options and at least longerChars characters longer: below that, readers do not
// see it.
const (
	longerBy    = 1.35
	longerChars = 4
)

// questions looks at each question, then at all of them together.
func (k *check) questions() {
	for _, q := range k.c.Questions {
		k.sameOptions(q)
		k.longKey(q)
		k.allOfThem(q)
		k.repeatedKey(q)
		k.undecidable(q)
		k.keys(q)
	}
	k.spread()
}

// sameOptions looks for options that are one.
func (k *check) sameOptions(q *corpus.Question) {
	for i, o := range q.Options {
		for j := range i {
			if bare(o) == bare(q.Options[j]) {
				k.addQuestion(q, Options, true, fmt.Sprintf("选项 %c 和 %c 是一样的", 'A'+j, 'A'+i), "请改其中一个")
			}
		}
	}
}

func (k *check) longKey(q *corpus.Question) {
	key, others := utf8.RuneCountInString(q.Options[q.Answer]), 0
	for i, o := range q.Options {
		if i != q.Answer {
			others = max(others, utf8.RuneCountInString(o))
		}
	}
	if float64(key) >= longerBy*float64(others) && key >= others+longerChars {
		k.addQuestion(q, Options, false, fmt.Sprintf("答案有 %d 字，别的选项最长 %d 字，一看就知道", key, others), "请把答案写短，或把别的选项写得一样详细")
	}
}

var allOfThem = regexp.MustCompile(`^(?:以上|上述)(?:各项|三项|几项|情形)?(?:都|均|全)(?:对|是|正确|可以|不对|不得)|^全?都对$`)

func (k *check) allOfThem(q *corpus.Question) {
	for i, o := range q.Options {
		if allOfThem.MatchString(o) {
			k.addQuestion(q, Options, false, fmt.Sprintf("选项 %c「%s」多半就是答案，推送时选项的次序也不能变", 'A'+i, o), "请换一个具体的选项")
		}
	}
}

// repeatedKey looks for words of the question that only the key repeats: three or more
// characters in a row.
func (k *check) repeatedKey(q *corpus.Question) {
	const shortest = 4
	stem := []rune(q.Text)
	for n := len(stem); n >= shortest; n-- {
		for i := 0; i+n <= len(stem); i++ {
			words := string(stem[i : i+n])
			if !strings.Contains(q.Options[q.Answer], words) || !onlyHan(words) {
				continue
			}
			for j, o := range q.Options {
				if j != q.Answer && strings.Contains(o, clip(words, shortest-1)) {
					return
				}
			}
			k.addQuestion(q, Options, false, fmt.Sprintf("题干里的「%s」只有答案里有", words), "请在别的选项里也用上，或换一个说法")
			return
		}
	}
}

func onlyHan(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r < 0x4e00 || r > 0x9fff }) < 0
}

var (
	latest = regexp.MustCompile(`最晚|最迟|至迟`)
	window = regexp.MustCompile(`前(` + numeral + `个?(?:工作日|日|天))(?:之|以)?内`)
	longer = regexp.MustCompile(`(?:可以|可)?再?延长`)
	// usually says that what can be put off is left out.
	usually = regexp.MustCompile(`延长|一般(?:最|多|在|应|情况)|通常`)
)

// undecidable looks for questions for a last day of which the article gives a window, or
// which can be put off.
func (k *check) undecidable(q *corpus.Question) {
	if !latest.MatchString(q.Text) {
		return
	}
	for _, cite := range q.Cites {
		a := k.c.Resolve(cite)
		if a == nil {
			continue
		}
		if m := window.FindStringSubmatch(a.Text); m != nil && strings.Contains(q.Options[q.Answer], m[1]) {
			k.addQuestion(q, Options, true, fmt.Sprintf("问的是最晚，%s写的「%s」是一段时间，定不了是哪一天", a.Citation(), m[0]), "请改问「在哪段时间」，或把条文写成「至迟」")
		} else if m := longer.FindString(a.Text); m != "" && !usually.MatchString(q.Text) && hasLength(q.Options[q.Answer]) {
			k.addQuestion(q, Options, false, fmt.Sprintf("问的是最晚，%s还有「%s」的规定", a.Citation(), m), "请在题干里写明不算延长的，或改问一般多久")
		}
	}
}

func hasLength(text string) bool { return len(values("period", text)) > 0 }
