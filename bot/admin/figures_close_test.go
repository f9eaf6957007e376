package admin

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"lianwen/bot/ledger"
)

// closer is a client of an account that may close figures, and for whom.
func (s *site) closer() *client {
	s.t.Helper()
	const name = "定稿的人"
	_, err := s.Desk.AddAccount(s.t.Context(), "setup", name, ledger.RoleAdmin, "S01")
	must(s.t, err)
	c := s.nobody()
	base, err := url.Parse(s.web.URL)
	must(s.t, err)
	c.Jar.SetCookies(base, []*http.Cookie{s.cookie(name)})
	return c
}

// Figures are closed by whoever answers for them, as they were looked at, once; what is
// recorded since is listed by its number.
func TestCloseFigures(t *testing.T) {
	s := newSite(t)
	s.rounds()
	october := url.Values{"from": {"2026-10-01"}, "to": {"2026-10-31"}, "was": {"4-1-1"}}
	for role, want := range map[ledger.Role]string{ledger.RoleEdit: "", ledger.RoleAdmin: "这个账号没有工作人员的编号"} {
		status, body := s.as(role).post("/figures/close", october)
		says(t, status, body, http.StatusForbidden, want)
	}
	c := s.closer()
	status, body := c.get("/figures?from=2026-10-01&to=2026-10-31")
	says(t, status, body, http.StatusOK, `name="was" value="4-1-1"`, "由 S01 定稿", "还没有定稿过")
	status, body = c.post("/figures/close", url.Values{"from": {"2026-10-01"}, "to": {"2026-10-31"}, "was": {"3-1-1"}})
	says(t, status, body, http.StatusConflict, "您看着的时候数字又变了", `name="was" value="4-1-1"`)
	status, body = c.post("/figures/close", october)
	says(t, status, body, http.StatusOK, "已定稿 2026-1：2026年10月1日至2026年10月31日", "本期已定稿（2026-1）：2026年12月1日由王五（S01）定稿", "2026年10月1日至2026年10月31日已经定稿", "定稿之后没有更正")
	deeds, err := s.Desk.History(t.Context(), 1)
	must(t, err)
	if len(deeds) != 1 || deeds[0].Actor != "web:定稿的人" {
		t.Errorf("on record is %+v", deeds)
	}
	status, body = c.post("/figures/close", october)
	says(t, status, body, http.StatusConflict, "和已经定稿的 2026-1")
	_, err = s.Desk.Correct(t.Context(), "staff S01", "A02", "2026-10-14", ledger.Took, "漏记")
	must(t, err)
	status, body = c.get("/figures?from=2026-10-01&to=2026-10-31")
	says(t, status, body, http.StatusOK, "定稿之后的更正 1 处", "第1号：2026年10月14日，李四（A02）由“未参”改为“实参”", "更正后：应参 5、实参 5、请假 1、未参 0")
	if plain := texts(body); !strings.Contains(plain, "应参 5 实参 4 请假 1 未参 1 参与率 80.0%") {
		t.Errorf("the figures are not as they were closed: %s", plain)
	}
}

// What is not over, or has nothing in it, is not closed.
func TestCloseTooEarly(t *testing.T) {
	s := newSite(t)
	s.rounds()
	c := s.closer()
	for query, want := range map[string]string{"period=2026": "还没有过完，不能定稿", "period=2025": "没有已截止的题"} {
		status, body := c.get("/figures?" + query)
		says(t, status, body, http.StatusOK, want)
		if strings.Contains(body, "/figures/close") {
			t.Errorf("%s: there is a form to close it", query)
		}
	}
	for want, form := range map[string]url.Values{
		"还没有过完":  {"from": {"2026-01-01"}, "to": {"2026-12-31"}, "was": {"5-1-4"}},
		"没有每日一题": {"from": {"2025-01-01"}, "to": {"2025-12-31"}, "was": {"0-0-0"}},
	} {
		status, body := c.post("/figures/close", form)
		says(t, status, body, http.StatusConflict, want)
	}
	status, body := c.post("/figures/close", url.Values{"from": {"2026-10-01"}})
	says(t, status, body, http.StatusBadRequest, "请把起止日期都写上")
}

// Of two who close the same days at once one does, and the other is told so.
func TestCloseTwice(t *testing.T) {
	s := newSite(t)
	s.rounds()
	c := s.closer()
	form := url.Values{"from": {"2026-10-01"}, "to": {"2026-10-31"}, "was": {"4-1-1"}}
	var bodies [2]string
	var wait sync.WaitGroup
	for i := range bodies {
		wait.Go(func() { _, bodies[i] = c.post("/figures/close", form) })
	}
	wait.Wait()
	closed, err := s.Desk.Closed(t.Context())
	must(t, err)
	told := 0
	for _, body := range bodies {
		if strings.Contains(body, "和已经定稿的 2026-1") {
			told++
		}
	}
	if len(closed) != 1 || told != 1 {
		t.Errorf("%d closings, %d told: %q", len(closed), told, bodies)
	}
}
