package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lianwen/corpus"
)

// library is an index of rules by their ids: a title, then the articles.
func library(t testing.TB, rules map[string]string) *Index {
	t.Helper()
	files := fstest.MapFS{}
	for id, text := range rules {
		title, body, _ := strings.Cut(text, "\n")
		files[id+".md"] = &fstest.MapFile{Data: fmt.Appendf(nil,
			"+++\nid=%q\ntitle=%q\neffective=2026-02-01\nstatus=\"in-force\"\n+++\n%s\n", id, title, body)}
	}
	c, err := corpus.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	return openIndex(t, c)
}

// unitOf is the place of an article.
func unitOf(t testing.TB, x *Index, key string) int {
	t.Helper()
	i := slices.IndexFunc(x.units, func(a *corpus.Article) bool { return a.Key() == key })
	if i < 0 {
		t.Fatalf("no article %s", key)
	}
	return i
}

// askedFor is a question as find has it once the articles are scored.
func askedFor(t testing.TB, x *Index, text string, besides ...aside) *question {
	t.Helper()
	q, err := x.newQuestion(fold(text), besides...)
	if err != nil {
		t.Fatal(err)
	}
	s := x.newScan()
	defer s.release()
	if err := s.score(t.Context(), q.terms, textFields); err != nil {
		t.Fatal(err)
	}
	q.weigh(x)
	return q
}

const stadium = `场馆办法
第一条 【器材】 会徽由秘书处保管。借用应当登记。遗失立即报告。

第二条 【不办】 有下列情形的，不予受理：
（一）逾期送来；
（二）重复送来；
（三）署名不实。
不予受理的书面告知。

第三条 【证件】 进场出示证件。
> 问：忘带牌子咋进去
离场交回证件。
> 问：牌子要不要还

第四条 【补贴】 补贴由财务发放。补贴于五日内发放。
第五条 【津贴】 有没有由科室认定。津贴按月核算。
第六条 【钥匙】 钥匙向门卫领取。钥匙于当晚归还。
第七条 【值守】 值守人员接听热线。
第八条 【灯具】 灯具损坏及时更换。
第九条 【盆栽】 盆栽每周浇水。

第十条 【寄存】 箱包寄存柜台。
> 问：雨伞放在门厅
> 问：折叠凳摆哪
钱物当面点清。
> 问：折叠凳 雨伞
逾时另计。

第十一条 【摊位】 摊位抽签。
> 问：上礼拜我们几个老伙计商量着想把旧风筝和木陀螺都拿到西边空地卖
风筝限高。
`

