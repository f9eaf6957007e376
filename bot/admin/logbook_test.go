package admin

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

// noted is a logbook with a clock, and what it passes on.
type noted struct {
	*Logbook
	now  time.Time
	next bytes.Buffer
}

func newNoted(hide ...string) *noted {
	n := &noted{now: time.Date(2026, 12, 1, 7, 30, 0, 0, time.UTC)}
	n.Logbook = NewLogbook(slog.NewTextHandler(&n.next, nil), func() time.Time { return n.now }, strings.NewReplacer(hide...))
	return n
}

// say logs at the time it is.
func (n *noted) say(t *testing.T, h slog.Handler, level slog.Level, message string, args ...any) {
	t.Helper()
	r := slog.NewRecord(n.now, level, message, 0)
	r.Add(args...)
	must(t, h.Handle(t.Context(), r))
}

// texts are the entries from a level on, newest first.
func (n *noted) texts(least slog.Level, text string, before int64, most int) (list []string, more bool) {
	entries, more := n.Newest(least, text, before, most)
	for _, e := range entries {
		list = append(list, strings.TrimSpace(e.Message+" "+e.Attrs))
	}
	return list, more
}

// What is logged is passed on, and can be read again with its attributes.
func TestLogbook(t *testing.T) {
	n := newNoted()
	n.say(t, n, slog.LevelInfo, "启动")
	n.say(t, n.WithAttrs([]slog.Attr{slog.String("channel", "wechat")}), slog.LevelWarn, "掉线", "err", "no route", "n", 3)
	n.say(t, n.WithGroup("push").WithAttrs([]slog.Attr{slog.Int("a", 1)}), slog.LevelError, "没有发出", "to", "群\n甲", "msg", "x")
	want := []string{`没有发出 push.a=1 push.to="群\n甲" push.msg=x`, `掉线 channel=wechat err="no route" n=3`, "启动"}
	if got, more := n.texts(slog.LevelDebug, "", 0, 3); fmt.Sprint(got) != fmt.Sprint(want) || more {
		t.Errorf("%q, %v", got, more)
	}
	if strings.Count(n.next.String(), "\n") != 3 || !strings.Contains(n.next.String(), `level=WARN msg=掉线 channel=wechat err="no route" n=3`) {
		t.Errorf("passed on: %s", &n.next)
	}
	if n.Enabled(context.Background(), slog.LevelDebug) || !n.Enabled(context.Background(), slog.LevelInfo) {
		t.Error("it hears other levels than the one it passes on to")
	}
	for level, count := range map[slog.Level]int{slog.LevelDebug: 3, slog.LevelWarn: 2, slog.LevelError: 1, slog.LevelError + 1: 0} {
		if got, _ := n.texts(level, "", 0, 9); len(got) != count {
			t.Errorf("from %v on: %q", level, got)
		}
	}
	for text, count := range map[string]int{"WECHAT": 1, "掉线 ch": 1, "没有": 1, "o": 2, "zzz": 0} {
		if got, _ := n.texts(slog.LevelDebug, text, 0, 9); len(got) != count {
			t.Errorf("with %s: %q", text, got)
		}
	}
}

// The log is read page by page, whatever comes meanwhile.
func TestLogbookPages(t *testing.T) {
	n := newNoted()
	for i := range 5 {
		n.say(t, n, slog.LevelInfo, fmt.Sprint(i))
	}
	page, more := n.Newest(slog.LevelInfo, "", 0, 2)
	if !more || page[0].Message != "4" || page[1].Message != "3" {
		t.Errorf("%+v, %v", page, more)
	}
	n.say(t, n, slog.LevelInfo, "5")
	if got, more := n.texts(slog.LevelInfo, "", page[1].Number, 2); fmt.Sprint(got) != "[2 1]" || !more {
		t.Errorf("the second page: %q, %v", got, more)
	}
	if got, more := n.texts(slog.LevelInfo, "", page[1].Number-2, 2); fmt.Sprint(got) != "[0]" || more {
		t.Errorf("the last page: %q, %v", got, more)
	}
	if got, more := n.texts(slog.LevelInfo, "", 1, 2); len(got) != 0 || more {
		t.Errorf("behind the last: %q, %v", got, more)
	}
}

// Yesterday is forgotten, and so is what is too much.
func TestLogbookForgets(t *testing.T) {
	n := newNoted()
	n.say(t, n, slog.LevelInfo, "old")
	n.now = n.now.Add(time.Second)
	n.say(t, n, slog.LevelInfo, "new")
	n.now = n.now.Add(logTime - time.Second)
	if got, _ := n.texts(slog.LevelInfo, "", 0, 9); fmt.Sprint(got) != "[new old]" {
		t.Errorf("a day later: %q", got)
	}
	n.now = n.now.Add(time.Millisecond)
	if got, _ := n.texts(slog.LevelInfo, "", 0, 9); fmt.Sprint(got) != "[new]" {
		t.Errorf("more than a day later: %q", got)
	}
	long := strings.Repeat("长", entryBytes/3+9)
	for range 2*logBytes/entryBytes + 9 {
		n.say(t, n, slog.LevelInfo, long, "a", long)
	}
	if size := n.book.size; size > logBytes || size < logBytes-3*entryBytes {
		t.Errorf("%d bytes are kept", size)
	}
	list, _ := n.Newest(slog.LevelInfo, "", 0, 1)
	if e := list[0]; len(e.Message) > entryBytes+6 || !strings.HasSuffix(e.Message, "长……") || !utf8.ValidString(e.Attrs) {
		t.Errorf("a long one is cut to %d and %d bytes", len(e.Message), len(e.Attrs))
	}
	for range logEntries + 9 {
		n.say(t, n, slog.LevelInfo, "x")
	}
	if got, more := n.texts(slog.LevelInfo, "", 0, logEntries+1); len(got) != logEntries || more {
		t.Errorf("%d are kept", len(got))
	}
}

// What is to be hidden is hidden, wherever it stands, and is logged all the same.
func TestLogbookHides(t *testing.T) {
	n := newNoted("geheim", "***")
	n.say(t, n.WithAttrs([]slog.Attr{slog.String("url", "https://x/?key=geheim")}), slog.LevelInfo, "说 geheim", "err", "a geheim b")
	if got, _ := n.texts(slog.LevelInfo, "", 0, 9); fmt.Sprint(got) != `[说 *** url="https://x/?key=***" err="a *** b"]` {
		t.Errorf("%s", got)
	}
	if got, _ := n.texts(slog.LevelInfo, "geheim", 0, 9); len(got) != 0 {
		t.Errorf("found by what is hidden: %q", got)
	}
}

// It is written and read from many places at once.
func TestLogbookAtOnce(t *testing.T) {
	n := newNoted()
	n.Logbook.next = slog.NewTextHandler(io.Discard, nil)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			log := slog.New(n.Logbook)
			for i := range 200 {
				log.With("i", i).Info("x")
				n.Newest(slog.LevelInfo, "x", 0, 10)
			}
		})
	}
	all.Wait()
	if n.book.last != 800 {
		t.Errorf("%d entries", n.book.last)
	}
}
