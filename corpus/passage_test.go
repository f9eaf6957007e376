package corpus

import (
	"slices"
	"strings"
	"testing"
)

// layout writes a passage on one line: paragraph, leads from the outside in, text,
// lines that people ask; the parts apart by |.
func layout(a *Article) []string {
	var out []string
	for _, p := range a.Passages() {
		leads := make([]string, len(p.Lead))
		for i, s := range p.Lead {
			leads[i] = s.In(a.Text)
		}
		parts := []string{string(rune('0' + p.Paragraph)), strings.Join(leads, "→"), p.In(a.Text), strings.Join(p.AskedAs, "+")}
		for i := range parts {
			parts[i] = strings.NewReplacer("|", "/", "\n", "⏎").Replace(parts[i])
		}
		out = append(out, strings.Join(parts, "|"))
	}
	return out
}

// checkOrder fails for passages that are not trimmed, overlap or stand above what
// they depend on.
func checkOrder(t *testing.T, a *Article) {
	t.Helper()
	end := 0
	for _, p := range a.Passages() {
		in := p.In(a.Text)
		if p.Start < end || in == "" || trimSpace(in) != in {
			t.Errorf("%s: passage %v %q", a.Label, p.Span, in)
		}
		for i, s := range p.Lead {
			if s.End > p.Start || i > 0 && s.Start < p.Lead[i-1].End {
				t.Errorf("%s: %q does not stand above %q", a.Label, s.In(a.Text), in)
			}
		}
		end = p.End
	}
}

