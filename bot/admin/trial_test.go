package admin

import (
	"slices"
	"strings"
	"testing"

	"lianwen/bot/talk"
	"lianwen/corpus"
	"lianwen/index"
)

// What came of a trial is said in a word, and why in sentences, for every outcome.
func TestWhyTried(t *testing.T) {
	t.Parallel()
	rule := &corpus.Rule{ID: "a", Title: "办法"}
	found := func(res index.Result) index.Explanation {
		return index.Explanation{Result: res, Terms: []index.Term{{Text: "请假", Share: 1}}}
	}
	for name, tt := range map[string]struct {
		tried   talk.Trial
		outcome string
		why     []string
	}{
		"answered":  {talk.Trial{Explanation: found(index.Result{Outcome: index.Answered})}, "答了", []string{"第一条比别的近得多"}},
		"choices":   {talk.Trial{Explanation: found(index.Result{Outcome: index.Choices})}, "给了选项", []string{"哪一条都不够有把握"}},
		"none":      {talk.Trial{Explanation: found(index.Result{})}, "没查到", []string{"照实说没有查到"}},
		"cited":     {talk.Trial{Explanation: index.Explanation{Result: index.Result{Outcome: index.Answered, Named: rule}}}, "答了", []string{"写明了制度名称或条号"}},
		"many":      {talk.Trial{Explanation: index.Explanation{Result: index.Result{Outcome: index.Answered, Named: rule, More: true}}}, "答了", []string{"写明了", "只引了前 5 条"}},
		"unknown":   {talk.Trial{Explanation: index.Explanation{Result: index.Result{Unknown: "火星法"}}}, "没查到", []string{"制度库里没有的《火星法》"}},
		"vague":     {talk.Trial{Explanation: index.Explanation{Result: index.Result{Vague: true}}}, "没查到", []string{"没有说要问什么"}},
		"by sound":  {talk.Trial{Explanation: index.Explanation{Result: index.Result{Outcome: index.Choices, Guess: true}}}, "给了选项", []string{"按读音猜的"}},
		"leaned":    {talk.Trial{Explanation: index.Explanation{Result: index.Result{Outcome: index.Choices, Leaned: true}, Before: "请假找谁", Terms: found(index.Result{}).Terms}}, "给了选项", []string{"哪一条都", "接着前一句“请假找谁”一起查的"}},
		"bridge":    {talk.Trial{Explanation: index.Explanation{Result: index.Result{Outcome: index.Choices}, Bridge: []string{"丧假", "事假"}, Terms: found(index.Result{}).Terms}}, "给了选项", []string{"哪一条都", "像是在问：丧假、事假"}},
		"several":   {talk.Trial{Explanation: found(index.Result{Outcome: index.Answered, Answers: 2})}, "答了", []string{"第一条", "里面有 2 个问题"}},
		"a digit":   {talk.Trial{Taken: talk.AsCommand, Name: "全文", Meant: "全文 a#1"}, "命令", []string{"数字代表前面给的选项：“全文 a#1”", "这是命令“全文”"}},
		"a reply":   {talk.Trial{Taken: talk.AsReply, Text: "您好"}, "应答", []string{"有固定的应答对得上"}},
		"silence":   {talk.Trial{Taken: talk.AsNothing}, "不答", []string{"在微信里不回话"}},
		"unread":    {talk.Trial{Taken: talk.AsNothing, Text: "没有看懂"}, "不答", nil},
		"a record":  {talk.Trial{Taken: talk.AsRecord, Text: "没有办"}, "没有办", nil},
		"one of it": {talk.Trial{Explanation: found(index.Result{Outcome: index.Answered, Answers: 1})}, "答了", []string{"第一条"}},
	} {
		why := whyTried(tt.tried)
		if got := outcomeOf(tt.tried); got != tt.outcome || len(why) != len(tt.why) {
			t.Errorf("%s: %s, %q", name, got, why)
			continue
		}
		for i, part := range tt.why {
			if !strings.Contains(why[i], part) {
				t.Errorf("%s: %q, without %q", name, why[i], part)
			}
		}
	}
}

// What answers is known by the first article, where there is one that answers.
func TestVerdictOf(t *testing.T) {
	t.Parallel()
	c, err := corpus.Open("testdata/library")
	must(t, err)
	hits := []index.Hit{{Article: c.Article("qingjia#3")}, {Article: c.Article("huiyi#1")}}
	for _, tt := range []struct {
		tried talk.Trial
		want  verdict
	}{
		{talk.Trial{Explanation: index.Explanation{Result: index.Result{Outcome: index.Choices, Hits: hits}}}, verdict{"给了选项", "qingjia#3"}},
		{talk.Trial{Taken: talk.AsReply, Explanation: index.Explanation{Result: index.Result{Hits: hits}}}, verdict{"应答", "qingjia#3"}},
		{talk.Trial{Taken: talk.AsNothing, Explanation: index.Explanation{Result: index.Result{Hits: hits}}}, verdict{"不答", ""}},
		{talk.Trial{Taken: talk.AsRecord, Explanation: index.Explanation{Result: index.Result{Hits: hits}}}, verdict{"没有办", ""}},
		{talk.Trial{}, verdict{"没查到", ""}},
	} {
		if got := verdictOf(tt.tried); got != tt.want {
			t.Errorf("%+v, want %+v", got, tt.want)
		}
	}
}

