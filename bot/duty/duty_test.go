package duty

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// post is a channel whose far end does as it is told.
type post struct {
	name string
	ends chan error // what Run is to return before its context ends

	mu      sync.Mutex
	handle  bot.Handler // while Run runs
	stopped error       // why its context ended
	sent    []bot.Outgoing
}

func newPost(name string) *post { return &post{name: name, ends: make(chan error, 1)} }

func (p *post) Name() string { return p.name }
func (p *post) Capabilities() bot.Capabilities {
	return bot.Capabilities{Label: p.name, Groups: true, Initiates: true}
}
func (p *post) Ready(string) error { return nil }

func (p *post) Run(ctx context.Context, handle bot.Handler) error {
	p.mu.Lock()
	p.handle = handle
	p.mu.Unlock()
	var err error
	select {
	case err = <-p.ends:
	case <-ctx.Done():
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.handle, p.stopped = nil, ctx.Err()
	return err
}

func (p *post) Send(_ context.Context, out bot.Outgoing) (bot.Receipt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if out.To == "" {
		return bot.Receipt{}, &bot.RefusedError{Reason: "没有地址"}
	}
	p.sent = append(p.sent, out)
	return bot.Receipt{MessageIDs: []string{"1"}}, nil
}

// count is how much was sent.
func (p *post) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.sent)
}

// running reports whether Run runs.
func (p *post) running() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.handle != nil
}

// silent is a handler that has nothing to say.
func silent(context.Context, bot.Incoming) (bot.Reply, error) { return bot.Reply{}, nil }

// runs begins a duty; what Run returns comes once.
func runs(ctx context.Context, d *Duty) <-chan error {
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx) }()
	return ended
}

// endOf is what Run returns; an hour in the bubble it takes for ever.
func endOf(t *testing.T, ended <-chan error) error {
	t.Helper()
	select {
	case err := <-ended:
		return err
	case <-time.After(time.Hour):
		t.Fatal("it does not end")
		return nil
	}
}

func newDuty(dir string, channels ...bot.Channel) *Duty {
	return &Duty{Board: NewBoard(dir, nil, nil, slog.New(slog.DiscardHandler)), Channels: channels, Handler: silent}
}

// A channel that fails ends the others, and the error names it.
func TestOneChannelFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		a, b := newPost("wechat"), newPost("wecom")
		ended := runs(t.Context(), newDuty(dir, a, b))
		synctest.Wait()
		if !a.running() || !b.running() {
			t.Fatal("not both channels run")
		}
		b.ends <- io.ErrUnexpectedEOF
		err := endOf(t, ended)
		if !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), "run channel wecom:") || strings.Contains(err.Error(), "wechat") {
			t.Errorf("got %v", err)
		}
		if a.running() || a.stopped == nil || b.stopped != nil {
			t.Errorf("wechat runs: %v, was stopped by %v; wecom by %v", a.running(), a.stopped, b.stopped)
		}
	})
}

// A channel that is exhausted leaves the others running; when all are, it is
// over, and that is no error.
func TestAllChannelsExhausted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		a, b := newPost("wechat"), newPost("wecom")
		d := newDuty(dir, a, b)
		ended := runs(t.Context(), d)
		a.ends <- nil
		time.Sleep(time.Hour)
		if a.running() || !b.running() {
			t.Errorf("wechat runs: %v, wecom: %v", a.running(), b.running())
		}
		select {
		case err := <-ended:
			t.Fatalf("it has ended: %v", err)
		default:
		}
		d.Report(bot.Status{Channel: "wecom", State: bot.Stopped})
		b.ends <- nil
		if err := endOf(t, ended); err != nil {
			t.Errorf("got %v", err)
		}
		if got := reads(t, dir, "wecom"); got.State != bot.Stopped {
			t.Errorf("wecom is %+v", got)
		}
	})
}

// When its context ends, everything does, without complaint; what channels say
// on their way out is still written down.
func TestDutyEnds(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		a, b := newPost("wechat"), newPost("wecom")
		d := newDuty(dir)
		d.Channels = []bot.Channel{saysGoodbye{a, d}, saysGoodbye{b, d}}
		ctx, cancel := context.WithCancel(t.Context())
		ended := runs(ctx, d)
		for _, name := range []string{"wechat", "wecom"} {
			d.Report(bot.Status{Channel: name, State: bot.Online})
		}
		synctest.Wait()
		if got := reads(t, dir, "wechat"); got.State != bot.Online {
			t.Errorf("wechat is %+v", got)
		}
		cancel()
		if err := endOf(t, ended); err != nil {
			t.Errorf("got %v", err)
		}
		for _, name := range []string{"wechat", "wecom"} {
			if got := reads(t, dir, name); got.State != bot.Stopped {
				t.Errorf("%s is %+v", name, got)
			}
		}
		if a.running() || b.running() {
			t.Error("a channel still runs")
		}
	})
}

