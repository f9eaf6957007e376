package wechat_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"lianwen/bot"
	"lianwen/bot/channeltest"
	"lianwen/bot/wechat"
	"lianwen/bot/wechat/fakeweb"
)

// bleve, linked in by package bot, keeps workers from start to end.
var bleveWorkers = goleak.IgnoreTopFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, bleveWorkers) }

// echo answers with what was said.
func echo(_ context.Context, in bot.Incoming) (bot.Reply, error) {
	switch {
	case in.Kind == bot.Media && !in.Group:
		return bot.Reply{Text: "看不懂" + in.Text}, nil
	case in.Kind == bot.Joined:
		return bot.Reply{Text: "您好"}, nil
	case in.Kind == bot.Overflow:
		return bot.Reply{Text: "太快"}, nil
	case in.Group && !in.Addressed || in.Kind == bot.Media:
		return bot.Reply{}, nil
	}
	return bot.Reply{Text: "答" + in.Text}, nil
}

// safeBuffer is a log that is read while it is written.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// world is a server, and a channel logged in to it.
type world struct {
	*testing.T
	server  *fakeweb.Server
	config  wechat.Config
	channel *wechat.Channel
	log     *safeBuffer
	cancel  context.CancelFunc
	ended   chan error
	handle  bot.Handler

	mu       sync.Mutex
	statuses []bot.Status
}

// newWorld makes a server and the configuration of a channel on it.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, server: fakeweb.New(), log: &safeBuffer{}, handle: echo}
	srv := httptest.NewServer(w.server)
	t.Cleanup(srv.Close)
	endpoint, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	w.config = wechat.Config{
		Dir: filepath.Join(t.TempDir(), "wechat"), Endpoint: endpoint, RestartWindow: 10 * time.Minute, GroupNames: []string{"小廉"},
		Log: slog.New(slog.NewTextHandler(w.log, nil)),
		OnStatus: func(s bot.Status) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.statuses = append(w.statuses, s)
		},
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log("log:\n" + w.log.String())
		}
	})
	return w
}

// start runs a channel until stop, or the end of the test.
func (w *world) start() *world {
	w.Helper()
	w.channel = wechat.New(w.config)
	ctx, cancel := context.WithCancel(w.Context())
	ended := make(chan error, 1)
	w.cancel, w.ended = cancel, ended
	channel, handle := w.channel, w.handle
	go func() { ended <- channel.Run(ctx, handle) }()
	w.Cleanup(w.stop)
	return w
}

// stop ends the channel and checks that it ends as it should.
func (w *world) stop() {
	w.Helper()
	if w.cancel == nil {
		return
	}
	w.cancel()
	w.cancel = nil
	select {
	case err := <-w.ended:
		if err != nil {
			w.Errorf("Run: %v", err)
		}
	case <-time.After(5 * time.Second):
		w.Error("Run did not end within 5 seconds")
	}
}

// until waits for something to be so.
func (w *world) until(what string, ok func() bool) {
	w.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			w.Fatalf("not within 20 seconds: %s", what)
		}
	}
}

func (w *world) online() *world {
	w.Helper()
	w.until("online", w.server.Online)
	return w
}

// sent waits for n texts and checks that there are no more.
func (w *world) sent(n int) []fakeweb.Sent {
	w.Helper()
	w.until(fmt.Sprintf("%d texts sent", n), func() bool { return len(w.server.Sent()) >= n })
	time.Sleep(30 * time.Millisecond)
	got := w.server.Sent()
	if len(got) != n {
		w.Fatalf("sent %v, want %d", got, n)
	}
	return got
}

func (w *world) states() []bot.State {
	w.mu.Lock()
	defer w.mu.Unlock()
	var list []bot.State
	for _, s := range w.statuses {
		if len(list) == 0 || list[len(list)-1] != s.State {
			list = append(list, s.State)
		}
	}
	return list
}

