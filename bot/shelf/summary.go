package shelf

import (
	"fmt"
	"strings"
)

// Summary counts what an import would do, or did.
type Summary struct {
	Files, Unread int // files, and those of which nothing can come in
	Rules         [Refuse + 1]int
}

// Summarize counts.
func Summarize(papers []*Paper) Summary {
	s := Summary{Files: len(papers)}
	for _, p := range papers {
		if p.Problem != "" {
			s.Unread++
		}
		for _, d := range p.Drafts {
			s.Rules[d.Action]++
		}
	}
	return s
}

// Writes is how many rules would be written.
func (s Summary) Writes() int {
	n := 0
	for a, rules := range s.Rules {
		if Action(a).Writes() {
			n += rules
		}
	}
	return n
}

// Usable is how many rules are in the library, or may come in.
func (s Summary) Usable() int { return s.Writes() + s.Rules[Keep] }

// Sentence says it to people.
func (s Summary) Sentence() string {
	var parts []string
	for _, a := range []Action{Add, Revise, Correct, Archive, Keep} {
		if n := s.Rules[a]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 部", a, n))
		}
	}
	text := fmt.Sprintf("共 %d 个文件", s.Files)
	if len(parts) > 0 {
		text += "：" + strings.Join(parts, "，")
	}
	if n := s.Unread + s.Rules[Refuse]; n > 0 {
		text += fmt.Sprintf("；不能导入 %d 个", n)
	}
	return text + "。"
}