// One row for each form that an article may have. All of the text that can answer
// is in one passage, and the label in none.
func TestPassages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"sentences", "第一条 甲，乙；丙。丁！戊？己", []string{"0||甲，乙；丙。|", "0||丁！|", "0||戊？|", "0||己|"}},
		{"marks that close a sentence", "第一条 他说：“甲。”乙（丙。）丁！？戊。", []string{"0||他说：“甲。”|", "0||乙（丙。）|", "0||丁！？|", "0||戊。|"}},
		{"space between sentences", "第一条 甲。　乙。 ", []string{"0||甲。|", "0||乙。|"}},
		{"paragraphs", "第一条 甲。乙。\n\n　　丙。\n丁。", []string{"0||甲。|", "0||乙。|", "1||丙。|", "2||丁。|"}},
		{"paragraphs that read the same", "第一条 甲。\n甲。\n甲。", []string{"0||甲。|", "1||甲。|", "2||甲。|"}},
		{"items", "第一条 甲：\n（一）乙。丙；\n（二）丁。", []string{"0|甲：|（一）乙。丙；|", "0|甲：|（二）丁。|"}},
		{"sentences above items", "第一条 甲。乙。丙：\n（一）丁；\n（二）戊。", []string{"0||甲。|", "0||乙。|", "0|丙：|（一）丁；|", "0|丙：|（二）戊。|"}},
		{"a paragraph above and below items", "第一条 甲。\n乙：\n（一）丙。\n丁。", []string{"0||甲。|", "1|乙：|（一）丙。|", "2||丁。|"}},
		{"items that read the same", "第一条 甲：\n1. 乙。\n1. 乙。", []string{"0|甲：|1. 乙。|", "0|甲：|1. 乙。|"}},
		{"items without opening words", "第一条\n（一）乙；\n（二）丙。", []string{"0||（一）乙；|", "0||（二）丙。|"}},
		{"numbered lines", "第一条 甲：\n（一）乙：\n1. 丙；\n2. 丁；\n（二）戊；\n（三）己：\n1. 庚。",
			[]string{"0|甲：→（一）乙：|1. 丙；|", "0|甲：→（一）乙：|2. 丁；|", "0|甲：|（二）戊；|", "0|甲：→（三）己：|1. 庚。|"}},
		{"numbered lines that read the same", "第一条 甲：\n（一）乙：\n1. 丙。\n（二）丁：\n1. 丙。", []string{"0|甲：→（一）乙：|1. 丙。|", "0|甲：→（二）丁：|1. 丙。|"}},
		{"the same numbered line twice", "第一条 甲：\n（一）乙：\n1. 丙。\n1. 丙。", []string{"0|甲：→（一）乙：|1. 丙。|", "0|甲：→（一）乙：|1. 丙。|"}},
		{"numbered lines without opening words", "第一条\n（一）乙：\n1. 丙。", []string{"0|（一）乙：|1. 丙。|"}},
		{"the label on its own line", "第一条\n甲。乙。", []string{"0||甲。|", "0||乙。|"}},
		{"a colon behind the label", "第一条：甲。", []string{"0||甲。|"}},
		{"the label in digits", "第1条 甲。", []string{"0||甲。|"}},
		{"the label in bold", "**第一条** 甲。", []string{"0||甲。|"}},
		{"below a heading", "第一条 【目的】 甲。", []string{"0||甲。|"}},
		{"another label inside", "第一条 依照第二条。第一条不变。", []string{"0||依照第二条。|", "0||第一条不变。|"}},
		{"deleted", "第一条 （删去）", []string{"0||（删去）|"}},

		{"table", "第一条 甲：\n| 级别 | 天数 |\n|---|:--|\n| 科长 | 三天 |\n| 主任 | 五天 |\n乙。",
			[]string{"0||甲：|", "3|/ 级别 / 天数 /|/ 科长 / 三天 /|", "4|/ 级别 / 天数 /|/ 主任 / 五天 /|", "5||乙。|"}},
		{"two tables", "第一条 甲。\n| 级别 |\n| 科长 |\n乙。\n| 天数 |\n| 三天 |", []string{"0||甲。|", "2|/ 级别 /|/ 科长 /|", "3||乙。|", "5|/ 天数 /|/ 三天 /|"}},
		{"two tables, a list between", "第一条 甲。\n| 级别 |\n| 科长 |\n乙：\n（一）丙。\n| 天数 |\n| 三天 |",
			[]string{"0||甲。|", "2|/ 级别 /|/ 科长 /|", "3|乙：|（一）丙。|", "5|/ 天数 /|/ 三天 /|"}},
		{"table without outer lines", "第一条 甲。\n级别 | 天数 | 批准\n科长 | 三天 | 主任", []string{"0||甲。|", "2|级别 / 天数 / 批准|科长 / 三天 / 主任|"}},
		{"table with tabs", "第一条 甲。\n级别\t天数\n科长\t三天", []string{"0||甲。|", "2|级别\t天数|科长\t三天|"}},
		{"one bar makes no table", "第一条 甲。\n乙 | 丙。丁。", []string{"0||甲。|", "1||乙 / 丙。|", "1||丁。|"}},
		{"a row is one passage", "第一条 甲。\n| 级别 | 天数 |\n| 科长。 | 三天。 |", []string{"0||甲。|", "2|/ 级别 / 天数 /|/ 科长。 / 三天。 /|"}},

		{"asked-as lines of the article", "第一条 甲。\n乙。\n> 问：子", []string{"0||甲。|", "1||乙。|"}},
		{"of a paragraph", "第一条 甲。乙。\n> 问：子\n> 问：丑\n丙。", []string{"0||甲。|子+丑", "0||乙。|子+丑", "1||丙。|"}},
		{"of items", "第一条 甲：\n（一）乙；\n> 问：子\n（二）丙；\n（三）丁。\n> 问：丑", []string{"0|甲：|（一）乙；|子", "0|甲：|（二）丙；|", "0|甲：|（三）丁。|丑"}},
		{"of an item with numbered lines", "第一条 甲：\n（一）乙：\n1. 丙；\n2. 丁；\n> 问：子\n（二）戊。",
			[]string{"0|甲：→（一）乙：|1. 丙；|子", "0|甲：→（一）乙：|2. 丁；|子", "0|甲：|（二）戊。|"}},
		{"of a row", "第一条 甲。\n| 级别 |\n| 科长 |\n> 问：子\n| 主任 |", []string{"0||甲。|", "2|/ 级别 /|/ 科长 /|子", "3|/ 级别 /|/ 主任 /|"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := article(t, readOne(t, "rules/jia.md", rule("jia", "甲办法", c.body+"\n")), "1")
			checkOrder(t, a)
			if got := layout(a); !slices.Equal(got, c.want) {
				t.Errorf("\n got %q\nwant %q", got, c.want)
			}
		})
	}
}

