package office_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"lianwen/bot/ledger"
	"lianwen/bot/office"
)

const goodRoster = "编号,姓名,界别,专委会,身份,手机\nA01,张三,教育界,提案委,委员,13800001234\n\n S01 ,王五,,,工作人员,\n"

var goodMembers = []ledger.Member{
	{Number: "A01", Name: "张三", Sector: "教育界", Committee: "提案委", Phone: "13800001234"},
	{Number: "S01", Name: "王五", Staff: true},
}

// workbook makes an xlsx of rows.
func workbook(t *testing.T, rows [][]any, change func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if change != nil {
		change(f)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestReadRoster(t *testing.T) {
	t.Parallel()
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(goodRoster)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"utf-8": []byte(goodRoster), "with a mark": []byte("\ufeff" + goodRoster), "gbk": []byte(gbk), "windows": []byte(strings.ReplaceAll(goodRoster, "\n", "\r\n")),
		"xlsx": workbook(t, [][]any{
			{"姓名", "编号", "身份", "专委会", "界别", "备注", "手机"}, {"张三", "A01", "委员", "提案委", "教育界", "x", "13800001234"}, {}, {"王五", "S01", "工作人员"},
		}, nil),
	} {
		got, _, err := office.ReadRoster(content)
		if err != nil || !slices.Equal(got, goodMembers) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// A number is text of twenty characters at most, as it stands.
func TestRosterNumbers(t *testing.T) {
	t.Parallel()
	for number, ok := range map[string]bool{
		"007": true, "政协〔2026〕001": true, strings.Repeat("委", 20): true, "E+1": true, "1e5": true, "A+1": true,
		strings.Repeat("委", 21): false, "A 1": false, "1E+10": false, "1.5e+3": false, "": false,
	} {
		list, _, err := office.ReadRoster([]byte("编号,姓名,界别,专委会,身份\n" + number + ",张三,,,委员\n"))
		if (err == nil) != ok || ok && list[0].Number != number {
			t.Errorf("%q: %+v, %v", number, list, err)
		}
	}
}

// Every row that is wrong is named, at once.
func TestReadRosterProblems(t *testing.T) {
	t.Parallel()
	header := "编号,姓名,界别,专委会,身份,手机\n"
	merged := workbook(t, [][]any{{"编号", "姓名", "界别", "专委会", "身份"}, {"A01", "张三", "教育界", "提案委", "委员"}, {"", "李四", "教育界", "提案委", "委员"}}, func(f *excelize.File) {
		if err := f.MergeCell("Sheet1", "A2", "A3"); err != nil {
			t.Fatal(err)
		}
	})
	for name, tt := range map[string]struct {
		content string
		want    []string
	}{
		"empty":       {"", []string{"文件是空的"}},
		"only header": {header, []string{"只有列名"}},
		"columns":     {"编号,姓名\nA01,张三\n", []string{"没有“界别”", "没有“专委会”", "没有“身份”"}},
		"all at once": {header + "A01,张三,,,委员,\nA01,李四,,,委员,\n,王五,,,委员,\nA 3,,,,代表,\n", []string{
			"第 3 行：编号 A01 和第 2 行重复", "第 4 行：没有编号", "第 5 行：身份 \"代表\"", "第 5 行：没有姓名", "第 5 行：编号 \"A 3\"",
		}},
		"scientific": {header + "1.38E+10,张三,,,委员,1.38E+10\n", []string{"编号 1.38E+10 被表格改成了科学记数法", "手机 1.38E+10 被表格改成了科学记数法"}},
		"merged":     {string(merged), []string{"第 3 行：没有编号（合并的单元格请拆开"}},
		"xls":        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", []string{"请另存为 xlsx"}},
		"broken zip": {"PK\x03\x04 and no more", []string{"不是完好的 xlsx"}},
		"binary":     {"\xff\xff\xff\xff", []string{"编码不认识"}},
		"quote":      {header + "A01,\"张三,,,委员,\n", []string{"引号不成对"}},
	} {
		got, _, err := office.ReadRoster([]byte(tt.content))
		var bad *office.FormError
		if got != nil || !errors.As(err, &bad) {
			t.Errorf("%s: %v, %v", name, got, err)
			continue
		}
		for _, want := range tt.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v does not say %s", name, err, want)
			}
		}
		if len(bad.Problems) != len(tt.want) {
			t.Errorf("%s: %v, want %d problems", name, err, len(tt.want))
		}
	}
}

func FuzzReadRoster(f *testing.F) {
	f.Add([]byte(goodRoster))
	f.Add([]byte("编号,姓名,界别,专委会,身份\nA01,\"x\ny\",,,委员"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) {
		list, _, err := office.ReadRoster(content)
		seen := map[string]bool{}
		for _, m := range list {
			if err != nil || m.Number == "" || m.Name == "" || seen[m.Number] {
				t.Fatalf("%+v with %v", m, err)
			}
			seen[m.Number] = true
		}
	})
}

// Whatever the parts of a workbook hold, it is read or refused.
func FuzzReadWorkbook(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>姓名</t><rPh><t>x</t></rPh></is></c></row>`, `<si><t>编号</t></si>`, `<numFmt numFmtId="164" formatCode="&quot;A&quot;000"/><cellXfs><xf numFmtId="164"/></cellXfs>`)
	f.Add(`<cols><col min="1" max="2" hidden="1"/></cols><row r="2"><c s="0"><v>46357.5</v></c><c><f>A1</f></c></row><mergeCell ref="A1:B2"/>`, ``, `<cellXfs><xf numFmtId="14"/></cellXfs>`)
	f.Fuzz(func(t *testing.T, sheet, shared, styles string) {
		content := packed(t, map[string]io.Reader{
			"xl/worksheets/sheet1.xml": strings.NewReader("<row><c><v>日期</v></c><c><v>编号</v></c></row>" + sheet), "xl/sharedStrings.xml": strings.NewReader(shared), "xl/styles.xml": strings.NewReader(styles),
		})
		for _, read := range []func() error{
			func() error { _, _, err := office.ReadRoster(content); return err },
			func() error { _, _, err := office.ReadActivities(content, activityRoster, activityTenures); return err },
		} {
			var bad *office.FormError
			if err := read(); err != nil && !errors.As(err, &bad) {
				t.Fatal(err)
			}
		}
	})
}

// sheet reads one sheet of an xlsx.
func sheet(t *testing.T, content []byte, name string) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
