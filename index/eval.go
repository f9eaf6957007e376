package index

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"lianwen/corpus"
)

// Judged is a question with the articles that answer it, by key. Without any,
// the question must be refused.
type Judged struct {
	Q     string   `json:"q"`
	Want  []string `json:"want"`
	Class string   `json:"class"`
}

// maxJudgedLine bounds a line of a question file, in bytes.
const maxJudgedLine = 1 << 20

// ReadJudged reads questions, one JSON object a line. Lines that cannot be
// used, and wanted articles that c does not have, are all returned as
// corpus.Problems; name is the file's name in them.
func ReadJudged(r io.Reader, name string, c *corpus.Corpus) ([]Judged, error) {
	var out []Judged
	var problems corpus.Problems
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
		if strings.TrimSpace(j.Q) == "" {
			report(line, "请写上 q", "没有问题")
		}
		for _, key := range j.Want {
			if c.Article(key) == nil {
				report(line, "请改正 want，或换用对应的制度库", "want 里的 %s 在制度库里找不到", key)
			}
		}
		out = append(out, j)
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("read questions %s: %w", name, err)
	}
	if len(out) == 0 && len(problems) == 0 {
		report(0, `每行应为 {"q":"…","want":["ti-an#12"],"class":"…"}`, "没有一个问题")
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return out, nil
}

// Score is how a set of judged questions went. Hit1, Hit3, MRR10 and Recall100
// are means over the questions that want something and look at the ranking,
// whatever the outcome. An article that repeats a wanted one word for word,
// same rule and number, is as good (bulk data has such copies). AnsweredWrong counts questions that want nothing and
// were answered, RefusedWrong those that want something and ended in None.
type Score struct {
	N             int     `json:"n"`
	Hit1          float64 `json:"hit1"`
	Hit3          float64 `json:"hit3"`
	MRR10         float64 `json:"mrr10"`
	Recall100     float64 `json:"recall100"`
	OutOfScope    int     `json:"out_of_scope"` // questions that want nothing
	AnsweredWrong int     `json:"answered_wrong"`
	RefusedWrong  int     `json:"refused_wrong"`
	Answered      int     `json:"answered"`
	Choices       int     `json:"choices"`
	None          int     `json:"none"`
}

// Verdict is what became of one question.
type Verdict struct {
	Q       string   `json:"q"`
	Class   string   `json:"class"`
	Want    []string `json:"want"`
	Got     []string `json:"got"`   // the first MaxHits of the ranking
	Place   int      `json:"place"` // of the first wanted article, from 1; 0 if not in the first hundred
	Outcome string   `json:"outcome"`

	recall float64
	took   time.Duration
}

// Report is the outcome of an evaluation.
type Report struct {
	Score
	Classes   map[string]Score `json:"classes"`
	P50       float64          `json:"p50_ms"`
	P99       float64          `json:"p99_ms"`
	Questions []Verdict        `json:"questions"`
}

// evalDepth is how far down the ranking recall looks.
const evalDepth = 100

// Evaluate asks every question by itself, one after the other, through Search.
// progress is called after each, if set.
func (x *Index) Evaluate(ctx context.Context, questions []Judged, progress func(done, total int)) (Report, error) {
	var r Report
	for i, j := range questions {
		res, err := x.Search(ctx, Query{Text: j.Q, Depth: evalDepth})
		if err != nil {
			return Report{}, fmt.Errorf("evaluate %q: %w", j.Q, err)
		}
		r.Questions = append(r.Questions, x.judge(j, res))
		if progress != nil {
			progress(i+1, len(questions))
		}
	}
	r.sum()
	return r, nil
}

func (x *Index) judge(j Judged, res Result) Verdict {
	v := Verdict{Q: j.Q, Class: j.Class, Want: j.Want, Got: []string{}, Outcome: res.Outcome.String(), took: res.Took}
	var wanted []identity
	for _, key := range j.Want {
		if a := x.corpus.Article(key); a != nil {
			wanted = append(wanted, identify(a))
		}
	}
	found := 0
	for i, a := range res.Ranked {
		if i < MaxHits {
			v.Got = append(v.Got, a.Key())
		}
		id, here := identify(a), 0
		for _, w := range wanted {
			if w == id {
				here++
			}
		}
		if here > 0 && v.Place == 0 {
			v.Place = i + 1
		}
		found += here
	}
	if len(j.Want) > 0 {
		v.recall = float64(found) / float64(len(j.Want))
	}
	return v
}

func (r *Report) sum() {
	byClass := map[string][]Verdict{}
	var took []time.Duration
	for _, v := range r.Questions {
		byClass[v.Class] = append(byClass[v.Class], v)
		took = append(took, v.took)
	}
	r.Score, r.Classes = score(r.Questions), map[string]Score{}
	for class, vs := range byClass {
		r.Classes[class] = score(vs)
	}
	slices.Sort(took)
	if n := len(took); n > 0 {
		r.P50, r.P99 = milliseconds(took[n/2]), milliseconds(took[n*99/100])
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func score(vs []Verdict) Score {
	s := Score{N: len(vs)}
	wanted := 0.0
	for _, v := range vs {
		switch v.Outcome {
		case Answered.String():
			s.Answered++
		case Choices.String():
			s.Choices++
		default:
			s.None++
		}
		if len(v.Want) == 0 {
			s.OutOfScope++
			if v.Outcome == Answered.String() {
				s.AnsweredWrong++
			}
			continue
		}
		wanted++
		if v.Outcome == None.String() {
			s.RefusedWrong++
		}
		s.Recall100 += v.recall
		if v.Place == 1 {
			s.Hit1++
		}
		if v.Place >= 1 && v.Place <= 3 {
			s.Hit3++
		}
		if v.Place >= 1 && v.Place <= 10 {
			s.MRR10 += 1 / float64(v.Place)
		}
	}
	for _, sum := range []*float64{&s.Hit1, &s.Hit3, &s.MRR10, &s.Recall100} {
		*sum /= cmp.Or(wanted, 1)
	}
	return s
}
