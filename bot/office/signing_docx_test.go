package office_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"lianwen/bot/office"
)

func signingDocx(t *testing.T, l office.SigningList) string {
	t.Helper()
	var b bytes.Buffer
	if err := office.WriteSigningDocx(&b, l); err != nil {
		t.Fatal(err)
	}
	return parts(t, b.Bytes())["word/document.xml"]
}

// The list has a row a text, whole, with room to sign where nobody has; its head
// stands on every page, and no row is broken that fits on one.
func TestWriteSigningDocx(t *testing.T) {
	t.Parallel()
	l := office.SigningList{
		From: "2026-12-01", To: "2026-12-07", Made: "2026年12月1日15:20",
		Rows: []office.SigningRow{
			{Date: "12月1日\n（周二）", At: "08:00", Push: "story", Targets: "机关学习群", Text: "廉政故事：悬鱼\n“<一>&二”\n示例文本，以正式印发文件为准", Drafted: "程序", Approved: "王五\n12月1日15:20"},
			{Date: "12月2日\n（周三）", At: "09:00", Push: "quiz", Targets: "机关学习群", Text: "每日一题\tA. 三天", Drafted: "李六"},
		},
	}
	document := signingDocx(t, l)
	for _, want := range []string{">推送内容签发单<", ">单位：＿＿＿＿＿＿＿＿＿＿　　　期间：2026年12月1日至2026年12月7日<", "共 2 条，2026年12月1日15:20打印"} {
		if !strings.Contains(document, want) {
			t.Errorf("no %s in %s", want, document)
		}
	}
	if n := strings.Count(document, "<w:cantSplit/>"); n != 3 || strings.Count(document, "<w:tblHeader/>") != 1 {
		t.Errorf("%d rows are kept whole", n)
	}
	want := [][]string{
		{"日期", "时刻", "推送", "发给", "内容（全文）", "起草", "审核", "签发"},
		{"12月1日\n（周二）", "08:00", "story", "机关学习群", "廉政故事：悬鱼\n“<一>&二”\n示例文本，以正式印发文件为准", "程序", "", "王五\n12月1日15:20"},
		{"12月2日\n（周三）", "09:00", "quiz", "机关学习群", "每日一题\tA. 三天", "李六", "", ""},
	}
	if got := styled(t, document); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if n := strings.Count(document, `w:val="Cell"`); n != 4 {
		t.Errorf("%d lines are set as running text, which only the contents are", n)
	}
	width := 0
	for _, part := range strings.Split(document, `<w:gridCol w:w="`)[1:] {
		var n int
		fmt.Sscan(part[:strings.Index(part, `"`)], &n)
		width += n
	}
	if !strings.Contains(document, fmt.Sprintf(`<w:tblW w:w="%d"`, width)) {
		t.Errorf("the columns are %d wide together", width)
	}
	l.Unit = "某市政协办公室"
	if document = signingDocx(t, l); !strings.Contains(document, "单位：某市政协办公室　") {
		t.Error("the unit is not there")
	}
}

// full is a disk that is full after some bytes.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

var errFull = errors.New("no space left")

// A list that cannot be written whole is an error.
func TestWriteSigningDocxFull(t *testing.T) {
	t.Parallel()
	for room, want := range map[int]error{0: errFull, 500: errFull, 1 << 20: nil} {
		if err := office.WriteSigningDocx(&full{room}, office.SigningList{From: "2026-12-01", To: "2026-12-07"}); !errors.Is(err, want) {
			t.Errorf("room for %d bytes: %v", room, err)
		}
	}
}
