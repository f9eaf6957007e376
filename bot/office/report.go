package office

import (
	"cmp"
	"fmt"
	"time"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// Report is who took part in some days, with what the footnotes say.
type Report struct {
	ledger.Table
	Unit   string                 // whose; "" leaves room to write it
	Before []ledger.Participation // how each of Corrections stood without it
	Closed []ledger.Closed        // the closed periods that the days touch; the table is as closed where they are just one
	Head   ledger.Head            // where the ledger ended
}

// Unfilled stands for what the roster does not say.
const Unfilled = "（未填）"

// unit is whose report it is, or room to write it.
func (r Report) unit() string { return cmp.Or(r.Unit, "＿＿＿＿＿＿＿＿＿＿") }

// until is of when the figures are.
func (r Report) until(made time.Time) string {
	if c, ok := r.final(); ok {
		return "数字为" + c.At.Format("2006年1月2日") + "定稿（" + c.Name + "）"
	}
	return "截至" + made.Format("2006年1月2日 15:04")
}

// headings say whose figures they are and of which days, and of when: in a line, or in
// two where there is no room.
func (r Report) headings(made time.Time) []string {
	return []string{"单位：" + r.unit() + "　　统计期间：" + r.From.Chinese() + "至" + r.To.Chinese(), r.until(made)}
}

// permille is how many of a thousand that were due took part, ok false where nothing was
// due. All and nobody are only what is so.
func permille(c ledger.Counts) (n int, ok bool) {
	due := c.Due()
	switch {
	case due == 0:
		return 0, false
	case c.Took == 0 || c.Took == due:
		return 1000 * c.Took / due, true
	}
	return min(max((2000*c.Took+due)/(2*due), 1), 999), true
}

// noRate stands for 参与率 where nothing was due.
const noRate = "—"

// Rate is 参与率, 实参 of 应参, in words. It is for groups and months: a report has none
// of a single person, by which they could be ranked.
func Rate(c ledger.Counts) string {
	n, ok := permille(c)
	if !ok {
		return noRate
	}
	return fmt.Sprintf("%d.%d%%", n/10, n%10)
}

// rateCell is 参与率 for a cell that shows it in hundredths.
func rateCell(c ledger.Counts) any {
	n, ok := permille(c)
	if !ok {
		return noRate
	}
	return float64(n) / 1000
}

// MonthName is the month of a day, in words.
func MonthName(day corpus.Date) string {
	t, err := time.Parse("2006-01", string(day[:7]))
	if err != nil { // the days of rounds are days
		return string(day[:7])
	}
	return t.Format("2006年1月")
}

// standings are how a member stands to a round, in words.
var standings = map[ledger.Participation]string{ledger.Took: "实参", ledger.Excused: "请假", ledger.Absent: "未参", ledger.NotDue: "不计"}

// footnote is a correction by its number in the report.
type footnote struct {
	ledger.Correction
	line string
}

// footnotes say of the corrections which day, who, from what to what. Why and by whom
// stays in the ledger: a reason may be a diagnosis, and a report goes up.
func (r Report) footnotes() (list []footnote) {
	names := map[string]string{}
	for _, row := range r.Rows {
		names[row.Member.Number] = row.Member.Name
	}
	for i, c := range r.Corrections {
		from := ""
		if i < len(r.Before) {
			from = "由“" + standings[r.Before[i]] + "”"
		}
		list = append(list, footnote{c, fmt.Sprintf("*%d %s，%s（%s）%s改为“%s”", i+1, c.Round.Chinese(), names[c.Member], c.Member, from, standings[c.Standing])})
	}
	return list
}

// corrections are the lines of all footnotes.
func (r Report) corrections() (lines []string) {
	for _, note := range r.footnotes() {
		lines = append(lines, note.line)
	}
	return lines
}

// notes say what the numbers are.
func (r Report) notes() []string {
	by := "数字都由台账里的原始记录重新算出；界别、专委会按现在的花名册。"
	if _, ok := r.final(); ok {
		by = "数字是定稿时由台账里的原始记录算出的；界别、专委会按定稿时的花名册。"
	}
	lines := append(r.Closing(),
		fmt.Sprintf("已截止的题 %d 道，计入统计；还没有截止的 %d 道，没有计入。", len(r.Rounds), r.Open),
		"应参 = 实参 + 未参；请假的不计入应参，请假期间作答的算实参。参与率 = 实参 ÷ 应参，没有应参的写“—”。",
		"只统计是否参加，不统计对错，不排名。"+by,
	)
	if r.Void > 0 {
		lines = append(lines, fmt.Sprintf("另有 %d 道题依据的条文在作答期间改了，停用，不计入任何人的统计。", r.Void))
	}
	if n := len(r.Corrections); n > 0 {
		lines = append(lines, fmt.Sprintf("有 %d 处由工作人员更正过；更正另行记录，理由和经手人留在台账里，原始记录没有改动。", n))
	}
	return append(lines, r.head()+"这一行以后可以核对：lianwen history --head。")
}
