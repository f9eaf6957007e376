package convert

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"
)

// pdfFont is a font of a paper: which codes a string has, what they mean and how
// wide they are.
type pdfFont struct {
	composite bool
	known     *cmap              // nil without one
	charset   string             // of composite codes: utf16, gb18030, "" unknown
	simple    pdf.TextEncoding   // of a simple font's codes
	met       map[string]pdfChar // by code, as far as asked for
	widths    []glyphWidths
	usual     float64 // in ems
	broken    bool    // its map of meanings could not be read to the end
}

// glyphWidths are the widths of the glyphs from one to another, in ems: all the same
// when there is one.
type glyphWidths struct {
	first, last int
	each        []float64
}

// pdfChar is one code of a string that a page shows.
type pdfChar struct {
	text  string
	width float64
	space bool // word spacing applies
}

func newPDFFont(v pdf.Value) *pdfFont {
	f := &pdfFont{met: map[string]pdfChar{}}
	if v.Kind() != pdf.Dict { // it is not in the file
		f.composite, f.usual, f.broken = true, 1, true
		return f
	}
	if u := v.Key("ToUnicode"); u.Kind() == pdf.Stream {
		data, err := streamData(u, mostCmap)
		f.known, f.broken = readCmap(data), err != nil
	}
	if v.Key("Subtype").Name() == "Type0" {
		f.composite, f.charset = true, charsetOf(v.Key("Encoding").Name())
		f.compositeWidths(v.Key("DescendantFonts").Index(0))
		return f
	}
	font := pdf.Font{V: v}
	if e := v.Key("Encoding"); e.Kind() == pdf.Name || e.Kind() == pdf.Dict {
		f.simple = font.Encoder()
	}
	f.simpleWidths(v)
	return f
}

// charsetOf tells what the codes of a predefined character map are.
func charsetOf(name string) string {
	switch {
	case strings.Contains(name, "UCS2"), strings.Contains(name, "UTF16"):
		return "utf16"
	case strings.HasPrefix(name, "GB"):
		return "gb18030"
	}
	return ""
}

func (f *pdfFont) compositeWidths(v pdf.Value) {
	f.usual = 1
	if dw := v.Key("DW"); dw.Kind() == pdf.Integer || dw.Kind() == pdf.Real {
		f.usual = dw.Float64() / 1000
	}
	if f.charset != "" {
		return // by glyph, and which glyph a code has is not known here
	}
	w := v.Key("W")
	for i := 0; i+1 < w.Len(); {
		first, second := int(w.Index(i).Int64()), w.Index(i+1)
		if second.Kind() == pdf.Array {
			f.widths = append(f.widths, glyphWidths{first, first + second.Len() - 1, numbersOf(second, 1.0/1000)})
			i += 2
			continue
		}
		f.widths = append(f.widths, glyphWidths{first, int(second.Int64()), []float64{w.Index(i+2).Float64() / 1000}})
		i += 3
	}
}

func numbersOf(v pdf.Value, scale float64) (out []float64) {
	for i := range v.Len() {
		out = append(out, v.Index(i).Float64()*scale)
	}
	return out
}

// widthOf is the width of a glyph.
func (f *pdfFont) widthOf(n int) float64 {
	for _, w := range f.widths {
		switch i := n - w.first; {
		case i < 0 || n > w.last:
		case i < len(w.each):
			return w.each[i]
		case len(w.each) == 1:
			return w.each[0]
		}
	}
	return f.usual
}

func (f *pdfFont) simpleWidths(v pdf.Value) {
	scale := 1.0 / 1000
	if m := v.Key("FontMatrix"); m.Len() == 6 && v.Key("Subtype").Name() == "Type3" {
		scale = m.Index(0).Float64()
	}
	f.usual = 0.5
	if strings.Contains(v.Key("BaseFont").Name(), "Courier") {
		f.usual = 0.6
	}
	if m := v.Key("FontDescriptor").Key("MissingWidth").Float64(); m > 0 {
		f.usual = m * scale
	}
	if widths := numbersOf(v.Key("Widths"), scale); len(widths) > 0 {
		first := int(v.Key("FirstChar").Int64())
		f.widths = []glyphWidths{{first, first + len(widths) - 1, widths}}
	}
}

// chars divides a string into its codes.
func (f *pdfFont) chars(s string) (out []pdfChar) {
	for len(s) > 0 {
		n := f.width(s)
		c, ok := f.met[s[:n]]
		if !ok {
			c = f.char(s[:n])
			f.met[s[:n]] = c
		}
		out, s = append(out, c), s[n:]
	}
	return out
}

// char is what a code means, and its width.
func (f *pdfFont) char(code string) pdfChar {
	width := f.widthOf(int(bigEndian(code)))
	if f.charset != "" && bigEndian(code) < 0x80 {
		width = f.usual / 2
	}
	return pdfChar{f.decode(code), width, code == " "}
}

// width is how many bytes the code at the head of s has.
func (f *pdfFont) width(s string) int {
	switch {
	case !f.composite:
		return 1
	case f.charset == "gb18030":
		if s[0] < 0x80 || len(s) < 2 {
			return 1
		}
		if len(s) >= 4 && s[1] >= '0' && s[1] <= '9' {
			return 4
		}
		return 2
	case f.known != nil && f.charset == "":
		return f.known.width(s, 2)
	}
	return min(2, len(s))
}

// decode is the text of a code; the replacement character when the paper does not
// say.
func (f *pdfFont) decode(code string) string {
	if f.known != nil {
		text := f.known.text(code)
		if text == "" && !f.composite {
			text = f.known.text("\x00" + code)
		}
		if text != "" {
			return plainForms(text)
		}
	}
	switch {
	case f.charset == "utf16":
		return plainForms(utf16Text(code))
	case f.charset == "gb18030":
		text, err := simplifiedchinese.GB18030.NewDecoder().String(code)
		if err != nil {
			return string(utf8.RuneError)
		}
		return plainForms(text)
	case f.composite:
		return string(utf8.RuneError)
	case f.simple != nil:
		if text := f.simple.Decode(code); utf8.ValidString(text) {
			return text
		}
		return string(rune(code[0]))
	case f.known == nil:
		return string(rune(code[0]))
	}
	return string(utf8.RuneError)
}

// plainForms writes radicals as the characters that people write: they look the
// same, and nobody finds the word by them.
func plainForms(text string) string {
	for _, r := range text {
		if unicode.Is(unicode.Radical, r) {
			return norm.NFKC.String(strings.Map(func(r rune) rune {
				if plain, ok := radicalOf[r]; ok {
					return plain
				}
				return r
			}, text))
		}
	}
	return text
}

// garbled tells whether a text is what comes of a font that does not say what its
// codes mean.
func garbled(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return r == utf8.RuneError || unicode.Is(unicode.Co, r) || unicode.IsControl(r) && !unicode.IsSpace(r)
}
