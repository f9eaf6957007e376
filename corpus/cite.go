package corpus

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Number is the place of an article in its rule. The zero Number is no place.
//
// Numbered articles have Main ≥ 1; an inserted one (第一百三十三条之一) has
// Sub ≥ 1 and follows its Main. Two other citable parts exist: the preamble
// (总纲, 序言) and the annexes, which have Annex ≥ 1; the articles of a rule that
// stands in an annex have both Annex and Main.
type Number struct {
	Main, Sub int
	Annex     int
	Preamble  bool
}

// String is the part of a citation after '#': 12, 133-1, annex-1, annex-1-3, preamble.
func (n Number) String() string {
	switch {
	case n.Preamble:
		return "preamble"
	case n.Annex > 0 && n.Main > 0:
		return Number{Annex: n.Annex}.String() + "-" + Number{Main: n.Main, Sub: n.Sub}.String()
	case n.Annex > 0:
		return "annex-" + strconv.Itoa(n.Annex)
	case n.Sub > 0:
		return strconv.Itoa(n.Main) + "-" + strconv.Itoa(n.Sub)
	}
	return strconv.Itoa(n.Main)
}

// Chinese is the number as documents print it: 第十二条, 第一百三十三条之一, 附件1,
// 附件1第三条.
func (n Number) Chinese() string {
	switch {
	case n.Preamble:
		return "序言"
	case n.Annex > 0 && n.Main > 0:
		return Number{Annex: n.Annex}.Chinese() + Number{Main: n.Main, Sub: n.Sub}.Chinese()
	case n.Annex > 0:
		return "附件" + strconv.Itoa(n.Annex)
	case n.Sub > 0:
		return "第" + FormatNumeral(n.Main) + "条之" + FormatNumeral(n.Sub)
	}
	return "第" + FormatNumeral(n.Main) + "条"
}

// IsArticle reports whether n numbers an article of the rule itself, not of an
// annex, and is no annex or preamble.
func (n Number) IsArticle() bool { return n.Main > 0 && n.Annex == 0 }

// follows reports whether n may stand directly after prev in a rule.
func (n Number) follows(prev Number) bool {
	if n.Sub > 0 {
		return n.Main == prev.Main && n.Sub == prev.Sub+1
	}
	return n.Main == prev.Main+1
}

// before reports whether n stands before other in a rule.
func (n Number) before(other Number) bool {
	return n.Main < other.Main || n.Main == other.Main && n.Sub < other.Sub
}

// Date is a calendar day as ISO text, 2026-02-01; the empty Date is unknown.
// Dates compare as strings.
type Date string

// DateOf is the day of a time, in the time's zone.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// AddDays is the day so many days after d, or before it; d itself when it is no
// day.
func (d Date) AddDays(n int) Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return DateOf(t.AddDate(0, 0, n))
}

// Chinese prints the day as documents do: 2026年2月1日.
func (d Date) Chinese() string {
	var y, m, day int
	if _, err := fmt.Sscanf(string(d), "%d-%d-%d", &y, &m, &day); err != nil {
		return string(d)
	}
	return fmt.Sprintf("%d年%d月%d日", y, m, day)
}

// Cite names one article for good: the rule's id, the number, and, where a
// version is meant, the day it took effect. Without Effective the version in
// force is meant, so a cite written down with its Effective still finds the
// words it was made for after the rule has been revised.
type Cite struct {
	Rule      string
	Number    Number
	Effective Date
}

// String is the form files and records use: ti-an#12, or ti-an#12@2019-03-01.
func (c Cite) String() string {
	s := c.Rule + "#" + c.Number.String()
	if c.Effective != "" {
		s += "@" + string(c.Effective)
	}
	return s
}

var citePattern = regexp.MustCompile(`^([^#@\s]+)#(?:([1-9]\d{0,3})(?:-([1-9]\d{0,2}))?|annex-(\d{1,2})(?:-([1-9]\d{0,3})(?:-([1-9]\d{0,2}))?)?|(preamble))(?:@(\d{4}-\d{2}-\d{2}))?$`)

// ParseCite reads what Cite.String writes.
func ParseCite(s string) (Cite, error) {
	m := citePattern.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return Cite{}, fmt.Errorf("引用 %q 写法不对，应为 制度id#条号，如 ti-an#12", s)
	}
	num := Number{Preamble: m[7] != ""}
	num.Main, _ = strconv.Atoi(m[2] + m[5])
	num.Sub, _ = strconv.Atoi(m[3] + m[6])
	num.Annex, _ = strconv.Atoi(m[4])
	if num == (Number{}) {
		return Cite{}, fmt.Errorf("引用 %q 的条号为零", s)
	}
	if _, err := time.Parse(time.DateOnly, m[8]); m[8] != "" && err != nil {
		return Cite{}, fmt.Errorf("引用 %q 的日期不对", s)
	}
	return Cite{Rule: m[1], Number: num, Effective: Date(m[8])}, nil
}
