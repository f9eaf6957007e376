package staff_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/staff"
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

// Questions belong together that have two fifths of their pairs of letters in
// common, whatever their width, case and marks; of several kinds the nearest is
// theirs.
func TestClusterAlike(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ questions, want []string }{
		{[]string{"甲乙丙丁", "甲乙丙戊己"}, []string{"甲乙丙丁 2"}},                            // 2 of 5
		{[]string{"甲乙丙丁", "甲乙丙戊己庚"}, []string{"甲乙丙戊己庚 1", "甲乙丙丁 1"}},               // 2 of 6; the last comes first
		{[]string{"ＷｉＦｉ密码？", "wifi 密码"}, []string{"ＷｉＦｉ密码？ 2"}},                    // the same
		{[]string{"水", "水", "火"}, []string{"水 2", "火 1"}},                          // of one letter
		{[]string{"甲乙丙丁戊己", "丁戊己庚辛壬", "丙丁戊己庚辛"}, []string{"丁戊己庚辛壬 2", "甲乙丙丁戊己 1"}}, // 4 of 6, not 3 of 7
		{[]string{"丁戊己庚辛壬", "甲乙丙丁戊己", "丙丁戊己庚辛"}, []string{"丁戊己庚辛壬 2", "甲乙丙丁戊己 1"}},
	} {
		var list []ledger.Asked
		for i, q := range tt.questions {
			list = append(list, ledger.Asked{At: time.UnixMilli(int64(i)), Outcome: ledger.AskedNone, Question: q})
		}
		var got []string
		for _, c := range staff.ClusterAsked(list) {
			got = append(got, fmt.Sprint(c.Question, " ", c.Count))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.questions, got, tt.want)
		}
	}
}

// At most three other wordings of a question are kept, each once.
func TestClusterOthers(t *testing.T) {
	t.Parallel()
	var list []ledger.Asked
	for _, q := range []string{"食堂几点开饭", "食堂几点开饭", "食堂几点开饭呢", "食堂几点开饭呢", "食堂几点开饭啊", "食堂几点开饭吗", "食堂几点开饭吧"} {
		list = append(list, ledger.Asked{Question: q})
	}
	got := staff.ClusterAsked(list)
	if len(got) != 1 || got[0].Count != 7 || !slices.Equal(got[0].Others, []string{"食堂几点开饭呢", "食堂几点开饭啊", "食堂几点开饭吗"}) {
		t.Errorf("%+v", got)
	}
}
