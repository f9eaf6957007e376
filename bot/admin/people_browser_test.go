package admin

import (
	"testing"

	"lianwen/bot/ledger"
)

// The pages about people fit both screens, and leave is recorded by what a person
// clicks and types.
func TestPeopleInBrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.bind("A01", "wechat")
	_, err := s.Desk.Ledger.OpenRound(t.Context(), ledger.Round{Day: "2026-11-10", Opened: s.now.AddDate(0, 0, -21), Closes: s.now.AddDate(0, 0, -14)})
	must(t, err)
	_, err = s.Desk.Correct(t.Context(), "setup", "A01", "2026-11-10", ledger.Took, "当天微信故障，已交纸质答案")
	must(t, err)
	_, err = s.Desk.Ledger.ImportActivities(t.Context(), []ledger.Activity{
		{Date: "2026-11-12", Kind: "会议", Title: "常委会会议（扩大）暨三季度经济形势分析会", Members: []string{"A01", "A02", "S01"}}, {Date: "2026-12-10", Kind: ledger.TalkKind, Members: []string{"A01"}},
	}, "setup", s.now)
	must(t, err)
	b := newBrowser(t, s, ledger.RoleAdmin)
	b.resize(1366, 768)
	b.open("/people")
	b.fill("[name=q]", "zs")
	b.await("//caption[text()='在册，找到 1 人']") // without a button
	b.open("/people?q=zs")                   // nothing of the list is put in its place any more
	b.click("//a[text()='张三']")
	b.await("[name=reason]")
	evaluate[string](b, `document.querySelector("form[action$='/leave'] [name=from]").value = "2026-12-03"`)
	evaluate[string](b, `document.querySelector("form[action$='/leave'] [name=to]").value = "2026-12-10"`)
	b.fill("form[action$='/leave'] [name=reason]", "出差")
	b.click("//button[text()='登记请假']")
	b.await(".notice")
	if got := b.text(".notice"); got != "已登记：张三（A01）2026年12月3日至2026年12月10日请假。" {
		t.Errorf("%s", got)
	}
	b.click("//summary[text()='解绑…']")
	b.click("//button[text()='解绑']")
	b.await("//p[contains(text(),'没有绑定')]")
	s.bind("A01", "wechat")
	for path, name := range map[string]string{"/people": "people", "/people/A01": "person", "/people/import": "people-import", "/activities": "activities", "/activities/import": "activities-import"} {
		b.looks(path, name)
	}
	_, job, _ := s.as(ledger.RoleAdmin).upload("/people/import", "x.csv", []byte(rosterHeader+"A01,张三,科技界,提案委员会,委员,13800000000\nA03,赵六,教育界,,委员,\nS01,王五,,,工作人员,\n"))
	b.looks("/people/import/"+job, "people-preview")
}
