package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lianwen/corpus"
)

func TestReadJudged(t *testing.T) {
	t.Parallel()
	c := small(t, "")
	got, err := ReadJudged(strings.NewReader(`{"q":"公车","want":["章程#3"],"class":"a"}`+"\n\n"+`{"q":"天气","want":[],"class":"b"}`+"\n"), "q.jsonl", c)
	if err != nil || len(got) != 2 || got[0].Want[0] != "章程#3" || got[1].Class != "b" {
		t.Fatalf("%+v, %v", got, err)
	}
	bad := "{\"q\":\n" + `{"q":" ","want":[]}` + "\n" + `{"q":"甲","want":["章程#9","乙#1"]}` + "\n"
	_, err = ReadJudged(strings.NewReader(bad), "q.jsonl", c)
	var problems corpus.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("got %v, want Problems", err)
	}
	want := []string{"q.jsonl:1: 不是一行完整的 JSON", "q.jsonl:2: 没有问题", "q.jsonl:3: want 里的 章程#9", "q.jsonl:3: want 里的 乙#1"}
	if len(problems) != len(want) {
		t.Fatalf("%d problems, want %d:\n%v", len(problems), len(want), problems)
	}
	for i, p := range problems {
		if !strings.HasPrefix(p.String(), want[i]) {
			t.Errorf("got %s, want %s…", p, want[i])
		}
	}
	for _, empty := range []string{"", "\n \n"} {
		if _, err := ReadJudged(strings.NewReader(empty), "q.jsonl", c); !errors.As(err, &problems) {
			t.Errorf("an empty file: %v", err)
		}
	}
	if _, err := ReadJudged(strings.NewReader(strings.Repeat("x", maxJudgedLine+1)), "q.jsonl", c); err == nil || errors.As(err, &problems) {
		t.Errorf("a line without end: %v", err)
	}
}

