package staff_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/office"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

const activities = "日期,类别,名称,参加人\n2026-11-10,会议,常委会会议,全体\n2026-12-10,会议,主席会议,A01、S01\n"

// inActivities is who is recorded for what.
func (r *room) inActivities() (list []string) {
	r.t.Helper()
	all, err := r.desk.Activities(r.t.Context(), "2026-11-01", "2026-12-31")
	r.must(err)
	for _, a := range all {
		list = append(list, fmt.Sprintf("%s %s: %s", a.Date, staff.ActivityName(a), strings.Join(a.Members, " ")))
	}
	return list
}

func (r *room) draftActivities(content string) staff.ActivityDraft {
	r.t.Helper()
	draft, err := r.desk.DraftActivities(r.t.Context(), []byte(content))
	r.must(err)
	return draft
}

// Activities are looked at before they are recorded for those who were there then,
// all of them or none.
func TestApplyActivities(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		var form *office.FormError
		if got, err := r.desk.DraftActivities(t.Context(), []byte(activities+"2026-12-11,会议,主席会议,A99\n")); !errors.As(err, &form) || got.Size != 0 {
			t.Errorf("a bad one: %+v, %v", got, err)
		}
		draft := r.draftActivities(activities)
		if draft.Size != 2 || len(draft.Adds) != 2 || len(draft.Changes)+len(draft.Strikes)+draft.Same != 0 {
			t.Errorf("%+v", draft)
		}
		r.did()
		done, err := r.desk.ApplyActivities(t.Context(), boss, draft)
		if want := (ledger.ActivityChange{Added: 2}); err != nil || done != want {
			t.Errorf("%+v, %v", done, err)
		}
		r.did("staff S01: activity import 2 added, 0 changed, 0 struck")
		want := []string{"2026-11-10 常委会会议: A01 A02 A03", "2026-12-10 主席会议: A01 S01"}
		if got := r.inActivities(); !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
		_, err = r.desk.ApplyActivities(t.Context(), boss, draft)
		r.refused("a second time", err, bot.Conflict, "刚才活动又有改动")
		r.did()
		again, err := r.desk.RedraftActivities(t.Context(), draft)
		r.must(err)
		if _, err = r.desk.ApplyActivities(t.Context(), boss, again); err != nil || again.Same != 2 || again.Size != 2 {
			t.Errorf("as it is now: %+v, %v", again, err)
		}
		r.did("staff S01: activity import 0 added, 0 changed, 0 struck")

		draft = r.draftActivities("日期,类别,名称,参加人\n2026-11-10,会议,常委会会议,A03、A02、A01\n2026-12-10,会议,主席会议,李四、S01\n2026-12-11,参观,展览,取消\n2026-12-12,谈话,x,A01\n")
		if len(draft.Adds) != 1 || draft.Same != 1 || len(draft.Strikes) != 0 || len(draft.Changes) != 1 ||
			!slices.Equal(draft.Changes[0].Added(), []string{"A02"}) || !slices.Equal(draft.Changes[0].Dropped(), []string{"A01"}) {
			t.Errorf("%+v", draft)
		}
		if notes := strings.Join(draft.Notes, "|"); notes != "参加人写的是姓名，按花名册认作：李四（A02）。" || len(draft.Gone) != 1 || draft.Gone[0].Title != "展览" {
			t.Errorf("%s", notes)
		}
		_, err = r.desk.ApplyActivities(t.Context(), boss, draft)
		r.must(err)
		r.did("staff S01: activity import 1 added, 1 changed, 0 struck")
		draft = r.draftActivities("日期,类别,名称,参加人\n2026-12-12,谈话,,取消\n")
		if len(draft.Strikes) != 1 || !slices.Equal(draft.Strikes[0].Members, []string{"A01"}) || staff.ActivityName(draft.Strikes[0]) != "谈话" {
			t.Errorf("%+v", draft)
		}
	})
}

// What is struck out is gone once, and only what was named.
func TestStrikeActivity(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		_, err := r.desk.ApplyActivities(t.Context(), boss, r.draftActivities(activities))
		r.must(err)
		r.deeds++
		for _, tt := range []struct {
			day         corpus.Date
			kind, title string
			says        string
		}{
			{"2026-11-10", "会议", "主席会议", "没有这项活动"},
			{"2026-11-11", "会议", "常委会会议", "没有这项活动"},
			{"2026-11-10", "参观", "常委会会议", "没有这项活动"},
			{"2026-11-10", "会议", "常委会会议", ""},
			{"2026-11-10", "会议", "常委会会议", "可能刚才已经取消"},
		} {
			err := r.desk.StrikeActivity(t.Context(), boss, tt.day, tt.kind, tt.title)
			if tt.says == "" {
				r.must(err)
				r.did("staff S01: activity import 0 added, 0 changed, 1 struck")
				continue
			}
			r.refused(fmt.Sprint(tt), err, bot.NotFound, tt.says)
			r.did()
		}
		if got := r.inActivities(); !slices.Equal(got, []string{"2026-12-10 主席会议: A01 S01"}) {
			t.Errorf("%q", got)
		}
	})
}
