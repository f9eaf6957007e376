package office_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/office"
)

// a quarter of three members, with everything that a report can have in it.
func quarter() office.Report {
	row := func(number, name, sector string, c ledger.Counts, rounds ...ledger.Participation) ledger.Row {
		return ledger.Row{Counts: c, Member: ledger.Member{Number: number, Name: name, Sector: sector, Committee: "提案委 <&>"}, Rounds: rounds}
	}
	return office.Report{Before: []ledger.Participation{ledger.Absent}, Table: ledger.Table{
		From: "2026-10-01", To: "2026-12-31", Open: 1, Void: 2,
		Rounds: []ledger.Round{{Day: "2026-12-01"}, {Day: "2026-12-02"}},
		Rows: []ledger.Row{
			row("A01", "张三", "教育界", ledger.Counts{Took: 2}, ledger.Took, ledger.Took), row("A02", "{应参}", "", ledger.Counts{Excused: 1, Absent: 1}, ledger.Absent, ledger.Excused),
			row("007", "赵六", "教育界", ledger.Counts{Took: 1}, ledger.NotDue, ledger.Took),
		},
		Corrections: []ledger.Correction{{Round: "2026-12-02", Member: "A02", Standing: ledger.Excused, Reason: "住院 {x}", Actor: "staff S01", At: made}},
		Activities:  []ledger.Activity{{Date: "2026-12-05", Kind: ledger.MeetingKind, Title: "常委会会议", Members: []string{"A01", "007"}}, {Date: "2026-12-06", Kind: ledger.TalkKind, Members: []string{"A01"}}},
	}}
}

var made = time.Date(2027, 1, 8, 9, 30, 0, 0, time.FixedZone("CST", 8*3600))

// parts reads a docx.
func parts(t testing.TB, docx []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		m[f.Name] = string(raw)
	}
	return m
}

// docx makes a template whose document has this body.
func docx(t testing.TB, body string) []byte {
	t.Helper()
	raw, err := office.Template()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range parts(t, raw) {
		if name == "word/document.xml" {
			text = `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`
		}
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// text is the text of a docx, a line a paragraph.
func text(t *testing.T, docx []byte) string {
	t.Helper()
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(parts(t, docx)["word/document.xml"]))
	inText := false
	for {
		token, err := d.Token()
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			t.Fatalf("the document is no XML: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inText = token.Name.Local == "t"
		case xml.EndElement:
			inText = false
			if token.Name.Local == "p" {
				b.WriteString("\n")
			}
		case xml.CharData:
			if inText {
				b.Write(token)
			}
		}
	}
}

func TestSummary(t *testing.T) {
	t.Parallel()
	template, err := office.Template()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := office.WriteSummary(&out, template, quarter(), made); err != nil {
		t.Fatal(err)
	}
	got := text(t, out.Bytes())
	for _, want := range []string{
		"2026年10月1日至2026年12月31日，已截止的每日一题共2道，花名册上委员3名。应参4人次，实参3人次，请假1人次，未参1人次，参与率75.0%。",
		"\n单位：＿＿＿＿＿＿＿＿＿＿　　截至2027年1月8日 09:30\n", "\n2026年12月\n2\n4\n3\n1\n1\n75.0%\n合计\n2\n4\n3\n1\n1\n75.0%\n",
		"\n教育界\n2\n3\n3\n0\n0\n100.0%\n（未填）\n1\n1\n0\n1\n1\n0.0%\n合计\n3\n4\n3\n1\n1\n75.0%\n", "\n提案委 <&>\n3\n4\n3\n1\n1\n75.0%\n",
		"\n会议\n1\n2\n", "\n谈话\n1\n1\n合计\n2\n3\n更正：\n", "\n观影\n0\n0\n", "另有 2 道题依据的条文在作答期间改了",
		"*1 2026年12月2日，{应参}（A02）由“未参”改为“请假”", "生成时间：2027年1月8日 09:30",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("without %q:\n%s", want, got)
		}
	}
	secret(t, got)
}

// secret fails if the reason or the maker of a correction is in a text that goes
// up: a reason may be a diagnosis.
func secret(t *testing.T, text string) {
	t.Helper()
	for _, word := range []string{"住院", "S01", "2027年1月8日）"} {
		if strings.Contains(text, word) {
			t.Errorf("%s is in\n%s", word, text)
		}
	}
}

