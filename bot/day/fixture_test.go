package day_test

import (
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

var noon = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// imported is a ledger with a small roster.
func imported(t *testing.T, w ledgertest.Where) *ledger.Ledger {
	t.Helper()
	l := w.Open(t)
	_, err := l.ImportMembers(t.Context(), []ledger.Member{
		{Number: "A01", Name: "张三", Sector: "教育界", Committee: "提案委"},
		{Number: "A02", Name: "李四", Sector: "经济界", Committee: "经济委"},
		{Number: "S01", Name: "王五", Staff: true},
	}, "2026-12-01", "staff", noon)
	must(t, err)
	return l
}
