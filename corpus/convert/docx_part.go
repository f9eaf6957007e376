package convert

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// maxElementNesting is how deep elements may lie in each other. A table in a table in a
// table lies some twenty deep.
const maxElementNesting = 200

// xmlLineEnd stands for a vertical tab, which XML does not allow and some programs
// write all the same.
const xmlLineEnd = "\u2028"

// xmlPart is one XML part of a Word file. It is read element by element: a tree of all
// of a long paper would take ten times its size.
type xmlPart struct {
	ctx   context.Context
	dec   *xml.Decoder
	depth int
	steps int
}

func newXMLPart(ctx context.Context, raw []byte) *xmlPart {
	dec := xml.NewDecoder(bytes.NewReader(tidyXML(raw)))
	dec.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return r, nil // it is UTF-8 by now
		}
		enc, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return enc.NewDecoder().Reader(r), nil
	}
	return &xmlPart{ctx: ctx, dec: dec}
}

// tidyXML takes away what a paper may hold and XML may not: UTF-16 in place of
// UTF-8, and control characters.
func tidyXML(raw []byte) []byte {
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		if out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(raw); err == nil {
			raw = out
		}
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	raw = bytes.ReplaceAll(raw, []byte{'\v'}, []byte(xmlLineEnd))
	for i, b := range raw {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' {
			raw[i] = ' '
		}
	}
	return raw
}

// token is the next start, end or text.
func (p *xmlPart) token() (xml.Token, error) {
	for {
		if p.steps++; p.steps%1024 == 0 && p.ctx.Err() != nil {
			return nil, p.ctx.Err()
		}
		tok, err := p.dec.Token()
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		if err != nil {
			return nil, errorf("请用 Word 或 WPS 打开，另存一份再导入", "文件内容坏了，读到一半读不下去")
		}
		switch tok.(type) {
		case xml.StartElement:
			if p.depth++; p.depth > maxElementNesting {
				return nil, errorf("请用 Word 或 WPS 打开，把文字粘贴到新文件里再导入", "文件里一层套一层，超过 %d 层", maxElementNesting)
			}
			return tok, nil
		case xml.EndElement:
			p.depth--
			return tok, nil
		case xml.CharData:
			return tok, nil
		}
	}
}

// each visits the elements directly within the one just begun, up to its end. The
// visitor reads each to its end.
func (p *xmlPart) each(visit func(el xml.StartElement) error) error {
	for {
		tok, err := p.token()
		if err != nil {
			return cutShort(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if err := visit(tok); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// cutShort is the end of a part where elements are still open.
func cutShort(err error) error {
	if errors.Is(err, io.EOF) {
		return errorf("请重新拷贝或下载一份，或用 Word 或 WPS 打开另存", "文件不完整，没有结尾")
	}
	return err
}

// root enters the first element, whatever it is called.
func (p *xmlPart) root() error {
	for {
		tok, err := p.token()
		if err != nil {
			return cutShort(err)
		}
		if _, ok := tok.(xml.StartElement); ok {
			return nil
		}
	}
}

func (p *xmlPart) skip() error {
	return p.each(func(xml.StartElement) error { return p.skip() })
}

// chars is the text directly within the element just begun.
func (p *xmlPart) chars() (string, error) {
	var b strings.Builder
	for {
		tok, err := p.token()
		if err != nil {
			return "", cutShort(err)
		}
		switch tok := tok.(type) {
		case xml.CharData:
			b.Write(tok)
		case xml.StartElement:
			if err := p.skip(); err != nil {
				return "", err
			}
		case xml.EndElement:
			return b.String(), nil
		}
	}
}

// words adds all text within the element just begun to b, each paragraph a line.
func (p *xmlPart) words(b *strings.Builder) error {
	return p.each(func(el xml.StartElement) error {
		switch el.Name.Local {
		case "t", "delText":
			s, err := p.chars()
			b.WriteString(s)
			return err
		case "v": // of a chart
			s, err := p.chars()
			b.WriteString(s + "\n")
			return err
		case "Fallback":
			return p.skip()
		case "p":
			err := p.words(b)
			b.WriteByte('\n')
			return err
		}
		return p.words(b)
	})
}

// xmlAttr is an attribute by its local name: strict files have other namespaces.
func xmlAttr(el xml.StartElement, name string) string {
	for _, a := range el.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// onAttr reads a property that is there or not: <w:vanish/>, <w:vanish w:val="0"/>.
func onAttr(el xml.StartElement) bool {
	switch xmlAttr(el, "val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// countAttr reads an attribute that counts something, within reason.
func countAttr(el xml.StartElement, name string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(xmlAttr(el, name)))
	if err != nil {
		return 0
	}
	return max(0, min(n, most))
}
