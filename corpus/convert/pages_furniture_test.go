package convert

import (
	"fmt"
	"strings"
	"testing"
)

// pagesOf makes pages of a few body lines and the lines that f adds to each.
func pagesOf(n int, f func(page int) []string) (out []sheet) {
	for i := 1; i <= n; i++ {
		lines := []string{fmt.Sprintf("108,100,16 甲%d。", i), "108,128,16 乙。", "108,156,16 丙。", "108,184,16 丁。"}
		out = append(out, sheetWith(i, append(f(i), lines...)...))
	}
	return out
}

func TestFurniture(t *testing.T) {
	each := func(lines ...string) func(int) []string {
		return func(page int) (out []string) {
			for _, l := range lines {
				out = append(out, strings.ReplaceAll(l, "N", fmt.Sprint(page)))
			}
			return out
		}
	}
	tests := []struct {
		name  string
		pages int
		add   func(int) []string
		kept  string // of the first page, but for the body
		notes string
	}{
		{"a header on three pages", 3, each("76,40,10 某市政协"), "", "3 页上的页眉、页脚或水印「某市政协」没有收入"},
		{"on two of two", 2, each("76,40,10 某市政协"), "", "2 页上的页眉、页脚或水印「某市政协」没有收入"},
		{"on one alone", 1, each("76,40,10 某市政协"), "某市政协", ""},
		{"equal but for digits", 4, each("76,40,10 某市政协第N期"), "", "4 页上的页眉、页脚或水印「某市政协第1期」没有收入"},
		{"not equal", 3, func(p int) []string { return []string{"76,40,10 " + strings.Repeat("子", p)} }, "子", ""},
		{"not at the same height", 3, func(p int) []string { return []string{fmt.Sprintf("76,%d,10 某市政协", 20+20*p)} }, "某市政协", ""},
		{"too far down", 3, each("76,115,8 某市政协"), "某市政协", ""},
		{"at the distance of the text on every page", 3, each("108,72,16 某市政协"), "", "3 页上的页眉、页脚或水印「某市政协」没有收入"},
		{"at the distance of the text on two", 2, each("108,72,16 某市政协"), "某市政协", ""},
		{"a row at the distance of the text", 3, each("108,72,16 项目", "300,72,16 分值"), "项目 分值", "「项目 分值」在 3 页的同一位置，像页眉或页脚，拿不准，仍当作正文收入，请核对"},
		{"a line as long as the text", 3, each("76,60,16 " + full), "", "3 页上的页眉、页脚或水印「" + full + "」没有收入"},
		{"longer than any line of the text", 3, each("30,40,9 " + full + full), "", "3 页上的页眉、页脚或水印「" + full + full + "」没有收入"},
		{"off the text though as large", 3, each("108,60,16 某市政协"), "", "3 页上的页眉、页脚或水印「某市政协」没有收入"},
		{"a provision", 3, each("76,40,10 第N条"), "第1条", ""},
		{"a row with three cells", 3, each("76,60,16 序号", "200,60,16 项目", "400,60,16 分值"), "序号 项目 分值", "「序号 项目 分值」在 3 页的同一位置，像页眉或页脚，拿不准，仍当作正文收入，请核对"},
		{"three pieces set smaller", 3, each("76,40,10 某市政协", "200,40,10 制度汇编", "400,40,10 第N页"), "", "3 页上的页眉、页脚或水印「某市政协 制度汇编 第1页」没有收入"},
		{"with the number of the page, at the distance of the text", 3, each("108,72,16 某市政协2025年制度，N"), "", "3 页上的页眉、页脚或水印「某市政协2025年制度，1」没有收入"},
		{"with another number", 3, func(p int) []string { return []string{fmt.Sprintf("108,72,16 某市政协，%d", 40+p*p)} }, "某市政协，41", ""},
		{"— 1 —", 1, each("280,760,10 —N—"), "", "1 页上的页码没有收入"},
		{"第1页 共3页", 3, each("280,760,10 第N页", "330,760,10 共3页"), "", "3 页上的页码没有收入"},
		{"共3页 第1页", 3, each("280,760,10 共3页", "330,760,10 第N页"), "", "3 页上的页码没有收入"},
		{"第一页", 1, each("280,760,10 第一页"), "", "1 页上的页码没有收入"},
		{"1/3", 3, each("280,760,10 N/3"), "", "3 页上的页码没有收入"},
		{"a number that grows with the pages", 2, func(p int) []string { return []string{fmt.Sprintf("280,760,10 %d", 40+p)} }, "", "2 页上的页码没有收入"},
		{"a number that does not", 3, func(p int) []string { return []string{fmt.Sprintf("280,760,10 %d", 40+p*p)} }, "41", ""},
		{"a year in the text", 1, each("280,760,16 2026"), "2026", ""},
		{"a header above a number", 3, each("76,30,10 某市政协", "280,44,10 — N —"), "", "3 页上的页眉、页脚或水印「某市政协」没有收入;3 页上的页码没有收入"},
		{"a word stamped large", 3, each("100,400,60 内部资料"), "", "3 页上的页眉、页脚或水印「内部资料」没有收入"},
		{"a large word once", 2, func(p int) []string { return []string{"100,400,60 内部资料"}[:p%2] }, "内部资料", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := &Document{}
			var kept, notes []string
			for _, l := range d.withoutFurniture(pagesOf(tt.pages, tt.add))[0].lines {
				if !strings.Contains("甲1。乙。丙。丁。", l.text) {
					kept = append(kept, l.text)
				}
			}
			for _, n := range d.Notes {
				if n.Kind != Dropped && !strings.Contains(n.What, "拿不准") {
					t.Errorf("note of kind %d", n.Kind)
				}
				notes = append(notes, n.What)
			}
			if strings.Join(kept, ";") != tt.kept || strings.Join(notes, ";") != tt.notes {
				t.Errorf("kept %q, notes %q; want %q, %q", kept, notes, tt.kept, tt.notes)
			}
		})
	}
}

