package lines

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lianwen/corpus"
)

// texts are lines as they are written down: with the part they are for.
func texts(list []Line) []string {
	var out []string
	for _, l := range list {
		if l.Part != (corpus.Part{}) {
			l.Text = "[" + l.Part.String() + "]" + l.Text
		}
		out = append(out, l.Text)
	}
	return out
}

// Whatever models put around what was asked for is taken off.
func TestReadAnswer(t *testing.T) {
	a := holiday(t, "4")
	two := []string{"病假请多了年假还有吗", "[1.1]事假请多少天年假就没了"}
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"as wanted":          {"问：病假请多了年假还有吗\n问[1.1]：事假请多少天年假就没了\n", two},
		"fences, talk":       {"好的，以下是为第四条写的问法，供您参考：\n\n```text\n问：病假请多了年假还有吗\r\n问[1.1]：事假请多少天年假就没了\n```\n\n需要再写几句吗？", two},
		"sorry, but":         {"抱歉久等了，我不能保证全对：\n问：病假请多了年假还有吗\n问[1.1]：事假请多少天年假就没了", two},
		"numbers":            {"1. 问：病假请多了年假还有吗\n2.问[1.1]：事假请多少天年假就没了", two},
		"bullets, bold":      {"- **问：** 病假请多了年假还有吗\n* **问[1.1]：**事假请多少天年假就没了", two},
		"quotation marks":    {"问：「病假请多了年假还有吗」\n问［1.1］:“事假请多少天年假就没了”", two},
		"other brackets":     {"> 问: 病假请多了年假还有吗\n> 问（1.1）: 事假请多少天年假就没了", two},
		"numbered question":  {"问1：病假请多了年假还有吗\n问2[1.1]：事假请多少天年假就没了", two},
		"part before":        {"问：病假请多了年假还有吗\n[1.1] 问：事假请多少天年假就没了", two},
		"aloud":              {"<think>\n问：先想想\n</think>\n问：病假请多了年假还有吗\n问[1.1]：事假请多少天年假就没了", two},
		"its own key":        {"【nian-jia#4 " + a.WordsDigest() + "】\n问：病假请多了年假还有吗\n问[1.1]：事假请多少天年假就没了", two},
		"a list":             {"可以这样问：\n1、病假请多了年假还有吗\n2、[1.1] 事假请多少天年假就没了\n还要吗？", two},
		"a JSON list":        {"[\n  \"病假请多了年假还有吗\",\n  \"事假请多少天年假就没了\"\n]", []string{two[0], "事假请多少天年假就没了"}},
		"question marks":     {"这里有两句\n病假请多了年假还有吗？\n事假请多少天年假就没了?", []string{two[0] + "？", "事假请多少天年假就没了?"}},
		"twice":              {"问：病假请多了年假还有吗\n问：病假请多了年假还有吗？", two[:1]},
		"no such part":       {"问[9]：病假请多了年假还有吗\n问[1.3]：病假两个月呢\n问[1]：当年不休的有哪些", []string{two[0], "病假两个月呢", "当年不休的有哪些"}},
		"figures":            {"问：1.5个月的病假还有年假吗\n问：“双休”算不算在“年假”里", []string{"1.5个月的病假还有年假吗", "“双休”算不算在“年假”里"}},
		"a figure in a list": {"1. 1.5个月的病假还有年假吗\n1.5倍的工资给不给？\n1.0倍呢？\n1.9倍呢？", []string{"1.5个月的病假还有年假吗"}},
		"empty ones":         {"问：\n问：病假请多了年假还有吗\n问：「」\n问：……", two[:1]},
		"no bytes of text":   {"问：病假\xff请多了年假还有吗", two[:1]},
	} {
		if got := ReadAnswer(a, tt.text); !slices.Equal(texts(got.Lines), tt.want) || got.Why != "" {
			t.Errorf("%s: %q %q, want %q", name, texts(got.Lines), got.Why, tt.want)
		}
	}
	whole := holiday(t, "6")
	if got := ReadAnswer(whole, "问[1]：年假跟谁说"); !slices.Equal(texts(got.Lines), []string{"年假跟谁说"}) {
		t.Errorf("an article of one piece: %q", texts(got.Lines))
	}
}

