package ledger_test

import (
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

var noon = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func push(target string) ledger.Push {
	return ledger.Push{
		Name: "story", Date: "2026-12-01", Due: noon, Until: noon.Add(time.Hour), Target: target,
		Content: "story", ContentID: "baozheng", Title: "包拯不持一砚",
	}
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

// bare is what a ledger holds without where its audit ends.
func bare(s ledger.Summary) ledger.Summary {
	s.Head = ledger.Head{}
	return s
}