// Of an article the passages are told apart that fit a question, best first.
func TestFitting(t *testing.T) {
	t.Parallel()
	x := library(t, map[string]string{"guan": stadium})
	for _, tt := range []struct {
		name, article, question, told, reply string
		want                                 []string
		open                                 bool // others may follow
	}{
		{name: "its own words", article: "guan#1", question: "借用登记", want: []string{"借用应当登记。"}},
		{name: "the last", article: "guan#1", question: "遗失了怎么报告", want: []string{"遗失立即报告。"}},
		{name: "two of three", article: "guan#1", question: "会徽保管和遗失报告", want: []string{"会徽由秘书处保管。", "遗失立即报告。"}},
		{name: "nothing in common, so all alike", article: "guan#1", question: "盆栽", want: []string{"会徽由秘书处保管。", "借用应当登记。", "遗失立即报告。"}},
		{name: "words of its own before those it depends on", article: "guan#2", question: "不予受理", want: []string{"不予受理的书面告知。"}, open: true},
		{name: "words it depends on and its own", article: "guan#2", question: "署名不实不予受理", want: []string{"（三）署名不实。"}, open: true},
		{name: "words that only the opening of the list has", article: "guan#2", question: "情形", want: []string{"（一）逾期送来；", "（二）重复送来；", "（三）署名不实。"}},
		{name: "how people ask for it", article: "guan#3", question: "忘带牌子咋进去", want: []string{"进场出示证件。"}},
		{name: "how people ask for the other", article: "guan#3", question: "牌子还不还", want: []string{"离场交回证件。", "进场出示证件。"}},
		{name: "one line that says it all", article: "guan#10", question: "雨伞 折叠凳", want: []string{"钱物当面点清。", "箱包寄存柜台。"}},
		{name: "words of a long line", article: "guan#11", question: "风筝 陀螺 空地", want: []string{"摊位抽签。", "风筝限高。"}},
		{name: "a number where one is asked for", article: "guan#4", question: "补贴几天发放", want: []string{"补贴于五日内发放。", "补贴由财务发放。"}},
		{name: "an office where one is asked for", article: "guan#4", question: "补贴归谁发放", want: []string{"补贴由财务发放。", "补贴于五日内发放。"}},
		{name: "no word of asking", article: "guan#5", question: "有没有津贴", want: []string{"津贴按月核算。"}},
		{name: "what is told counts less", article: "guan#6", question: "当晚", told: "门卫领取", want: []string{"钥匙于当晚归还。", "钥匙向门卫领取。"}},
		{name: "what is told counts", article: "guan#6", question: "盆栽", told: "门卫领取", want: []string{"钥匙向门卫领取。"}},
		{name: "what was read already", article: "guan#6", question: "钥匙", reply: "原文：钥匙向门卫领取。", want: []string{"钥匙于当晚归还。", "钥匙向门卫领取。"}},
		{name: "another was read", article: "guan#6", question: "钥匙", reply: "原文：钥匙于当晚归还。", want: []string{"钥匙向门卫领取。", "钥匙于当晚归还。"}},
		{name: "read, and still the one", article: "guan#6", question: "钥匙领取", reply: "原文：钥匙向门卫领取。", want: []string{"钥匙向门卫领取。", "钥匙于当晚归还。"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var besides []aside
			if tt.told != "" {
				besides = append(besides, aside{tt.told, 1, 0})
			}
			q := askedFor(t, x, tt.question, besides...)
			q.before.Reply = tt.reply
			h := x.newHit(unitOf(t, x, tt.article), q)
			var got []string
			for _, i := range h.fitting {
				got = append(got, h.passages[i].In(h.Article.Text))
			}
			if tt.open {
				got = got[:min(len(tt.want), len(got))]
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			if h.Quote != tt.want[0] {
				t.Errorf("quoted %s, want %s", h.Quote, tt.want[0])
			}
		})
	}
}

// A hit quotes the passage that answers, with what opens its list or its table.
func TestNewHitLeads(t *testing.T) {
	t.Parallel()
	x := library(t, map[string]string{"guan": stadium, "biao": `分档办法
第一条 餐费分档如下：
| 档次 | 每餐 |
|---|---|
| 头等 | 百元 |
| 普通 | 拾元 |
第二条 材料包括：
（一）人员：
1．名册原件；
2．照片底版；
（二）场地。
第三条 早到者先选座。
`})
	for question, want := range map[string][]string{ // the leads, then the quotation
		"署名不实": {"有下列情形的，不予受理：", "（三）署名不实。"},
		"书面告知": {"不予受理的书面告知。"},
		"普通拾元": {"| 档次 | 每餐 |", "| 普通 | 拾元 |"},
		"照片底版": {"材料包括：", "（一）人员：", "2．照片底版；"},
		"场地":   {"材料包括：", "（二）场地。"},
		"选座":   {"早到者先选座。"},
	} {
		hits := search(t, x, question).Hits
		if len(hits) == 0 {
			t.Errorf("%s: nothing", question)
			continue
		}
		if got := append(slices.Clone(hits[0].Leads), hits[0].Quote); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", question, got, want)
		}
	}
}

// What was asked for by its number is quoted whole, its label with it.
func TestExactHitIsWhole(t *testing.T) {
	t.Parallel()
	x := library(t, map[string]string{"guan": stadium})
	h := search(t, x, "场馆办法第九条").Hits[0]
	if h.Quote != "第九条 盆栽每周浇水。" || h.Leads != nil || h.passages != nil || h.fitting != nil {
		t.Errorf("%+v", h)
	}
}

// An article that is nothing but its label has no passage, and is quoted all the
// same; asked for twice, it is shown once.
func TestArticleWithoutPassages(t *testing.T) {
	t.Parallel()
	c, err := corpus.Read(fstest.MapFS{"fa.jsonl": {Data: []byte(`{"id":"a","title":"试验法第一条","text":"第一条"}` + "\n")}})
	if err != nil {
		t.Fatal(err)
	}
	x := openIndex(t, c)
	h := x.newHit(0, askedFor(t, x, "第一"))
	if h.Quote != "第一条" || h.fitting != nil {
		t.Errorf("%+v", h)
	}
	if hits := addHit([]Hit{h}, []Hit{h}); len(hits) != 1 {
		t.Errorf("%d hits", len(hits))
	}
	if e := h.Excerpt(10); len(e.Runs) != 1 || e.Cut || !e.Whole {
		t.Errorf("%+v", e)
	}
}

// Passages are divided once, and folded as questions are.
func TestPassagesAreFolded(t *testing.T) {
	t.Parallel()
	x := library(t, map[string]string{"a": "登錄辦法\n第一條 遲到３次以上的，通報：\n（一）ＡＰＰ簽到；\n> 问：手機打卡\n（二）紙質簽到。\n"})
	p := x.passages(0)
	if len(p) != 2 || p[0].text != "(一)app签到;" || p[0].asked != "手机打卡\n" || p[0].lead != "迟到三次以上的,通报:\n" || len(p[0].lines) != 1 || p[1].asked != "" {
		t.Errorf("%+v", p)
	}
	if again := x.passages(0); &again[0] != &p[0] {
		t.Error("divided twice")
	}
}
