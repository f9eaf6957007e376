package staff_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
)

// rosterFile is a roster of the members with these numbers.
func rosterFile(numbers ...int) []byte {
	var b strings.Builder
	b.WriteString("编号,姓名,界别,专委会,身份\n")
	for _, n := range numbers {
		fmt.Fprintf(&b, "A%02d,委员%d,,,委员\n", n, n)
	}
	return []byte(b.String())
}

func upTo(n int) (list []int) {
	for i := range n {
		list = append(list, i+1)
	}
	return list
}

// deskOfTen is a desk with a roster of ten.
func deskOfTen(t *testing.T, w ledgertest.Where) *staff.Desk {
	t.Helper()
	noon := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	d := staff.New(&staff.Desk{Ledger: w.Open(t), Location: time.UTC, Now: func() time.Time { return noon }})
	apply(t, d, rosterFile(upTo(10)...))
	return d
}

func draft(t *testing.T, d *staff.Desk, content []byte) staff.RosterDraft {
	t.Helper()
	r, err := d.DraftRoster(t.Context(), content)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func apply(t *testing.T, d *staff.Desk, content []byte) ledger.RosterChange {
	t.Helper()
	done, err := d.ApplyRoster(t.Context(), "test", draft(t, d, content), false)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func names(list []ledger.Member) string {
	var all []string
	for _, m := range list {
		all = append(all, m.Number+m.Name)
	}
	return strings.Join(all, " ")
}

// A draft says who joins, changes and leaves, and when somebody has to look.
func TestDraftRoster(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := deskOfTen(t, w)
		change := func(n int, list ...int) []byte {
			file := string(rosterFile(list...))
			for i := 1; i <= n; i++ {
				file = strings.Replace(file, fmt.Sprintf("委员%d,,", i), fmt.Sprintf("委员%d,教育界,", i), 1)
			}
			return []byte(file)
		}
		for _, tt := range []struct {
			name             string
			file             []byte
			joins, changes   int
			leaves           string
			consent, partial bool
		}{
			{"the same", rosterFile(upTo(10)...), 0, 0, "", false, false},
			{"many more", rosterFile(upTo(30)...), 20, 0, "", false, false},
			{"a tenth changed", change(1, upTo(10)...), 0, 1, "", false, false},
			{"more than a tenth", change(2, upTo(10)...), 0, 2, "", true, false},
			{"one leaves", rosterFile(upTo(9)...), 0, 0, "A10委员10", true, false},
			{"half stay", rosterFile(1, 2, 3, 4, 5, 11), 1, 0, "A06委员6 A07委员7 A08委员8 A09委员9 A10委员10", true, false},
			{"fewer than half", rosterFile(1, 2, 3, 4, 11, 12, 13, 14, 15, 16), 6, 0, "A05委员5 A06委员6 A07委员7 A08委员8 A09委员9 A10委员10", true, true},
		} {
			r := draft(t, d, tt.file)
			if len(r.Joins) != tt.joins || len(r.Changes) != tt.changes || names(r.Leaves) != tt.leaves || r.Consent() != tt.consent || r.Partial() != tt.partial {
				t.Errorf("%s: joins %s, changes %+v, leaves %s, consent %v, partial %v", tt.name, names(r.Joins), r.Changes, names(r.Leaves), r.Consent(), r.Partial())
			}
		}
		r := draft(t, d, []byte("编号,姓名,界别,专委会,身份,手机\nA01,委员1,教育界,提案委,工作人员,138\n"))
		if got := fmt.Sprint(r.Changes[0].Fields()); got != "[{界别  教育界} {专委会  提案委} {身份 委员 工作人员} {手机  138}]" {
			t.Errorf("changes %s", got)
		}
	})
}

// What has been looked at is what is done, or nothing is.
func TestApplyRoster(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := deskOfTen(t, w)
		stale := draft(t, d, rosterFile(upTo(9)...))
		if done := apply(t, d, rosterFile(upTo(8)...)); done != (ledger.RosterChange{Left: 2}) {
			t.Errorf("two leave: %+v", done)
		}
		if _, err := d.ApplyRoster(t.Context(), "test", stale, true); bot.CodeOf(err) != bot.Conflict || !strings.Contains(err.Error(), "又有改动") {
			t.Errorf("a draft for another roster: %v", err)
		}
		part := draft(t, d, rosterFile(1, 2, 3))
		if _, err := d.ApplyRoster(t.Context(), "test", part, false); bot.CodeOf(err) != bot.Conflict || !strings.Contains(err.Error(), "8 人里，文件只有 3 人") {
			t.Errorf("a part of the roster: %v", err)
		}
		if r := draft(t, d, rosterFile(upTo(8)...)); len(r.Joins)+len(r.Changes)+len(r.Leaves) > 0 {
			t.Errorf("what was refused has changed %+v", r)
		}
		if done, err := d.ApplyRoster(t.Context(), "test", part, true); err != nil || done.Left != 5 {
			t.Errorf("in place of all: %+v, %v", done, err)
		}
		if r := draft(t, d, rosterFile(1, 2, 3, 10)); names(r.Joins) != "A10委员10" || r.Before != 3 {
			t.Errorf("who comes back: %+v", r)
		}
	})
}

// A number is known however it is written, unless two are alike.
func TestDraftTakesKnownNumbers(t *testing.T) {
	d := deskOfTen(t, ledgertest.SQLite(t))
	r := draft(t, d, []byte(strings.Replace(string(rosterFile(upTo(10)...)), "A03", "ａ０３", 1)))
	if len(r.Joins)+len(r.Changes)+len(r.Leaves) > 0 || strings.Join(r.Notes, "\n") != "编号里的全角字符按半角算：1 处，如 ａ０３ → a03。\n编号按花名册里的写法算：a03 → A03。" {
		t.Errorf("%+v", r)
	}
	both := []ledger.Member{{Number: "b1", Name: "甲"}, {Number: "B1", Name: "乙"}}
	if _, err := d.Ledger.ImportMembers(t.Context(), both, "2026-12-01", "test", d.Now()); err != nil {
		t.Fatal(err)
	}
	if r := draft(t, d, []byte("编号,姓名,界别,专委会,身份\nＢ1,乙,,,委员\n")); names(r.Leaves) != "b1甲" || len(r.Joins) > 0 {
		t.Errorf("%+v", r)
	}
}

// A draft that has been overtaken is drawn up anew from the same file.
func TestRedraftRoster(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := deskOfTen(t, w)
		old := draft(t, d, rosterFile(upTo(12)...))
		apply(t, d, rosterFile(upTo(11)...))
		if _, err := d.ApplyRoster(t.Context(), "test", old, false); bot.CodeOf(err) != bot.Conflict {
			t.Fatal(err)
		}
		now, err := d.Redraft(t.Context(), old)
		if err != nil || names(now.Joins) != "A12委员12" || now.Size != 12 {
			t.Errorf("%+v, %v", now, err)
		}
		if done, err := d.ApplyRoster(t.Context(), "test", now, false); err != nil || done.Added != 1 {
			t.Errorf("%+v, %v", done, err)
		}
	})
}
