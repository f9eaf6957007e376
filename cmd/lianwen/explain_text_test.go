package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

// daily are the settings of a push on every day, to be approved.
func daily(name string) []day.PushSpec {
	return []day.PushSpec{{Name: name, Content: name, At: 8 * time.Hour, Window: time.Hour, Targets: []string{"group:甲"}, Approval: true}}
}

// A figure of days that are closed is told as it was closed beside what it is now; of
// others there is no such figure.
func TestExplainedClosed(t *testing.T) {
	t.Parallel()
	e := staff.Explanation{
		Subject: "张三的应参", From: "2026-01-01", To: "2026-03-31", Counts: ledger.Counts{Took: 2, Absent: 1, Excused: 4},
		People: []staff.Explained{{Member: ledger.Member{Number: "A01", Name: "张三"}, Lines: []staff.Line{{Day: "2026-01-02", Question: "题", Standing: ledger.Took, Counted: true, State: "参", Source: "答题第3条"}}}},
	}
	j := explainedJSON(e)
	if j.Closed != nil || j.Counts != (jsonCounts{3, 2, 4, 1}) || len(j.People) != 1 || !slices.Equal(j.People[0].Rounds, []jsonRound{{"2026-01-02", "题", string(ledger.Took), true, "答题第3条"}}) {
		t.Errorf("%+v", j)
	}
	if text := explainedText(e); strings.Contains(text, "已定稿") || !strings.Contains(text, "1 人：\n应参 3、实参 2、请假 4、未参 1") {
		t.Error(text)
	}
	e.Closed, e.ClosedCounts = "2026-1", ledger.Counts{Took: 1, Absent: 2}
	if j = explainedJSON(e); j.Closed == nil || *j.Closed != (jsonClosedCounts{"2026-1", jsonCounts{3, 1, 0, 2}}) {
		t.Errorf("%+v", j.Closed)
	}
	if text := explainedText(e); !strings.Contains(text, "已定稿（2026-1），报表上是定稿时的数字：\n应参 3、实参 1、请假 0、未参 2；") {
		t.Error(text)
	}
}
