package convert

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/ledongthuc/pdf"
)

// fontOf reads a font that a paper is written with.
func fontOf(t *testing.T, font string) *pdfFont {
	t.Helper()
	p := &paper{font: font, plain: true}
	p.extra = map[string]string{"M": p.stream("", "1 beginbfchar <0041> <7532> endbfchar")}
	p.page()
	data := p.bytes()
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return newPDFFont(r.Trailer().Key("Root").Key("Pages").Key("Resources").Key("Font").Key("F1"))
}

func TestFonts(t *testing.T) {
	type0 := "<</Subtype /Type0 /Encoding /%s /DescendantFonts [<<%s>>]>>"
	tests := []struct{ name, font, codes, want string }{
		{"Unicode codes", fmt.Sprintf(type0, "UniGB-UCS2-H", ""), "\x4e\x00\x00A", "一 1 A 0.5"},
		{"UTF-16 codes", fmt.Sprintf(type0, "UniGB-UTF16-H", "/DW 800"), "\x4e\x00", "一 0.8"},
		{"GBK codes", fmt.Sprintf(type0, "GBK-EUC-H", ""), "\xd2\xbbA\x81\x30\x81\x30\xd2", "一 1 A 0.5 \u0080 1 � 1"},
		{"GB2312 codes", fmt.Sprintf(type0, "GB-EUC-H", "/W [1 [300]]"), "\xb6\xfe", "二 1"},
		{"glyph numbers", fmt.Sprintf(type0, "Identity-H", "/W [1 [300 400] 5 7 250] /DW 900"), "\x00\x01\x00\x02\x00\x06\x00\x08", "� 0.3 � 0.4 � 0.25 � 0.9"},
		{"an odd byte", fmt.Sprintf(type0, "Identity-H", ""), "\x00\x01\x00", "� 1 � 1"},
		{"Latin", "<</Subtype /TrueType /Encoding /WinAnsiEncoding /FirstChar 65 /Widths [700 600]>>", "AB\x93", "A 0.7 B 0.6 “ 0.5"},
		{"differences", "<</Subtype /Type1 /Encoding <</Differences [1 /A /quotedblleft]>> /FontDescriptor <</MissingWidth 333>>>>", "\x01\x02", "A 0.333 “ 0.333"},
		{"an encoding nobody knows", "<</Subtype /Type1 /Encoding /Other>>", "A\xe9", "A 0.5 é 0.5"},
		{"no encoding", "<</Subtype /Type1 /BaseFont /Courier>>", "A ", "A 0.6   0.6"},
		{"drawn letters", "<</Subtype /Type3 /FontMatrix [0.01 0 0 0.01 0 0] /FirstChar 65 /Widths [50]>>", "A", "A 0.5"},
		{"codes of two bytes in the map", "<</Subtype /TrueType /ToUnicode 10 0 R>>", "A", "甲 0.5"},
		{"a meaning of its own", "<</Subtype /Type3 /ToUnicode 5 0 R /FontMatrix [0.01 0 0 0.01 0 0]>>", "A", "� 0.5"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, c := range fontOf(t, tt.font).chars(tt.codes) {
				got = append(got, c.text, fmt.Sprintf("%.4g", c.width))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %q, want %q", strings.Join(got, " "), tt.want)
			}
		})
	}
}

func TestGarbled(t *testing.T) {
	for s, want := range map[string]bool{"一": false, "A": false, " ": false, "\n": false, "\x01": true, "\ue001": true, "�": true, "": true} {
		if garbled(s) != want {
			t.Errorf("garbled(%q) is %v", s, !want)
		}
	}
}
