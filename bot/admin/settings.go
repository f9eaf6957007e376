package admin

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

func (s *Server) settingsRoutes() []route {
	return []route{
		{pattern: "GET /settings", least: leastRole, handle: s.showSettings},
		{pattern: "POST /settings/reindex", least: ledger.RoleEdit, handle: s.reindex},
	}
}

// settingsPage is the configuration, what is answered from, and what was found last.
type settingsPage struct {
	Settings []Setting
	Holding  staff.Holding
	Since    string // when the index began to answer
	Found    *found
	Result   string // of rebuilding the index just now
}

func (s *Server) showSettings(w http.ResponseWriter, r *http.Request) error {
	p := settingsPage{Found: s.lastFound()}
	var err error
	if p.Holding, err = s.Desk.Status(r.Context()); err != nil {
		return err
	}
	if s.Settings != nil {
		p.Settings = s.Settings()
	}
	p.Since = s.ago(s.Live.Since())
	if id := r.FormValue("job"); id != "" {
		p.Result, err = jobResult[string](s, r, id)
		if err != nil && bot.CodeOf(err) != bot.NotFound { // seen before, and forgotten since
			return err
		}
	}
	return s.render(w, r, "settings", "设置", p)
}

// reindex has the index built anew, and waits for how it goes.
func (s *Server) reindex(w http.ResponseWriter, r *http.Request) error {
	actor := actorOf(r)
	return s.startJob(w, r, "重建索引", "/settings?job=%s", func(ctx context.Context, _ func(done, all int)) (any, error) {
		result, err := s.Desk.RebuildIndex(ctx, actor)
		if err != nil {
			return nil, err
		}
		select {
		case text := <-result:
			return cmp.Or(text, "程序正在停止，没有重建。"), nil
		case <-ctx.Done(): // it goes on without anybody waiting
			return nil, ctx.Err()
		}
	})
}

// lastCheck is what check has found last, whoever wanted to know.
type lastCheck struct {
	mu       sync.Mutex
	at       time.Time // the zero time: never
	findings Findings
}

// found is what check has found, and when.
type found struct {
	Findings
	Ago string
}

// lastFound is what check has found last; nil: nothing has been looked at yet.
func (s *Server) lastFound() *found {
	s.checked.mu.Lock()
	defer s.checked.mu.Unlock()
	if s.checked.at.IsZero() {
		return nil
	}
	return &found{s.checked.findings, s.ago(s.checked.at)}
}

func (s *Server) checkRoutes() []route {
	return []route{
		{pattern: "GET /settings/check", least: leastRole, handle: func(w http.ResponseWriter, r *http.Request) error {
			return s.render(w, r, "check", "检查", s.lastFound())
		}},
		{pattern: "POST /settings/check", least: leastRole, handle: s.check},
	}
}

// check looks at everything, and keeps what was found for all.
func (s *Server) check(w http.ResponseWriter, r *http.Request) error {
	if s.Check == nil {
		return bot.Unavailable.Sayf("这里不能检查。请在服务器上运行 lianwen check。")
	}
	return s.startJob(w, r, "检查", "/settings/check?job=%s", func(ctx context.Context, _ func(done, all int)) (any, error) {
		findings, err := s.Check(ctx)
		if err != nil {
			return nil, err
		}
		s.checked.mu.Lock()
		defer s.checked.mu.Unlock()
		s.checked.at, s.checked.findings = s.Desk.Now(), findings
		return nil, nil
	})
}

// ago is how long ago something was, and when.
func (s *Server) ago(t time.Time) string {
	when := t.In(s.Desk.Location).Format("1月2日15:04")
	switch past := s.Desk.Now().Sub(t); {
	case past < 0, past >= 30*24*time.Hour:
		return when
	case past < time.Minute:
		return "刚刚（" + when + "）"
	case past < time.Hour:
		return fmt.Sprintf("%d 分钟前（%s）", past/time.Minute, when)
	case past < 24*time.Hour:
		return fmt.Sprintf("%d 小时前（%s）", past/time.Hour, when)
	default:
		return fmt.Sprintf("%d 天前（%s）", past/(24*time.Hour), when)
	}
}
