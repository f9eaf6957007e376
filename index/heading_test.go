package index

import (
	"math"
	"slices"
	"testing"
)

const tools = `工具办法
第一条 【目的】 为了管好工具，制定本办法。

第二条 【归还】 扳手于当日归还。
> 问：扳手拿回家行吗

第三条 【扳手借用】 扳手凭条领取，逐件登记。

第四条 【梯子】 梯子两人同扶。

第五条 【电钻保养】 电钻每季加油。

第六条 【施行】 本办法自2026年2月1日起施行，扳手另行编号。
> 问：扳手啥时候重新编号
> 问：扳手几号重新编号
`

// Articles that say why there is a rule, for whom and since when are formal, when
// they say little else.
func TestIsFormal(t *testing.T) {
	t.Parallel()
	long := ""
	for range 50 {
		long += "工具应当爱护。"
	}
	for text, want := range map[string]bool{
		"为了管好工具，制定本办法。": true, "本办法适用于机关工具。": true, "本办法由秘书科负责解释。": true,
		"本办法自2026年2月1日起施行。": true, "本规定自印发之日起执行。": true,
		"工具由秘书科登记。": false, "制定采购计划。": false, "本办法所称工具，是指扳手。": false, "秘书科负责解释登记表。": false,
		"本办法由秘书科负责解释。" + long: false,
	} {
		x := library(t, map[string]string{"gong": "工具办法\n第一条 " + text})
		if got := isFormal(x.units[0]); got != want {
			t.Errorf("%.40s: %v, want %v", text, got, want)
		}
	}
}

// Formal articles stand back, unless the question asks for them or is what people
// ask of them.
func TestDemoteFormal(t *testing.T) {
	t.Parallel()
	x := library(t, map[string]string{"gong": tools})
	for question, want := range map[string][]float64{ // what the six articles score in the end
		"扳手怎么领取":      {7.5, 9, 8, 7, 6, 3.75},
		"工具办法的目的是什么":  {10, 9, 8, 7, 6, 5},
		"何时起施行":       {10, 9, 8, 7, 6, 5},
		"扳手啥时候重新编号":   {7.5, 9, 8, 7, 6, 5},
		"扳手拿回家要不要写条子": {7.5, 9, 8, 7, 6, 3.75},
	} {
		q := askedFor(t, x, question)
		var ranked []candidate
		for u := range x.units {
			ranked = append(ranked, candidate{u, 10 - float64(u), 1})
		}
		x.demoteFormal(q, ranked)
		for i, c := range ranked {
			if c.score != want[c.unit] || i > 0 && c.score > ranked[i-1].score {
				t.Errorf("%s: %+v, want the scores %v", question, ranked, want)
				break
			}
		}
	}
	x.demoteFormal(askedFor(t, x, "扳手"), nil)
}

// What a heading has of the question, and the question of the heading.
func TestLikeHeading(t *testing.T) {
	t.Parallel()
	x := library(t, map[string]string{"gong": tools})
	for _, tt := range []struct {
		question, article string
		want              float64
	}{
		{question: "扳手借用", article: "gong#3", want: 1},
		{question: "怎么扳手借用呢", article: "gong#3", want: 1},
		{question: "梯子", article: "gong#4", want: 1},
		{question: "梯子", article: "gong#3", want: 0},
		{question: "怎么办", article: "gong#4", want: 0},
		{question: "扳手", article: "gong#3", want: math.Sqrt(0.5)}, // half of the heading is said
	} {
		q := askedFor(t, x, tt.question)
		if got := x.likeHeading(unitOf(t, x, tt.article), q); math.Abs(got-tt.want) > 1e-9 {
			t.Errorf("%s, %s: %v, want %v", tt.question, tt.article, got, tt.want)
		}
	}
	half := x.likeHeading(unitOf(t, x, "gong#4"), askedFor(t, x, "梯子和电钻放在哪里"))
	if half <= 0.1 || half >= 0.6 {
		t.Errorf("a question that says more: %v", half)
	}
	if got := x.likeHeading(unitOf(t, x, "gong#4"), askedFor(t, x, "电钻", aside{"梯子", 1, 0})); got != 0 {
		t.Errorf("what is told besides: %v", got)
	}
	plain := library(t, map[string]string{"gong": "工具办法\n第一条 梯子两人同扶。"})
	if got := plain.likeHeading(0, askedFor(t, plain, "梯子")); got != 0 {
		t.Errorf("without a heading: %v", got)
	}
	if got := x.likeHeading(0, askedFor(t, x, "")); got != 0 {
		t.Errorf("without a question: %v", got)
	}
}

// A heading that says the question adds a share of the best score: more to a
// question of three words than to one of four.
func TestByHeadings(t *testing.T) {
	t.Parallel()
	x := library(t, map[string]string{"gong": tools})
	q := askedFor(t, x, "扳手借用")
	ranked := []candidate{{0, 10, 10}, {2, 8, 8}, {3, 7, 7}}
	x.byHeadings(q, ranked)
	if ranked[0] != (candidate{2, 8 + subjectShare*10, 8}) || ranked[1] != (candidate{0, 10, 10}) || ranked[2].score != 7 {
		t.Errorf("few words: %+v", ranked)
	}
	q = askedFor(t, x, "扳手借用条")
	ranked = []candidate{{0, 10, 10}, {2, 8, 8}}
	like := x.likeHeading(2, q)
	if x.byHeadings(q, ranked); math.Abs(ranked[1].score-(8+headingShare*10*like)) > 1e-9 || like == 0 {
		t.Errorf("many words: %+v", ranked)
	}
	x.byHeadings(q, nil)
}

