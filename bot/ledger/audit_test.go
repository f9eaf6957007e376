package ledger_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

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
		changes := 250 // on each of the four
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

// sealed is what a row's hash must be, for somebody who knows how it is made.
func sealed(t *testing.T, seq, at int64, actor, action, detail, previous string) string {
	t.Helper()
	raw, err := json.Marshal(struct {
		Seq, At                         int64
		Actor, Action, Detail, Previous string
	}{seq, at, actor, action, detail, previous})
	must(t, err)
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// Somebody who knows how the hashes are made cannot change, take out or put in a
// row either, unless they write all rows behind it anew.
func TestAuditForged(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		ctx := t.Context()
		for i := range 5 {
			must(t, l.Note(ctx, "staff", "test", fmt.Sprint(i), noon))
		}
		at := noon.UnixMilli()
		var hashes []string // of the rows, by seq, from 1 on
		for seq, previous := int64(1), ""; seq <= 5; seq++ {
			previous = sealed(t, seq, at, "staff", "test", fmt.Sprint(seq-1), previous)
			hashes = append(hashes, previous)
		}
		row := func(seq int64, detail, previous string) string {
			return fmt.Sprintf("(%d, %d, 'staff', 'test', '%s', '%s', '%s')", seq, at, detail, previous, sealed(t, seq, at, "staff", "test", detail, previous))
		}
		db := w.Raw(t)
		for name, statements := range map[string][]string{
			"a row changed":                 {"DELETE FROM audit WHERE seq = 3", "INSERT INTO audit VALUES " + row(3, "forged", hashes[1])},
			"a row changed, and its next":   {"DELETE FROM audit WHERE seq IN (2, 3)", "INSERT INTO audit VALUES " + row(2, "forged", hashes[0]), "INSERT INTO audit VALUES " + row(3, "2", "")},
			"the first row changed":         {"DELETE FROM audit WHERE seq = 1", "INSERT INTO audit VALUES " + row(1, "forged", "")},
			"the first row with a forebear": {"DELETE FROM audit WHERE seq = 1", "INSERT INTO audit VALUES " + row(1, "0", "x")},
			"the first rows taken out":      {"DELETE FROM audit WHERE seq < 5", "UPDATE audit SET seq = 1"},
			"all rows but the last":         {"DELETE FROM audit WHERE seq < 5"},
			"a row without a place":         {"UPDATE audit SET seq = 9 WHERE seq = 5", "DELETE FROM audit WHERE seq = 9", "INSERT INTO audit VALUES " + row(9, "4", hashes[3])},
			"a row before the first":        {"INSERT INTO audit VALUES " + row(0, "x", "")},
		} {
			tamper(t, db, l, strings.Join(statements, ";\n"))
			if t.Failed() {
				t.Fatal(name)
			}
		}
		if n, err := l.Verify(ctx); err != nil || n != 5 {
			t.Errorf("as it was: %d rows, %v", n, err)
		}
		// It says which row.
		_, err := db.ExecContext(ctx, "UPDATE audit SET detail = 'x' WHERE seq = 4")
		must(t, err)
		if n, err := l.Verify(ctx); !errors.Is(err, ledger.ErrTampered) || n != 4 || !strings.Contains(err.Error(), "第 4 条") {
			t.Errorf("%d, %v", n, err)
		}
	})
}

// What was done last can be read, newest first and no more than is asked for.
func TestHistory(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		ctx := t.Context()
		if got, err := l.History(ctx, 5); err != nil || len(got) != 0 {
			t.Errorf("nothing was done: %+v, %v", got, err)
		}
		for i := range 12 { // the clock goes backwards: the order is that of the deeds
			must(t, l.Note(ctx, ledger.StaffActor("S01"), "skip", fmt.Sprint("story ", i), noon.Add(-time.Duration(i)*time.Minute)))
		}
		for most, want := range map[int]int{0: 0, 1: 1, 11: 11, 12: 12, 13: 12} {
			got, err := l.History(ctx, most)
			if err != nil || len(got) != want {
				t.Errorf("at most %d: %d, %v", most, len(got), err)
				continue
			}
			for i, d := range got {
				if n := 11 - i; d.Actor != "staff S01" || d.Action != "skip" || d.Detail != fmt.Sprint("story ", n) || !d.At.Equal(noon.Add(-time.Duration(n)*time.Minute)) {
					t.Errorf("at most %d: %d is %+v", most, i, d)
				}
			}
		}
	})
}

// Older deeds are asked for by the row of the last one seen, those of one actor by
// themselves.
func TestHistoryBefore(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		ctx := t.Context()
		if got, err := l.Actors(ctx); err != nil || len(got) != 0 {
			t.Errorf("nothing was done: %v, %v", got, err)
		}
		for i := range 6 { // rows 1 to 6, the odd ones of S01
			must(t, l.Note(ctx, ledger.StaffActor([]string{"S01", "S02"}[i%2]), "skip", fmt.Sprint(i), noon))
		}
		for _, c := range []struct {
			before int64
			actor  ledger.Actor
			most   int
			want   string
		}{
			{0, "", 10, "[6 5 4 3 2 1]"}, {0, "", 2, "[6 5]"}, {5, "", 2, "[4 3]"}, {1, "", 9, "[]"}, {7, "", 1, "[6]"},
			{0, "staff S01", 9, "[5 3 1]"}, {5, "staff S01", 9, "[3 1]"}, {0, "staff S03", 9, "[]"}, {3, "staff S02", 1, "[2]"},
		} {
			list, err := l.HistoryBefore(ctx, c.before, c.actor, c.most)
			rows := []int64{}
			for _, d := range list {
				rows = append(rows, d.Row)
				if d.Detail != fmt.Sprint(d.Row-1) || d.Action != "skip" || !d.At.Equal(noon) {
					t.Errorf("row %d is %+v", d.Row, d)
				}
			}
			if err != nil || fmt.Sprint(rows) != c.want {
				t.Errorf("%+v: %v, %v", c, rows, err)
			}
		}
		if got, err := l.Actors(ctx); err != nil || fmt.Sprint(got) != "[staff S01 staff S02]" {
			t.Errorf("%v, %v", got, err)
		}
	})
}
