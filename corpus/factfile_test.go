package corpus

import (
	"strings"
	"testing"
)

const goodFacts = `# 核对表
[[fact]]
name  = "公开支出的周期"
kind  = "period"
about = ["公开|公布", "支出|费用"]
not   = ["预算"]
in    = ["jia"]
says  = ["每半年", "每季度"]
cites = ["jia#2"]

[[term]]
words   = ["询问"]
match   = ['下午\d+时']
unless  = ["派出所"]
in      = ["jia"]
why     = "人大的用语"
instead = "「了解情况」"

[[ fact ]]
name = "八项规定"
kind = "words"
says = ["中央八项规定"]

[[accepted]]
kind  = "alike"
where = "jia#1 jia#2"
why   = "本来不同"
`

func TestFacts(t *testing.T) {
	c := mustRead(t, lib("rules/jia.md", small, FactsFile, goodFacts))
	if len(c.Facts) != 2 || len(c.Terms) != 1 || len(c.Accepted) != 1 {
		t.Fatalf("%d facts, %d terms, %d accepted", len(c.Facts), len(c.Terms), len(c.Accepted))
	}
	f := c.Facts[0]
	if f.Name != "公开支出的周期" || f.Kind != "period" || f.Line != 2 || len(f.About) != 2 || f.About[0][1] != "公布" || f.Not[0] != "预算" ||
		f.In[0] != "jia" || len(f.Says) != 2 || f.Says[1][0] != "每季度" || f.Cites[0].String() != "jia#2" {
		t.Errorf("%+v", f)
	}
	if c.Facts[1].Line != 19 {
		t.Errorf("the second fact stands on line %d", c.Facts[1].Line)
	}
	if term := c.Terms[0]; term.Line != 11 || !term.Match[0].MatchString("下午14时") || term.Why != "人大的用语" || term.Instead == "" || term.Unless[0] != "派出所" {
		t.Errorf("%+v", term)
	}
	if a := c.Accepted[0]; a != (Accepted{"alike", "jia#1 jia#2", "本来不同", 24}) {
		t.Errorf("%+v", a)
	}
}

// A kind can be written in Chinese.
func TestFactKindNames(t *testing.T) {
	for i, name := range factKindNames {
		c := mustRead(t, lib("rules/jia.md", small, FactsFile, "[[fact]]\nname = \"某事\"\nkind = \""+name+"\"\nabout = [\"公开\"]\nsays = [\"每半年\"]\n"))
		if len(c.Facts) != 1 || c.Facts[0].Kind != FactKinds[i] {
			t.Errorf("%s: %+v", name, c.Facts)
		}
	}
}

// A library without the file has no facts, and nobody's else.
func TestNoFacts(t *testing.T) {
	if c := mustRead(t, lib("rules/jia.md", small)); c.Facts != nil || c.Terms != nil || c.Accepted != nil {
		t.Errorf("%v, %v, %v", c.Facts, c.Terms, c.Accepted)
	}
}

// It stands at the top: anywhere else it is a file of no known kind.
func TestFactsElsewhere(t *testing.T) {
	wantProblems(t, problemsOf(t, lib("rules/jia.md", small, "rules/"+FactsFile, goodFacts)), "rules/facts.toml|不认识的文件")
}

func TestBadFacts(t *testing.T) {
	src := `[[fact]]
kind = "period"
about = ["甲"]
says = ["每年"]
[[fact]]
name = "乙"
kind = "preriod"
about = ["甲"]
says = ["每年"]
[[fact]]
name = "丙"
kind = "period"
about = ["甲"]
[[fact]]
name = "丁"
kind = "amount"
says = ["3人"]
[[fact]]
name = "戊"
kind = "period"
about = ["甲||乙"]
says = ["每年"]
cites = ["jia"]
abuot = ["甲"]
[[term]]
why = "不对"
instead = "乙"
[[term]]
words = ["甲"]
[[term]]
match = ['(']
why = "不对"
instead = "乙"
[[accepted]]
kind = "alike"
why = "无"
[[fact]]
name = "好的"
kind = "words"
says = ["甲"]
`
	ps := problemsOf(t, lib("rules/jia.md", small, FactsFile, src))
	wantProblems(t, ps,
		"facts.toml:1|没有名称", `facts.toml:5|"preriod"`, "facts.toml:10|应当是什么", "facts.toml:14|看哪些句子",
		"facts.toml:18|制度id#条号", "facts.toml:18|空的词", "facts.toml:24|abuot", "facts.toml:25|哪些词", "facts.toml:28|没有写缘由",
		"facts.toml:31|式子「(」", "facts.toml:34|没有写全")
	c, err := Read(lib("rules/jia.md", small, FactsFile, src))
	if err != nil || len(c.Facts) != 1 || c.Facts[0].Name != "好的" || len(c.Terms) != 0 || len(c.Accepted) != 0 {
		t.Errorf("what is right is not used: %v, %d facts, %d terms", err, len(c.Facts), len(c.Terms))
	}
}

