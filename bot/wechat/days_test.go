package wechat_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"lianwen/bot"
	"lianwen/bot/wechat"
	"lianwen/bot/wechat/fakeweb"
)

// day is a simulated day with its accounts.
type day struct {
	*testing.T
	server  *fakeweb.Server
	people  []*fakeweb.Person
	asked   []string // message ids, by question
	log     *safeBuffer
	mu      sync.Mutex
	handled map[string]int // by question
}

// trouble is what a bad hour has in store. Each kind is followed by calm.
var trouble = []struct {
	name string
	do   func(d *day)
}{
	{"drops", func(d *day) { d.server.Break("", 1+rand.IntN(8), fakeweb.Drop()) }},
	{"502", func(d *day) { d.server.Break("", 1+rand.IntN(8), fakeweb.Status(502)) }},
	{"truncated", func(d *day) { d.server.Break("", 1+rand.IntN(4), fakeweb.Truncate(20)) }},
	{"HTML", func(d *day) { d.server.Break("", 1+rand.IntN(4), fakeweb.Body("<html>")) }},
	{"lost replies", func(d *day) { d.server.Break("webwxsendmsg", 1+rand.IntN(2), fakeweb.LoseReply()) }},
	{"sends fail", func(d *day) { d.server.Break("webwxsendmsg", 2, fakeweb.Status(502)) }},
	{"lost news", func(d *day) { d.server.Break("webwxsync", 1+rand.IntN(3), fakeweb.LoseReply()) }},
	{"too often", func(d *day) { d.server.Break("webwxsendmsg", 1, fakeweb.Ret(1205)) }},
	{"hangs", func(d *day) { d.server.Break("", 2, fakeweb.Hang(time.Minute)) }},
	{"system error", func(d *day) { d.server.Break("webwxsync", 2, fakeweb.Ret(-1)) }},
	{"duplicates", func(d *day) {
		for range 5 {
			if n := len(d.asked); n > 0 {
				d.server.Redeliver(d.asked[n-1-rand.IntN(min(n, 20))])
			}
		}
	}},
	{"hot 1102", func(d *day) { d.server.Kick(1102, true) }},
	{"outage", func(d *day) {
		d.server.Break("", -1, fakeweb.Drop())
		before := total(d.server.Requests())
		time.Sleep(5 * time.Minute)
		if n := total(d.server.Requests()) - before; n > 60 {
			d.Errorf("%d requests in 5 minutes without a network", n)
		}
		d.server.Mend()
	}},
}

func total(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

// say lets somebody ask a new question.
func (d *day) say() {
	q := fmt.Sprintf("问题%d", len(d.asked))
	d.asked = append(d.asked, d.people[rand.IntN(len(d.people))].Say(q))
}

// settle waits until a login is there and whatever was under way has ended.
func (d *day) settle() {
	for !d.server.Online() {
		time.Sleep(10 * time.Second)
	}
	time.Sleep(11 * time.Minute) // a reply later than that is given up
}

// pass lets hours pass: questions all the time, trouble every ten minutes, one
// kind after another in ever another order, a new login every six hours.
func (d *day) pass(hours int) {
	var next []int
	for minute := range hours * 60 {
		if minute%360 == 359 {
			d.settle()
			d.server.Kick(1102, false)
			d.settle()
		}
		if minute%10 == 0 {
			if len(next) == 0 {
				next = rand.Perm(len(trouble))
			}
			trouble[next[0]].do(d)
			next = next[1:]
		}
		for range rand.IntN(3) {
			d.say()
		}
		time.Sleep(time.Minute)
	}
	d.settle()
}

// heap is how many bytes are in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

var loggedID = regexp.MustCompile(`(?:不知道有没有送到|没有送到)[^\n]* id=(\d+)`)

// check demands an account of every question: asked once, handled once, and
// either answered once or said in the log.
func (d *day) check(hours int) {
	sent, said := map[string]int{}, map[string]int{}
	for _, s := range d.server.Sent() {
		sent[s.Text]++
	}
	for _, m := range loggedID.FindAllStringSubmatch(d.log.String(), -1) {
		said[m[1]]++
	}
	lost, doubled, unanswered := 0, 0, 0
	for i, id := range d.asked {
		q := fmt.Sprintf("问题%d", i)
		if d.handled[q] != 1 {
			lost++
			d.Errorf("%s was handled %d times", q, d.handled[q])
		}
		switch n := sent["答"+q]; {
		case n > 1:
			doubled++
		case n == 0 && said[id] == 1:
			unanswered++
		case n == 0:
			lost++
			d.Errorf("%s (%s) is unaccounted for", q, id)
		}
	}
	if lost > 0 || doubled > 0 {
		d.Errorf("%d lost, %d doubled", lost, doubled)
	}
	d.Logf("%d questions: %d lost, %d doubled, %d not delivered and said so; %d scans, %d logins taken up; %d requests",
		len(d.asked), lost, doubled, unanswered, d.server.Logins(), d.server.HotLogins(), total(d.server.Requests()))
	if d.server.HotLogins() == 0 || d.server.Logins() < hours/6 || unanswered == 0 {
		d.Error("too little has happened")
	}
}

// A day of faults, half of one when tests are to be short: nothing lost, nothing
// doubled, nothing left running.
func TestDayOfFaults(t *testing.T) {
	hours := 24
	if testing.Short() {
		hours = 12
	}
	synctest.Test(t, func(t *testing.T) {
		d := &day{T: t, server: fakeweb.New(), log: &safeBuffer{}, handled: map[string]int{}}
		for i := range 50 {
			d.people = append(d.people, d.server.AddPerson(fmt.Sprintf("委员%d", i), ""))
		}
		channel := wechat.New(wechat.Config{
			Dir: filepath.Join(t.TempDir(), "wechat"), HTTP: d.server.Wire(), RestartWindow: 10 * time.Minute,
			ReplyDelay: [2]time.Duration{time.Second, 3 * time.Second}, Log: slog.New(slog.NewTextHandler(d.log, nil)),
		})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			ended <- channel.Run(ctx, func(_ context.Context, in bot.Incoming) (bot.Reply, error) {
				d.mu.Lock()
				defer d.mu.Unlock()
				d.handled[in.Text]++
				return bot.Reply{Text: "答" + in.Text}, nil
			})
		}()
		d.settle()
		goroutines, before := runtime.NumGoroutine(), heap()
		d.pass(hours)
		if n := runtime.NumGoroutine(); n > goroutines {
			t.Errorf("%d goroutines in the evening, %d in the morning", n, goroutines)
		}
		if grown := int64(heap()) - int64(before); grown > 8<<20 { // what the server and the log keep is in it
			t.Errorf("the heap has grown by %d bytes", grown)
		} else {
			t.Logf("the heap has grown by %d KB", grown>>10)
		}
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		d.check(hours)
	})
}
