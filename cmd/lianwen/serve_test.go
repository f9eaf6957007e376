package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot/wechat/fakeweb"
)

// The whole way, as the members, the group and the operator meet it.
func TestServe(t *testing.T) {
	t.Parallel()
	s := newService(t, "")
	zhang := s.server.AddPerson("张委员", "")
	group := s.server.AddGroup("机关学习群", true, zhang)
	s.start().online()

	zhang.Say("提案工作条例第一条")
	first := s.sent(1)[0]
	if first.To != "张委员" || !strings.HasPrefix(first.Text, "为了规范") || !strings.Contains(first.Text, "\n《提案工作条例》第一条（") || !strings.HasSuffix(first.Text, "示例文本，以正式印发文件为准") {
		t.Errorf("answered %q to %s", first.Text, first.To)
	}
	zhang.SayIn(group, "下午两点半开会")
	zhang.SayIn(group, "提案工作条例第一条")
	zhang.SayIn(group, "@廉问\u2005提案工作条例第一条")
	if got := s.sent(2)[1]; got.To != "机关学习群" || got.Text != first.Text {
		t.Errorf("in the group: %q to %s", got.Text, got.To)
	}
	s.server.Break("webwxsendmsg", 1, fakeweb.LoseReply())
	zhang.Say("提案工作条例第二条")
	s.until("said in the log", func() bool { return strings.Contains(s.log.String(), "不知道有没有送到") })
	s.sent(3)

	before := zhang.ID()
	s.server.Kick(1102, false)
	s.until("logged in anew", func() bool { return s.server.Logins() == 2 && s.server.Online() })
	if zhang.ID() == before {
		t.Fatal("the ids are the old ones: nothing is tested")
	}
	zhang.Say("提案工作条例第一条")
	if got := s.sent(4)[3]; got.Text != first.Text {
		t.Errorf("after 1102: %q", got.Text)
	}
	zhang.Say(strings.Repeat("长", 100_000))
	if got := s.sent(5)[4]; !strings.Contains(got.Text, "这条消息有 100000 个字，太长了") {
		t.Errorf("a hundred thousand characters: %q", got.Text)
	}
	var res checkResult
	s.until("seen by check", func() bool {
		res = s.check()
		return len(res.Channels) == 1 && res.Channels[0].State == "online"
	})
	if ch := res.Channels[0]; !res.OK || ch.Name != "wechat" || !ch.Running || ch.Account != "廉问" || ch.Since == nil {
		t.Errorf("check: %+v", res)
	}
	s.stop()
	s.sent(5)
	if res := s.check(); !res.OK || res.Channels[0].Running || len(res.Warnings) == 0 {
		t.Errorf("check after the end: %+v", res)
	}
	for _, line := range strings.Split(strings.TrimSpace(s.log.String()), "\n") {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON in the log: %s", line)
		}
	}
	for _, secret := range []string{"提案工作条例第", "sid", "@crypt", "pass_ticket"} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log has %s in it", secret)
		}
	}
}

// An account that is out shows where to scan, and check says what to do.
func TestServeWaitsForScan(t *testing.T) {
	t.Parallel()
	s := newService(t, "")
	s.server.SetAutoScan(false)
	s.start()
	png := filepath.Join(s.dir, "wechat", "qr.png")
	if p := s.problem("等待扫码"); !strings.Contains(p.Fix, png) {
		t.Errorf("check: %+v", p)
	}
	raw, err := os.ReadFile(png)
	if err != nil || !strings.HasPrefix(string(raw), "\x89PNG") {
		t.Errorf("the picture: %v", err)
	}
	s.server.Scan()
	s.online()
	s.until("the picture is gone", func() bool { _, err := os.Stat(png); return os.IsNotExist(err) })
}

// Without a network it stays, says so, and stops cleanly.
func TestServeWithoutNetwork(t *testing.T) {
	t.Parallel()
	s := newService(t, "")
	s.server.Break("", -1, fakeweb.Drop())
	s.start()
	s.problem("连不上微信")
	s.stop()
}

// login, then serve without another scan.
func TestLoginThenServe(t *testing.T) {
	t.Parallel()
	s := newService(t, "")
	zhang := s.server.AddPerson("张委员", "")
	out, err := exec.Command("lianwen", "login", "--config", s.config).Output()
	if err != nil || !strings.HasPrefix(string(out), "已登录：廉问。") {
		t.Fatalf("login: %v, %s", err, out)
	}
	s.start().online()
	zhang.Say("帮助")
	s.sent(1)
	if s.server.Logins() != 1 {
		t.Errorf("%d scans", s.server.Logins())
	}
	second, err := exec.Command("lianwen", "serve", "--config", s.config).CombinedOutput()
	if err == nil || !strings.Contains(string(second), "另一个 lianwen 正在用这个微信登录。请先停掉它") {
		t.Errorf("a second serve: %v, %s", err, second)
	}
	s.stop()
	s.sent(1)
}

// The operator is told at once, by the command in the configuration, when nobody
// knows whether a push went out.
func TestServeAlarms(t *testing.T) {
	t.Parallel()
	told := filepath.Join(t.TempDir(), "told")
	s := newService(t, fmt.Sprintf(`push_gap = ["0s", "0s"]
quiet = []
[alert]
command = 'echo "$ALERT_TEXT" >> %s'
[[push]]
name = "story"
content = "story"
at = "00:00"
window = "24h"
targets = ["group:机关学习群"]
`, told))
	s.server.AddGroup("机关学习群", true)
	s.server.Break("webwxsendmsg", 1, fakeweb.LoseReply())
	s.start()
	var text string
	s.until("told", func() bool {
		raw, _ := os.ReadFile(told)
		text = string(raw)
		return strings.HasSuffix(text, "\n")
	})
	if !strings.HasPrefix(text, "廉问：") || !strings.Contains(text, "不知道有没有发到机关学习群") || strings.Count(text, "\n") != 1 {
		t.Errorf("told %s", text)
	}
}

// How a burst is answered: each of 300 questions of 50 people once, in order.
func TestServeBurst(t *testing.T) {
	t.Parallel()
	s := newService(t, "")
	var people []*fakeweb.Person
	for i := range 50 {
		people = append(people, s.server.AddPerson(fmt.Sprintf("委员%d", i), ""))
	}
	s.start().online()
	people[0].Say("帮助")
	s.sent(1)
	asked := map[string][]time.Time{}
	for i := range 300 {
		p := people[i%len(people)]
		p.Say(fmt.Sprintf("提案工作条例第%d条", 1+i/len(people)))
		asked[p.ID()] = append(asked[p.ID()], time.Now())
	}
	s.sent(301)
	s.stop()
	var took []time.Duration
	answered := map[string]int{}
	for _, sent := range s.sent(301)[1:] {
		n := answered[sent.ToID]
		answered[sent.ToID]++
		if want := fmt.Sprintf("\n《提案工作条例》第%s条（", []string{"一", "二", "三", "四", "五", "六"}[n]); !strings.Contains(sent.Text, want) {
			t.Errorf("answer %d to %s lacks %q:\n%s", n, sent.To, want, sent.Text)
		}
		took = append(took, sent.At.Sub(asked[sent.ToID][n]))
	}
	slices.Sort(took)
	// 200 ms is to be reached on a machine that does nothing else.
	t.Logf("300 questions of 50 people: p50 %v, p99 %v", took[len(took)/2], took[len(took)*99/100])
}
