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
func (s Summary) Writes() int { return s.Rules[Add] + s.Rules[Revise] + s.Rules[Correct] }

// Usable is how many rules are in the library, or may come in.
func (s Summary) Usable() int { return s.Writes() + s.Rules[Keep] }

// Sentence says it to people; published is how many were written to dir.
func (s Summary) Sentence(published int, dir string) string {
	var parts []string
	for _, a := range []Action{Add, Revise, Correct, Keep} {
		if n := s.Rules[a]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 部", a, n))
		}
	}
	text := fmt.Sprintf("共 %d 个文件", s.Files)
	if len(parts) > 0 {
		text += "：" + strings.Join(parts, "，")
	}
	if n := s.Unread + s.Rules[Refuse]; n > 0 {
		text += fmt.Sprintf("；不能导入 %d 个，原因见上", n)
	}
	switch {
	case published > 0:
		return text + fmt.Sprintf("。\n已写入 %s。试问一句：lianwen ask --library %s 问题", dir, dir)
	case s.Writes() > 0:
		return text + "。\n还没有写入。"
	}
	return text + "。\n没有需要写入的。"
}
