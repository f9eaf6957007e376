package convert

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// What is laid out in lines and pages comes back as the paragraphs it was.
func TestPDFParagraphs(t *testing.T) {
	want := append([]string{"为了规范委员履职，根据章程，制定本办法。"}, provisions(60)...)
	for _, plain := range []bool{true, false} {
		p := &paper{plain: plain}
		p.set("政协委员履职管理办法", "— N —", want)
		doc := convertPDF(t, p.bytes())
		got := strings.Split(doc.Text, "\n")
		if len(got) != len(want) {
			t.Errorf("%d paragraphs, want %d", len(got), len(want))
		}
		for i := range min(len(got), len(want)) {
			if w := strings.ReplaceAll(want[i], "　", " "); got[i] != w {
				t.Fatalf("paragraph %d is\n%s\nwant\n%s", i, got[i], w)
			}
		}
		pages := len(p.pages)
		wantNotes(t, doc, fmt.Sprintf("0||%d 页上的页眉、页脚或水印「政协委员履职管理办法」没有收入", pages),
			fmt.Sprintf("0||%d 页上的页码没有收入", pages))
		if !doc.Wrapped || doc.Format != "PDF" {
			t.Errorf("Wrapped %v, Format %s", doc.Wrapped, doc.Format)
		}
	}
}

