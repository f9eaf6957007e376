package office_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strings"
	"testing"

	"lianwen/bot/office"
	"lianwen/corpus"
)

func comparisonDocx(t testing.TB, c *corpus.Comparison, all bool) map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := office.WriteComparisonDocx(&b, c, all); err != nil {
		t.Fatal(err)
	}
	return parts(t, b.Bytes())
}

// styled is the text of a document's cells, row by row: a line a paragraph, with
// <style>…</> around what is in a style of its own.
func styled(t testing.TB, document string) (rows [][]string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(document))
	var cell strings.Builder
	style, inText := "", false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatalf("the document is no XML: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch inText = token.Name.Local == "t"; token.Name.Local {
			case "tr":
				rows = append(rows, nil)
			case "tc":
				cell.Reset()
			case "r":
				style = ""
			case "rStyle":
				style = token.Attr[0].Value
			case "tab":
				cell.WriteString("\t")
			}
		case xml.EndElement:
			switch inText = false; token.Name.Local {
			case "p":
				cell.WriteString("\n")
			case "tc":
				rows[len(rows)-1] = append(rows[len(rows)-1], strings.TrimSuffix(cell.String(), "\n"))
			}
		case xml.CharData:
			switch {
			case inText && style != "":
				cell.WriteString("<" + style + ">" + string(token) + "</>")
			case inText:
				cell.Write(token)
			}
		}
	}
}

func TestWriteComparisonDocx(t *testing.T) {
	c := versions(t, oldSeals, newSeals)
	document := comparisonDocx(t, c, false)["word/document.xml"]
	for _, want := range []string{
		">《用印管理办法》新旧条文对照表<", ">旧：《用印办法》，示办〔2019〕8号，2019年3月1日起施行<", ">新：示办〔2026〕12号，2026年2月1日起施行<",
		"改 2 条，增 1 条，删 1 条，条号变动 1 条，未变 3 条。",
	} {
		if !strings.Contains(document, want) {
			t.Errorf("without %s", want)
		}
	}
	want := [][]string{
		{"旧条文", "新条文", "说明"},
		{"<Label>第二条</> 使用印章应当填写用印审批单,经办公室主任签字后在监印人面前盖章，用印审批单由监印人保存<Deleted>3年</>，期满后按照档案管理的规定移交，不得自行销毁、涂改或者借给他人。",
			"<Label>第二条</> 使用印章应当填写用印审批单，经办公室主任签字后在监印人面前盖章，用印审批单由监印人保存<Inserted>5年</>，期满后按照档案管理的规定移交，不得自行销毁、涂改或者借给他人。", "修改"},
		{"", "<Label>第三条</><Inserted> 电子印章与实物印章具有同等效力，由信息科管理。</>", "新增"},
		{"<Label>第三条</> 印章由专人保管。", "<Label>第四条</> 印章由专人保管。", "条号变动\n第三条改为第四条"},
		{"<Label>第四条</><Deleted> 空白纸上不得用印。</>", "", "删去"},
		{"<Label>第五条</> 外出携带印章的，应当两人同行，并在当日<Deleted>18时</>前归还。",
			"<Label>第五条</> 外出携带印章的，应当两人同行，并在当日<Inserted>17时30分</>前归还。", "修改\n由「第二章 附则」移到「第二章 使用」"},
	}
	same(t, styled(t, document), want)
	last := [][]string{
		{"<Label>第六条</> 遗失印章的，应当立即报告。", "<Label>第六条</> 遗失印章的，应当立即报告。", "未变"},
		{"<Label>第七条</> 本办法由办公室解释。", "<Label>第七条</> 本办法由办公室解释。", "未变"},
	}
	first := []string{"<Label>第一条</> 为了加强印章管理，制定本办法。", "<Label>第一条</> 为了加强印章管理，制定本办法。", "未变"}
	same(t, styled(t, comparisonDocx(t, c, true)["word/document.xml"]), append(append([][]string{want[0], first}, want[1:]...), last...))
}

func same(t *testing.T, got, want [][]string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		var g, w []string
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if strings.Join(g, "|") != strings.Join(w, "|") {
			t.Errorf("row %d:\n got %q\nwant %q", i, g, w)
		}
	}
}