// What is a header on other pages is one on the last, though that has but one line,
// and where nothing shows how far the lines of the text are apart.
func TestFurnitureOfLastPage(t *testing.T) {
	const header = "江城市政协机关制度汇编"
	for n := 2; n <= 6; n++ {
		for _, last := range []string{"108,100,16 自2025年3月1日起施行。", "108,88,16 自2025年3月1日起施行。"} {
			sheets := pagesOf(n-1, func(int) []string { return []string{"180,60,16 " + header} })
			sheets = append(sheets, sheetWith(n, "180,60.4,16 "+header, last))
			d := &Document{}
			out := d.withoutFurniture(sheets)
			if got := out[n-1].lines; len(got) != 1 || got[0].text != "自2025年3月1日起施行。" {
				t.Errorf("%d pages: last page keeps %v", n, got)
			}
			noted(t, d, Dropped, fmt.Sprintf("%d 页上的页眉、页脚或水印「%s」没有收入", n, header))
			unnoted(t, d, Doubt)
		}
	}
	// Of another size it is another line: the title of an annex.
	sheets := append(pagesOf(4, func(int) []string { return []string{"180,60,10 " + header} }), sheetWith(5, "180,60,16 "+header, "108,100,16 文。"))
	d := &Document{}
	if got := d.withoutFurniture(sheets)[4].lines; len(got) != 2 {
		t.Errorf("a title was taken for a header: %v", got)
	}
	// At the distance of the text on most pages it is in doubt, and stays.
	sheets = append(pagesOf(4, func(int) []string { return []string{"108,72,16 某市政协"} }), pagesOf(1, func(int) []string { return nil })...)
	if got := d.withoutFurniture(sheets)[0].lines; len(got) != 5 {
		t.Errorf("kept %v", got)
	}
	noted(t, d, Doubt, "「某市政协」在 4 页的同一位置")
}

// A page that is nothing but a number has no text.
func TestFurnitureAlone(t *testing.T) {
	d := &Document{}
	out := d.withoutFurniture([]sheet{sheetWith(1, "280,760,10 — 1 —"), {width: 600, height: 800}})
	if len(out[0].lines) != 0 || len(d.Notes) != 1 {
		t.Errorf("left %v, notes %v", out[0].lines, d.Notes)
	}
}
