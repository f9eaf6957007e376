package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/bot/staff"
)

const activityHeader = "日期,类别,名称,参加人\n"

// inRecords are the activities of the year, with who is recorded for them.
func (s *site) inRecords() string {
	s.t.Helper()
	list, err := s.Desk.Activities(s.t.Context(), "2026-01-01", "2026-12-31")
	must(s.t, err)
	var all []string
	for _, a := range list {
		all = append(all, fmt.Sprint(a.Date, " ", staff.ActivityName(a), " ", a.Members))
	}
	return strings.Join(all, "; ")
}

// Activities are looked at, imported, changed after the meeting, and struck out.
func TestActivities(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	status, body := c.get("/activities")
	says(t, status, body, http.StatusOK, "2026年1月1日至2026年12月31日没有记下活动", "/activities/import", `aria-current="page">人员`)
	status, job, body := c.upload("/activities/import", "活动.csv", []byte(activityHeader+"2026-11-10,会议,<b>常委会</b>,全体\n2026-12-10,谈话,不留,张三\n2026-12-11,参观,展览,取消\n"))
	says(t, status, body, http.StatusOK, "文件里 3 项活动：新增 2 项，更新 0 项，取消 0 项，不变 0 项。现在还没有导入", "&lt;b&gt;常委会&lt;/b&gt;", "A01 张三、A02 李四", "按花名册认作：张三（A01）", "本来就没有的：2026年12月11日“展览”")
	if got := s.inRecords(); got != "" {
		t.Errorf("looked at, and recorded: %s", got)
	}
	status, body = c.post("/activities/import/apply", url.Values{"job": {job}})
	says(t, status, body, http.StatusOK, "导入完成：活动 3 项，新增 2，更新 0，取消 0。", "2 人", "（还没有到）")
	status, job, body = c.upload("/activities/import", "活动.csv", []byte(activityHeader+"2026-11-10,会议,<b>常委会</b>,A02、S01\n2026-12-10,谈话,,取消\n"))
	says(t, status, body, http.StatusOK, "新增 0 项，更新 1 项，取消 1 项", "<ins>S01 王五</ins>", "<del>A01 张三</del>")
	must(t, s.Desk.StrikeActivity(t.Context(), "setup", "2026-12-10", ledger.TalkKind, "")) // meanwhile
	status, body = c.post("/activities/import/apply", url.Values{"job": {job}})
	says(t, status, body, http.StatusConflict, "没有导入：刚才活动又有改动", "新增 0 项，更新 1 项，取消 0 项", "<ins>S01 王五</ins>")
	s.jobs.running.Wait()
	status, body = c.post("/activities/import/apply", url.Values{"job": {jobIn(body)}})
	says(t, status, body, http.StatusOK, "新增 0，更新 1，取消 0。")
	if got := s.inRecords(); got != "2026-11-10 <b>常委会</b> [A02 S01]" {
		t.Errorf("%s", got)
	}
	strike := url.Values{"day": {"2026-11-10"}, "kind": {"会议"}, "title": {"<b>常委会</b>"}, "was": {"of others"}}
	status, body = c.post("/activities/strike", strike)
	says(t, status, body, http.StatusConflict, "刚才有人改了这项活动的参加人，现在是 2 人")
	strike.Set("was", activityRow{Activity: ledger.Activity{Members: []string{"A02", "S01"}}}.Was())
	if status, _ := s.as(ledger.RoleView).post("/activities/strike", strike); status != http.StatusForbidden {
		t.Errorf("who only looks strikes out: %d", status)
	}
	status, body = c.post("/activities/strike", strike)
	says(t, status, body, http.StatusOK, "已取消：2026年11月10日的“&lt;b&gt;常委会&lt;/b&gt;”。")
	status, body = c.post("/activities/strike", strike)
	says(t, status, body, http.StatusNotFound, "可能刚才已经取消")
}

// What is wrong with a list of activities is told whole; days that are none leave
// those of this year.
func TestActivityProblems(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	status, _, body := c.upload("/activities/import", "x.csv", []byte(activityHeader+"明天,会议,常委会,A01\n2026-12-10,联欢,晚会,A01\n2026-12-11,会议,主席会议,<i>谁\n"))
	says(t, status, body, http.StatusBadRequest, "活动表有 3 处问题", "日期 &#34;明天&#34;", "类别 &#34;联欢&#34;", "&lt;i&gt;谁 不在花名册里")
	for query, want := range map[string]int{"from=2026-12-02&to=2026-12-01": http.StatusBadRequest, "from=2026-12-01": http.StatusBadRequest, "from=x&to=y": http.StatusBadRequest, "from=2025-01-01&to=2025-12-31": http.StatusOK} {
		status, body := c.get("/activities?" + query)
		text := "请把起止日期都写上"
		if want == http.StatusOK {
			text = "2025年1月1日至2025年12月31日没有记下活动"
		}
		says(t, status, body, want, text)
		if status, _ := c.get("/activities/file?" + query); status != want {
			t.Errorf("the file of %s: %d", query, status)
		}
	}
}

// Activities go out as a workbook that comes in again, whatever they are called; of
// many there are pages.
func TestActivityFile(t *testing.T) {
	s := newSite(t)
	var list []ledger.Activity
	for i := range 130 {
		list = append(list, ledger.Activity{Date: "2026-11-02", Kind: "读书", Title: fmt.Sprintf(`=HYPERLINK("http://x/%03d")`, i), Members: []string{"A01", "A02"}})
	}
	_, err := s.Desk.Ledger.ImportActivities(t.Context(), list, "setup", s.now)
	must(t, err)
	c := s.as(ledger.RoleEdit)
	_, file := c.get("/activities/file?from=2026-11-01&to=2026-11-30")
	members, err := s.Desk.Ledger.Members(t.Context())
	must(t, err)
	got, _, err := office.ReadActivities([]byte(file), members, nil)
	if err != nil || len(got) != 130 || got[0].Title != list[0].Title || len(got[0].Members) != 2 {
		t.Errorf("%d, %v", len(got), err)
	}
	status, _, body := c.upload("/activities/import", "x.xlsx", []byte(file))
	says(t, status, body, http.StatusOK, "文件里 130 项活动，和现在记下的一样，不用导入")
	for page, want := range map[string]string{"1": "/129&#34;", "2": "/000&#34;", "9": "/000&#34;"} {
		status, body := c.get("/activities?page=" + page)
		says(t, status, body, http.StatusOK, "共 130 项", want, "page=")
		if n := strings.Count(body, "取消这项活动"); n > 100 {
			t.Errorf("page %s has %d", page, n)
		}
	}
}
