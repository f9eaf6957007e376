package wechat_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"lianwen/bot"
	"lianwen/bot/wechat"
	"lianwen/bot/wechat/fakeweb"
)

// cut is a wire that can be cut: then nothing reaches the server.
type cut struct {
	http.RoundTripper
	off *atomic.Bool
}

func (c cut) RoundTrip(r *http.Request) (*http.Response, error) {
	if c.off.Load() {
		return nil, errors.New("network is unreachable")
	}
	return c.RoundTripper.RoundTrip(r)
}

// A push whose network goes away before the quiet hours does not go out in them.
func TestPushNotAtNight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // begins at midnight in UTC
		s := fakeweb.New()
		s.AddGroup("学习群", true, s.AddPerson("张三", ""))
		var off atomic.Bool
		c := wechat.New(wechat.Config{
			Dir: filepath.Join(t.TempDir(), "wechat"), HTTP: cut{wire{s}, &off}, RestartWindow: 10 * time.Minute,
			Quiet: wechat.Hours{From: 2 * 60, To: 10 * 60, Location: time.UTC},
		})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- c.Run(ctx, echo) }()
		time.Sleep(time.Hour + 50*time.Minute)
		off.Store(true)
		got := make(chan error, 1)
		go func() {
			_, err := c.Send(ctx, bot.Outgoing{To: bot.GroupAddress("学习群"), Text: "通知"})
			got <- err
		}()
		time.Sleep(3 * time.Hour)
		off.Store(false)
		var refused *bot.RefusedError
		if err := <-got; !errors.As(err, &refused) || refused.After == 0 {
			t.Errorf("Send: %v, want refused until later", err)
		}
		for _, m := range s.Sent() {
			t.Errorf("sent at %s", m.At.UTC().Format("15:04"))
		}
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// A payload that the library cannot decode costs that payload, not the channel.
func TestUndecodable(t *testing.T) {
	w := newWorld(t)
	zhang := w.server.AddPerson("张三", "")
	w.start().online()
	odd := w.server.Message(zhang.ID(), "怪")
	odd["FileSize"] = 12345 // a string, says the library
	w.server.Deliver(odd)
	time.Sleep(time.Second)
	if n := w.server.Requests()["webwxsync"]; n > 10 {
		t.Errorf("asked %d times in a second", n)
	}
	zhang.Say("一")
	w.sent(1)
}

// A question taken back before it was fetched is not answered.
func TestRecalledInOneBatch(t *testing.T) {
	simulated(t, func(c *wechat.Config) {}, func(t *testing.T, s *fakeweb.Server, c *wechat.Channel) {
		zhang := s.AddPerson("张三", "")
		time.Sleep(time.Minute)
		s.Break("webwxsync", 1, func(w http.ResponseWriter, r *http.Request, handle http.HandlerFunc) {
			s.Recall(zhang.Say("发错了"))
			handle(w, r)
		})
		zhang.Say("一")
		time.Sleep(time.Minute)
		if got := s.Sent(); len(got) != 1 || got[0].Text != "答一" {
			t.Errorf("sent %v", got)
		}
	})
}

// A remark put on a contact soon after the login is known soon after.
func TestRemark(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := fakeweb.New()
		zhang := s.AddPerson("张三", "A01")
		s.Break("webwxgetcontact", 3, fakeweb.Status(502)) // and its retries: the list is not read at login
		c := wechat.New(wechat.Config{Dir: filepath.Join(t.TempDir(), "wechat"), HTTP: wire{s}, RestartWindow: 10 * time.Minute})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			ended <- c.Run(ctx, func(_ context.Context, in bot.Incoming) (bot.Reply, error) {
				return bot.Reply{Text: "备注" + in.Remark}, nil
			})
		}()
		time.Sleep(5 * time.Hour)
		zhang.Say("我的记录")
		got, err := s.WaitSent(ctx, 1)
		if err != nil || got[0].Text != "备注A01" {
			t.Errorf("five hours later: %v, %v", got, err)
		}
		cancel()
		<-ended
	})
}

// The server says within ten minutes of the login that a contact has changed.
func TestRemarkChanged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := fakeweb.New()
		zhang := s.AddPerson("张三", "")
		c := wechat.New(wechat.Config{Dir: filepath.Join(t.TempDir(), "wechat"), HTTP: wire{s}, RestartWindow: 10 * time.Minute})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- c.Run(ctx, echo) }()
		time.Sleep(5 * time.Minute)
		before := s.Requests()["webwxgetcontact"]
		s.Break("webwxsync", 1, fakeweb.Rewrite(func(body []byte) []byte {
			var m map[string]any
			if err := json.Unmarshal(body, &m); err != nil {
				t.Error(err)
			}
			m["ModContactCount"] = 1
			body, _ = json.Marshal(m)
			return body
		}))
		zhang.Say("一")
		time.Sleep(5 * time.Hour)
		if s.Requests()["webwxgetcontact"] == before {
			t.Error("the list was not read again within five hours")
		}
		cancel()
		<-ended
	})
}

