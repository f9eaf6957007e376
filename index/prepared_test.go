package index

import (
	"context"
	"fmt"
	"hash/fnv"
	"strings"
	"testing"

	"lianwen/corpus"
)

// prepared is the sample with asked-as lines for those articles only that keep says.
func prepared(t *testing.T, name string, keep func(a *corpus.Article) bool) *corpus.Corpus {
	t.Helper()
	c, err := corpus.Open("")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range c.Rules {
		for _, a := range r.Articles {
			if !keep(a) {
				unasked(a)
			}
		}
	}
	c.Digest = name + c.Digest
	return c
}

func unasked(a *corpus.Article) {
	a.AskedAs = nil
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		p.AskedAs = nil
		for k := range p.Items {
			p.Items[k].AskedAs = nil
		}
	}
}

// drawn tells by its hash whether a text is among a share of all.
func drawn(text string, share float64) bool {
	h := fnv.New32a()
	h.Write([]byte(text))
	return float64(h.Sum32()%1000) < 1000*share
}

// A library may have lines for some articles and none for others. Questions about
// those without find them as they did before any line was written; those with gain by
// them all the same.
func TestHalfPrepared(t *testing.T) {
	t.Parallel()
	full := openSample(t)
	bare := openIndex(t, prepared(t, "bare", func(*corpus.Article) bool { return false }))
	judged := append(readJudged(t, full.Corpus()), readJudgedFile(t, full.Corpus(), "heldout.jsonl")...)
	ways := []struct {
		name string
		of   func(a *corpus.Article) string
	}{{"by rule", func(a *corpus.Article) string { return "rule " + a.Rule.ID }}, {"at random", (*corpus.Article).Key}}
	var rows strings.Builder
	fmt.Fprintf(&rows, "%-9s %5s  %4s %13s %13s %13s  %4s %13s %13s\n", "lines for", "share", "n", "without lines", "so", "all have", "n", "before", "so")
	for _, way := range ways {
		for _, share := range []float64{0.1, 0.25, 0.5} {
			keep := func(a *corpus.Article) bool { return drawn(way.of(a), share) }
			half := openIndex(t, prepared(t, fmt.Sprint(way.name, share), keep))
			var with, without []Judged
			for _, j := range judged {
				switch has := asksFor(half, j); {
				case len(j.Want) == 0 || j.Class == "pinyin" || j.Class == "number": // never by lines
				case has:
					with = append(with, j)
				default:
					without = append(without, j)
				}
			}
			before, after := measure(t, bare, without), measure(t, half, without)
			least, gained, most := measure(t, bare, with), measure(t, half, with), measure(t, full, with)
			fmt.Fprintf(&rows, "%-9s %5.2f  %4d %13s %13s %13s  %4d %13s %13s\n", way.name, share, len(with), hits(least), hits(gained), hits(most), len(without), hits(before), hits(after))
			if after.Hit1 < before.Hit1-0.02 || after.Hit3 < before.Hit3-0.02 {
				t.Errorf("%s, %.2f: of articles without lines %s, before there were any %s", way.name, share, hits(after), hits(before))
			}
			if gained.Hit1 < least.Hit1+0.45*(most.Hit1-least.Hit1) {
				t.Errorf("%s, %.2f: of articles with lines %s, without %s, when all have them %s", way.name, share, hits(gained), hits(least), hits(most))
			}
		}
	}
	checkGolden(t, "testdata/prepared.golden", rows.String())
}

// asksFor reports whether an article that a question wants has lines.
func asksFor(x *Index, j Judged) bool {
	for _, key := range j.Want {
		if a := x.Corpus().Article(key); a != nil && len(a.AskedAs) > 0 {
			return true
		}
	}
	return false
}

func measure(t *testing.T, x *Index, questions []Judged) Score {
	t.Helper()
	r, err := x.Evaluate(context.Background(), questions, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.Score
}

func hits(s Score) string { return fmt.Sprintf("%.3f / %.3f", s.Hit1, s.Hit3) }
