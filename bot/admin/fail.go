package admin

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"syscall"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// statuses are the statuses of errors for people.
var statuses = map[bot.Code]int{
	bot.Invalid: http.StatusBadRequest, bot.NotFound: http.StatusNotFound, bot.Forbidden: http.StatusForbidden,
	bot.Conflict: http.StatusConflict, bot.Unavailable: http.StatusServiceUnavailable,
}

// troubles are what ails the machine beneath, for people. All of it may pass.
var troubles = map[ledger.Trouble]string{
	ledger.Full:        "磁盘满了，没有办成。请告诉管这台电脑的人腾出空间，再提交一次。",
	ledger.Unwritable:  "磁盘写不进去，没有办成。请告诉管这台电脑的人检查磁盘，再提交一次。",
	ledger.ReadOnly:    "数据库现在不让写，没有办成。请告诉管数据库的人，再提交一次。",
	ledger.Busy:        "台账正忙，没有办成。请过一会儿再提交一次。",
	ledger.Unreachable: "数据库暂时连不上，没有办成。请过一会儿再提交一次；一直这样，请告诉管数据库的人。",
}

// troubleOf is what ails the machine, as an error says it; "" when that is not it.
func troubleOf(err error) string {
	if errors.Is(err, syscall.ENOSPC) {
		return troubles[ledger.Full]
	}
	return troubles[ledger.TroubleOf(err)]
}

// failure is what the page about an error shows.
type failure struct {
	Text string
	Kept kept
}

// fail answers with an error: what happened, what to do, and what was typed, to
// be sent again.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	status, ok := statuses[bot.CodeOf(err)]
	text := bot.Say(err)
	switch {
	case ok:
	case errors.Is(err, context.Canceled) && r.Context().Err() != nil:
		return // nobody waits for it any more
	case troubleOf(err) != "":
		status, text = http.StatusServiceUnavailable, troubleOf(err)
		s.Log.Error("网页没有办成", "page", r.Pattern, "err", err)
	default:
		status, text = http.StatusInternalServerError, "出错了，没有办成。请稍后再试；还是这样，请看“设置”里的日志，或者告诉管这台电脑的人。"
		s.Log.Error("网页出错", "page", r.Pattern, "err", err)
	}
	s.refuse(w, r, status, text, keep(r))
}

// refuse answers with a page that says why not.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, status int, text string, k kept) {
	if err := s.renderStatus(w, r, status, "error", "没有办成", failure{text, k}); err != nil {
		s.Log.Error("网页出错", "page", r.Pattern, "err", err)
		http.Error(w, text, status)
	}
}

// kept is a form that could not be taken, to be sent again.
type kept struct {
	Action string // "" when there is nothing to send again
	Fields []keptField
}

// keptField is one value of it.
type keptField struct{ Name, Value string }

// secretFields are never written into a page.
var secretFields = []string{"password", "old", "new", "again"}

// keep takes from a request what a form had sent.
func keep(r *http.Request) kept {
	if r.Method != http.MethodPost || r.PostForm == nil && parseForm(r) != nil || r.MultipartForm != nil && len(r.MultipartForm.File) > 0 {
		return kept{}
	}
	return keptForm(r.URL.RequestURI(), r.PostForm)
}

// keptForm is a form with these values.
func keptForm(action string, form url.Values) kept {
	k := kept{Action: action}
	for _, name := range slices.Sorted(maps.Keys(form)) {
		if slices.Contains(secretFields, name) {
			return kept{}
		}
		for _, value := range form[name] {
			k.Fields = append(k.Fields, keptField{name, value})
		}
	}
	return k
}

// ownPath is a path on this page, or "" for anything else: what a browser would
// take for an address somewhere else, or for two lines of a header.
func ownPath(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsFunc(to, func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f }) {
		return ""
	}
	return to
}
