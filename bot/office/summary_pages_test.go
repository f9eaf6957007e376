package office_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/office"
)

// A table that fits on a page stays whole; a longer one breaks, but not behind its head
// and first row, nor before its last row and the sums. Those of an activity who are no
// members in the count are not counted, as in the workbook.
func TestSummaryPages(t *testing.T) {
	t.Parallel()
	template, err := office.Template()
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int]string{15: strings.Repeat("+", 16) + "-", 16: "++" + strings.Repeat("-", 13) + "++-"} {
		r := quarter()
		r.Rows, r.Activities = nil, []ledger.Activity{{Date: "2026-12-05", Kind: "读书", Title: "一", Members: []string{"M01", "S01"}}}
		for i := range n {
			r.Rows = append(r.Rows, ledger.Row{Member: ledger.Member{Number: fmt.Sprintf("M%02d", i), Sector: fmt.Sprintf("界%02d", i)}, Rounds: make([]ledger.Participation, len(r.Rounds))})
		}
		var out bytes.Buffer
		if err := office.WriteSummary(&out, template, r, made); err != nil {
			t.Fatal(err)
		}
		_, table, _ := strings.Cut(parts(t, out.Bytes())["word/document.xml"], "附表二")
		table, _, _ = strings.Cut(table, "</w:tbl>")
		got := ""
		for _, row := range strings.Split(table, "<w:tr>")[1:] {
			got += map[bool]string{true: "+", false: "-"}[strings.Contains(row, "<w:keepNext/>")]
		}
		if got != want {
			t.Errorf("of %d rows, head and sums stay with the next: %s, want %s", n, got, want)
		}
		if !strings.Contains(text(t, out.Bytes()), "\n读书\n1\n1\n谈话\n0\n0\n合计\n1\n1\n") {
			t.Errorf("activities of %s", text(t, out.Bytes()))
		}
	}
}
