package admin

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"lianwen/bot/ledger"
)

// A figure leads to its rows with what each rests on, or to those of one kind; why
// somebody was on leave is not told.
func TestExplainFigure(t *testing.T) {
	s := newSite(t)
	s.rounds()
	c := s.as(ledger.RoleView)
	october := "/figures/explain?from=2026-10-01&to=2026-10-31"
	status, body := c.get(october)
	says(t, status, body, http.StatusOK, "依据：全体委员", "几天？&lt;b&gt;", "作答：2026-10-12 10:00（微信）", "请假：2026年10月13日", "没有作答，没有请假", `href="/figures/explain?from=2026-10-01&amp;of=A02&amp;to=2026-10-31"`)
	if plain := texts(body); !strings.Contains(plain, "A02 李四 经济界 2 1 1 1") || strings.Contains(plain, "住院") {
		t.Error(plain)
	}
	for query, want := range map[string]string{
		"&standing=absent": "李四（A02）：1 条", "&standing=due": "张三（A01）：3 条", "&of=A01": "/figures/report/member?from=2026-10-01&amp;to=2026-10-31&amp;number=A01",
		"&of=" + url.QueryEscape("专委会 （未填）"): "专委会 （未填），1 人：应参 2", "&of=A01&standing=absent": "没有这样的记录",
	} {
		status, body := c.get(october + query)
		says(t, status, body, http.StatusOK, want)
		if query == "&standing=absent" && strings.Contains(body, "张三") {
			t.Errorf("who was not absent: %s", texts(body))
		}
	}
	for query, want := range map[string]struct {
		status int
		text   string
	}{
		"&of=Z09": {http.StatusNotFound, "没有“Z09”"}, "&of=S01": {http.StatusBadRequest, "是工作人员"}, "&standing=best": {http.StatusBadRequest, "没有“best”这一种"},
		"&to=2026-09-01": {http.StatusOK, ""},
	} {
		status, body := c.get(october + query)
		says(t, status, body, want.status, want.text)
	}
	status, body = c.get("/figures/explain?from=2020-01-01&to=2020-12-31")
	says(t, status, body, http.StatusNotFound, "台账里的题从")
}

// Rows of what was closed and corrected since say that the report has other figures.
func TestExplainClosed(t *testing.T) {
	s := newSite(t)
	s.rounds()
	ctx := t.Context()
	_, err := s.Desk.ClosePeriod(ctx, "setup", "S01", "2026-10-01", "2026-10-31")
	must(t, err)
	c := s.as(ledger.RoleView)
	week := "/figures/explain?from=2026-10-12&to=2026-10-18&of=A02"
	if _, body := c.get(week); strings.Contains(body, "2026-1") && strings.Contains(body, "处更正") {
		t.Errorf("nothing was corrected: %s", texts(body))
	}
	_, err = s.Desk.Correct(ctx, "staff S01", "A02", "2026-10-14", ledger.Took, "漏记")
	must(t, err)
	status, body := c.get(week)
	says(t, status, body, http.StatusOK, "这些天在已定稿的 2026-1（2026年10月1日至2026年10月31日）里，定稿之后有 1 处更正", "第1号更正")
	status, body = c.get("/figures/explain?from=2026-10-01&to=2026-10-31")
	says(t, status, body, http.StatusOK, "这段时间已定稿（2026-1），报表上是定稿时的数字：应参 5、实参 4、请假 1、未参 1")
}

// More rows than somebody reads are opened member by member.
func TestExplainFolded(t *testing.T) {
	s := newSite(t)
	s.rounds()
	list := []ledger.Member{{Number: "A01", Name: "张三"}, {Number: "S01", Name: "王五", Staff: true}}
	for i := range 100 {
		list = append(list, ledger.Member{Number: "B" + string(rune('0'+i/10)) + string(rune('0'+i%10)), Name: "某人"})
	}
	_, err := s.Desk.Ledger.ImportMembers(t.Context(), list, "2026-10-01", "setup", s.now)
	must(t, err)
	c := s.as(ledger.RoleView)
	status, body := c.get("/figures/explain?period=2026")
	says(t, status, body, http.StatusOK, "记录太多，先按人列出", "B99")
	if strings.Contains(body, "<time") {
		t.Error("it has rows, too")
	}
	status, body = c.get("/figures/explain?period=2026&standing=took")
	says(t, status, body, http.StatusOK, "A01")
	if strings.Contains(body, "B99") {
		t.Error("who has none of these rows is listed")
	}
}
