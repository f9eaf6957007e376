package talk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"lianwen/bot"
	"lianwen/corpus"
	"lianwen/index"
)

// hit is a hit on the first article of a rule of its own.
func hit(t *testing.T, id string, sample bool, text string) index.Hit {
	t.Helper()
	head := fmt.Sprintf("+++\nid = %q\ntitle = \"%s办法\"\ndocument = \"示例〔2026〕1号\"\nstatus = \"in-force\"\neffective = 2026-02-01\nsample = %v\n+++\n", id, id, sample)
	c, err := corpus.Read(fstest.MapFS{"rules/" + id + ".md": {Data: []byte(head + "第一条 【" + id + "的事】 " + text + "\n")}})
	if err != nil {
		t.Fatal(err)
	}
	a := c.Rules[0].Articles[0]
	return index.Hit{Article: a, Quote: a.Text, Score: 1}
}

func composer() *turn { return &turn{config: Config{Contact: "值班室"}} }

// Whoever quotes example text says so, once, at the end.
func TestSampleMark(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		samples         string // of the hits in turn: s for a sample
		quoted, nearest bool
	}{
		{"s", true, true}, {"-", false, false}, {"s-", true, true}, {"-s", true, true}, {"--", false, false}, {"--s", false, true}, {"---", false, false}, {"sss", true, true},
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

// In talk digits lead to what is quoted or named, by its key, and say what that is
// about; outside they are not offered.
func TestOffers(t *testing.T) {
	t.Parallel()
	hits := []index.Hit{hit(t, "a", false, "甲。"), hit(t, "b", false, "乙。"), hit(t, "c", false, "丙。"), hit(t, "d", false, "丁。")}
	for i := range hits {
		hits[i].Score = 1 - 0.1*float64(i)
	}
	good, weak := slices.Clone(hits), slices.Clone(hits)
	good[1].Score = 0.8
	weak[1].Score = 0.7
	a, b := hits[0].Article, hits[1].Article
	for name, tt := range map[string]struct {
		res     index.Result
		talk    bool
		want    string // the last lines but the mark
		choices []string
	}{
		"one":                    {index.Result{Outcome: index.Answered, Hits: hits[:1]}, true, "《a办法》第一条（示例〔2026〕1号，2026年2月1日起施行）\n回复数字：1 全文", []string{"全文 a#1"}},
		"one, outside":           {index.Result{Outcome: index.Answered, Hits: hits[:1]}, false, "甲。\n《a办法》第一条（示例〔2026〕1号，2026年2月1日起施行）", []string{"全文 a#1"}},
		"two as good":            {index.Result{Outcome: index.Answered, Hits: hits[:3]}, true, "2 乙。\n《b办法》第一条（示例〔2026〕1号）\n回复数字看全文；3 c办法第一条：c的事", []string{"全文 a#1", "全文 b#1", "全文 c#1"}},
		"one, and room for more": {index.Result{Outcome: index.Answered, Hits: good[:3]}, true, "甲。\n《a办法》第一条（示例〔2026〕1号，2026年2月1日起施行）\n2 乙。\n《b办法》第一条（示例〔2026〕1号）\n回复数字看全文；3 c办法第一条：c的事", []string{"全文 a#1", "全文 b#1", "全文 c#1"}},
		"one and weaker ones":    {index.Result{Outcome: index.Answered, Hits: weak[:3]}, true, "回复数字：1 全文；2 b办法第一条：b的事；3 c办法第一条：c的事", []string{"全文 a#1", "全文 b#1", "全文 c#1"}},
		"… outside":              {index.Result{Outcome: index.Answered, Hits: weak[:3]}, false, "另见：b办法第一条：b的事；c办法第一条：c的事", []string{"全文 a#1", "全文 b#1", "全文 c#1"}},
		"two questions":          {index.Result{Outcome: index.Answered, Answers: 2, Hits: weak[:3]}, true, "2 乙。\n《b办法》第一条（示例〔2026〕1号）\n回复数字看全文；3 c办法第一条：c的事", []string{"全文 a#1", "全文 b#1", "全文 c#1"}},
		"choices":                {index.Result{Outcome: index.Choices, Hits: hits}, true, "3 丙。\n《c办法》第一条（示例〔2026〕1号）\n回复数字看全文；4 d办法第一条：d的事\n仍不清楚，可问值班室。", []string{"全文 a#1", "全文 b#1", "全文 c#1", "全文 d#1"}},
		"nothing":                {index.Result{}, true, "制度中没有查到。\n可以换个说法再问，或咨询值班室。回复“目录”看有哪些制度。", []string{"前一回", "前二回"}},
		"nothing, outside":       {index.Result{}, false, "制度中没有查到。\n可以换个说法再问，或咨询值班室。", []string{"前一回", "前二回"}},
		"near articles":          {index.Result{Near: []*corpus.Article{a}}, true, "也许有关：1 a办法第一条：a的事\n回复数字查看；也可以换个说法再问，或咨询值班室。", []string{"全文 a#1", "前二回"}},
		"titles that are near":   {index.Result{Nearest: []*corpus.Rule{a.Rule, b.Rule}}, true, "相近的制度：1 《a办法》；2 《b办法》\n回复数字查看；也可以换个说法再问，或咨询值班室。", []string{"看《a办法》", "看《b办法》"}},
		"a rule's last article":  {index.Result{Named: a.Rule, Number: corpus.Number{Main: 9}}, true, "《a办法》没有第九条，最后一条是第一条。\n回复数字：1 看这部制度。", []string{"看《a办法》", "前二回"}},
		"no such rule":           {index.Result{Unknown: "劳动法"}, true, "制度库里没有《劳动法》，不能查它的条文。\n请核对名称，或咨询值班室。回复“目录”看有哪些制度。", []string{"前一回", "前二回"}},
	} {
		turn := composer()
		turn.state.choices = []string{"前一回", "前二回"}
		text := turn.compose(tt.res, tt.talk)
		if !strings.HasSuffix(text, tt.want) {
			t.Errorf("%s: got\n%s\nwant at its end\n%s", name, text, tt.want)
		}
		if !slices.Equal(turn.state.choices, tt.choices) {
			t.Errorf("%s: digits lead to %q", name, turn.state.choices)
		}
	}
}

// Who to ask is the office in charge of the rule, where the rule says which.
func TestContact(t *testing.T) {
	t.Parallel()
	h := hit(t, "a", false, "甲。")
	if got := composer().compose(index.Result{Outcome: index.Choices, Hits: []index.Hit{h}}, true); !strings.HasSuffix(got, "\n仍不清楚，可问值班室。") {
		t.Error(got)
	}
	h.Article.Rule.Contact = "行政科"
	for want, res := range map[string]index.Result{
		"\n仍不清楚，可问行政科。":              {Outcome: index.Choices, Hits: []index.Hit{h}},
		"也可以换个说法再问，或咨询行政科。":          {Near: []*corpus.Article{h.Article}},
		"也可以换个说法再问，或咨询值班室。":          {Nearest: []*corpus.Rule{h.Article.Rule}},
		"或咨询值班室。回复“目录”看有哪些制度。":       {},
		"请核对名称，或咨询值班室。回复“目录”看有哪些制度。": {Unknown: "甲"},
	} {
		if got := composer().compose(res, true); !strings.HasSuffix(got, want) {
			t.Errorf("%s: got\n%s", want, got)
		}
	}
}

// However long what is quoted, a first screen has at most 280 characters and ten
// lines, as much of them as there are words for, and cuts at a mark.
func TestScreenIsFull(t *testing.T) {
	t.Parallel()
	for _, sample := range []bool{true, false} {
		for n := 1; n <= 40; n++ {
			for name, text := range map[string]string{
				"lines":     strings.TrimSuffix(strings.Repeat("一项；\n", n), "\n"),
				"sentences": strings.Repeat("这是十五个字的一句话没有标点。", n),
				"clauses":   strings.Repeat("这是十五个字的半句话没有句号，", n) + "完。",
			} {
				h := hit(t, "r", sample, text)
				for _, res := range []index.Result{
					{Outcome: index.Answered, Hits: []index.Hit{h}, Number: corpus.Number{Main: 1}, Named: h.Article.Rule},
					{Outcome: index.Choices, Hits: []index.Hit{h, h, h, h}},
				} {
					got := composer().compose(res, true)
					characters, lines := utf8.RuneCountInString(got), strings.Count(got, "\n")+1
					if characters > screenRunes || lines > screenLines {
						t.Errorf("%d %s, sample %v: %d characters in %d lines\n%s", n, name, sample, characters, lines, got)
					}
					whole := strings.Contains(got, text)
					if cut := strings.Contains(got, index.Dots); cut == whole && res.Outcome == index.Answered || whole && characters > screenRunes {
						t.Errorf("%d %s, sample %v: whole %v, dots %v\n%s", n, name, sample, whole, cut, got)
					}
					if fits := utf8.RuneCountInString(text) < 180 && strings.Count(text, "\n") < 6; fits && !whole && res.Outcome == index.Answered {
						t.Errorf("%d %s, sample %v: not whole\n%s", n, name, sample, got)
					}
				}
			}
		}
	}
}
