package office_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/office"
	"lianwen/corpus"
)

// year is a ledger that fills up day by day.
type year struct {
	*testing.T
	ledger *ledger.Ledger
	now    time.Time
}

func newYear(t *testing.T) *year {
	t.Helper()
	t.Parallel()
	y := &year{T: t, ledger: ledgertest.SQLite(t).Open(t), now: time.Date(2026, 12, 1, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))}
	list := []ledger.Member{
		{Number: "A01", Name: "张三", Sector: "教育界", Committee: "提案委"}, {Number: "A02", Name: "李四", Sector: "经济界", Committee: "提案委"},
		{Number: "013800001234", Name: "赵六", Sector: "教育界"}, {Number: "S01", Name: "王五", Staff: true},
	}
	if _, err := y.ledger.ImportMembers(t.Context(), list, "2026-11-01", "test", y.now); err != nil {
		t.Fatal(err)
	}
	return y
}

// ask opens the question of the day.
func (y *year) ask() ledger.Round {
	y.Helper()
	q := corpus.Question{ID: "q", Text: "几天？", Options: []string{"三天", "五天"}}
	r, err := y.ledger.OpenRound(y.Context(), ledger.Round{Day: corpus.DateOf(y.now), Question: q, Opened: y.now, Closes: y.now.AddDate(0, 0, ledger.RoundDays)})
	if err != nil {
		y.Fatal(err)
	}
	return r
}

// report writes the workbook of some days into a file.
func (y *year) report(from, to corpus.Date, file string) {
	y.Helper()
	table, err := y.ledger.Tally(y.Context(), from, to, y.now)
	if err != nil {
		y.Fatal(err)
	}
	f, err := os.Create(file)
	if err != nil {
		y.Fatal(err)
	}
	if err := office.WriteWorkbook(f, office.Report{Table: table}, y.now); err != nil {
		y.Fatal(err)
	}
	if err := f.Close(); err != nil {
		y.Fatal(err)
	}
}

// fill lets twenty days pass on which some answer, and takes one out of the count
// for the first ten.
func (y *year) fill() {
	y.Helper()
	for day := range 20 {
		r := y.ask()
		for i, number := range []string{"A01", "A02", "013800001234", "S01"} {
			if (day+i)%3 > 0 || number == "S01" {
				if _, err := y.ledger.Answer(y.Context(), ledger.Answer{Round: r.Day, Member: number, At: y.now.Add(time.Hour)}); err != nil {
					y.Fatal(err)
				}
			}
		}
		y.now = y.now.AddDate(0, 0, 1)
	}
	if err := y.ledger.Excuse(y.Context(), ledger.Leave{Member: "A02", From: "2026-12-01", To: "2026-12-10", Reason: "出差", Actor: "test"}, y.now); err != nil {
		y.Fatal(err)
	}
}

// The totals of the report are those of a recount, its sums add up, and what is
// a name stays text.
func TestReportAddsUp(t *testing.T) {
	y := newYear(t)
	y.fill()
	table, err := y.ledger.Tally(t.Context(), "2026-12-01", "2026-12-31", y.now)
	if err != nil {
		t.Fatal(err)
	}
	if len(table.Rounds) != 14 || table.Open != 6 || len(table.Rows) != 3 {
		t.Fatalf("%d rounds, %d open, %d rows", len(table.Rounds), table.Open, len(table.Rows))
	}
	file := filepath.Join(t.TempDir(), "report.xlsx")
	y.now = y.now.AddDate(0, 0, 30)
	y.report("2026-12-01", "2026-12-31", file)
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("按委员")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[1], " "); got != "单位：＿＿＿＿＿＿＿＿＿＿　　统计期间：2026年12月1日至2026年12月31日\n截至2027年1月20日 09:00" {
		t.Errorf("under the title: %s", got)
	}
	if got := strings.Join(rows[2], " "); got != "编号 姓名 界别 专委会 应参 实参 请假 未参" {
		t.Errorf("header %s", got)
	}
	// 20 rounds; of every three two were answered; the first ten days of A02 are excused.
	want := map[string]string{"013800001234": "20 13 0 7", "A01": "20 13 0 7", "A02": "17 14 3 3", "合计": "57 40 3 17"}
	for _, row := range rows[3:7] {
		if got := strings.Join(row[4:], " "); got != want[row[0]] {
			t.Errorf("%s: %s, want %s", row[0], got, want[row[0]])
		}
	}
	if len(rows) != 9 || rows[8][0] != "台账还没有操作记录。" { // which report does not ask for it
		t.Errorf("under the sums: %q", rows[7:])
	}
	for _, sheet := range []string{"按委员", "按月", "按界别", "按专委会"} {
		addsUp(t, f, sheet)
	}
	if kind, err := f.GetCellType("按委员", "A4"); err != nil || kind == excelize.CellTypeNumber {
		t.Errorf("a member's number is of type %v, %v", kind, err)
	}
	if rows[3][0] != "013800001234" {
		t.Errorf("the first number is %s", rows[3][0])
	}
	panes, err := f.GetPanes("按委员")
	layout, err2 := f.GetPageLayout("按委员")
	if err != nil || err2 != nil || !panes.Freeze || panes.YSplit != 3 || *layout.Orientation != "portrait" || *layout.Size != 9 {
		t.Errorf("panes %+v, layout %+v, %v, %v", panes, layout, err, err2)
	}
}

// A year of 300 members is reported whole.
func TestReportOfAYear(t *testing.T) {
	y := newYear(t)
	var list []ledger.Member
	for i := range 300 {
		list = append(list, ledger.Member{Number: fmt.Sprintf("W%03d", i), Name: "委员", Sector: fmt.Sprintf("第%d界", i%20), Committee: fmt.Sprintf("第%d委", i%8)})
	}
	if _, err := y.ledger.ImportMembers(t.Context(), list, "2026-01-01", "test", y.now); err != nil {
		t.Fatal(err)
	}
	for range 250 {
		y.ask()
		y.now = y.now.AddDate(0, 0, 1)
	}
	y.now = y.now.AddDate(0, 1, 0)
	file := filepath.Join(t.TempDir(), "year.xlsx")
	y.report("2026-01-01", "2027-12-31", file)
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if rows, err := f.GetRows("按委员"); err != nil || len(rows) < 300 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// addsUp checks that the row of sums is the sum of those above it.
func addsUp(t *testing.T, f *excelize.File, sheet string) {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	rows = rows[2 : 1+slices.IndexFunc(rows, func(row []string) bool { return len(row) > 0 && row[0] == "合计" })]
	last := rows[len(rows)-1]
	start := slices.Index(rows[0], "应参")
	for col := start; col < start+4; col++ {
		sum := 0
		for _, row := range rows[1 : len(rows)-1] {
			var n int
			if _, err := fmt.Sscan(row[col], &n); err != nil {
				t.Fatalf("%s: %q: %v", sheet, row[col], err)
			}
			sum += n
		}
		if fmt.Sprint(sum) != last[col] {
			t.Errorf("%s, column %s: %s, the rows add up to %d", sheet, rows[0][col], last[col], sum)
		}
	}
}
