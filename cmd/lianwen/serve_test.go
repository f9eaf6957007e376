package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"lianwen/bot/wechat/fakeweb"
)

// service is lianwen serve as a process, on a server that speaks WeChat.
type service struct {
	*testing.T
	server *fakeweb.Server
	config string
	cmd    *exec.Cmd
	log    *safeBuffer
}

// newService makes the server and a configuration for it.
func newService(t *testing.T, extra string) *service {
	t.Helper()
	s := &service{T: t, server: fakeweb.New(), log: &safeBuffer{}}
	srv := httptest.NewServer(s.server)
	t.Cleanup(srv.Close)
	t.Setenv("GORACE", raceOptions)
	dir := t.TempDir()
	s.config = filepath.Join(dir, "config.toml")
	text := fmt.Sprintf("data_dir = %q\n[wechat]\nenabled = true\nendpoint = %q\nreply_delay = [\"0s\", \"0s\"]\n%s", filepath.Join(dir, "data"), srv.URL, extra)
	if err := os.WriteFile(s.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log("log:\n" + s.log.String())
		}
	})
	return s
}

// start runs serve until stop, or the end of the test.
func (s *service) start() *service {
	s.Helper()
	s.cmd = exec.Command("lianwen", "serve", "--config", s.config, "--log-format", "json")
	s.cmd.Stdout, s.cmd.Stderr = s.log, s.log
	if err := s.cmd.Start(); err != nil {
		s.Fatal(err)
	}
	s.Cleanup(s.stop)
	return s
}

// stop ends the process as systemd would, and checks how it ends.
func (s *service) stop() {
	s.Helper()
	if s.cmd == nil {
		return
	}
	begun := time.Now()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.Error(err)
	}
	if err := s.cmd.Wait(); err != nil {
		s.Errorf("after SIGTERM: %v", err)
	}
	if took := time.Since(begun); took > 5*time.Second {
		s.Errorf("SIGTERM took %v", took)
	}
	s.cmd = nil
}

func (s *service) until(what string, ok func() bool) {
	s.Helper()
	for end := time.Now().Add(30 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			s.Fatalf("not within 30 seconds: %s", what)
		}
	}
}

// sent waits for n texts, and checks that there are no more a moment later.
func (s *service) sent(n int) []fakeweb.Sent {
	s.Helper()
	s.until(fmt.Sprintf("%d texts sent", n), func() bool { return len(s.server.Sent()) >= n })
	time.Sleep(100 * time.Millisecond)
	got := s.server.Sent()
	if len(got) != n {
		s.Fatalf("%d texts sent, want %d: %v", len(got), n, got)
	}
	return got
}

// check runs lianwen check --json.
func (s *service) check() (res checkResult) {
	s.Helper()
	var out bytes.Buffer
	cmd := exec.Command("lianwen", "check", "--json", "--config", s.config)
	cmd.Stdout = &out
	_ = cmd.Run() // it exits with 1 when there is a problem
	if err := json.Unmarshal(out.Bytes(), &res); err != nil {
		s.Fatalf("check --json: %v\n%s", err, &out)
	}
	return res
}

