package index

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"lianwen/corpus"
)

// A judged question is one message or a conversation; what its screen must show
// stands in the articles it wants.
func TestReadJudgedTurns(t *testing.T) {
	t.Parallel()
	c := small(t, "")
	for _, tt := range []struct {
		name, line string
		said       []string
		pieces     [][]string
		question   string
	}{
		{"a message", `{"q":"公车","want":["章程#3"],"shows":["公车不得私用"]}`, []string{"公车"}, [][]string{{"公车不得私用"}}, "公车"},
		{"turns", `{"turns":["提案","几日"],"want":["章程#2"],"shows":["三日内","提交"]}`, []string{"提案", "几日"}, [][]string{{"三日内", "提交"}}, "提案 / 几日"},
		{"both", `{"q":"提案和公车","want":["章程#2","章程#3"],"both":[["三日内"],["私用","不得"]]}`, []string{"提案和公车"}, [][]string{{"三日内"}, {"私用", "不得"}}, "提案和公车"},
		{"shows and both", `{"q":"提案","want":["章程#2"],"shows":["提案"],"both":[["三日内"]]}`, []string{"提案"}, [][]string{{"提案"}, {"三日内"}}, "提案"},
		{"nothing to show", `{"q":"天气"}`, []string{"天气"}, nil, "天气"},
	} {
		got, err := ReadJudged(strings.NewReader(tt.line), "q.jsonl", c)
		if err != nil || len(got) != 1 {
			t.Errorf("%s: %+v, %v", tt.name, got, err)
			continue
		}
		j := got[0]
		if !slices.Equal(j.said(), tt.said) || !slices.EqualFunc(j.pieces(), tt.pieces, slices.Equal) || j.question() != tt.question {
			t.Errorf("%s: said %q, pieces %q, question %q", tt.name, j.said(), j.pieces(), j.question())
		}
	}
	for _, tt := range []struct{ line, problem string }{ // the problem; "": none
		{`{"q":"公车","turns":["公车"]}`, "没有问题，或者有两个"},
		{`{"turns":[]}`, "没有问题，或者有两个"},
		{`{"q":" ","turns":["公车"]}`, ""},
		{`{"q":"公车","want":["章程#2"],"shows":["公车"]}`, "shows 里的「公车」不在"},
		{`{"q":"公车","want":["章程#2","章程#3"],"shows":["公车"]}`, ""},
		{`{"q":"公车","want":["章程#3"],"both":[["公车"],["私用","自用"]]}`, "shows 里的「自用」不在"},
		{`{"q":"公车","shows":["公车"]}`, "shows 里的「公车」不在"},
	} {
		_, err := ReadJudged(strings.NewReader(tt.line), "q.jsonl", c)
		var problems corpus.Problems
		if tt.problem == "" {
			if err != nil {
				t.Errorf("%s: %v", tt.line, err)
			}
		} else if !errors.As(err, &problems) || len(problems) != 1 || !strings.Contains(problems[0].String(), tt.problem) {
			t.Errorf("%s: got %v, want %s", tt.line, err, tt.problem)
		}
	}
}

// The first screen is right when it has a piece of every list; only questions that
// say what it must show, and only screens there are, count.
func TestJudgeScreen(t *testing.T) {
	t.Parallel()
	x := openIndex(t, small(t, ""))
	for _, tt := range []struct {
		name   string
		j      Judged
		screen string
		want   string // right, wrong or nothing
	}{
		{"one piece", Judged{Shows: []string{"甲"}}, "这里有甲。", "right"},
		{"any of them", Judged{Shows: []string{"乙", "甲"}}, "这里有甲。", "right"},
		{"none of them", Judged{Shows: []string{"乙", "丙"}}, "这里有甲。", "wrong"},
		{"both", Judged{Both: [][]string{{"乙", "甲"}, {"丁"}}}, "甲和丁", "right"},
		{"only the first", Judged{Both: [][]string{{"乙", "甲"}, {"丁"}}}, "甲和丙", "wrong"},
		{"only the second", Judged{Both: [][]string{{"乙", "甲"}, {"丁"}}}, "丁和丙", "wrong"},
		{"shows and both", Judged{Shows: []string{"戊"}, Both: [][]string{{"甲"}}}, "甲", "wrong"},
		{"no screen", Judged{Shows: []string{"甲"}}, "", ""},
		{"nothing to show", Judged{}, "甲", ""},
	} {
		v := x.judge(tt.j, Result{}, tt.screen)
		got := ""
		if v.Screen != nil {
			got = map[bool]string{true: "right", false: "wrong"}[*v.Screen]
		}
		if got != tt.want || (v.First == tt.screen) != (tt.want == "wrong") && tt.screen != "" {
			t.Errorf("%s: %q, the screen %q", tt.name, got, v.First)
		}
	}
}

