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
	known     *cmap             // nil without one
	charset   string            // of composite codes: utf16, gb18030, "" unknown
	simple    pdf.TextEncoding  // of a simple font's codes
	meant     map[string]string // by code, as far as asked for
	widths    map[int]float64   // in ems
	usual     float64
	broken    bool // its map of meanings could not be read to the end
}

// pdfChar is one code of a string that a page shows.
type pdfChar struct {
	text  string
	width float64
	space bool // word spacing applies
}

// mostWidths is how many widths of one font are read.
const mostWidths = 1 << 17

func newPDFFont(v pdf.Value) *pdfFont {
	f := &pdfFont{meant: map[string]string{}, widths: map[int]float64{}}
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
	for i := 0; i+1 < w.Len() && len(f.widths) < mostWidths; {
		first, second := int(w.Index(i).Int64()), w.Index(i+1)
		if second.Kind() == pdf.Array {
			for j := range second.Len() {
				f.widths[first+j] = second.Index(j).Float64() / 1000
			}
			i += 2
			continue
		}
		width := w.Index(i+2).Float64() / 1000
		for c := first; c <= min(int(second.Int64()), 0xffff) && len(f.widths) < mostWidths; c++ {
			f.widths[c] = width
		}
		i += 3
	}
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
	first, list := int(v.Key("FirstChar").Int64()), v.Key("Widths")
	for i := range min(list.Len(), 256) {
		f.widths[first+i] = list.Index(i).Float64() * scale
	}
}

// chars divides a string into its codes.
func (f *pdfFont) chars(s string) (out []pdfChar) {
	for len(s) > 0 {
		n := f.width(s)
		code := s[:n]
		s = s[n:]
		width, ok := f.widths[int(bigEndian(code))]
		if !ok {
			width = f.usual
		}
		if f.charset != "" && n <= 2 && bigEndian(code) < 0x80 {
			width = f.usual / 2
		}
		out = append(out, pdfChar{f.meaning(code), width, code == " "})
	}
	return out
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

// meaning is the text of a code; a private or replacement character when the paper
// does not say.
func (f *pdfFont) meaning(code string) string {
	text, ok := f.meant[code]
	if !ok {
		text = f.decode(code)
		f.meant[code] = text
	}
	return text
}

func (f *pdfFont) decode(code string) string {
	if f.known != nil {
		text := f.known.text[code]
		if text == "" && !f.composite {
			text = f.known.text["\x00"+code]
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

// radicals are the characters that some fonts name instead of the ordinary ones
// that look the same, as far as Unicode itself does not say which those are.
var radicals = strings.NewReplacer("⺠", "民", "⻁", "虎", "⻄", "西", "⻅", "见", "⻆", "角", "⻉", "贝", "⻋", "车",
	"⻓", "长", "⻔", "门", "⻘", "青", "⻙", "韦", "⻚", "页", "⻛", "风", "⻜", "飞", "⻝", "食", "⻢", "马", "⻣", "骨",
	"⻥", "鱼", "⻦", "鸟", "⻨", "麦", "⻩", "黄", "⻬", "齐", "⻮", "齿", "⻰", "龙", "⻳", "龟")

// plainForms writes radicals as the characters that people write: they look the
// same, and nobody finds the word by them.
func plainForms(text string) string {
	for _, r := range text {
		if unicode.Is(unicode.Radical, r) {
			return norm.NFKC.String(radicals.Replace(text))
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
