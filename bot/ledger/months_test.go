package ledger_test

import (
	"fmt"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// The months of a table are those that have rounds, begin and end within its days, and
// add up to it.
func TestMonths(t *testing.T) {
	t.Parallel()
	const took, excused, absent, off = ledger.Took, ledger.Excused, ledger.Absent, ledger.NotDue
	rounds := []corpus.Date{"2026-01-31", "2026-02-01", "2026-02-28", "2026-12-31", "2027-01-01"}
	table := ledger.Table{From: "2026-01-10", To: "2027-01-20", Open: 1, Void: 2, Rows: []ledger.Row{
		{Member: ledger.Member{Number: "A01", Sector: "教育界"}, Counts: ledger.Counts{Took: 3, Excused: 1, Absent: 1}, Rounds: []ledger.Participation{took, absent, took, excused, took}},
		{Member: ledger.Member{Number: "A02"}, Counts: ledger.Counts{Took: 1, Absent: 1}, Rounds: []ledger.Participation{off, took, off, off, absent}},
	}}
	for _, day := range rounds {
		table.Rounds = append(table.Rounds, ledger.Round{Day: day})
	}
	table.Corrections = []ledger.Correction{{Round: "2026-02-28", Member: "A01", Standing: took}, {Round: "2026-12-31", Member: "A01", Standing: excused}}
	var got []string
	var sum ledger.Counts
	for _, m := range table.Months() {
		c := m.Total()
		sum = ledger.Counts{Took: sum.Took + c.Took, Excused: sum.Excused + c.Excused, Absent: sum.Absent + c.Absent}
		got = append(got, fmt.Sprintf("%s..%s %d rounds %v, %d rows, %d corrections", m.From, m.To, len(m.Rounds), c, len(m.Rows), len(m.Corrections)))
	}
	want := []string{
		"2026-01-10..2026-01-31 1 rounds {1 0 0}, 2 rows, 0 corrections", "2026-02-01..2026-02-28 2 rounds {2 0 1}, 2 rows, 1 corrections",
		"2026-12-01..2026-12-31 1 rounds {0 1 0}, 2 rows, 1 corrections", "2027-01-01..2027-01-20 1 rounds {1 0 1}, 2 rows, 0 corrections",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if sum != table.Total() {
		t.Errorf("the months add up to %v, the table to %v", sum, table.Total())
	}
	if list := (ledger.Table{From: "2026-01-01", To: "2026-12-31"}).Months(); list != nil {
		t.Errorf("no rounds: %v", list)
	}
	if groups := table.Groups(func(m ledger.Member) string { return m.Sector }); groups[0].Name != "教育界" || groups[1].Name != "" {
		t.Errorf("those of whom it is not known come last: %v", groups)
	}
}
