package convert

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const meetingRule = `市政协机关会议管理办法
第一章 总则
第一条 为了规范会议管理，提高会议质量，根据有关规定，制定本办法。
第二条 本办法适用于机关召开的各类会议。
第二章 会议组织
第三条 召开会议应当坚持下列原则：
（一）必要、精简；
（二）准备充分；
（三）厉行节约。
第四条 会议时间一般不超过半天，主持人讲话不超过二十分钟。
第三章 附则
第五条 本办法由办公室负责解释。
第六条 本办法自2026年1月1日起施行。
`

// mustRead reads content as File does.
func mustRead(t *testing.T, name string, content []byte, opt Options) *Document {
	t.Helper()
	doc, err := Bytes(context.Background(), name, content, opt)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return doc
}

// refused checks that content is refused with a sentence that holds want.
func refused(t *testing.T, name string, content []byte, want string) {
	t.Helper()
	doc, err := Bytes(context.Background(), name, content, Options{})
	var e *Error
	if !errors.As(err, &e) || !strings.Contains(e.Error(), want) {
		t.Errorf("%s: got %v, %v, want a refusal with %q", name, doc, err, want)
	}
}

// noted checks for a note of a kind whose sentence holds want.
func noted(t *testing.T, doc *Document, kind Kind, want string) {
	t.Helper()
	for _, n := range doc.Notes {
		if n.Kind == kind && strings.Contains(n.Where+n.What, want) {
			return
		}
	}
	t.Errorf("no note of kind %d with %q among %v", kind, want, doc.Notes)
}

// unnoted checks that there is no note of a kind.
func unnoted(t *testing.T, doc *Document, kind Kind) {
	t.Helper()
	for _, n := range doc.Notes {
		if n.Kind == kind {
			t.Errorf("unexpected note %v", n)
		}
	}
}

func encoded(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	out, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// meetingPage is the rule as a site shows it.
func meetingPage(head string) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html><head>" + head + "<title>市政协机关会议管理办法-某市政协网</title><style>p{margin:0}</style></head>\n<body>")
	b.WriteString(`<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zc">政策法规</a></li><li><a href="/lx">联系我们</a></li></ul></div><div class="content">`)
	lines := strings.Split(strings.TrimSpace(meetingRule), "\n")
	b.WriteString("<h1>" + lines[0] + "</h1>\n<p>来源：办公室　<a href='#'>打印</a></p>")
	for _, l := range lines[1:] {
		b.WriteString("<p>&emsp;&emsp;" + strings.Replace(l, "，", "，\n", 1) + "</p>\n")
	}
	b.WriteString(`</div><div class="footer"><p>版权所有：某市政协办公室　备案号：某ICP备00000000号</p></div><script>var a="第九条 不是条文。"</script></body></html>`)
	return b.String()
}

func meetingBook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	rows := [][]any{{"章", "条号", "内容"}}
	chapter := ""
	for l := range strings.Lines(meetingRule) {
		l = strings.TrimSpace(l)
		switch label, content, _ := strings.Cut(l, " "); {
		case strings.Contains(label, "章"):
			chapter = l
		case strings.HasPrefix(l, "第"):
			rows = append(rows, []any{chapter, len(rows), content})
		case strings.HasPrefix(l, "（"):
			last := rows[len(rows)-1]
			last[2] = last[2].(string) + "\n" + l
		}
	}
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetSheetName("Sheet1", "市政协机关会议管理办法"); err != nil {
		t.Fatal(err)
	}
	return written(t, f)
}

func written(t *testing.T, f *excelize.File) []byte {
	t.Helper()
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// One rule is the same text, whatever it was saved as.
func TestFormatsAgree(t *testing.T) {
	gbk := func(s string) []byte { return encoded(t, simplifiedchinese.GBK, s) }
	windows := strings.ReplaceAll(meetingRule, "\n", "\r\n")
	for name, content := range map[string][]byte{
		"utf8.txt":           []byte(meetingRule),
		"utf8-crlf.txt":      []byte(windows),
		"utf8-bom.md":        []byte("\ufeff" + windows),
		"utf16le-bom.txt":    append([]byte("\xff\xfe"), encoded(t, utf16LE, windows)...),
		"utf16be-bom.txt":    append([]byte("\xfe\xff"), encoded(t, utf16BE, windows)...),
		"utf16le.txt":        encoded(t, utf16LE, meetingRule),
		"utf16be.txt":        encoded(t, utf16BE, meetingRule),
		"gbk.txt":            gbk(windows),
		"gb18030.txt":        encoded(t, simplifiedchinese.GB18030, meetingRule),
		"mac.txt":            []byte(strings.ReplaceAll(meetingRule, "\n", "\r")),
		"utf8.html":          []byte(meetingPage("")),
		"gbk-meta.html":      gbk(meetingPage(`<meta http-equiv="Content-Type" content="text/html; charset=gb2312">`)),
		"gbk.htm":            gbk(meetingPage("")),
		"gbk-as-latin.htm":   gbk(meetingPage(`<meta charset="iso-8859-1">`)),
		"utf16.html":         encoded(t, utf16LE, meetingPage("")),
		"utf16be-mark.html":  append([]byte("\xfe\xff"), encoded(t, utf16BE, meetingPage(""))...),
		"page-without-name":  []byte(meetingPage("")),
		"rule.ofd":           meetingOFD(t),
		"rule.xlsx":          meetingBook(t),
		"named-wrongly.docx": meetingBook(t),
	} {
		t.Run(name, func(t *testing.T) {
			doc := mustRead(t, name, content, Options{})
			if strings.TrimSuffix(doc.Text, "\n") != strings.TrimSuffix(meetingRule, "\n") {
				t.Errorf("got\n%s\nnotes %v", doc.Text, doc.Notes)
			}
			unnoted(t, doc, Doubt)
		})
	}
}
