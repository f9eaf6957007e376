package ledger_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// december is a day of December 2026.
func december(day int) corpus.Date { return corpus.Date(fmt.Sprintf("2026-12-%02d", day)) }

// leave reads 3-5 as leave from the third to the fifth, -3-5 as leave that is
// taken back.
func leave(t *testing.T, member, text string) ledger.Leave {
	t.Helper()
	text, back := strings.CutPrefix(text, "-")
	var from, to int
	if _, err := fmt.Sscanf(text, "%d-%d", &from, &to); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return ledger.Leave{Member: member, From: december(from), To: december(to), Back: back, Actor: "staff S01"}
}

// Of the leaves that cover a day the last holds, for each member by itself.
func TestOnLeave(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		leaves string // of A01, in the order in which they were recorded
		want   string // the days of the first nine that are out of the count
	}{
		{"", ""},
		{"3-5", "345"},
		{"4-4", "4"},
		{"5-3", ""}, // no days
		{"2-3 5-6", "2356"},
		{"1-9 -4-6", "123789"},
		{"-4-6 1-9", "123456789"},
		{"1-9 -4-6 5-5", "1235789"},
		{"1-9 -1-9 3-4 -4-4", "3"},
		{"-1-9", ""},
	} {
		var leaves []ledger.Leave
		for text := range strings.FieldsSeq(tt.leaves) {
			leaves = append(leaves, leave(t, "A02", "1-9"), leave(t, "A01", text), leave(t, "A03", "-1-9"))
		}
		if got := daysOff(leaves, "A01"); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.leaves, got, tt.want)
		}
	}
}

// takeBacks are leaves, what is taken back then, and on what days somebody is out
// of the count afterwards.
var takeBacks = []struct {
	before, back string
	fails        bool
	want         string
}{
	{"", "1-9", true, ""},
	{"3-5", "1-2", true, "345"},
	{"3-5", "6-9", true, "345"},
	{"3-5", "3-3", false, "45"},
	{"3-5", "5-5", false, "34"},
	{"3-5", "1-3", false, "45"},
	{"3-5", "1-9", false, ""},
	{"1-9", "4-4", false, "12356789"},
	{"1-9 -3-5", "3-5", true, "126789"},
	{"1-9 -3-5", "4-4", true, "126789"},
	{"1-9 -3-5", "5-6", false, "12789"},
	{"1-9 -3-5", "2-3", false, "16789"},
	{"1-9 -1-9", "1-9", true, ""},
	{"1-9 -1-9 4-4", "1-9", false, ""},
	{"1-4 -2-3 -3-6", "2-6", true, "1"},
}

// daysOff are the days of the first nine that a member is out of the count.
func daysOff(leaves []ledger.Leave, member string) (days string) {
	for day := 1; day <= 9; day++ {
		if ledger.OnLeave(leaves, member, december(day)) {
			days += fmt.Sprint(day)
		}
	}
	return days
}

// Leave can be taken back where there is some, and nowhere else; the raw rows
// and the audit have both.
func TestTakeBack(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		ctx := t.Context()
		list := []ledger.Member{{Number: "other", Name: "委员"}}
		for i := range takeBacks {
			list = append(list, ledger.Member{Number: fmt.Sprintf("A%02d", i), Name: "委员"})
		}
		_, err := l.ImportMembers(ctx, list, december(1), "staff", noon)
		must(t, err)
		must(t, l.Excuse(ctx, leave(t, "other", "1-9"), noon))
		for i, tt := range takeBacks {
			number, at := fmt.Sprintf("A%02d", i), noon
			for text := range strings.FieldsSeq(tt.before) {
				at = at.Add(-time.Minute) // the clock goes backwards: what was recorded last holds all the same
				if given := leave(t, number, text); given.Back {
					must(t, l.TakeBack(ctx, given, at))
				} else {
					must(t, l.Excuse(ctx, given, at))
				}
			}
			back := leave(t, number, tt.back)
			if err := l.TakeBack(ctx, back, at); errors.Is(err, ledger.ErrNoLeave) != tt.fails || err != nil && !tt.fails {
				t.Errorf("%q, then back %s: %v", tt.before, tt.back, err)
			}
			leaves, err := l.Excuses(ctx, december(1), december(9))
			must(t, err)
			if got := daysOff(leaves, number); got != tt.want {
				t.Errorf("%q, then back %s: out of the count on %q, want %q", tt.before, tt.back, got, tt.want)
			}
			if h := history(t, l)[0]; !tt.fails && (h.Action != "take leave back" || h.Detail != fmt.Sprint(number, " ", back.From, " ", back.To)) {
				t.Errorf("%q, then back %s: the audit has %+v", tt.before, tt.back, h)
			}
		}
		if err := l.TakeBack(ctx, leave(t, "nobody", "1-9"), noon); !errors.Is(err, ledger.ErrNoLeave) {
			t.Errorf("of nobody: %v", err)
		}
		if err := l.Excuse(ctx, leave(t, "nobody", "1-9"), noon); err == nil {
			t.Error("somebody who was never on the roster is excused")
		}
	})
}

