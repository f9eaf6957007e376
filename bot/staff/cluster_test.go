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
	for _, c := range staff.ClusterAsked(staff.Heard{Asked: list}) {
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
	if got := staff.ClusterAsked(staff.Heard{}); len(got) != 0 {
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
		got := staff.ClusterAsked(staff.Heard{Asked: list})
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
		for _, c := range staff.ClusterAsked(staff.Heard{Asked: list}) {
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
	got := staff.ClusterAsked(staff.Heard{Asked: list})
	if len(got) != 1 || got[0].Count != 7 || !slices.Equal(got[0].Others, []string{"食堂几点开饭呢", "食堂几点开饭啊", "食堂几点开饭吗"}) {
		t.Errorf("%+v", got)
	}
}

// What was chosen after a question is counted with it; what more than half chose is
// proposed. One who goes on from an answer is curious, two are a question.
func TestClusterChosen(t *testing.T) {
	t.Parallel()
	asked := []ledger.Asked{{Question: "食堂几点开饭", Outcome: ledger.AskedNone}, {Question: "停车位怎么申请", Outcome: ledger.AskedChoices}}
	chosen := func(question, outcome string, cites ...string) (list []ledger.Chosen) {
		for i, cite := range cites {
			list = append(list, ledger.Chosen{Question: question, Outcome: outcome, Cite: cite, Asker: string(rune('a' + i))})
		}
		return list
	}
	for _, tt := range []struct {
		name   string
		chosen []ledger.Chosen
		want   string
	}{
		{"nothing", nil, "食堂几点开饭 1 []  停车位怎么申请 1 [] "},
		{"most", chosen("食堂几点开饭？", ledger.AskedNone, "a#1", "b#2", "b#2"), "食堂几点开饭 1 [{b#2 2} {a#1 1}] b#2 停车位怎么申请 1 [] "},
		{"half", chosen("食堂几点开饭", ledger.AskedNone, "a#1", "b#2"), "食堂几点开饭 1 [{a#1 1} {b#2 1}]  停车位怎么申请 1 [] "},
		{"after an answer", chosen("出差补助多少", ledger.AskedAnswered, "a#1"), "食堂几点开饭 1 []  停车位怎么申请 1 [] "},
		{"of two", chosen("出差补助多少", ledger.AskedAnswered, "a#1", "a#1"), "出差补助多少 2 [{a#1 2}] a#1 食堂几点开饭 1 []  停车位怎么申请 1 [] "},
		{"of one twice", []ledger.Chosen{chosen("出差补助多少", ledger.AskedAnswered, "a#1")[0], chosen("出差补助多少", ledger.AskedAnswered, "a#2")[0]}, "食堂几点开饭 1 []  停车位怎么申请 1 [] "},
		{"of one, of what was asked in vain", chosen("停车位怎么申请", ledger.AskedAnswered, "a#1"), "停车位怎么申请 2 [{a#1 1}] a#1 食堂几点开饭 1 [] "},
	} {
		var got []string
		for i, c := range staff.ClusterAsked(staff.Heard{Asked: asked, Chosen: tt.chosen}) {
			got = append(got, fmt.Sprint(c.Question, " ", c.Count, " ", c.Chosen, " ", c.Proposed()))
			if c.Number != i+1 {
				t.Errorf("%s: %d has number %d", tt.name, i, c.Number)
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %s", tt.name, strings.Join(got, " "))
		}
	}
	c := staff.Cluster{Found: true, Chosen: []staff.Choice{{Cite: "a#1", Count: 2}, {Cite: "b#2", Count: 1}}}
	if got := c.Next(); got != "有相近条文：是其中一条的，给它补问法；后来看的是 a#1（2 次）、b#2（1 次）" {
		t.Error(got)
	}
}

// What was settled is settled until it is asked again in vain, a moment after: then
// the list has what came since, with what was done before, and its number as it was.
func TestClusterSettled(t *testing.T) {
	t.Parallel()
	done := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	before := []ledger.Asked{
		{At: done.Add(-3 * time.Hour), Question: "请问食堂几点开饭", Outcome: ledger.AskedChoices}, {At: done.Add(-2 * time.Hour), Question: "食堂几点开饭", Cite: "a#1"},
		{At: done.Add(-time.Hour), Question: "停车位怎么申请"},
	}
	settled := func(question string) ledger.Settlement {
		return ledger.Settlement{Number: 7, At: done, Question: question}
	}
	looks := func(n int) (list []ledger.Chosen) {
		for i := range n {
			list = append(list, ledger.Chosen{At: done.Add(time.Hour), Question: "食堂几点开饭", Outcome: ledger.AskedAnswered, Cite: "b#1", Asker: fmt.Sprint(i)})
		}
		return list
	}
	for _, tt := range []struct {
		name   string
		later  []ledger.Asked
		chosen []ledger.Chosen
		of     string
		want   string // number, question, count
	}{
		{"settled", nil, nil, "请问食堂几点开饭", "1 请问食堂几点开饭 0, 2 停车位怎么申请 1"},
		{"the other", nil, nil, "停车位怎么申请", "1 请问食堂几点开饭 2 [食堂几点开饭], 2 停车位怎么申请 0"},
		{"by another wording", nil, nil, "食堂几点开饭", "1 食堂几点开饭 0, 2 停车位怎么申请 1"},
		{"before the library is read", []ledger.Asked{{At: done.Add(staff.TakesEffect), Question: "食堂几点开饭啊"}}, nil, "请问食堂几点开饭", "1 请问食堂几点开饭 0, 2 停车位怎么申请 1"},
		{"again", []ledger.Asked{{At: done.Add(staff.TakesEffect + time.Millisecond), Question: "食堂几点开饭啊"}}, nil, "请问食堂几点开饭", "1 请问食堂几点开饭 1 [食堂几点开饭啊], 2 停车位怎么申请 1"},
		{"one who looks on", nil, looks(1), "请问食堂几点开饭", "1 请问食堂几点开饭 0, 2 停车位怎么申请 1"},
		{"two", nil, looks(2), "请问食堂几点开饭", "1 请问食堂几点开饭 2 [食堂几点开饭], 2 停车位怎么申请 1"},
		{"what nobody asks any more", nil, nil, "体检在哪里", "1 请问食堂几点开饭 2 [食堂几点开饭], 2 停车位怎么申请 1"},
	} {
		var got []string
		for _, c := range staff.ClusterAsked(staff.Heard{Asked: slices.Concat(before, tt.later), Chosen: tt.chosen, Settled: []ledger.Settlement{settled("老问题"), settled(tt.of)}}) {
			line := fmt.Sprint(c.Number, " ", c.Question, " ", c.Count)
			if c.Count > 0 && len(c.Others) > 0 {
				line += fmt.Sprint(" ", c.Others)
			}
			if c.Before != nil && c.Count > 0 && (c.Found != (tt.chosen != nil) || c.Useless != nil || c.First.Before(done)) {
				t.Errorf("%s: %+v has what was settled", tt.name, c)
			}
			got = append(got, line)
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: %s", tt.name, strings.Join(got, ", "))
		}
	}
}
