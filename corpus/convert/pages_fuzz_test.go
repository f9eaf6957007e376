package convert

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// checkReader wants a reader to give text that is whole, or a sentence about why not.
func checkReader(t *testing.T, name string, data []byte) {
	doc, err := Bytes(context.Background(), name, data, Options{})
	var said *Error
	switch {
	case err != nil && !errors.As(err, &said):
		t.Errorf("%v is no sentence for people", err)
	case err == nil && !utf8.ValidString(doc.Text):
		t.Errorf("text is not UTF-8: %q", doc.Text)
	case err == nil && strings.Contains(doc.Text, "\n\n"):
		t.Errorf("an empty paragraph: %q", doc.Text)
	}
}

func FuzzPDF(f *testing.F) {
	for _, plain := range []bool{true, false} {
		p := &paper{plain: plain}
		p.set("某市政协", "— N —", provisions(2))
		f.Add(p.bytes())
	}
	locked := &paper{owner: "office"}
	locked.set("", "", provisions(1))
	f.Add(locked.bytes())
	f.Add(scanOf(1))
	forms := &paper{plain: true, turn: map[int]int{1: 90}, font: "<</Subtype /TrueType /Encoding /WinAnsiEncoding /FirstChar 65 /Widths [700 600]>>"}
	forms.extra = map[string]string{"Fm1": forms.stream("/Subtype /Form /Matrix [1 0 0 1 0 0]", "BT /F1 9 Tf [(A) 3 (B)] TJ ET /Fm1 Do")}
	forms.page("q 1 0 0 1 0 0 cm /Fm1 Do Q BI /W 1 ID x EI")
	f.Add(forms.bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		checkReader(t, "a.pdf", append([]byte("%PDF-"), data[min(5, len(data)):]...))
	})
}

// FuzzContent changes what a page draws, which in a file is mostly packed.
func FuzzContent(f *testing.F) {
	p := &paper{plain: true}
	p.set("某市政协", "— N —", provisions(1))
	f.Add(p.pages[0], p.meaning())
	f.Add("q 2 0 0 2 0 0 cm BT 3 Tr /F1 8 Tf 50 Tz 1 Ts 40 350 Td [<4e00> 3 <4e01>] TJ T* (a\\101) ' 1 2 (b) \" ET Q BI ID x EI", "1 beginbfrange <4e00> <4e05> [<4e00> <4e01>] endbfrange")
	f.Fuzz(func(t *testing.T, content, meaning string) {
		q := &paper{plain: true, pages: []string{content}, font: "<</Subtype /Type0 /Encoding /Identity-H /ToUnicode 10 0 R>>"}
		q.extra = map[string]string{"M": q.stream("", meaning)}
		checkReader(t, "a.pdf", q.bytes())
	})
}

func FuzzDoc(f *testing.F) {
	f.Add((&letter{text: "第一条　见\x13 REF a \x14第五条\x15。\r", lists: map[int]int{20: 1}}).bytes())
	f.Add((&letter{text: "项目\a分值\a\a后。\r", rows: map[int]bool{6: true}, after: [7]string{"脚注\r"}}).bytes())
	f.Add((&letter{text: "CPPCC\r", narrow: true, bare: true}).bytes())
	f.Add(compound((&letter{text: "第一条\r"}).streams(), "Workbook"))
	f.Fuzz(func(t *testing.T, data []byte) {
		checkReader(t, "a.doc", append(oleMagic[:8:8], data[min(8, len(data)):]...))
	})
}
