package admin

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// Every error has its status and its sentence; what nobody is to read stays in
// the log, and what was typed can be sent again.
func TestFail(t *testing.T) {
	s := newSite(t)
	_, away := ledger.Open(t.Context(), ledger.Source{URL: "postgres://nobody:secret@127.0.0.1:1/none"})
	for _, test := range []struct {
		err    error
		status int
		text   string
	}{
		{bot.Invalid.Sayf("写错了。"), http.StatusBadRequest, "写错了。"},
		{bot.NotFound.Sayf("没有。"), http.StatusNotFound, "没有。"},
		{bot.Forbidden.Sayf("不行。"), http.StatusForbidden, "不行。"},
		{fmt.Errorf("save: %w", bot.Conflict.Sayf("晚了。")), http.StatusConflict, "晚了。"},
		{bot.Unavailable.Sayf("等等。"), http.StatusServiceUnavailable, "等等。"},
		{fmt.Errorf("write: %w", syscall.ENOSPC), http.StatusServiceUnavailable, "磁盘满了"},
		{away, http.StatusServiceUnavailable, "数据库暂时连不上"},
		{errors.New("password is 12345"), http.StatusInternalServerError, "出错了"},
	} {
		form := url.Values{"text": {"写了<b>半天"}}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/rules/x?y=1", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		s.fail(w, r, test.err)
		says(t, w.Code, w.Body.String(), test.status, test.text, `action="/rules/x?y=1"`, "写了&lt;b&gt;半天")
		if strings.Contains(w.Body.String(), "12345") || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%v: shown: %s", test.err, w.Body)
		}
	}
}

// A password that was typed is never written into a page.
func TestPasswordsAreNotKept(t *testing.T) {
	for _, name := range secretFields {
		if k := keptForm("/x", url.Values{name: {"秘密"}, "text": {"字"}}); k.Action != "" || len(k.Fields) > 0 {
			t.Errorf("%s: kept %v", name, k)
		}
	}
	if k := keptForm("/x", url.Values{"text": {"字", "二"}}); k.Action != "/x" || len(k.Fields) != 2 {
		t.Errorf("kept %v", k)
	}
}