// Word cuts texts into runs where it likes; stray braces are nobody's business.
func TestTemplate(t *testing.T) {
	t.Parallel()
	p := func(runs ...string) string {
		s := `<w:p w:rsidR="1"><w:pPr><w:jc w:val="center"/></w:pPr>`
		for _, r := range runs {
			s += `<w:r><w:rPr><w:b/></w:rPr><w:t>` + r + `</w:t></w:r><w:proofErr w:type="gramEnd"/>`
		}
		return s + `</w:p>`
	}
	cell := func(text string) string { return `<w:tc>` + p(text) + `</w:tc>` }
	body := p("应参{应", "参}人，", "实参{实参}人") + `<w:p w:rsidR="2"/>` + p("{ 空 } {", "}") + p("{应参}{实参}", "{请假}") + p("&lt;{题数}&gt;") +
		`<w:tbl><w:tr w:rsidR="3">` + cell("{委员.编号}") + cell("{委员.姓名}/{题数}") + `</w:tr></w:tbl>` + p("{更正.内容}") + p("{说明.内容}")
	table := quarter()
	table.Corrections = nil
	var out bytes.Buffer
	if err := office.WriteSummary(&out, docx(t, body), table, made); err != nil {
		t.Fatal(err)
	}
	want := "应参4人，实参3人\n\n{ 空 } {}\n431\n<2>\nA01\n张三/2\nA02\n{应参}/2\n007\n赵六/2\n"
	if got := text(t, out.Bytes()); !strings.HasPrefix(got, want) || strings.Contains(got, "更正") {
		t.Errorf("got %q\nwant %q …", got, want)
	}
	for body, want := range map[string]string{p("{应到}"): "{应到}", p("{委员.工资}"): "{委员.工资}", p("{局长.姓名}"): "{局长.姓名}"} {
		err := office.WriteSummary(io.Discard, docx(t, body), table, made)
		var bad *office.TemplateError
		if !errors.As(err, &bad) || !strings.Contains(bad.What, "有不认识的名称："+want) || !strings.Contains(bad.What, "{界别.人数}") {
			t.Errorf("%s: %v", body, err)
		}
	}
	whole := docx(t, p("x"))
	for name, raw := range map[string][]byte{"empty": nil, "text": []byte("not a docx"), "half": whole[:len(whole)/2], "an xlsx": workbook(t, [][]any{{"x"}}, nil)} {
		var bad *office.TemplateError
		if err := office.WriteSummary(io.Discard, raw, table, made); !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is written opens in LibreOffice, if there is one here, and reads there
// what it should.
func TestLibreOfficeOpens(t *testing.T) {
	t.Parallel()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed: the files are only parsed, by the other tests")
	}
	template, err := office.Template()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name string, f func(w io.Writer) error) {
		var b bytes.Buffer
		if err := f(&b); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("汇总.docx", func(w io.Writer) error { return office.WriteSummary(w, template, quarter(), made) })
	write("明细.xlsx", func(w io.Writer) error { return office.WriteWorkbook(w, quarter(), made) })
	convert := func(file, format, result string) string {
		cmd := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", format, "--outdir", dir, filepath.Join(dir, file))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", file, err, out)
		}
		raw, err := os.ReadFile(filepath.Join(dir, result))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	if got := convert("汇总.docx", "txt:Text (encoded):UTF8", "汇总.txt"); !strings.Contains(got, "应参4人次，实参3人次") || !strings.Contains(got, "提案委 <&>") {
		t.Errorf("the summary reads\n%s", got)
	}
	if got := convert("明细.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1", "明细.csv"); !regexp.MustCompile(`(?m)^"007","赵六","教育界","提案委 <&>",1,1,0,0$`).MatchString(got) {
		t.Errorf("the workbook reads\n%s", got)
	}
}

// Corrections are marked in the cell and explained beneath the table.
func TestWorkbookFootnotes(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := office.WriteWorkbook(&out, quarter(), made); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"按委员", "按月", "按界别", "按专委会", "活动", "说明", "逐次2026年12月"} {
		secret(t, fmt.Sprint(sheet(t, out.Bytes(), name)))
	}
	rows := sheet(t, out.Bytes(), "逐次2026年12月")[2:]
	want := "[[编号 姓名 1 2 应参 实参 请假 未参] [A01 张三 参 参 2 2 0 0] [A02 {应参} 未 假*1 1 0 1 1] [007 赵六  参 1 1 0 0] [合计  1 2 4 3 1 1] []" +
		" [参 = 参加，假 = 请假，未 = 未参加，空 = 当天不在花名册上，*1 = 见表下的更正。合计一行在各天下面的是实参人数。] [*1 2026年12月2日，{应参}（A02）由“未参”改为“请假”]]"
	if got := fmt.Sprint(rows); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := fmt.Sprint(sheet(t, out.Bytes(), "活动")[2:]); got != "[[编号 姓名 会议 廉政党课 主题党日 参观 观影 读书 谈话 合计] [A01 张三 1 0 0 0 0 0 1 2] [A02 {应参} 0 0 0 0 0 0 0 0] [007 赵六 1 0 0 0 0 0 0 1] [合计  2 0 0 0 0 0 1 3]]" {
		t.Errorf("activities: %s", got)
	}
}

// Whatever stands in a template, it is filled or refused.
func FuzzTemplate(f *testing.F) {
	for _, body := range []string{"", `<w:p><w:r><w:t>{应参}</w:t></w:r></w:p>`, `<w:tr><w:p><w:t>{界别.</w:t><w:t>名称}</w:t></w:p></w:tr>`, `<w:p/><w:p><w:t>&#x7b;应参}</w:t>`} {
		f.Add(body)
	}
	table := quarter()
	f.Fuzz(func(t *testing.T, body string) {
		err := office.WriteSummary(io.Discard, docx(t, body), table, made)
		var bad *office.TemplateError
		if err != nil && !errors.As(err, &bad) {
			t.Fatal(err)
		}
	})
}
