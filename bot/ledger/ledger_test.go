package ledger_test

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

var noon = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

func push(target string) ledger.Push {
	return ledger.Push{
		Name: "story", Date: "2026-12-01", Due: noon, Until: noon.Add(time.Hour), Target: target,
		Content: "story", ContentID: "baozheng", Title: "包拯不持一砚",
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A push is claimed once, whoever tries and however many, and stays what it
// became.
func TestPush(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		a, b := w.Open(t), w.Open(t)
		var wg sync.WaitGroup
		var mu sync.Mutex
		claims := 0
		for i := range 40 {
			l := []*ledger.Ledger{a, b}[i%2]
			wg.Go(func() {
				ok, err := l.ClaimPush(t.Context(), push("group:甲"), noon)
				if err != nil {
					t.Error(err)
				}
				if ok {
					mu.Lock()
					defer mu.Unlock()
					claims++
				}
			})
		}
		wg.Wait()
		if claims != 1 {
			t.Errorf("claimed %d times", claims)
		}
		r := ledger.PushRecord{Push: push("group:甲"), State: ledger.PushSent, MessageID: "7", At: noon.Add(time.Second)}
		must(t, a.SettlePush(t.Context(), r))
		late := r
		late.State = ledger.PushFailed
		must(t, b.SettlePush(t.Context(), late))
		if ok, err := b.ClaimPush(t.Context(), push("group:甲"), noon.Add(time.Minute)); ok || err != nil {
			t.Errorf("claimed after it was sent: %v, %v", ok, err)
		}
		got, err := b.Pushes(t.Context(), "2026-12-01", "2026-12-01")
		must(t, err)
		if len(got) != 1 || got[0].State != ledger.PushSent || got[0].MessageID != "7" || !got[0].Due.Equal(noon) || got[0].Title != r.Title {
			t.Errorf("got %+v", got)
		}
	})
}

// A refused push waits for its time; a claim that nobody settles becomes
// uncertain; a skipped one has a record though nobody claimed it.
func TestPushStates(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		claim := func(target string, at time.Time, want bool) {
			t.Helper()
			if ok, err := l.ClaimPush(t.Context(), push(target), at); err != nil || ok != want {
				t.Errorf("claim %s at %v: %v, %v", target, at, ok, err)
			}
		}
		claim("waiting", noon, true)
		must(t, l.SettlePush(t.Context(), ledger.PushRecord{Push: push("waiting"), State: ledger.PushWaiting, At: noon, NextTry: noon.Add(time.Minute)}))
		claim("waiting", noon.Add(time.Second), false)
		claim("waiting", noon.Add(time.Minute), true)
		claim("crashed", noon, true)
		skip := func(target string, want bool) {
			t.Helper()
			ok, err := l.SkipPush(t.Context(), ledger.PushRecord{Push: push(target), State: ledger.PushSkipped, Detail: "过了时间", At: noon})
			if err != nil || ok != want {
				t.Errorf("skip %s: %v, %v", target, ok, err)
			}
		}
		skip("skipped", true)
		skip("skipped", false)
		skip("crashed", false) // somebody is sending it
		claim("skipped", noon.Add(time.Hour), false)
		left, err := l.AbandonPushes(t.Context(), noon.Add(30*time.Second), noon.Add(time.Hour))
		must(t, err)
		if len(left) != 1 || left[0].Target != "crashed" || left[0].State != ledger.PushUncertain {
			t.Errorf("abandoned %+v", left)
		}
		claim("crashed", noon.Add(time.Hour), false)
		if got, err := l.Pushes(t.Context(), "2026-12-02", "2026-12-31"); err != nil || len(got) != 0 {
			t.Errorf("another day: %v, %v", got, err)
		}
	})
}

func roster() []ledger.Member {
	return []ledger.Member{
		{Number: "A01", Name: "张三", Sector: "教育界", Committee: "提案委"},
		{Number: "A02", Name: "李四", Sector: "经济界", Committee: "经济委"},
		{Number: "S01", Name: "王五", Staff: true},
	}
}