// Lines are paragraphs, tabs are tabs, and nothing in a text is taken for markup.
func TestWriteComparisonDocxOfOddTexts(t *testing.T) {
	c := versions(t, "第一条 甲 <b> & \"乙\"：\n\n（一）丙；\n（二）丁3天。\n项目\t金额\n", "第一条 甲 <b> & \"乙\"：\n（一）丙；\n（二）丁5天。\n项目\t金额\n")
	c.Old.Document, c.Old.Effective, c.Old.Issued, c.New.Title, c.New.Sample = "", "", "2019-02-20", "<&>", true
	document := comparisonDocx(t, c, true)["word/document.xml"]
	same(t, styled(t, document)[1:], [][]string{{
		"<Label>第一条</> 甲 <b> & \"乙\"：\n（一）丙；\n（二）丁<Deleted>3天</>。\n项目\t金额", "<Label>第一条</> 甲 <b> & \"乙\"：\n（一）丙；\n（二）丁<Inserted>5天</>。\n项目\t金额", "修改",
	}})
	for _, want := range []string{"《&lt;&amp;&gt;》新旧条文对照表", "旧：《用印办法》，2019年2月20日印发<", "（示例文本，以正式印发文件为准）<"} {
		if !strings.Contains(document, want) {
			t.Errorf("without %s", want)
		}
	}
	c.Old.Title, c.Old.Issued = c.New.Title, ""
	if document := comparisonDocx(t, c, true)["word/document.xml"]; !strings.Contains(document, "旧：没有写明文号和施行日期<") {
		t.Error("nothing is known of the old version, and nothing is said")
	}
	c = versions(t, "第一条 甲。", "第一条 甲。")
	document = comparisonDocx(t, c, false)["word/document.xml"]
	if len(styled(t, document)) != 1 || !strings.Contains(document, "新旧条文没有差别") {
		t.Error("nothing has changed, and nothing is said")
	}
}

// Every article of both versions stands in the whole table, word for word.
func TestWriteComparisonDocxIsWhole(t *testing.T) {
	lib, err := corpus.Read(corpus.Sample())
	if err != nil {
		t.Fatal(err)
	}
	c := corpus.Compare(lib.Article("ti-an#3@2019-03-01").Rule, lib.RuleByID("ti-an"))
	columns := [2]string{}
	for _, row := range styled(t, comparisonDocx(t, c, true)["word/document.xml"])[1:] {
		for i := range columns {
			columns[i] += regexp.MustCompile(`<(?:Label|Inserted|Deleted)>|</>`).ReplaceAllString(row[i], "") + "\n"
		}
	}
	for i, r := range []*corpus.Rule{c.Old, c.New} {
		for _, a := range r.Articles {
			if !strings.Contains("\n"+columns[i], "\n"+strings.ReplaceAll(a.Text, "\n\n", "\n")+"\n") {
				t.Errorf("%s is not in the table as it is", a.Citation())
			}
		}
	}
}

// A word processor opens it: each part is XML and has a type, what is related to
// is there, each style is defined, and no element stands where it may not.
func TestComparisonPackage(t *testing.T) {
	all := comparisonDocx(t, versions(t, oldSeals, newSeals), true)
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml", "word/footer1.xml"} {
		if all[name] == "" {
			t.Fatalf("there is no %s", name)
		}
	}
	for name, raw := range all {
		d := xml.NewDecoder(strings.NewReader(raw))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if !strings.HasSuffix(name, ".rels") && name != "[Content_Types].xml" && !strings.Contains(all["[Content_Types].xml"], `PartName="/`+name+`"`) {
			t.Errorf("%s has no type", name)
		}
		for _, m := range regexp.MustCompile(`w:(?:pStyle|rStyle|basedOn) w:val="([^"]+)"`).FindAllStringSubmatch(raw, -1) {
			if !strings.Contains(all["word/styles.xml"], `w:styleId="`+m[1]+`"`) {
				t.Errorf("%s: no style %s", name, m[1])
			}
		}
	}
	for name, folder := range map[string]string{"_rels/.rels": "", "word/_rels/document.xml.rels": "word"} {
		for _, m := range regexp.MustCompile(`Target="([^"]+)"`).FindAllStringSubmatch(all[name], -1) {
			if all[path.Join(folder, m[1])] == "" {
				t.Errorf("%s leads to %s, which is not there", name, m[1])
			}
		}
	}
	document := all["word/document.xml"]
	for _, want := range []string{
		`<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`, `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>`, `<w:footerReference w:type="default" r:id="rId2"/>`, `</w:tbl><w:p>`,
	} {
		if strings.Count(document, want) != 1 {
			t.Errorf("not once: %s", want)
		}
	}
	if strings.Contains(document, "<w:tc></w:tc>") || regexp.MustCompile(`</w:tcPr></w:tc>|</w:tbl></w:tc>`).MatchString(document) {
		t.Error("a cell ends with no paragraph")
	}
	for _, field := range []string{`w:instr=" PAGE "`, `w:instr=" NUMPAGES "`} {
		if !strings.Contains(all["word/footer1.xml"], field) {
			t.Errorf("the footer has no %s", field)
		}
	}
}
