package convert

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

const traditional = "第一條 為了規範會議管理，提高會議質量，制定本辦法。\n第二條 本辦法適用於機關召開的各類會議。\n"

func TestTextEncodings(t *testing.T) {
	gb := func(s string) []byte { return encoded(t, simplifiedchinese.GB18030, s) }
	for name, c := range map[string]struct {
		content        []byte
		want, encoding string
	}{
		"one line of UTF-16":      {encoded(t, utf16BE, "第一条 本办法由办公室负责解释。"), "第一条 本办法由办公室负责解释。", "UTF-16BE"},
		"latin in UTF-16":         {encoded(t, utf16LE, "Article 1"), "Article 1", "UTF-16LE"},
		"latin and GBK":           {gb("class Hidden facts in a plain file here 条"), "class Hidden facts in a plain file here 条", "GB18030"},
		"four bytes":              {gb("第一条 㐂𠮷。"), "第一条 㐂𠮷。", "GB18030"},
		"GB18030 with a mark":     {append([]byte("\x84\x31\x95\x33"), gb("第一条 甲。")...), "第一条 甲。", "GB18030"},
		"Big5":                    {encoded(t, traditionalchinese.Big5, traditional), traditional, "Big5"},
		"traditional in GBK":      {gb(traditional), traditional, "GB18030"},
		"end of a DOS file":       {append(gb("第一条 甲。"), 0x1a), "第一条 甲。", "GB18030"},
		"a mark that is not true": {append([]byte("\xff\xfe"), gb("第一条")[:1]...), "", ""},
		"markdown":                {[]byte("# 办法\n\n**第一条** 甲 | 乙\n"), "# 办法\n\n**第一条** 甲 | 乙\n", ""},
		"a word of GBK":           {gb("总则"), "总则", "GB18030"},
	} {
		if c.want == "" {
			refused(t, name, c.content, "第 1 行有认不出编码的字")
			continue
		}
		doc := mustRead(t, "a.txt", c.content, Options{})
		if doc.Text != c.want || !doc.Wrapped {
			t.Errorf("%s: got %q, want %q", name, doc.Text, c.want)
		}
		if c.encoding == "" {
			unnoted(t, doc, Info)
		} else {
			noted(t, doc, Info, "按 "+c.encoding)
		}
	}
}

func TestTextLineEnds(t *testing.T) {
	got := mustRead(t, "a.txt", []byte("甲\r\n乙\r丙\n丁\v戊\f己\u0085庚\u2028辛\u2029壬\r\n\r\n癸"), Options{}).Text
	if want := "甲\n乙\n丙\n丁\n戊\n己\n庚\n辛\n壬\n\n癸"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTextRefused(t *testing.T) {
	whole := strings.Repeat("第一条 会议应当精简。\n", 3)
	refused(t, "a.txt", []byte(whole+"第二条 \xff坏了。\n"+whole), "第 4 行有认不出编码的字")
	refused(t, "a.txt", []byte(strings.ReplaceAll(whole, "\n", "\r")+"\xff\r"), "第 4 行")
	refused(t, "a.txt", []byte(whole)[:len(whole)-2], "第 3 行") // cut within a character
	gbk := encoded(t, simplifiedchinese.GBK, whole)
	refused(t, "a.txt", append(gbk, 0xff), "第 4 行")
	refused(t, "a.txt", append([]byte(whole), gbk...), "认不出编码")
	refused(t, "a.txt", []byte("MZ\x90\x00\x03\x00\x00\x00\xff\xff"), "不是文本文件")
	refused(t, "a.txt", []byte("\x7fELF\x02\x01\x01\x00\x00\x00"), "不是文本文件")
	refused(t, "a.txt", []byte("\x01\x02\x03\x04text"), "不是文本文件")
	refused(t, "a.txt", []byte("\ufeff第一条\x00"), "不是文本文件")
	refused(t, "a.txt", []byte(" \n\t\r\n"), "文件是空的")
	refused(t, "a.txt", []byte("\ufeff\n"), "没有文字")
	refused(t, "a.txt", []byte(strings.Repeat("字", MaxText/3+1)), "文字超过 16 MB")
}

// A text of exactly the largest size passes.
func TestTextLargest(t *testing.T) {
	if doc := mustRead(t, "a.txt", []byte(strings.Repeat("x", MaxText)), Options{}); len(doc.Text) != MaxText {
		t.Errorf("%d bytes of %d", len(doc.Text), MaxText)
	}
}
