package index

import (
	"math"
	"slices"
	"testing"
	"testing/fstest"

	"lianwen/corpus"
)

// scored are the terms of a question with the idf that scoring sets.
func scored(t *testing.T, x *Index, q string) []term {
	t.Helper()
	ts := x.questionTerms(fold(q))
	s := x.newScan()
	defer s.release()
	p := lists(t, x)
	for i := range ts {
		if _, err := s.find(p, &ts[i], textFields); err != nil {
			t.Fatal(err)
		}
	}
	return ts
}

func TestLines(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	t.Run("a line and a question", func(t *testing.T) { likeQuestion(t, x) })
	t.Run("a line and itself", func(t *testing.T) { likeItself(t, x) })
	t.Run("the two closest lines", func(t *testing.T) { likeTheTwoClosest(t, x) })
	t.Run("articles not looked at", func(t *testing.T) { leaveTheRest(t, x) })
}

// A line is like a question from 0 to 1: as like as can be when it says the
// same, less when it says more or something else.
func likeQuestion(t *testing.T, x *Index) {
	ts := scored(t, x, "提案什么时候截止")
	order := []struct {
		line string
		like float64
	}{
		{line: "提案什么时候截止"},
		{line: "提案啥时候截止"},
		{line: "今年的提案什么时候截止，过了日子还能不能再交"},
		{line: "提案由谁办理"},
		{line: "公务用车归谁管"},
	}
	for i := range order {
		order[i].like = likeTo(ts).line(newLine(fold(order[i].line)))
		if i > 0 && order[i].like >= order[i-1].like {
			t.Errorf("%s: %.3f, not less than %s: %.3f", order[i].line, order[i].like, order[i-1].line, order[i-1].like)
		}
	}
	if same := order[0].like; math.Abs(same-1) > 1e-9 {
		t.Errorf("the question itself: %v, want 1", same)
	}
	if other := order[len(order)-1].like; other != 0 {
		t.Errorf("a line without a term in common: %v, want 0", other)
	}
	for _, q := range []string{"", "，。"} {
		if got := likeTo(scored(t, x, q)).line(newLine("提案什么时候截止")); got != 0 {
			t.Errorf("question %q: %v, want 0", q, got)
		}
	}
	if got := likeTo(ts).line(newLine("")); got != 0 {
		t.Errorf("an empty line: %v, want 0", got)
	}
}

// Every asked-as line of the library, taken for a question, stays within bounds
// with all lines of its article, and is nearly 1 with itself: characters that
// it says twice count as one.
func likeItself(t *testing.T, x *Index) {
	sum, n := 0.0, 0
	for u := 0; u < len(x.units); u += 7 {
		for i, line := range x.lines(u) {
			if i%5 != 0 {
				continue
			}
			ts := scored(t, x, line.text)
			self := likeTo(ts).line(line)
			if self < 0.7 {
				t.Errorf("%s with itself: %.3f", line.text, self)
			}
			sum, n = sum+self, n+1
			for _, other := range x.lines(u) {
				if like := likeTo(ts).line(other); like < 0 || like > 1+1e-9 || math.IsNaN(like) {
					t.Errorf("%s with %s: %v", line.text, other.text, like)
				}
			}
		}
	}
	if n < 300 || sum/float64(n) < 0.95 {
		t.Errorf("%d lines, with themselves %.3f on average", n, sum/float64(n))
	}
}

// One line that says the question is worth half of two that do.
func likeTheTwoClosest(t *testing.T, x *Index) {
	ts := scored(t, x, "提案什么时候截止")
	same, near := "提案什么时候截止", "提案啥时候截止"
	for _, tt := range []struct {
		lines []string
		want  float64
	}{
		{nil, 0},
		{[]string{same}, 0.5},
		{[]string{same, "公务用车", same}, 1},
		{[]string{near, same}, (1 + likeTo(ts).line(newLine(near))) / 2},
		{[]string{same, "公务用车", near}, (1 + likeTo(ts).line(newLine(near))) / 2},
	} {
		if got := likeTo(ts).lines(folded(tt.lines)); math.Abs(got-tt.want) > 1e-9 {
			t.Errorf("%v: %v, want %v", tt.lines, got, tt.want)
		}
	}
}

