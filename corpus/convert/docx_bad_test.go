package convert

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// refused reads a file that is not in order and returns what a person is told.
func wordRefused(t testing.TB, data []byte) string {
	t.Helper()
	doc, err := Bytes(context.Background(), "办法.docx", data, Options{})
	if doc != nil {
		t.Errorf("a document besides the error: %+v", doc)
	}
	return told(t, err)
}

func TestDocxBroken(t *testing.T) {
	deep := func(n int, element, inside string) string {
		return strings.Repeat("<w:"+element+">", n) + inside + strings.Repeat("</w:"+element+">", n)
	}
	good := wordPart("document", "<w:body>"+wp("甲")+"</w:body>")
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"tags that do not match", docxFile(t, "<w:p>"+wr("甲")+"</w:r>"), "内容坏了"},
		{"cut short", wordZipped(t, "word/document.xml", good[:len(good)-30]), "内容坏了"},
		{"no XML", wordZipped(t, "word/document.xml", "第一条"), "不完整"},
		{"empty", wordZipped(t, "word/document.xml", ""), "没有结尾"},
		{"not UTF-8", docxFile(t, wp("\xb5\xda\xd2\xbb\xcc\xf5")), "内容坏了"},
		{"encoding nobody knows", wordZipped(t, "word/document.xml", strings.Replace(good, "UTF-8", "无名", 1)), "内容坏了"},
		{"no text", docxFile(t, "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"), "没有文字"},
		{"too deep", docxFile(t, deep(maxElementNesting, "sdt", wp("甲"))), "超过 200 层"},
		{"tables too deep", docxFile(t, strings.Repeat("<w:tbl><w:tr><w:tc>", 70)+strings.Repeat("</w:tc></w:tr></w:tbl>", 70)), "超过 200 层"},
		{"deep in a part aside", docxFile(t, wp("甲"), "word/header1.xml", wordPart("hdr", deep(maxElementNesting, "p", ""))), "超过 200 层"},
		{"broken numbering", docxFile(t, wp("甲"), "word/numbering.xml", "<w:numbering>"), "坏了"},
		{"broken styles", docxFile(t, wp("甲"), "word/styles.xml", "<w:styles><w:style></w:styles>"), "坏了"},
		{"broken notes", docxFile(t, wp("甲"), "word/footnotes.xml", "<"), "坏了"},
		{"broken header", docxFile(t, wp("甲"), "word/header1.xml", "<w:hdr>"), "坏了"},
		{"broken relations", docxFile(t, wp("甲"), "word/_rels/document.xml.rels", "<a"), "坏了"},
		{"endless number", docxFile(t, wp("甲"), "word/numbering.xml", wordNumbering(wl(0, "decimal", strings.Repeat("%1", mostLabel/2+1)))), "编号的定义坏了"},
		{"too long", docxFile(t, wp(strings.Repeat("a", MaxText))), "超过 16 MB"},
		{"text document of another office", wordZipped(t, "content.xml", "<x/>"), "ODT"},
		{"archive", wordZipped(t, "甲.docx", "乙"), "压缩包"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := wordRefused(t, tt.data); !strings.Contains(got, tt.want) {
				t.Errorf("told %q, want %q", got, tt.want)
			}
		})
	}
	if doc := readWord(t, docxFile(t, wp(strings.Repeat("a", MaxText-1)))); len(doc.Text) != MaxText {
		t.Errorf("%d bytes, want just as many as there may be", len(doc.Text))
	}
	if _, err := readDocx(context.Background(), "办法.docx", wordZipped(t, "甲.txt", "甲"), Options{}); !strings.Contains(told(t, err), "没有正文") {
		t.Errorf("an archive without a body: %v", err)
	}
	sameText(t, readWord(t, docxFile(t, deep(maxElementNesting-5, "sdt", wp("甲")))), "甲") // document, body, p, r, t
}

