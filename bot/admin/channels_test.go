package admin

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rsc.io/qr"

	"lianwen/bot"
	"lianwen/bot/duty"
	"lianwen/bot/ledger"
)

// wechat is a change of a site that has one channel.
func wechat(c *Config) { c.Channels = []Channel{{"wechat", "微信"}} }

// stands writes where a channel stands, as another process does, and a picture of a code;
// "" takes that away.
func (s *site) stands(state duty.LastState, code string) {
	s.t.Helper()
	dir := filepath.Join(s.DataDir, "wechat")
	must(s.t, os.MkdirAll(dir, 0o700))
	raw, err := json.Marshal(state)
	must(s.t, err)
	must(s.t, os.WriteFile(filepath.Join(dir, "state.json"), raw, 0o600))
	must(s.t, os.RemoveAll(duty.QRFile(s.DataDir, "wechat")))
	if code != "" {
		must(s.t, os.WriteFile(duty.QRFile(s.DataDir, "wechat"), []byte(code), 0o600))
	}
}

// Where a channel stands is said in words, with what to do; the code is only for those
// who may scan it.
func TestChannels(t *testing.T) {
	s := newSite(t, wechat)
	edit, view := s.as(ledger.RoleEdit), s.as(ledger.RoleView)
	status, body := edit.get("/channels")
	says(t, status, body, http.StatusOK, "微信", "还没有值守过", "运行 lianwen serve", "看到 07:30:00 为止")
	lacks(t, body, "<html")
	since := s.now.Add(-time.Hour)
	for state, want := range map[bot.State][]string{
		bot.Online: {"channel up", "在线，账号“廉问”", "12月1日 06:30"}, bot.Slowed: {"channel up", "暂缓发送", "过一会自己会好"},
		bot.Offline: {"channel down", "连不上微信", "请检查网络"}, bot.Refused: {"微信不让这个账号操作", "先用手机登录"}, bot.Lost: {"登录已失效", "正在重新登录"},
		bot.Scanned: {"已扫码", "点“登录”"}, bot.Connecting: {"正在连接"}, bot.Stopped: {"没有在值守（最后是：已停止）"}, bot.Waiting: {"等待扫码", "二维码正在生成"},
	} {
		s.stands(duty.LastState{State: state, Since: since, Account: "廉问", Detail: "<1102>", Beat: s.now}, "")
		status, body = edit.get("/channels")
		says(t, status, body, http.StatusOK, append(want, "（&lt;1102&gt;）")...)
	}
	s.stands(duty.LastState{State: bot.Online, Since: since, Beat: s.now.Add(-2 * time.Minute)}, "")
	status, body = edit.get("/channels")
	says(t, status, body, http.StatusOK, "没有在值守（最后是：在线）", "channel down", "lianwen serve 没有在运行")

	s.stands(duty.LastState{State: bot.Waiting, Since: since, Beat: s.now}, "PNG one")
	status, body = edit.get("/")
	says(t, status, body, http.StatusOK, "请用值守的微信扫", "/channels/wechat/qr.png?at=", `<meta http-equiv="refresh" content="20">`)
	status, body = view.get("/")
	says(t, status, body, http.StatusOK, "有二维码等人扫。您的账号只能查看")
	lacks(t, body, "qr.png", "refresh\" content")
	if status, body = edit.get("/channels/wechat/qr.png?at=1"); status != http.StatusOK || body != "PNG one" {
		t.Errorf("%d %q", status, body)
	}
	if status, _ = view.get("/channels/wechat/qr.png"); status != http.StatusForbidden {
		t.Errorf("who may only look sees the code: %d", status)
	}
	if status, body = s.nobody().get("/channels/wechat/qr.png"); status == http.StatusOK && strings.Contains(body, "PNG") {
		t.Error("anybody sees the code")
	}
}