// Words in different lines of an article have not been said at once: the
// article that has them in one line goes before.
func TestByLines(t *testing.T) {
	t.Parallel()
	c, err := corpus.Read(fstest.MapFS{"kao.md": {Data: []byte(
		"+++\nid=\"kao\"\ntitle=\"考勤办法\"\neffective=2026-02-01\nstatus=\"in-force\"\n+++\n" +
			"第一条 甲。\n> 问：周末来单位要登记吗\n> 问：公车坏了找谁\n\n第二条 乙。\n> 问：周末公车找谁登记\n\n第三条 丙。\n> 问：食堂几点开门\n")}})
	if err != nil {
		t.Fatal(err)
	}
	x := openIndex(t, c)
	ts := scored(t, x, "周末公车找谁登记")
	given := func() []candidate {
		return []candidate{{unit: 0, score: 10, matched: 10}, {unit: 1, score: 9, matched: 9}, {unit: 2, score: 8, matched: 8}}
	}
	order := func(ranked []candidate) (out []int) {
		for _, c := range ranked {
			out = append(out, c.unit)
		}
		return out
	}
	ranked := given()
	x.byLines(likeTo(ts), ranked)
	if got := order(ranked); !slices.Equal(got, []int{1, 0, 2}) {
		t.Errorf("order %v", got)
	}
	// half of the best score at most, for two lines that say just this
	if top := ranked[0]; top.score != 9+x.params.lines*10*0.5 || top.matched != 9 {
		t.Errorf("the best: %+v", top)
	}
	if last := ranked[2]; last.score != 8 {
		t.Errorf("without a line like it: %+v", last)
	}
	x.params.lines = 0
	ranked = given()
	x.byLines(likeTo(ts), ranked)
	if !slices.Equal(ranked, given()) {
		t.Errorf("lines that do not count change %v", ranked)
	}
	x.byLines(likeTo(ts), nil)
}

// Below those whose lines are read nothing changes, and they do not move up.
func leaveTheRest(t *testing.T, x *Index) {
	ts := scored(t, x, "提案什么时候截止")
	s := x.newScan()
	defer s.release()
	if err := s.score(t.Context(), ts, textFields); err != nil {
		t.Fatal(err)
	}
	before := best(s.own, 2*linesLooked)
	after := slices.Clone(before)
	x.byLines(likeTo(ts), after)
	if !slices.Equal(after[linesLooked:], before[linesLooked:]) || slices.Equal(after[:linesLooked], before[:linesLooked]) {
		t.Errorf("before %v\nafter %v", before, after)
	}
	for i, c := range after[1:] {
		if c.score > after[i].score {
			t.Errorf("%v after %v", c, after[i])
		}
	}
}

// folded are lines as they are compared.
func folded(texts []string) []line {
	var out []line
	for _, text := range texts {
		out = append(out, newLine(fold(text)))
	}
	return out
}

// Lines that were approved later find an article, and the part they are for, as those
// do that stand in its file.
func TestApprovedLines(t *testing.T) {
	t.Parallel()
	const rule = "+++\nid=\"jia\"\ntitle=\"场馆办法\"\neffective=2026-02-01\nstatus=\"in-force\"\n+++\n第一条 器材由秘书处保管。\n第二条 入场应当刷卡。\n有下列情形的不予入场：\n（一）证件过期；\n（二）携带宠物。\n第三条 闭馆以后断电。\n"
	for asked, want := range map[string]string{"": "", "[2:2.2]\n狗狗跟着进去行不行\n": "（二）携带宠物。", "[2:1]\n狗狗跟着进去行不行\n": "入场应当刷卡。"} {
		c, err := corpus.Read(fstest.MapFS{"jia.md": {Data: []byte(rule)}, "asked/jia.txt": {Data: []byte(asked)}})
		if err != nil {
			t.Fatal(err)
		}
		res, err := openIndex(t, c).Search(t.Context(), Query{Text: "狗狗能跟着进去吗"})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if res.Outcome == Answered {
			got = res.Hits[0].Quote
		}
		if got != want {
			t.Errorf("%q: %v %q, want %q", asked, res.Outcome, got, want)
		}
	}
}
