package wechat_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"lianwen/bot"
	"lianwen/bot/wechat"
	"lianwen/bot/wechat/fakeweb"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience is how long something may take to happen; only what never happens
// takes longer, on the slowest machine.
const patience = 5 * time.Minute

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
	settled time.Duration // after which nothing more is expected
	ends    time.Duration // within which Run must

	mu       sync.Mutex
	statuses []bot.Status
}

// simulated plays a test in simulated time, beside other such tests, without a
// network: what it waits for takes no time, and a slow machine changes nothing.
func simulated(t *testing.T, play func(w *world)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.config.HTTP = w.server.Wire()
		w.settled, w.ends = time.Second, 5*time.Second
		play(w)
	})
}

// networked makes a world whose requests go over the network, on the real clock.
func networked(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	srv := httptest.NewServer(w.server)
	t.Cleanup(srv.Close)
	endpoint, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	w.config.Endpoint = endpoint
	w.settled, w.ends = 30*time.Millisecond, patience
	return w
}

// newWorld makes a server and the configuration of a channel on it.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, server: fakeweb.New(), log: &safeBuffer{}, handle: echo}
	w.config = wechat.Config{
		Dir: filepath.Join(t.TempDir(), "wechat"), RestartWindow: 10 * time.Minute, GroupNames: []string{"小廉"},
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
	case <-time.After(w.ends):
		w.Errorf("Run did not end within %v", w.ends)
	}
}

// until waits for something to be so.
func (w *world) until(what string, ok func() bool) {
	w.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			w.Fatalf("not within %v: %s", patience, what)
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
	time.Sleep(w.settled)
	got := w.server.Sent()
	if len(got) != n {
		w.Fatalf("sent %v, want %d", got, n)
	}
	return got
}

// states are those that the channel has been in, one after another.
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

// session is what is kept of the login.
func (w *world) session() string {
	raw, _ := os.ReadFile(filepath.Join(w.config.Dir, "session.json"))
	return string(raw)
}

// journal is what is kept of messages since the session was.
func (w *world) journal() string {
	raw, _ := os.ReadFile(filepath.Join(w.config.Dir, "journal"))
	return string(raw)
}
