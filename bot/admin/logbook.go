package admin

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"
)

// How much of the log is kept in memory, and for how long.
const (
	logTime    = 24 * time.Hour
	logEntries = 20_000
	logBytes   = 8 << 20
	entryBytes = 4 << 10 // of one entry; what is longer is cut
	entrySize  = 96      // what an entry takes besides its text
)

// Entry is a record of the log as people read it.
type Entry struct {
	Number  int64 // counts up from 1
	At      time.Time
	Level   slog.Level
	Message string
	Attrs   string // key=value, as in the log
}

// Logbook is a handler that passes records on to another one and keeps those of the
// last day to be read on the page.
type Logbook struct {
	next, text slog.Handler
	book       *book // shared by those that WithAttrs and WithGroup make
}

// book is what is kept.
type book struct {
	now  func() time.Time
	hide *strings.Replacer

	mu      sync.Mutex
	written bytes.Buffer // by text, while mu is held
	entries []Entry      // oldest first
	last    int64        // number
	size    int
}

// NewLogbook keeps what next is given, without what hide takes out.
func NewLogbook(next slog.Handler, now func() time.Time, hide *strings.Replacer) *Logbook {
	b := &book{now: now, hide: hide}
	text := slog.NewTextHandler(&b.written, &slog.HandlerOptions{Level: slog.LevelDebug - 4, ReplaceAttr: attrsAlone})
	return &Logbook{next, text, b}
}

// attrsAlone leaves out what an entry has apart from its attributes.
func attrsAlone(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && (a.Key == slog.TimeKey || a.Key == slog.LevelKey || a.Key == slog.MessageKey) {
		return slog.Attr{}
	}
	return a
}

// Enabled implements slog.Handler.
func (l *Logbook) Enabled(ctx context.Context, level slog.Level) bool {
	return l.next.Enabled(ctx, level)
}

// Handle implements slog.Handler.
func (l *Logbook) Handle(ctx context.Context, r slog.Record) error {
	l.book.add(ctx, l.text, r)
	return l.next.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (l *Logbook) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &Logbook{l.next.WithAttrs(attrs), l.text.WithAttrs(attrs), l.book}
}

// WithGroup implements slog.Handler.
func (l *Logbook) WithGroup(name string) slog.Handler {
	return &Logbook{l.next.WithGroup(name), l.text.WithGroup(name), l.book}
}

// add keeps a record, whose attributes text writes down, and forgets what is too old or
// too much.
func (b *book) add(ctx context.Context, text slog.Handler, r slog.Record) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.written.Reset()
	_ = text.Handle(ctx, r) // into memory
	b.last++
	e := Entry{Number: b.last, At: r.Time, Level: r.Level, Message: b.readable(r.Message), Attrs: b.readable(strings.TrimSpace(b.written.String()))}
	b.entries = append(b.entries, e)
	b.size += e.size()
	b.forget()
}

// readable is a text without what nobody may read, and not too long.
func (b *book) readable(text string) string {
	text = b.hide.Replace(text)
	if len(text) > entryBytes {
		text = strings.ToValidUTF8(text[:entryBytes], "") + "……"
	}
	return text
}

func (e Entry) size() int { return entrySize + len(e.Message) + len(e.Attrs) }

// forget drops the oldest entries where there are too many, or they are of yesterday.
func (b *book) forget() {
	n, since := 0, b.now().Add(-logTime)
	for n < len(b.entries) && (len(b.entries)-n > logEntries || b.size > logBytes || b.entries[n].At.Before(since)) {
		b.size -= b.entries[n].size()
		n++
	}
	clear(b.entries[:n]) // what they say is let go of at once
	b.entries = b.entries[n:]
}

// Newest are entries of a level at least that have a text, newest first, before the one
// with a number, or from the last on where that is 0; more says that there are others.
func (l *Logbook) Newest(least slog.Level, text string, before int64, most int) (list []Entry, more bool) {
	text = strings.ToLower(text)
	for _, e := range slices.Backward(l.book.snapshot()) {
		if e.Level < least || before > 0 && e.Number >= before || text != "" && !strings.Contains(strings.ToLower(e.Message+" "+e.Attrs), text) {
			continue
		}
		if len(list) == most {
			return list, true
		}
		list = append(list, e)
	}
	return list, false
}

// snapshot is what is kept now: nobody who writes to the log waits for who reads it.
func (b *book) snapshot() []Entry {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.forget()
	return slices.Clone(b.entries)
}
