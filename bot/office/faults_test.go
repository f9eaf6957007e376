package office_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianwen/bot/ledger"
	"lianwen/bot/office"
)

// packed is a workbook with one sheet, made of parts that nobody's program would
// write.
func packed(t testing.TB, parts map[string]io.Reader) []byte {
	t.Helper()
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	all := map[string]io.Reader{
		"xl/workbook.xml": strings.NewReader(`<workbook ` + ns + `><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`),
		"xl/_rels/workbook.xml.rels": strings.NewReader(`<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"
			Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>`),
	}
	for name, part := range parts {
		all[name] = part
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, part := range all {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(f, part); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// endless repeats a text until there are n bytes of it.
func endless(text string, n int64) io.Reader { return io.LimitReader(&repeated{text: text}, n) }

type repeated struct {
	text string
	at   int
}

func (r *repeated) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		k := copy(p[n:], r.text[r.at:])
		r.at = (r.at + k) % len(r.text)
		n += k
	}
	return n, nil
}

// A workbook that was made to do harm is refused before it does.
func TestFault22HostileWorkbooks(t *testing.T) {
	const sheet, shared, enough = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", 32 << 20
	text := strings.NewReader
	var wide strings.Builder // a hundred kilobytes that say seventeen thousand million cells
	for row := range 19_000 {
		fmt.Fprintf(&wide, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, row+1, row+1)
	}
	for name, parts := range map[string]map[string]io.Reader{
		"one cell far away":        {sheet: text(`<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>`)},
		"many rows, far wide":      {sheet: text(`<sheetData>` + wide.String() + `</sheetData>`)},
		"rows without end":         {sheet: endless(`<row><c><v>1</v></c></row>`, enough)},
		"cells without end":        {sheet: endless(`<c t="n"><v>1</v></c>`, enough)},
		"empty cells without end":  {sheet: endless(`<c/>`, enough)},
		"one tag without end":      {sheet: io.MultiReader(text(`<row `), endless(`a=">" `, enough))},
		"one text without end":     {sheet: io.MultiReader(text(`<row><c><v>`), endless(`1`, enough))},
		"merged without end":       {sheet: endless(`<mergeCell ref="A1:XFD1048576"/>`, enough)},
		"tags within tags":         {sheet: endless(`<a>`, enough)},
		"shared texts without end": {sheet: text(``), shared: endless(`<si/>`, enough)},
		"one shared text":          {sheet: text(``), shared: io.MultiReader(text(`<si>`), endless(`<t>1</t>`, enough))},
		"styles without end":       {sheet: text(``), "xl/styles.xml": io.MultiReader(text(`<cellXfs>`), endless(`<xf/>`, enough))},
		"sheets without end":       {sheet: text(``), "xl/workbook.xml": endless(`<sheet name="a" r:id="rId1"/>`, enough)},
	} {
		t.Run(name, func(t *testing.T) { refusedCheaply(t, packed(t, parts), "表格太大") })
	}
	t.Run("64 MiB", func(t *testing.T) {
		refusedCheaply(t, bytes.Repeat([]byte("编号,姓名\n"), 64<<20/14), "表格太大")
	})
	t.Run("commas", func(t *testing.T) { refusedCheaply(t, bytes.Repeat([]byte(","), office.MaxFile), "表格太大") })
	t.Run("lines", func(t *testing.T) { refusedCheaply(t, bytes.Repeat([]byte("\n"), office.MaxFile), "表格太大") })
	t.Run("one cell", func(t *testing.T) {
		refusedCheaply(t, []byte(`"`+strings.Repeat("a", office.MaxFile-2)+`"`), "表格太大")
	})
}

// refusedCheaply refuses a file with a word, in 200 MB of memory.
func refusedCheaply(t *testing.T, content []byte, want string) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _, err := office.ReadRoster(content)
	runtime.ReadMemStats(&after)
	var bad *office.FormError
	if !errors.As(err, &bad) || !strings.Contains(err.Error(), want) {
		t.Errorf("got %.300v", err)
	}
	if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 200<<20 {
		t.Errorf("it took %d MB", grown>>20)
	}
}

