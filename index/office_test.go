package index

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lianwen/corpus"
)

// An office's own texts and questions about them, which are not ours to keep here:
// a folder with library/ and dev.jsonl.
const officeVariable = "LIANWEN_TEST_OFFICE"

// office is the office's library with the lines of testdata/drafted for those articles
// that keep says. They were drafted from the articles alone by somebody who had not
// seen the questions.
func office(t *testing.T, keep func(a *corpus.Article) bool) *corpus.Corpus {
	t.Helper()
	files := fstest.MapFS{}
	add := func(from, to string) {
		entries, err := os.ReadDir(from)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			raw, err := os.ReadFile(filepath.Join(from, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			files[to+e.Name()] = &fstest.MapFile{Data: raw, Mode: fs.ModePerm}
		}
	}
	add(filepath.Join(os.Getenv(officeVariable), "library"), "")
	add("testdata/drafted", "asked/")
	c, err := corpus.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	kept := 0
	for _, r := range c.Rules {
		for _, a := range r.Articles {
			if !keep(a) {
				a.Approved = nil
			} else if len(a.Approved) > 0 {
				kept++
			}
		}
	}
	c.Digest = fmt.Sprintf("%04d", kept) + c.Digest
	return c
}

// TestOffice measures what a library of an office's own gains at each step: nothing
// prepared, over the bridge, with lines for some and for all articles.
func TestOffice(t *testing.T) {
	if os.Getenv(officeVariable) == "" {
		t.Skip("set " + officeVariable + " to a folder with library/ and dev.jsonl")
	}
	bridge := openIndex(t, corpus.Bridge())
	bare := openIndex(t, office(t, func(*corpus.Article) bool { return false }))
	judged := readJudgedFrom(t, bare.Corpus(), filepath.Join(os.Getenv(officeVariable), "dev.jsonl"))
	t.Log("\n" + table(report(t, bare, judged)))
	bare.bridge = bridge
	before := report(t, bare, judged)
	t.Log("over the bridge\n" + table(before))
	if s := before.Classes["colloquial"]; s.Hit1 < 0.42 || s.Hit3 < 0.62 || before.RefusedWrong*10 > before.N-before.OutOfScope || before.QuotedWrong*20 > before.N {
		t.Errorf("colloquial %s, refused %d, quoted wrong %d", hits(s), before.RefusedWrong, before.QuotedWrong)
	}
	ways := map[string]func(a *corpus.Article) string{"rule ": func(a *corpus.Article) string { return "rule " + a.Rule.ID }, "": (*corpus.Article).Key}
	for _, way := range []string{"rule ", ""} {
		for _, share := range []float64{0.1, 0.25, 0.5, 1} {
			x := openIndex(t, office(t, func(a *corpus.Article) bool { return drawn(ways[way](a), share) }))
			x.bridge = bridge
			var with, without []Judged
			for _, j := range judged {
				switch {
				case len(j.Want) == 0 || j.Class != "colloquial":
				case slices.ContainsFunc(j.Want, func(key string) bool { return len(x.Corpus().Article(key).Approved) > 0 }):
					with = append(with, j)
				default:
					without = append(without, j)
				}
			}
			t.Logf("lines for %.2f by %s\tof articles with lines %d: %s, before %s\twithout %d: %s, before %s", share, strings.TrimSpace(way+"draw"),
				len(with), hits(measure(t, x, with)), hits(measure(t, bare, with)), len(without), hits(measure(t, x, without)), hits(measure(t, bare, without)))
			if share == 1 {
				t.Log("lines for all\n" + table(report(t, x, judged)))
			}
		}
	}
}