func TestConformance(t *testing.T) {
	channeltest.Run(t, func(t *testing.T) channeltest.Peer {
		w := newWorld(t)
		zhang := w.server.AddPerson("张三", "")
		return channeltest.Peer{
			Channel: wechat.New(w.config),
			Say: func(text string) {
				w.online()
				zhang.Say(text)
			},
			Heard: func() []string {
				var list []string
				for _, s := range w.server.Sent() {
					list = append(list, s.Text)
				}
				return list
			},
		}
	})
}

// From a QR code to an answer, and silence where nobody asked.
func TestLoginAndAnswer(t *testing.T) {
	w := newWorld(t)
	zhang, li := w.server.AddPerson("张三", ""), w.server.AddPerson("李四😀", "")
	news := w.server.AddAccount("早报")
	group := w.server.AddGroup("学习群", true, zhang, li)
	begun := time.Now()
	w.start().online()
	zhang.Say("提案 & <截止>\n时间")
	got := w.sent(1)
	took := time.Since(begun)
	t.Logf("login to first answer took %v", took)
	if took > 5*time.Second { // a second is to be reached on a machine that does nothing else
		t.Errorf("login to first answer took %v", took)
	}
	if got[0].To != "张三" || got[0].Text != "答提案 & <截止>\n时间" {
		t.Errorf("sent %+v", got[0])
	}
	zhang.SayIn(group, "今天开会")
	li.SayIn(group, "@张三\u2005廉问说得对")
	news.Say("今日头条")
	w.server.SayAsSelf(zhang, "我自己打的")
	zhang.SayIn(group, "@廉问\u2005请假找谁")
	got = w.sent(2)
	if got[1].To != "学习群" || got[1].Text != "答请假找谁" {
		t.Errorf("sent %+v", got[1])
	}
	li.SayIn(group, "小廉，会期几天")
	if got = w.sent(3); got[2].Text != "答会期几天" {
		t.Errorf("sent %+v", got[2])
	}
	states := w.states()
	if want := []bot.State{bot.Connecting, bot.Waiting, bot.Scanned, bot.Online}; !slices.Equal(states, want) {
		t.Errorf("states %v, want %v", states, want)
	}
	if qr := w.statuses[1].QR; !strings.HasPrefix(qr, "https://login.weixin.qq.com/l/") {
		t.Errorf("QR code %q", qr)
	}
}

// Names change while we are logged in.
func TestRenamed(t *testing.T) {
	w := newWorld(t)
	zhang := w.server.AddPerson("张三", "")
	saved, spoken := w.server.AddGroup("学习群", true, zhang), w.server.AddGroup("没存的群", false, zhang)
	w.start().online()
	zhang.SayIn(spoken, "@廉问\u2005一")
	w.sent(1)
	saved.SetBotName("小问&答😀")
	zhang.SayIn(saved, "@小问&答😀\u2005二")
	w.sent(2)
	w.server.SetSelf("廉问新名")
	zhang.SayIn(spoken, "@廉问新名\u2005三")
	w.sent(3)
	// Names that stay unknown are not asked for over and over.
	asked := w.server.Requests()["webwxbatchgetcontact"]
	for range 20 {
		zhang.SayIn(saved, "@不认识的人\u2005你好")
	}
	zhang.SayIn(saved, "@小问&答😀\u2005四")
	w.sent(4)
	if n := w.server.Requests()["webwxbatchgetcontact"] - asked; n > 0 {
		t.Errorf("the group's names were asked for %d times within a minute", n)
	}
}

