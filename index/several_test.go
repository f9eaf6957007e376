package index

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"lianwen/corpus"
)

// Hits of two articles that fit so: the article, then the passages that fit.
func hitFor(a *corpus.Article, score float64, fitting ...int) Hit {
	h := Hit{Article: a, Score: score, fitting: fitting}
	for range 5 {
		h.passages = append(h.passages, corpus.Passage{})
	}
	return h
}

// What answers one more question stands behind what answers the others; an article
// that answers two shows both passages.
func TestAddHit(t *testing.T) {
	t.Parallel()
	a, b, c, d := &corpus.Article{Label: "甲"}, &corpus.Article{Label: "乙"}, &corpus.Article{Label: "丙"}, &corpus.Article{Label: "丁"}
	for _, tt := range []struct {
		name        string
		hits, found []Hit
		want        string // the articles, each with what fits
	}{
		{"the first", nil, []Hit{hitFor(a, 9, 1), hitFor(b, 8, 0)}, "甲[1]"},
		{"another article", []Hit{hitFor(a, 9, 1)}, []Hit{hitFor(b, 8, 2), hitFor(c, 8, 0)}, "甲[1] 乙[2]"},
		{"another passage of it", []Hit{hitFor(c, 9, 0), hitFor(a, 9, 1, 3)}, []Hit{hitFor(a, 8, 2, 4), hitFor(b, 8, 0)}, "丙[0] 甲[1 2 3]"},
		{"the very passage, and one nearly as good", []Hit{hitFor(a, 9, 1)}, []Hit{hitFor(a, 8, 1), hitFor(b, 6, 0), hitFor(c, 6, 0)}, "甲[1] 乙[0]"},
		{"the very passage, and one not as good", []Hit{hitFor(a, 9, 1)}, []Hit{hitFor(a, 8, 1), hitFor(b, 5.9, 0)}, "甲[1]"},
		{"the very passage, and one that answers already", []Hit{hitFor(b, 9, 1), hitFor(a, 9, 1)}, []Hit{hitFor(a, 8, 1), hitFor(b, 7, 0), hitFor(d, 7, 0)}, "乙[1] 甲[1] 丁[0]"},
		{"the very passage alone", []Hit{hitFor(a, 9, 1)}, []Hit{hitFor(a, 8, 1)}, "甲[1]"},
		{"no passages", []Hit{hitFor(a, 9)}, []Hit{hitFor(a, 8), hitFor(b, 8)}, "甲[] 乙[]"},
	} {
		var got []string
		for _, h := range addHit(tt.hits, tt.found) {
			s := make([]string, len(h.fitting))
			for i, n := range h.fitting {
				s[i] = string(rune('0' + n))
			}
			got = append(got, h.Article.Label+"["+strings.Join(s, " ")+"]")
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

// several is a library in which words lead to one article each.
func several(t *testing.T) *Index {
	return library(t, map[string]string{
		"che": "车辆办法\n第一条 公车钥匙向门卫领取。公车油费由财务结算。\n第二条 公车外借须经主任批准。\n第三条 轮胎每年检查。\n第四条 停车位按号使用。\n",
		"hui": "会场办法\n第一条 茶水由会务组准备。\n第二条 话筒提前调试。\n第三条 座签按姓氏笔画排列。\n第四条 录音资料存档三年。\n第五条 话筒外借须经主任批准。\n",
		"shi": "食堂办法\n第一条 早餐七点供应。\n第二条 饭卡遗失到窗口挂失。\n第三条 剩菜不得带走。\n第四条 清真灶单独设置。\n",
	})
}

// Each question of a message is answered: the first hits answer them in turn.
func TestSeveralQuestions(t *testing.T) {
	t.Parallel()
	x := several(t)
	for _, tt := range []struct {
		name, text string
		answers    int
		first      []string // of the hits
		outcome    Outcome
	}{
		{"two", "座签怎么排列？饭卡遗失到哪挂失？", 2, []string{"hui#3", "shi#2"}, Answered},
		{"the other way round", "饭卡遗失到哪挂失？座签怎么排列？", 2, []string{"shi#2", "hui#3"}, Answered},
		{"three", "座签怎么排列，饭卡遗失到哪挂失，轮胎多久检查", 3, []string{"hui#3", "shi#2", "che#3"}, Answered},
		{"no more than three", "座签怎么排列，饭卡遗失到哪挂失，轮胎多久检查，剩菜能带走吗", 3, []string{"hui#3", "shi#2", "che#3"}, Answered},
		{"both of one article", "公车钥匙找谁领取，公车油费找谁结算", 1, []string{"che#1"}, Answered},
		{"one alone", "座签怎么排列", 0, []string{"hui#3"}, Answered},
		{"one that finds nothing", "座签怎么排列？火锅底料哪家香？", 0, []string{"hui#3"}, Choices},
		{"none that finds anything", "火锅底料哪家香？彩票怎么买？", 0, nil, None},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := search(t, x, tt.text)
			got := keys(res.Hits)
			if res.Answers != tt.answers || len(got) < len(tt.first) || !slices.Equal(got[:len(tt.first)], tt.first) || tt.first != nil && res.Outcome != tt.outcome {
				t.Errorf("%v, %d answers, %v; want %v, %d, %v first", res.Outcome, res.Answers, got, tt.outcome, tt.answers, tt.first)
			}
			if len(got) > MaxHits || len(slices.Compact(slices.Sorted(slices.Values(got)))) != len(got) {
				t.Errorf("%v: too many, or one of them twice", got)
			}
		})
	}
}

// An article that answers two questions shows both of its passages first.
func TestSeveralShowBothPassages(t *testing.T) {
	t.Parallel()
	x := library(t, map[string]string{"che": "车辆办法\n第一条 【公车】 公车按需调度。司机每月轮班。钥匙向门卫领取。洗车自行负责。油费由财务结算。\n第二条 轮胎每年检查。\n第三条 停车位按号使用。\n"})
	res := search(t, x, "钥匙找谁领取，油费找谁结算")
	if res.Answers != 1 || len(res.Hits) == 0 {
		t.Fatalf("%d answers, %v", res.Answers, keys(res.Hits))
	}
	if got := res.Hits[0].Excerpt(20); !slices.Equal(got.Runs, []string{"钥匙向门卫领取。", "油费由财务结算。"}) {
		t.Errorf("got %q", got.Runs)
	}
}

// As sure as the least sure of the answers, or as what was found for all together;
// that stands behind the answers, as far as there is room for hits.
func TestFindEach(t *testing.T) {
	t.Parallel()
	x := several(t)
	var five Result
	for _, key := range []string{"che#1", "che#2", "che#4", "hui#1", "hui#2"} {
		five.Hits = append(five.Hits, Hit{Article: x.Corpus().Article(key)})
	}
	sure, unsure, none := "座签排列", "批准外借的主任", "火锅底料哪家香"
	for _, tt := range []struct {
		name     string
		asked    []string
		together Outcome
		want     Outcome
		answers  int
	}{
		{"sure", []string{sure, "清真灶单独设置"}, None, Answered, 2},
		{"one unsure", []string{sure, unsure}, None, Choices, 2},
		{"one unsure, first", []string{unsure, sure}, None, Choices, 2},
		{"sure together", []string{sure, unsure}, Answered, Answered, 2},
		{"one not found", []string{sure, none}, Choices, Choices, 0},
	} {
		five.Outcome = tt.together
		res, err := x.findEach(t.Context(), tt.asked, "", five, Query{})
		if err != nil || res.Outcome != tt.want || res.Answers != tt.answers {
			t.Errorf("%s: %v, %d answers, %v", tt.name, res.Outcome, res.Answers, err)
		}
		if got, all := keys(res.Hits), keys(five.Hits); len(got) != MaxHits || !slices.Equal(got[tt.answers:], all[:MaxHits-tt.answers]) {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
	// Each is asked with the others, those before it and those behind.
	for _, asked := range [][]string{{"话筒调试", "外借经谁批准"}, {"外借经谁批准", "话筒调试"}} {
		res, err := x.findEach(t.Context(), asked, "", Result{}, Query{})
		if got := keys(res.Hits); err != nil || res.Answers != 2 || !slices.Contains(got, "hui#5") {
			t.Errorf("%v: %v, %d answers, %v", asked, got, res.Answers, err)
		}
	}
}

// What is told first helps a question that says little by itself.
func TestToldHelps(t *testing.T) {
	t.Parallel()
	x := several(t)
	text := "我们科昨天开会用了大会议室，录音资料都拷贝在电脑里面了，领导让我问，存档要几年？"
	res := search(t, x, text)
	if got := keys(res.Hits); len(got) == 0 || got[0] != "hui#4" {
		t.Errorf("%v %v", res.Outcome, got)
	}
	one, err := x.findOne(context.Background(), "到哪挂失", "我的饭卡遗失了", nil)
	if got := keys(one.Hits); err != nil || len(got) == 0 || got[0] != "shi#2" {
		t.Errorf("with what is told: %v %v %v", one.Outcome, got, err)
	}
	text = "我们组长去了趟门卫领取公车钥匙的时候排队排了大概半个小时，还碰见了你们主任，油费怎么结算"
	res = search(t, x, text)
	if len(res.Hits) == 0 || res.Hits[0].Quote != "公车油费由财务结算。" {
		t.Errorf("what is told is quoted: %v %+v", res.Outcome, res.Hits)
	}
	// Which 外借 is meant is told, or asked about besides.
	for _, tt := range []struct {
		told   string
		others []string
		want   string
	}{
		{"我们的话筒要调试", nil, "hui#5"},
		{"", []string{"轮胎多久检查", "话筒怎么调试"}, "hui#5"},
		{"", []string{"公车油费呢"}, "che#2"},
	} {
		res, err := x.findOne(context.Background(), "外借经谁批准", tt.told, tt.others)
		if got := keys(res.Hits); err != nil || strings.Join(got[:min(1, len(got))], "") != tt.want {
			t.Errorf("told %q, others %v: %v %v %v, want %s first", tt.told, tt.others, res.Outcome, got, err, tt.want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.findEach(ctx, []string{"座签", "话筒"}, "", Result{}, Query{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// Words told besides count for their share, less where they are many, and those
// that are asked as well count as asked.
func TestAside(t *testing.T) {
	t.Parallel()
	x := several(t)
	x.synonyms = synonyms{}
	for _, tt := range []struct {
		name  string
		aside aside
		want  float64
	}{
		{"a share", aside{"饭卡挂失", 0.8, 0}, 0.8},
		{"few words", aside{"饭卡", 0.8, 1}, 0.8},               // 3 of 3
		{"twice as many", aside{"饭卡挂失", 0.8, 1}, 0.8 * 3 / 7}, // 3 to 7
		{"no word of asking", aside{"饭卡怎么办", 0.8, 0}, 0.8},
		{"a word that is asked", aside{"轮胎饭卡", 0.8, 1}, 0.8 * 3 / 4},
	} {
		q, err := x.newQuestion("轮胎", tt.aside)
		if err != nil {
			t.Fatal(err)
		}
		for _, term := range q.terms {
			if asked := strings.Contains("轮胎", term.text); term.aside == asked || term.scaffold || term.share != 1 && asked || !asked && (term.share-tt.want > 1e-9 || tt.want-term.share > 1e-9) {
				t.Errorf("%s: %+v, want %v", tt.name, term, tt.want)
			}
		}
	}
}
