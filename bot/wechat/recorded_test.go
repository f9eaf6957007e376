package wechat_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/wechat/fakeweb"
)

// dealt are the texts that a handler has dealt with.
type dealt struct {
	mu   sync.Mutex
	list []bot.Incoming
}

func (d *dealt) handle(ctx context.Context, in bot.Incoming) (bot.Reply, error) {
	d.mu.Lock()
	if in.Kind == bot.Text {
		d.list = append(d.list, in)
	}
	d.mu.Unlock()
	return echo(ctx, in)
}

func (d *dealt) texts() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var texts []string
	for _, in := range d.list {
		texts = append(texts, in.Text)
	}
	return texts
}

// Sixty members of a group answer at once, with the delays of real life: each is
// dealt with before anybody is answered, and nobody is told of too many.
func TestFault02Group(t *testing.T) {
	simulated(t, func(w *world) {
		var people []*fakeweb.Person
		for i := range 60 {
			people = append(people, w.server.AddPerson(fmt.Sprint("委员", i), ""))
		}
		group := w.server.AddGroup("机关学习群", true, people...)
		group.SetBotName("廉问")
		w.config.ReplyDelay = [2]time.Duration{time.Second, 3 * time.Second}
		var d dealt
		w.handle = d.handle
		w.start().online()
		for i, p := range people {
			p.SayIn(group, fmt.Sprintf("@廉问\u2005%c", 'A'+i%4))
		}
		w.until("all are dealt with", func() bool { return len(d.texts()) == 60 })
		if n := len(w.server.Sent()); n > 20 {
			w.Errorf("%d replies had gone out by then: a reply was waited for", n)
		}
		w.until("some are answered", func() bool { return len(w.server.Sent()) > 2 })
		for _, s := range w.server.Sent() {
			if s.Text == "太快" {
				w.Errorf("told of too many: %+v", s)
			}
		}
	})
}

// What cannot be written down is not dealt with: after a restart it would be
// again. As soon as it can be, it is dealt with, once.
func TestFault03DiskFull(t *testing.T) {
	w := networked(t)
	small(t, w.config.Dir)
	zhang := w.server.AddPerson("张三", "")
	var d dealt
	w.handle = func(ctx context.Context, in bot.Incoming) (bot.Reply, error) {
		_, err := d.handle(ctx, in)
		return bot.Reply{Text: "好"}, err
	}
	w.start().online()
	zhang.Say("一")
	w.sent(1)
	filler := filepath.Join(w.config.Dir, "filler")
	fill(t, filler)
	two, three := strings.Repeat("二", 2000), strings.Repeat("三", 2000) // more than the room left in a block
	zhang.Say(two)
	zhang.Say(three)
	w.until("said in the log", func() bool { return strings.Contains(w.log.String(), "收到的消息记不下来") })
	time.Sleep(2 * time.Second)
	if got := d.texts(); len(got) != 1 {
		t.Errorf("dealt with %d on a full disk", len(got))
	}
	w.stop()
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	w.start()
	w.until("all are dealt with", func() bool { return len(d.texts()) >= 3 })
	w.sent(3)
	time.Sleep(500 * time.Millisecond)
	if got := d.texts(); !slices.Equal(got, []string{"一", two, three}) {
		t.Errorf("dealt with %d", len(got))
	}
	if got := w.server.Sent(); len(got) != 3 {
		t.Errorf("sent %v", got)
	}
}

// The clock of this machine an hour fast, or slow, or set right meanwhile:
// questions are answered, old ones are not, and pushes wait until it is right.
func TestFault09Clock(t *testing.T) {
	for name, ahead := range map[string]time.Duration{"fast": -time.Hour, "slow": time.Hour} {
		t.Run(name, func(t *testing.T) {
			simulated(t, func(w *world) {
				zhang := w.server.AddPerson("张三", "")
				w.server.AddGroup("学习群", true, zhang)
				w.server.SetClock(ahead)
				w.start().online()
				zhang.Say("一")
				w.sent(1)
				old := w.server.Message(zhang.ID(), "旧")
				old["CreateTime"] = w.server.Now().Add(-11 * time.Minute).Unix()
				w.server.Deliver(old)
				zhang.Say("二")
				if got := w.sent(2); got[1].Text != "答二" {
					w.Errorf("sent %v", got)
				}
				to := bot.GroupAddress("学习群")
				if err := w.channel.Ready(to); err == nil || !strings.Contains(err.Error(), "本机时间") {
					w.Errorf("a push by a wrong clock: %v", err)
				}
				if !strings.Contains(w.log.String(), "本机时间不对") {
					w.Error("the log does not say it")
				}
				w.server.SetClock(0) // as if ours had been set right
				zhang.Say("三")
				w.until("ready", func() bool { return w.channel.Ready(to) == nil })
			})
		})
	}
}