// The same message twice is answered once; so is one that was there before we
// were, if it is not too old.
func TestDuplicatesAndBacklog(t *testing.T) {
	w := newWorld(t)
	zhang := w.server.AddPerson("张三", "")
	w.start().online()
	id := zhang.Say("一")
	w.sent(1)
	w.server.Redeliver(id)
	old := w.server.Message(zhang.ID(), "旧")
	old["CreateTime"] = time.Now().Add(-11 * time.Minute).Unix()
	w.server.Deliver(old)
	recent := w.server.Message(zhang.ID(), "近")
	recent["CreateTime"] = time.Now().Add(-9 * time.Minute).Unix()
	w.server.Deliver(recent)
	zhang.Say("二")
	got := w.sent(3)
	if got[1].Text != "答近" || got[2].Text != "答二" {
		t.Errorf("sent %v", got)
	}
	// A restart takes the login up, answers what came meanwhile, and nothing twice.
	w.stop()
	zhang.Say("三")
	w.server.Redeliver(id)
	w.start()
	if got := w.sent(4); got[3].Text != "答三" {
		t.Errorf("sent %v", got)
	}
	if w.server.Logins() != 1 || w.server.HotLogins() != 1 {
		t.Errorf("%d scans, %d hot logins, want one of each", w.server.Logins(), w.server.HotLogins())
	}
}

// What the library or a naive reader would fall over is ignored or answered,
// and the next question too.
func TestMalformedPayloads(t *testing.T) {
	w := newWorld(t)
	zhang := w.server.AddPerson("张三", "")
	group := w.server.AddGroup("学习群", true, zhang)
	w.start().online()
	odd := func(from, content string, change map[string]any) {
		m := w.server.Message(from, content)
		for k, v := range change {
			m[k] = v
		}
		w.server.Deliver(m)
	}
	w.server.Deliver(nil)
	w.server.Deliver(map[string]any{})
	odd("", "", nil)
	odd("@", "x", map[string]any{"FromUserName": "@@"})
	odd(group.ID(), "no sender", nil)
	odd(group.ID(), ":<br/>", nil)
	odd(group.ID(), "@x:<br/>", nil)
	odd(zhang.ID(), "状态", map[string]any{"MsgType": 51})
	odd(zhang.ID(), "系统", map[string]any{"MsgType": 10000})
	odd(zhang.ID(), "撤回", map[string]any{"MsgType": 10002})
	odd(zhang.ID(), "", map[string]any{"MsgType": 999999})
	odd(zhang.ID(), strings.Repeat("<br/>&amp;", 10_000), map[string]any{"MsgType": 49})
	zhang.Say("还在吗")
	got := w.sent(2)
	if got[0].Text != "看不懂文件或链接" || got[1].Text != "答还在吗" {
		t.Errorf("sent %v", got)
	}
}

// Answers of the server that make no sense are asked for again, calmly, and
// nothing is lost.
func TestBadAnswers(t *testing.T) {
	for name, fault := range map[string]struct {
		endpoint string
		f        fakeweb.Fault
	}{
		"502":               {"webwxsync", fakeweb.Status(502)},
		"HTML":              {"webwxsync", fakeweb.Body("<html>")},
		"truncated":         {"webwxsync", fakeweb.Truncate(30)},
		"dropped":           {"webwxsync", fakeweb.Drop()},
		"lost":              {"webwxsync", fakeweb.LoseReply()},
		"no SyncKey":        {"webwxsync", fakeweb.Body(`{"BaseResponse":{"Ret":0},"AddMsgList":[]}`)},
		"short SyncKey":     {"webwxsync", fakeweb.Body(`{"BaseResponse":{"Ret":0},"SyncKey":{"Count":9,"List":[]},"AddMsgList":[]}`)},
		"system error":      {"webwxsync", fakeweb.Ret(-1)},
		"sync check drops":  {"synccheck", fakeweb.Drop()},
		"sync check 502":    {"synccheck", fakeweb.Status(502)},
		"sync check odd":    {"synccheck", fakeweb.Body(`window.synccheck={retcode:"7",selector:"0"}`)},
		"news without news": {"synccheck", fakeweb.Body(`window.synccheck={retcode:"0",selector:"7"}`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.server.SetLongPoll(50 * time.Millisecond)
			zhang := w.server.AddPerson("张三", "")
			w.start().online()
			times := 1
			if fault.endpoint == "synccheck" {
				times = 3
			}
			w.server.Break(fault.endpoint, times, fault.f)
			zhang.Say("一")
			zhang.Say("二")
			if got := w.sent(2); got[0].Text != "答一" || got[1].Text != "答二" {
				t.Errorf("sent %v", got)
			}
			if w.server.Logins() != 1 {
				t.Errorf("%d logins", w.server.Logins())
			}
		})
	}
}

