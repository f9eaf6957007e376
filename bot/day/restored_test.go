package day_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// restoredAt makes the backup the ledger that the desk works on, at a time of 1
// December.
func (d *desk) restoredAt(backup string, hour, minute int) {
	d.Helper()
	must(d.T, d.ledger.Close())
	file := filepath.Join(d.TempDir(), "ledger.db")
	d.now = time.Date(2026, 12, 1, hour, minute, 0, 0, time.UTC)
	_, _, err := ledger.Restore(d.Context(), backup, file, false, "terminal", d.now)
	must(d.T, err)
	d.ledger = ledgertest.Where{File: file}.Open(d.T)
	d.outbox.Records, d.outbox.Schedule.Ledger = d.ledger, d.ledger
	d.outbox.Schedule.Reviewer = &day.Reviewer{Ledger: d.ledger, Now: d.outbox.Now}
}

// After a backup has taken the ledger's place, what may have gone out since is
// not sent again: it is uncertain, and said once. What the backup knows stays,
// what comes due later goes out.
func TestFault04Restored(t *testing.T) {
	t.Parallel()
	at := func(name string, hour int, targets ...string) day.PushSpec {
		return day.PushSpec{Name: name, Content: day.StoryContent, At: time.Duration(hour) * time.Hour, Window: 4 * time.Hour, Targets: targets}
	}
	d := newDesk(t, ledgertest.SQLite(t), 9, at("early", 6, "group:甲"), at("story", 8, "group:甲", "group:乙"), at("quiz", 10, "group:甲"), at("late", 13, "group:甲"))
	var told []string
	d.outbox.Alert = func(text string) { told = append(told, text) }
	d.at(1, 6, 0)
	backup := filepath.Join(t.TempDir(), "backup.db")
	_, err := d.ledger.Backup(t.Context(), backup)
	must(t, err)
	d.at(1, 8, 0)
	d.at(1, 10, 0)
	d.are(1, "early group:甲 sent", "story group:甲 sent", "story group:乙 sent", "quiz group:甲 sent")
	sent := len(d.far.sent)

	d.restoredAt(backup, 11, 0)
	const why = " uncertain 台账是恢复的，不知道有没有发出"
	for minute := 1; minute < 5; minute++ {
		d.at(1, 11, minute)
	}
	d.are(1, "early group:甲 sent", "story group:甲"+why, "story group:乙"+why, "quiz group:甲"+why)
	if len(d.far.sent) != sent {
		t.Errorf("sent again: %q", d.far.sent[sent:])
	}
	if len(told) != 1 || !strings.Contains(told[0], "有 3 条推送") || !strings.Contains(told[0], "核实") {
		t.Errorf("told %q", told)
	}
	d.at(1, 13, 0)
	d.at(2, 6, 0)
	if len(d.far.sent) != sent+2 {
		t.Errorf("after the gap: %q", d.far.sent[sent:])
	}
}

// A push that was late when the backup was made, because the channel was away,
// may have gone out after it.
func TestFault04RestoredLate(t *testing.T) {
	t.Parallel()
	d := newDesk(t, ledgertest.SQLite(t), 9, story("group:甲"))
	d.far.offline = true
	d.at(1, 8, 30)
	must(t, d.ledger.Note(t.Context(), "staff", "test", "", d.now))
	backup := filepath.Join(t.TempDir(), "backup.db")
	_, err := d.ledger.Backup(t.Context(), backup)
	must(t, err)
	d.far.offline = false
	d.at(1, 9, 0)
	d.restoredAt(backup, 9, 30)
	d.at(1, 9, 31)
	d.are(1, "story group:甲 uncertain 台账是恢复的，不知道有没有发出")
	if len(d.far.sent) != 1 {
		t.Errorf("sent %q", d.far.sent)
	}
}

// When another ledger is put beneath the process, nothing goes out, and that is
// told once.
func TestFault04Exchanged(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	d := newDesk(t, w, 9, story("group:甲"))
	told := make(chan string, 10)
	d.outbox.Alert = func(text string) { told <- text }
	d.now = time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
	_, err := w.Raw(t).ExecContext(t.Context(), "UPDATE origin SET counter = counter - 1")
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- d.outbox.Run(ctx) }()
	if text := <-told; !strings.Contains(text, "台账在运行中被换过") {
		t.Errorf("told %q", text)
	}
	d.outbox.Wake()
	d.outbox.Wake()
	time.Sleep(50 * time.Millisecond)
	cancel()
	must(t, <-ended)
	if len(told) > 0 || len(d.far.sent) > 0 {
		t.Errorf("told %d times more, sent %q", len(told), d.far.sent)
	}
}