// Entities and document types: nothing is loaded, nothing grows.
func TestDocxEntities(t *testing.T) {
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer server.Close()
	for name, head := range map[string]string{
		"external": `<!DOCTYPE w [<!ENTITY x SYSTEM "` + server.URL + `/secret">]>`,
		"file":     `<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>`,
		"bomb":     `<!DOCTYPE w [<!ENTITY a "哈哈哈哈"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;">]>`,
	} {
		body := head + `<w:document><w:body><w:p><w:r><w:t>甲&x;</w:t></w:r></w:p></w:body></w:document>`
		if got := wordRefused(t, wordZipped(t, "word/document.xml", body)); !strings.Contains(got, "内容坏了") {
			t.Errorf("%s: told %q", name, got)
		}
	}
	outside := `<!DOCTYPE w SYSTEM "` + server.URL + `/w.dtd"><w:document><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>`
	sameText(t, readWord(t, wordZipped(t, "word/document.xml", outside)), "甲")
	if asked {
		t.Error("the file made the program ask a server")
	}
}

// A small file may not make a long text: by cells that every row repeats, by a note
// that is referred to over and over, by tables in tables.
func TestDocxGrows(t *testing.T) {
	long := strings.Repeat("长", 1<<20)
	rows := tr(tc(`<w:vMerge w:val="restart"/>`, wp(long)), tc("", wp("甲"))) + strings.Repeat(tr(tc(`<w:vMerge/>`), tc("", wp("乙"))), 6)
	wordRefused(t, docxFile(t, tbl(rows)))
	notes := wordPart("footnotes", `<w:footnote w:id="2">`+wp(long)+`</w:footnote>`)
	wordRefused(t, docxFile(t, `<w:p>`+wr("甲")+strings.Repeat(`<w:r><w:footnoteReference w:id="2"/></w:r>`, 6)+`</w:p>`, "word/footnotes.xml", notes))
	nested := wp(strings.Repeat("长", 100))
	for range 40 {
		nested = tbl(tr(tc(`<w:vMerge w:val="restart"/>`, nested), tc("", wp("甲"))), tr(tc(`<w:vMerge/>`), tc("", wp("乙"))))
	}
	wordRefused(t, docxFile(t, nested))
}

// Reading stops when nobody waits any more.
func TestDocxCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := readDocx(ctx, "办法.docx", docxFile(t, strings.Repeat(wp("甲"), 1000)), Options{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Whatever stands in the parts, the reader ends with a text or a sentence.
func FuzzDocx(f *testing.F) {
	numbering := wordNumbering(wl(0, "chineseCountingThousand", "第%1章")+wl(1, "decimal", "%1.%2", `<w:isLgl/>`), wl(0, "bullet", "●"))
	body := func(s string) string { return wordPart("document", "<w:body>"+s+"</w:body>") }
	f.Add(body(wn(1, 0, "总则")+wn(1, 1, "甲")+wn(2, 0, "乙")), numbering)
	f.Add(body(tbl(tr(tc(`<w:gridSpan w:val="2"/>`, wp("甲")), tc(`<w:vMerge w:val="restart"/>`, wn(1, 0, ""))), tr(tc("", wp("丙")), tc(`<w:vMerge/>`)))), numbering)
	f.Add(body(`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>甲</w:delText></w:r></w:del></w:p><w:p><w:ins>`+wr("乙")+`</w:ins></w:p>`), "")
	f.Add(body(`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>EQ \o\ac(○,1)</w:instrText><w:fldChar w:fldCharType="end"/><w:sym w:font="Symbol" w:char="F0B7"/></w:r></w:p>`), "<w:numbering/>")
	f.Add(body(`<mc:AlternateContent><mc:Choice><w:p><w:r><w:pict><w:txbxContent>`+wp("甲")+`</w:txbxContent></w:pict></w:r></w:p></mc:Choice></mc:AlternateContent>`), "<")
	f.Fuzz(func(t *testing.T, document, numbering string) {
		data := wordZipped(t, "word/document.xml", document, "word/numbering.xml", numbering)
		doc, err := readDocx(context.Background(), "办法.docx", data, Options{})
		switch {
		case err != nil:
			told(t, err)
		case strings.ContainsAny(doc.Text, "\r\v"):
			t.Fatalf("a line is broken: %q", doc.Text)
		case len(doc.Text) > MaxText:
			t.Fatalf("%d bytes of text", len(doc.Text))
		}
	})
}