func imported(t *testing.T, w ledgertest.Where) *ledger.Ledger {
	t.Helper()
	l := w.Open(t)
	_, err := l.ImportMembers(t.Context(), roster(), "2026-12-01", "staff", noon)
	must(t, err)
	return l
}

func TestRoster(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		list := roster()[:2]
		list[0].Committee = "社法委"
		list = append(list, ledger.Member{Number: "A03", Name: "赵六"})
		done, err := l.ImportMembers(t.Context(), list, "2026-12-15", "staff", noon)
		if want := (ledger.RosterChange{Added: 1, Changed: 1, Left: 1}); err != nil || done != want {
			t.Errorf("%+v, %v", done, err)
		}
		got, err := l.Members(t.Context())
		must(t, err)
		list[0].Joined, list[1].Joined, list[2].Joined = "2026-12-01", "2026-12-01", "2026-12-15"
		gone := roster()[2]
		gone.Joined, gone.Left = "2026-12-01", "2026-12-15"
		if want := append(list, gone); !slices.Equal(got, want) {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
		// Half a roster is none.
		bad := append(slices.Clone(list), ledger.Member{Number: "A04", Name: "\x00"})
		if w.Address != "" { // PostgreSQL will not have a NUL
			if _, err := l.ImportMembers(t.Context(), bad, "2026-12-16", "staff", noon); err == nil {
				t.Error("a bad roster was imported")
			}
			if again, err := l.Members(t.Context()); err != nil || !slices.Equal(again, got) {
				t.Errorf("half imported: %+v, %v", again, err)
			}
		}
	})
}

func TestBinding(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		codes := map[string]string{"A01": "K7QM-2XWP", "A02": "PPPP-PPPP"}
		must(t, l.NewCodes(ctx, codes, noon.Add(time.Hour), "staff", noon))
		if _, err := l.Identify(ctx, ledger.Sender{Channel: "wechat", Name: "@a"}); !errors.Is(err, ledger.ErrNoMember) {
			t.Errorf("unbound: %v", err)
		}
		m, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@a"}, " k7qm-2xwp ", noon)
		if err != nil || m.Number != "A01" {
			t.Fatalf("bind: %+v, %v", m, err)
		}
		if got, err := l.Identify(ctx, ledger.Sender{Channel: "wechat", Name: "@a"}); err != nil || got != m {
			t.Errorf("identify: %+v, %v", got, err)
		}
		if s, err := l.Senders(ctx, "wechat", "A01"); err != nil || !slices.Equal(s, []string{"@a"}) {
			t.Errorf("senders: %v, %v", s, err)
		}
		for name, try := range map[string]struct {
			code string
			at   time.Time
		}{"used": {"K7QM-2XWP", noon}, "expired": {"PPPP-PPPP", noon.Add(2 * time.Hour)}, "wrong": {"X", noon}} {
			if _, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@b"}, try.code, try.at); !errors.Is(err, ledger.ErrNoCode) {
				t.Errorf("%s: %v", name, err)
			}
		}
		must(t, l.Unbind(ctx, ledger.Sender{Channel: "wechat", Name: "@a"}, noon))
		if _, err := l.Identify(ctx, ledger.Sender{Channel: "wechat", Name: "@a"}); !errors.Is(err, ledger.ErrNoMember) {
			t.Errorf("after unbinding: %v", err)
		}
		if err := l.Unbind(ctx, ledger.Sender{Channel: "wechat", Name: "@a"}, noon); !errors.Is(err, ledger.ErrNoMember) {
			t.Errorf("unbinding nobody: %v", err)
		}
	})
}