// A reply whose fate is unknown is not sent again.
func TestUncertain(t *testing.T) {
	for name, tt := range map[string]struct {
		fault   fakeweb.Fault
		arrives int
	}{
		"reply lost": {fakeweb.LoseReply(), 1}, "truncated": {fakeweb.Truncate(10), 1},
		"502": {fakeweb.Status(502), 0}, "HTML": {fakeweb.Body("<html>"), 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			zhang := w.server.AddPerson("张三", "")
			w.start().online()
			w.server.Break("webwxsendmsg", 1, tt.fault)
			zhang.Say("一")
			w.until("said in the log", func() bool { return strings.Contains(w.log.String(), "不知道有没有送到") })
			zhang.Say("二")
			got := w.sent(tt.arrives + 1)
			if got[len(got)-1].Text != "答二" || w.server.Requests()["webwxsendmsg"] != 2 {
				t.Errorf("sent %v in %d posts", got, w.server.Requests()["webwxsendmsg"])
			}
			w.server.Break("webwxsendmsg", 1, tt.fault)
			if _, err := w.channel.Send(t.Context(), bot.Outgoing{To: zhang.ID(), Text: "通知"}); !errors.Is(err, bot.ErrUncertain) {
				t.Errorf("Send: %v, want ErrUncertain", err)
			}
		})
	}
}

// The server ends the login: it is taken up once; then a code is shown, and
// everybody has another id.
func TestLoggedOut(t *testing.T) {
	w := newWorld(t)
	zhang := w.server.AddPerson("张三", "")
	group := w.server.AddGroup("学习群", true, zhang)
	w.start().online()
	zhang.Say("一")
	w.sent(1)
	w.server.Kick(1102, true)
	w.until("hot login", func() bool { return w.server.HotLogins() == 1 })
	w.online()
	zhang.Say("二")
	w.sent(2)

	w.server.SetAutoScan(false)
	before := zhang.ID()
	w.server.Kick(1101, false)
	w.until("a QR code", func() bool { return slices.Contains(w.states()[4:], bot.Waiting) })
	if _, err := w.channel.Send(t.Context(), bot.Outgoing{To: before, Text: "通知"}); err == nil {
		t.Error("sent without a login")
	}
	w.server.Scan()
	w.until("scanned", func() bool { return w.server.Logins() == 2 })
	w.online()
	if zhang.ID() == before {
		t.Fatal("the ids are the old ones: nothing is tested")
	}
	zhang.Say("三")
	zhang.SayIn(group, "@廉问\u2005四")
	w.sent(4)
	var refused *bot.RefusedError
	if _, err := w.channel.Send(t.Context(), bot.Outgoing{To: before, Text: "通知"}); !errors.As(err, &refused) {
		t.Errorf("to an id of the old login: %v", err)
	}
	if _, err := w.channel.Send(t.Context(), bot.Outgoing{To: bot.GroupAddress("学习群"), Text: "通知"}); err != nil {
		t.Errorf("to the group by name: %v", err)
	}
}

// The login ends while a reply is on its way: it goes out after the login was
// taken up.
func TestLoggedOutWhileSending(t *testing.T) {
	w := newWorld(t)
	zhang := w.server.AddPerson("张三", "")
	w.start().online()
	w.server.Break("webwxsendmsg", 1, func(rw http.ResponseWriter, r *http.Request, handle http.HandlerFunc) {
		w.server.Kick(1100, true)
		handle(rw, r)
	})
	zhang.Say("一")
	if got := w.sent(1); got[0].Text != "答一" {
		t.Errorf("sent %v", got)
	}
}

