package admin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/renameio/v2/maybe"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/index"
)

func (s *Server) judgedRoutes() []route {
	return []route{
		{pattern: "GET /try/judged", least: leastRole, handle: s.showJudged},
		{pattern: "POST /try/judged/run", least: ledger.RoleEdit, handle: s.runJudged},
		{pattern: "POST /try/judged/remove", least: ledger.RoleEdit, handle: s.unjudge},
	}
}

// judgedRun is how the judged questions fared, and what had changed since the run
// before. The last one stands in a file of the data folder, written whole.
type judgedRun struct {
	At     time.Time      `json:"at"`
	By     string         `json:"by"`
	Before *index.Score   `json:"before,omitempty"` // of the run before
	Report index.Report   `json:"report"`
	Better []index.Change `json:"better"`
	Worse  []index.Change `json:"worse"`
}

// judgedPage is the page about the judged questions.
type judgedPage struct {
	staff.JudgedQuestions
	Office []index.Judged // of those usable and lost, the ones that can be taken out here
	Last   *judgedRun
	Wrong  []index.Verdict // of the last run, what did not fare well
	May    bool
}

func (s *Server) judgedFile() string { return filepath.Join(s.DataDir, "judged-last.json") }

// lastRun is the last run; nil when there was none.
func (s *Server) lastRun() (*judgedRun, error) {
	raw, err := os.ReadFile(s.judgedFile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	run := &judgedRun{}
	if err == nil {
		err = json.Unmarshal(raw, run)
	}
	if err != nil {
		return nil, fmt.Errorf("read last run of the judged questions: %w", err)
	}
	return run, nil
}

func (s *Server) showJudged(w http.ResponseWriter, r *http.Request) error {
	x, release := s.Live.Acquire()
	defer release()
	questions, err := s.Desk.Judged(x.Corpus())
	if err != nil {
		return err
	}
	p := judgedPage{JudgedQuestions: questions, May: accountOf(r).Role.May(ledger.RoleEdit)}
	for _, q := range slices.Concat(questions.Lost, questions.Usable) {
		if q.Class == staff.OfficeClass {
			p.Office = append(p.Office, q)
		}
	}
	if p.Last, err = s.lastRun(); err != nil {
		s.Log.Warn("上次的检验读不出来，不影响使用", "err", err)
	}
	if p.Last != nil {
		for _, v := range p.Last.Report.Questions {
			if faresIll(v) {
				p.Wrong = append(p.Wrong, v)
			}
		}
	}
	return s.render(w, r, "judged", "检验题", p)
}

// faresIll reports whether a question did not get what it wants among the first three,
// or something where it wants nothing.
func faresIll(v index.Verdict) bool {
	if len(v.Want) == 0 {
		return v.Outcome == index.Answered.String()
	}
	return v.Outcome == index.None.String() || v.Place == 0 || v.Place > 3
}

// runJudged asks the judged questions.
func (s *Server) runJudged(w http.ResponseWriter, r *http.Request) error {
	by := accountOf(r).Name
	return s.startJob(w, r, "跑检验题", "/try/judged?run=%s", func(ctx context.Context, progress func(done, all int)) (any, error) {
		x, release := s.Live.Acquire()
		defer release()
		questions, err := s.Desk.Judged(x.Corpus())
		if err != nil {
			return nil, err
		}
		if len(questions.Usable) == 0 {
			return nil, bot.Invalid.Sayf("还没有检验题。试问以后，在该答的那一条上点“这条才对”，就记下一道。")
		}
		last, err := s.lastRun()
		if err != nil {
			s.Log.Warn("上次的检验读不出来，不影响使用", "err", err)
		}
		run := judgedRun{At: s.Desk.Now().In(s.Desk.Location), By: by}
		run.Report, err = x.Evaluate(ctx, questions.Usable, func(ctx context.Context, said []string, depth int) (index.Result, string, error) {
			a, err := s.Bot.Screen(ctx, said, depth)
			return a.Result, a.Text, err
		}, progress)
		if err != nil {
			return nil, err
		}
		if last != nil {
			run.Before = &last.Report.Score
			run.Better, run.Worse = index.Changes(last.Report, run.Report)
		}
		return nil, s.keepRun(run)
	})
}

func (s *Server) keepRun(run judgedRun) error {
	raw, err := json.Marshal(run)
	if err == nil {
		err = maybe.WriteFile(s.judgedFile(), raw, 0o600)
	}
	if err != nil {
		return fmt.Errorf("keep run of the judged questions: %w", err)
	}
	return nil
}

// unjudge takes a judged question out again.
func (s *Server) unjudge(w http.ResponseWriter, r *http.Request) error {
	question := r.PostFormValue("question")
	if err := s.Desk.Unjudge(r.Context(), actorOf(r), question); err != nil {
		return err
	}
	return s.done(w, r, "/try/judged", "去掉了检验题“"+question+"”。")
}
