package wechat_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
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
	simulated(t, func(w *world) { // begins at midnight in UTC
		w.server.AddGroup("学习群", true, w.server.AddPerson("张三", ""))
		var off atomic.Bool
		w.config.HTTP = cut{w.config.HTTP, &off}
		w.config.Quiet = wechat.Hours{From: 2 * 60, To: 10 * 60, Location: time.UTC}
		w.start()
		time.Sleep(time.Hour + 50*time.Minute)
		off.Store(true)
		got := make(chan error, 1)
		go func() {
			_, err := w.channel.Send(w.Context(), bot.Outgoing{To: bot.GroupAddress("学习群"), Text: "通知"})
			got <- err
		}()
		time.Sleep(3 * time.Hour)
		off.Store(false)
		var refused *bot.RefusedError
		if err := <-got; !errors.As(err, &refused) || refused.After == 0 {
			w.Errorf("Send: %v, want refused until later", err)
		}
		time.Sleep(time.Hour)
		for _, m := range w.server.Sent() {
			w.Errorf("sent at %s", m.At.UTC().Format("15:04"))
		}
	})
}

// A payload that the library cannot decode costs that payload, not the channel.
func TestUndecodable(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		w.start().online()
		odd := w.server.Message(zhang.ID(), "怪")
		odd["FileSize"] = 12345 // a string, says the library
		w.server.Deliver(odd)
		time.Sleep(time.Second)
		if n := w.server.Requests()["webwxsync"]; n > 10 {
			w.Errorf("asked %d times in a second", n)
		}
		zhang.Say("一")
		w.sent(1)
	})
}

// A question taken back before it was fetched is not answered.
func TestRecalledInOneBatch(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		w.start().online()
		w.server.Break("webwxsync", 1, func(rw http.ResponseWriter, r *http.Request, handle http.HandlerFunc) {
			w.server.Recall(zhang.Say("发错了"))
			handle(rw, r)
		})
		zhang.Say("一")
		time.Sleep(time.Minute)
		if got := w.sent(1); got[0].Text != "答一" {
			w.Errorf("sent %v", got)
		}
	})
}

// A remark put on a contact soon after the login is known soon after.
func TestRemark(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "A01")
		w.server.Break("webwxgetcontact", 3, fakeweb.Status(502)) // and its retries: the list is not read at login
		w.handle = func(_ context.Context, in bot.Incoming) (bot.Reply, error) {
			return bot.Reply{Text: "备注" + in.Remark}, nil
		}
		w.start()
		time.Sleep(5 * time.Hour)
		zhang.Say("我的记录")
		if got := w.sent(1); got[0].Text != "备注A01" {
			w.Errorf("five hours later: %v", got)
		}
	})
}

// The server says within ten minutes of the login that a contact has changed.
func TestRemarkChanged(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		w.start()
		time.Sleep(5 * time.Minute)
		before := w.server.Requests()["webwxgetcontact"]
		w.server.Break("webwxsync", 1, fakeweb.Rewrite(func(body []byte) []byte {
			var m map[string]any
			if err := json.Unmarshal(body, &m); err != nil {
				w.Error(err)
			}
			m["ModContactCount"] = 1
			body, _ = json.Marshal(m)
			return body
		}))
		zhang.Say("一")
		time.Sleep(5 * time.Hour)
		if w.server.Requests()["webwxgetcontact"] == before {
			w.Error("the list was not read again within five hours")
		}
	})
}

// Somebody who knows the phrase becomes a contact, a restart or not.
func TestFriendAcrossRestart(t *testing.T) {
	simulated(t, func(w *world) {
		w.config.FriendPhrase = "委员"
		w.config.FriendGap = [2]time.Duration{time.Minute, time.Minute}
		w.start().online()
		w.server.RequestFriend("王五", "我是委员王五")
		time.Sleep(30 * time.Second)
		w.stop()
		if got := w.server.Accepted(); len(got) != 0 {
			w.Errorf("accepted %v before the wait was over", got)
		}
		w.start()
		time.Sleep(2 * time.Minute)
		if got := w.server.Accepted(); len(got) != 1 {
			w.Errorf("accepted %v", got)
		}
	})
}

// What was left unanswered is answered by a start soon after, and not by a later
// one: nobody waits for it any more.
func TestOldPending(t *testing.T) {
	for name, tt := range map[string]struct {
		away time.Duration
		want int
	}{"soon": {9 * time.Minute, 1}, "late": {11 * time.Minute, 0}} {
		t.Run(name, func(t *testing.T) {
			simulated(t, func(w *world) {
				zhang := w.server.AddPerson("张三", "")
				w.config.ReplyDelay = [2]time.Duration{time.Hour, time.Hour}
				w.start().online()
				zhang.Say("一")
				time.Sleep(time.Second)
				w.stop()
				time.Sleep(tt.away)
				w.config.ReplyDelay = [2]time.Duration{}
				w.start().online()
				time.Sleep(time.Minute)
				w.sent(tt.want)
			})
		})
	}
}

// Told at a restart that it asks too often, it waits and keeps its login.
func TestTooOftenAtRestart(t *testing.T) {
	simulated(t, func(w *world) {
		for range 2 {
			w.start()
			time.Sleep(time.Hour)
			w.stop()
			w.server.Break("webwxinit", 1, fakeweb.Ret(1205))
		}
		if n := w.server.Logins(); n != 1 {
			w.Errorf("%d scans", n)
		}
	})
}

// A code that is dead in a way we do not know is replaced, and the log is not
// filled with it.
func TestUnknownLoginCode(t *testing.T) {
	simulated(t, func(w *world) {
		w.server.Break("login", -1, fakeweb.Body("window.code=402;"))
		w.start()
		time.Sleep(time.Hour)
		if n := w.server.Requests()["jslogin"]; n < 2 {
			w.Errorf("%d QR codes in an hour", n)
		}
		if n := w.server.Requests()["login"]; n > 5000 {
			w.Errorf("%d polls in an hour", n)
		}
	})
}

// A reply of several parts is seen to its end when the program is stopped.
func TestStopBetweenParts(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		long := strings.Repeat("这是很长的一条里的一句话，要分成几段发。", 150)
		w.handle = func(context.Context, bot.Incoming) (bot.Reply, error) { return bot.Reply{Text: long}, nil }
		w.start().online()
		w.server.Break("webwxsendmsg", -1, fakeweb.Hang(300*time.Millisecond))
		zhang.Say("一")
		w.until("first part", func() bool { return len(w.server.Sent()) == 1 })
		w.stop()
		want := len(bot.Split(long, 1800))
		if got := len(w.server.Sent()); got != want {
			w.Errorf("%d of %d parts were sent, and the question is not asked again", got, want)
		}
	})
}
