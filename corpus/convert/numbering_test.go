package convert

import (
	"fmt"
	"strings"
	"testing"
)

func TestFormatNumber(t *testing.T) {
	at := []int{1, 9, 10, 11, 20, 99, 100, 101, 110}
	tests := map[string]string{ // a ? follows what is not sure
		"decimal":                      "1 9 10 11 20 99 100 101 110",
		"":                             "1 9 10 11 20 99 100 101 110",
		"decimalHalfWidth":             "1 9 10 11 20 99 100 101 110",
		"decimalZero":                  "01 09 10 11 20 99 100 101 110",
		"decimalFullWidth":             "１ ９ １０ １１ ２０ ９９ １００ １０１ １１０",
		"chineseCountingThousand":      "一 九 十 十一 二十 九十九 一百 一百〇一? 一百一十",
		"taiwaneseCountingThousand":    "一 九 十 十一 二十 九十九 一百 一百零一? 一百一十",
		"chineseCounting":              "一 九 十 十一 二十 九十九 一○○? 一○一? 一一○?",
		"taiwaneseCounting":            "一 九 十 十一 二十 九十九 一○○? 一○一? 一一○?",
		"japaneseCounting":             "一 九 十 十一 二十 九十九 百? 百一? 百十?",
		"ideographDigital":             "一 九 一〇 一一 二〇 九九 一〇〇 一〇一 一一〇",
		"chineseLegalSimplified":       "壹 玖 壹拾 壹拾壹 贰拾 玖拾玖 壹佰 壹佰零壹? 壹佰壹拾",
		"ideographLegalTraditional":    "壹 玖 壹拾 壹拾壹 貳拾 玖拾玖 壹佰 壹佰零壹? 壹佰壹拾",
		"ideographTraditional":         "甲 壬 癸 11? 20? 99? 100? 101? 110?",
		"ideographZodiac":              "子 申 酉 戌 20? 99? 100? 101? 110?",
		"ideographEnclosedCircle":      "㊀ ㊈ ㊉ 11? 20? 99? 100? 101? 110?",
		"decimalEnclosedCircle":        "① ⑨ ⑩ ⑪ ⑳ 99? 100? 101? 110?",
		"decimalEnclosedCircleChinese": "① ⑨ ⑩ 11? 20? 99? 100? 101? 110?",
		"decimalEnclosedParen":         "⑴ ⑼ ⑽ ⑾ ⒇ 99? 100? 101? 110?",
		"decimalEnclosedFullstop":      "⒈ ⒐ ⒑ ⒒ ⒛ 99? 100? 101? 110?",
		"upperLetter":                  "A I J K T UUUU VVVV WWWW FFFFF",
		"lowerLetter":                  "a i j k t uuuu vvvv wwww fffff",
		"upperRoman":                   "I IX X XI XX XCIX C CI CX",
		"lowerRoman":                   "i ix x xi xx xcix c ci cx",
		"hebrew1":                      "1? 9? 10? 11? 20? 99? 100? 101? 110?",
		"001, 002, 003, ...":           "001 009 010 011 020 099 100 101 110",
	}
	for format, want := range tests {
		var got []string
		for _, n := range at {
			s, sure := formatNumber(n, format)
			if !sure {
				s += "?"
			}
			got = append(got, s)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s:\n got %s\nwant %s", format, strings.Join(got, " "), want)
		}
	}
	for _, tt := range []struct {
		n            int
		format, want string
		sure         bool
	}{
		{0, "decimal", "0", true}, {0, "chineseCounting", "○", false}, {0, "chineseCountingThousand", "0", false},
		{0, "upperLetter", "0", false}, {0, "upperRoman", "0", false}, {0, "decimalEnclosedCircle", "0", false},
		{26, "upperLetter", "Z", true}, {27, "upperLetter", "AA", true}, {780, "upperLetter", strings.Repeat("Z", 30), true},
		{781, "upperLetter", "781", false}, {3999, "upperRoman", "MMMCMXCIX", true}, {4000, "upperRoman", "4000", false},
		{12, "ideographZodiac", "亥", true}, {13, "ideographZodiac", "13", false}, {21, "decimalEnclosedCircle", "21", false},
		{1001, "chineseCountingThousand", "一千〇一", false}, {1010, "chineseCountingThousand", "一千〇一十", false},
		{1110, "chineseCountingThousand", "一千一百一十", true}, {1260, "chineseCountingThousand", "一千二百六十", true},
		{10000, "chineseCountingThousand", "一万", false}, {100000, "chineseCountingThousand", "十万", false},
		{20300, "chineseCountingThousand", "二万〇三百", false}, {21000, "chineseCountingThousand", "二万一千", false},
		{1_0000_0000, "chineseCountingThousand", "100000000", false}, {10100, "japaneseCounting", "一万百", false},
		{7, "none", "", true}, {7, "numberInDash", "- 7 -", true},
	} {
		if got, sure := formatNumber(tt.n, tt.format); got != tt.want || sure != tt.sure {
			t.Errorf("%d as %s: got %q, %v; want %q, %v", tt.n, tt.format, got, sure, tt.want, tt.sure)
		}
	}
}

