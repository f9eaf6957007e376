package convert

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// book writes a workbook; a sheet is its name and its rows.
func book(t *testing.T, sheets ...[][]any) *excelize.File {
	t.Helper()
	f := excelize.NewFile()
	for i, rows := range sheets {
		name := rows[0][0].(string)
		if i == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				t.Fatal(err)
			}
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for j, row := range rows[1:] {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", j+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	return f
}

func TestXLSXRules(t *testing.T) {
	f := book(t,
		[][]any{{"条文"},
			{"机关制度汇编"},
			{"序号", "制度名称", "章节", "条 文", "备注", "条号"},
			{},
			{1, "会议办法", "第一章 总则", "甲。\r\n（一）乙。", "", 1},
			{2, "用车办法", "", "丙。", "旧", "一"},
			{3, "会议办法", "第一章 总则", "丁。", "", "第二条"},
			{4, "会议办法", "第二章 会议", "第3条　戊。", "", "3"},
			{5, "", "", "接着说。"},
			{6, "会议办法", "", "己。", "x", "1.1"},
			{7, "会议办法", "", "", "", "附则"},
			{8, "会议办法", "", "第五条 庚。", "", 4},
			{"序号", "制度名称", "章节", "条 文", "备注", "条号"},
			{9, "会议办法", "", "辛。", "", "第五条之一"},
		},
		[][]any{{"值班办法"}, {"编号", "内容"}, {1, "早班八点开始。"}},
		[][]any{{"Sheet3"}, {"条号", "正文"}, {12, "壬。"}},
	)
	doc := mustRead(t, "a.xlsx", written(t, f), Options{})
	want := "机关制度汇编\n会议办法\n第一章 总则\n第一条 甲。\n（一）乙。\n第二条 丁。\n第二章 会议\n第三条 戊。\n接着说。\n1.1 己。\n附则\n第五条 庚。\n第五条之一 辛。\n\n用车办法\n第一条 丙。\n\n值班办法\n第一条 早班八点开始。\n\n第十二条 壬。\n"
	if doc.Text != want {
		t.Errorf("got\n%s\nwant\n%s", doc.Text, want)
	}
	noted(t, doc, Doubt, "有 1 行的条号不是第几条，照原样写在前面，如「1.1」")
	noted(t, doc, Dropped, "里没有收入的列：「序号」（9 格）「备注」（2 格）")
}

func TestXLSXPlain(t *testing.T) {
	f := book(t, [][]any{{"收费"}, {"项目", "标准"}, {"复印|打印", 0.5}, {"合计", "", "三格"}})
	doc := mustRead(t, "a.xlsx", written(t, f), Options{})
	if want := "收费\n| 项目 | 标准 |  |\n|---|---|---|\n| 复印｜打印 | 0.5 |  |\n| 合计 |  | 三格 |\n"; doc.Text != want {
		t.Errorf("got\n%s\nwant\n%s", doc.Text, want)
	}
	noted(t, doc, Doubt, "里没有找到「条号」和「内容」两列")
}

func TestXLSXAsShown(t *testing.T) {
	f := book(t, [][]any{{"办法"}, {"制度", "条号", "内容"}, {"甲办法", 1, 0.25}, {nil, 2, "乙"}, {nil, 3, "丙"}, {"乙办法", 1, "丁"}},
		[][]any{{"空"}}, [][]any{{"藏着"}, {"条号", "内容"}, {1, "戊"}})
	style, err := f.NewStyle(&excelize.Style{NumFmt: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		f.SetCellStyle("办法", "C2", "C2", style),
		f.MergeCell("办法", "A2", "A4"),
		f.MergeCell("办法", "C3", "D3"),
		f.SetRowVisible("办法", 3, false),
		f.SetSheetVisible("藏着", false),
		f.AddComment("办法", excelize.Comment{Cell: "C2", Text: "核对"}),
		f.SetColWidth("空", "A", "A", 30),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	doc := mustRead(t, "a.xlsx", written(t, f), Options{})
	if want := "甲办法\n第一条 25.00%\n第二条 乙\n第三条 丙\n\n乙办法\n第一条 丁\n\n藏着\n第一条 戊\n"; doc.Text != want {
		t.Errorf("got\n%s\nwant\n%s", doc.Text, want)
	}
	noted(t, doc, Info, "工作表「办法」有 1 行是隐藏的")
	noted(t, doc, Info, "工作表「藏着」是隐藏的")
	noted(t, doc, Dropped, "1 处批注")
	unnoted(t, doc, Doubt)
	// The same cells in a table that is none of articles.
	f = book(t, [][]any{{"表"}, {"类别", "项目"}, {"甲", 1}, {nil, 2}, {"大标题"}})
	for _, area := range [][2]string{{"A2", "A3"}, {"A4", "B4"}} {
		if err := f.MergeCell("表", area[0], area[1]); err != nil {
			t.Fatal(err)
		}
	}
	if doc := mustRead(t, "a.xlsx", written(t, f), Options{}); doc.Text != "| 类别 | 项目 |\n|---|---|\n| 甲 | 1 |\n| 甲 | 2 |\n| 大标题 |  |\n" {
		t.Errorf("got\n%s", doc.Text)
	}
}

func TestXLSXRefused(t *testing.T) {
	good := written(t, book(t, [][]any{{"表"}, {"条号", "内容"}, {1, "甲"}}))
	refused(t, "a.xlsx", written(t, book(t, [][]any{{"空"}})), "没有文字")
	refused(t, "a.xlsx", good[:len(good)-30], "文件不完整")
	refused(t, "a.xlsx", zipped(t, map[string]string{"xl/workbook.xml": "<workbook><sheets>"}), "")
	wide := make([]any, maxColumns+1)
	wide[maxColumns] = "远"
	refused(t, "a.xlsx", written(t, book(t, [][]any{{"表"}, wide})), "超过 256 列")
	bomb := zipped(t, map[string]string{"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": strings.Repeat(" ", MaxPart+1)})
	refused(t, "a.xlsx", bomb, "解开以后超过 64 MB")
}

func TestCSV(t *testing.T) {
	const comma = "条号,内容\r\n1,\"甲，\r\n（一）\"\"乙\"\"。\"\r\n\r\n二,丙,,\r\n"
	for name, content := range map[string][]byte{
		"utf8":      []byte("\ufeff" + comma),
		"gbk":       encoded(t, simplifiedchinese.GBK, comma),
		"tabs":      []byte(strings.ReplaceAll(comma, ",", "\t")),
		"semicolon": []byte(strings.ReplaceAll(comma, ",", ";")),
	} {
		doc := mustRead(t, "a.csv", content, Options{})
		if want := "第一条 甲，\n（一）\"乙\"。\n第二条 丙\n"; doc.Text != want || doc.Format != "CSV" {
			t.Errorf("%s: got %q, want %q", name, doc.Text, want)
		}
	}
	doc := mustRead(t, "a.csv", []byte("名称,数\n甲,1\n"), Options{})
	if want := "| 名称 | 数 |\n|---|---|\n| 甲 | 1 |\n"; doc.Text != want {
		t.Errorf("got %q, want %q", doc.Text, want)
	}
	refused(t, "a.csv", []byte("条号,内容\n1,\"甲\n2,乙\n"), "第 2 行的引号不成对")
	refused(t, "a.csv", []byte(",,\n"), "没有文字")
	refused(t, "a.csv", []byte(strings.Repeat("a\n", maxRows+1)), "超过 100000 行")
	mustRead(t, "a.csv", []byte(strings.Repeat("a\n", maxRows)), Options{})
}

func TestArticleLabelOf(t *testing.T) {
	for cell, want := range map[string]string{
		"12": "第十二条", "十二": "第十二条", "第十二条": "第十二条", "第 12 条": "第十二条", "１２": "第十二条", "12.": "第十二条", "十二、": "第十二条",
		"第十二条之一": "第十二条之一", "12之2": "第十二条之二", "第一〇三條": "第一百零三条",
		"1.1": "", "（一）": "", "0": "", "第一章": "", "附则": "", "": "", "10000": "",
	} {
		if got, ok := articleLabelOf(cell); got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v, want %q", cell, got, ok, want)
		}
	}
}