// Ten wrong codes within an hour, and even the right one does not help; an hour
// later it does. Another sender is not hindered.
func TestGuessing(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		must(t, l.NewCodes(ctx, map[string]string{"A01": "RIGHT", "A02": "OTHER"}, noon.Add(24*time.Hour), "staff", noon))
		for i := range 10 {
			if _, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@thief"}, fmt.Sprint(i), noon); !errors.Is(err, ledger.ErrNoCode) {
				t.Fatal(err)
			}
		}
		if _, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@thief"}, "RIGHT", noon); !errors.Is(err, ledger.ErrTooMany) {
			t.Errorf("the eleventh: %v", err)
		}
		if _, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@li"}, "OTHER", noon); err != nil {
			t.Errorf("another sender: %v", err)
		}
		if _, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@thief"}, "RIGHT", noon.Add(61*time.Minute)); err != nil {
			t.Errorf("an hour later: %v", err)
		}
	})
}

func round(id corpus.Date) ledger.Round {
	cite, err := corpus.ParseCite("ti-an#5")
	if err != nil {
		panic(err)
	}
	return ledger.Round{
		Day: id, Opened: noon, Closes: noon.AddDate(0, 0, 7),
		Question: corpus.Question{ID: "ti-an-01", Text: "提案什么时候截止？", Options: []string{"甲", "乙", "丙"}, Answer: 1, Explanation: "第五条", Cites: []corpus.Cite{cite}},
	}
}

func TestRound(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		if _, err := l.NewestRound(ctx, noon); !errors.Is(err, ledger.ErrNoRound) {
			t.Errorf("no round yet: %v", err)
		}
		want := round("2026-12-01")
		got, err := l.OpenRound(ctx, want)
		must(t, err)
		other := round("2026-12-01")
		other.Question.Text = "另一题"
		if got, err = l.OpenRound(ctx, other); err != nil || got.Question.Text != want.Question.Text {
			t.Errorf("the second question of the day: %+v, %v", got, err)
		}
		if got.Question.Cites[0].String() != "ti-an#5" || got.Question.Answer != 1 || len(got.Question.Options) != 3 || !got.Closes.Equal(want.Closes) {
			t.Errorf("got %+v", got)
		}
		first := ledger.Answer{Round: want.Day, Member: "A01", Choice: 1, Correct: true, At: noon.Add(time.Minute)}
		if _, err := l.Answer(ctx, first); err != nil {
			t.Fatal(err)
		}
		second := first
		second.Choice, second.Correct, second.At = 2, false, noon.Add(time.Hour)
		if kept, err := l.Answer(ctx, second); !errors.Is(err, ledger.ErrAnswered) || kept.Choice != 1 || !kept.At.Equal(first.At) {
			t.Errorf("the second answer: %+v, %v", kept, err)
		}
		late := ledger.Answer{Round: want.Day, Member: "A02", At: want.Closes}
		if _, err := l.Answer(ctx, late); !errors.Is(err, ledger.ErrClosed) {
			t.Errorf("after the end: %v", err)
		}
		must(t, l.Excuse(ctx, ledger.Leave{Member: "A02", From: "2026-11-28", To: "2026-12-02", Reason: "出差", Actor: "staff"}, noon))
		answers, err := l.Answers(ctx, "2026-12-01", "2026-12-31")
		must(t, err)
		excuses, err := l.Excuses(ctx, "2026-12-01", "2026-12-31")
		must(t, err)
		rounds, err := l.Rounds(ctx, "2026-12-01", "2026-12-31")
		must(t, err)
		if len(answers) != 1 || !answers[0].Correct || len(excuses) != 1 || excuses[0].Reason != "出差" || len(rounds) != 1 {
			t.Errorf("%+v, %+v, %+v", answers, excuses, rounds)
		}
		if none, err := l.Excuses(ctx, "2026-12-03", "2026-12-31"); err != nil || len(none) != 0 {
			t.Errorf("excuses later: %+v, %v", none, err)
		}
	})
}

