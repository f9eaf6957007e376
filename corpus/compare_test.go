package corpus

import (
	"strings"
	"testing"
)

// Articles to make rules of: no two are alike.
const (
	receipt = "提案委员会办公室负责提案的收件、登记和初审，每季度末集中受理一次。"
	seal    = "使用印章应当填写用印审批单，经办公室主任签字后在监印人面前盖章。"
	leave   = "委员因病不能出席全体会议的，应当在会议召开三日前书面请假。"
	car     = "公务用车实行统一派车，节假日除值班车辆外一律封存停驶。"
	meal    = "接待工作餐每人不超过100元，陪餐人数不得超过来客人数的三分之一。"
)

// fee is an article that is like others of its kind.
func fee(words string) string { return "会议费每人每天不超过" + words + "财务科审核。" }

// numbered writes articles down under 第一条, 第二条 …, but for chapters and
// what stands in an annex.
func numbered(texts ...string) string {
	var b strings.Builder
	n, annex := 0, false
	for _, text := range texts {
		annex = annex || strings.HasPrefix(text, "附件")
		if !annex && !strings.HasPrefix(text, "#") {
			n++
			text = Number{Main: n}.Chinese() + " " + text
		}
		b.WriteString(text + "\n")
	}
	return b.String()
}

// compareTexts compares two versions of a rule, given by their bodies.
func compareTexts(t *testing.T, old, new string) *Comparison {
	t.Helper()
	return Compare(readOne(t, "rules/jia.md", rule("jia", "甲办法", old)), readOne(t, "rules/jia.md", rule("jia", "甲办法", new)))
}

// outlined writes a comparison down: =1>1 (same), #1>2 (renumbered), ~1>1
// (changed), +2, -2; with ^ for what stands in another chapter.
func outlined(c *Comparison) string {
	var list []string
	for _, ch := range c.Changes {
		s := string("=~+-#"[ch.Kind])
		if ch.Moved {
			s += "^"
		}
		if ch.Old != nil {
			s += ch.Old.Number.String()
		}
		if ch.Old != nil && ch.New != nil {
			s += ">"
		}
		if ch.New != nil {
			s += ch.New.Number.String()
		}
		list = append(list, s)
	}
	return strings.Join(list, " ")
}

