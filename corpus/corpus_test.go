package corpus

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// lib builds a library out of path, content, path, content, …
func lib(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

// bodyLine1 is the line of a file made by rule or repealed on which body begins.
const bodyLine1 = 7

func rule(id, title, body string) string {
	return "+++\nid = \"" + id + "\"\ntitle = \"" + title + "\"\neffective = 2026-02-01\nstatus = \"in-force\"\n+++\n" + body
}

func repealed(id, title, effective, body string) string {
	return "+++\nid = \"" + id + "\"\ntitle = \"" + title + "\"\neffective = " + effective + "\nstatus = \"repealed\"\n+++\n" + body
}

// small is a rule for libraries whose point is another file.
var small = rule("jia", "甲办法", "第一条 甲一。\n第二条 甲二。\n第三条 甲三。\n")

func mustRead(t *testing.T, fsys fs.FS) *Corpus {
	t.Helper()
	c, err := Read(fsys)
	if err != nil {
		t.Fatalf("the library is refused:\n%v", err)
	}
	return c
}

// readOne reads a library of one file and returns its rule.
func readOne(t *testing.T, file, src string) *Rule {
	t.Helper()
	c := mustRead(t, lib(file, src))
	if len(c.Rules) != 1 {
		t.Fatalf("%d rules, want 1", len(c.Rules))
	}
	return c.Rules[0]
}

// problemsOf reads a library that has to be refused.
func problemsOf(t *testing.T, fsys fs.FS) Problems {
	t.Helper()
	c, err := Read(fsys)
	var ps Problems
	if !errors.As(err, &ps) {
		t.Fatalf("Read = %v, want Problems", err)
	}
	if c != nil {
		t.Error("a refused library must not be handed out as well")
	}
	return ps
}

// wantProblems compares ps, in order and in full, with "where|part of what".
func wantProblems(t *testing.T, ps Problems, want ...string) {
	t.Helper()
	if len(ps) != len(want) {
		t.Errorf("%d problems, want %d", len(ps), len(want))
	}
	for i, p := range ps {
		if p.What == "" || p.Fix == "" {
			t.Errorf("%s: a problem must say what is wrong and what to do: %+v", p.Where(), p)
		}
		if i >= len(want) {
			t.Errorf("not expected: %v", p)
			continue
		}
		where, what, _ := strings.Cut(want[i], "|")
		if p.Where() != where || !strings.Contains(p.What, what) {
			t.Errorf("problem %d:\n got %v\nwant %s: …%s…", i, p, where, what)
		}
	}
}

// labels and texts lay out a rule's articles for comparison.
func labels(r *Rule) string {
	var out []string
	for _, a := range r.Articles {
		out = append(out, a.Label)
	}
	return strings.Join(out, " ")
}

func text(t *testing.T, r *Rule, number string) string {
	t.Helper()
	return article(t, r, number).Text
}

func article(t *testing.T, r *Rule, number string) *Article {
	t.Helper()
	cite, err := ParseCite("x#" + number)
	if err != nil {
		t.Fatal(err)
	}
	a := r.Article(cite.Number)
	if a == nil {
		t.Fatalf("no article %s among %s", number, labels(r))
	}
	return a
}
