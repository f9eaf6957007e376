package convert

import (
	"fmt"
	"strings"
	"testing"
)

func tc(props string, paras ...string) string {
	return "<w:tc><w:tcPr>" + props + "</w:tcPr>" + strings.Join(paras, "") + "</w:tc>"
}

func tr(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }

func tbl(rows ...string) string {
	return "<w:tbl><w:tblPr/><w:tblGrid/>" + strings.Join(rows, "") + "</w:tbl>"
}

func TestDocxTables(t *testing.T) {
	const restart, goOn = `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	tests := []struct {
		name, body string
		want       []string
	}{
		{"plain", wp("附表") + tbl(tr(tc("", wp("项目")), tc("", wp("分值"))), tr(tc("", wp("提案")), tc("", wp("10")))) + wp("完"),
			[]string{"附表", "| 项目 | 分值 |", "|---|---|", "| 提案 | 10 |", "完"}},
		{"paragraphs in a cell", tbl(tr(tc("", wp("甲"), wp(""), wp("乙")), tc("", "<w:p><w:r><w:t>丙</w:t><w:br/><w:t>丁</w:t><w:tab/><w:t>戊</w:t></w:r></w:p>"))),
			[]string{"| 甲 乙 | 丙 丁 戊 |", "|---|---|"}},
		{"bars", tbl(tr(tc("", wp("甲|乙")), tc("", wp("丙")))), []string{`| 甲\|乙 | 丙 |`, "|---|---|"}},
		{"cells above", tbl(tr(tc("", wp("类别")), tc("", wp("项目"))), tr(tc(restart, wp("提案")), tc("", wp("立案"))), tr(tc(goOn, wp("")), tc("", wp("并案"))), tr(tc(restart, wp("会议")), tc("", wp("出席")))),
			[]string{"| 类别 | 项目 |", "|---|---|", "| 提案 | 立案 |", "| 提案 | 并案 |", "| 会议 | 出席 |"}},
		{"cells below with words of their own, and without", tbl(tr(tc(restart, wp("甲")), tc("", wp("乙"))), tr(tc(goOn, wp("丙")), tc("", wp(""))), tr(tc(goOn), tc("", wp("丁")))),
			[]string{"| 甲 | 乙 |", "|---|---|", "| 丙 | |", "| 丙 | 丁 |"}},
		{"wide cells", tbl(tr(tc(`<w:gridSpan w:val="2"/>`, wp("甲")), tc("", wp("乙"))), tr(tc("", wp("丙")), tc("", wp("丁")), tc("", wp("戊")))),
			[]string{"| 甲 | | 乙 |", "|---|---|---|", "| 丙 | 丁 | 戊 |"}},
		{"wide cell above", tbl(tr(tc("", wp("一")), tc(`<w:gridSpan w:val="2"/>`+restart, wp("二"))), tr(tc("", wp("三")), tc(`<w:gridSpan w:val="2"/>`+goOn, wp("")))),
			[]string{"| 一 | 二 | |", "|---|---|---|", "| 三 | 二 | |"}},
		{"columns left out", tbl(tr(tc("", wp("甲")), tc("", wp("乙"))), `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+tc("", wp("丙"))+`</w:tr>`),
			[]string{"| 甲 | 乙 |", "|---|---|", "| | 丙 |"}},
		{"empty rows", tbl(tr(tc("", wp("")), tc("", wp(""))), tr(tc("", wp("甲")), tc("", wp("")))), []string{"| 甲 | |", "|---|---|"}},
		{"frame", tbl(tr(tc("", wp("第一条　甲"), wp("第二条　乙")))), []string{"第一条　甲", "第二条　乙"}},
		{"frame around a table", tbl(tr(tc("", wp("登记表"), tbl(tr(tc("", wp("甲")), tc("", wp("乙"))))))), []string{"登记表", "| 甲 | 乙 |", "|---|---|"}},
		{"two rows are no frame", tbl(tr(tc("", wp("甲"))), tr(tc("", wp("乙")))), []string{"| 甲 |", "|---|", "| 乙 |"}},
		{"table in a cell", tbl(tr(tc("", wp("甲"), tbl(tr(tc("", wp("乙")), tc("", wp(""))), tr(tc("", wp("丙")), tc("", wp("丁"))))), tc("", wp("戊")))),
			[]string{"| 甲 乙 丙 丁 | 戊 |", "|---|---|"}},
		{"content controls", "<w:tbl><w:sdt><w:sdtPr/><w:sdtContent>" + tr("<w:sdt><w:sdtPr/><w:sdtContent>"+tc("", wp("甲"))+"</w:sdtContent></w:sdt>", tc("", "<w:sdt><w:sdtPr/><w:sdtContent>"+wp("乙")+"</w:sdtContent></w:sdt>")) + "</w:sdtContent></w:sdt></w:tbl>",
			[]string{"| 甲 | 乙 |", "|---|---|"}},
		{"rows of one choice", "<w:tbl><mc:AlternateContent><mc:Choice>" + tr(tc("", wp("甲")), tc("", wp("乙"))) + "</mc:Choice><mc:Fallback>" + tr(tc("", wp("丙")), tc("", wp("丁"))) + "</mc:Fallback></mc:AlternateContent></w:tbl>",
			[]string{"| 甲 | 乙 |", "|---|---|"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sameText(t, readWord(t, docxFile(t, tt.body)), tt.want...)
		})
	}
}

