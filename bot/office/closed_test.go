package office_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/corpus"
)

// final is the quarter, closed up to a day and changed twice since.
func final(to corpus.Date) office.Report {
	r := quarter()
	c := ledger.Closed{Name: "2026-1", From: r.From, To: to, By: "王五", At: made, Table: r.Table, Changes: []ledger.Change{
		{Number: 1, Day: "2026-12-01", Member: "A02", Before: "absent", After: "took", Deed: ledger.Deed{At: made.AddDate(0, 0, 1), Actor: "staff S01", Action: "correct", Detail: "住院"}},
		{Number: 2, Day: "2026-12-05", About: "会议 常委会会议", Member: "A09", After: "came", Deed: ledger.Deed{At: made.AddDate(0, 0, 2)}},
	}}
	r.Closed, r.Head = []ledger.Closed{c}, ledger.Head{Row: 31, Hash: strings.Repeat("0123456789abcdef", 4)}
	return r
}

// Of a closed period a report has the figures as closed, who closed it and when, both
// sums, and the changes by their numbers; nothing of why.
func TestReportOfClosed(t *testing.T) {
	t.Parallel()
	r := final(quarter().To)
	closing := []string{
		"本期已定稿（2026-1）：2027年1月8日由王五定稿，表里是定稿时的数字。", "定稿之后有 2 处更正，编号列在后面，没有改动表里的数字。",
		"定稿时：应参 4、实参 3、请假 1、未参 1；更正后：应参 4、实参 4、请假 1、未参 0。",
	}
	changes := []string{
		"定稿 2026-1 之后的更正 第1号：2026年12月1日，{应参}（A02）由“未参”改为“实参”（2027年1月9日记）",
		"定稿 2026-1 之后的更正 第2号：2026年12月5日“会议 常委会会议”，A09由“没有到会”改为“到会”（2027年1月10日记）",
	}
	head := "台账截至第 31 条，校验 0123456789abcdef。"
	if got := r.Closing(); !slices.Equal(got, closing) {
		t.Errorf("%q", got)
	}
	var b bytes.Buffer
	if err := office.WriteWorkbook(&b, r, made); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for sheet, want := range map[string][]string{"按委员": append(slices.Clone(closing), head), "定稿后更正": changes} {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range rows[len(rows)-len(want):] {
			got = append(got, strings.Join(row, "|"))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", sheet, got)
		}
	}
	template, err := office.Template()
	if err != nil {
		t.Fatal(err)
	}
	b.Reset()
	if err := office.WriteSummary(&b, template, r, made); err != nil {
		t.Fatal(err)
	}
	got := text(t, b.Bytes())
	for _, line := range append(append(slices.Clone(closing), changes...), head, "界别、专委会按定稿时的花名册") {
		if !strings.Contains(got, line) {
			t.Errorf("the summary lacks %s:\n%s", line, got)
		}
	}
	secret(t, got)
}

// Over other days than those that are closed the figures are as they are now, and what
// of them is closed is said.
func TestReportOverClosed(t *testing.T) {
	t.Parallel()
	r := final("2026-12-01")
	want := []string{"其中2026年10月1日至2026年12月1日已定稿（2026-1），定稿之后有 2 处更正；表里是更正后的数字。"}
	if got := r.Closing(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := quarter().Closing(); len(got) != 0 {
		t.Errorf("nothing is closed: %q", got)
	}
	var b bytes.Buffer
	if err := office.WriteWorkbook(&b, quarter(), made); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if slices.Contains(f.GetSheetList(), "定稿后更正") {
		t.Error("a sheet for changes of which there are none")
	}
}
