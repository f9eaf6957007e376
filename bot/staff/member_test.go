package staff_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/office"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

const roster = "编号,姓名,界别,专委会,身份\nA01,张三,科技界,,委员\nA03,赵六,,,委员\nA04,钱七,,,委员\nS01,王五,,,工作人员\n"

// A roster holds from today on, all of it or none.
func TestImportRoster(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		bad := roster + "A05,,,,委员\n"
		var form *office.FormError
		if draft, err := r.desk.DraftRoster(t.Context(), []byte(bad)); !errors.As(err, &form) || draft.Size != 0 {
			t.Errorf("a bad one: %+v, %v", draft, err)
		}
		r.did()
		draft, err := r.desk.DraftRoster(t.Context(), []byte(roster))
		r.must(err)
		r.did() // looked at, and not done
		done, err := r.desk.ApplyRoster(t.Context(), boss, draft, false)
		if want := (ledger.RosterChange{Added: 1, Changed: 2, Left: 1}); err != nil || draft.Size != 4 || done != want {
			t.Errorf("%d, %+v, %v", draft.Size, done, err)
		}
		r.did("staff S01: roster import 1 added, 2 changed, 1 left")
		members, err := r.desk.Ledger.Members(t.Context())
		r.must(err)
		var got []string
		for _, m := range members {
			got = append(got, fmt.Sprintf("%s %s %s-%s", m.Number, m.Sector, m.Joined, m.Left))
		}
		want := []string{"A01 科技界 2026-11-01-", "A02  2026-11-01-2026-12-01", "A03  2026-12-01-", "A04  2026-12-01-", "S01  2026-11-01-"}
		if !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
	})
}

// Leave is for members in the count, for days that are not counted yet, not for
// longer than a quarter and not further than a year ahead.
func TestExcuse(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		for _, tt := range []struct {
			number   string
			from, to corpus.Date
			code     bot.Code
			says     string
		}{
			{"A01", "2026-12-01", "2026-12-01", 0, ""},
			{"A01", "2026-11-24", "2026-11-24", 0, ""}, // its round closes today
			{"A01", "2026-11-23", "2026-11-23", bot.Conflict, "2026年11月24日以前的题已经截止"},
			{"A01", "2026-11-23", "2026-12-31", bot.Conflict, "请由工作人员更正"},
			{"A01", "2026-12-02", "2026-12-01", bot.Invalid, "2026年12月1日在2026年12月2日之前"},
			{"A01", "2026-11-20", "2026-11-01", bot.Invalid, "2026年11月1日在2026年11月20日之前"},
			{"A01", "2026-12-01", "2027-03-02", 0, ""}, // 92 days
			{"A01", "2026-12-01", "2027-03-03", bot.Invalid, "一次最多请 92 天"},
			{"A01", "2027-09-02", "2027-12-02", 0, ""}, // the last day is 366 days ahead
			{"A01", "2027-12-02", "2027-12-02", 0, ""},
			{"A01", "2027-12-03", "2027-12-03", bot.Invalid, "最多请到一年以内（2027年12月2日）"},
			{"A01", "2026-12-01", "2027-12-03", bot.Invalid, "最多请到一年以内"},
			{"A02", "2026-12-01", "2026-12-02", 0, ""},
			{"A03", "2026-12-01", "2026-12-01", bot.NotFound, "没有在册的编号 A03"},
			{"A99", "2026-12-01", "2026-12-01", bot.NotFound, "没有在册的编号 A99"},
			{"", "2026-12-01", "2026-12-01", bot.NotFound, "没有在册的编号"},
			{"S01", "2026-12-01", "2026-12-01", bot.Invalid, "王五（S01）是工作人员"},
		} {
			what := fmt.Sprint(tt.number, " ", tt.from, " ", tt.to)
			m, err := r.desk.Excuse(t.Context(), boss, tt.number, tt.from, tt.to, "出差")
			r.refused(what, err, tt.code, tt.says)
			leaves, err := r.desk.Ledger.Excuses(t.Context(), tt.from, tt.to)
			r.must(err)
			if tt.says != "" {
				r.did()
				continue
			}
			want := ledger.Leave{Member: tt.number, From: tt.from, To: tt.to, Reason: "出差", Actor: boss}
			if m.Number != tt.number || len(leaves) == 0 || leaves[len(leaves)-1] != want {
				t.Errorf("%s: %+v, %+v", what, m, leaves)
			}
			r.did("staff S01: excuse " + what)
		}
	})
}

