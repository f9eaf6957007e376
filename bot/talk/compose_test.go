package talk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lianwen/bot"
	"lianwen/corpus"
	"lianwen/index"
)

// hit is a hit on the first article of a rule of its own.
func hit(t *testing.T, id string, sample bool, text string) index.Hit {
	t.Helper()
	head := fmt.Sprintf("+++\nid = %q\ntitle = \"%s办法\"\ndocument = \"示例〔2026〕1号\"\nstatus = \"in-force\"\neffective = 2026-02-01\nsample = %v\n+++\n", id, id, sample)
	c, err := corpus.Read(fstest.MapFS{"rules/" + id + ".md": {Data: []byte(head + "第一条 " + text + "\n")}})
	if err != nil {
		t.Fatal(err)
	}
	a := c.Rules[0].Articles[0]
	return index.Hit{Article: a, Quote: a.Text}
}

func composer() *turn { return &turn{config: Config{Contact: "值班室"}} }

// What is quoted decides whether the mark stands beneath it: of a single answer
// the first hit alone, of a list each that is in it.
func TestSampleMark(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		samples         string // of the hits in turn: s for a sample
		quoted, nearest bool
	}{
		{"s", true, true}, {"-", false, false}, {"s-", true, true}, {"-s", false, true}, {"s--", true, true}, {"-s-", false, true}, {"--s", false, true}, {"---", false, false}, {"sss", true, true},
	} {
		var hits []index.Hit
		for i, c := range tt.samples {
			hits = append(hits, hit(t, fmt.Sprint("r", i), c == 's', "条文。"))
		}
		for _, talk := range []bool{true, false} {
			for outcome, want := range map[index.Outcome]bool{index.Answered: tt.quoted, index.Choices: tt.nearest} {
				text := composer().compose(index.Result{Outcome: outcome, Hits: hits}, talk)
				if got := strings.HasSuffix(text, "\n"+bot.SampleMark); got != want || strings.Count(text, bot.SampleMark) > 1 {
					t.Errorf("%s, outcome %v, talk %v: marked %v\n%s", tt.samples, outcome, talk, got, text)
				}
			}
		}
	}
}

// In talk digits lead to what is shown or named, by its key; outside they are
// not offered.
func TestOffers(t *testing.T) {
	t.Parallel()
	hits := []index.Hit{hit(t, "a", false, "甲。"), hit(t, "b", false, "乙。"), hit(t, "c", false, "丙。")}
	part := hit(t, "a", false, "甲。\n还有。")
	part.Quote = "第一条 甲。"
	for name, tt := range map[string]struct {
		res     index.Result
		talk    bool
		want    string // the last line but the mark
		choices []string
	}{
		"one, whole":            {index.Result{Outcome: index.Answered, Hits: hits[:1]}, true, "出处：示例〔2026〕1号，2026年2月1日起施行", []string{"全文 a#1"}},
		"one in part":           {index.Result{Outcome: index.Answered, Hits: []index.Hit{part}}, true, "回复数字：1 全文", []string{"全文 a#1"}},
		"one in part, outside":  {index.Result{Outcome: index.Answered, Hits: []index.Hit{part}}, false, "另见：全文请问“a办法第一条”", []string{"全文 a#1"}},
		"three":                 {index.Result{Outcome: index.Answered, Hits: hits}, true, "回复数字：2 b办法第一条；3 c办法第一条", []string{"全文 a#1", "全文 b#1", "全文 c#1"}},
		"three, outside":        {index.Result{Outcome: index.Answered, Hits: hits}, false, "另见：b办法第一条；c办法第一条", []string{"全文 a#1", "全文 b#1", "全文 c#1"}},
		"choices":               {index.Result{Outcome: index.Choices, Hits: hits}, true, "回复数字看原文；仍不清楚，可问值班室。", []string{"全文 a#1", "全文 b#1", "全文 c#1"}},
		"choices, outside":      {index.Result{Outcome: index.Choices, Hits: hits}, false, "写制度名称和条号看原文；仍不清楚，可问值班室。", []string{"全文 a#1", "全文 b#1", "全文 c#1"}},
		"nothing":               {index.Result{}, true, "可以换个说法再问，或咨询值班室。回复“目录”看有哪些制度。", nil},
		"nothing, outside":      {index.Result{}, false, "可以换个说法再问，或咨询值班室。", nil},
		"titles that are near":  {index.Result{Nearest: []*corpus.Rule{hits[0].Article.Rule, hits[1].Article.Rule}}, true, "回复数字查看；也可以换个说法再问，或咨询值班室。", []string{"看《a办法》", "看《b办法》"}},
		"a rule's last article": {index.Result{Named: hits[0].Article.Rule, Number: corpus.Number{Main: 9}}, true, "回复数字：1 看这部制度。", []string{"看《a办法》"}},
	} {
		turn := composer()
		turn.state.choices = []string{"前一回"}
		text := turn.compose(tt.res, tt.talk)
		lines := strings.Split(text, "\n")
		if got := lines[len(lines)-1]; got != tt.want {
			t.Errorf("%s: the last line is %q, want %q\n%s", name, got, tt.want, text)
		}
		if !slices.Equal(turn.state.choices, tt.choices) || !turn.changed {
			t.Errorf("%s: digits lead to %q", name, turn.state.choices)
		}
	}
}

// A first screen has at most eight lines, whatever is quoted, and all of it when
// it just fits.
func TestScreenIsFull(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 10; n++ {
		for _, sample := range []bool{true, false} {
			h := hit(t, "r", sample, strings.TrimSuffix(strings.Repeat("一项；\n", n), "\n"))
			text := composer().compose(index.Result{Outcome: index.Answered, Hits: []index.Hit{h}}, true)
			lines, room := strings.Count(text, "\n")+1, 4 // beside name, source, digits and mark
			if !sample {
				room++
			}
			if fits := n <= room; lines > bot.MaxLines || fits == strings.Contains(text, "1 全文") || fits != strings.Contains(text, h.Article.Text) || fits == strings.Contains(text, "\n……\n") {
				t.Errorf("%d lines, sample %v: %d lines\n%s", n, sample, lines, text)
			}
		}
	}
}

// A list names what it holds by its beginning, cut behind 24 characters, and
// says that there is more where there is.
func TestOpening(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("字", 24)
	for quote, want := range map[string]string{
		"第一条 短。": "短。", "第一条　短。": "短。", "（一）短。": "（一）短。", "第一条 " + long: long, "第一条 " + long + "多": long + "……",
		"第一条 首行：\n（一）次行": "首行：……", "第一条 " + long + "\n次行": long + "……", "第一条 " + long + "多\n次行": long + "……",
	} {
		h := hit(t, "r", false, "条文。")
		h.Quote = quote
		if got := opening(h); got != want {
			t.Errorf("%q opens with %q, want %q", quote, got, want)
		}
	}
}
