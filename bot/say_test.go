package bot_test

import (
	"slices"
	"testing"

	"lianwen/bot"
)

// Blank lines are left out and do not count; what is on a line stays as it is.
func TestLines(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		n    int
		want []string
	}{
		{"", 8, nil},
		{"\n \n\t\n　\n", 8, nil},
		{"一", 8, []string{"一"}},
		{"一\n", 8, []string{"一"}},
		{"一\n\n二\n\n\n三", 8, []string{"一", "二", "三"}},
		{"　　一 \n", 8, []string{"　　一 "}},
		{"一\n二\n三", 3, []string{"一", "二", "三"}},
		{"一\n二\n三", 2, []string{"一", "二"}},
		{"\n一\n\n二\n三", 2, []string{"一", "二"}},
		{"一\n二", 0, nil},
	} {
		if got := bot.Lines(tt.text, tt.n); !slices.Equal(got, tt.want) {
			t.Errorf("%d of %q: %q, want %q", tt.n, tt.text, got, tt.want)
		}
	}
}

// The mark stands once, at the end, and nothing of the caller's is written over.
func TestMarked(t *testing.T) {
	t.Parallel()
	all := []string{"第一条", "第二条", "第三条"}
	for _, tt := range []struct {
		lines  []string
		sample bool
		want   string
	}{
		{all, false, "第一条\n第二条\n第三条"},
		{all[:2], true, "第一条\n第二条\n示例文本，以正式印发文件为准"},
		{nil, true, bot.SampleMark},
		{nil, false, ""},
	} {
		if got := bot.Marked(tt.lines, tt.sample); got != tt.want {
			t.Errorf("%q, sample %v: %q", tt.lines, tt.sample, got)
		}
	}
	if all[2] != "第三条" {
		t.Errorf("the caller's lines are now %q", all)
	}
}