// wordArticles is a rule of chapters, articles, items and points. number gets the level
// and the number as it is written.
func wordArticles(number func(level int, n, text string) string) string {
	names := strings.Fields("零 一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一 二十二 二十三 二十四 二十五 二十六 二十七 二十八 二十九 三十")
	var b strings.Builder
	b.WriteString(wp("市政协委员履职管理办法"))
	for i := 1; i <= 30; i++ {
		if i%10 == 1 {
			b.WriteString(number(0, "第"+names[i/10+1]+"章　", "委员的职责"))
		}
		b.WriteString(number(1, "第"+names[i]+"条　", fmt.Sprintf("委员应当按照章程参加会议，每年不少于%d次。", i)))
		if i%7 == 0 {
			for j := 1; j <= 12; j++ {
				b.WriteString(number(2, "（"+names[j]+"）", "出席全体会议；"))
			}
			b.WriteString(number(3, "1.", "提交提案；"))
			b.WriteString(number(3, "2.", "写明第一提案人；"))
		}
	}
	return b.String()
}

// A rule numbered by Word reads as the same rule with its numbers typed by hand.
func TestNumbersLikeTyped(t *testing.T) {
	numbering := wordNumbering(wl(0, "chineseCountingThousand", "第%1章") +
		wl(1, "chineseCountingThousand", "第%2条", `<w:lvlRestart w:val="0"/>`) +
		wl(2, "chineseCounting", "（%3）", suffNothing) + wl(3, "decimal", "%4."))
	auto := readWord(t, docxFile(t, wordArticles(func(level int, _, text string) string { return wn(1, level, text) }), "word/numbering.xml", numbering))
	typed := readWord(t, docxFile(t, wordArticles(func(_ int, n, text string) string { return wp(n + text) })))
	sameText(t, auto, strings.Split(strings.TrimSuffix(typed.Text, "\n"), "\n")...)
	if !strings.Contains(typed.Text, "\n第三十条　委员应当") || !strings.Contains(auto.Text, "\n第三十条　委员应当") {
		t.Errorf("the last article is not there:\n%s", auto.Text)
	}
	wordNoted(t, auto, Added, "89 段", "“第一章”", "“第三十条”")
	if len(auto.Notes) != 1 || len(typed.Notes) != 0 {
		t.Errorf("notes %v, %v", auto.Notes, typed.Notes)
	}
}

func TestNumberBeforeText(t *testing.T) {
	for _, tt := range []struct{ number, suffix, text, want string }{
		{"第一条", "tab", "本会", "第一条　本会"},
		{"第一条", "space", "本会", "第一条 本会"},
		{"第一条", "nothing", "本会", "第一条本会"},
		{"第一条", "tab", "　本会", "第一条　本会"},
		{"第一条 ", "tab", "本会", "第一条 本会"},
		{"一、", "tab", "本会", "一、本会"},
		{"（一）", "tab", "本会", "（一）本会"},
		{"1．", "tab", "本会", "1．本会"},
		{"1.", "tab", "本会", "1.本会"},
		{"1.", "tab", "5万元以上", "1. 5万元以上"},
		{"1.", "tab", "General", "1. General"},
		{"1.2", "tab", "本会", "1.2 本会"},
		{"(1)", "tab", "3人", "(1)3人"},
		{"①", "tab", "本会", "①　本会"},
		{"", "tab", "本会", "本会"},
		{" 1 ", "tab", "", "1"},
	} {
		if got := (numLabel{text: tt.number, suffix: tt.suffix}).before(tt.text); got != tt.want {
			t.Errorf("%q %s %q: got %q, want %q", tt.number, tt.suffix, tt.text, got, tt.want)
		}
	}
}
