package wechat_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"lianwen/bot"
	"lianwen/bot/wechat"
	"lianwen/bot/wechat/fakeweb"
)

// simulated runs a channel on a server, in simulated time, and then f.
func simulated(t *testing.T, change func(*wechat.Config), f func(t *testing.T, s *fakeweb.Server, c *wechat.Channel)) {
	synctest.Test(t, func(t *testing.T) {
		s := fakeweb.New()
		config := wechat.Config{
			Dir: filepath.Join(t.TempDir(), "wechat"), HTTP: wire{s}, RestartWindow: 10 * time.Minute,
			Log: slog.New(slog.DiscardHandler),
		}
		change(&config)
		c := wechat.New(config)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- c.Run(ctx, echo) }()
		f(t, s, c)
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// Told that it sends too much, it is silent for minutes, and then answers.
func TestTooOften(t *testing.T) {
	simulated(t, func(*wechat.Config) {}, func(t *testing.T, s *fakeweb.Server, c *wechat.Channel) {
		zhang, li := s.AddPerson("张三", ""), s.AddPerson("李四", "")
		time.Sleep(time.Minute)
		s.Break("webwxsendmsg", 1, fakeweb.Ret(1205))
		begun := time.Now()
		zhang.Say("一")
		time.Sleep(time.Second)
		li.Say("二")
		got, err := s.WaitSent(t.Context(), 2)
		if err != nil {
			t.Fatal(err)
		}
		if wait := got[0].At.Sub(begun); wait < 2*time.Minute || wait > 6*time.Minute {
			t.Errorf("sent again after %v", wait)
		}
		if posts := s.Requests()["webwxsendmsg"]; posts != 3 {
			t.Errorf("%d posts for two replies and a refusal", posts)
		}
	})
}

// The same from the other side: a server that says so for an hour is not asked
// six thousand times a second.
func TestTooOftenWhileListening(t *testing.T) {
	simulated(t, func(*wechat.Config) {}, func(t *testing.T, s *fakeweb.Server, c *wechat.Channel) {
		zhang := s.AddPerson("张三", "")
		time.Sleep(time.Minute)
		s.Break("synccheck", 8, fakeweb.Body(`window.synccheck={retcode:"1205",selector:"0"}`))
		before := total(s.Requests())
		zhang.Say("一")
		time.Sleep(2 * time.Minute)
		if n := total(s.Requests()) - before; n > 60 {
			t.Errorf("%d requests in two minutes", n)
		}
		if _, err := s.WaitSent(t.Context(), 1); err != nil {
			t.Error(err)
		}
	})
}

// News that never come, for hours: the loop does not spin.
func TestNewsThatAreNone(t *testing.T) {
	simulated(t, func(*wechat.Config) {}, func(t *testing.T, s *fakeweb.Server, c *wechat.Channel) {
		time.Sleep(time.Minute)
		s.Break("synccheck", -1, fakeweb.Body(`window.synccheck={retcode:"0",selector:"7"}`))
		before := total(s.Requests())
		time.Sleep(time.Hour)
		if n := total(s.Requests()) - before; n > 3600 {
			t.Errorf("%d requests in an hour", n)
		}
		s.Mend()
		for !s.Online() {
			time.Sleep(time.Second)
		}
	})
}

// What nobody asked for goes out with the pauses that were set, and not at
// night. A bubble begins at midnight in UTC.
func TestSendPace(t *testing.T) {
	night := wechat.Hours{From: 21*60 + 30, To: 7*60 + 30, Location: time.UTC}
	simulated(t, func(c *wechat.Config) {
		c.PushGap, c.Quiet = [2]time.Duration{15 * time.Second, 35 * time.Second}, night
	}, func(t *testing.T, s *fakeweb.Server, c *wechat.Channel) {
		zhang := s.AddPerson("张三", "")
		s.AddGroup("学习群", true, zhang)
		time.Sleep(time.Minute)
		to := bot.Outgoing{To: bot.GroupAddress("学习群"), Text: "通知"}
		var refused *bot.RefusedError
		if _, err := c.Send(t.Context(), to); !errors.As(err, &refused) || refused.After != 7*time.Hour+29*time.Minute {
			t.Errorf("at night: %v, again after %v", err, refused.After)
		}
		zhang.Say("夜里也问") // is answered
		if _, err := s.WaitSent(t.Context(), 1); err != nil {
			t.Error(err)
		}
		time.Sleep(8 * time.Hour)
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() {
				if r, err := c.Send(t.Context(), to); err != nil || len(r.MessageIDs) != 1 {
					t.Errorf("%v, %v", r, err)
				}
			})
		}
		wg.Wait()
		sent := s.Sent()[1:]
		for i := 1; i < len(sent); i++ {
			if gap := sent[i].At.Sub(sent[i-1].At); gap < 14*time.Second || gap > 36*time.Second {
				t.Errorf("%v between two messages", gap)
			}
		}
		if len(sent) != 5 {
			t.Errorf("%d sent", len(sent))
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
			synctest.Test(t, func(t *testing.T) {
				s := fakeweb.New()
				zhang := s.AddPerson("张三", "")
				s.AddGroup("学习群", true, zhang)
				do(s)
				c := wechat.New(wechat.Config{
					Dir: filepath.Join(t.TempDir(), "wechat"), HTTP: wire{s}, RestartWindow: 10 * time.Minute,
				})
				ctx, cancel := context.WithCancel(t.Context())
				ended := make(chan error, 1)
				go func() { ended <- c.Run(ctx, echo) }()
				for begun := time.Now(); !s.Online(); time.Sleep(time.Second) {
					if time.Since(begun) > time.Hour {
						t.Fatal("no login within an hour")
					}
				}
				if n := s.PeakRate(); n > 12 { // a login that goes well makes this many in its first second
					t.Errorf("%d requests in a second", n)
				}
				zhang.Say("一")
				if _, err := s.WaitSent(ctx, 1); err != nil {
					t.Error(err)
				}
				cancel()
				if err := <-ended; err != nil {
					t.Error(err)
				}
			})
		})
	}
}
