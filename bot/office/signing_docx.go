package office

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"lianwen/corpus"
)

// SigningList is what is to be pushed on some days, for the office to sign.
type SigningList struct {
	Unit     string // whose; "" leaves room to write it
	From, To corpus.Date
	Made     string // when it was printed
	Rows     []SigningRow
}

// SigningRow is one text. Each line of a field is a line of its cell.
type SigningRow struct {
	Date, At, Push, Targets string
	Text                    string // whole, as it goes out
	Drafted, Approved       string // who, and when; "" leaves room to sign
}

// signingColumns are the columns of the list, with their widths in twentieths of a
// point: together what lies between the margins of an A4 page on its side.
var signingColumns = [...]struct {
	name  string
	width int
	style string
}{
	{"日期", 1300, "Middle"}, {"时刻", 850, "Middle"}, {"推送", 1300, "Middle"}, {"发给", 1400, "Middle"}, {"内容（全文）", 5992, "Cell"},
	{"起草", 1050, "Middle"}, {"审核", 1050, "Middle"}, {"签发", 1400, "Middle"},
}

// WriteSigningDocx writes the list as a table whose head stands on every page. A
// text stays on one page unless it is longer than that.
func WriteSigningDocx(w io.Writer, l SigningList) error {
	if err := packTable(w, signingDocument(l)); err != nil {
		return fmt.Errorf("write signing list: %w", err)
	}
	return nil
}

func signingDocument(l SigningList) string {
	var b strings.Builder
	b.WriteString(documentStart)
	b.WriteString(paragraph("Title", run{"", "推送内容签发单"}))
	b.WriteString(paragraph("Version", run{"", "单位：" + cmp.Or(l.Unit, "＿＿＿＿＿＿＿＿＿＿") + "　　　期间：" + l.From.Chinese() + "至" + l.To.Chinese()}))
	b.WriteString(tableStart + "<w:tblGrid>")
	for _, c := range signingColumns {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, c.width)
	}
	b.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for _, c := range signingColumns {
		b.WriteString(tableCell(c.width, "Head", []run{{"", c.name}}))
	}
	b.WriteString(`</w:tr>`)
	for _, r := range l.Rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, text := range []string{r.Date, r.At, r.Push, r.Targets, r.Text, r.Drafted, "", r.Approved} {
			b.WriteString(tableCell(signingColumns[i].width, signingColumns[i].style, []run{{"", text}}))
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
	note := "注：共 " + fmt.Sprint(len(l.Rows)) + " 条，" + l.Made + "打印。“签发”栏里有姓名的，是已经在程序里签发的；没有的，签字以后还要在程序里批准才会发。内容改动以后要重新签发。"
	b.WriteString(paragraph("Note", run{"", note}))
	b.WriteString(documentEnd)
	return b.String()
}