func wantNotes(t *testing.T, doc *Document, want ...string) {
	t.Helper()
	var got []string
	for _, n := range doc.Notes {
		got = append(got, fmt.Sprintf("%d|%s|%s", n.Kind, n.Where, n.What))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("notes\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestPDFText(t *testing.T) {
	p := &paper{}
	small := func(x, y float64, s string) string { return p.at(x, y, 16, s) }
	tests := []struct {
		name string
		draw string
		want string
	}{
		{"drawn twice to look bold", small(80, 100, "总则") + small(80.4, 100, "总则"), "总则"},
		{"the same word twice", small(80, 100, "人人") + small(112, 100, "人人"), "人人人人"},
		{"pieces out of order", small(112, 100, "条例") + small(80, 100, "委员"), "委员条例"},
		{"a space that was not drawn", small(80, 100, "第一条") + small(80+48+16, 100, "委员应当"), "第一条 委员应当"},
		{"no space from justification", "BT /F1 16 Tf 3 Tc 1 0 0 1 80 700 Tm " + p.codes("委员应当履职") + " Tj ET", "委员应当履职"},
		{"Latin words", small(80, 100, "CPPCC") + small(80+40+5, 100, "2026"), "CPPCC 2026"},
		{"Latin letters close", small(80, 100, "CPP") + small(80+24+1, 100, "CC"), "CPPCC"},
		{"a raised mark", small(80, 100, "注意") + p.at(112, 94, 8, "1"), "注意1"},
		{"an array with gaps", "BT /F1 16 Tf 1 0 0 1 80 700 Tm [" + p.codes("委员") + " -1000 " + p.codes("名单") + "] TJ ET", "委员 名单"},
		{"next lines", "BT /F1 16 Tf 20 TL 80 700 Td " + p.codes("一段。") + " Tj T* " + p.codes("二段。") + " Tj " + p.codes("三段。") + " ' 1 2 " + p.codes("四段。") + " \" 0 -20 TD " + p.codes("五段。") + " Tj ET", "一段。\n二段。\n三段。\n四段。\n五段。"},
		{"state kept and brought back", "q 2 0 0 2 0 0 cm Q " + small(80, 100, "委员"), "委员"},
		{"scaled", "q 2 0 0 2 0 0 cm BT /F1 8 Tf 40 350 Td " + p.codes("委员") + " Tj 16 0 Td " + p.codes("履职") + " Tj ET Q", "委员履职"},
		{"half width", "BT /F1 16 Tf 50 Tz 80 700 Td " + p.codes("委员") + " Tj 16 0 Td " + p.codes("履职") + " Tj ET", "委员履职"},
		{"raised by Ts", "BT /F1 16 Tf 80 700 Td " + p.codes("委") + " Tj 3 Ts " + p.codes("员") + " Tj ET", "委员"},
		{"a picture in the stream", "BI /W 1 /H 1 ID (\x00\xff EI " + small(80, 100, "委员"), "委员"},
		{"broken operators", ") >> ] Q Q Tj TJ Td Tf cm 1 2 3 Do /No Do " + small(80, 100, "委员"), "委员"},
		{"radicals", small(80, 100, "⼈⺠政协"), "人民政协"},
		{"in a form", "q 1 0 0 1 0 5 cm /Fm1 Do Q " + small(80, 130, "后。"), "表中。\n后。"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := &paper{used: p.used, extra: map[string]string{
				"Fm1": p.stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Matrix [1 0 0 1 10 0]", p.at(80, 100, 16, "表中。")),
			}}
			q.page(tt.draw)
			if doc := convertPDF(t, q.bytes()); doc.Text != tt.want {
				t.Errorf("text %q, want %q", doc.Text, tt.want)
			}
		})
	}
}

// A page that lies on its side is read upright, a word stamped across it is not read
// into the text.
func TestPDFTurned(t *testing.T) {
	p := &paper{turn: map[int]int{2: 90, 3: 180, 4: 270}}
	first := p.at(80, 100, 16, "第一条 上。") + p.at(80, 130, 16, "第二条 下。")
	for range 4 {
		p.page(first)
	}
	p.page("q 0 1 -1 0 595 0 cm " + first + "Q") // drawn on its side
	p.page(first, "BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 200 Tm "+p.codes("内部资料")+" Tj ET")
	doc := convertPDF(t, p.bytes())
	// what is turned by the page is upright again on pages 2 to 4
	if want := strings.TrimSuffix(strings.Repeat("第一条 上。\n第二条 下。\n", 6), "\n"); doc.Text != want {
		t.Errorf("text\n%s\nwant\n%s", doc.Text, want)
	}
	wantNotes(t, doc, "0||1 页上斜着或转向的文字（如水印）没有收入：内部资料")
}

// What is near the edge of a page depends on how large the page is said to be.
func TestPDFBox(t *testing.T) {
	p := &paper{}
	p.set("政协委员履职管理办法", "", provisions(60))
	data := string(p.bytes())
	for box, notes := range map[string]int{"[0 0 595 842]": 1, "[0 0 595 942]": 0, "[595 842 0 0]": 1, "[0 0 0 0    ]": 1} {
		if doc := convertPDF(t, []byte(strings.Replace(data, "[0 0 595 842]", box, 1))); len(doc.Notes) != notes {
			t.Errorf("%s: notes %v, want %d", box, doc.Notes, notes)
		}
	}
}

func TestPDFRefused(t *testing.T) {
	good := &paper{plain: true}
	good.set("", "", provisions(3))
	data := string(good.bytes())
	locked := &paper{owner: "office", password: "secret"}
	locked.set("", "", provisions(1))
	mute := &paper{mute: true}
	mute.set("", "", provisions(1))
	packed := &paper{}
	packed.set("", "", provisions(1))
	scan := &paper{}
	scan.page(picture)
	scan.page(picture)
	tests := []struct{ name, data, what string }{
		{"password", string(locked.bytes()), "文件加了密码"},
		{"font without a meaning", string(mute.bytes()), "文字取出来是乱码（PDF 里没有写明是什么字）"},
		{"scanned", string(scan.bytes()), "2 页都是扫描件，没有文字"},
		{"cut", data[:len(data)/2], "PDF 文件不完整或者坏了，读不下去"},
		{"head alone", "%PDF-1.4\n", "PDF 文件不完整或者坏了，读不下去"},
		{"no pages", strings.ReplaceAll(data, "/Kids [8 0 R ]", "/Kids [     ]"), "PDF 文件不完整或者坏了，读不下去"},
		{"packed in an unknown way", strings.ReplaceAll(string(packed.bytes()), "/FlateDecode", "/Flate      "), "PDF 文件不完整或者坏了，读不下去"},
		{"a table for all the world", strings.Replace(data, "/Size ", "/Size 99999999999", 1), "PDF 文件不完整或者坏了，读不下去"},
		{"pages in a circle", strings.Replace(data, "/Kids [8 0 R ]", "/Kids [2 0 R ]", 1), "文件超过 2000 页"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Bytes(context.Background(), "a.pdf", []byte(tt.data), Options{})
			var said *Error
			if !errors.As(err, &said) || said.What != tt.what || said.Fix == "" {
				t.Errorf("%v, %v; want %s", doc, err, tt.what)
			}
		})
	}
}