// A text that every cell makes use of is not as long as all of them.
func TestFault22SharedText(t *testing.T) {
	for length, want := range map[int]string{10: "没有“编号”这一列", 10_000: "表格太大", 100_000: "表格太大"} {
		content := packed(t, map[string]io.Reader{
			"xl/worksheets/sheet1.xml": io.MultiReader(strings.NewReader(`<sheetData>`), endless(`<row><c t="s"><v>0</v></c></row>`, 19_000*32)),
			"xl/sharedStrings.xml":     strings.NewReader(`<si><t>` + strings.Repeat("长", length) + `</t></si>`),
		})
		refusedCheaply(t, content, want)
	}
}

// said are the notes of a workbook that is taken.
func said(t *testing.T, content []byte) (list []ledger.Member, notes string) {
	t.Helper()
	list, all, err := office.ReadRoster(content)
	if err != nil {
		t.Fatal(err)
	}
	return list, strings.Join(all, "\n")
}

// roster is a roster's rows below their header.
func roster(rows ...[]any) [][]any {
	return append([][]any{{"编号", "姓名", "界别", "专委会", "身份", "手机"}}, rows...)
}

var zhang, li = []any{"A01", "张三", "教育界", "提案委", "委员"}, []any{"A02", "李四", "经济界", "提案委", "委员"}