// Each thing that must be written is missed by itself, in each kind of table.
func TestFactsMissing(t *testing.T) {
	const (
		fact     = "[[fact]]\nname = \"甲\"\nkind = \"period\"\nabout = [\"甲\"]\ncites = [\"jia#1\"]\nsays = [\"每年\"]\n"
		term     = "[[term]]\nwords = [\"甲\"]\nmatch = ['乙']\nwhy = \"不对\"\ninstead = \"丙\"\n"
		accepted = "[[accepted]]\nkind = \"alike\"\nwhere = \"jia#1\"\nwhy = \"本来不同\"\n"
	)
	for _, of := range []struct{ table, without, with, problem string }{
		{fact, "", "", ""},
		{fact, "about = [\"甲\"]\n", "", ""},
		{fact, "cites = [\"jia#1\"]\n", "", ""},
		{fact, "\"甲\"]", "\"甲|\"]", "空的词"},
		{fact, "\"甲\"]", "\"|甲\"]", "空的词"},
		{fact, "\"每年\"]", "\"\"]", "空的词"},
		{term, "", "", ""},
		{term, "words = [\"甲\"]\n", "", ""},
		{term, "match = ['乙']\n", "", ""},
		{term, "[\"甲\"]", "[\"甲\", \"\"]", "哪些词"},
		{term, "why = \"不对\"\n", "", "没有写缘由"},
		{term, "instead = \"丙\"\n", "", "没有写缘由"},
		{accepted, "", "", ""},
		{accepted, "kind = \"alike\"\n", "", "没有写全"},
		{accepted, "where = \"jia#1\"\n", "", "没有写全"},
		{accepted, "why = \"本来不同\"\n", "", "没有写全"},
	} {
		src := "\n# 前面\n  " + strings.Replace(of.table, of.without, of.with, 1)
		files := lib("rules/jia.md", small, FactsFile, src)
		if of.problem != "" {
			wantProblems(t, problemsOf(t, files), "facts.toml:3|"+of.problem)
		} else if c := mustRead(t, files); len(c.Facts)+len(c.Terms)+len(c.Accepted) != 1 {
			t.Errorf("without %q the table is not read", of.without)
		}
	}
}

// A pattern that cannot be read is looked for in its own table: the same words may stand
// in one before it.
func TestFactsPatternLine(t *testing.T) {
	src := "[[fact]]\nname = \"(\"\nkind = \"words\"\nsays = [\"(\"]\n[[term]]\nmatch = ['(']\nwhy = \"甲\"\ninstead = \"乙\"\n"
	wantProblems(t, problemsOf(t, lib("rules/jia.md", small, FactsFile, src)), "facts.toml:6|式子「(」")
}

// What the guide shows can be read.
func TestFactsOfGuide(t *testing.T) {
	raw, err := sample.ReadFile("library/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(raw), "**核对表。**")
	_, text, _ = strings.Cut(text, "```\n")
	text, _, _ = strings.Cut(text, "```")
	c := mustRead(t, lib("rules/jia.md", small, FactsFile, text))
	if len(c.Facts) != 2 || len(c.Terms) != 1 || len(c.Accepted) != 1 {
		t.Errorf("%d facts, %d terms, %d accepted", len(c.Facts), len(c.Terms), len(c.Accepted))
	}
}

func FuzzFacts(f *testing.F) {
	f.Add(goodFacts)
	f.Add("[[fact]]\nname = \"甲\"\nkind = \"words\"\nsays = [\"|\"]\n")
	f.Add("[[term]]\nmatch = ['']\n[[term\n]]")
	f.Fuzz(func(t *testing.T, src string) {
		c, rep := &Corpus{}, &report{unread: map[string]bool{}}
		c.parseFacts(FactsFile, src, rep)
		lines := 1 + strings.Count(src, "\n")
		for _, p := range rep.errors {
			if p.Line < 0 || p.Line > lines || p.What == "" {
				t.Fatalf("%+v in a file of %d lines", p, lines)
			}
		}
		for _, fact := range c.Facts {
			if fact.Name == "" || len(fact.Says) == 0 || fact.Line < 1 || fact.Line > lines {
				t.Fatalf("%+v", fact)
			}
		}
		for _, term := range c.Terms {
			if len(term.Words)+len(term.Match) == 0 || term.Line < 1 || term.Line > lines {
				t.Fatalf("%+v", term)
			}
		}
	})
}
