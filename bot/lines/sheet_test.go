package lines

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"lianwen/corpus"
)

// holidayRequests are requests for every article that can be asked for.
func holidayRequests(t *testing.T) []Request {
	t.Helper()
	s := &Store{Dir: t.TempDir()}
	w, err := s.Requests(readHolidays(t).RuleByID("nian-jia").Articles, Want{Lines: 7})
	if err != nil || len(w.Requests) != 5 {
		t.Fatalf("%+v, %v", w, err)
	}
	return w.Requests
}

// A prompt file has articles of one rule, no more than fit, each with its key; it ends
// with how to read the answer.
func TestSheets(t *testing.T) {
	tmpl, requests := standard(t), holidayRequests(t)
	whole := tmpl.Sheets(requests, 6000)
	if len(whole) != 1 || whole[0].Articles != 5 || whole[0].Name != "001-职工年休假办法.txt" {
		t.Fatalf("%+v", whole)
	}
	text := whole[0].Text
	if !strings.HasPrefix(text, sheetBegins+"\n请替") || !strings.HasSuffix(text, sheetEnds+"\n\n回答存成 001-职工年休假办法-答.txt 这样的文本文件，然后运行：lianwen lines read 001-职工年休假办法-答.txt\n") {
		t.Errorf("got\n%s", text)
	}
	for _, r := range requests {
		if !strings.Contains(text, r.Article.Label+"还要 "+map[bool]string{true: "6", false: "7"}[r.Article.Label == "第一条"]+" 句，编号是 【"+r.Article.Key()+" "+r.Article.WordsDigest()+"】\n==== 材料开始 ") {
			t.Errorf("%s is not asked for in\n%s", r.Article.Key(), text)
		}
	}
	size := utf8.RuneCountInString(text)
	for limit, want := range map[int][]int{size: {5}, size - 1: {4, 1}, 0: {1, 1, 1, 1, 1}} {
		var got []int
		for _, s := range tmpl.Sheets(requests, limit) {
			got = append(got, s.Articles)
		}
		if !slices.Equal(got, want) {
			t.Errorf("of at most %d characters: %v, want %v", limit, got, want)
		}
	}
	other := *requests[0].Article
	other.Rule = &corpus.Rule{ID: "x", Title: `关于"出差/用车"的 办法（` + strings.Repeat("长", 30)}
	if two := tmpl.Sheets(append(requests, Request{Article: &other, Want: 7}), 6000); len(two) != 2 || two[1].Name != "002-关于出差用车的办法（"+strings.Repeat("长", 20)+".txt" {
		t.Errorf("another rule: %+v", two)
	}
}

// An answer is read back for the articles that it names, with the prompt or without.
func TestReadSheet(t *testing.T) {
	c := readHolidays(t)
	key := func(number string) string {
		return "nian-jia#" + number + " " + c.Article("nian-jia#"+number).WordsDigest()
	}
	answer := "好的。\n\n【" + key("3") + "】\n问：刚来的头一年有没有年假\n问[2]：年假碰上国庆怎么算\n\n### 【" + key("6") + "】\n1. 问：年假跟谁说\n\n**" + key("4") + "**\n抱歉，我不能回答。\n"
	sheet := standard(t).Sheets(holidayRequests(t), 6000)[0].Text
	for name, text := range map[string]string{
		"alone":            answer,
		"with the prompt":  sheet + answer,
		"in front of it":   answer + "\n" + strings.ReplaceAll(sheet, "\n", "\r\n"),
		"half the prompt":  answer + sheet[:len(sheet)/3],
		"twice":            answer + answer,
		"from a phone":     "\ufeff" + answer,
		"with its headers": strings.ReplaceAll(strings.ReplaceAll(answer, "【", "["), "】", "]"),
	} {
		found, stray := ReadSheet(c, text)
		if len(found) != 3 || stray != 0 {
			t.Errorf("%s: %d articles, %d astray: %+v", name, len(found), stray, found)
			continue
		}
		if f := found[0]; f.Article.Key() != "nian-jia#3" || !slices.Equal(texts(f.Lines), []string{"刚来的头一年有没有年假", "[2]年假碰上国庆怎么算"}) {
			t.Errorf("%s: %+v", name, f)
		}
		if f := found[1]; f.Article.Key() != "nian-jia#6" || !slices.Equal(texts(f.Lines), []string{"年假跟谁说"}) {
			t.Errorf("%s: %+v", name, f)
		}
		if f := found[2]; f.Article.Key() != "nian-jia#4" || !strings.HasPrefix(f.Why, "模型不肯答：") {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if found, stray := ReadSheet(c, sheet); len(found) != 0 || stray != 0 {
		t.Errorf("the prompt by itself: %+v, %d", found, stray)
	}
	half, _, _ := strings.Cut(sheet, sheetEnds)
	if found, stray := ReadSheet(c, half+"\n"+answer); len(found) != 0 || stray != 3 || !Unended(half+answer) || Unended(sheet+answer) || Unended(answer) {
		t.Errorf("behind a prompt without its end: %+v, %d", found, stray)
	}
	if found, stray := ReadSheet(c, "问：甲\n问：乙\n【"+key("6")+"】\n问：年假跟谁说"); len(found) != 1 || stray != 2 {
		t.Errorf("lines without a key: %+v, %d", found, stray)
	}
}

// Nothing is taken for what is not there, or not in these words.
func TestReadSheetOfOthers(t *testing.T) {
	c := readHolidays(t)
	d := c.Article("nian-jia#3").WordsDigest()
	for key, why := range map[string]string{
		"chu-chai#3 " + d:         "制度库里没有这部制度",
		"zhi-ban#1 " + d:          "《值班办法》已经废止",
		"nian-jia#99 " + d:        "《职工年休假办法》里没有这一条",
		"nian-jia#5 " + d:         "《职工年休假办法》里没有这一条",
		"nian-jia#annex-1 " + d:   "《职工年休假办法》里没有这一条",
		"nian-jia#3":              "编号后面没有 8 位校验码，不知道是照哪一版条文写的",
		"nian-jia#3 0123abcd":     "《职工年休假办法》第三条在写出提示词以后改过，请重新写提示词",
		"nian-jia#6 " + d:         "《职工年休假办法》第六条在写出提示词以后改过，请重新写提示词",
		"rules/年假（新）.v2#preamble": "制度库里没有这部制度",
	} {
		found, _ := ReadSheet(c, "【"+key+"】\n问：头一年有没有年假\n")
		if len(found) != 1 || found[0].Article != nil || found[0].Why != why || len(found[0].Lines) > 0 {
			t.Errorf("%s: %+v, want %s", key, found, why)
		}
	}
}
