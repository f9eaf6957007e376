package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"lianwen/corpus"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"提案什麼時候截止":   "提案什么时候截止",
		"ＡＰＰ（１２）":    "app(十二)",
		"3个月":        "三个月",
		"会议\x00纪律\n": "会议 纪律 ",
		"007":        "007",
		"20260201":   "20260201",
		"":           "",
	} {
		if got := fold(in); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTerms(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"提案3个":     "提 提案 案 3 个",
		"app登录":    "app 登 登录 录",
		"a1, b":    "a 1 b",
		"，。！":      "",
		"一":        "一",
		"十\u3000不": "十 不",
	} {
		if got := strings.Join(terms(in), " "); got != want {
			t.Errorf("terms(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestContentDropsScaffolding(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"请问提案什么时候截止呢": "提案 截止",
		"怎么办":         "", // nothing else was asked
	} {
		if got := strings.Join(strings.Fields(content(in)), " "); got != want {
			t.Errorf("content(%q) = %q, want %q", in, got, want)
		}
	}
}

// The same question in another script, width or numeral finds the same.
func TestSameQuestionWrittenDifferently(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	for _, pair := range [][2]string{
		{"公务接待工作餐每人多少钱", "公務接待工作餐每人多少錢"},
		{"请假3天以上找谁批准", "请假三天以上找谁批准"},
		{"公务用车 节假日", "公务用车　节假日？？"},
		{"提案app提交", "提案ＡＰＰ提交"},
	} {
		a, b := search(t, x, pair[0]), search(t, x, pair[1])
		if len(a.Hits) == 0 || !slices.Equal(keys(a.Hits), keys(b.Hits)) {
			t.Errorf("%s: %v\n%s: %v", pair[0], keys(a.Hits), pair[1], keys(b.Hits))
		}
	}
}

// Words that stand only in the repealed version find nothing of it.
func TestRepealedIsNotSearched(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	old := x.Corpus().Article("ti-an#1@2019-03-01")
	if old == nil || !old.Rule.Repealed {
		t.Fatal("the sample has no repealed version")
	}
	for _, a := range old.Rule.Articles {
		q := []rune(strings.TrimPrefix(a.Text, a.Label))
		for _, h := range search(t, x, string(q[:min(len(q), 60)])).Hits {
			if h.Article.Rule.Repealed {
				t.Errorf("%s was found", h.Article.Key())
			}
		}
	}
}

func TestRefusesTheForeign(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	for _, q := range []string{"今天天气怎么样", "怎么炒股票", "红烧肉怎么做", "hello world", "？？？", "", "   ", "\xff\xfe"} {
		if res := search(t, x, q); res.Outcome != None || len(res.Hits) != 0 {
			t.Errorf("%q: %v %v", q, res.Outcome, keys(res.Hits))
		}
	}
}

// Pinyin, with or without spaces, is understood for what else finds nothing,
// and what it finds is called a guess.
func TestPinyinIsGuessed(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	for q, want := range map[string]string{
		"tian shenme shihou jiezhi": "ti-an#5",
		"mimawangjilezenmeban":      "lvzhi-app#8",
		"ＴＩＡＮ　jiezhi shijian":       "ti-an#5",
	} {
		res := search(t, x, q)
		if res.Outcome != Choices || !res.Guess || !slices.Contains(keys(res.Hits), want) {
			t.Errorf("%s: %v guess %v %v, want %s among them", q, res.Outcome, res.Guess, keys(res.Hits), want)
		}
	}
	for _, q := range []string{"what is the weather today", "javascript tutorial", "xyz"} {
		if res := search(t, x, q); res.Outcome != None {
			t.Errorf("%s: %v %v", q, res.Outcome, keys(res.Hits))
		}
	}
}

func TestAnswersPlainQuestions(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	for q, want := range map[string]string{
		"提案什么时候截止":    "ti-an#5",
		"节假日公务用车能不能用": "gongche#10",
	} {
		if res := search(t, x, q); res.Outcome != Answered || res.Hits[0].Article.Key() != want {
			t.Errorf("%s: %v %v, want %s", q, res.Outcome, keys(res.Hits), want)
		}
	}
}

func TestSearchCancelled(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Search(ctx, Query{Text: "提案什么时候截止"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Nobody's question may bring the index down, reach bleve's query syntax or
// bring back anything but the library's words.
func FuzzSearch(f *testing.F) {
	for _, q := range []string{"提案什么时候截止", `" AND title:*`, "第十二条", "十不准第九百九十九个", "\xff\x00", "😀😀", "提案條例第１２條之一第二款"} {
		f.Add(q)
	}
	x := openSample(f)
	f.Fuzz(func(t *testing.T, q string) {
		if len(q) > 4096 {
			return
		}
		res := search(t, x, q)
		if len(res.Hits) > MaxHits || res.Outcome != None && len(res.Hits) == 0 {
			t.Fatalf("%v with %d hits", res.Outcome, len(res.Hits))
		}
		for _, h := range res.Hits {
			if !utf8.ValidString(h.Quote) || h.Quote == "" || !strings.Contains(h.Article.Text, h.Quote) {
				t.Fatalf("quotation %q", h.Quote)
			}
		}
	})
}

// An article without asked-as lines can be as sure an answer as one that has
// them: offices put official texts beside rules of their own.
func TestMixedLibrary(t *testing.T) {
	t.Parallel()
	var withAsked strings.Builder
	withAsked.WriteString("+++\nid=\"kao\"\ntitle=\"考勤办法\"\neffective=2026-02-01\nstatus=\"in-force\"\n+++\n")
	for i := 1; i <= 20; i++ {
		n := corpus.FormatNumeral(i)
		fmt.Fprintf(&withAsked, "第%s条 第%s种情形由科室负责人登记。\n> 问：第%s种情形找谁登记\n> 问：%s号情形咋办\n\n", n, n, n, n)
	}
	c, err := corpus.Read(fstest.MapFS{
		"kao.md": {Data: []byte(withAsked.String())},
		"章程.txt": {Data: []byte("试验章程\n第一条 委员退出应当书面声明。\n第二条 会徽为五角星。\n第三条 会议每年一次。\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	x := openIndex(t, c)
	for q, want := range map[string]string{"委员怎么退出": "章程#1", "会徽是什么": "章程#2"} {
		if res := search(t, x, q); res.Outcome == None || res.Hits[0].Article.Key() != want {
			t.Errorf("%s: %v %v", q, res.Outcome, keys(res.Hits))
		}
	}
}
