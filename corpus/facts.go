package corpus

import (
	"regexp"
	"strconv"
	"strings"
)

// What a paper says of itself in words: its number, the days it was issued and took
// effect, written in figures or in Chinese.

const (
	year  = `([0-9]{4}|[一二][` + hanDigits + `○]{3})`
	month = `([0-9]{1,2}|十[一二]?|[一二三四五六七八九])`
	day   = `([0-9]{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])`
)

var (
	datePattern  = regexp.MustCompile(year + ` ?年 ?` + month + ` ?月 ?` + day + ` ?日`)
	startPattern = regexp.MustCompile(`(?:^|[，。；、】（ ]|本[\p{Han}]{1,6})自 ?` + year + ` ?年 ?` + month + ` ?月 ?` + day + ` ?日 ?起 ?(?:正式)?(?:施行|实施|执行|生效|试行)`)
	startsAt     = regexp.MustCompile(`^` + year + ` ?年 ?` + month + ` ?月 ?` + day + ` ?日 ?(?:起)?(?:施行|实施|生效)$`)
	startsIssued = regexp.MustCompile(`(?:^|[，。；、】（ ]|本[\p{Han}]{1,6})[自从]?(?:公布|发布|印发|颁布|通过|下发|颁发|发文|印发通知|批准)之日起?(?:施行|实施|执行|生效|试行)`)
	issuePattern = regexp.MustCompile(`通过|公布|发布|颁布|修订|修正|印发|批准`)
	// numberPattern is 市协办发〔2026〕5号 in any brackets.
	numberPattern = regexp.MustCompile(`[\p{Han}]{0,12}[〔\[［（【]\d{4}[〕\]］）】] ?(?:第 ?)?\d{1,4} ?号`)
	decreePattern = regexp.MustCompile(`[\p{Han}]{2,20}令(?:（?第)? ?(?:\d{1,4}|[` + hanDigits + `]{1,6}) ?号）?`)
)

// readFacts takes what a line of a head says of the rule.
func (p *paper) readFacts(h *head, text string) {
	flat := strings.ReplaceAll(text, " ", "")
	if n := documentOf(text); n != "" && (h.document == "" || decreePattern.MatchString(h.document) && numberPattern.MatchString(n)) {
		h.document = n
	}
	if d := startOf(flat); d != "" {
		h.effective = d
	} else if m := startsAt.FindStringSubmatch(flat); m != nil {
		h.effective = dateOf(m[1:])
		return
	}
	if startsIssued.MatchString(flat) {
		h.fromIssue = true
	}
	if issuePattern.MatchString(flat) || datePattern.FindString(flat) == flat {
		for _, m := range datePattern.FindAllStringSubmatch(startPattern.ReplaceAllString(flat, ""), -1) {
			if d := dateOf(m[1:]); d > h.issued {
				h.issued = d
			}
		}
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
		alone := strings.Trim(before+after, " （）*_#") == ""
		inRemark := strings.HasSuffix(before, "（") && short(text) && !strings.Contains(text, "《")
		decree := pattern == decreePattern && short(text) && !strings.Contains(text, "《")
		labelled := endsWithAny(strings.TrimRight(before, " "), "：】") && len(before) < 30
		if alone || inRemark || decree || labelled {
			return strings.Trim(text[at[0]:at[1]], "（ ")
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

// dateIn is the only thing a line says, if that is a day.
func dateIn(text string) Date {
	flat := strings.ReplaceAll(text, " ", "")
	if m := datePattern.FindStringSubmatch(flat); m != nil && strings.Trim(strings.Replace(flat, m[0], "", 1), "（）") == "" {
		return dateOf(m[1:])
	}
	return ""
}

func dateOf(parts []string) Date {
	var n [3]string
	for i := range n {
		v, ok := ParseNumeral(parts[i])
		if !ok {
			return ""
		}
		n[i] = strconv.Itoa(v)
	}
	return isoDate(n[0], n[1], n[2])
}
