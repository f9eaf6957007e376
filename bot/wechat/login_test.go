package wechat_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/wechat"
	"lianwen/bot/wechat/fakeweb"
)

// From a QR code to an answer, and silence where nobody asked.
func TestLoginAndAnswer(t *testing.T) {
	simulated(t, func(w *world) {
		zhang, li := w.server.AddPerson("张三", ""), w.server.AddPerson("李四😀", "")
		news := w.server.AddAccount("早报")
		group := w.server.AddGroup("学习群", true, zhang, li)
		begun := time.Now()
		w.start().online()
		zhang.Say("提案 & <截止>\n时间")
		got := w.sent(1)
		if took := got[0].At.Sub(begun); took > time.Second {
			w.Errorf("login to first answer took %v", took)
		}
		if got[0].To != "张三" || got[0].Text != "答提案 & <截止>\n时间" {
			w.Errorf("sent %+v", got[0])
		}
		zhang.SayIn(group, "今天开会")
		li.SayIn(group, "@张三\u2005廉问说得对")
		news.Say("今日头条")
		w.server.SayAsSelf(zhang, "我自己打的")
		zhang.SayIn(group, "@廉问\u2005请假找谁")
		got = w.sent(2)
		if got[1].To != "学习群" || got[1].Text != "答请假找谁" {
			w.Errorf("sent %+v", got[1])
		}
		li.SayIn(group, "小廉，会期几天")
		if got = w.sent(3); got[2].Text != "答会期几天" {
			w.Errorf("sent %+v", got[2])
		}
		states := w.states()
		if want := []bot.State{bot.Connecting, bot.Waiting, bot.Scanned, bot.Online}; !slices.Equal(states, want) {
			w.Errorf("states %v, want %v", states, want)
		}
		if qr := w.statuses[1].QR; !strings.HasPrefix(qr, "https://login.weixin.qq.com/l/") {
			w.Errorf("QR code %q", qr)
		}
	})
}

// Login keeps the login for Run.
func TestLogin(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		account, err := wechat.New(w.config).Login(w.Context())
		if err != nil || account != "廉问" {
			w.Fatalf("%q, %v", account, err)
		}
		zhang.Say("登录后说的")
		w.start()
		w.sent(1)
		if w.server.Logins() != 1 {
			w.Errorf("%d scans", w.server.Logins())
		}
	})
}

// A code nobody scans is replaced when it expires.
func TestExpiredCode(t *testing.T) {
	simulated(t, func(w *world) {
		w.server.SetAutoScan(false)
		w.start()
		codes := func() int { return w.server.Requests()["jslogin"] }
		w.until("a code", func() bool { return codes() == 1 })
		w.until("watched", func() bool { return w.server.Requests()["login"] > 0 })
		w.server.Expire()
		w.until("another code", func() bool { return codes() == 2 })
		w.server.Scan()
		w.online()
	})
}

// The server ends the login: it is taken up once; then a code is shown, and
// everybody has another id.
func TestLoggedOut(t *testing.T) {
	simulated(t, func(w *world) {
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
		if _, err := w.channel.Send(w.Context(), bot.Outgoing{To: before, Text: "通知"}); err == nil {
			w.Error("sent without a login")
		}
		w.server.Scan()
		w.until("scanned", func() bool { return w.server.Logins() == 2 })
		w.online()
		if zhang.ID() == before {
			w.Fatal("the ids are the old ones: nothing is tested")
		}
		zhang.Say("三")
		zhang.SayIn(group, "@廉问\u2005四")
		w.sent(4)
		var refused *bot.RefusedError
		if _, err := w.channel.Send(w.Context(), bot.Outgoing{To: before, Text: "通知"}); !errors.As(err, &refused) {
			w.Errorf("to an id of the old login: %v", err)
		}
		if _, err := w.channel.Send(w.Context(), bot.Outgoing{To: bot.GroupAddress("学习群"), Text: "通知"}); err != nil {
			w.Errorf("to the group by name: %v", err)
		}
	})
}

// The login ends while a reply is on its way: it goes out after the login was
// taken up.
func TestLoggedOutWhileSending(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		w.start().online()
		w.server.Break("webwxsendmsg", 1, func(rw http.ResponseWriter, r *http.Request, handle http.HandlerFunc) {
			w.server.Kick(1100, true)
			handle(rw, r)
		})
		zhang.Say("一")
		if got := w.sent(1); got[0].Text != "答一" {
			w.Errorf("sent %v", got)
		}
	})
}

// An account that may not act stops, says so, and waits for a scan.
func TestAccountRefused(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		w.start().online()
		w.server.Break("webwxsendmsg", 1, fakeweb.Ret(1203))
		zhang.Say("一")
		w.until("refused", func() bool { return slices.Contains(w.states(), bot.Refused) })
		w.sent(0)
	})
}

// Stopped, it leaves what was not answered to the next start.
func TestStopHandsBack(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		w.config.ReplyDelay = [2]time.Duration{time.Hour, time.Hour}
		w.start().online()
		zhang.Say("一")
		zhang.Say("二")
		w.until("both written down", func() bool { return strings.Count(w.journal(), `"take"`) == 2 })
		time.Sleep(time.Second) // they have been dealt with by now
		w.stop()
		w.sent(0)
		if !strings.Contains(w.session(), `"unsaid":[`) || w.journal() != "" {
			w.Errorf("left: %s\njournal: %s", w.session(), w.journal())
		}
		w.config.ReplyDelay = [2]time.Duration{}
		w.start()
		if got := w.sent(2); got[0].Text != "答一" || got[1].Text != "答二" {
			w.Errorf("sent %v", got)
		}
		w.stop()
		w.start().online()
		w.sent(2)
	})
}

// A damaged session leads to a scan, not to an end.
func TestDamagedSession(t *testing.T) {
	simulated(t, func(w *world) {
		w.start().online()
		w.stop()
		file := filepath.Join(w.config.Dir, "session.json")
		if err := os.WriteFile(file, []byte(w.session()[:100]), 0o600); err != nil {
			w.Fatal(err)
		}
		w.start()
		w.until("a second scan", func() bool { return w.server.Logins() == 2 })
		w.online()
	})
}

// Where nothing can be written, it answers all the same.
func TestNowhereToSave(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		w.start().online()
		if err := os.RemoveAll(w.config.Dir); err != nil { // root writes into any folder but one that is not there
			w.Fatal(err)
		}
		zhang.Say("一")
		w.sent(1)
		w.until("said in the log", func() bool { return strings.Contains(w.log.String(), "登录信息没有存下") })
		if err := os.MkdirAll(w.config.Dir, 0o700); err != nil {
			w.Fatal(err)
		}
	})
}

// One login, one process.
func TestInUse(t *testing.T) {
	simulated(t, func(w *world) {
		w.start().online()
		if err := wechat.New(w.config).Run(w.Context(), echo); !errors.Is(err, wechat.ErrInUse) {
			w.Errorf("a second Run: %v", err)
		}
		if _, err := wechat.New(w.config).Login(w.Context()); !errors.Is(err, wechat.ErrInUse) {
			w.Errorf("Login beside Run: %v", err)
		}
	})
}
