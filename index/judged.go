package index

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"lianwen/corpus"
)

// Judged is a question, or a conversation whose last message is one, with the
// articles that answer it, by key. Without any, the question must be refused.
type Judged struct {
	Q     string   `json:"q"`
	Turns []string `json:"turns"` // instead of Q: what was said, the question last
	Want  []string `json:"want"`
	Class string   `json:"class"`
	Shows []string `json:"shows"` // pieces of the wanted articles: any, on the first screen, answers
	// Both is instead of Shows where a message asks two things: of each list a
	// piece must be on the first screen.
	Both [][]string `json:"both"`
}

// said is all that was said, the question last.
func (j Judged) said() []string {
	if len(j.Turns) > 0 {
		return j.Turns
	}
	return []string{j.Q}
}

// question is what the report calls a judged question.
func (j Judged) question() string { return strings.Join(j.said(), " / ") }

// pieces are lists of which each must have a piece on the first screen.
func (j Judged) pieces() [][]string {
	if len(j.Shows) > 0 {
		return append([][]string{j.Shows}, j.Both...)
	}
	return j.Both
}

// maxJudgedLine bounds a line of a question file, in bytes.
const maxJudgedLine = 1 << 20

// ReadJudged reads questions, one JSON object a line. Lines that cannot be
// used, and wanted articles that c does not have, are all returned as
// corpus.Problems; name is the file's name in them. Where files of the library
// are left out, questions that want what c does not have are passed over: they
// may want what is in those.
func ReadJudged(r io.Reader, name string, c *corpus.Corpus) ([]Judged, error) {
	var out []Judged
	var problems corpus.Problems
	over := false // some were passed over
	report := func(line int, fix, format string, args ...any) {
		problems = append(problems, corpus.Problem{File: name, Line: line, What: fmt.Sprintf(format, args...), Fix: fix})
	}
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 4096), maxJudgedLine)
	for line := 1; s.Scan(); line++ {
		if strings.TrimSpace(s.Text()) == "" {
			continue
		}
		var j Judged
		if err := json.Unmarshal(s.Bytes(), &j); err != nil {
			report(line, `每行应为 {"q":"…","want":["ti-an#12"],"class":"…"}`, "不是一行完整的 JSON（%v）", err)
			continue
		}
		if (strings.TrimSpace(j.Q) == "") == (len(j.Turns) == 0) {
			report(line, "请写上 q，或者 turns，不要两样都写", "没有问题，或者有两个")
		}
		unknown := slices.DeleteFunc(slices.Clone(j.Want), func(key string) bool { return c.Article(key) != nil })
		if len(c.LeftOut) > 0 && len(unknown) > 0 {
			over = true
			continue
		}
		for _, piece := range slices.Concat(j.pieces()...) {
			if !slices.ContainsFunc(j.Want, func(key string) bool {
				a := c.Article(key)
				return a != nil && strings.Contains(a.Text, piece)
			}) {
				report(line, "请从 want 的条文里照抄", "shows 里的「%s」不在 want 的条文里", piece)
			}
		}
		for _, key := range unknown {
			report(line, "请改正 want，或换用对应的制度库", "want 里的 %s 在制度库里找不到", key)
		}
		out = append(out, j)
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("read questions %s: %w", name, err)
	}
	if len(out) == 0 && len(problems) == 0 && !over {
		report(0, `每行应为 {"q":"…","want":["ti-an#12"],"class":"…"}`, "没有一个问题")
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return out, nil
}