// Somebody who knows the phrase becomes a contact, a restart or not.
func TestFriendAcrossRestart(t *testing.T) {
	w := newWorld(t)
	w.config.FriendPhrase = "委员"
	w.config.FriendGap = [2]time.Duration{3 * time.Second, 3 * time.Second}
	w.start().online()
	w.server.RequestFriend("王五", "我是委员王五")
	syncs := func() int { return w.server.Requests()["webwxsync"] }
	w.until("taken", func() bool { return syncs() > 0 })
	time.Sleep(200 * time.Millisecond)
	w.stop()
	w.start()
	time.Sleep(6 * time.Second)
	if got := w.server.Accepted(); len(got) != 1 {
		t.Errorf("accepted %v", got)
	}
}

// What was left unanswered long ago is not answered now.
func TestOldPending(t *testing.T) {
	w := newWorld(t)
	zhang := w.server.AddPerson("张三", "")
	w.config.RestartWindow = 2 * time.Second
	w.config.ReplyDelay = [2]time.Duration{time.Hour, time.Hour}
	w.start().online()
	zhang.Say("一")
	w.until("written down", func() bool { return strings.Contains(w.journal(), `"take"`) })
	w.stop()
	time.Sleep(4 * time.Second)
	w.config.ReplyDelay = [2]time.Duration{}
	w.start().online()
	time.Sleep(time.Second)
	if got := w.server.Sent(); len(got) != 0 {
		t.Errorf("sent %v", got)
	}
}

// Told at a restart that it asks too often, it waits and keeps its login.
func TestTooOftenAtRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := fakeweb.New()
		config := wechat.Config{Dir: filepath.Join(t.TempDir(), "wechat"), HTTP: wire{s}, RestartWindow: 10 * time.Minute}
		for range 2 {
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- wechat.New(config).Run(ctx, echo) }()
			time.Sleep(time.Hour)
			cancel()
			<-ended
			s.Break("webwxinit", 1, fakeweb.Ret(1205))
		}
		if n := s.Logins(); n != 1 {
			t.Errorf("%d scans", n)
		}
	})
}

// A code that is dead in a way we do not know is replaced, and the log is not
// filled with it.
func TestUnknownLoginCode(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := fakeweb.New()
		s.Break("login", -1, fakeweb.Body("window.code=402;"))
		c := wechat.New(wechat.Config{Dir: filepath.Join(t.TempDir(), "wechat"), HTTP: wire{s}, RestartWindow: 10 * time.Minute})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- c.Run(ctx, echo) }()
		time.Sleep(time.Hour)
		if n := s.Requests()["jslogin"]; n < 2 {
			t.Errorf("%d QR codes in an hour", n)
		}
		if n := s.Requests()["login"]; n > 5000 {
			t.Errorf("%d polls in an hour", n)
		}
		cancel()
		<-ended
	})
}

// A server that does not hold the poll open is not asked at full speed.
func TestPollNotHeld(t *testing.T) {
	w := newWorld(t)
	w.start().online()
	w.server.Break("synccheck", -1, fakeweb.Body(`window.synccheck={retcode:"0",selector:"0"}`))
	w.server.AddPerson("张三", "").Say("一") // ends the poll that is held
	before := w.server.Requests()["synccheck"]
	time.Sleep(2 * time.Second)
	if n := w.server.Requests()["synccheck"] - before; n > 20 {
		t.Errorf("asked %d times in two seconds", n)
	}
}

// A reply of several parts is seen to its end when the program is stopped.
func TestStopBetweenParts(t *testing.T) {
	w := newWorld(t)
	zhang := w.server.AddPerson("张三", "")
	w.handle = func(context.Context, bot.Incoming) (bot.Reply, error) {
		text := ""
		for range 150 {
			text += "这是很长的一条里的一句话，要分成几段发。"
		}
		return bot.Reply{Text: text}, nil
	}
	w.start().online()
	w.server.Break("webwxsendmsg", -1, fakeweb.Hang(300*time.Millisecond))
	zhang.Say("一")
	w.until("first part", func() bool { return len(w.server.Sent()) == 1 })
	w.stop()
	want := len(bot.Split(func() string { r, _ := w.handle(nil, bot.Incoming{}); return r.Text }(), 1800))
	if got := len(w.server.Sent()); got != want {
		t.Errorf("%d of %d parts were sent, and the question is not asked again", got, want)
	}
}
