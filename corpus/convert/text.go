package convert

import (
	"context"
	"strings"
)

// textFormat is what people call plain text.
const textFormat = "文本"

// readText reads plain text and Markdown as they stand, in whatever encoding they
// were saved.
func readText(_ context.Context, _ string, data []byte, _ Options) (*Document, error) {
	text, encoding, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	doc := &Document{Format: textFormat, Text: oneLineEnd(text), Wrapped: true}
	if len(doc.Text) > MaxText {
		return nil, errorf("请拆成几份再导入", "文字超过 %d MB", MaxText/mebibyte)
	}
	doc.noteEncoding(encoding)
	return doc, nil
}

// noteEncoding tells of every encoding but the usual one: who sees odd characters
// finds the cause here.
func (d *Document) noteEncoding(encoding string) {
	if encoding != utf8Name {
		d.note(Info, "", "文字按 %s 编码读取，如有乱码，请另存为 UTF-8 再导入", encoding)
	}
}

// lineEnds are what ends a line somewhere: Windows, old Macs, typewriters,
// mainframes, Unicode.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n",
	"\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

func oneLineEnd(s string) string { return lineEnds.Replace(s) }
