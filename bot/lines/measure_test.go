package lines

import (
	"io/fs"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lianwen/corpus"
	"lianwen/index"
)

var inline = regexp.MustCompile(`(?m)^> 问：.*\n`)

// thinned is the sample with every nth of its asked-as lines; 0 for none.
func thinned(t *testing.T, nth int) *index.Index {
	t.Helper()
	out, n := fstest.MapFS{}, 0
	err := fs.WalkDir(corpus.Sample(), "rules", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(corpus.Sample(), p)
		out[p] = &fstest.MapFile{Data: inline.ReplaceAllFunc(raw, func(line []byte) []byte {
			if n++; nth > 0 && n%nth == 0 {
				return line
			}
			return nil
		})}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return indexOf(t, out)
}

func indexOf(t *testing.T, library fs.FS) *index.Index {
	t.Helper()
	c, err := corpus.Read(library)
	if err != nil || len(c.Faults) > 0 {
		t.Fatal(err, c.Faults)
	}
	x, err := index.Open(t.Context(), t.TempDir(), c, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return x
}

// setApart proposes lines of every nth article of the sample, eight at a time as a model
// does, for the article that to makes of it, and returns how many in 100 are set apart,
// also by reason.
func setApart(t *testing.T, x *index.Index, nth int, to func(a *corpus.Article) *corpus.Article) (share float64, reasons map[string]float64) {
	t.Helper()
	full, err := corpus.Open("")
	if err != nil {
		t.Fatal(err)
	}
	check, all, apart, n := NewChecker(x), 0, 0, 0
	counts := map[string]int{}
	for _, r := range full.Rules {
		for _, a := range r.Articles {
			if n++; r.Repealed || n%nth != 0 {
				continue
			}
			own := x.Corpus().Article(a.Key())
			given := to(own)
			if given == nil {
				continue
			}
			var lines []Line
			for _, l := range a.AskedAs {
				if len(lines) < 8 && !slices.Contains(own.Lines(), l) {
					lines = append(lines, Line{Text: l})
				}
			}
			why, err := check.Check(t.Context(), given, lines)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range why {
				if all++; w != "" {
					apart++
					counts[reason(w)]++
				}
			}
		}
	}
	reasons = map[string]float64{}
	for why, n := range counts {
		reasons[why] = math.Round(1000*float64(n)/float64(all)) / 10
	}
	return 100 * float64(apart) / float64(all), reasons
}

// reason is the part of a reason that it has in common with others.
func reason(why string) string {
	for _, part := range []string{"合起来更像", "更像", "差不多", "条文里没有的", "条文里没有", "照抄", "太短", "太长", "没有说"} {
		if strings.Contains(why, part) {
			return part
		}
	}
	return why
}

// The sample's own lines are taken for right: few of them are set apart, many of those
// given to another article. The bounds are what was measured, and a little.
func TestShareSetApart(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads the sample twice")
	}
	own := func(a *corpus.Article) *corpus.Article { return a }
	next := func(a *corpus.Article) *corpus.Article { return a.Neighbour(1) }
	for nth, most := range map[int]float64{0: 6, 3: 6} {
		x := thinned(t, nth)
		elsewhere := func(a *corpus.Article) *corpus.Article {
			rules, _ := x.Corpus().RulesInForce()
			other := rules[(slices.Index(rules, a.Rule)+7)%len(rules)]
			return other.Articles[len(a.Text)%len(other.Articles)]
		}
		share, reasons := setApart(t, x, measured, own)
		t.Logf("one of %d lines kept: own article %.1f%% %v", nth, share, reasons)
		if share > most {
			t.Errorf("%.1f%% of the right lines are set apart", share)
		}
		for name, tt := range map[string]struct {
			to    func(*corpus.Article) *corpus.Article
			least float64
		}{"next article": {next, 52}, "another rule": {elsewhere, 97}} {
			share, reasons := setApart(t, x, measured, tt.to)
			t.Logf("one of %d lines kept: %s %.1f%% %v", nth, name, share, reasons)
			if share < tt.least {
				t.Errorf("%s: %.1f%% are set apart", name, share)
			}
		}
	}
}

// measured is which articles of the sample are looked at: every 10th.
const measured = 10
