package corpus

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// The format as people see it is read and written without a change.
func TestAskedFile(t *testing.T) {
	const src = `# 《职工年休假办法》的问法。
# 也可以手改。

[3] 第三条 3fa2c1d0
我工作三年了能休几天 ← 模型 甲，王某 2026-11-28
头一年有没有年假

# 出差的
[5:2.1] 第五条第二款第一项 88ab01fe
出差在外算不算休假 ← 未答问题，李某 2026-11-28

[133-1]
插进来的条

[annex-1-3] 附件1第三条 00000000
附件怎么填

# 末尾
`
	f, problems := ParseAsked(src)
	if problems != nil {
		t.Fatal(problems)
	}
	if !slices.Equal(f.Comment, []string{"# 《职工年休假办法》的问法。", "# 也可以手改。"}) || len(f.Sections) != 4 {
		t.Fatalf("%+v", f)
	}
	two := f.Sections[1]
	want := AskedSection{Number: Number{Main: 5}, Part: Part{2, 1}, Label: "第五条第二款第一项", Digest: "88ab01fe", Comment: []string{"# 出差的"}, At: 9,
		Lines: []AskedLine{{"出差在外算不算休假", "未答问题，李某 2026-11-28", Part{2, 1}, 10}}}
	if !reflect.DeepEqual(two, want) {
		t.Errorf("%+v\nwant %+v", two, want)
	}
	if s := f.Sections[2]; s.Number != (Number{Main: 133, Sub: 1}) || s.Label+s.Digest != "" || s.Lines[0].From != "" {
		t.Errorf("%+v", s)
	}
	if got := FormatAsked(f); got != src {
		t.Errorf("written as\n%s\nwant\n%s", got, src)
	}
	f.Sections[1].Lines = nil
	if got := FormatAsked(f); strings.Contains(got, "[5:2.1]") || !strings.Contains(got, "# 出差的") {
		t.Errorf("a section without lines is written as\n%s", got)
	}
}

// What people write by hand: keyboards in full width, marks of rule files, no digest.
func TestAskedByHand(t *testing.T) {
	for head, want := range map[string]AskedSection{
		"[3]":                   {Number: Number{Main: 3}},
		"[ 3 ]第三条":              {Number: Number{Main: 3}, Label: "第三条"},
		"【3：2．1】 第三条":           {Number: Number{Main: 3}, Part: Part{2, 1}, Label: "第三条"},
		"［annex-2］ 附件2":         {Number: Number{Annex: 2}, Label: "附件2"},
		"[preamble] 总纲":         {Number: Number{Preamble: true}, Label: "总纲"},
		"[3] 3fa2c1d0":          {Number: Number{Main: 3}, Digest: "3fa2c1d0"},
		"[3] 第三条 3FA2C1D0":      {Number: Number{Main: 3}, Label: "第三条", Digest: "3fa2c1d0"},
		"[3] 第三条3fa2c1d0":       {Number: Number{Main: 3}, Label: "第三条3fa2c1d0"},
		"[3] 第三条 3fa2c1d":       {Number: Number{Main: 3}, Label: "第三条 3fa2c1d"},
		"[3:2] 第三条第二款 0a0a0a0a": {Number: Number{Main: 3}, Part: Part{Paragraph: 2}, Label: "第三条第二款", Digest: "0a0a0a0a"},
	} {
		f, problems := ParseAsked(head + "\n> 问：能休几天←  手写 \n")
		want.At, want.Lines = 1, []AskedLine{{"能休几天", "手写", want.Part, 2}}
		if problems != nil || len(f.Sections) != 1 || !reflect.DeepEqual(f.Sections[0], want) {
			t.Errorf("%s: %+v, %v\nwant %+v", head, f.Sections, problems, want)
		}
	}
}

// What cannot be read keeps out itself, and is named.
func TestAskedFaults(t *testing.T) {
	exact := strings.Repeat("长", MaxAskedRunes)
	for name, c := range map[string]struct {
		src, kept string
		problems  []string
	}{
		"nothing above":      {"能休几天\n[3]\n年假\n", "年假", []string{"1:「能休几天」上面没有写是哪一条的"}},
		"no number":          {"[第三条]\n能休几天\n几天\n[4]\n年假\n", "年假", []string{"1:「[第三条]」里的条号看不懂"}},
		"a number of zero":   {"[0]\n能休几天\n", "", []string{"1:「[0]」里的条号看不懂"}},
		"a paragraph 0":      {"[3:0]\n能休几天\n", "", []string{"1:「[3:0]」里的条号看不懂"}},
		"no bracket":         {"[3\n能休几天\n", "", []string{"1:「[3」里的条号看不懂"}},
		"no question":        {"[3]\n ← 手写\n年假\n", "年假", []string{"2:没有问句"}},
		"as long as may be":  {"[3]\n" + exact + "\n", exact, nil},
		"too long":           {"[3]\n" + exact + "长\n年假\n", "年假", []string{"2:问法有 61 字"}},
		"a mark within":      {"[3]\n> 问：[4]\n> 问：# 甲\n> 问：> 问：乙\n", "乙", []string{"2:问法里不能有", "3:问法里不能有"}},
		"nothing":            {"", "", nil},
		"only comments":      {"# 甲\n#\n", "", nil},
		"the end of a block": {"[3]\n年假\n[x]\n", "年假", []string{"3:「[x]」里"}},
	} {
		f, problems := ParseAsked(c.src)
		var kept, got []string
		for _, s := range f.Sections {
			for _, l := range s.Lines {
				kept = append(kept, l.Text)
			}
		}
		for _, p := range problems {
			got = append(got, strings.TrimPrefix(p.Where(), ":")+":"+p.What)
			if p.Fix == "" {
				t.Errorf("%s: %q does not say what to do", name, p.What)
			}
		}
		same := len(got) == len(c.problems)
		for i := range c.problems {
			same = same && strings.HasPrefix(got[i], c.problems[i])
		}
		if strings.Join(kept, " ") != c.kept || !same {
			t.Errorf("%s: kept %q, problems %q", name, kept, got)
		}
	}
}

// Whatever is in the file, what was read of it is written so that it is read again.
func FuzzAsked(f *testing.F) {
	f.Add("# 甲\n\n[3] 第三条 3fa2c1d0\n能休几天 ← 手写\n")
	f.Add("[5:2.1]\n# 乙\n> 问：> 问：丙←←丁\n[annex-1-3]\n# 丙")
	f.Add("【3：2．1】第三条\n甲\n[x]\n乙\n[preamble]\n丙")
	f.Fuzz(func(t *testing.T, src string) {
		file, _ := ParseAsked(src)
		text := FormatAsked(file)
		again, problems := ParseAsked(text)
		if problems != nil {
			t.Fatalf("%q: %v", text, problems)
		}
		if twice := FormatAsked(again); twice != text {
			t.Fatalf("%q, then %q", text, twice)
		}
		if a, b := inSections(file), inSections(again); !slices.Equal(a, b) {
			t.Fatalf("%q: %q, then %q", src, a, b)
		}
	})
}

// inSections is every line of a file with its section, wherever it stands.
func inSections(f *AskedFile) (lines []string) {
	for _, s := range f.Sections {
		for _, l := range s.Lines {
			lines = append(lines, s.head()+"|"+l.String())
		}
	}
	return lines
}