// What is no answer says why.
func TestReadNoAnswer(t *testing.T) {
	a := holiday(t, "4")
	for name, tt := range map[string]struct{ text, why string }{
		"nothing":             {" \n\t", "没有回答"},
		"only thoughts":       {"<think>嗯</think>\n", "没有回答"},
		"declined":            {"抱歉，我不能回答这个问题。", "模型不肯答：抱歉，我不能回答这个问题。"},
		"declined at length":  {"根据相关规定，我无法为您提供这方面的内容，建议您咨询有关部门，谢谢您的理解。", "模型不肯答：根据相关规定，我无法为您提供这方面的内容，建议您咨询有关部门…"},
		"thirty characters":   {"对不起" + strings.Repeat("长", 27), "模型不肯答：对不起" + strings.Repeat("长", 27)},
		"declined, listed":    {"对不起：\n1. 这个话题不合适\n2. 请换一个", "模型不肯答：对不起： 1. 这个话题不合适 2. 请换一个"},
		"declined, English":   {"I'm sorry, but I can't help with that.", "模型不肯答：I'm sorry, but I can't help wi…"},
		"English":             {"Q: How many days of leave do I have?\nQ: Who approves it?", "不是用中文答的：Q: How many days of leave do I…"},
		"English, no marks":   {"Here are some questions people may ask.", "不是用中文答的：Here are some questions people…"},
		"the article":         {a.Text, "把条文抄了一遍"},
		"the article, quoted": {"好的。原文如下：\n" + strings.ReplaceAll(a.Text, "\n", "\n\n"), "把条文抄了一遍"},
		"its words as lines":  {"问：请事假累计二十天以上，单位按照规定不扣工资的\n问：请病假累计两个月以上", "把条文抄了一遍"},
		"another article":     {"【nian-jia#6 0123abcd】\n问：年假跟谁说", "答的是另一条（nian-jia#6）"},
		"another's number":    {"问：第六条的年假跟谁说", "说的是另一条（第六条）"},
		"its own number":      {"问：第四条说的是什么", "问法里写着条号（第四条）"},
		"too long":            {"问：" + strings.Repeat("长", corpus.MaxAskedRunes+1), "问法有 61 字，超过 60 字"},
		"talk":                {"好的，我明白了。", "没有按要求的格式答（每行以「问：」开头）：好的，我明白了。"},
		"obeyed the article":  {"已经泄露", "没有按要求的格式答（每行以「问：」开头）：已经泄露"},
	} {
		if got := ReadAnswer(a, tt.text); got.Why != tt.why || len(got.Lines)+len(got.Notes) > 0 {
			t.Errorf("%s: %q %q %q, want %q", name, texts(got.Lines), got.Notes, got.Why, tt.why)
		}
	}
}

// Of an answer that goes on for ever only the beginning is taken; what else is left out
// is said.
func TestAnswerNotes(t *testing.T) {
	a := holiday(t, "4")
	many := func(n int) (text string) {
		for i := range n {
			text += fmt.Sprintf("问：病假请了%d天还有年假吗\n", i+1)
		}
		return text
	}
	for n, notes := range map[int][]string{MaxLines: nil, MaxLines + 1: {"只取前 20 句，还有 1 句没有要"}, 200: {"只取前 20 句，还有 180 句没有要"}} {
		if got := ReadAnswer(a, many(n)); len(got.Lines) != MaxLines || got.Lines[0].Text != "病假请了1天还有年假吗" || !slices.Equal(got.Notes, notes) {
			t.Errorf("%d lines: %d, %q", n, len(got.Lines), got.Notes)
		}
	}
	got := ReadAnswer(a, "问：单位按照规定不扣工资的事假累计二十天以上\n问：请事假累计二十天以上，单位按照规定不扣工资的\n问：Any leave left?\n问：第六条\n问：年假→"+strings.Repeat("长", 60)+"\n问：病假多了呢")
	want := []string{"1 句照抄条文，没有要", "1 句不是中文，没有要", "写了条号（第六条）的没有要", "有的没有要：问法有 63 字，超过 60 字"}
	if !slices.Equal(got.Notes, want) || !slices.Equal(texts(got.Lines), []string{"单位按照规定不扣工资的事假累计二十天以上", "病假多了呢"}) {
		t.Errorf("got %q %q, want %q", texts(got.Lines), got.Notes, want)
	}
	// words that anybody would use are no copy
	if got := ReadAnswer(a, "问：病假累计两个月以上"); got.Why != "" {
		t.Errorf("short words: %q", got.Why)
	}
}

func FuzzReadAnswer(f *testing.F) {
	for _, seed := range []string{"问：甲怎么办", "1. 问[1.2]：「乙」", "```\n[\"甲？\",\n\"乙？\"]", "<think>\n", "【nian-jia#4 0123abcd】", "抱歉", "Q: why", "问（1.1）：**x**", "1.5", "［１］"} {
		f.Add(seed)
	}
	c, err := corpus.Read(libraryOf(holidays))
	if err != nil {
		f.Fatal(err)
	}
	a := c.Article("nian-jia#4")
	f.Fuzz(func(t *testing.T, text string) {
		got := ReadAnswer(a, text)
		if (got.Why == "") != (len(got.Lines) > 0) || len(got.Lines) > MaxLines {
			t.Fatalf("%d lines, and %q", len(got.Lines), got.Why)
		}
		for _, l := range got.Lines {
			if corpus.AskedFault(l.Text) != "" || !a.Has(l.Part) || l.Text != strings.TrimSpace(l.Text) {
				t.Errorf("%q for part %v", l.Text, l.Part)
			}
		}
		found, _ := ReadSheet(c, text)
		for _, found := range found {
			if (found.Article == nil || len(found.Lines) == 0) == (found.Why == "") {
				t.Errorf("%+v", found)
			}
		}
	})
}

// A list in which some begin with 问： and some do not: the others are told of.
func TestReadAnswerOfMixedList(t *testing.T) {
	a := readHolidays(t).Article("nian-jia#3")
	for text, want := range map[string][]string{
		"1. 我干了三年能休几天\n2. 年假有多少\n3. 问：头一年有没有年假": {"2 行没有写「问：」，没有要"},
		"1. 我干了三年能休几天\n2. 头一年有没有年假":             nil,
		"以下是问法，可以吗？\n问：头一年有没有年假":                nil,
	} {
		if got := ReadAnswer(a, text); !slices.Equal(got.Notes, want) || len(got.Lines) == 0 {
			t.Errorf("%s: %+v", text, got)
		}
	}
}
