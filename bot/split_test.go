package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"lianwen/bot"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		limit      int
		want       []string
	}{
		{"fits", "第一条 短。", 100, []string{"第一条 短。"}},
		{"no limit", strings.Repeat("长", 5000), 0, []string{strings.Repeat("长", 5000)}},
		{"at a line", "第一行话\n第二行话", 24, []string{"第一行话\n（1/2）", "第二行话\n（2/2）"}},
		{"at a sentence", "甲乙。丙丁戊己庚辛壬", 28, []string{"甲乙。\n（1/3）", "丙丁戊己庚\n（2/3）", "辛壬\n（3/3）"}},
		{"nowhere to cut", "甲乙丙丁戊己庚辛", 23, []string{"甲乙丙\n（1/3）", "丁戊己\n（2/3）", "庚辛\n（3/3）"}},
		{"empty", "", 10, []string{""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := bot.Split(tt.text, tt.limit); fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
		})
	}
}

// Whatever the text: parts are valid, within the limit, and together the text.
func FuzzSplit(f *testing.F) {
	f.Add(strings.Repeat("委员应当。\n出席会议，", 300), 1800)
	f.Add("\n\n\n\n", 20)
	f.Add("\xff\xfe", 30)
	f.Add(strings.Repeat("a", 99), 25)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		if limit < 24 || limit > 1<<16 || len(text)/limit > 90 {
			t.Skip()
		}
		parts := bot.Split(text, limit)
		var whole strings.Builder
		for i, part := range parts {
			if len(part) > limit {
				t.Fatalf("part %d has %d bytes, limit %d", i, len(part), limit)
			}
			if utf8.ValidString(text) && !utf8.ValidString(part) {
				t.Fatalf("part %d is cut inside a character: %q", i, part)
			}
			if len(parts) > 1 {
				var ok bool
				if part, ok = strings.CutSuffix(part, fmt.Sprintf("\n（%d/%d）", i+1, len(parts))); !ok {
					t.Fatalf("part %d is not numbered: %q", i, part)
				}
			}
			whole.WriteString(part)
		}
		join := func(s string) string { return strings.ReplaceAll(s, "\n", "") }
		if join(whole.String()) != join(text) {
			t.Fatalf("the parts make %q\nof           %q", whole.String(), text)
		}
	})
}
