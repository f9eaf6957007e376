package convert

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// sound checks what holds of every text that was read.
func sound(t *testing.T, doc *Document) {
	t.Helper()
	if !utf8.ValidString(doc.Text) || strings.ContainsAny(doc.Text, "\r\v\f") || doc.Format == "" {
		t.Errorf("got %+v", doc)
	}
	doc.annotate(Options{Simplified: true})
	if !utf8.ValidString(doc.Text) {
		t.Errorf("annotated: %q", doc.Text)
	}
}

func FuzzText(f *testing.F) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(meetingRule)
	if err != nil {
		f.Fatal(err)
	}
	wide, err := utf16BE.NewEncoder().String(meetingRule)
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{meetingRule, gbk, wide, "\ufeff政協(xié)\r\n", "\xff\xfe", "\x84\x31\x95\x33", "⼀\ue000\x1a"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := readText(context.Background(), "a.txt", data, Options{})
		if err != nil {
			return
		}
		if strings.ContainsRune(doc.Text, utf8.RuneError) && !utf8.Valid(data) {
			t.Errorf("%q became %q", data, doc.Text)
		}
		if utf8.Valid(data) && !strings.ContainsAny(string(data), "\x00\x1a\ufeff") && len(data) > 3 && strings.Join(strings.Fields(doc.Text), "") != strings.Join(strings.Fields(oneLineEnd(string(data))), "") {
			t.Errorf("%q became %q", data, doc.Text)
		}
		sound(t, doc)
	})
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{meetingPage(""), "<table><tr><td rowspan=3>甲<td>第一条 乙<tr><td>丙</table>", "<form><nav><p hidden>第一条<ol start=-1><li>甲", "<pre>a\nb</pre><ruby>协<rt>xié", "<body><frameset>", "<svg><title>x</title><p>第二条"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		doc, err := readHTML(context.Background(), "a.html", []byte(s), Options{})
		if err != nil {
			return
		}
		text, _, err := decodePage([]byte(s))
		if err != nil || looksMIME([]byte(s)) {
			return
		}
		root, err := html.Parse(strings.NewReader(oneLineEnd(text)))
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range webLines(newPage(root).body, nil) {
			if articleLabel(l.text) != "" && !l.linked() && !strings.Contains(doc.Text, l.text) {
				t.Errorf("%q is not in %q", l.text, doc.Text)
			}
		}
		sound(t, doc)
	})
}

func FuzzOFD(f *testing.F) {
	f.Add(ofdRun(20, 10, "第一条", `DeltaX="g 2 5"`), "g 3 5 4")
	f.Add(`<ofd:TextObject Boundary="1 1 1 1" CTM="0 1 -1 0 0 0" Size="3"><ofd:TextCode X="1" Y="1" DeltaX="5 -5 5">甲乙丙</ofd:TextCode></ofd:TextObject>`, "NaN 1e308 1e308")
	f.Add(`<ofd:CompositeObject ResourceID="6"/><ofd:ImageObject/><ofd:PageBlock><ofd:PageBlock/></ofd:PageBlock>`, "g g g")
	f.Fuzz(func(t *testing.T, layer, steps string) {
		if n := len(deltas(steps, 100)); n > 200 {
			t.Errorf("%d steps", n)
		}
		doc, err := readOFD(context.Background(), "a.ofd", ofdFile(t, map[string]string{
			"Doc_0/DocumentRes.xml": `<Res><CompositeGraphicUnits><CompositeGraphicUnit ID="6"><Content>` + layer + `</Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>`,
		}, layer), Options{})
		if err != nil {
			return
		}
		sound(t, doc)
	})
}
