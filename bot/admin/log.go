package admin

import (
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

func (s *Server) logRoutes() []route {
	return []route{{pattern: "GET /settings/log", least: ledger.RoleAdmin, handle: s.showLog}}
}

// levelName is a level to choose, and what it is called.
type levelName struct {
	Name, Words string
	level       slog.Level
}

var levelNames = []levelName{{"info", "信息以上", slog.LevelInfo}, {"warn", "警告以上", slog.LevelWarn}, {"error", "只看错误", slog.LevelError}, {"debug", "全部", slog.LevelDebug}}

// logPage is part of the log.
type logPage struct {
	Levels      []levelName
	Level, Text string // what is looked for
	Lines       []logLine
	Older       int64 // the entry before which there are others; 0: there are none
	Newer       bool  // these are not the newest
}

// logLine is an entry for people.
type logLine struct {
	At          time.Time
	Level       string
	Class       string // of the style
	Text, Attrs string
}

// linesShown is how many entries are on a page.
const linesShown = 100

func (s *Server) showLog(w http.ResponseWriter, r *http.Request) error {
	if s.Logbook == nil {
		return bot.Unavailable.Sayf("这里没有留日志。请在服务器上看，如 journalctl -u lianwen。")
	}
	before := row(r, "before")
	p := logPage{Levels: levelNames, Level: levelNames[0].Name, Text: r.FormValue("text"), Newer: before > 0}
	least := levelNames[0].level
	for _, l := range levelNames {
		if l.Name == r.FormValue("level") {
			p.Level, least = l.Name, l.level
		}
	}
	list, more := s.Logbook.Newest(least, p.Text, before, linesShown)
	for _, e := range list {
		line := logLine{At: e.At.In(s.Desk.Location), Text: e.Message, Attrs: e.Attrs, Level: "信息", Class: "info"}
		switch {
		case e.Level >= slog.LevelError:
			line.Level, line.Class = "错误", "error"
		case e.Level >= slog.LevelWarn:
			line.Level, line.Class = "警告", "warning"
		case e.Level < slog.LevelInfo:
			line.Level = "调试"
		}
		p.Lines = append(p.Lines, line)
	}
	if more {
		p.Older = list[len(list)-1].Number
	}
	return s.render(w, r, "log", "日志", p)
}

// row is a number in a request's address; 0 where there is none.
func row(r *http.Request, name string) int64 {
	n, err := strconv.ParseInt(r.FormValue(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