// A code is shown only while it waits to be scanned, fresh each time, and no other file
// is; what another process has left torn is said.
func TestCode(t *testing.T) {
	s := newSite(t, wechat)
	c := s.as(ledger.RoleEdit)
	gone := func(why string) {
		t.Helper()
		status, body := c.get("/channels/wechat/qr.png")
		says(t, status, body, http.StatusNotFound, "没有等人扫的二维码")
		_, body = c.get("/channels")
		lacks(t, body, "qr.png")
		if t.Failed() {
			t.Fatal(why)
		}
	}
	gone("it has never run")
	waits := duty.LastState{State: bot.Waiting, Beat: s.now}
	s.stands(waits, "")
	gone("there is no picture yet")
	s.stands(duty.LastState{State: bot.Online, Beat: s.now}, "PNG")
	gone("it is on line")
	s.stands(duty.LastState{State: bot.Waiting, Beat: s.now.Add(-time.Hour)}, "PNG")
	gone("the process has died")
	s.stands(waits, "PNG two")
	res, err := c.Get(c.base + "/channels/wechat/qr.png")
	must(t, err)
	must(t, res.Body.Close())
	if res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("Content-Type") != "image/png" {
		t.Errorf("%v", res.Header)
	}
	for _, name := range []string{"wecom", "..", "%2e%2e", "..%2Fwechat", "wechat%2F..%2Fwechat"} {
		if status, body := c.get("/channels/" + name + "/qr.png"); status != http.StatusNotFound || strings.Contains(body, "PNG") {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	must(t, os.WriteFile(filepath.Join(s.DataDir, "wechat", "state.json"), []byte("{"), 0o600))
	status, body := c.get("/")
	says(t, status, body, http.StatusOK, "状态读不出来", "重新启动 lianwen serve")
	if status, _ = c.get("/channels/wechat/qr.png"); status != http.StatusInternalServerError {
		t.Errorf("of a torn state: %d", status)
	}
}

// In a browser the code is renewed by itself, and is gone once it was scanned; nothing
// sticks out of the page, and everything has a name.
func TestTodayInBrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t, wechat)
	s.Desk.Schedule.Specs[0].Approval = true
	s.is("quiz", "group:学习群", s.now.AddDate(0, 0, -1), ledger.PushUncertain, "不知道有没有发出")
	s.is("story", "group:机关群", s.now.AddDate(0, 0, -1), ledger.PushFailed, "没有找到群“机关群”：请用登录的微信号打开这个群")
	must(t, s.Desk.Pause(t.Context(), "setup", "quiz"))
	alarm := duty.NewAlarm(duty.Ways{}, s.DataDir, s.Log)
	alarm.Tell(t.Context(), "廉问掉线：登录已失效。请到服务器上扫码：运行 lianwen check 看二维码图片在哪里。")
	alarm.Wait()
	s.stands(duty.LastState{State: bot.Waiting, Since: s.now, Beat: s.now}, picture)
	b := newBrowser(t, s, ledger.RoleEdit)
	for path, name := range map[string]string{"/": "today", "/pushes/story": "push", "/signing": "signing", "/suspended": "suspended",
		"/signing/draft?name=story&date=2026-12-02": "draft"} {
		b.looks(path, name)
	}
	b.open("/")
	b.await("img.code")
	before := b.attribute("img.code", "src")
	must(t, os.Chtimes(duty.QRFile(s.DataDir, "wechat"), s.now, s.now))
	b.await(`img.code:not([src="` + before + `"])`)
	s.stands(duty.LastState{State: bot.Online, Since: s.now, Beat: s.now, Account: "廉问"}, "")
	b.await(".channel.up")
	b.click("//summary[text()='暂停“story”…']")
	b.click("//details[@open]//button[text()='暂停']")
	b.await(".notice")
	if got := b.text(".notice"); got != "已暂停“story”，恢复以前都不发。" {
		t.Errorf("the page says %q", got)
	}
}

// attribute is what an element has.
func (b *browser) attribute(selector, name string) string {
	b.t.Helper()
	return evaluate[string](b, "document.querySelector("+quoted(selector)+").getAttribute("+quoted(name)+")")
}

func quoted(text string) string {
	raw, _ := json.Marshal(text) // of a string it does not fail
	return string(raw)
}

// picture is that of a code, as a browser can show it.
var picture = func() string {
	code, err := qr.Encode("https://login.example/l/x", qr.M)
	if err != nil {
		panic(err)
	}
	return string(code.PNG())
}()