// An answer that quotes what is not wanted first is told; a choice is not.
func TestQuotedWrong(t *testing.T) {
	t.Parallel()
	x := openIndex(t, small(t, ""))
	hits := func(keys ...string) (out []Hit) {
		for _, key := range keys {
			out = append(out, Hit{Article: x.corpus.Article(key)})
		}
		return out
	}
	for _, tt := range []struct {
		name    string
		outcome Outcome
		hits    []Hit
		want    []string
		wrong   bool
	}{
		{"what is wanted", Answered, hits("章程#3", "章程#1"), []string{"章程#3"}, false},
		{"any that is wanted", Answered, hits("章程#3"), []string{"章程#1", "章程#3"}, false},
		{"another", Answered, hits("章程#1", "章程#3"), []string{"章程#3"}, true},
		{"anything where nothing is wanted", Answered, hits("章程#1"), nil, true},
		{"no hit at all", Answered, nil, []string{"章程#3"}, true},
		{"a choice", Choices, hits("章程#1"), []string{"章程#3"}, false},
		{"nothing", None, nil, []string{"章程#3"}, false},
	} {
		v := x.judge(Judged{Want: tt.want}, Result{Outcome: tt.outcome, Hits: tt.hits}, "")
		if v.quotedWrong != tt.wrong {
			t.Errorf("%s: %v", tt.name, v.quotedWrong)
		}
	}
}

// The screens and the wrong quotations by hand.
func TestScoreScreens(t *testing.T) {
	t.Parallel()
	right, wrong := true, false
	s := score([]Verdict{
		{Want: []string{"a"}, Outcome: "answered", Screen: &right},
		{Want: []string{"a"}, Outcome: "answered", Screen: &wrong, quotedWrong: true},
		{Outcome: "answered", Screen: &right, quotedWrong: true},
		{Want: []string{"a"}, Outcome: "none", Screen: &right},
		{Outcome: "none"},
	})
	if s.Shown != 4 || s.Screen != 0.75 || s.QuotedWrong != 2 {
		t.Errorf("%+v", s)
	}
}

// Evaluate asks all that was said, and judges what the Asker shows.
func TestEvaluateAsker(t *testing.T) {
	t.Parallel()
	x := openIndex(t, small(t, ""))
	var asked []string
	asker := func(ctx context.Context, said []string, depth int) (Result, string, error) {
		asked = append(asked, strings.Join(said, "|"))
		if depth != evalDepth {
			t.Errorf("depth %d", depth)
		}
		res, err := x.Search(ctx, Query{Text: said[len(said)-1], Depth: depth})
		res.Leaned = len(said) > 1
		return res, "屏：" + said[len(said)-1], err
	}
	r, err := x.Evaluate(t.Context(), []Judged{
		{Turns: []string{"你好", "公车能不能私用"}, Want: []string{"章程#3"}, Shows: []string{"公车能"}},
		{Q: "提案三日内提交", Want: []string{"章程#2"}, Shows: []string{"公车"}},
	}, asker, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(asked, []string{"你好|公车能不能私用", "提案三日内提交"}) {
		t.Errorf("asked %q", asked)
	}
	if r.Shown != 2 || r.Screen != 0.5 || r.Hit1 != 1 {
		t.Errorf("%+v", r.Score)
	}
	if v := r.Questions[0]; v.Q != "你好 / 公车能不能私用" || !v.Leaned || !*v.Screen || v.First != "" {
		t.Errorf("%+v", v)
	}
	if v := r.Questions[1]; v.Leaned || *v.Screen || v.First != "屏：提案三日内提交" {
		t.Errorf("%+v", v)
	}
	broken := errors.New("broken")
	_, err = x.Evaluate(t.Context(), []Judged{{Turns: []string{"甲", "乙"}}}, func(context.Context, []string, int) (Result, string, error) {
		return Result{}, "", broken
	}, nil)
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "甲 / 乙") {
		t.Errorf("got %v", err)
	}
}

// By itself the index asks each message after the one before it, and ranks for
// the last as deep as it is told.
func TestAsk(t *testing.T) {
	t.Parallel()
	x := openIndex(t, small(t, ""))
	res, screen, err := x.ask(t.Context(), []string{"公车能不能私用", "提案几日内提交"}, 2)
	if err != nil || screen != "" || res.Leaned || len(res.Hits) == 0 || res.Hits[0].Article.Key() != "章程#2" || len(res.Ranked) == 0 || len(res.Ranked) > 2 {
		t.Errorf("%+v, %q, %v", res, screen, err)
	}
	if res, _, err = x.ask(t.Context(), []string{"公车能不能私用", "有没有例外"}, 2); err != nil || !res.Leaned || res.Hits[0].Article.Key() != "章程#3" {
		t.Errorf("leaning: %+v, %v", res, err)
	}
	if res, _, err = x.ask(t.Context(), []string{"有没有例外"}, 2); err != nil || res.Leaned {
		t.Errorf("nothing before: %+v, %v", res, err)
	}
}