// groups are the titles of groups of words with what is in them.
func groups(list []wordGroup) (out []string) {
	for _, g := range list {
		text := g.Title + ":"
		for _, w := range g.Words {
			text += " " + w.Text
			if w.Unknown {
				text += "!"
			}
			if w.Note != "" {
				text += "(" + w.Note + ")"
			}
		}
		out = append(out, text)
	}
	return out
}

// Words are told apart by how they came into the question; single characters by
// themselves, and never so many that nobody reads them.
func TestWordsOf(t *testing.T) {
	t.Parallel()
	e := index.Explanation{
		Terms: []index.Term{
			{Text: "请假", Kind: index.TermSaid}, {Text: "画圈", Kind: index.TermSaid, Unknown: true}, {Text: "请", Kind: index.TermSaid, Unknown: true},
			{Text: "怎么", Kind: index.TermAsking, Unknown: true}, {Text: "提案", Kind: index.TermMisheard, For: "提岸"}, {Text: "会议", Kind: index.TermBeside},
			{Text: "丧假", Kind: index.TermOver}, {Text: "告假", Kind: index.TermMeant},
		},
		Synonyms: []index.Synonym{{Word: "打卡", Others: []string{"签到", "画到"}}, {Word: "委员", Others: []string{"代表"}, General: true}},
	}
	want := []string{
		"问的词（分量重的在前）: 请假 画圈!", "单个的字: 请", "怎么问的（只比问法）: 怎么", "同义词: 打卡 → 签到、画到(自己的同义词) 委员 → 代表(通用词表)",
		"听错、打错的: 提案(“提岸”没有，按读音)", "前面说到的: 会议", "公文里的说法: 丧假",
	}
	if got := groups(wordsTried(e)); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	e = index.Explanation{}
	for range mostWords + 3 {
		e.Terms = append(e.Terms, index.Term{Text: "请假"})
	}
	if got := wordsTried(e); len(got) != 1 || len(got[0].Words) != mostWords {
		t.Errorf("%+v", got)
	}
	if got := wordsTried(index.Explanation{}); got != nil {
		t.Errorf("%+v", got)
	}
}

// An article in its place says where it has which words, and what its score is made of.
func TestViewPlaced(t *testing.T) {
	t.Parallel()
	c, err := corpus.Open("testdata/library")
	must(t, err)
	p := index.Placed{Scored: index.Scored{Article: c.Article("qingjia#3"), Score: 12.34}, Lines: []index.LikeLine{{Text: "请假要提前几天", Like: 0.5}}}
	p.Parts[index.OfTerms], p.Parts[index.OfLines], p.Parts[index.OfFormality], p.Parts[index.OfTalk] = 10.04, 2.5, -0.2, 0.04
	p.Found = []index.Found{
		{Term: index.Term{Text: "请假"}, Text: true, Heading: true, Line: true, Name: true}, {Term: index.Term{Text: "会议"}, Text: true}, {Term: index.Term{Text: "请"}, Text: true},
	}
	v := viewPlaced(p, true)
	if v.Path != "/rules/qingjia/3" || v.Citation != "《委员请假办法》第三条" || v.Heading != "请假的办法" || v.Score != "12.3" || !v.Shown || v.Digest != c.Article("qingjia#3").WordsDigest() {
		t.Errorf("%+v", v)
	}
	if v.Parts != "词 +10.0，像它的问法 +2.5，只讲目的、施行的条 -0.2" {
		t.Errorf("%s", v.Parts)
	}
	if got, want := groups(v.Found), []string{"正文: 请假 会议", "条旨: 请假", "问法: 请假", "制度名称: 请假"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if v := viewPlaced(index.Placed{Scored: index.Scored{Article: c.Article("huiyi#1")}}, false); v.Score != "" || v.Parts != "" || v.Found != nil || v.Shown {
		t.Errorf("looked up: %+v", v)
	}
}

// A text is cut where it gets too long, and stands in one line.
func TestBeginning(t *testing.T) {
	t.Parallel()
	whole := strings.Repeat("字", excerptRunes)
	for text, want := range map[string]string{"一\n（二）\t三": "一 （二） 三", whole: whole, whole + "字": whole + "……", "": ""} {
		if got := beginning(text); got != want {
			t.Errorf("%q", got)
		}
	}
}