func TestCompare(t *testing.T) {
	split := receipt + seal
	for _, c := range []struct{ name, old, new, want string }{
		{"nothing", numbered(receipt, seal), numbered(receipt, seal), "=1>1 =2>2"},
		{"one in front, all move on", numbered(receipt, seal, leave), numbered(car, receipt, seal, leave), "+1 #1>2 #2>3 #3>4"},
		{"one out of the middle", numbered(receipt, seal, leave), numbered(receipt, leave), "=1>1 -2 #3>2"},
		{"the first and the last out", numbered(receipt, seal, leave), numbered(seal), "-1 #2>1 -3"},
		{"two change places", numbered(receipt, seal, leave, car), numbered(receipt, leave, seal, car), "=1>1 #3>2 #2>3 =4>4"},
		{"one in two", numbered(split, leave), numbered(receipt, seal, leave), "~1>1 +2 #2>3"},
		{"one in two, in the middle", numbered(leave, split, car), numbered(leave, seal, receipt, car), "=1>1 ~2>2 +3 #3>4"},
		{"two in one", numbered(receipt, seal, leave), numbered(split, leave), "~1>1 -2 #3>2"},
		{"a word in each of two neighbours", numbered(receipt, seal, leave, car), numbered(receipt, strings.Replace(seal, "主任", "副主任", 1), strings.Replace(leave, "三日", "五日", 1), car), "=1>1 ~2>2 ~3>3 =4>4"},
		{"the same, moved on", numbered(seal, leave, car), numbered(meal, strings.Replace(seal, "主任", "副主任", 1), strings.Replace(leave, "三日", "五日", 1), car), "+1 ~1>2 ~2>3 #3>4"},
		{"only the layout", numbered(meal, leave), "第1条　接待工作餐每人不超过１００元,陪餐人数不得超过来客人数的\n三分之一。\n\n第二条 " + strings.ReplaceAll(leave, "，", ", ") + "\n", "=1>1 =2>2"},
		{"only the chapter's number", numbered("## 第一章 提案", receipt, "## 第二章 会议", leave), numbered("## 第一章 提　案", receipt, "## 第三章 会议", leave), "=1>1 =2>2"},
		{"only the chapter", numbered("## 第一章 提案", receipt, "## 第二章 会议", leave), numbered("## 第一章 提案", receipt, "## 第二章 纪律", leave), "=1>1 =^2>2"},
		{"a chapter without a name", numbered("## 第一章", receipt, "## 第二章", leave), numbered("## 第一章", receipt, leave), "=1>1 =^2>2"},
		{"other words throughout", numbered(receipt, seal), numbered(leave, car, meal), "-1 +1 -2 +2 +3"},
		{"two go where another one moved to", numbered(receipt, seal, leave, car), numbered(seal, receipt), "#2>1 -3 -4 #1>2"},
		{"the last two go", numbered(receipt, seal, leave), numbered(receipt), "=1>1 -2 -3"},
		{"one of twins goes, and what is behind them", numbered(meal, receipt, seal, leave, seal), numbered(receipt, seal), "-1 #2>1 #3>2 -4 -5"},
		{"one more like its neighbour", numbered(receipt, fee("400元，由"), fee("500元，由")), numbered(receipt, fee("500元，经"), fee("600元，经")), "=1>1 ~2>2 ~3>3"},
		{"the same, moved on with it", numbered(receipt, fee("400元，由"), fee("500元，由")), numbered(leave, receipt, fee("500元，经"), fee("600元，经")), "+1 #1>2 ~2>3 ~3>4"},
		{"marked as deleted", numbered(receipt, seal, leave), numbered(receipt, "（删去）", leave), "=1>1 -2 =3>3"},
		{"marked as deleted in both", numbered(receipt, "（删去）", leave), numbered(receipt, "（删除）", leave), "=1>1 =3>3"},
		{"deleted, and its number used again", numbered(receipt, "（删去）", leave), numbered(receipt, seal, leave), "=1>1 +2 =3>3"},
		{"one inserted under its neighbour's number", numbered(receipt, seal), "第一条 " + receipt + "\n第一条之一 " + leave + "\n第二条 " + seal + "\n", "=1>1 +1-1 =2>2"},
		{"such a one is renumbered", "第一条 " + receipt + "\n第一条之一 " + leave + "\n第二条 " + seal + "\n", numbered(receipt, leave, seal), "=1>1 #1-1>2 #2>3"},
		{"twins keep their order", numbered(seal, receipt, seal), numbered(leave, seal, receipt, seal), "+1 #1>2 #2>3 #3>4"},
		{"the first of twins goes", numbered(receipt, seal, leave, seal), numbered(receipt, leave, seal), "=1>1 -2 #3>2 #4>3"},
		{"the last of twins goes", numbered(receipt, seal, leave, seal), numbered(receipt, seal, leave), "=1>1 =2>2 =3>3 -4"},
		{"moved and changed", numbered(receipt, seal, leave, car), numbered(seal, leave, car, strings.Replace(receipt, "每季度", "每月", 1)), "#2>1 #3>2 #4>3 ~1>4"},
		{"annexes are compared with annexes", numbered(receipt, leave, "附件1 用印单", seal), numbered(receipt, leave, seal, "附件1 请假单", car), "=1>1 =2>2 -annex-1 +3 +annex-1"},
		{"an annex more", numbered(receipt, "附件1 用印单", seal), numbered(receipt, "附件1 派车单", car, "附件2 用印单", seal), "=1>1 +annex-1 #annex-1>annex-2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := outlined(compareTexts(t, c.old, c.new)); got != c.want {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
		})
	}
}