// A search reckons with headings and with what is formal.
func TestHeadingsInSearch(t *testing.T) {
	t.Parallel()
	for text, share := range map[string]float64{
		"【梯子】 梯子两人同扶。": 1 + subjectShare, "梯子两人同扶。": 1, "为了梯子安全，制定本办法。": formalShare,
	} {
		x := library(t, map[string]string{"gong": "工具办法\n第一条 " + text + "\n第二条 电钻加油。\n第三条 扳手归还。"})
		s := x.newScan()
		if err := s.score(t.Context(), askedFor(t, x, "梯子").terms, textFields); err != nil {
			t.Fatal(err)
		}
		found := best(s.inContext(), 1)[0].score
		s.release()
		if res := search(t, x, "梯子"); len(res.Hits) == 0 || math.Abs(res.Hits[0].Score-share*found) > 1e-6 {
			t.Errorf("%s: %+v, want %v times %v", text, res.Hits, share, found)
		}
	}
}

// Where many articles of a rule have a word, it counts for all of them.
func TestLevel(t *testing.T) {
	t.Parallel()
	x := library(t, map[string]string{
		"a": "甲办法\n第一条 甲。\n第二条 乙。\n第三条 丙。\n第四条 丁。\n第五条 戊。",
		"b": "乙办法\n第一条 甲。\n第二条 乙。\n第三条 丙。\n第四条 丁。",
	})
	for _, tt := range []struct {
		name    string
		of      []float32
		touched []uint32
		rules   int // that those are of
		want    []float32
	}{
		{"one of five", []float32{5, 0, 0, 0, 0}, []uint32{0}, 1, []float32{5, 0, 0, 0, 0}},
		{"two of five: 3 parts of 10", []float32{5, 5, 0, 0, 0}, []uint32{0, 1}, 1, []float32{4.1, 4.1, 0.6, 0.6, 0.6}},
		{"three of five: as far as it goes", []float32{5, 5, 0, 0, 5}, []uint32{0, 1, 4}, 1, []float32{3.8, 3.8, 1.8, 1.8, 3.8}},
		{"all", []float32{5, 10, 5, 5, 5}, []uint32{0, 1, 2, 3, 4}, 1, []float32{5.6, 7.6, 5.6, 5.6, 5.6}},
		{"a rule of four", []float32{0, 0, 0, 0, 0, 5, 5, 5, 0}, []uint32{5, 6, 7}, 1, []float32{0, 0, 0, 0, 0, 5, 5, 5, 0}},
		{"both rules", []float32{5, 5, 0, 0, 5, 5, 0, 0, 0}, []uint32{0, 1, 4, 5}, 2, []float32{3.8, 3.8, 1.8, 1.8, 3.8, 5, 0, 0, 0}},
	} {
		s := x.newScan()
		for round := 1; round <= 2; round++ { // the same again, for another term
			if n := s.countRules(tt.touched); n != tt.rules {
				t.Errorf("%s: %d rules, want %d", tt.name, n, tt.rules)
			}
			copy(s.of, tt.of)
			s.into = s.of
			s.touch(tt.touched)
			s.touch(tt.touched) // of another field
			s.level()
			for u, want := range tt.want {
				if got := s.own[u]; math.Abs(float64(got-want*float32(round))) > 1e-5 {
					t.Errorf("%s: article %d has %v, want %v", tt.name, u, got, want*float32(round))
				}
			}
			if len(s.touched) > 0 || slices.Max(s.of) > 0 || &s.into[0] != &s.own[0] {
				t.Errorf("%s: something is left over", tt.name)
			}
		}
		s.release()
	}
}

// Only a question with words enough is levelled.
func TestLevelNeedsWords(t *testing.T) {
	t.Parallel()
	x := library(t, map[string]string{"a": "车辆办法\n第一条 公车甲。\n第二条 公车乙。\n第三条 公车丙。\n第四条 丁。\n第五条 戊。"})
	for question, want := range map[string]bool{"公车": false, "公车甲组": false, "公车甲组员": true} {
		q, err := x.newQuestion(question)
		if err != nil {
			t.Fatal(err)
		}
		s := x.newScan()
		if err := s.score(t.Context(), q.terms, textFields); err != nil {
			t.Fatal(err)
		}
		if got := s.own[3] > 0; got != want {
			t.Errorf("%s: an article without the word scores %v", question, s.own[3])
		}
		s.release()
	}
}

// What a question asks for, and what holds it.
func TestKinds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		question, holds, lacks string
		telling                bool
	}{
		{"几天内报销", "应当在三日内报销", "应当及时报销", false},
		{"补贴的标准", "每人五十元", "按月发放", false},
		{"找谁签字", "由秘书长签字", "应当签字", false},
		{"能不能代签", "不得代签", "签名为准", false},
		{"有没有例外", "确需代签的除外", "签名为准", true},
		{"超标了怎么弄", "超标部分自理", "按标准执行", true},
		{"不交会怎样", "责令改正", "按时上交", true},
	} {
		ks := kindsOf(tt.question)
		if !ks.in(tt.holds) || ks.in(tt.lacks) {
			t.Errorf("%s: %v in %s, %v in %s", tt.question, ks.in(tt.holds), tt.holds, ks.in(tt.lacks), tt.lacks)
		}
		n := len(ks)
		if got := ks.telling().in(tt.holds); got != tt.telling || len(ks) != n {
			t.Errorf("%s: telling %v", tt.question, got)
		}
	}
	if ks := kindsOf("扳手丢了"); len(ks) > 0 || ks.in("不得") {
		t.Errorf("no kind: %v", ks)
	}
}
