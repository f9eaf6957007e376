package admin

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// newSigning is a site on which what is pushed needs approval.
func newSigning(t *testing.T) *site {
	s := newSite(t)
	s.Desk.Schedule.Specs[0].Approval, s.Desk.Schedule.Specs[1].Approval = true, true
	return s
}

// read is a text as a form carries it that somebody has read.
func (s *site) read(name string, date corpus.Date) string {
	s.t.Helper()
	d, err := s.Desk.Draft(s.t.Context(), ledger.DraftKey{Name: name, Date: date})
	must(s.t, err)
	return seenForm(d.Key(), d.Digest())
}

// What was read is approved, one by one or together, and can be taken back; what has
// changed meanwhile is not.
func TestSigning(t *testing.T) {
	s := newSigning(t)
	c := s.as(ledger.RoleEdit)
	status, body := c.get("/signing")
	says(t, status, body, http.StatusOK, "今后几天要签发的 16 条，没有签发的 16 条", "12月1日 08:00 story：", "廉政故事 → 学习群、机关群", "还没有签发", "批准这一条", "批准勾上的", "换一道")
	old := s.read("story", "2026-12-02")
	status, body = c.post("/signing/approve", url.Values{"draft": {old, s.read("quiz", "2026-12-02")}})
	says(t, status, body, http.StatusOK, "已批准 2 条。", "没有签发的 14 条", "已签发（王五 12月1日07:30）", "撤回签发")
	status, body = c.post("/signing/withdraw", url.Values{"name": {"story"}, "date": {"2026-12-02"}, "part": {""}})
	says(t, status, body, http.StatusOK, "已撤回2026年12月2日的“story”", "没有签发的 15 条")
	status, body = c.post("/signing/withdraw", url.Values{"name": {"story"}, "date": {"2026-12-02"}})
	says(t, status, body, http.StatusConflict, "还没有签发，不用撤回")
	status, body = c.post("/signing/edit", url.Values{"was": {old}, "words": {"改过的话。"}})
	says(t, status, body, http.StatusOK, "已改好，要重新批准", "改过的话。", "王五改过")
	status, body = c.post("/signing/approve", url.Values{"draft": {old}})
	says(t, status, body, http.StatusConflict, "2026年12月2日的“story”在您看过以后改过，没有批准")
	status, body = c.post("/signing/approve", url.Values{"draft": {old, s.read("quiz", "2026-12-03")}})
	says(t, status, body, http.StatusOK, "已批准 1 条。", "在您看过以后改过")
	key := ledger.DraftKey{Name: "story", Date: "2026-11-30"}
	status, body = c.post("/signing/approve", url.Values{"draft": {seenForm(key, "x"), seenForm(ledger.DraftKey{Name: "gone", Date: "2026-12-02"}, "x")}})
	says(t, status, body, http.StatusConflict, "2026年11月30日的“story”已经发出、过了时间", "1 条已经不在推送日历里了")
	for _, bad := range []url.Values{nil, {"draft": {"%%%"}}, {"draft": {"name=story"}}} {
		status, body = c.post("/signing/approve", bad)
		says(t, status, body, http.StatusBadRequest, "没有")
	}
	status, body = c.get("/")
	says(t, status, body, http.StatusOK, "签发：今后几天要签发的推送", "条推送的内容待签发", "未到时间，已签发", "09:00 quiz（已签发）")
}

// What was typed is kept where it cannot be taken, and the second of two who change one
// text is told who was first.
func TestChangingDraft(t *testing.T) {
	s := newSigning(t)
	c := s.as(ledger.RoleEdit)
	at := "/signing/draft?name=story&date=2026-12-02&part="
	status, body := c.get(at)
	says(t, status, body, http.StatusOK, "2026年12月2日的“story”", "廉政故事：", "<textarea", "没有别的可换")
	if words := between(body, "<textarea", "</textarea>"); !strings.Contains(words, "至今有人讲。") || strings.Contains(words, "出自") || strings.Contains(words, "廉政故事") {
		t.Errorf("the words to be changed are %s", words)
	}
	old := s.read("story", "2026-12-02")
	status, body = c.post("/signing/edit", url.Values{"was": {old}, "words": {strings.Repeat("很长的话。", 900)}})
	says(t, status, body, http.StatusBadRequest, "新的文字有 4500 字", "很长的话。很长的话。", "<textarea")
	status, body = c.post("/signing/edit", url.Values{"was": {old}, "words": {"请每天打卡<b>。"}})
	says(t, status, body, http.StatusBadRequest, "不合减负要求", "请每天打卡&lt;b&gt;。")
	status, body = c.post("/signing/replace", url.Values{"was": {old}, "id": {"yangzhen"}})
	says(t, status, body, http.StatusOK, "已换成“杨震辞金”，要重新批准", "王五改过")
	status, body = c.post("/signing/edit", url.Values{"was": {old}, "words": {"第二个人的话。"}})
	says(t, status, body, http.StatusConflict, "在您看过以后不一样了（王五在12月1日07:30改过）", ">第二个人的话。</textarea>", "杨震")
	status, body = c.post("/signing/replace", url.Values{"was": {old}, "id": {"xuanyu"}})
	says(t, status, body, http.StatusConflict, "王五在12月1日07:30改过")
	status, body = c.post("/signing/replace", url.Values{"was": {s.read("story", "2026-12-02")}, "id": {"none"}})
	says(t, status, body, http.StatusNotFound, "制度库里没有 none")
	for path, want := range map[string]int{"/signing/draft": http.StatusNotFound, "/signing/draft?name=story&date=x": http.StatusNotFound, "/signing/draft?name=quiz&date=2026-12-02": http.StatusOK} {
		if status, body = c.get(path); status != want {
			t.Errorf("%s: %d\n%s", path, status, body)
		}
	}
	lacks(t, body, "<textarea") // the words of a question are the library's
	for _, path := range []string{"/signing/edit", "/signing/replace"} {
		status, body = c.post(path, url.Values{"was": {"x"}, "words": {"x"}})
		says(t, status, body, http.StatusBadRequest, "没有看懂是哪一条")
	}
}