// A leave that begins on a day within the limits is refused all the same once that
// day's round has closed, to the minute.
func TestExcuseOfClosedRound(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		open := func(day corpus.Date, closes time.Time) {
			_, err := r.desk.Ledger.OpenRound(t.Context(), ledger.Round{Day: day, Question: *r.corpus.Questions[0], Opened: closes.AddDate(0, 0, -7), Closes: closes})
			r.must(err)
		}
		open("2026-11-24", r.now)
		open("2026-11-25", r.now.Add(time.Minute))
		_, err := r.desk.Excuse(t.Context(), boss, "A01", "2026-11-24", "2026-11-25", "出差")
		r.refused("closed", err, bot.Conflict, "2026年11月24日的题已经截止")
		_, err = r.desk.TakeBack(t.Context(), boss, "A01", "2026-11-24", "2026-11-24")
		r.refused("closed, back", err, bot.Conflict, "2026年11月24日的题已经截止")
		r.did()
		_, err = r.desk.Excuse(t.Context(), boss, "A01", "2026-11-25", "2026-11-25", "出差")
		r.must(err)
		r.did("staff S01: excuse A01 2026-11-25 2026-11-25")
	})
}

// What was given can be taken back under the same limits, where there is
// something to take back.
func TestTakeBack(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		_, err := r.desk.Excuse(t.Context(), boss, "A01", "2026-12-03", "2026-12-10", "出差")
		r.must(err)
		r.deeds++
		for _, tt := range []struct {
			number   string
			from, to corpus.Date
			code     bot.Code
			says     string
		}{
			{"A01", "2026-12-11", "2026-12-12", bot.NotFound, "张三（A01）2026年12月11日至2026年12月12日没有请假"},
			{"A02", "2026-12-03", "2026-12-03", bot.NotFound, "李四（A02）2026年12月3日没有请假"},
			{"A01", "2026-11-23", "2026-12-10", bot.Conflict, "已经截止"},
			{"A01", "2026-12-01", "2027-12-03", bot.Invalid, "一年以内"},
			{"A01", "2026-12-01", "2027-03-03", bot.Invalid, "92 天"},
			{"A01", "2026-12-09", "2026-12-08", bot.Invalid, "之前"},
			{"A03", "2026-12-03", "2026-12-03", bot.NotFound, "没有在册的编号 A03"},
			{"S01", "2026-12-03", "2026-12-03", bot.Invalid, "工作人员"},
			{"A01", "2026-12-05", "2026-12-06", 0, ""},
			{"A01", "2026-12-05", "2026-12-06", bot.NotFound, "没有请假"},
			{"A01", "2026-11-24", "2026-12-04", 0, ""},
		} {
			what := fmt.Sprint(tt.number, " ", tt.from, " ", tt.to)
			m, err := r.desk.TakeBack(t.Context(), boss, tt.number, tt.from, tt.to)
			r.refused(what, err, tt.code, tt.says)
			if err != nil {
				r.did()
				continue
			}
			if m.Number != tt.number {
				t.Errorf("%s: %+v", what, m)
			}
			r.did("staff S01: take leave back " + what)
		}
		leaves, err := r.desk.Ledger.Excuses(t.Context(), "2026-12-01", "2026-12-31")
		r.must(err)
		for day, want := range map[corpus.Date]bool{"2026-12-03": false, "2026-12-04": false, "2026-12-05": false, "2026-12-07": true, "2026-12-10": true} {
			if ledger.OnLeave(leaves, "A01", day) != want {
				t.Errorf("on leave on %s: %v", day, !want)
			}
		}
	})
}

