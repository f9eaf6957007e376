package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

// bind binds a member on a channel.
func (s *site) bind(number, channel string) {
	s.t.Helper()
	codes, err := s.Desk.Codes(s.t.Context(), "setup", []string{number}, 1)
	must(s.t, err)
	_, err = s.Desk.Ledger.Bind(s.t.Context(), ledger.Sender{Channel: channel, Name: "@" + number}, codes[0].Code, s.now)
	must(s.t, err)
}

// members makes the roster of a site this one.
func (s *site) members(list []ledger.Member) {
	s.t.Helper()
	_, err := s.Desk.Ledger.ImportMembers(s.t.Context(), list, "2026-11-01", "setup", s.now)
	must(s.t, err)
}

// The roster can be searched and filtered; who left is apart.
func TestPeople(t *testing.T) {
	s := newSite(t)
	s.members([]ledger.Member{{Number: "A01", Name: "张三", Sector: "教育界", Committee: "提案委员会"}, {Number: "A/03", Name: "赵六", Phone: "13812345678"}, {Number: "S01", Name: "王五", Staff: true}})
	s.bind("A01", "wechat")
	c := s.as(ledger.RoleView)
	status, body := c.get("/people")
	says(t, status, body, http.StatusOK, "在册 3 人，其中委员 2 人；已绑定 1 人", `href="/people/A01"`, `href="/people/A%2F03"`, "微信，自", "未绑定", "找到 3 人")
	for _, not := range []string{"李四", "13812345678", "发绑定码", "导入花名册"} {
		if strings.Contains(body, not) {
			t.Errorf("%s is for who only looks", not)
		}
	}
	for query, want := range map[string][]string{
		"q=zs": {"张三", "找到 1 人"}, "sector=" + url.QueryEscape(staff.Unfilled): {"赵六", "王五", "找到 2 人"}, "role=" + staff.IsStaff: {"王五", "找到 1 人"},
		"bound=" + staff.IsBound: {"张三", "找到 1 人"}, "left=1": {"李四", "2026年11月1日", "找到 1 人"},
		"q=<script>": {"没有找到", `value="&lt;script&gt;"`}, "page=x": {"找到 3 人"}, "page=99": {"找到 3 人"}, "page=-1": {"找到 3 人"},
	} {
		q, err := url.ParseQuery(query)
		must(t, err)
		status, body := c.get("/people?" + q.Encode())
		says(t, status, body, http.StatusOK, want...)
	}
	if status, body := c.get("/people/A%2F03"); status != http.StatusOK || !strings.Contains(body, "138******78") || strings.Contains(body, "13812345678") {
		t.Errorf("%d: %s", status, body)
	}
	status, body = s.as(ledger.RoleEdit).get("/people/A%2F03")
	says(t, status, body, http.StatusOK, "13812345678")
}

// Of many there are pages, each as fast as one.
func TestPeoplePages(t *testing.T) {
	s := newSite(t)
	var list []ledger.Member
	for i := range 250 {
		list = append(list, ledger.Member{Number: fmt.Sprintf("B%03d", i+1), Name: "委员", Sector: "教育界"})
	}
	s.members(list)
	c := s.as(ledger.RoleView)
	for page, want := range map[string][]string{"1": {"B001", "B100", "page=2"}, "2": {"B101", "B200", "page=1", "page=3"}, "3": {"B201", "B250", "第 3 页，共 3 页"}} {
		status, body := c.get("/people?q=b&page=" + page)
		says(t, status, body, http.StatusOK, append(want, "找到 250 人", "q=b&amp;page=")...)
		if n := strings.Count(body, `<th scope="row">`); n > 100 {
			t.Errorf("page %s has %d", page, n)
		}
	}
}

// What people are called is text, whatever it looks like.
func TestPeopleEscaped(t *testing.T) {
	s := newSite(t)
	const evil = `<img src=x onerror=alert(1)>"'` + "\n=HYPERLINK(\"http://example.com\")"
	s.members([]ledger.Member{{Number: "A01", Name: evil, Sector: evil, Committee: evil, Phone: evil}, {Number: `"><script>`, Name: "王五", Staff: true}})
	_, err := s.Desk.Ledger.ImportActivities(t.Context(), []ledger.Activity{{Date: "2026-11-02", Kind: "会议", Title: evil, Members: []string{"A01"}}}, "setup", s.now)
	must(t, err)
	must(t, s.Desk.Ledger.Excuse(t.Context(), ledger.Leave{Member: "A01", From: "2026-12-01", To: "2026-12-02", Reason: evil, Actor: "setup"}, s.now))
	c := s.as(ledger.RoleAdmin)
	for _, path := range []string{"/people", "/people?sector=" + url.QueryEscape(evil), "/people/A01", personPath(`"><script>`), "/people/codes", "/activities"} {
		status, body := c.get(path)
		if status != http.StatusOK || strings.Contains(body, "<img src=x") || strings.Contains(body, `"><script>"`) || strings.Contains(body, "<script>\"") {
			t.Errorf("%s: %d: %s", path, status, body)
		}
	}
}

// A telephone number shows enough to know it by, and a short one nothing.
func TestMaskPhone(t *testing.T) {
	for phone, want := range map[string]string{"": "", "13812345678": "138******78", "0571-8800": "057****00", "88001234": "880***34", "8800123": "*******", "１３８一二三四五六七八": "１３８******七八"} {
		if got := maskPhone(phone); got != want {
			t.Errorf("%s: %s, not %s", phone, got, want)
		}
	}
}

