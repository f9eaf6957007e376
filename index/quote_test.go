package index

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"lianwen/corpus"
)

// sentence is n characters that begin with what they are about.
func sentence(about string, n int) string {
	return about + strings.Repeat("某", n-utf8.RuneCountInString(about)-1) + "。"
}

// articleOf is 第一条 of a rule, with a text of its own.
func articleOf(t *testing.T, text string) *corpus.Article {
	t.Helper()
	c, err := corpus.Read(fstest.MapFS{"章程.txt": {Data: []byte("试验章程\n" + text + "\n第二条 结束。\n")}})
	if err != nil {
		t.Fatal(err)
	}
	a := c.Article("章程#1")
	if a.Text != text {
		t.Fatalf("第一条 was read as %q", a.Text)
	}
	return a
}

func about(words ...string) []term {
	var ts []term
	for _, w := range words {
		ts = append(ts, term{text: w, share: 1})
	}
	return ts
}

// A text that a phone shows is quoted whole, down to its last character; one
// character more, and only the paragraph is that answers.
func TestQuoteWholeOrParagraph(t *testing.T) {
	t.Parallel()
	first, last := "第一条 "+sentence("甲子", 86), sentence("丙寅", 89)
	fits := articleOf(t, first+"\n"+last)
	if n := utf8.RuneCountInString(fits.Text); n != maxQuoteRunes {
		t.Fatalf("%d characters", n)
	}
	if h := newHit(fits, about("丙寅")); h.Quote != fits.Text || h.Lead != "" {
		t.Errorf("quoted %q after %q", h.Quote, h.Lead)
	}
	middle := sentence("乙丑", 10)
	long := articleOf(t, strings.Join([]string{first, middle, last}, "\n"))
	for word, want := range map[string]string{"甲子": first, "乙丑": middle, "丙寅": last, "丁卯": first} {
		if h := newHit(long, about(word)); h.Quote != want || h.Lead != "" {
			t.Errorf("%s: quoted %q after %q, want %q", word, h.Quote, h.Lead, want)
		}
	}
	barely := articleOf(t, first+"\n某"+last)
	if h := newHit(barely, about("丙寅")); h.Quote != "某"+last {
		t.Errorf("one character too long: quoted %q", h.Quote)
	}
}

// Of a long list any item can be the one that answers, the last as well; it
// comes with the line that makes it a duty or a ban.
func TestQuoteItem(t *testing.T) {
	t.Parallel()
	lead := "第一条 有下列情形之一的，不予立案："
	items := []string{"（一）" + sentence("甲子", 70), "（二）" + sentence("乙丑丙寅", 70), "（三）" + sentence("丁卯", 70)}
	a := articleOf(t, strings.Join(append([]string{lead}, items...), "\n"))
	for _, tt := range []struct {
		name string
		ts   []term
		want int
	}{
		{"the first", about("甲子"), 0},
		{"the second", about("丙寅"), 1},
		{"the last", about("丁卯"), 2},
		{"the most words", about("丁卯", "乙丑", "丙寅"), 1},
		{"the first of equals", about("丁卯", "甲子"), 0},
		{"nothing in common", about("戊辰"), 0},
		{"what is only asked with", []term{{text: "甲子", share: 3, scaffold: true}, {text: "丁卯", share: 1}}, 2},
		{"what was said more often", []term{{text: "甲子", share: 1}, {text: "丁卯", share: 2}}, 2},
	} {
		if h := newHit(a, tt.ts); h.Quote != items[tt.want] || h.Lead != lead {
			t.Errorf("%s: quoted %q after %q, want %q", tt.name, h.Quote, h.Lead, items[tt.want])
		}
	}
}

// Of a long paragraph as many whole sentences are quoted as a phone shows,
// around the one that answers, from the very first to the very last.
func TestQuoteSentences(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		each int
		want []string // by the sentence that answers: those quoted
	}{
		{60, []string{"012", "012", "123", "234", "345", "345"}}, // three just fit
		{61, []string{"01", "12", "23", "34", "45", "45"}},
		{170, []string{"0", "1", "2", "3", "4", "5"}},
		{300, []string{"0", "1", "2", "3", "4", "5"}}, // a sentence is never cut
	} {
		things := strings.Split("甲乙丙丁戊己", "")
		all := make([]string, len(things))
		for i, thing := range things {
			all[i] = sentence(thing, tt.each)
		}
		all[0] = "第一条 " + sentence(things[0], tt.each-len([]rune("第一条 ")))
		all[5] = strings.TrimSuffix(all[5], "。") + "某" // no mark at the very end
		a := articleOf(t, strings.Join(all, ""))
		for i, numbers := range tt.want {
			want := ""
			for _, n := range numbers {
				want += all[n-'0']
			}
			if h := newHit(a, about(things[i])); h.Quote != want || h.Lead != "" {
				t.Errorf("of %d characters, number %d: %d characters quoted\n got %s\nwant %s", tt.each, i, utf8.RuneCountInString(h.Quote), h.Quote, want)
			}
		}
	}
}

func TestLongArticleIsQuotedInPart(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	a := x.Corpus().Article("ti-an#12") // a long list
	h := newHit(a, x.questionTerms(fold("同一提案人上一年度已经办结的提案")))
	if !strings.Contains(h.Quote, "上一年度已经办结") || strings.Contains(h.Quote, "国家秘密") {
		t.Errorf("quoted %q", h.Quote)
	}
	if !strings.Contains(h.Lead, "不予立案") || !strings.Contains(a.Text, h.Lead) {
		t.Errorf("led by %q", h.Lead)
	}
}

// What is too long for one view is cut between sentences only.
func TestSentences(t *testing.T) {
	t.Parallel()
	text := "总纲\n" + strings.Repeat("前面的话说了很多很多，但是和问题没有什么关系。", 12) +
		"统一战线由“各民主党派、无党派人士”参加。" + strings.Repeat("后面的话《某某条例》第3.5条也说了很多；", 12)
	got := sentences(text, []term{{text: "统一", share: 1}, {text: "战线", share: 1}})
	if !strings.Contains(text, got) || !strings.Contains(got, "统一战线") || !short(got) || utf8.RuneCountInString(got) < 100 {
		t.Errorf("%d characters: %q", utf8.RuneCountInString(got), got)
	}
	if first, _ := utf8.DecodeRuneInString(got); first != '前' && first != '统' {
		t.Errorf("begins inside a sentence: %q", got)
	}
	if !strings.HasSuffix(got, "。") && !strings.HasSuffix(got, "；") {
		t.Errorf("ends inside a sentence: %q", got)
	}
	if long := strings.Repeat("没有句号的一长串", 60); sentences(long, nil) != long {
		t.Error("a single sentence was cut")
	}
}
