package convert

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/ledongthuc/pdf"
)

// garbage is the share of characters without a meaning from which a page is in doubt.
const garbage = 0.03

// readPDF reads a PDF. The objects of the file are the library's business; what its
// pages draw is read here, as where each character stands tells lines, columns and
// paragraphs.
func readPDF(ctx context.Context, _ string, data []byte, opt Options) (*Document, error) {
	doc := &Document{Format: "PDF"}
	pages, err := openPDF(ctx, doc, data)
	if err != nil {
		return nil, err
	}
	sheets := make([]sheet, 0, len(pages))
	fonts := map[string]*pdfFont{}
	count := tally{}
	var scans []int // pages that are pictures
	for i, pg := range pages {
		s := pg.read(ctx, i+1, fonts)
		if err := ctx.Err(); err != nil { // it may have ended in the middle of the page
			return nil, fmt.Errorf("read page %d: %w", i+1, err)
		}
		if count.text += s.textLength(); count.text > MaxText {
			return nil, errorf("请拆成几份再导入", "文件里的文字超过 %d MB", MaxText/mebibyte)
		}
		if s.scan {
			scans = append(scans, i+1)
		} else {
			count.read += s.glyphs
		}
		count.add(doc, i+1, s)
		sheets = append(sheets, s.sheet)
	}
	for _, words := range count.aslant {
		doc.note(Dropped, "", "%d 页上斜着或转向的文字（如水印）没有收入：%s", count.pages[words], clip(words, mostQuoted))
	}
	switch {
	case count.glyphs > 0 && count.garbled*2 > count.glyphs:
		return nil, errorf("请用原来的 Word 文件导入，或用识别软件转成文字", "文字取出来是乱码（PDF 里没有写明是什么字）")
	case count.glyphs == 0 && count.broken == len(pages):
		return nil, brokenPDF()
	case len(scans) > 0 && opt.OCR:
		if err := recognise(ctx, doc, data, pages, scans, sheets); err != nil {
			return nil, err
		}
	case len(scans) > 0 && count.read == 0:
		return nil, errorf("请用识别软件转成文字后再导入，或装好 tesseract 加 --ocr", "%d 页都是扫描件，没有文字", len(scans))
	default:
		for _, n := range scans {
			doc.note(Doubt, page(n), "第%d页是扫描件，图上的文字没有取出", n)
		}
	}
	doc.fromPages(sheets)
	return doc, nil
}

func page(n int) string { return fmt.Sprintf("第%d页", n) }

// openPDF finds the pages of a file.
func openPDF(ctx context.Context, doc *Document, data []byte) (pages []pdfPage, err error) {
	defer func() {
		if p := recover(); p != nil && ctx.Err() == nil {
			pages, err = nil, brokenPDF()
		} else if p != nil {
			pages, err = nil, fmt.Errorf("read page tree: %w", ctx.Err())
		}
	}()
	data = mendPDF(data)
	if err := checkPDF(data); err != nil {
		return nil, err
	}
	size := int64(len(data))
	r, err := pdf.NewReader(&guardedFile{ctx: ctx, data: data, room: leastReading + readings*size}, size)
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("read objects: %w", ctx.Err())
	case errors.Is(err, pdf.ErrInvalidPassword):
		return nil, errorf("请用原来的软件去掉密码再导入", "文件加了密码")
	case err != nil && strings.Contains(err.Error(), "encryption"):
		return nil, errorf("请用原来的软件去掉密码和限制，或重新打印成 PDF 再导入", "文件加了密码或限制，加密的方式认不出")
	case err != nil:
		return nil, brokenPDF()
	}
	if r.Trailer().Key("Encrypt").Kind() == pdf.Dict {
		doc.note(Info, "", "文件限制了复制或打印，但不用密码就能读")
	}
	tree := &pageTree{}
	if err := tree.walk(pdfPage{v: r.Trailer().Key("Root").Key("Pages")}, 0); err != nil {
		return nil, err
	}
	if len(tree.pages) == 0 {
		return nil, brokenPDF()
	}
	return tree.pages, nil
}

func brokenPDF() *Error {
	return errorf("请重新拷贝或下载一份，或用原来的软件打开另存", "PDF 文件不完整或者坏了，读不下去")
}

// tally is what was met on all pages.
type tally struct {
	text, glyphs, garbled, broken, read int
	aslant                              []string       // what runs another way, as it was first met
	pages                               map[string]int // how many pages have it
}

// add counts a page and notes what is to be known of it.
func (t *tally) add(doc *Document, number int, s scanned) {
	t.glyphs += s.glyphs
	t.garbled += s.garbled
	if s.garbled > 0 && float64(s.garbled) > garbage*float64(s.glyphs) {
		doc.note(Doubt, page(number), "第%d页有 %d 个字取出来是乱码（PDF 里没有写明是什么字），请对照原件", number, s.garbled)
	}
	if s.broken {
		t.broken++
		doc.note(Doubt, page(number), "第%d页的内容坏了或者太多，只读出一部分，请对照原件", number)
	}
	if s.hidden > 0 && s.hidden*2 > s.glyphs {
		doc.note(Doubt, page(number), "第%d页是扫描件，文字由扫描软件识别得来，待核对", number)
	}
	if s.aslant != "" {
		if t.pages == nil {
			t.pages = map[string]int{}
		}
		if t.pages[s.aslant]++; t.pages[s.aslant] == 1 {
			t.aslant = append(t.aslant, s.aslant)
		}
	}
}

func (s *scanned) textLength() (n int) {
	for _, l := range s.lines {
		n += len(l.text)
	}
	return n
}
