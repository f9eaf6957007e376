package wechat_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/wechat"
	"lianwen/bot/wechat/fakeweb"
)

// Told that it sends too much, it is silent for minutes, and then answers.
func TestTooOften(t *testing.T) {
	simulated(t, func(w *world) {
		zhang, li := w.server.AddPerson("张三", ""), w.server.AddPerson("李四", "")
		w.start().online()
		w.server.Break("webwxsendmsg", 1, fakeweb.Ret(1205))
		begun := time.Now()
		zhang.Say("一")
		time.Sleep(time.Second)
		li.Say("二")
		time.Sleep(6 * time.Minute)
		got := w.sent(2)
		if wait := got[0].At.Sub(begun); wait < 2*time.Minute || wait > 6*time.Minute {
			w.Errorf("sent again after %v", wait)
		}
		if posts := w.server.Requests()["webwxsendmsg"]; posts != 3 {
			w.Errorf("%d posts for two replies and a refusal", posts)
		}
	})
}

// The same from the other side: a server that says so for an hour is not asked
// six thousand times a second.
func TestTooOftenWhileListening(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		w.start().online()
		time.Sleep(time.Minute)
		w.server.Break("synccheck", 8, fakeweb.Body(`window.synccheck={retcode:"1205",selector:"0"}`))
		before := total(w.server.Requests())
		zhang.Say("一")
		time.Sleep(2 * time.Minute)
		if n := total(w.server.Requests()) - before; n > 60 {
			w.Errorf("%d requests in two minutes", n)
		}
		if _, err := w.server.WaitSent(w.Context(), 1); err != nil {
			w.Error(err)
		}
	})
}

// News that never come, for hours: the loop does not spin.
func TestNewsThatAreNone(t *testing.T) {
	simulated(t, func(w *world) {
		w.start().online()
		time.Sleep(time.Minute)
		w.server.Break("synccheck", -1, fakeweb.Body(`window.synccheck={retcode:"0",selector:"7"}`))
		before := total(w.server.Requests())
		time.Sleep(time.Hour)
		if n := total(w.server.Requests()) - before; n > 3600 {
			w.Errorf("%d requests in an hour", n)
		}
		w.server.Mend()
		w.online()
	})
}

// A server that does not hold the poll open is not asked at full speed.
func TestPollNotHeld(t *testing.T) {
	simulated(t, func(w *world) {
		w.start().online()
		w.server.Break("synccheck", -1, fakeweb.Body(`window.synccheck={retcode:"0",selector:"0"}`))
		w.server.AddPerson("张三", "").Say("一") // ends the poll that is held
		before := w.server.Requests()["synccheck"]
		time.Sleep(2 * time.Second)
		if n := w.server.Requests()["synccheck"] - before; n > 20 {
			w.Errorf("asked %d times in two seconds", n)
		}
	})
}

// What nobody asked for goes out with the pauses that were set, and not at
// night. A bubble begins at midnight in UTC.
func TestSendPace(t *testing.T) {
	night := wechat.Hours{From: 21*60 + 30, To: 7*60 + 30, Location: time.UTC}
	simulated(t, func(w *world) {
		w.config.PushGap, w.config.Quiet = [2]time.Duration{15 * time.Second, 35 * time.Second}, night
		zhang := w.server.AddPerson("张三", "")
		w.server.AddGroup("学习群", true, zhang)
		w.start()
		time.Sleep(time.Minute)
		to := bot.Outgoing{To: bot.GroupAddress("学习群"), Text: "通知"}
		var refused *bot.RefusedError
		if _, err := w.channel.Send(w.Context(), to); !errors.As(err, &refused) || refused.After != 7*time.Hour+29*time.Minute {
			w.Errorf("at night: %v, again after %v", err, refused.After)
		}
		zhang.Say("夜里也问") // is answered
		w.sent(1)
		time.Sleep(8 * time.Hour)
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() {
				if r, err := w.channel.Send(w.Context(), to); err != nil || len(r.MessageIDs) != 1 {
					w.Errorf("%v, %v", r, err)
				}
			})
		}
		wg.Wait()
		sent := w.sent(6)[1:]
		for i := 1; i < len(sent); i++ {
			if gap := sent[i].At.Sub(sent[i-1].At); gap < 14*time.Second || gap > 36*time.Second {
				w.Errorf("%v between two messages", gap)
			}
		}
	})
}

// Whatever goes wrong on the way in, it gets there, calmly.
func TestLoginTroubles(t *testing.T) {
	for name, do := range map[string]func(s *fakeweb.Server){
		"no QR code":     func(s *fakeweb.Server) { s.Break("jslogin", 7, fakeweb.Status(502)) },
		"IP is blocked":  func(s *fakeweb.Server) { s.Break("jslogin", 2, fakeweb.Body("window.QRLogin.code = 400;")) },
		"unknown code":   func(s *fakeweb.Server) { s.Break("login", 100, fakeweb.Body("window.code=999;")) },
		"polls fail":     func(s *fakeweb.Server) { s.Break("login", 30, fakeweb.Drop()) },
		"no redirection": func(s *fakeweb.Server) { s.Break("login", 1, fakeweb.Body("window.code=200;")) },
		"ticket is lost": func(s *fakeweb.Server) { s.Break("webwxnewloginpage", 1, fakeweb.LoseReply()) },
		"login is refused": func(s *fakeweb.Server) {
			s.Break("webwxnewloginpage", 1, fakeweb.Body("<error><ret>1203</ret><message>no</message></error>"))
		},
		"no XML":            func(s *fakeweb.Server) { s.Break("webwxnewloginpage", 1, fakeweb.Body("<html><body>")) },
		"init fails":        func(s *fakeweb.Server) { s.Break("webwxinit", 4, fakeweb.Status(502)) },
		"init without user": func(s *fakeweb.Server) { s.Break("webwxinit", 1, fakeweb.Body(`{"BaseResponse":{"Ret":0}}`)) },
		"init is refused":   func(s *fakeweb.Server) { s.Break("webwxinit", 1, fakeweb.Ret(1100)) },
		"notify is refused": func(s *fakeweb.Server) { s.Break("webwxstatusnotify", 1, fakeweb.Ret(-1)) },
		"null contacts": func(s *fakeweb.Server) {
			s.Break("webwxgetcontact", 3, fakeweb.Body(`{"BaseResponse":{"Ret":0},"MemberList":[null]}`))
		},
		"too many in groups": func(s *fakeweb.Server) {
			s.Break("webwxbatchgetcontact", 1, fakeweb.Body(`{"BaseResponse":{"Ret":0},"ContactList":[{},{},{},{}]}`))
		},
		"everything hangs": func(s *fakeweb.Server) { s.Break("", 3, fakeweb.Hang(time.Hour)) },
	} {
		t.Run(name, func(t *testing.T) {
			simulated(t, func(w *world) {
				zhang := w.server.AddPerson("张三", "")
				w.server.AddGroup("学习群", true, zhang)
				do(w.server)
				w.start()
				for begun := time.Now(); !w.server.Online(); time.Sleep(time.Second) {
					if time.Since(begun) > time.Hour {
						w.Fatal("no login within an hour")
					}
				}
				if n := w.server.PeakRate(); n > 12 { // a login that goes well makes this many in its first second
					w.Errorf("%d requests in a second", n)
				}
				zhang.Say("一")
				w.sent(1)
			})
		})
	}
}
