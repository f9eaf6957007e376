package corpus

import (
	"regexp"
	"strconv"
	"strings"
)

// What a paper says of itself in words: its number, the days it was issued and took
// effect, written in figures or in Chinese.

const (
	year  = `([0-9]{4}|[一二][` + hanDigits + `○0Oo]{3})`
	month = `([0-9]{1,2}|十[一二]?|[一二三四五六七八九])`
	day   = `([0-9]{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])`
	dated = year + `[年./-]` + month + `[月./-]` + day + `日?`
	begin = `(?:施行|实施|执行|生效|试行|实行)`
	// aboutRule is what a sentence about the rule itself begins with: 本办法, 《…办法》, or nothing.
	aboutRule = `(?:^|[，。；、】（]|[本此][\p{Han}]{1,6}|《[^《》]{2,40}》|（(?:试行|暂行)）)`
)

var (
	datePattern  = regexp.MustCompile(dated)
	monthPattern = regexp.MustCompile(`^` + year + `年` + month + `月$`)
	startPattern = regexp.MustCompile(aboutRule + `[自从于]?` + dated + `(?:起|开始|起开始)?(?:正式)?` + begin + `(?:[。，；）]|$)`)
	startsAt     = regexp.MustCompile(`^` + dated + `(?:起)?` + begin + `$`)
	startsIssued = regexp.MustCompile(aboutRule + `[自从]?(?:公布|发布|印发|颁布|通过|下发|颁发|发文|印发通知|批准|制发)之日起?(?:开始)?` + begin)
	issuePattern = regexp.MustCompile(`通过|公布|发布|颁布|修订|修正|印发|批准|制定`)
	noteStart    = regexp.MustCompile(`^(?:（|` + dated + `)`)
	// numberPattern is 市协办发〔2026〕5号 in any brackets.
	numberPattern = regexp.MustCompile(`[\p{Han}]{0,20} ?[〔\[［（【] ?\d{4} ?[〕\]］）】] ?(?:第 ?)?\d{1,4} ?号`)
	decreePattern = regexp.MustCompile(`[\p{Han}]{2,20}令(?:（?第)? ?(?:\d{1,4}|[` + hanDigits + `]{1,6}) ?号）?`)
	// besideNumber is what may stand on the line of a paper's number.
	besideNumber = regexp.MustCompile(`^(?:签发人：.*|` + dated + `|` + `[ （）*_#])*$`)
)

// readFacts takes what a line of a head says of the rule.
func (p *paper) readFacts(h *head, text string) {
	flat := strings.ReplaceAll(text, " ", "")
	if n := documentOf(text); n != "" && (h.document == "" || decreePattern.MatchString(h.document) && numberPattern.MatchString(n)) {
		h.document = n
	}
	if m := startsAt.FindStringSubmatch(flat); m != nil {
		h.effective = dateOf(m[1:])
		return
	}
	remark := noteStart.MatchString(flat) || strings.Contains(flat, "现予") || decreePattern.MatchString(flat) || numberPattern.MatchString(flat) && short(text)
	if d := startOf(flat); d != "" && remark {
		h.effective = d
	}
	if remark && startsIssued.MatchString(flat) || strings.HasPrefix(flat, "发布之日") {
		h.fromIssue = true
	}
	if d := dateIn(flat); d != "" {
		h.issued = max(h.issued, d)
		return
	}
	if !remark || !issuePattern.MatchString(flat) && !besideNumber.MatchString(numberPattern.ReplaceAllString(flat, "")) {
		return
	}
	for _, m := range datePattern.FindAllStringSubmatch(startPattern.ReplaceAllString(flat, "，"), -1) {
		h.issued = max(h.issued, dateOf(m[1:]))
	}
}

// documentOf is the number of a paper that a line of its head gives; "" for a line
// that mentions another's.
func documentOf(text string) string {
	for _, pattern := range []*regexp.Regexp{numberPattern, decreePattern} {
		at := pattern.FindStringIndex(text)
		if at == nil {
			continue
		}
		before, after := text[:at[0]], text[at[1]:]
		flat := strings.ReplaceAll(before+after, " ", "")
		alone := besideNumber.MatchString(flat)
		inRemark := !strings.Contains(text, "《") && (strings.HasSuffix(before, "（") && short(text) || strings.HasPrefix(text, "（") && issuePattern.MatchString(flat) && endsWithAny(before, " ，、（"))
		decree := pattern == decreePattern && short(text) && !strings.Contains(text, "《")
		labelled := endsWithAny(strings.TrimRight(before, " "), "：】") && len(before) < 30
		if alone || inRemark || decree || labelled {
			return strings.Trim(strings.ReplaceAll(text[at[0]:at[1]], " ", ""), "（")
		}
	}
	return ""
}

// startOf is the day that a sentence says a rule takes effect on.
func startOf(text string) Date {
	if m := startPattern.FindStringSubmatch(text); m != nil {
		return dateOf(m[1:])
	}
	return ""
}

// dateIn is the only thing a line says, if that is a day, or a month, whose first
// day it is then.
func dateIn(text string) Date {
	flat := strings.Trim(strings.ReplaceAll(text, " ", ""), "（）")
	if m := datePattern.FindStringSubmatch(flat); m != nil && m[0] == flat {
		return dateOf(m[1:])
	}
	if m := monthPattern.FindStringSubmatch(flat); m != nil {
		return dateOf(append(m[1:], "1"))
	}
	return ""
}

// zeros are how a zero is typed in a year.
var zeros = strings.NewReplacer("O", "〇", "o", "〇", "0", "〇")

func dateOf(parts []string) Date {
	var n [3]string
	for i := range n {
		if strings.ContainsAny(parts[i], digits) { // 二OO六, 二０二六
			parts[i] = zeros.Replace(parts[i])
		}
		v, ok := ParseNumeral(parts[i])
		if !ok {
			return ""
		}
		n[i] = strconv.Itoa(v)
	}
	return isoDate(n[0], n[1], n[2])
}