// A preamble is compared with a preamble, whatever stands in the articles.
func TestComparePreamble(t *testing.T) {
	old := readOne(t, "a.txt", "甲会章程\n\n总　纲\n\n"+receipt+"\n\n第一条 "+leave+"\n")
	for text, want := range map[string]string{
		"总　纲\n\n" + receipt + "\n\n第一条 " + leave:               "=preamble>preamble =1>1",
		"总　纲\n\n" + receipt + leave + "\n\n第一条 " + leave:       "~preamble>preamble =1>1",
		"总　纲\n\n" + leave + "\n\n第一条 " + receipt:               "-preamble +preamble -1 +1",
		"第一条 " + receipt + "\n第二条 " + leave:                    "-preamble +1 #1>2",
		"序言\n\n" + receipt + "\n第一条 " + car + "\n第二条 " + leave: "=preamble>preamble +1 #1>2",
	} {
		if got := outlined(Compare(old, readOne(t, "a.txt", "甲会章程\n\n"+text+"\n"))); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestComparisonSummary(t *testing.T) {
	c := compareTexts(t, numbered(receipt, seal, leave, "（删去）"), numbered(receipt, car, meal, strings.Replace(leave, "三日", "五日", 1), seal))
	if got, want := outlined(c), "=1>1 +2 +3 ~3>4 #2>5"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	if changed, added, removed, renumbered, same := c.Counts(); [5]int{changed, added, removed, renumbered, same} != [5]int{1, 2, 0, 1, 1} {
		t.Error(c.Counts())
	}
	for number, want := range map[string]string{"1": "1", "2": "5", "3": "", "4": ""} {
		got := ""
		if a := c.Successor(article(t, c.Old, number)); a != nil {
			got = a.Number.String()
		}
		if got != want {
			t.Errorf("the successor of %s is %q, want %q", number, got, want)
		}
	}
	if c.Empty() || c.Changes[0].Words != nil || c.Changes[1].Words != nil || c.Changes[3].Words == nil {
		t.Errorf("empty %v, words %v", c.Empty(), c.Changes)
	}
	for name, texts := range map[string][2]string{
		"a word":       {numbered(leave), numbered(strings.Replace(leave, "三日", "五日", 1))},
		"a number":     {numbered(receipt, leave), numbered("（删去）", receipt, leave)},
		"a chapter":    {numbered("## 第一章 甲", leave), numbered("## 第一章 乙", leave)},
		"one article":  {numbered(leave), numbered(leave, car)},
		"one the less": {numbered(leave, car), numbered(leave)},
	} {
		if compareTexts(t, texts[0], texts[1]).Empty() {
			t.Errorf("%s is a change", name)
		}
	}
	if c := compareTexts(t, numbered(meal), "第1条 "+strings.ReplaceAll(meal, "，", ",")); !c.Empty() {
		t.Errorf("the layout is no change: %s", outlined(c))
	}
}

// The label is no part of the body, however it is written.
func TestBody(t *testing.T) {
	r := readOne(t, "a.txt", "甲会章程\n总纲\n\n甲。\n第一条　乙。\n第2条 丙。\n附件 名单\n丁。\n附件 2 单子\n戊。\n")
	want := []string{"\n\n甲。", "　乙。", " 丙。", " 名单\n丁。", " 单子\n戊。"}
	for i, a := range r.Articles {
		if got := a.Body(); got != want[i] {
			t.Errorf("%s: %q, want %q", a.Label, got, want[i])
		}
	}
	if a := readOne(t, "rules/a.md", strings.Replace(rule("a", "甲不准", "一、不准甲。\n"), "status", "kind = \"prohibitions\"\nstatus", 1)).Articles[0]; a.Body() != "不准甲。" {
		t.Errorf("%q", a.Body())
	}
}

// What is taken for a revision is more alike than two articles of a rule are.
func TestArticlesAreNotAlike(t *testing.T) {
	all, most := 0, 0.0
	for _, r := range readSample(t).Rules {
		list := living(r)
		for i, a := range list {
			for _, b := range list[:i] {
				likeness := dice(a.pairs, b.pairs)
				if likeness >= articleAlike {
					t.Errorf("%s and %s: %.2f", a.Citation(), b.Citation(), likeness)
				}
				all, most = all+1, max(most, likeness)
			}
		}
	}
	if all < 6000 || most < articleAlike-0.03 {
		t.Errorf("of %d pairs the most alike are so by %.2f: %.2f may be too careful", all, most, articleAlike)
	}
}