// The whole way, as the members, the group and the operator meet it.
func TestServe(t *testing.T) {
	s := newService(t, "")
	zhang := s.server.AddPerson("张委员", "")
	group := s.server.AddGroup("机关学习群", true, zhang)
	s.start()
	s.until("online", s.server.Online)

	zhang.Say("提案工作条例第一条")
	first := s.sent(1)[0]
	if first.To != "张委员" || !strings.HasPrefix(first.Text, "《提案工作条例》第一条\n第一条 ") || !strings.HasSuffix(first.Text, "示例文本，以正式印发文件为准") {
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
	s := newService(t, "")
	s.server.SetAutoScan(false)
	s.start()
	png := filepath.Join(filepath.Dir(s.config), "data", "wechat", "qr.png")
	var res checkResult
	s.until("check says so", func() bool {
		res = s.check()
		return len(res.Problems) == 1
	})
	if p := res.Problems[0]; res.OK || !strings.Contains(p.What, "等待扫码") || !strings.Contains(p.Fix, png) {
		t.Errorf("check: %+v", p)
	}
	raw, err := os.ReadFile(png)
	if err != nil || !bytes.HasPrefix(raw, []byte("\x89PNG")) {
		t.Errorf("the picture: %v", err)
	}
	s.server.Scan()
	s.until("online", s.server.Online)
	s.until("the picture is gone", func() bool { _, err := os.Stat(png); return os.IsNotExist(err) })
}

// Without a network it stays, tries calmly, says so, and stops cleanly.
func TestServeWithoutNetwork(t *testing.T) {
	s := newService(t, "")
	s.server.Break("", -1, fakeweb.Drop())
	s.start()
	s.until("said in the log", func() bool { return strings.Contains(s.log.String(), "连不上微信") })
	time.Sleep(3 * time.Second)
	if n := s.server.PeakRate(); n > 5 {
		t.Errorf("%d requests in a second", n)
	}
	s.until("check says so", func() bool {
		res := s.check()
		return len(res.Problems) == 1 && strings.Contains(res.Problems[0].What, "连不上微信")
	})
	s.server.Mend()
	s.until("online", s.server.Online)
}

// login, then serve without another scan.
func TestLoginThenServe(t *testing.T) {
	s := newService(t, "")
	zhang := s.server.AddPerson("张委员", "")
	out, err := exec.Command("lianwen", "login", "--config", s.config).Output()
	if err != nil || !strings.HasPrefix(string(out), "已登录：廉问。") {
		t.Fatalf("login: %v, %s", err, out)
	}
	s.start()
	s.until("online", s.server.Online)
	zhang.Say("帮助")
	s.sent(1)
	if s.server.Logins() != 1 {
		t.Errorf("%d scans", s.server.Logins())
	}
	second, err := exec.Command("lianwen", "serve", "--config", s.config).CombinedOutput()
	if err == nil || !strings.Contains(string(second), "另一个 lianwen 正在用这个微信登录。请先停掉它") {
		t.Errorf("a second serve: %v, %s", err, second)
	}
}

// The operator is told, by command and webhook, when the account goes down and
// when it is back. It takes half a minute, on purpose.
func TestServeAlarms(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	told := filepath.Join(t.TempDir(), "told")
	s := newService(t, fmt.Sprintf("[alert]\ncommand = 'echo \"$ALERT_TEXT\" >> %s'\n", told))
	s.start()
	s.until("online", s.server.Online)
	s.server.SetAutoScan(false)
	down := time.Now()
	s.server.Kick(1102, false)
	read := func() string { raw, _ := os.ReadFile(told); return string(raw) }
	for read() == "" && time.Since(down) < time.Minute {
		time.Sleep(100 * time.Millisecond)
	}
	if got := read(); !strings.HasPrefix(got, "廉问掉线：等待扫码。请到服务器上扫码") {
		t.Errorf("after %v: %q", time.Since(down), got)
	}
	s.server.Scan()
	s.until("told that it is back", func() bool { return strings.Contains(read(), "廉问恢复：微信账号“廉问”在线。\n") })
	if n := strings.Count(read(), "\n"); n != 2 {
		t.Errorf("told %d times: %s", n, read())
	}
}

// How a burst is answered: each of 300 questions of 50 people once.
func TestServeBurst(t *testing.T) {
	s := newService(t, "")
	var people []*fakeweb.Person
	for i := range 50 {
		people = append(people, s.server.AddPerson(fmt.Sprintf("委员%d", i), ""))
	}
	s.start()
	s.until("online", s.server.Online)
	people[0].Say("帮助")
	s.sent(1)
	asked := map[string][]time.Time{}
	for i := range 300 {
		p := people[i%len(people)]
		p.Say(fmt.Sprintf("提案工作条例第%d条", 1+i/len(people)))
		asked[p.ID()] = append(asked[p.ID()], time.Now())
	}
	var took []time.Duration
	answered := map[string]int{}
	for _, sent := range s.sent(301)[1:] {
		n := answered[sent.ToID]
		answered[sent.ToID]++
		if want := fmt.Sprintf("《提案工作条例》第%s条\n", []string{"一", "二", "三", "四", "五", "六"}[n]); !strings.HasPrefix(sent.Text, want) {
			t.Errorf("answer %d to %s begins %.40q, want %s", n, sent.To, sent.Text, want)
		}
		took = append(took, sent.At.Sub(asked[sent.ToID][n]))
	}
	slices.Sort(took)
	p50, p99 := took[len(took)/2], took[len(took)*99/100]
	t.Logf("300 questions of 50 people: p50 %v, p99 %v", p50, p99)
	if p99 > 5*time.Second { // the figure to reach, 200 ms, is for a machine that does nothing else
		t.Errorf("p99 is %v", p99)
	}
}

// What it costs to wait.
func TestServeIdle(t *testing.T) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("no /proc")
	}
	if testing.Short() {
		t.Skip("takes ten seconds")
	}
	s := newService(t, "")
	zhang := s.server.AddPerson("张委员", "")
	s.start()
	s.until("online", s.server.Online)
	s.stop() // the index was built; a later start only opens it
	s.start()
	s.until("online", s.server.Online)
	zhang.Say("提案什么时候截止")
	s.sent(1)
	before := s.cpu()
	time.Sleep(10 * time.Second)
	used := s.cpu() - before
	t.Logf("idle: RSS %d KB, %v of processor in 10s", s.rss(), used)
	if used > time.Second {
		t.Errorf("used %v of processor in 10s", used)
	}
	if kb := s.rss(); kb > 60<<10 && !underRace() {
		t.Errorf("RSS is %d KB, want 60 MB at most", kb)
	}
}

// underRace reports whether the race detector is built in; it takes memory.
func underRace() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// rss is the process's resident memory, in KB.
func (s *service) rss() int {
	s.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		s.Fatal(err)
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(value), " kB"))
			if err != nil {
				s.Fatal(err)
			}
			return n
		}
	}
	s.Fatal("no VmRSS")
	return 0
}

// cpu is the processor time used so far; ticks are hundredths of a second.
func (s *service) cpu() time.Duration {
	s.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		s.Fatal(err)
	}
	fields := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+2:]))
	user, err1 := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	if err1 != nil || err2 != nil {
		s.Fatal(err1, err2)
	}
	return time.Duration(user+system) * 10 * time.Millisecond
}