func TestPDFInDoubt(t *testing.T) {
	open := &paper{owner: "office"}
	open.set("", "", []string{"第一条 委员应当履职。"})
	doc := convertPDF(t, open.bytes())
	wantNotes(t, doc, "3||文件限制了复制或打印，但不用密码就能读")

	mixed := &paper{}
	mixed.set("", "", provisions(1))
	mixed.page(picture)
	mixed.page() // blank: nothing to say
	mixed.page("3 Tr "+mixed.at(80, 100, 16, "第九条 扫描。"), picture)
	doc = convertPDF(t, mixed.bytes())
	wantNotes(t, doc, "2|第4页|第4页是扫描件，文字由扫描软件识别得来，待核对", "2|第2页|第2页是扫描件，图上的文字没有取出")

	stamped := &paper{} // a picture with a stamp over it, and text over a ground
	stamped.set("", "", provisions(1))
	stamped.page(picture, stamped.at(80, 100, 16, "已收文"))
	stamped.page(picture, stamped.at(80, 100, 16, strings.Repeat("字", 20)), stamped.at(80, 130, 16, strings.Repeat("字", 20)))
	stamped.page("q 100 0 0 100 0 0 cm /Im1 Do Q ", stamped.at(80, 100, 16, "有章。"))
	stamped.page(strings.Repeat("0 0 1 1 re f\n", 21))
	stamped.page(strings.Repeat("0 0 1 1 re f\n", 20))
	doc = convertPDF(t, stamped.bytes())
	wantNotes(t, doc, "2|第2页|第2页是扫描件，图上的文字没有取出", "2|第5页|第5页是扫描件，图上的文字没有取出")

	spot := &paper{} // one in forty
	spot.page(spot.at(80, 100, 10, strings.Repeat("字", 39)), "BT /F1 16 Tf 80 600 Td <e001> Tj ET")
	wantNotes(t, convertPDF(t, spot.bytes()), "2||有 1 个字是造字或乱码，第一处是「〓」（〓 代表这个字），请对照原件补上")

	foul := &paper{}
	foul.page(foul.at(80, 100, 16, "第一条 委员应当按时出席会议。"), "BT /F1 16 Tf 80 600 Td <e001e002> Tj ET")
	doc = convertPDF(t, foul.bytes())
	wantNotes(t, doc, "2|第1页|第1页有 2 个字取出来是乱码（PDF 里没有写明是什么字），请对照原件", "2||有 2 个字是造字或乱码，第一处是「〓〓」（〓 代表这个字），请对照原件补上")
}

// A page of which a part is missing is named, and the others are read.
func TestPDFBroken(t *testing.T) {
	p := &paper{}
	for range 2 {
		p.page(p.at(80, 100, 16, "第一条 委员应当履职。"))
	}
	data := string(p.bytes())
	plain := &paper{plain: true}
	plain.page(plain.at(80, 100, 16, "第一条 委员应当履职。"))
	second := strings.LastIndex(data, "stream\nx")
	tests := []struct{ name, in, text, page string }{
		{"contents that are not there", strings.Replace(data, "/Contents 11 0 R", "/Contents 99 0 R", 1), "第一条 委员应当履职。", "第2页"},
		{"contents of another kind", strings.Replace(data, "/Contents 11 0 R", "/Contents 98 0 R", 1), "第一条 委员应当履职。", "第2页"},
		{"contents cut short", data[:second+20] + "\x00\xff\x00\xff" + data[second+24:], "", "第2页"},
		{"contents cut at once", data[:second+7] + "\x00" + data[second+8:], "第一条 委员应当履职。", "第2页"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := convertPDF(t, []byte(tt.in))
			if tt.text != "" && doc.Text != tt.text {
				t.Errorf("text %q, want %q", doc.Text, tt.text)
			}
			wantNotes(t, doc, "2|"+tt.page+"|"+tt.page+"的内容坏了或者太多，只读出一部分，请对照原件")
		})
	}
	tiny := &paper{}
	tiny.page(tiny.at(80, 100, 16, "第一条 委员。"), tiny.at(80, 130, 0, "第二条 小字。"))
	if doc := convertPDF(t, tiny.bytes()); doc.Text != "第一条 委员。" || len(doc.Notes) != 1 {
		t.Errorf("text of no size: %q, %v", doc.Text, doc.Notes)
	}
	long := &paper{}
	long.page(long.at(80, 100, 16, "第一条"), "BT /F1 16 Tf 80 700 Td <"+strings.Repeat("7b2c", mostGlyphs)+"> Tj ET")
	if doc := convertPDF(t, long.bytes()); len(doc.Notes) != 1 || doc.Notes[0].Kind != Doubt {
		t.Errorf("more than a page has: %v", doc.Notes)
	}
	lost := strings.Replace(string(plain.bytes()), "/F1 3 0 R", "/F2 3 0 R", 1)
	if _, err := Bytes(context.Background(), "a.pdf", []byte(lost), Options{}); err == nil || !strings.Contains(err.Error(), "乱码") {
		t.Errorf("a font that is not there: %v", err)
	}
}

func TestPDFStops(t *testing.T) {
	p := &paper{}
	p.set("", "", provisions(30))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if doc, err := readPDF(ctx, "a.pdf", p.bytes(), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v, want canceled", doc, err)
	}
}