// Questions about a file that is left out are no mistakes of theirs.
func TestReadJudgedLeftOut(t *testing.T) {
	t.Parallel()
	c, err := corpus.Read(fstest.MapFS{"章程.txt": {Data: []byte("试验章程\n第一条 甲。\n")}, "办法.txt": {Data: []byte("\xb5\xda")}})
	if err != nil {
		t.Fatal(err)
	}
	gone := `{"q":"乙","want":["章程#1","办法#1"],"shows":["乙"]}` + "\n"
	got, err := ReadJudged(strings.NewReader(gone+`{"q":"甲","want":["章程#1"]}`), "q.jsonl", c)
	if err != nil || len(got) != 1 || got[0].Q != "甲" {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := ReadJudged(strings.NewReader(gone), "q.jsonl", c); err != nil || len(got) != 0 {
		t.Errorf("only such: %+v, %v", got, err)
	}
	if _, err := ReadJudged(strings.NewReader(`{"q":"甲","want":["章程#1"],"shows":["乙"]}`), "q.jsonl", c); err == nil {
		t.Error("a mistake about a file that is used is one all the same")
	}
}

// The figures by hand: four questions with a want at places 1, 2, 11 and none,
// one of them with two wants, and two that want nothing.
func TestScore(t *testing.T) {
	t.Parallel()
	s := score([]Verdict{
		{Want: []string{"a"}, Place: 1, Outcome: "answered", recall: 1},
		{Want: []string{"a", "b"}, Place: 2, Outcome: "choices", recall: 0.5},
		{Want: []string{"a"}, Place: 11, Outcome: "none", recall: 1},
		{Want: []string{"a"}, Outcome: "answered"},
		{Outcome: "answered"},
		{Outcome: "none"},
	})
	want := Score{
		N: 6, Hit1: 0.25, Hit3: 0.5, MRR10: 1.5 / 4, Recall100: 2.5 / 4,
		OutOfScope: 2, AnsweredWrong: 1, RefusedWrong: 1, Answered: 3, Choices: 1, None: 2,
	}
	if s != want {
		t.Errorf("got  %+v\nwant %+v", s, want)
	}
	if s := score(nil); s != (Score{}) {
		t.Errorf("of nothing: %+v", s)
	}
}

// What half and ninety-nine in a hundred questions took at most.
func TestReportTimes(t *testing.T) {
	t.Parallel()
	var r Report
	for i := range 200 {
		r.Questions = append(r.Questions, Verdict{took: time.Duration(i*7%200) * time.Millisecond}) // each of 0…199 once
	}
	r.sum()
	if r.P50 != 100 || r.P99 != 198 {
		t.Errorf("p50 %v, p99 %v", r.P50, r.P99)
	}
}

// Bulk data holds articles more than once: one of them is shown, and any of
// them is as good as the one that was wanted.
func TestCopies(t *testing.T) {
	t.Parallel()
	line := func(id, title, text string) string {
		return fmt.Sprintf(`{"id":"%s","title":"%s","text":"%s"}`+"\n", id, title, text)
	}
	c, err := corpus.Read(fstest.MapFS{"fa.jsonl": {Data: []byte(
		line("a", "试验法第一条", "公车不得私用。") + line("b", "试验法第一条", "公车不得私用。") + line("c", "另一法第一条", "公车不得私用。") +
			line("d", "试验法第二条", "公车不得私用。") + line("e", "试验法第一条", "公车不得私用，违者通报。"))}})
	if err != nil {
		t.Fatal(err)
	}
	x := openIndex(t, c)
	res, err := x.Search(context.Background(), Query{Text: "公车私用", Depth: 10})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range res.Ranked {
		got = append(got, a.Key())
	}
	if slices.Sort(got); !slices.Equal(got, []string{"a", "c", "d", "e"}) {
		t.Errorf("got %v: a and b are one, the others differ from it in a rule, a number, a text", got)
	}
	r, err := x.Evaluate(context.Background(), []Judged{{Q: "公车私用", Want: []string{"b", "a"}}, {Q: "公车私用", Want: []string{"b", "e"}}}, nil, nil)
	if err != nil || r.Recall100 != 1 || r.Questions[0].Place == 0 {
		t.Errorf("recall %v, places %+v, %v", r.Recall100, r.Questions, err)
	}
}

func TestEvaluate(t *testing.T) {
	t.Parallel()
	x := openIndex(t, small(t, ""))
	asked := 0
	r, err := x.Evaluate(context.Background(), []Judged{
		{Q: "公车能不能私用", Want: []string{"章程#3"}, Class: "a"},
		{Q: "试验章程第二条", Want: []string{"章程#2"}, Class: "a"},
		{Q: "红烧肉怎么烧", Class: "b"},
	}, nil, func(done, total int) { asked = done*10 + total })
	if err != nil {
		t.Fatal(err)
	}
	if asked != 33 || r.N != 3 || r.Hit1 != 1 || r.Recall100 != 1 || r.AnsweredWrong != 0 || r.Classes["a"].N != 2 || r.Classes["b"].OutOfScope != 1 {
		t.Errorf("progress %d, %+v", asked, r)
	}
	if v := r.Questions[0]; v.Place != 1 || v.Got[0] != "章程#3" || v.took <= 0 {
		t.Errorf("%+v", v)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Evaluate(ctx, []Judged{{Q: "公车能不能私用"}}, nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestBest(t *testing.T) {
	t.Parallel()
	scores := make([]float32, 1000)
	for i := range scores {
		scores[i] = float32((i * 7919) % 1000) // each of 0…999 once
	}
	scores[500] = 999 // as good as another, which one stands first is the library's order
	got := best(scores, 20)
	if len(got) != 20 {
		t.Fatalf("%d candidates", len(got))
	}
	for i := 1; i < len(got); i++ {
		if a, b := got[i-1], got[i]; a.score < b.score || a.score == b.score && a.unit > b.unit {
			t.Errorf("%v before %v", a, b)
		}
	}
	if got[0].score != 999 || got[1].score != 999 || got[19].score < 980 {
		t.Errorf("not the best: %v", got)
	}
	if got := best([]float32{0, 0, 1}, 5); len(got) != 1 || got[0].unit != 2 {
		t.Errorf("articles without a score: %v", got)
	}
}

// The rules that are worth a look are those of the best articles, each once.
func TestNearestRules(t *testing.T) {
	t.Parallel()
	x := openIndex(t, titled(t, "甲办法", "乙办法", "丙办法", "丁办法"))
	ranked := []candidate{{unit: 2}, {unit: 0}, {unit: 2}, {unit: 3}, {unit: 1}}
	for n := 1; n <= 5; n++ {
		var want []*corpus.Rule
		for _, u := range []int{2, 0, 3, 1}[:min(n, 4)] {
			want = append(want, x.units[u].Rule)
		}
		if got := x.nearestRules(ranked, n); !slices.Equal(got, want) {
			t.Errorf("%d: got %v, want %v", n, got, want)
		}
	}
	res := search(t, x, "红烧肉的做法")
	if res.Outcome != None || len(res.Nearest) != maxNearest {
		t.Errorf("%v, %d rules near it, want %d", res.Outcome, len(res.Nearest), maxNearest)
	}
}

func TestTopMean(t *testing.T) {
	t.Parallel()
	if got := topMean([]float32{10}); got != 1 {
		t.Errorf("one article of ten: %v", got)
	}
	if got := topMean([]float32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 0}); got != 7.5 {
		t.Errorf("the ten best of 1…12: %v, want 7.5", got)
	}
}

// What the best article of a rule scores helps the others of that rule that
// were found, never one that was not.
func TestInContext(t *testing.T) {
	t.Parallel()
	x := openIndex(t, small(t, ""))
	x.params.rule, x.params.neighbour = 0.5, 0.1
	inContext := func(own ...float32) []float32 {
		s := x.newScan()
		copy(s.own, own)
		return s.inContext()
	}
	got := inContext(4, 0, 2)
	mean := float32(4.0+2.0) / 10
	for u, want := range []float32{4 + 0.5*mean, 0, 2 + 0.5*mean} { // the neighbours of both scored nothing
		if diff := got[u] - want; diff > 1e-5 || diff < -1e-5 {
			t.Errorf("article %d: %v, want %v", u, got[u], want)
		}
	}
	if got := inContext(4, 1, 0); got[1] <= 1+0.5*0.5 {
		t.Errorf("a neighbour adds nothing: %v", got)
	}
}

func TestQuestionTerms(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	byText := map[string]term{}
	for _, tm := range x.questionTerms(fold("请问公车公车什么时候能用")) {
		if _, twice := byText[tm.text]; twice {
			t.Errorf("%s stands twice", tm.text)
		}
		byText[tm.text] = tm
	}
	if got := byText["公车"]; got.share != 2 || got.scaffold || got.synonym {
		t.Errorf("公车, said twice: %+v", got)
	}
	if got := byText["什么"]; !got.scaffold || got.synonym {
		t.Errorf("什么, of the asking: %+v", got)
	}
	if got := byText["用车"]; !got.synonym || got.share >= 1 {
		t.Errorf("用车, out of a synonym of 公车: %+v", got)
	}
	if !byText["公"].single() || byText["公车"].single() {
		t.Error("single characters are mistaken")
	}
}

func TestSoundTerms(t *testing.T) {
	t.Parallel()
	if got := strings.Join(soundTerms("提案 tian"), " "); got != "tian iant anti ntia tian" {
		t.Errorf("got %s", got)
	}
	for _, s := range []string{"", "的", "a1b", "，。"} {
		if got := soundTerms(s); got != nil {
			t.Errorf("%q: %v", s, got)
		}
	}
}