// A correction needs a reason, a round and a member, who may have left since.
func TestCorrect(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		_, err := r.desk.Ledger.OpenRound(t.Context(), ledger.Round{Day: "2026-11-10", Question: *r.corpus.Questions[0], Opened: r.now.AddDate(0, 0, -21), Closes: r.now.AddDate(0, 0, -14)})
		r.must(err)
		for _, tt := range []struct {
			number, day, reason string
			code                bot.Code
			says                string
		}{
			{"A01", "2026-11-10", "", bot.Invalid, "请写上理由"},
			{"A01", "2026-11-10", " \n　", bot.Invalid, "请写上理由"},
			{"A99", "2026-11-10", "故障", bot.NotFound, "花名册里没有编号 A99"},
			{"S01", "2026-11-10", "故障", bot.Invalid, "王五（S01）是工作人员"},
			{"A01", "2026-11-11", "故障", bot.NotFound, "2026年11月11日没有每日一题"},
			{"A01", "2026-11-10", " 微信故障 ", 0, ""},
			{"A03", "2026-11-10", "微信故障", 0, ""}, // was there then
		} {
			what := fmt.Sprint(tt.number, " ", tt.day, " ", tt.reason)
			m, err := r.desk.Correct(t.Context(), boss, tt.number, corpus.Date(tt.day), ledger.Took, tt.reason)
			r.refused(what, err, tt.code, tt.says)
			if err != nil {
				r.did()
				continue
			}
			if m.Number != tt.number {
				t.Errorf("%s: %+v", what, m)
			}
			r.did("staff S01: correct 2026-11-10 " + tt.number + " took: 微信故障")
		}
		table, err := r.desk.Participation(t.Context(), "2026-11-01", "2026-11-30")
		r.must(err)
		if got := table.Total(); got != (ledger.Counts{Took: 2, Absent: 1}) || table.Corrections[0].Reason != "微信故障" || table.Corrections[0].Actor != boss {
			t.Errorf("%+v, %+v", got, table.Corrections)
		}
	})
}

// The four standings in words are the four that a correction may give.
func TestStandings(t *testing.T) {
	t.Parallel()
	want := map[string]ledger.Participation{"实参": "took", "请假": "excused", "未参": "absent", "不计": ""}
	if len(staff.Standings) != len(want) {
		t.Errorf("%v", staff.Standings)
	}
	for word, standing := range want {
		if got, ok := staff.Standings[word]; !ok || got != standing {
			t.Errorf("%s is %q", word, got)
		}
	}
}

func TestDateRange(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ from, to, says string }{
		{"2026-12-01", "2026-12-01", ""}, {"2026-12-01", "2027-01-01", ""},
		{"2026-12-02", "2026-12-01", "结束日期 2026-12-01 在开始日期 2026-12-02 之前"},
		{"2026-2-1", "2026-12-01", `"2026-2-1" 不是日期`}, {"2026-02-01", "2026-02-30", `"2026-02-30" 不是日期`}, {"", "2026-12-01", `还没有写日期`},
	} {
		from, to, err := staff.DateRange(tt.from, tt.to)
		if tt.says != "" {
			if bot.CodeOf(err) != bot.Invalid || !strings.Contains(err.Error(), tt.says) || from != "" || to != "" {
				t.Errorf("%s to %s: %s, %s, %v", tt.from, tt.to, from, to, err)
			}
		} else if err != nil || string(from) != tt.from || string(to) != tt.to {
			t.Errorf("%s to %s: %s, %s, %v", tt.from, tt.to, from, to, err)
		}
	}
	if got := staff.Span("2026-12-01", "2026-12-01"); got != "2026年12月1日" {
		t.Errorf("a day is %s", got)
	}
	if got := staff.Span("2026-12-01", "2026-12-02"); got != "2026年12月1日至2026年12月2日" {
		t.Errorf("two days are %s", got)
	}
}
