package proof

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"lianwen/corpus"
)

const today = "2026-11-28"

// rule is a rule file; body begins on its line 7.
func rule(id, title, body string) string {
	return "+++\nid = \"" + id + "\"\ntitle = \"" + title + "\"\neffective = 2026-02-01\nstatus = \"in-force\"\n+++\n" + body
}

func story(id, period, text string, cites ...string) string {
	return "+++\nid = \"" + id + "\"\ntitle = \"故事\"\nperiod = \"" + period + "\"\nsource = \"书\"\ncites = [" + quoted(cites) + "]\n+++\n" + text + "\n"
}

func notice(id, text string, cites ...string) string {
	return "+++\nid = \"" + id + "\"\nfestival = \"中秋\"\naudience = \"全体\"\ncites = [" + quoted(cites) + "]\n+++\n" + text + "\n"
}

func caseOf(id, text string, cites ...string) string {
	return "+++\nid = \"" + id + "\"\ntitle = \"案例\"\ncites = [" + quoted(cites) + "]\n+++\n" + text + "\n"
}

// question has its key in front: what it is right by is on the letter.
func question(id, text, answer, explanation, cite string, options ...string) string {
	return fmt.Sprintf("[[question]]\nid = %q\ntext = %q\noptions = [%s]\nanswer = %q\nexplanation = %q\ncites = [%q]\n", id, text, quoted(options), answer, explanation, cite)
}

func quoted(list []string) string {
	var out []string
	for _, s := range list {
		out = append(out, fmt.Sprintf("%q", s))
	}
	return strings.Join(out, ", ")
}

// checked checks a library of path, content, path, content, ….
func checked(t *testing.T, pairs ...string) Report {
	t.Helper()
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	c, err := corpus.Read(fsys)
	if err != nil {
		t.Fatalf("the library is refused:\n%v", err)
	}
	if len(c.Faults) > 0 {
		t.Fatalf("something is left out:\n%v", c.Faults)
	}
	return Check(c, fsys, today)
}

// want compares findings, in order and in full, with "kind where file:line part of what".
// A doubtful one has a ? before its kind.
func want(t *testing.T, got []Finding, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d findings, want %d", len(got), len(want))
	}
	for i, f := range got {
		if f.What == "" || f.Fix == "" {
			t.Errorf("a finding must say what is wrong and what to do: %+v", f)
		}
		said := fmt.Sprintf("%s %s %s:%d %s", f.Kind, f.Where, f.File, f.Line, f.What)
		if !f.Must {
			said = "?" + said
		}
		if i >= len(want) {
			t.Errorf("not expected: %s", said)
			continue
		}
		place, part, _ := strings.Cut(want[i], "|")
		if !strings.HasPrefix(said, place+" ") || !strings.Contains(f.What, part) {
			t.Errorf("finding %d:\n got %s\nwant %s … %s", i, said, place, part)
		}
	}
}

// only are the findings of one kind.
func only(kind Kind, findings []Finding) (list []Finding) {
	for _, f := range findings {
		if f.Kind == kind {
			list = append(list, f)
		}
	}
	return list
}

const clean = "第一条 为了规范工作，制定本办法。\n第二条 办公室每季度公开一次支出。\n"

func TestClean(t *testing.T) {
	r := checked(t, "rules/jia.md", rule("jia", "甲办法", clean+"> 问：多久公开一次\n"), "notices/n.md", notice("n", "中秋从简。", "jia#2"))
	want(t, r.Findings)
	if l := r.Looked; l.Articles != 2 || l.Sentences != 2 || l.Lines != 1 || l.Notices != 1 || l.Stories != 0 || l.Terms != len(general) {
		t.Errorf("looked at %+v: what is borrowed is not the library's to mend", l)
	}
}

// A doubtful finding can be accepted, one that must be mended cannot; an acceptance that
// nothing meets any more is reported.
func TestAccepted(t *testing.T) {
	accept := func(kind, where string) string {
		return "[[accepted]]\nkind = \"" + kind + "\"\nwhere = \"" + where + "\"\nwhy = \"本来如此\"\n"
	}
	files := []string{"rules/jia.md", rule("jia", "甲办法", "第一条 5人以内的当场办，5人以上的次日办。\n第二条 询问。\n"), corpus.FactsFile}
	r := checked(t, append(files, inquiry+accept("bounds", "jia#1"))...)
	want(t, r.Findings, "term jia#2 rules/jia.md:8|询问")
	want(t, r.Accepted, "?bounds jia#1 rules/jia.md:7|5人")
	r = checked(t, append(files, inquiry+accept("bounds", "jia#1")+accept("term", "jia#2")+accept("bounds", "jia#2"))...)
	want(t, r.Findings, "term jia#2 rules/jia.md:8|询问", "table jia#2 facts.toml:10|term，jia#2", "table jia#2 facts.toml:14|bounds，jia#2")
}

// Findings name the line of the sentence meant, also behind asked-as lines, and of a
// paper as an office has it.
func TestLines(t *testing.T) {
	r := checked(t, "rules/jia.md", rule("jia", "甲办法", "第一条 开门。\n> 问：几点开门\n> 问：几点关\n下午15时关门。\n"),
		"yi.txt", "乙办法\n第一条 开门。\n第二条 开会：\n（一）上午开；\n（二）下午16点散。\n")
	want(t, r.Findings, "?term jia#1 rules/jia.md:10|15时", "?term yi#2 yi.txt:5|16点")
}

// Articles in bulk, from elsewhere, are not compared with each other.
func TestBulk(t *testing.T) {
	same := "承办单位应当自收到之日起三个月内书面答复提案人并抄送市政协提案委员会办公室备案"
	r := checked(t, "fa.jsonl", `{"id":"a","title":"甲法第一条","text":"`+same+`。"}`+"\n"+`{"id":"b","title":"乙法第一条","text":"`+same+`。"}`+"\n")
	want(t, r.Findings)
}

func TestTexts(t *testing.T) {
	for text, want := range map[string]string{"": "", "甲乙\n丙": "甲乙", "  甲 \n": "甲", strings.Repeat("甲", 37): strings.Repeat("甲", 36) + "…"} {
		if got := excerpt(text); got != want {
			t.Errorf("excerpt(%q) = %q", text, got)
		}
	}
	long := strings.Repeat("前", 11) + "中" + strings.Repeat("后", 11)
	if got, want := around(long, 33, 36), "…"+strings.Repeat("前", 10)+"中"+strings.Repeat("后", 10)+"…"; got != want {
		t.Errorf("around: %s", got)
	}
	if got := around("前中后", 3, 6); got != "前中后" {
		t.Errorf("around: %s", got)
	}
	p := places{fsys: fstest.MapFS{"a": {Data: []byte("甲\n乙甲\n丙\n")}}, files: map[string][]string{}}
	for _, at := range []struct {
		file, text string
		from, want int
	}{{"a", "甲", 1, 1}, {"a", "甲", 2, 2}, {"a", "丁", 2, 2}, {"a", "甲", 0, 1}, {"a", "", 3, 3}, {"b", "甲", 4, 4}} {
		if got := p.line(at.file, at.from, at.text); got != at.want {
			t.Errorf("%+v: line %d", at, got)
		}
	}
}
