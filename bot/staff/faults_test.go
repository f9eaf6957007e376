package staff_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// desk is a desk on a ledger of its own, with two members, one of them with a
// number in full width, and a push of which nothing is ever planned.
func desk(t *testing.T) *staff.Desk {
	t.Helper()
	l, err := ledger.Open(t.Context(), ledger.Source{File: filepath.Join(t.TempDir(), "ledger.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	calendar, err := day.NewCalendar("")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	d := staff.New(&staff.Desk{Ledger: l, Library: day.Fixed(&corpus.Corpus{}), Location: time.UTC, Now: func() time.Time { return now }})
	d.Schedule = &day.Schedule{
		Location: time.UTC, Calendar: calendar, Library: d.Library, Ledger: l, Reviewer: d.Reviewer,
		Specs: []day.PushSpec{{Name: "jieri", Content: day.NoticeContent, Window: time.Hour, Targets: []string{"group:甲"}}},
	}
	list := []ledger.Member{{Number: "A01", Name: "张三"}, {Number: "Ａ０２", Name: "李四"}, {Number: "S01", Name: "王五", Staff: true}}
	if _, err := l.ImportMembers(t.Context(), list, "2026-11-01", "test", now); err != nil {
		t.Fatal(err)
	}
	return d
}

// A number is found in whatever width and case it is typed, and one member's
// alone.
func TestDeskNumbersByKey(t *testing.T) {
	d := desk(t)
	for said, want := range map[string]string{"A01": "A01", "ａ０１": "A01", " a01": "A01", "A02": "Ａ０２", "Ａ０２": "Ａ０２", "a 02": "Ａ０２"} {
		m, err := d.Excuse(t.Context(), "test", said, "2026-12-02", "2026-12-02", "")
		if err != nil || m.Number != want {
			t.Errorf("%q: %+v, %v", said, m, err)
		}
		codes, err := d.Codes(t.Context(), "test", []string{said}, 30)
		if err != nil || len(codes) != 1 || codes[0].Member.Number != want {
			t.Errorf("a code for %q: %+v, %v", said, codes, err)
		}
		if _, err := d.Correct(t.Context(), "test", said, "2026-12-01", ledger.Took, "理由"); err == nil || !strings.Contains(err.Error(), "没有每日一题") {
			t.Errorf("correct %q: %v", said, err)
		}
	}
	for _, said := range []string{"A1", "A03", "", "A0 3"} {
		if m, err := d.OnRoster(t.Context(), said); err == nil {
			t.Errorf("%q is %+v", said, m)
		}
	}
	both := []ledger.Member{{Number: "a01", Name: "甲"}, {Number: "A01", Name: "乙"}}
	if _, err := d.Ledger.ImportMembers(t.Context(), both, "2026-11-01", "test", d.Now()); err != nil {
		t.Fatal(err)
	}
	if m, err := d.OnRoster(t.Context(), "a01"); err != nil || m.Name != "甲" {
		t.Errorf("as it is written: %+v, %v", m, err)
	}
	if m, err := d.OnRoster(t.Context(), "Ａ０１"); err == nil {
		t.Errorf("of two it is %+v", m)
	}
}

// A push of which nothing is planned can be paused all the same, by a name that
// is spelt as people spell.
func TestDeskPauseWithoutPlan(t *testing.T) {
	d := desk(t)
	for _, said := range []string{"jieri", "Jieri", "ｊｉｅｒｉ", "“jieri”", "jieri。"} {
		if err := d.Pause(t.Context(), "test", said); err != nil {
			t.Errorf("pause %q: %v", said, err)
		}
		if paused, err := d.Ledger.Paused(t.Context()); err != nil || len(paused) != 1 || paused[0] != "jieri" {
			t.Errorf("after %q paused are %v, %v", said, paused, err)
		}
		if done, err := d.Skip(t.Context(), "test", said); err != nil || done != (staff.Skipped{}) {
			t.Errorf("skip %q: %+v, %v", said, done, err)
		}
		if err := d.Resume(t.Context(), "test", said); err != nil {
			t.Errorf("resume %q: %v", said, err)
		}
		if paused, err := d.Ledger.Paused(t.Context()); err != nil || len(paused) != 0 {
			t.Errorf("paused are still %v, %v", paused, err)
		}
	}
	for said, want := range map[string]string{"": "请写上推送的名称", "“”": "请写上推送的名称", " ": "请写上推送的名称", "jie": "没有叫“jie”的推送。名称有：jieri"} {
		if err := d.Pause(t.Context(), "test", said); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("pause %q: %v", said, err)
		}
	}
}

// What an earlier version has kept of binding codes is not shown.
func TestFault11UnansweredHidesCodes(t *testing.T) {
	d := desk(t)
	for _, q := range []string{"绑定K7QM3XWP", "我的绑定码是k7qm-3xwp", "食堂几点开饭"} {
		if err := d.Ledger.Ask(t.Context(), ledger.Asked{At: d.Now(), Outcome: ledger.AskedNone, Question: q}); err != nil {
			t.Fatal(err)
		}
	}
	u, err := d.Unanswered(t.Context(), 30)
	if err != nil || len(u.Clusters) != 1 || u.Clusters[0].Question != "食堂几点开饭" {
		t.Errorf("%+v, %v", u.Clusters, err)
	}
}

// Days that two leaves cover are out of the count once.
func TestDeskOverlappingLeave(t *testing.T) {
	d := desk(t)
	for _, day := range []corpus.Date{"2026-12-02", "2026-12-03", "2026-12-04"} {
		opened := d.Now()
		if _, err := d.Ledger.OpenRound(t.Context(), ledger.Round{Day: day, Opened: opened, Closes: opened.AddDate(0, 0, 7)}); err != nil {
			t.Fatal(err)
		}
	}
	for _, span := range [][2]corpus.Date{{"2026-12-01", "2026-12-03"}, {"2026-12-02", "2026-12-03"}, {"2026-12-02", "2026-12-03"}} {
		if _, err := d.Excuse(t.Context(), "test", "A01", span[0], span[1], "出差"); err != nil {
			t.Fatal(err)
		}
	}
	table, err := d.Ledger.Tally(t.Context(), "2026-12-01", "2026-12-31", d.Now().AddDate(0, 1, 0))
	if err != nil || table.Rows[0].Counts != (ledger.Counts{Excused: 2, Absent: 1}) {
		t.Errorf("%+v, %v", table.Rows, err)
	}
}
