package staff_test

import (
	"fmt"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"strings"
	"testing"
	"time"
)

func TestClusterAsked(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	var list []ledger.Asked
	for i, q := range []string{
		"食堂几点开饭", "停车位怎么申请", "食堂几点开饭？", "请问食堂几点开饭", "？", "停车位怎么申请呢", "今天食堂几点开饭", "体检", "体检", "体检",
	} {
		outcome := ledger.AskedNone
		if i == 5 {
			outcome = ledger.AskedChoices
		}
		list = append(list, ledger.Asked{At: day.AddDate(0, 0, i), Outcome: outcome, Question: q})
	}
	var got []string
	for _, c := range staff.ClusterAsked(list) {
		got = append(got, fmt.Sprintf("%s %d %v %d-%d %v", c.Question, c.Count, c.Found, c.First.Day(), c.Last.Day(), c.Others))
	}
	want := []string{
		"食堂几点开饭 4 false 1-7 [食堂几点开饭？ 请问食堂几点开饭 今天食堂几点开饭]",
		"体检 3 false 8-10 []",
		"停车位怎么申请 2 true 2-6 [停车位怎么申请呢]",
		"？ 1 false 5-5 []",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if got := staff.ClusterAsked(nil); len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

// Each cluster says what to do about it; an answer of no use goes before all
// else.
func TestClusterNext(t *testing.T) {
	t.Parallel()
	for want, outcomes := range map[string][]string{
		"没有查到：制度里有的":               {ledger.AskedNone, ledger.AskedNone},
		"有相近条文：是其中一条的":             {ledger.AskedNone, ledger.AskedChoices},
		"答的是 ti-an#5，有人说没用：看该答哪一条": {ledger.AskedUseless, ledger.AskedChoices, ledger.AskedUseless},
	} {
		var list []ledger.Asked
		for _, o := range outcomes {
			q := ledger.Asked{Outcome: o, Question: "提案何时截止"}
			if o == ledger.AskedUseless {
				q.Cite = "ti-an#5"
			}
			list = append(list, q)
		}
		got := staff.ClusterAsked(list)
		if len(got) != 1 || got[0].Count != len(outcomes) || !strings.HasPrefix(got[0].Next(), want) {
			t.Errorf("%v: %+v, %s", outcomes, got, got[0].Next())
		}
	}
}