// Many who record leave at once come one after the other, so that it is known
// which was last.
func TestLeavesTogether(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		a, b := imported(t, w), w.Open(t)
		var crowd sync.WaitGroup
		var mu sync.Mutex
		taken := 0
		must(t, a.Excuse(t.Context(), leave(t, "A01", "1-9"), noon))
		for i := range 12 {
			l := []*ledger.Ledger{a, b}[i%2]
			crowd.Go(func() {
				if err := l.Excuse(t.Context(), leave(t, "A02", "1-2"), noon); err != nil {
					t.Error(err)
				}
				switch err := l.TakeBack(t.Context(), leave(t, "A01", "2-4"), noon); {
				case err == nil:
					mu.Lock()
					taken++
					mu.Unlock()
				case !errors.Is(err, ledger.ErrNoLeave):
					t.Error(err)
				}
			})
		}
		crowd.Wait()
		var rows, places int
		must(t, w.Raw(t).QueryRowContext(t.Context(), `SELECT count(*), count(DISTINCT seq) FROM excuse`).Scan(&rows, &places))
		if taken != 1 || rows != 14 || places != rows {
			t.Errorf("taken back %d times; %d rows in %d places", taken, rows, places)
		}
		if n, err := a.Verify(t.Context()); err != nil || n != 15 {
			t.Errorf("audit: %d rows, %v", n, err)
		}
	})
}

// A ledger from before leave could be taken back keeps the order of its leaves,
// which were only told apart by their time; going back to that version drops
// what it would take for leave.
func TestLeaveMigration(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		must(t, l.Excuse(ctx, leave(t, "A01", "1-9"), noon))
		must(t, l.TakeBack(ctx, leave(t, "A01", "2-8"), noon.Add(time.Minute)))
		must(t, l.Close())
		db, dialect := w.Raw(t), goose.DialectSQLite3
		if w.Address != "" {
			dialect = goose.DialectPostgres
		}
		provider, err := goose.NewProvider(dialect, db, os.DirFS("migrations"))
		must(t, err)
		_, err = provider.DownTo(ctx, 4)
		must(t, err)
		for _, row := range []string{"'A01', '2026-12-10', '2026-12-12', '后', 'staff', 2000", "'A01', '2026-12-10', '2026-12-11', '先', 'staff', 1000"} {
			_, err := db.ExecContext(ctx, `INSERT INTO excuse (member, from_day, to_day, reason, actor, at) VALUES (`+row+`)`)
			must(t, err)
		}
		must(t, db.Close())
		if w.Address == "" { // away from what is kept beside a ledger: that version kept nothing there
			file := filepath.Join(t.TempDir(), "ledger.db")
			must(t, os.Rename(w.File, file))
			w.File = file
		}
		l = w.Open(t)
		wants := func(want ...string) {
			t.Helper()
			leaves, err := l.Excuses(ctx, december(1), december(31))
			must(t, err)
			var got []string
			for _, e := range leaves {
				got = append(got, fmt.Sprintf("%s-%s %s %v", e.From[8:], e.To[8:], e.Reason, e.Back))
			}
			if !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		}
		wants("10-11 先 false", "10-12 后 false", "01-09  false")
		// Its clock is years behind, and what comes now is the last all the same.
		must(t, l.TakeBack(ctx, leave(t, "A01", "1-10"), time.UnixMilli(1)))
		leaves, err := l.Excuses(ctx, december(1), december(31))
		must(t, err)
		if ledger.OnLeave(leaves, "A01", december(10)) || !ledger.OnLeave(leaves, "A01", december(11)) {
			t.Errorf("after taking back: %+v", leaves)
		}
	})
}