// Everything that must be refused is, and says why.
func TestRefusals(t *testing.T) {
	w := newWorld(t)
	stranger := w.server.AddStranger("陌生人")
	zhang := w.server.AddPerson("张三", "")
	w.server.AddGroup("重名群", true, zhang)
	w.server.AddGroup("重名群", true, zhang)
	w.start().online()
	stranger.Say("你好")
	w.until("said in the log", func() bool { return strings.Contains(w.log.String(), "好友") })
	for target, want := range map[string]string{
		bot.GroupAddress("重名群"): "2 个群", bot.GroupAddress("没有的群"): "保存到通讯录", "@nobody": "失效",
	} {
		_, err := w.channel.Send(t.Context(), bot.Outgoing{To: target, Text: "通知"})
		var refused *bot.RefusedError
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", target, err, want)
		}
	}
	zhang.Say("在吗")
	w.sent(1)
}

// An account that may not act stops, says so, and waits for a scan.
func TestAccountRefused(t *testing.T) {
	w := newWorld(t)
	zhang := w.server.AddPerson("张三", "")
	w.start().online()
	w.server.Break("webwxsendmsg", 1, fakeweb.Ret(1203))
	zhang.Say("一")
	w.until("refused", func() bool { return slices.Contains(w.states(), bot.Refused) })
	if _, err := os.Stat(filepath.Join(w.config.Dir, "session.json")); err != nil {
		t.Logf("session: %v", err)
	}
	w.sent(0)
}

// Voice in private gets a line, in a group silence.
func TestMedia(t *testing.T) {
	w := newWorld(t)
	zhang := w.server.AddPerson("张三", "")
	group := w.server.AddGroup("学习群", true, zhang)
	w.start().online()
	voice := w.server.Message(group.ID(), zhang.ID()+":<br/><msg/>")
	voice["MsgType"] = 34
	w.server.Deliver(voice)
	voice = w.server.Message(zhang.ID(), "<msg/>")
	voice["MsgType"] = 34
	w.server.Deliver(voice)
	if got := w.sent(1); got[0].To != "张三" || got[0].Text != "看不懂语音" {
		t.Errorf("sent %v", got)
	}
}

// A question taken back before it was answered is not answered.
func TestRecall(t *testing.T) {
	w := newWorld(t)
	w.config.ReplyDelay = [2]time.Duration{2 * time.Second, 2 * time.Second}
	zhang := w.server.AddPerson("张三", "")
	w.start().online()
	id := zhang.Say("说错了")
	time.Sleep(50 * time.Millisecond)
	w.server.Recall(id)
	zhang.Say("对的")
	if got := w.sent(1); got[0].Text != "答对的" {
		t.Errorf("sent %v", got)
	}
}

// Only who knows the phrase becomes a contact, and is greeted.
func TestFriends(t *testing.T) {
	w := newWorld(t)
	w.config.FriendPhrase = "市政协委员"
	w.start().online()
	w.server.RequestFriend("推销", "加我领红包")
	w.server.RequestFriend("王五", "我是市政协委员王五")
	if got := w.sent(1); got[0].To != "王五" || got[0].Text != "您好" {
		t.Errorf("sent %v", got)
	}
	if got := w.server.Accepted(); !slices.Equal(got, []string{"王五"}) {
		t.Errorf("accepted %v", got)
	}
}

// Without a phrase nobody is accepted.
func TestFriendsOff(t *testing.T) {
	w := newWorld(t)
	zhang := w.server.AddPerson("张三", "")
	w.start().online()
	w.server.RequestFriend("王五", "我是市政协委员王五")
	zhang.Say("一")
	w.sent(1)
	if got := w.server.Accepted(); len(got) != 0 {
		t.Errorf("accepted %v", got)
	}
}