// Ten thousand answers of fifty senders at once, some of them twice, while
// somebody reports: none lost, none doubled.
func TestManyAnswers(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		ctx := t.Context()
		var list []ledger.Member
		for i := range 100 {
			list = append(list, ledger.Member{Number: fmt.Sprintf("A%03d", i), Name: "委员"})
		}
		_, err := l.ImportMembers(ctx, list, "2026-01-01", "staff", noon)
		must(t, err)
		const rounds = 20
		for i := range rounds {
			_, err := l.OpenRound(ctx, round(corpus.Date(fmt.Sprintf("2026-12-%02d", i+1))))
			must(t, err)
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		counted, repeated := 0, 0
		var took []time.Duration
		for sender := range 50 {
			wg.Go(func() {
				for i := range 10_000 / 50 {
					n := sender*40 + i // each answer comes five times, of several senders
					a := ledger.Answer{Round: corpus.Date(fmt.Sprintf("2026-12-%02d", n/100%rounds+1)), Member: fmt.Sprintf("A%03d", n%100), At: noon.Add(time.Minute)}
					begun := time.Now()
					_, err := l.Answer(ctx, a)
					mu.Lock()
					took = append(took, time.Since(begun))
					switch {
					case err == nil:
						counted++
					case errors.Is(err, ledger.ErrAnswered):
						repeated++
					default:
						t.Error(err)
					}
					mu.Unlock()
				}
			})
		}
		reports := 0
		answering := make(chan struct{})
		go func() {
			wg.Wait()
			close(answering)
		}()
		for done := false; !done; reports++ { // somebody reports meanwhile
			select {
			case <-answering:
				done = true
			default:
			}
			table, err := l.Tally(ctx, "2026-12-01", "2026-12-31", noon.AddDate(0, 1, 0))
			must(t, err)
			for _, row := range table.Rows {
				if row.Took+row.Absent != rounds {
					t.Fatalf("%s took part %d times and was absent %d times in %d rounds", row.Member.Number, row.Took, row.Absent, rounds)
				}
			}
		}
		t.Logf("%d reports meanwhile", reports)
		answers, err := l.Answers(ctx, "2026-12-01", "2026-12-31")
		must(t, err)
		if len(answers) != counted || counted+repeated != 10_000 || counted != 2000 {
			t.Errorf("%d in the ledger, %d counted, %d repeated", len(answers), counted, repeated)
		}
		slices.Sort(took)
		t.Logf("50 at once: p50 %v, p99 %v", took[len(took)/2], took[len(took)*99/100])
	})
}

// Any single field of the audit that is changed is noticed.
func TestAudit(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		for i := range 30 {
			must(t, l.Excuse(ctx, ledger.Leave{Member: "A01", From: "2026-12-01", To: "2026-12-02", Reason: "出差", Actor: ledger.StaffActor(fmt.Sprint(i))}, noon))
		}
		if n, err := l.Verify(ctx); err != nil || n != 31 {
			t.Fatalf("%d rows, %v", n, err)
		}
		db := w.Raw(t)
		changes := 1000
		if testing.Short() {
			changes = 50
		}
		for range changes {
			column := []string{"seq", "at", "actor", "action", "detail", "previous", "hash"}[rand.IntN(7)]
			seq := 1 + rand.IntN(31)
			set := column + " = " + column + " || 'x'"
			if column == "seq" || column == "at" {
				set = column + " = " + column + " + 1000"
			}
			tamper(t, db, l, fmt.Sprintf("UPDATE audit SET %s WHERE seq = %d", set, seq))
		}
		tamper(t, db, l, "DELETE FROM audit WHERE seq = 15")
		if _, err := l.Verify(ctx); err != nil {
			t.Errorf("what was put back counts as changed: %v", err)
		}
	})
}

