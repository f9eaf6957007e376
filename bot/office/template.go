package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
)

// fields are what a template is filled with: single values by name, and lists,
// each entry of which has values by name.
type fields struct {
	values map[string]string
	lists  map[string][]map[string]string
}

// TemplateError is a template that cannot be used, in words for its author.
type TemplateError struct{ What string }

func (e *TemplateError) Error() string { return e.What }

// paragraphForm is a paragraph that is not empty (<w:p/>).
const paragraphForm = `<w:p(?: [^>]*[^/])?>.*?</w:p>`

// The parts of a docx that hold text.
var filledPart = regexp.MustCompile(`^word/(document|header\d*|footer\d*)\.xml$`)

// Templates are plain: paragraphs and tables, no text boxes inside a paragraph
// and no tables inside a cell. Rows and paragraphs can then be told apart
// without reading the whole of WordprocessingML.
var (
	blockPattern     = regexp.MustCompile(`(?s)<w:tr(?: [^>]*)?>.*?</w:tr>|` + paragraphForm)
	paragraphPattern = regexp.MustCompile(`(?s)` + paragraphForm)
	textPattern      = regexp.MustCompile(`(?s)<w:t(?: [^>]*[^/])?>(.*?)</w:t>`)
	holePattern      = regexp.MustCompile(`\{(?:([\p{Han}\w]+)\.)?([\p{Han}\w]+)\}`)
)

// fill copies a docx and puts values in the place of {名称}. A table row, or a
// paragraph outside tables, with {列表.名称} in it comes once for each entry of
// the list, and not at all for an empty one. A name that is not known is a
// *TemplateError.
func fill(w io.Writer, template []byte, f fields) error {
	in, err := zip.NewReader(bytes.NewReader(template), int64(len(template)))
	if err != nil || !slices.ContainsFunc(in.File, func(part *zip.File) bool { return part.Name == "word/document.xml" }) {
		return &TemplateError{"不是 Word 文档（.docx）"}
	}
	out := zip.NewWriter(w)
	for _, part := range in.File {
		if err := fillPart(out, part, f); err != nil {
			return err
		}
	}
	return out.Close()
}

// maxPart bounds what a part may unpack to.
const maxPart = 32 << 20

func fillPart(out *zip.Writer, part *zip.File, f fields) error {
	r, err := part.Open()
	if err != nil {
		return &TemplateError{"文件损坏（" + part.Name + "）"}
	}
	raw, err := io.ReadAll(io.LimitReader(r, maxPart+1))
	if err = errors.Join(err, r.Close()); err != nil || len(raw) > maxPart {
		return &TemplateError{"文件损坏，或者太大（" + part.Name + "）"}
	}
	if filledPart.MatchString(part.Name) {
		text, err := f.part(string(raw))
		if err != nil {
			return err
		}
		raw = []byte(text)
	}
	w, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate, Modified: part.Modified})
	if err != nil {
		return err
	}
	_, err = w.Write(raw)
	return err
}

// part fills one part, row by row and, outside tables, paragraph by paragraph.
func (f fields) part(text string) (string, error) {
	var unknown []string
	text = blockPattern.ReplaceAllStringFunc(text, func(block string) string {
		list := f.listIn(block)
		if list == "" {
			return fillBlock(block, f.single, &unknown)
		}
		var all strings.Builder
		for i, entry := range f.lists[list] {
			all.WriteString(fillBlock(kept(block, i, len(f.lists[list])), func(of, name string) (string, bool) {
				if of != list {
					return f.single(of, name)
				}
				value, ok := entry[name]
				return value, ok
			}, &unknown))
		}
		return all.String()
	})
	if len(unknown) > 0 {
		slices.Sort(unknown)
		return "", &TemplateError{fmt.Sprintf("有不认识的名称：%s。可用的有：%s", strings.Join(slices.Compact(unknown), "、"), f.names())}
	}
	return text, nil
}

// keptWhole is how many rows of a list surely stand on one page.
const keptWhole = 15

// keepNext, in a paragraph, keeps it on the page of the next.
const keepNext = "<w:keepNext/>"

// kept is a block for one of so many entries of a list. Rows that are all to stay
// together cannot if they are more than a page: a long list may be broken, but not behind
// its first row, nor before its last.
func kept(block string, i, of int) string {
	if of <= keptWhole || i == 0 || i >= of-2 {
		return block
	}
	return strings.ReplaceAll(block, keepNext, "")
}

// fillBlock fills every paragraph of a block.
func fillBlock(block string, value func(list, name string) (string, bool), unknown *[]string) string {
	return paragraphPattern.ReplaceAllStringFunc(block, func(p string) string { return fillParagraph(p, value, unknown) })
}

// listIn is the first list that a block names, or "".
func (f fields) listIn(block string) string {
	for _, m := range holePattern.FindAllStringSubmatch(plainText(block), -1) {
		if _, known := f.lists[m[1]]; known {
			return m[1]
		}
	}
	return ""
}

func (f fields) single(of, name string) (string, bool) {
	value, ok := f.values[name]
	return value, ok && of == ""
}

// names are all names that a template may use.
func (f fields) names() string {
	var names []string
	for name := range f.values {
		names = append(names, "{"+name+"}")
	}
	for list, entries := range f.lists {
		for _, entry := range entries[:min(len(entries), 1)] {
			for name := range entry {
				names = append(names, "{"+list+"."+name+"}")
			}
		}
	}
	slices.Sort(names)
	return strings.Join(names, "")
}

// plainText is what a block reads.
func plainText(block string) string {
	var b strings.Builder
	for _, m := range textPattern.FindAllStringSubmatch(block, -1) {
		b.WriteString(html.UnescapeString(m[1]))
	}
	return b.String()
}

// fillParagraph replaces the holes in a paragraph. Word cuts a text into runs
// wherever it likes, also within a hole: the value goes where the hole begins,
// and the rest of the hole out of the runs behind.
func fillParagraph(p string, value func(list, name string) (string, bool), unknown *[]string) string {
	runs := textPattern.FindAllStringSubmatch(p, -1)
	texts, starts := make([]string, len(runs)), make([]int, len(runs)+1)
	whole := ""
	for i, m := range runs {
		texts[i] = html.UnescapeString(m[1])
		whole += texts[i]
		starts[i+1] = len(whole)
	}
	holes := holePattern.FindAllStringSubmatchIndex(whole, -1)
	if len(holes) == 0 {
		return p
	}
	for _, h := range slices.Backward(holes) { // from the end: what is before stays where it is
		list := ""
		if h[2] >= 0 {
			list = whole[h[2]:h[3]]
		}
		text, ok := value(list, whole[h[4]:h[5]])
		if !ok {
			*unknown = append(*unknown, whole[h[0]:h[1]])
			continue
		}
		for i := range texts {
			begin, end := max(h[0], starts[i])-starts[i], min(h[1], starts[i+1])-starts[i]
			if begin >= end {
				continue
			}
			put := ""
			if h[0] >= starts[i] {
				put = text
			}
			texts[i] = texts[i][:begin] + put + texts[i][end:]
		}
	}
	i := -1
	return textPattern.ReplaceAllStringFunc(p, func(string) string {
		i++
		return `<w:t xml:space="preserve">` + escaped(texts[i]) + `</w:t>`
	})
}

func escaped(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		panic(err) // a strings.Builder takes everything
	}
	return b.String()
}