// Stopped, it leaves what was not answered to the next start.
func TestStopHandsBack(t *testing.T) {
	w := newWorld(t)
	zhang := w.server.AddPerson("张三", "")
	w.config.ReplyDelay = [2]time.Duration{time.Hour, time.Hour}
	w.start().online()
	zhang.Say("一")
	zhang.Say("二")
	w.until("both written down", func() bool { return strings.Count(w.journal(), `"take"`) == 2 })
	w.stop()
	w.sent(0)
	if !strings.Contains(w.session(), `"unsaid":[`) || w.journal() != "" {
		t.Errorf("left: %s\njournal: %s", w.session(), w.journal())
	}
	w.config.ReplyDelay = [2]time.Duration{}
	w.start()
	if got := w.sent(2); got[0].Text != "答一" || got[1].Text != "答二" {
		t.Errorf("sent %v", got)
	}
	w.stop()
	w.start().online()
	w.sent(2)
}

func (w *world) session() string {
	raw, _ := os.ReadFile(filepath.Join(w.config.Dir, "session.json"))
	return string(raw)
}

func (w *world) journal() string {
	raw, _ := os.ReadFile(filepath.Join(w.config.Dir, "journal"))
	return string(raw)
}

// A damaged session leads to a scan, not to an end.
func TestDamagedSession(t *testing.T) {
	w := newWorld(t)
	w.start().online()
	w.stop()
	file := filepath.Join(w.config.Dir, "session.json")
	if err := os.WriteFile(file, []byte(w.session()[:100]), 0o600); err != nil {
		t.Fatal(err)
	}
	w.start()
	w.until("a second scan", func() bool { return w.server.Logins() == 2 })
	w.online()
}

// One login, one process.
func TestInUse(t *testing.T) {
	w := newWorld(t)
	w.start().online()
	if err := wechat.New(w.config).Run(t.Context(), echo); !errors.Is(err, wechat.ErrInUse) {
		t.Errorf("a second Run: %v", err)
	}
	if _, err := wechat.New(w.config).Login(t.Context()); !errors.Is(err, wechat.ErrInUse) {
		t.Errorf("Login beside Run: %v", err)
	}
}

// Login keeps the login for Run.
func TestLogin(t *testing.T) {
	w := newWorld(t)
	zhang := w.server.AddPerson("张三", "")
	account, err := wechat.New(w.config).Login(t.Context())
	if err != nil || account != "廉问" {
		t.Fatalf("%q, %v", account, err)
	}
	zhang.Say("登录后说的")
	w.start()
	w.sent(1)
	if w.server.Logins() != 1 {
		t.Errorf("%d scans", w.server.Logins())
	}
}

// A code nobody scans is replaced when it expires.
func TestExpiredCode(t *testing.T) {
	w := newWorld(t)
	w.server.SetAutoScan(false)
	w.start()
	codes := func() int { return w.server.Requests()["jslogin"] }
	w.until("a code", func() bool { return codes() == 1 })
	w.until("watched", func() bool { return w.server.Requests()["login"] > 0 })
	w.server.Expire()
	w.until("another code", func() bool { return codes() == 2 })
	w.server.Scan()
	w.online()
}

// A burst: every message is dealt with, whatever is said; the sender of too many
// is told once.
func TestOverflow(t *testing.T) {
	w := newWorld(t)
	zhang := w.server.AddPerson("张三", "")
	w.config.ReplyDelay = [2]time.Duration{200 * time.Millisecond, 200 * time.Millisecond}
	var dealt atomic.Int64
	w.handle = func(ctx context.Context, in bot.Incoming) (bot.Reply, error) {
		if in.Kind == bot.Text {
			dealt.Add(1)
		}
		return echo(ctx, in)
	}
	w.start().online()
	for i := range 60 {
		zhang.Say(fmt.Sprint(i))
	}
	w.until("all dealt with", func() bool { return dealt.Load() == 60 })
	w.until("told", func() bool {
		return slices.ContainsFunc(w.server.Sent(), func(s fakeweb.Sent) bool { return s.Text == "太快" })
	})
	time.Sleep(time.Second)
	told := 0
	for _, s := range w.server.Sent() {
		if s.Text == "太快" {
			told++
		}
	}
	if n := len(w.server.Sent()); told != 1 || n < 17 || n > 40 {
		t.Errorf("told %d times among %d", told, n)
	}
}