// The column of running numbers is often made by Word.
func TestDocxTableNumbers(t *testing.T) {
	body := tbl(tr(tc("", wp("序号")), tc("", wp("姓名"))), tr(tc("", wn(1, 0, "")), tc("", wp("甲"))), tr(tc("", wn(1, 0, "")), tc("", wp("乙"))))
	doc := readWord(t, docxFile(t, body, "word/numbering.xml", wordNumbering(wl(0, "decimal", "%1"))))
	sameText(t, doc, "| 序号 | 姓名 |", "|---|---|", "| 1 | 甲 |", "| 2 | 乙 |")
	wordNoted(t, doc, Added, "2 段", "“1”", "“2”")
}

// Rows and cells that tracked changes took out or put in.
func TestDocxTableChanges(t *testing.T) {
	body := tbl(tr(tc("", wp("甲")), tc("", wp("乙")), tc(`<w:cellDel/>`, wp("旧格"))),
		`<w:tr><w:trPr><w:del/></w:trPr>`+tc("", wp("旧行"))+tc("", wp("旧行二"))+`</w:tr>`,
		`<w:tr><w:trPr><w:ins/></w:trPr>`+tc("", wp("丙"))+tc("", wp("丁"))+`</w:tr>`)
	doc := readWord(t, docxFile(t, body))
	sameText(t, doc, "| 甲 | 乙 |", "|---|---|", "| 丙 | 丁 |")
	wordNoted(t, doc, Doubt, "插入 1 处、删除 3 处", "“旧格”“旧行”“旧行二”")
}

// What hangs on a cell comes behind the table, for a row stays one line.
func TestDocxTableHang(t *testing.T) {
	ref := `<w:r><w:footnoteReference w:id="2"/></w:r>`
	notes := wordPart("footnotes", `<w:footnote w:id="2">`+wp("以签到为准。")+`</w:footnote>`)
	body := tbl(tr(tc("", "<w:p>"+wr("出席")+ref+"</w:p>"), tc("", wp("10")))) + wp("完")
	sameText(t, readWord(t, docxFile(t, body, "word/footnotes.xml", notes)), "| 出席 | 10 |", "|---|---|", "注1：以签到为准。", "完")
	frame := tbl(tr(tc("", "<w:p>"+wr("出席")+ref+"</w:p>", wp("缺席"))))
	sameText(t, readWord(t, docxFile(t, frame, "word/footnotes.xml", notes)), "出席", "注1：以签到为准。", "缺席")
}

// A cell covers no more columns than Word allows, whatever the file says.
func TestDocxTableSpan(t *testing.T) {
	doc := readWord(t, docxFile(t, tbl(tr(tc(`<w:gridSpan w:val="1000000000"/>`, wp("甲")), tc(`<w:gridSpan w:val="-5"/>`, wp("乙"))))))
	sameText(t, doc, fmt.Sprintf("| 甲 |%s 乙 |", strings.Repeat(" |", maxCellSpan-1)), "|"+strings.Repeat("---|", maxCellSpan+1))
}