// tamper changes the audit, wants that noticed, and puts it back.
func tamper(t *testing.T, db *sql.DB, l *ledger.Ledger, statement string) {
	t.Helper()
	for _, s := range []string{"DROP TABLE IF EXISTS kept", "CREATE TABLE kept AS SELECT * FROM audit", statement} {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if _, err := l.Verify(t.Context()); !errors.Is(err, ledger.ErrTampered) {
		t.Errorf("%s: %v", statement, err)
	}
	for _, s := range []string{"DELETE FROM audit", "INSERT INTO audit SELECT * FROM kept"} {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// What was written is there after the ledger was closed.
func TestReopen(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		must(t, l.Close())
		if got, err := w.Open(t).Members(t.Context()); err != nil || len(got) != 3 {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// serve, check and roster may all be the first to open a ledger.
func TestOpenTogether(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				l, err := ledger.Open(t.Context(), w.Source())
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := l.Members(t.Context()); err != nil {
					t.Error(err)
				}
				if err := l.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

// A ledger of a newer program is refused and not touched.
func TestNewer(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		must(t, imported(t, w).Close())
		if _, err := w.Raw(t).ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)"); err != nil {
			t.Fatal(err)
		}
		if _, err := ledger.Open(t.Context(), w.Source()); !errors.Is(err, ledger.ErrNewer) {
			t.Errorf("got %v", err)
		}
	})
}

// A ledger of the first version, as a frozen copy of its tables has it, is
// brought up to date with what is in it.
func TestUpgrade(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		if w.Address == "" {
			must(t, os.MkdirAll(filepath.Dir(w.File), 0o700))
		}
		raw, err := os.ReadFile("testdata/v1.sql")
		must(t, err)
		id := "INTEGER PRIMARY KEY AUTOINCREMENT"
		if w.Address != "" {
			id = "INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (START WITH 3)"
		}
		db := w.Raw(t)
		for _, statement := range strings.Split(strings.ReplaceAll(string(raw), "{{ID}}", id), ";\n") {
			if _, err := db.ExecContext(t.Context(), statement); err != nil {
				t.Fatalf("%s: %v", statement, err)
			}
		}
		l := w.Open(t)
		if got, err := l.Members(t.Context()); err != nil || len(got) != 1 || got[0].Name != "张三" {
			t.Errorf("members: %+v, %v", got, err)
		}
		if n, err := l.Verify(t.Context()); err != nil || n != 1 {
			t.Errorf("audit: %d, %v", n, err)
		}
		must(t, l.Ask(t.Context(), ledger.Asked{At: noon, Outcome: ledger.AskedNone, Question: "新表"}))
	})
}

func TestOpenFails(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	must(t, os.WriteFile(file, []byte("this is no database, whatever its name says, and long enough to be looked at"), 0o600))
	for name, w := range map[string]ledgertest.Where{
		"not a database": {File: file}, "a folder": {File: t.TempDir()}, "not a URL": {Address: "mysql://localhost/x"},
		"nobody there": {Address: "postgres://127.0.0.1:1/x?connect_timeout=2"},
	} {
		if _, err := ledger.Open(t.Context(), w.Source()); err == nil {
			t.Errorf("%s was opened", name)
		}
	}
}

// An operator's remark says who somebody is only where a binding code has said
// it before.
func TestRecognize(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		recognize := func(sender, number string, want error) {
			t.Helper()
			if m, err := l.Recognize(ctx, ledger.Sender{Channel: "wechat", Name: sender}, number, noon); !errors.Is(err, want) || err == nil && m.Number != number {
				t.Errorf("%s as %s: %+v, %v", sender, number, m, err)
			}
		}
		recognize("@new", "A01", ledger.ErrNoMember) // never bound
		must(t, l.NewCodes(ctx, map[string]string{"A01": "CODE"}, noon.Add(time.Hour), "staff", noon))
		_, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@old"}, "CODE", noon)
		must(t, err)
		recognize("@new", "A01", nil)
		recognize("@new", "A02", ledger.ErrNoMember)
		recognize("@new", "张三", ledger.ErrNoMember)
		if m, err := l.Identify(ctx, ledger.Sender{Channel: "wechat", Name: "@new"}); err != nil || m.Number != "A01" {
			t.Errorf("then: %+v, %v", m, err)
		}
		_, err = l.ImportMembers(ctx, roster()[1:], "2026-12-20", "staff", noon)
		must(t, err)
		recognize("@newest", "A01", ledger.ErrNoMember) // has left
		if _, err := l.Verify(ctx); err != nil {
			t.Error(err)
		}
	})
}

