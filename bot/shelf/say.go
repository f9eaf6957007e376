package shelf

import (
	"fmt"
	"strings"

	"lianwen/bot"
	"lianwen/corpus"
)

// Facts are what a paper says of itself, for people.
func Facts(r *corpus.Rule) []string {
	out := []string{"文号 " + orNone(r.Document)}
	if r.Issued != "" {
		out = append(out, "印发 "+r.Issued.Chinese())
	}
	if r.Effective != "" {
		out = append(out, "施行 "+r.Effective.Chinese())
	} else {
		out = append(out, "施行日期没有认出")
	}
	if r.Repealed {
		out = append(out, "已废止")
	}
	return out
}

func orNone(s string) string {
	if s == "" {
		return "没有认出"
	}
	return s
}

// Contents is how many chapters and articles a rule has, and the first and last, for
// people.
func Contents(r *corpus.Rule) string {
	chapters, annexes := 0, 0
	path, first, last := "", (*corpus.Article)(nil), (*corpus.Article)(nil)
	for _, a := range r.Articles {
		for _, name := range a.Path {
			if strings.Contains(name, "章") && name != path {
				path = name
				chapters++
			}
		}
		if a.Number.Annex > 0 && a.Number.Main == 0 {
			annexes++
		}
		if a.Number.IsArticle() {
			if last = a; first == nil {
				first = a
			}
		}
	}
	text := ""
	if chapters > 0 {
		text = fmt.Sprintf("%d 章 ", chapters)
	}
	text += fmt.Sprintf("%d 条", Articles(r))
	if annexes > 0 {
		text += fmt.Sprintf("，附件 %d 个", annexes)
	}
	if first != nil {
		text += fmt.Sprintf("：「%s」到「%s」", opening(first), opening(last))
	}
	return text
}

// opening is how an article begins.
func opening(a *corpus.Article) string {
	const most = 16
	text := []rune(strings.Join(strings.Fields(a.Text), " "))
	if len(text) > most {
		return string(text[:most]) + "……"
	}
	return string(text)
}

// HalfWay says how far an import came that an error ended.
func HalfWay(err error, published, all int) error {
	if published == 0 {
		return fmt.Errorf("import: %w", err)
	}
	return bot.Unavailable.Sayf("已写入 %d 部，还有 %d 部没有写：%s再导入一次，会接着写没有写的。", published, all-published, bot.Say(err))
}