// An annex's name is left out where something stands below it.
func TestPassagesOfAnnex(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"table", "## 附件1 请假表\n| 姓名 | 事由 |\n| 张三 | 看病 |", []string{"2|/ 姓名 / 事由 /|/ 张三 / 看病 /|"}},
		{"sentences", "## 附件1 请假表\n\n甲。乙。", []string{"1||甲。|", "1||乙。|"}},
		{"items right below the name", "## 附件1 权限表\n（一）甲；\n（二）乙。", []string{"0||（一）甲；|", "0||（二）乙。|"}},
		{"numbered another way", "附件一 请假表\n甲。", []string{"1||甲。|"}},
		{"nothing but a name", "## 附件1 请假表", []string{"0||请假表|"}},
		{"only the head of a table", "## 附件1 请假表\n| 姓名 | 事由 |", []string{"0||/ 姓名 / 事由 /|"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := article(t, readOne(t, "rules/jia.md", small+c.body+"\n"), "annex-1")
			if got := layout(a); !slices.Equal(got, c.want) {
				t.Errorf("\n got %q\nwant %q", got, c.want)
			}
		})
	}
}

// A prohibition's number, a preamble's name and the label that a bulk article
// repeats are left out; what only looks like one is text.
func TestPassagesElsewhere(t *testing.T) {
	t.Parallel()
	head := strings.Replace(rule("shi", "三不准", ""), "+++\n", "+++\nkind = \"prohibitions\"\n", 1)
	bulk := func(title, text string) string { return `{"id":"a","title":"` + title + `","text":"` + text + `"}` }
	for _, c := range []struct {
		name, file, src string
		want            []string
	}{
		{"prohibition", "rules/shi.md", head + "一、不准迟到。二、也不行。\n", []string{"0||不准迟到。|", "0||二、也不行。|"}},
		{"preamble", "章程.txt", "某章程\n总纲\n甲。乙。\n第一条 丙。\n", []string{"1||甲。|", "1||乙。|"}},
		{"bulk", "fa.jsonl", bulk("甲法第二条", "甲。乙。"), []string{"0||甲。|", "0||乙。|"}},
		{"bulk with items", "fa.jsonl", bulk("甲法第二条", `甲：\n（一）乙；\n（二）丙。`), []string{"0|甲：|（一）乙；|", "0|甲：|（二）丙。|"}},
		{"bulk with its label", "fa.jsonl", bulk("甲法第二条", "第二条 甲。"), []string{"0||甲。|"}},
		{"bulk with its label in digits", "fa.jsonl", bulk("甲法第二条", "第2条 甲。"), []string{"0||甲。|"}},
		{"bulk that begins with another label", "fa.jsonl", bulk("甲法第二条", "第三条 甲。"), []string{"0||第三条 甲。|"}},
		{"bulk that begins with a number", "fa.jsonl", bulk("甲法第二条", "一、甲。"), []string{"0||一、甲。|"}},
		{"bulk without a number", "fa.jsonl", bulk("甲法", "一、甲。"), []string{"0||一、甲。|"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := layout(readOne(t, c.file, c.src).Articles[0]); !slices.Equal(got, c.want) {
				t.Errorf("\n got %q\nwant %q", got, c.want)
			}
		})
	}
	// an article that nobody divided into paragraphs has sentences all the same
	if got := layout(&Article{Label: "第二条", Text: "第二条 甲。\n乙。"}); !slices.Equal(got, []string{"0||甲。|", "0||乙。|"}) {
		t.Errorf("%q", got)
	}
}

// In the library every passage lies in its paragraph, in order, apart from the
// others, and every article has one that answers.
func TestSamplePassages(t *testing.T) {
	t.Parallel()
	for _, r := range readSample(t).Rules {
		for _, a := range r.Articles {
			passages := a.Passages()
			checkOrder(t, a)
			if len(passages) == 0 {
				t.Errorf("%s has no passage", a.Citation())
			}
			for _, p := range passages {
				in := p.In(a.Text)
				if strings.HasPrefix(in, a.Label) {
					t.Errorf("%s: the label is in %q", a.Citation(), in)
				}
				if !strings.Contains(a.Paragraphs[p.Paragraph].Text, in) {
					t.Errorf("%s: %q is not in paragraph %d", a.Citation(), in, p.Paragraph)
				}
			}
		}
	}
}