// Staff see the record of one member, and add to it: leave, a correction; each tells
// what is wrong and keeps what was typed.
func TestPerson(t *testing.T) {
	s := newSite(t)
	question := ledger.Round{Day: "2026-11-10", Opened: s.now.AddDate(0, 0, -21), Closes: s.now.AddDate(0, 0, -14)}
	_, err := s.Desk.Ledger.OpenRound(t.Context(), question)
	must(t, err)
	c := s.as(ledger.RoleEdit)
	status, body := c.get("/people/a01")
	says(t, status, body, http.StatusOK, "张三（A01）", "教育界", "没有绑定", `<th scope="row">11月</th><td class="number">1</td><td class="number">0</td><td class="number">0</td><td class="number">1</td>`, "今年没有请假", "今年没有更正")
	for _, tt := range []struct {
		form, fields string
		status       int
		says         string
	}{
		{"leave", "from=2026-12-05&to=2026-12-03&reason=出差", http.StatusBadRequest, "结束日期 2026-12-03 在开始日期 2026-12-05 之前"},
		{"leave", "from=&to=2026-12-03&reason=出差", http.StatusBadRequest, "请写上从哪天起"},
		{"leave", "from=12月3日&reason=出差", http.StatusBadRequest, "不是日期"},
		{"leave", "from=2026-11-10&to=2026-12-03&reason=出差", http.StatusConflict, "已经截止"},
		{"leave", "from=2026-12-03&to=2026-12-10&reason=出差", http.StatusOK, "已登记：张三（A01）2026年12月3日至2026年12月10日请假。"},
		{"leave", "from=2026-12-10&to=2026-12-12&reason=住院", http.StatusOK, "已登记"}, // over what is there: the last holds
		{"back", "from=2026-12-20&to=2026-12-21", http.StatusNotFound, "没有请假，不用取消"},
		{"back", "from=2026-12-05", http.StatusOK, "已取消：张三（A01）2026年12月5日不再算请假。"},
		{"correct", "day=2026-11-11&as=实参&reason=故障", http.StatusNotFound, "2026年11月11日没有每日一题"},
		{"correct", "day=2026-11-10&as=第一&reason=故障", http.StatusBadRequest, "请选改为什么"},
		{"correct", "day=2026-11-10&as=实参&reason=+", http.StatusBadRequest, "请写上理由"},
		{"correct", "day=&as=实参&reason=故障", http.StatusBadRequest, "请写上是哪一天的题"},
		{"correct", "day=2026-11-10&as=实参&reason=微信故障", http.StatusOK, "已更正：张三（A01）2026年11月10日的题改为“实参”。"},
	} {
		form, err := url.ParseQuery(tt.fields)
		must(t, err)
		status, body := c.post("/people/A01/"+tt.form, form)
		says(t, status, body, tt.status, tt.says)
		if typed := form.Get("reason"); tt.status != http.StatusOK && typed != "" && !strings.Contains(body, fmt.Sprintf("value=%q", typed)) {
			t.Errorf("%s is not kept: %s", typed, body)
		}
	}
	status, body = c.get("/people/A01")
	says(t, status, body, http.StatusOK, `datetime="2026-12-03"`, `datetime="2026-12-06"`, "住院", "登记经过", "微信故障", "改的人", `<td class="number">1</td><td class="number">1</td><td class="number">0</td><td class="number">0</td>`)
	for path, want := range map[string]int{"/people/X99": http.StatusNotFound, "/people/S01": http.StatusOK} {
		if status, body := c.get(path); status != want {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	status, body = c.post("/people/S01/leave", url.Values{"from": {"2026-12-03"}})
	says(t, status, body, http.StatusBadRequest, "王五（S01）是工作人员")
}

// Who sends a form after somebody else has is told, and sees what there is now.
func TestPersonMeanwhile(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	leave := url.Values{"was": {"0-0"}, "from": {"2026-12-03"}, "reason": {"出差"}}
	status, body := c.post("/people/A01/leave", leave)
	says(t, status, body, http.StatusOK, "已登记")
	leave.Set("reason", "住院")
	status, body = s.as(ledger.RoleAdmin).post("/people/A01/leave", leave)
	says(t, status, body, http.StatusConflict, "刚才有人又登记了张三的请假或更正", "出差", `value="住院"`, `name="was" value="1-0"`)
}

// Unbinding is on one channel, asked for by who may, and can happen once.
func TestUnbindPerson(t *testing.T) {
	s := newSite(t)
	s.bind("A01", "wechat")
	if status, _ := s.as(ledger.RoleEdit).post("/people/A01/unbind", url.Values{"channel": {"wechat"}}); status != http.StatusForbidden {
		t.Errorf("an editor unbinds: %d", status)
	}
	c := s.as(ledger.RoleAdmin)
	status, body := c.get("/people/A01")
	says(t, status, body, http.StatusOK, "微信，自", "2026年12月1日 07:30", "解绑…")
	status, body = c.post("/people/A01/unbind", url.Values{"channel": {"wechat"}})
	says(t, status, body, http.StatusOK, "已解除张三（A01）在微信的绑定", "没有绑定")
	status, body = c.post("/people/A01/unbind", url.Values{"channel": {"wechat"}})
	says(t, status, body, http.StatusConflict, "可能刚才已经解绑")
	deeds, err := s.Desk.History(t.Context(), 1)
	must(t, err)
	if deeds[0].Actor != ledger.WebActor("管的人") || deeds[0].Action != "unbind member" || !deeds[0].At.Equal(s.now.Truncate(time.Millisecond)) {
		t.Errorf("%+v", deeds)
	}
}