// edit changes a workbook that excelize has made.
func edit(t *testing.T, steps ...func(f *excelize.File) error) func(*excelize.File) {
	return func(f *excelize.File) {
		for _, step := range steps {
			if err := step(f); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// What a person sees is read, and what nobody sees is said.
func TestOfficeWorkbooks(t *testing.T) {
	hidden := func(what func(f *excelize.File) error) func(*excelize.File) { return edit(t, what) }
	for name, tt := range map[string]struct {
		content []byte
		want    string // the members, number name sector committee phone
		notes   string
	}{
		"nothing to say": {workbook(t, roster(zhang, li), nil), "A01 张三 教育界 提案委 / A02 李四 经济界 提案委", ""},
		"a merged sector": {workbook(t, roster(zhang, []any{"A02", "李四", nil, "提案委", "委员"}, []any{"A03", "王五", nil, nil, "委员"}, []any{"A04", "赵六", nil, "x", "委员"}), edit(t,
			func(f *excelize.File) error { return f.MergeCell("Sheet1", "C2", "C4") },
			func(f *excelize.File) error { return f.MergeCell("Sheet1", "D3", "D4") })),
			"A01 张三 教育界 提案委 / A02 李四 教育界 提案委 / A03 王五 教育界 提案委 / A04 赵六 x", "“界别”有合并的单元格，第 3–4 行按合并的内容算。\n“专委会”有合并的单元格，第 4 行按合并的内容算。"},
		"merged across": {workbook(t, roster(zhang, li), edit(t, func(f *excelize.File) error { return f.MergeCell("Sheet1", "C3", "D3") })),
			"A01 张三 教育界 提案委 / A02 李四 经济界", "“专委会”和左边的格子合并了，第 3 行按空白算。"},
		"a hidden row": {workbook(t, roster(zhang, li), hidden(func(f *excelize.File) error { return f.SetRowVisible("Sheet1", 3, false) })),
			"A01 张三 教育界 提案委 / A02 李四 经济界 提案委", "第 3 行是隐藏的（多半是筛选），也读入了。"},
		"a hidden column": {workbook(t, roster(zhang), hidden(func(f *excelize.File) error { return f.SetColVisible("Sheet1", "C:D", false) })),
			"A01 张三 教育界 提案委", "“界别”这一列（C 列）是隐藏的，也读入了。\n“专委会”这一列（D 列）是隐藏的，也读入了。"},
		"a hidden column that is not read": {workbook(t, [][]any{{"备注", "编号", "姓名", "界别", "专委会", "身份"}, {"x", "A01", "张三", "", "", "委员"}},
			hidden(func(f *excelize.File) error { return f.SetColVisible("Sheet1", "A", false) })), "A01 张三", ""},
		"sheets": {workbook(t, [][]any{{"委员"}, {"工作人员"}}, edit(t,
			func(f *excelize.File) error { return f.SetSheetName("Sheet1", "字典") },
			func(f *excelize.File) error { _, err := f.NewSheet("名单"); return err },
			func(f *excelize.File) error { _, err := f.NewSheet("说明"); return err },
			func(f *excelize.File) error { f.SetActiveSheet(1); return f.SetSheetVisible("字典", false) },
			func(f *excelize.File) error {
				return f.SetSheetRow("名单", "A1", &[]any{"编号", "姓名", "界别", "专委会", "身份"})
			},
			func(f *excelize.File) error { return f.SetSheetRow("名单", "A2", &zhang) })),
			"A01 张三 教育界 提案委", "读的是工作表“名单”；没有读：“字典”（隐藏）、“说明”。"},
		"titles": {workbook(t, append([][]any{{"某市政协花名册"}, {}, {"填表人：赵六", nil, nil, "2026年12月"}}, roster(zhang)...),
			edit(t, func(f *excelize.File) error { return f.MergeCell("Sheet1", "A1", "F1") })),
			"A01 张三 教育界 提案委", "列名在第 4 行，上面的 2 行当作标题。"},
		"a header two rows high": {workbook(t, [][]any{{"编号", "姓名", "所属", nil, "身份", "界别", "专委会"}, {nil, nil, "单位", "职务"}, {"A01", "张三", "x", "y", "委员", "教育界", "提案委"}}, edit(t,
			func(f *excelize.File) error { return f.MergeCell("Sheet1", "A1", "A2") }, func(f *excelize.File) error { return f.MergeCell("Sheet1", "C1", "D1") })),
			"A01 张三 教育界 提案委", ""},
		"spaced headers": {workbook(t, [][]any{{"编\n号", " 姓　 名 ", "界 别", "专委会\u200b", "身份", "手  机"}, {"A01", "张三", "", "", "委员", "138"}}, nil), "A01 张三 138", ""},
		"wide numbers": {workbook(t, roster([]any{"Ａ０１", "张三", "", "", "委 员", "１３８"}, []any{"A02\u200b", "李四", "", "", "委员"}), nil),
			"A01 张三 138 / A02 李四", "编号里的全角字符按半角算：1 处，如 Ａ０１ → A01。"},
		"spread names": {workbook(t, roster([]any{"A01", "张　三", "", "", "委员"}, []any{"A02", "Anna Li", "", "", "委员"}, []any{"A03", "阿卜杜·热合曼", "", "", "委员"}), nil),
			"A01 张三 / A02 Anna Li / A03 阿卜杜·热合曼", "姓名中间的空格去掉了：1 处，如 张　三 → 张三。"},
		"numbers as they look": {workbook(t, roster([]any{7, "张三", "", "", "委员", 13800001234}, []any{8.0, "李四", "", "", "委员", 13900001234.0}), edit(t, func(f *excelize.File) error {
			format := `"A"000`
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			return errors.Join(err, f.SetCellStyle("Sheet1", "A2", "A2", style))
		}, func(f *excelize.File) error {
			style, err := f.NewStyle(&excelize.Style{NumFmt: 11})
			return errors.Join(err, f.SetCellStyle("Sheet1", "F2", "F2", style))
		})), "A007 张三 13800001234 / 8 李四 13900001234", ""},
		"numbered beforehand": {workbook(t, [][]any{{"序号", "编号", "姓名", "界别", "专委会", "身份"}, {1, "A01", "张三", "", "", "委员"}, {2}, {3}}, nil), "A01 张三", ""},
	} {
		list, notes := said(t, tt.content)
		var got []string
		for _, m := range list {
			got = append(got, strings.Join(strings.Fields(strings.Join([]string{m.Number, m.Name, m.Sector, m.Committee, m.Phone}, " ")), " "))
		}
		if strings.Join(got, " / ") != tt.want || notes != tt.notes {
			t.Errorf("%s:\ngot  %s\nwant %s\nnotes %q\nwant  %q", name, strings.Join(got, " / "), tt.want, notes, tt.notes)
		}
	}
}

// What cannot be read for certain is refused with the place and the reason.
func TestOfficeWorkbooksRefused(t *testing.T) {
	header := "编号,姓名,界别,专委会,身份\n"
	utf16 := func(s string) string {
		var b strings.Builder
		for _, r := range s {
			b.WriteString(string(r) + "\x00")
		}
		return b.String()
	}
	sheetXML := func(cells string) string {
		return string(packed(t, map[string]io.Reader{"xl/worksheets/sheet1.xml": strings.NewReader(
			`<sheetData><row><c t="inlineStr"><is><t>编号</t></is></c><c t="inlineStr"><is><t>姓名</t></is></c><c t="inlineStr"><is><t>界别</t></is></c><c t="inlineStr"><is><t>专委会</t></is></c>` +
				`<c t="inlineStr"><is><t>身份</t></is></c></row><row>` + cells + `</row></sheetData>`)}))
	}
	const inline = `<c t="inlineStr"><is><t>%s</t></is></c>`
	for name, tt := range map[string]struct{ content, want string }{
		"two columns":           {string(workbook(t, [][]any{{"编号", "姓名", "界别", "专委会", "身份", "姓 名"}, {"A01", "张三", "", "", "委员", "秘书"}}, edit(t, func(f *excelize.File) error { return f.SetColVisible("Sheet1", "F", false) }))), "第 1 行：“姓名”有 2 列（B、F，隐藏），不知道用哪一列"},
		"two optional columns":  {"编号,姓名,界别,专委会,身份,手机,手机\nA01,张三,,,委员,1,2\n", "“手机”有 2 列（F、G）"},
		"a password":            {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + utf16("EncryptedPackage"), "打开密码"},
		"a web page":            {"\ufeff <html><table>", "网页"},
		"a pdf":                 {"%PDF-1.7", "PDF"},
		"line breaks in a name": {header + "A01,\"张三\nA02\t李四\",,,委员\n", "第 2 行：姓名里有换行、制表符之类，请删去"},
		"in a sector":           {header + "A01,张三,\"教育\t界\",,委员\n", "第 2 行：界别里有换行"},
		"a line separator":      {header + "A01,张\u2028三,,,委员\n", "第 2 行：姓名里有换行"},
		"in a number":           {string(workbook(t, roster([]any{"A0\n1", "张三", "", "", "委员"}), nil)), "第 2 行：编号里有换行"},
		"a formula's error":     {header + "A01,#N/A,,,委员\n", "第 2 行：姓名是公式出错（#N/A）"},
		"an error cell":         {sheetXML(fmt.Sprintf(inline, "A01") + `<c t="e"><v>#REF!</v></c><c/><c/>` + fmt.Sprintf(inline, "委员")), "姓名是公式出错（#REF!）"},
		"never calculated":      {sheetXML(fmt.Sprintf(inline, "A01") + fmt.Sprintf(inline, "张三") + `<c><f>A1</f></c><c/>` + fmt.Sprintf(inline, "委员")), "界别是没有算过的公式"},
		"an escaped line break": {sheetXML(fmt.Sprintf(inline, "A01") + fmt.Sprintf(inline, "张三_x000D_A02") + `<c/><c/>` + fmt.Sprintf(inline, "委员")), "姓名里有换行"},
		"the same but for case": {header + "a01,张三,,,委员\nA01,李四,,,委员\nＡ０１,王五,,,委员\n", "第 3 行：编号 A01 和第 2 行重复"},
		"rows as Excel counts":  {header + "\n\nA01,\"x\n\ny\",,,委员\n\nA02,李四,,,代表\n", "第 6 行：身份 \"代表\""},
		"a number too long":     {string(workbook(t, roster([]any{"4.10101199001011E+17", "张三", "", "", "委员"}), nil)), "科学记数法"},
	} {
		_, _, err := office.ReadRoster([]byte(tt.content))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v\nwant %s", name, err, tt.want)
		}
	}
	_, _, err := office.ReadRoster(workbook(t, [][]any{{"编号"}, {"A01"}}, edit(t, func(f *excelize.File) error { _, err := f.NewSheet("另一张"); return err })))
	if err == nil || !strings.Contains(err.Error(), "读的是工作表“Sheet1”；没有读：“另一张”。") {
		t.Errorf("which sheet was refused is not said: %v", err)
	}
}
