package office

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianwen/bot/ledger"
)

// An upright A4 page, and a table as wide as what lies between its margins.
const (
	uprightTable = `<w:tbl><w:tblPr><w:tblW w:w="9406" w:type="dxa"/><w:jc w:val="center"/>` + tableBorders + `<w:tblLayout w:type="fixed"/></w:tblPr>`
	uprightEnd   = `<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="1418" w:right="1250" w:bottom="1418" w:left="1250" w:header="851" w:footer="851" w:gutter="0"/></w:sectPr></w:body></w:document>`
)

// WriteEach writes a form for each member of a report (一人一表) as a docx, each on a
// page of its own: by month what was due and done, when they were excused, what they
// attended, and the corrections. No form has anything of another member.
func WriteEach(w io.Writer, r Report, made time.Time) error {
	var b strings.Builder
	b.WriteString(documentStart)
	months := r.Months()
	for i, row := range r.Rows {
		r.form(&b, i, row, months, made)
	}
	b.WriteString(uprightEnd)
	if err := packTable(w, b.String()); err != nil {
		return fmt.Errorf("write a form for each member: %w", err)
	}
	return nil
}

// form is the page of one member, whose row is the same one in each month.
func (r Report) form(b *strings.Builder, at int, row ledger.Row, months []ledger.Table, made time.Time) {
	m := row.Member
	b.WriteString(paragraph("PageTitle", run{"", "委员参与情况表"}))
	for _, line := range r.headings(made) {
		b.WriteString(paragraph("Version", run{"", line}))
	}
	upright(b, []int{1300, 3403, 1300, 3403}, false, []string{"编号", m.Number, "姓名", m.Name}, []string{"界别", orUnfilled(m.Sector), "专委会", orUnfilled(m.Committee)})
	rows := [][]string{{"月份", "应参", "实参", "请假", "未参"}}
	for _, month := range months {
		if c := month.Rows[at].Counts; c != (ledger.Counts{}) {
			rows = append(rows, append([]string{MonthName(month.From)}, countTexts(c)...))
		}
	}
	rows = append(rows, append([]string{"合计"}, countTexts(row.Counts)...))
	b.WriteString(paragraph("Head", run{"", "每日一题"}))
	upright(b, []int{2206, 1800, 1800, 1800, 1800}, true, rows...)
	b.WriteString(paragraph("Note", run{"", "请假：" + r.excused(row)}))
	if rows := r.attendedBy(m.Number); len(rows) > 1 {
		b.WriteString(paragraph("Head", run{"", "参加活动"}))
		upright(b, []int{2206, 1200, 6000}, true, rows...)
	} else {
		b.WriteString(paragraph("Note", run{"", "参加活动：没有记录"}))
	}
	for _, line := range r.about(m.Number) {
		b.WriteString(paragraph("Note", run{"", line}))
	}
}

// upright is a table on an upright page. A row stays whole; with head the first is a
// head that stands on every page.
func upright(b *strings.Builder, widths []int, head bool, rows ...[]string) {
	b.WriteString(uprightTable + "<w:tblGrid>")
	for _, width := range widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, width)
	}
	b.WriteString("</w:tblGrid>")
	for i, row := range rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if head && i == 0 {
			b.WriteString(`<w:tblHeader/>`)
		}
		b.WriteString(`</w:trPr>`)
		for j, text := range row {
			b.WriteString(tableCell(widths[j], "Middle", []run{{"", text}}))
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
}

func countTexts(c ledger.Counts) []string {
	return []string{strconv.Itoa(c.Due()), strconv.Itoa(c.Took), strconv.Itoa(c.Excused), strconv.Itoa(c.Absent)}
}

func orUnfilled(text string) string {
	if text == "" {
		return Unfilled
	}
	return text
}

// excused says on which questions a member was excused, from day to day. Why is not in
// a report.
func (r Report) excused(row ledger.Row) string {
	var spans []string
	for i := 0; i < len(row.Rounds); i++ {
		if row.Rounds[i] != ledger.Excused {
			continue
		}
		start := i
		for i+1 < len(row.Rounds) && row.Rounds[i+1] == ledger.Excused {
			i++
		}
		from, to := r.Rounds[start].Day, r.Rounds[i].Day
		if from == to {
			spans = append(spans, from.Chinese())
		} else {
			spans = append(spans, fmt.Sprintf("%s至%s（%d 道题）", from.Chinese(), to.Chinese(), i-start+1))
		}
	}
	if len(spans) == 0 {
		return "没有"
	}
	return strings.Join(spans, "；")
}

// attendedBy are the activities of a member by day, under a head.
func (r Report) attendedBy(number string) [][]string {
	rows := [][]string{{"日期", "类别", "名称"}}
	for _, a := range r.Activities {
		if slices.Contains(a.Members, number) {
			rows = append(rows, []string{a.Date.Chinese(), a.Kind, a.Title})
		}
	}
	return rows
}

// about are the lines under a member's form: what the numbers are, and what was
// corrected.
func (r Report) about(number string) []string {
	lines := []string{"应参 = 实参 + 未参；请假的不计入应参。只统计是否参加，不统计对错，不排名。" + r.head()}
	n := 0
	for _, note := range r.footnotes() {
		if note.Member == number {
			n++
			_, rest, _ := strings.Cut(note.line, " ")
			lines = append(lines, fmt.Sprintf("*%d %s", n, rest))
		}
	}
	for _, c := range r.Closed {
		heading := "定稿 " + c.Name + " 之后的更正　"
		for _, k := range c.Changes {
			if k.Member == number && r.covers(k.Day) {
				lines = append(lines, heading+changeLine(k, "")) // whose form it is stands above
				heading = ""
			}
		}
	}
	return lines
}
