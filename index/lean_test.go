package index

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lianwen/corpus"
)

// follow is what a message finds after others of the same person.
func follow(t *testing.T, x *Index, said ...string) Result {
	t.Helper()
	res, _, err := x.ask(context.Background(), said, 0)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// What stands by itself does not lean, whatever was said before: of all judged
// questions, each asked after another one, hardly any does.
func TestLeansSeldom(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	all := append(readJudged(t, x.Corpus()), readJudgedFile(t, x.Corpus(), "heldout.jsonl")...)
	asked, leaned := 0, 0
	for i, j := range all {
		if j.Class == "pinyin" {
			continue
		}
		before := all[(i*7+len(all)/2)%len(all)].Q
		if before == j.Q || follow(t, x, before).Outcome == None {
			continue
		}
		if asked++; follow(t, x, before, j.Q).Leaned {
			leaned++
			t.Logf("leans: %s / %s", before, j.Q)
		}
	}
	if asked < 500 || leaned*100 > 3*asked {
		t.Errorf("%d of %d questions lean on one that has nothing to do with them", leaned, asked)
	}
}

// Aspects can be asked of any matter; figures go with them.
func TestOnlyAspects(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"": true, "登记": true, "例外": true, "特殊情况": true, "最晚三天": true, "三": true, "找人签字": true,
		"公车": false, "登记公车": false, "公车登记": false, "例外公": false,
	} {
		if got := onlyAspects(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// What the next message may lean on: what was asked, with what that leaned on
// unless it has grown long, and all that was found.
func TestSaid(t *testing.T) {
	t.Parallel()
	a, b := &corpus.Article{}, &corpus.Article{}
	short, long := strings.Repeat("甲", mostSaid-1), strings.Repeat("甲", mostSaid)
	for _, tt := range []struct {
		name, before string
		leaned       bool
		want         string
	}{
		{"by itself", "公车", false, "要登记吗"},
		{"leaning", "公车", true, "公车，要登记吗"},
		{"on what is nearly too long", short, true, short + "，要登记吗"},
		{"on what is too long", long, true, "要登记吗"},
	} {
		got := Result{Leaned: tt.leaned, Hits: []Hit{{Article: a}, {Article: b}}}.Said(Query{Text: "要登记吗", Before: Said{Question: tt.before}})
		if got.Question != tt.want || !slices.Equal(got.Articles, []*corpus.Article{a, b}) || got.Reply != "" {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
}

// stores is a library of which articles of che are talked about.
func stores(t *testing.T) *Index {
	return library(t, map[string]string{
		"che": "车辆办法\n第一条 公车钥匙向门卫领取，凭出车单登记。\n第二条 公车油费依照《食堂办法》第二条由财务结算。\n第三条 轮胎每年检查。\n第四条 公车遗失钥匙的通报批评。\n",
		"hui": "会场办法\n第一条 话筒向会务组领取。\n第二条 茶水由会务组准备。\n第三条 投影幕布专人收放。\n",
		"shi": "食堂办法\n第一条 饭卡到窗口领取。\n第二条 剩菜不得带走。\n第三条 餐券遗失不补。\n",
	})
}

// Whether a message is asked with what was said before it.
func TestLeans(t *testing.T) {
	t.Parallel()
	x := stores(t)
	che := Said{Question: "公车钥匙找谁领取", Articles: []*corpus.Article{x.Corpus().Article("che#1")}}
	for _, tt := range []struct {
		name, text string
		before     Said
		alone      Outcome
		want       bool
	}{
		{"nothing before", "要登记吗", Said{}, None, false},
		{"nothing found before", "要登记吗", Said{Question: "公车"}, None, false},
		{"only aspects", "要登记吗", che, Answered, true},
		{"only asking", "那怎么办呢", che, Choices, true},
		{"asked again", "公车钥匙找谁领取", che, Choices, false},
		{"asked again with other marks", "公车，钥匙找谁领取？", che, None, false},
		{"said of it, near it", "出车单", che, Choices, true},
		{"said of it, found nowhere alone", "出车单", che, None, true},
		{"said of it, answered alone", "出车单", che, Answered, false},
		{"a sequel that is answered alone", "出车单呢", che, Answered, true},
		{"something else", "投影幕布", che, Choices, false},
		{"something else like a sequel", "投影幕布的呢", che, Answered, false},
		{"a connective", "那么出车单", che, Choices, true},
		{"a connective, answered alone", "那么出车单", che, Answered, false},
		{"10 characters", "出车单公车钥匙门卫油", che, Choices, true},
		{"11 characters", "出车单公车钥匙门卫油费", che, Choices, false},
		{"7 characters of what finds nothing", "出车单公车钥匙", che, None, true},
		{"8 characters of what finds nothing", "出车单公车钥匙门", che, None, false},
		{"14 characters of a sequel", "出车单公车钥匙门卫油费轮胎检呢", che, Answered, true},
		{"15 characters of a sequel", "出车单公车钥匙门卫油费轮胎检查呢", che, Answered, false},
		{"much better said of another", "餐券遗失的呢", che, Answered, false},
	} {
		if got, err := x.leans(t.Context(), fold(tt.text), Query{Before: tt.before}, Result{Outcome: tt.alone}); err != nil || got != tt.want {
			t.Errorf("%s: %v, %v", tt.name, got, err)
		}
	}
}

// A message that leans finds what belongs to what was talked about, and shows of
// it what was not read yet.
func TestLeanFollows(t *testing.T) {
	t.Parallel()
	x := stores(t)
	if res := follow(t, x, "话筒向谁领取", "饭卡到哪领取"); res.Leaned || len(res.Hits) > 0 && res.Hits[0].Article.Key() != "shi#1" {
		t.Errorf("something else: %v %v", res.Leaned, keys(res.Hits))
	}
	for before, want := range map[string]string{"公车钥匙找谁领取": "che#1", "话筒向谁领取": "hui#1", "饭卡到哪领取": "shi#1"} {
		res := follow(t, x, before, "向谁领取呢")
		if !res.Leaned || len(res.Hits) == 0 || res.Hits[0].Article.Key() != want {
			t.Errorf("%s: leaned %v, %v, want %s", before, res.Leaned, keys(res.Hits), want)
		}
	}
	for _, key := range []string{"che#1", "hui#1", "shi#1"} { // by what was found alone
		q := Query{Before: Said{Articles: []*corpus.Article{x.Corpus().Article(key)}}}
		res, err := x.lean(t.Context(), "领取", q)
		if got := keys(res.Hits); err != nil || len(got) == 0 || got[0] != key {
			t.Errorf("after %s: %v %v", key, got, err)
		}
	}
	shelf := library(t, map[string]string{"shu": "图书办法\n第一条 图书凭证借出。图书到期交回。图书污损照价赔付。\n第二条 阅览室周一闭馆。\n第三条 报纸当日上架。\n"})
	said := search(t, shelf, "图书")
	q := Query{Text: "图书", Before: said.Said(Query{Text: "借图书"})}
	for reply, want := range map[string]string{"": "图书凭证借出。", "图书凭证借出。": "图书到期交回。", "图书凭证借出。图书到期交回。": "图书污损照价赔付。"} {
		q.Before.Reply = reply
		res, err := shelf.lean(t.Context(), "图书", q)
		if err != nil || !res.Leaned || len(res.Hits) == 0 || res.Hits[0].Quote != want {
			t.Errorf("after %q: %+v, %v", reply, res.Hits, err)
		}
	}
}

// Those of the first rule come first, then those of the second and what is cited.
func TestNearTalk(t *testing.T) {
	t.Parallel()
	x := stores(t)
	c := x.Corpus()
	articles := func(keys ...string) (out []*corpus.Article) {
		for _, key := range keys {
			out = append(out, c.Article(key))
		}
		return out
	}
	for _, tt := range []struct {
		name     string
		talked   []*corpus.Article
		question string
		want     string // the articles, best first, with their scores
	}{
		{"nothing", nil, "钥匙", "hui#1 10 shi#1 9 che#3 8 che#4 7"},
		{"one rule", articles("che#1"), "钥匙", "che#3 16 che#4 15 hui#1 10 shi#1 9"},
		{"two rules", articles("che#1", "hui#2"), "钥匙", "che#3 16 hui#1 15 che#4 15 shi#1 9"},
		{"two articles of a rule, the third counts for nothing", articles("hui#2", "hui#1", "che#1"), "钥匙", "hui#1 18 shi#1 9 che#3 8 che#4 7"},
		{"what an article cites", articles("che#2"), "钥匙", "che#3 16 che#4 15 shi#1 14 hui#1 10"},
		{"what is asked for", articles("che#1"), "钥匙丢了会怎么样", "che#4 20 che#3 16 hui#1 10 shi#1 9"},
	} {
		q := askedFor(t, x, tt.question)
		q.before.Articles = tt.talked
		var ranked []candidate
		for i, key := range []string{"hui#1", "shi#1", "che#3", "che#4"} {
			ranked = append(ranked, candidate{unitOf(t, x, key), 10 - float64(i), 1})
		}
		x.nearTalk(q, ranked)
		var got []string
		for _, c := range ranked {
			got = append(got, fmt.Sprintf("%s %v", x.units[c.unit].Key(), c.score))
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
	x.nearTalk(&question{before: Said{Articles: articles("che#1")}}, nil)
}
