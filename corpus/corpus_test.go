package corpus

import (
	"errors"
	"io/fs"
	"slices"
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
	if len(c.Faults) > 0 || len(c.LeftOut) > 0 {
		t.Fatalf("something is left out, %v:\n%v", c.LeftOut, c.Faults)
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

// problemsOf reads a library in which something has to be mended, and returns
// what: the reason why it is refused, or the faults of a corpus that can be used.
func problemsOf(t *testing.T, fsys fs.FS) Problems {
	t.Helper()
	return problemsIn(t)(Read(fsys))
}

// problemsIn returns what has to be mended of what Read or Open returned.
func problemsIn(t *testing.T) func(c *Corpus, err error) Problems {
	t.Helper()
	return func(c *Corpus, err error) Problems {
		t.Helper()
		var ps Problems
		switch {
		case err == nil:
			if len(c.Faults) == 0 {
				t.Fatal("nothing has to be mended")
			}
			wantSound(t, c)
			return c.Faults
		case !errors.As(err, &ps):
			t.Fatalf("Read = %v, want Problems", err)
		case c != nil:
			t.Error("a refused library must not be handed out as well")
		}
		return ps
	}
}

// wantSound checks what everybody relies on, whatever was left out: all there
// is can be asked, told and cited.
func wantSound(t *testing.T, c *Corpus) {
	t.Helper()
	var cites []Cite
	for _, r := range c.Rules {
		if len(r.Articles) == 0 || slices.Contains(c.LeftOut, r.File) && !r.kept {
			t.Errorf("%s is used: %d articles, left out %v", r.File, len(r.Articles), c.LeftOut)
		}
		for _, a := range r.Articles {
			if c.Article(a.Key()) != a && !r.bulk {
				t.Errorf("%s of %s does not lead back to it", a.Key(), r.File)
			}
			for _, ref := range a.Refs {
				if ref.Target != nil && c.Article(ref.Target.Key()) != ref.Target {
					t.Errorf("%s refers to what is not there: %s", a.Key(), ref.Text)
				}
			}
		}
	}
	for _, s := range c.Stories {
		cites = append(cites, s.Cites...)
	}
	for _, n := range c.Notices {
		cites = append(cites, n.Cites...)
	}
	for _, k := range c.Cases {
		cites = append(cites, k.Cites...)
	}
	for _, q := range c.Questions {
		if cites = append(cites, q.Cites...); len(q.Cites) == 0 || q.Answer < 0 || q.Answer >= len(q.Options) {
			t.Errorf("question %s is used: %+v", q.ID, q)
		}
	}
	for _, cite := range cites {
		if c.Resolve(cite) == nil {
			t.Errorf("%s leads nowhere", cite)
		}
	}
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
