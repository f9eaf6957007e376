package wechat_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/wechat/fakeweb"
)

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
			simulated(t, func(w *world) {
				zhang := w.server.AddPerson("张三", "")
				w.start().online()
				times := 1
				if fault.endpoint == "synccheck" {
					times = 3
				}
				w.server.Break(fault.endpoint, times, fault.f)
				zhang.Say("一")
				time.Sleep(time.Second) // to where the sync check fails
				zhang.Say("二")
				if got := w.sent(2); got[0].Text != "答一" || got[1].Text != "答二" {
					w.Errorf("sent %v", got)
				}
				if w.server.Logins() != 1 {
					w.Errorf("%d logins", w.server.Logins())
				}
			})
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
			simulated(t, func(w *world) { uncertain(w, tt.fault, tt.arrives) })
		})
	}
}

// uncertain lets a reply and a push meet a fault at which it cannot be known
// whether they arrived; so many do.
func uncertain(w *world, fault fakeweb.Fault, arrives int) {
	zhang := w.server.AddPerson("张三", "")
	w.start().online()
	w.server.Break("webwxsendmsg", 1, fault)
	zhang.Say("一")
	w.until("said in the log", func() bool { return strings.Contains(w.log.String(), "不知道有没有送到") })
	zhang.Say("二")
	got := w.sent(arrives + 1)
	if got[len(got)-1].Text != "答二" || w.server.Requests()["webwxsendmsg"] != 2 {
		w.Errorf("sent %v in %d posts", got, w.server.Requests()["webwxsendmsg"])
	}
	w.server.Break("webwxsendmsg", 1, fault)
	if _, err := w.channel.Send(w.Context(), bot.Outgoing{To: zhang.ID(), Text: "通知"}); !errors.Is(err, bot.ErrUncertain) {
		w.Errorf("Send: %v, want ErrUncertain", err)
	}
}

// Connections that break: what a wire without a network can only pretend.
func TestBrokenConnections(t *testing.T) {
	t.Run("reply lost", func(t *testing.T) {
		t.Parallel()
		uncertain(networked(t), fakeweb.LoseReply(), 1)
	})
	t.Run("news dropped", func(t *testing.T) {
		t.Parallel()
		w := networked(t)
		zhang := w.server.AddPerson("张三", "")
		w.start().online()
		w.server.Break("webwxsync", 1, fakeweb.Drop())
		zhang.Say("一")
		if got := w.sent(1); got[0].Text != "答一" {
			t.Errorf("sent %v", got)
		}
	})
}