// Who is not named as a member of staff is told what to do, and approves nothing; where
// nothing needs approval the page says how to have that.
func TestWhoMaySign(t *testing.T) {
	s := newSigning(t)
	form := url.Values{"draft": {s.read("story", "2026-12-02")}, "was": {s.read("story", "2026-12-02")}, "name": {"story"}, "date": {"2026-12-02"}}
	nameless, view := s.as(ledger.RoleAdmin), s.as(ledger.RoleView)
	status, body := nameless.get("/signing")
	says(t, status, body, http.StatusOK, "没有写明是花名册里的哪位工作人员", "“设置”的“账号”里给您补上编号", "廉政故事：")
	lacks(t, body, "批准这一条", "批准勾上的")
	status, body = view.get("/signing/draft?name=story&date=2026-12-02")
	says(t, status, body, http.StatusOK, "您的账号只能查看，不能签发")
	lacks(t, body, "批准</button>", "<textarea")
	for _, path := range []string{"/signing/approve", "/signing/withdraw", "/signing/replace", "/signing/edit"} {
		status, body = nameless.post(path, form)
		says(t, status, body, http.StatusForbidden, "没有写明是花名册里的哪位工作人员")
		if status, _ = view.post(path, form); status != http.StatusForbidden {
			t.Errorf("who may only look can %s: %d", path, status)
		}
	}
	_, err := s.Desk.Ledger.ImportMembers(t.Context(), []ledger.Member{{Number: "A01", Name: "张三"}}, s.Desk.Today(), "setup", s.now)
	must(t, err)
	status, body = s.as(ledger.RoleEdit).get("/signing")
	says(t, status, body, http.StatusOK, "花名册里没有在册的编号 S01")
	s.Desk.Schedule.Specs[0].Approval, s.Desk.Schedule.Specs[1].Approval = false, false
	status, body = view.get("/signing")
	says(t, status, body, http.StatusOK, "配置里没有要签发的推送")
}

// A question whose article has changed is shown with how that reads now, and asked again
// once somebody has read it.
func TestSuspendedOnPage(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	status, body := c.get("/suspended")
	says(t, status, body, http.StatusOK, "没有停用的题")
	file := filepath.Join(s.library, "rules", "qingjia.md")
	raw, err := os.ReadFile(file)
	must(t, err)
	must(t, os.WriteFile(file, []byte(strings.Replace(string(raw), "三日以前", "五日以前", 1)), 0o644))
	changed, err := corpus.Open(s.library)
	must(t, err)
	s.Desk.Library = func() (*corpus.Corpus, func()) { return changed, func() {} }
	status, body = c.get("/suspended")
	says(t, status, body, http.StatusOK, "qingjia-01", "五日以前书面请假", "《委员请假办法》第三条", "看过了，核准这道题")
	if status, body = s.as(ledger.RoleView).get("/suspended"); status != http.StatusOK {
		t.Errorf("who may only look sees %d", status)
	}
	lacks(t, body, "<button>看过了")
	status, body = c.get("/")
	says(t, status, body, http.StatusOK, "1 道题依据的条文改过", `href="/suspended"`)
	status, body = c.post("/suspended/nope", nil)
	says(t, status, body, http.StatusNotFound, "“nope”不是停用的题")
	status, body = c.post("/suspended/qingjia-01", nil)
	says(t, status, body, http.StatusOK, "已核准 qingjia-01", "没有停用的题")
	status, body = c.post("/suspended/qingjia-01", nil)
	says(t, status, body, http.StatusNotFound, "没有停用的题")
}

// between is what stands in a page from one text to another.
func between(body, from, to string) string {
	_, body, _ = strings.Cut(body, from)
	body, _, _ = strings.Cut(body, to)
	return body
}