// saysGoodbye takes a while to end, and says so.
type saysGoodbye struct {
	*post
	duty *Duty
}

func (s saysGoodbye) Run(ctx context.Context, handle bot.Handler) error {
	err := s.post.Run(ctx, handle)
	time.Sleep(10 * time.Second)
	s.duty.Report(bot.Status{Channel: s.name, State: bot.Stopped})
	return err
}

// All channels have the one handler; something is sent by the one that is named.
func TestDutySends(t *testing.T) {
	t.Parallel()
	a, b := newPost("wechat"), newPost("wecom")
	d := newDuty(t.TempDir(), a, b)
	if err := d.Send(t.Context(), "wecom", bot.Outgoing{To: "@wang", Text: "做完了"}); err != nil {
		t.Error(err)
	}
	if len(a.sent) != 0 || len(b.sent) != 1 || b.sent[0] != (bot.Outgoing{To: "@wang", Text: "做完了"}) {
		t.Errorf("wechat sent %v, wecom %v", a.sent, b.sent)
	}
	var refused *bot.RefusedError
	if err := d.Send(t.Context(), "wecom", bot.Outgoing{}); !errors.As(err, &refused) {
		t.Errorf("what was refused: %v", err)
	}
	if err := d.Send(t.Context(), "mp", bot.Outgoing{To: "x"}); err == nil || !strings.Contains(err.Error(), "send by mp") {
		t.Errorf("by a channel that is not there: %v", err)
	}
}

// A message that comes in by whichever channel reaches the handler.
func TestDutyHandles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		a, b := newPost("wechat"), newPost("wecom")
		d := newDuty(dir, a, b)
		d.Handler = func(_ context.Context, in bot.Incoming) (bot.Reply, error) {
			return bot.Reply{Text: "答" + in.Text}, nil
		}
		ended := runs(t.Context(), d)
		synctest.Wait()
		for _, p := range []*post{a, b} {
			if reply, err := p.handle(t.Context(), bot.Incoming{Text: p.name}); err != nil || reply.Text != "答"+p.name {
				t.Errorf("%s: %+v, %v", p.name, reply, err)
			}
			p.ends <- nil
		}
		if err := endOf(t, ended); err != nil {
			t.Error(err)
		}
	})
}

// An account that comes online makes the outbox look at once, another state does
// not; the outbox ends when nothing can be sent any more.
func TestReportWakesOutbox(t *testing.T) {
	t.Parallel()
	dir, w := t.TempDir(), ledgertest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		a := newPost("wechat")
		d := newDuty(dir, a)
		begun, eight := time.Now(), time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
		l := w.Open(t)
		d.Outbox = outbox(t, l, a, func() time.Time { return eight.Add(time.Since(begun) - time.Second) })
		ended := runs(t.Context(), d) // a second before the push is due
		time.Sleep(2 * time.Second)
		sent := func(when string, want int) {
			t.Helper()
			synctest.Wait()
			if got := a.count(); got != want {
				t.Errorf("%s: %d sent, want %d", when, got, want)
			}
		}
		sent("a second after", 0)
		for _, state := range []bot.State{bot.Connecting, bot.Offline, bot.Lost, bot.Slowed} {
			d.Report(bot.Status{Channel: "wechat", State: state})
		}
		sent("in other states", 0)
		d.Report(bot.Status{Channel: "wechat", State: bot.Online})
		sent("online", 1)
		a.ends <- nil
		if err := endOf(t, ended); err != nil {
			t.Error(err)
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
}

// outbox has one push, at eight.
func outbox(t *testing.T, l *ledger.Ledger, channel bot.Channel, now func() time.Time) *day.Outbox {
	t.Helper()
	calendar, err := day.NewCalendar("")
	if err != nil {
		t.Fatal(err)
	}
	c := &corpus.Corpus{Stories: []*corpus.Story{{ID: "s", Title: "故事", Text: "正文"}}}
	return day.NewOutbox(day.Outbox{
		Channels: []bot.Channel{channel}, Records: l, Caps: day.Caps{GroupDay: 9, PersonDay: 9}, Now: now,
		Schedule: &day.Schedule{
			Location: time.UTC, Calendar: calendar, Library: day.Fixed(c), Ledger: l, Reviewer: &day.Reviewer{Ledger: l, Now: now},
			Specs: []day.PushSpec{{Name: "story", Content: day.StoryContent, At: 8 * time.Hour, Window: time.Hour, Targets: []string{"group:甲"}}},
		},
	})
}