// Questions in vain are kept as long as was said, and no longer.
func TestAsked(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		ctx := t.Context()
		for i := range 10 {
			must(t, l.Ask(ctx, ledger.Asked{At: noon.Add(time.Duration(i) * ledger.AskedLife / 5), Channel: "wechat", Outcome: ledger.AskedNone, Question: fmt.Sprint(i)}))
		}
		got, err := l.Asked(ctx, noon, noon.AddDate(1, 0, 0))
		must(t, err)
		if len(got) != 6 || got[0].Question != "4" || !got[5].At.Equal(noon.Add(9*ledger.AskedLife/5)) {
			t.Errorf("kept %+v", got)
		}
		if got, err := l.Asked(ctx, noon, noon.Add(ledger.AskedLife)); err != nil || len(got) != 1 {
			t.Errorf("some days: %+v, %v", got, err)
		}
	})
}

func TestPause(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		for _, on := range []bool{true, true, false, true} {
			must(t, l.Pause(t.Context(), "story", on, "staff S01", noon))
			want := []string(nil)
			if on {
				want = []string{"story"}
			}
			if got, err := l.Paused(t.Context()); err != nil || !slices.Equal(got, want) {
				t.Errorf("paused %v, %v", got, err)
			}
		}
		must(t, l.Note(t.Context(), "staff S01", "skip", "story", noon))
		if n, err := l.Verify(t.Context()); err != nil || n != 5 {
			t.Errorf("audit: %d, %v", n, err)
		}
	})
}

// A backup made while answers come in is whole, and a damaged one is not taken
// for it.
func TestBackup(t *testing.T) {
	w := ledgertest.Where{File: filepath.Join(t.TempDir(), "ledger.db")}
	l := imported(t, w)
	ctx := t.Context()
	_, err := l.OpenRound(ctx, round("2026-12-01"))
	must(t, err)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				if err := l.Excuse(ctx, ledger.Leave{Member: "A01", From: "2026-12-01", To: "2026-12-02", Reason: fmt.Sprint(i), Actor: "staff"}, noon); err != nil {
					t.Error(err)
				}
			}
		}
	})
	dir := t.TempDir()
	for i := range 5 {
		file := filepath.Join(dir, fmt.Sprintf("back up? #%d.db", i))
		s, err := l.Backup(ctx, file)
		if err != nil || s.Members != 3 || s.Audit < 1 {
			t.Errorf("backup %d: %+v, %v", i, s, err)
		}
		if _, err := l.Backup(ctx, file); !errors.Is(err, os.ErrExist) {
			t.Errorf("over another: %v", err)
		}
	}
	close(stop)
	wg.Wait()
	good, err := os.ReadFile(filepath.Join(dir, "back up? #4.db"))
	must(t, err)
	for name, raw := range map[string][]byte{
		"truncated": good[:len(good)/2], "empty": {}, "text": []byte("not a database"),
		"without its head": append(make([]byte, 4096), good[4096:]...),
	} {
		file := filepath.Join(dir, name)
		must(t, os.WriteFile(file, raw, 0o600))
		if _, err := ledger.Examine(ctx, file); !errors.Is(err, ledger.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	tampered := ledgertest.Where{File: filepath.Join(dir, "tampered.db")}
	must(t, os.WriteFile(tampered.File, good, 0o600))
	if _, err := tampered.Raw(t).ExecContext(ctx, "UPDATE audit SET actor = 'nobody' WHERE seq = 1"); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Examine(ctx, tampered.File); !errors.Is(err, ledger.ErrTampered) {
		t.Errorf("tampered with: %v", err)
	}
	if _, err := ledger.Examine(ctx, filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}
