package convert

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

const (
	wordSpace  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	otherSpace = ` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
		` xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"` +
		` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`
)

// docxFile makes a Word file of a body and of further parts, given as pairs of name
// and content.
func docxFile(t testing.TB, body string, parts ...string) []byte {
	t.Helper()
	return wordZipped(t, append([]string{"word/document.xml", wordPart("document", "<w:body>"+body+"</w:body>")}, parts...)...)
}

// wordPart makes a part with this root.
func wordPart(root, content string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n<w:" + root + " " + wordSpace + otherSpace + ">" + content + "</w:" + root + ">"
}

// zipped makes an archive of pairs of name and content.
func wordZipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for pair := range slices.Chunk(parts, 2) {
		f, err := z.Create(pair[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, pair[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// wp makes a paragraph of one run.
func wp(text string) string { return "<w:p>" + wr(text) + "</w:p>" }

func wr(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

// wn makes a paragraph with an automatic number.
func wn(id, level int, text string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr>%s</w:p>`, level, id, wr(text))
}

// ws makes a paragraph with a style.
func ws(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + wr(text) + `</w:p>`
}

// wl makes a level of a list that starts at 1; more is what else it says.
func wl(level int, format, text string, more ...string) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/>%s</w:lvl>`,
		level, format, text, strings.Join(more, ""))
}

const suffNothing = `<w:suff w:val="nothing"/>`

// wordNumbering makes numbering.xml of lists; num 1 is of list 1, and so on.
func wordNumbering(lists ...string) string {
	var abstract, nums strings.Builder
	for i, l := range lists {
		fmt.Fprintf(&abstract, `<w:abstractNum w:abstractNumId="%d">%s</w:abstractNum>`, i+1, l)
		fmt.Fprintf(&nums, `<w:num w:numId="%d"><w:abstractNumId w:val="%d"/></w:num>`, i+1, i+1)
	}
	return wordPart("numbering", abstract.String()+nums.String())
}

// readWord reads a file that is in order.
func readWord(t testing.TB, data []byte) *Document {
	t.Helper()
	doc, err := Bytes(context.Background(), "办法.docx", data, Options{})
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return doc
}

// sameText compares the text of a file with the lines it should have.
func sameText(t testing.TB, doc *Document, want ...string) {
	t.Helper()
	if got := strings.TrimSuffix(doc.Text, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
}

// noted is the one note of a kind with these words in it.
func wordNoted(t testing.TB, doc *Document, kind Kind, words ...string) Note {
	t.Helper()
	for _, n := range doc.Notes {
		if n.Kind == kind && !slices.ContainsFunc(words, func(s string) bool { return !strings.Contains(n.What, s) }) {
			return n
		}
	}
	t.Errorf("no note of kind %d has %q; there are %+v", kind, words, doc.Notes)
	return Note{}
}
