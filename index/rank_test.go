package index

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lianwen/corpus"
)

var update = flag.Bool("update", false, "rewrite the goldens in testdata")

func readJudged(t testing.TB, c *corpus.Corpus) []Judged {
	t.Helper()
	return readJudgedFile(t, c, "questions.jsonl")
}

func readJudgedFile(t testing.TB, c *corpus.Corpus, name string) []Judged {
	t.Helper()
	return readJudgedFrom(t, c, "testdata/"+name)
}

func readJudgedFrom(t testing.TB, c *corpus.Corpus, file string) []Judged {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	questions, err := ReadJudged(f, file, c)
	if err != nil {
		t.Fatal(err)
	}
	return questions
}

// The judged questions name articles that exist, and there are as many of each
// class as the figures below are worth.
func TestJudgedQuestions(t *testing.T) {
	t.Parallel()
	c, err := corpus.Open("")
	if err != nil {
		t.Fatal(err)
	}
	atLeast := map[string]int{
		"exact": 60, "number": 50, "colloquial": 160, "typo": 40, "traditional": 30,
		"pinyin": 10, "keyword": 20, "out-of-scope": 40, "near-miss": 20,
	}
	seen, classes := map[string]bool{}, map[string]int{}
	for _, j := range readJudged(t, c) {
		classes[j.Class]++
		if seen[j.Q] {
			t.Errorf("%s: asked twice", j.Q)
		}
		seen[j.Q] = true
	}
	for class, n := range atLeast {
		if classes[class] < n {
			t.Errorf("%d questions of class %s, want at least %d", classes[class], class, n)
		}
	}
}

// TestRanking holds the quality of search on the judged questions: the figures
// as a golden, so that a change shows its gain and loss in the diff, and the
// floors that no update of the golden may go below.
func TestRanking(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	r, err := x.Evaluate(context.Background(), readJudged(t, x.Corpus()), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var missed strings.Builder
	for _, v := range r.Questions {
		if len(v.Want) > 0 && v.Place != 1 {
			fmt.Fprintf(&missed, "%s\t%s\twant %s\tgot %s\n", v.Class, v.Q, strings.Join(v.Want, " "), strings.Join(v.Got, " "))
		}
	}
	holdRanking(t, "rank", r, table(r)+"\n"+missed.String())
}

// The held-out questions were written when search was done, by someone who had
// seen neither the asked-as lines nor the other questions. Nothing is tuned on
// them: what they give is what a new question may expect.
func TestHeldOut(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	r, err := x.Evaluate(context.Background(), readJudgedFile(t, x.Corpus(), "heldout.jsonl"), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	holdRanking(t, "heldout", r, table(r))
}

// table prints the figures by class.
func table(r Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-13s %4s %6s %6s %6s %9s %8s %6s\n", "class", "n", "hit@1", "hit@3", "mrr10", "answered", "choices", "none")
	for _, class := range append(slices.Sorted(maps.Keys(r.Classes)), "") {
		s, name := r.Classes[class], class
		if class == "" {
			s, name = r.Score, "all"
		}
		share := func(k int) float64 { return float64(k) / float64(s.N) }
		fmt.Fprintf(&b, "%-13s %4d %6.3f %6.3f %6.3f %9.3f %8.3f %6.3f\n", name, s.N,
			s.Hit1, s.Hit3, s.MRR10, share(s.Answered), share(s.Choices), share(s.None))
	}
	return b.String()
}

func checkGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	was, is := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for _, line := range was {
		if !slices.Contains(is, line) {
			t.Errorf("- %s", line)
		}
	}
	for _, line := range is {
		if !slices.Contains(was, line) {
			t.Errorf("+ %s", line)
		}
	}
	t.Errorf("%s has changed; if for the better, run with -update", file)
}

// Whatever a judged question returns is what the library's files say, byte for byte.
func TestQuotations(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	files := map[string]string{}
	source := func(file string) string {
		if files[file] == "" {
			raw, err := os.ReadFile("../corpus/library/" + file)
			if err != nil {
				t.Fatal(err)
			}
			files[file] = string(raw)
		}
		return files[file]
	}
	hits := 0
	for _, j := range readJudged(t, x.Corpus()) {
		for _, h := range search(t, x, j.Q).Hits {
			hits++
			a := h.Article
			if want := rawArticle(t, source(a.Rule.File), a); a.Text != want {
				t.Fatalf("%s: %q differs from its file: %q", a.Key(), a.Text, want)
			}
			if !strings.Contains(a.Text, h.Quote) || slices.ContainsFunc(h.Leads, func(l string) bool { return !strings.Contains(a.Text, l) }) || h.Quote == "" {
				t.Fatalf("%s: quotation %q is not in the article", a.Key(), h.Quote)
			}
			if a.Rule.Repealed {
				t.Errorf("%s: repealed text in the results of %q", a.Key(), j.Q)
			}
		}
	}
	if hits < 1000 {
		t.Errorf("only %d hits compared", hits)
	}
}

// rawArticle cuts an article out of its file without the corpus package: from
// its line to the next heading, article or the end, without the heading 【…】 that
// stands behind its number and the asked-as lines between its paragraphs.
func rawArticle(t *testing.T, file string, a *corpus.Article) string {
	t.Helper()
	next := regexp.MustCompile(`^#|^第\p{Han}+条 `)
	if a.Rule.Kind == corpus.Prohibitions {
		next = regexp.MustCompile(`^#|^\p{Han}{1,2}、`)
	}
	lines := strings.Split(file, "\n")[a.Line-1:]
	first := regexp.MustCompile(`^(第\p{Han}+条 |\p{Han}{1,2}、)【[^】]+】 ?`).ReplaceAllString(strings.TrimPrefix(lines[0], "## "), "$1")
	parts := []string{first} // what stands between asked-as lines
	for _, l := range lines[1:] {
		if next.MatchString(l) {
			break
		}
		if strings.HasPrefix(l, "> 问：") {
			parts = append(parts, "")
			continue
		}
		parts[len(parts)-1] += "\n" + l
	}
	for i, p := range parts {
		parts[i] = strings.Trim(p, "\n")
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "\n")
}
