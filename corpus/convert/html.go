package convert

import (
	"bytes"
	"context"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// readHTML reads a page saved from a browser: the article, without what stands
// around it on the screen.
func readHTML(ctx context.Context, _ string, data []byte, _ Options) (*Document, error) {
	doc := &Document{Format: "网页"}
	data, err := unpackMIME(data, doc)
	if err != nil {
		return nil, err
	}
	text, encoding, err := decodePage(data)
	if err != nil {
		return nil, err
	}
	doc.noteEncoding(encoding)
	root, err := html.Parse(strings.NewReader(oneLineEnd(text)))
	if err != nil {
		return nil, errorf("请打开网页，把正文拷贝到 Word 里存好再导入", "网页里标签套得太深，读不了")
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p := newPage(root)
	if p.title != "" {
		doc.note(Info, "", "网页的标题是「%s」", p.title)
	}
	if err := p.read(doc); err != nil {
		return nil, err
	}
	return doc, nil
}

var (
	beforeHTML = regexp.MustCompile(`(?s)^(?:\s+|\x{feff}|<\?.*?\?>|<!--.*?-->)+`)
	startsHTML = regexp.MustCompile(`(?i)^<(?:!doctype\s+html|html|head|meta|title|body)[\s>]`)
)

// looksHTML tells whether a file that begins so is a page. In UTF-16 every other
// byte of a tag is zero.
func looksHTML(head []byte) bool {
	plain := bytes.ReplaceAll(head, []byte{0}, nil)
	for _, mark := range []string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"} {
		plain = bytes.TrimPrefix(plain, []byte(mark))
	}
	return startsHTML.Match(plain[len(beforeHTML.Find(plain)):]) || looksMIME(plain)
}

var declaredCharset = regexp.MustCompile(`(?i)(?:<meta[^>]+charset|<\?xml[^>]+encoding)\s*=\s*["']?\s*([a-z0-9_-]+)`)

// decodePage decodes a page. What it says of its own encoding counts only between
// the encodings of Chinese: pages that call themselves Latin are not.
func decodePage(data []byte) (text, name string, err error) {
	if text, name, ok := decodeSure(data); ok {
		text, err := proseOnly(text)
		return text, name, err
	}
	if m := declaredCharset.FindSubmatch(data[:min(len(data), 4096)]); m != nil && !brokenUTF8(data) {
		charset := strings.ToLower(string(m[1]))
		switch {
		case strings.HasPrefix(charset, "gb"):
			if text, ok := decodeStrict(simplifiedchinese.GB18030, data); ok {
				text, err := proseOnly(text)
				return text, gbName, err
			}
		case strings.HasPrefix(charset, "big5"):
			if text, ok := decodeStrict(traditionalchinese.Big5, data); ok {
				text, err := proseOnly(text)
				return text, big5Name, err
			}
		}
	}
	return decodeLegacy(data)
}
