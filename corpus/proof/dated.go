package proof

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"lianwen/corpus"
)

var (
	yearPattern = regexp.MustCompile(`(20\d\d)年`)
	// daysOff is what a notice says of one year's holidays: 10月1日至7日放假.
	daysOff  = regexp.MustCompile(`\d{1,2}月\d{1,2}日(?:（[^）]*）)?(?:至|到|—|-)(?:\d{1,2}月)?\d{1,2}日|放假\d+天|调休`)
	validFor = regexp.MustCompile(`有效期(?:为|限为)?(?:(` + numeral + `)年|至(20\d\d)年)`)
)

// dated looks for days and years that are over: in what is pushed every year, and in the
// rules that were to hold for so many years.
func (k *check) dated() {
	thisYear := string(k.today)[:4]
	for _, t := range k.contents {
		if t.kind != aNotice && t.kind != aCase {
			continue // a story tells of the past
		}
		for _, s := range sentences(t.text) {
			for _, m := range yearPattern.FindAllStringSubmatch(s, -1) {
				if m[1] < thisYear {
					k.addIn(t, Dated, t.kind == aNotice, s, "写着"+m[0]+"，已经过去", "请改成每年都能用的说法，或改成今年的")
				}
			}
			if m := daysOff.FindString(s); m != "" && t.kind == aNotice {
				k.addIn(t, Dated, true, s, "写着一年的日子「"+m+"」，别的年份用不上", "请去掉日期；放假安排写在日历里")
			}
		}
	}
	rules, lists := k.c.RulesInForce()
	for _, r := range append(rules, lists...) {
		k.expired(r)
	}
}

// expired looks whether a rule in force was to hold until a day that is over.
func (k *check) expired(r *corpus.Rule) {
	for _, a := range r.Articles {
		m := validFor.FindStringSubmatch(a.Text)
		if m == nil {
			continue
		}
		end := m[2]
		if years, ok := corpus.ParseNumeral(m[1]); ok && r.Effective != "" {
			begun, _ := strconv.Atoi(string(r.Effective)[:4])
			if day := corpus.Date(strconv.Itoa(begun+years) + string(r.Effective)[4:]); day > k.today {
				continue
			}
			end = strconv.Itoa(begun + years)
		}
		if end != "" && end <= string(k.today)[:4] && !(m[2] != "" && end == string(k.today)[:4]) {
			k.add(Finding{Kind: Dated, Where: a.Key(), File: r.File, What: fmt.Sprintf("%s写着「%s」，到 %s 年已满，制度仍是现行", a.Citation(), m[0], end),
				Fix: "请看有没有重新印发；废止的用 lianwen library repeal 标明"}, a.Line, m[0])
		}
	}
}

// Lengths that read well on a phone, in characters. The sample's longest stay below.
const (
	maxOption      = 40
	maxExplanation = 90
	maxQuestion    = 280 // with its options: the first screen
)

// lengths looks for what is too long to be read at a glance; longer stories, notices and
// headings are reported when the library is read.
func (k *check) lengths() {
	long := func(text string, most int) (n int, is bool) {
		n = len([]rune(text))
		return n, n > most
	}
	for _, a := range k.articles {
		for _, line := range a.AskedAs {
			if n, is := long(line, corpus.MaxAskedRunes); is {
				k.add(Finding{Kind: Length, Where: a.Key(), File: a.Rule.File, What: fmt.Sprintf("问法有 %d 字，超过 %d 字", n, corpus.MaxAskedRunes), Fix: "请缩短，一句问一件事"}, a.Line, line)
			}
		}
	}
	for _, q := range k.c.Questions {
		for i, o := range q.Options {
			if n, is := long(o, maxOption); is {
				k.addQuestion(q, Length, false, fmt.Sprintf("选项 %c 有 %d 字，超过 %d 字", 'A'+i, n, maxOption), "请缩短")
			}
		}
		if n, is := long(q.Explanation, maxExplanation); is {
			k.addQuestion(q, Length, false, fmt.Sprintf("解析有 %d 字，超过 %d 字", n, maxExplanation), "请缩短，只说为什么")
		}
		if n, is := long(q.Text+strings.Join(q.Options, ""), maxQuestion); is {
			k.addQuestion(q, Length, false, fmt.Sprintf("题干和选项共 %d 字，一屏 %d 字放不下", n, maxQuestion), "请缩短")
		}
	}
}
