package talk

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lianwen/bot"
)

// MaxQuestionRunes is the longest message that is read as a question. People
// ask in one or two sentences; what is longer was pasted.
const MaxQuestionRunes = 500

// readable cleans a message and refuses what is no question.
func readable(text string) (string, error) {
	if !utf8.ValidString(text) {
		return "", bot.Invalid.Sayf("这条消息的文字编码不对，看不懂。请重新输入文字再发。")
	}
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r): // zero-width and direction marks
			return -1
		}
		return r
	}, text))
	if text == "" {
		return "", bot.Invalid.Sayf("没有收到文字。请直接打字提问，如“提案什么时候截止”；回复“帮助”看用法。")
	}
	if n := utf8.RuneCountInString(text); n > MaxQuestionRunes {
		return "", bot.Invalid.Sayf("这条消息有 %d 个字，太长了。请用一两句话（%d 字以内）提问。", n, MaxQuestionRunes)
	}
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) && text != "?" && text != "？" {
		return "", bot.Invalid.Sayf("没有看懂：这条消息里没有文字。请直接打字提问，或回复“帮助”。")
	}
	return text, nil
}
