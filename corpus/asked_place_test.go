package corpus

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

// holiday has paragraphs and items to ask for.
var holiday = rule("jia", "休假办法", "第一条 工作满一年的，休假5天。\n> 问：年假几天\n第二条 休假前办好交接。\n有下列情形的不算休假：\n（一）出差；\n（二）病假；\n> 问：病了算不算\n（三）婚假。\n第三条 （删去）\n")

// digestIn is the digest of an article of a source.
func digestIn(t *testing.T, src, number string) string {
	t.Helper()
	return article(t, mustRead(t, lib("rules/jia.md", src)).Rules[0], number).WordsDigest()
}

// asks is every article with the lines it is found by, those of its passages behind.
func asks(r *Rule) string {
	var out []string
	for _, a := range r.Articles {
		text := a.Number.String() + "=" + strings.Join(a.Lines(), "+")
		for _, p := range a.Passages() {
			if len(p.AskedAs) > 0 {
				text += fmt.Sprintf("(%s=%s)", strings.Trim(p.In(a.Text), "。；"), strings.Join(p.AskedAs, "+"))
			}
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

// Lines go where their words are now, and to the passages they are for.
func TestGiveAsked(t *testing.T) {
	one, two := digestIn(t, holiday, "1"), digestIn(t, holiday, "2")
	moved := strings.Replace(holiday, "第一条 工作", "第一条 为了休息。\n第二条 工作", 1)
	moved = strings.Replace(strings.Replace(moved, "第三条", "第四条", 1), "第二条 休假前", "第三条 休假前", 1)
	changed := strings.Replace(holiday, "5天", "6天", 1)
	for name, c := range map[string]struct{ src, asked, want string }{
		"none":           {holiday, "", "1=年假几天 2=病了算不算(（二）病假=病了算不算) 3="},
		"by number":      {holiday, "[1]\n能歇几天\n", "1=年假几天+能歇几天 2=病了算不算(（二）病假=病了算不算) 3="},
		"by digest":      {holiday, "[1] 第一条 " + one + "\n能歇几天\n", "1=年假几天+能歇几天 2=病了算不算(（二）病假=病了算不算) 3="},
		"an item":        {holiday, "[2:2.1] " + two + "\n出差算吗\n", "1=年假几天 2=病了算不算+出差算吗(（一）出差=出差算吗)(（二）病假=病了算不算) 3="},
		"its paragraph":  {holiday, "[2:2]\n什么不算\n[2:1]\n要交接吗\n", "1=年假几天 2=病了算不算+什么不算+要交接吗(第二条 休假前办好交接=要交接吗)(（一）出差=什么不算)(（二）病假=病了算不算+什么不算)(（三）婚假=什么不算) 3="},
		"renumbered":     {moved, "[1] 第一条 " + one + "\n能歇几天\n[2:2.1] " + two + "\n出差算吗\n", "1= 2=年假几天+能歇几天 3=病了算不算+出差算吗(（一）出差=出差算吗)(（二）病假=病了算不算) 4="},
		"moved, no word": {moved, "[1]\n能歇几天\n", "1=能歇几天 2=年假几天 3=病了算不算(（二）病假=病了算不算) 4="},
		"other words":    {changed, "[1] " + one + "\n能歇几天\n", "1=年假几天 2=病了算不算(（二）病假=病了算不算) 3="},
		"said twice":     {holiday, "[1]\n年假几天？\n能歇几天\n能歇 几天\n", "1=年假几天+能歇几天 2=病了算不算(（二）病假=病了算不算) 3="},
	} {
		src := strings.ReplaceAll(c.want, "第二条 休假前办好交接", "休假前办好交接")
		r := mustRead(t, lib("rules/jia.md", c.src, "asked/jia.txt", c.asked)).RuleByID("jia")
		if got := asks(r); got != src {
			t.Errorf("%s: %s\nwant %s", name, got, src)
		}
		text, err := Format(r)
		if err != nil || strings.Contains(text, "能歇") || strings.Contains(text, "出差算吗") {
			t.Errorf("%s: an approved line is in the rule file: %v\n%s", name, err, text)
		}
	}
}

// Lines without a place wait, and are warned of; nothing else of the library is out.
func TestSuspended(t *testing.T) {
	one := digestIn(t, holiday, "1")
	repealed := strings.Replace(holiday, `"in-force"`, `"repealed"`, 1)
	for name, c := range map[string]struct{ src, file, asked, why, now, warning string }{
		"changed":       {strings.Replace(holiday, "5天", "6天", 1), "jia", "[1] 第一条 " + one, whyChanged, "jia#1", "asked/jia.txt:2: 第一条的 1 条问法没有用上：条文改过"},
		"gone":          {holiday, "jia", "[9] 第九条", whyGone, "", "asked/jia.txt:2: 第九条的 1 条问法没有用上：现行的制度里没有"},
		"gone, words":   {holiday, "jia", "[9:1] 第九条 00000000", whyGone, "", "asked/jia.txt:2: 第九条第一款的 1 条"},
		"deleted":       {holiday, "jia", "[3] 第三条", whyGone, "", "asked/jia.txt:2: 第三条的 1 条"},
		"no such rule":  {holiday, "yi", "[1] 第一条", whyUnknown, "", "asked/yi.txt:2: 第一条的 1 条问法没有用上：制度库里没有这部制度"},
		"repealed":      {repealed, "jia", "[1] 第一条", whyRepeal, "", "asked/jia.txt:2: 第一条的 1 条问法没有用上：这部制度已经废止"},
		"a broken file": {strings.Replace(holiday, "第二条", "第五条", 1), "jia", "[1] 第一条", whyUnread, "", "asked/jia.txt:2: 第一条的 1 条问法没有用上：这部制度的文件有问题"},
	} {
		other := strings.Replace(small, `"jia"`, `"ding"`, 1)
		lib := lib("rules/jia.md", c.src, "rules/ding.md", strings.ReplaceAll(other, "甲办法", "丁办法"), "asked/"+c.file+".txt", "# 甲\n"+c.asked+"\n能歇几天\n")
		corpus, err := Read(lib)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(corpus.Suspended) != 1 || len(corpus.Warnings) != 1 || !strings.HasPrefix(corpus.Warnings[0].String(), c.warning) || corpus.Warnings[0].Fix == "" {
			t.Fatalf("%s: %+v, %v", name, corpus.Suspended, corpus.Warnings)
		}
		s, now := corpus.Suspended[0], ""
		if s.Now != nil {
			now = s.Now.Key()
		}
		if s.Why != c.why || now != c.now || s.Rule != c.file || len(s.Lines) != 1 || s.At != 2 {
			t.Errorf("%s: %+v, now %q", name, s, now)
		}
	}
}

// Parts that are not there, and lines that cannot be read, are warnings with their line.
func TestAskedWarnings(t *testing.T) {
	const asked = "甲\n[1:2]\n乙\n[2:2.4]\n丙\n[2:1.1]\n丁\n[x]\n[2:2.2]\n病了算不算\n生病呢\n"
	c := mustRead(t, lib("rules/jia.md", holiday, "asked/jia.txt", asked))
	var got []string
	for _, w := range c.Warnings {
		got = append(got, w.Where()+" "+w.What)
	}
	want := []string{"asked/jia.txt:1 「甲」上面没有写是哪一条的", "asked/jia.txt:2 第一条没有第二款，下面的问法没有用上", "asked/jia.txt:4 第二条没有第二款第四项，下面的问法没有用上",
		"asked/jia.txt:6 第二条没有第一款第一项，下面的问法没有用上", "asked/jia.txt:8 「[x]」里的条号看不懂，下面的问法没有用上", "asked/jia.txt:10 「病了算不算」在第二条写了两遍"}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	if a := article(t, c.Rules[0], "2"); !slices.Equal(a.Lines(), []string{"病了算不算", "生病呢"}) || c.Suspended != nil || c.Faults != nil {
		t.Errorf("%q, %v, %v", a.Lines(), c.Suspended, c.Faults)
	}
}

// The digest is of the words: neither number, space nor what is asked counts.
func TestWordsDigest(t *testing.T) {
	first := digestIn(t, holiday, "1")
	for name, same := range map[string]string{
		"spaces":  strings.Replace(holiday, "满一年的，", "满 一年的，\u3000", 1),
		"heading": strings.Replace(holiday, "第一条 ", "第一条 【天数】 ", 1),
		"lines":   strings.Replace(holiday, "年假几天", "多少天", 1),
	} {
		if digestIn(t, same, "1") != first {
			t.Errorf("%s made it other words", name)
		}
	}
	if len(first) != 8 || digestIn(t, strings.Replace(holiday, "5天", "6天", 1), "1") == first || digestIn(t, holiday, "2") == first {
		t.Errorf("%s is not of the words", first)
	}
}

// A file of lines is part of what the library is; a bad one keeps nothing else out.
func TestAskedInLibrary(t *testing.T) {
	digest := func(fsys fs.FS) string { return mustRead(t, fsys).Digest }
	if digest(lib("rules/jia.md", holiday)) == digest(lib("rules/jia.md", holiday, "asked/jia.txt", "[1]\n甲\n")) {
		t.Error("the digest is the same with lines and without")
	}
	c, err := Read(lib("rules/jia.md", holiday, "asked/jia.txt", "\xb5\xda", "asked/notes.md", "甲"))
	if err != nil || len(c.Rules) != 1 || len(c.Faults) != 2 || !slices.Equal(c.LeftOut, []string{"asked/jia.txt", "asked/notes.md"}) {
		t.Errorf("%+v, %v", c, err)
	}
}

// What a rule keeps of a former reading are its words, not the lines it had then.
func TestAskedOfKept(t *testing.T) {
	before := mustRead(t, lib("rules/jia.md", holiday, "asked/jia.txt", "[1]\n甲\n"))
	broken := strings.Replace(holiday, "第二条", "第五条", 1)
	c, err := readFolder(lib("rules/jia.md", broken, "rules/yi.md", yi, "asked/jia.txt", "[1]\n乙\n"), before, nil)
	if err != nil || len(c.Kept) != 1 {
		t.Fatal(c, err)
	}
	if got := article(t, c.RuleByID("jia"), "1").Lines(); !slices.Equal(got, []string{"年假几天", "乙"}) {
		t.Errorf("%q", got)
	}
	if got := article(t, before.RuleByID("jia"), "1").Lines(); !slices.Equal(got, []string{"年假几天", "甲"}) {
		t.Errorf("the former reading has %q", got)
	}
}
