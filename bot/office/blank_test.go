package office_test

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianwen/bot/ledger"
	"lianwen/bot/office"
)

// What goes out comes in again as it was, whatever a spreadsheet would make of it.
func TestWriteRoster(t *testing.T) {
	t.Parallel()
	roster := []ledger.Member{
		{Number: "A01", Name: "张三", Sector: "教育界", Committee: "提案委", Phone: "13800000000"},
		{Number: "007", Name: `=HYPERLINK("http://example.com","点我")`, Sector: "+1", Committee: "-2", Staff: true},
		{Number: "1E5", Name: "<b>李四</b>", Sector: "@SUM(A1)", Committee: "a_b"},
	}
	var out bytes.Buffer
	if err := office.WriteRoster(&out, roster); err != nil {
		t.Fatal(err)
	}
	got, notes, err := office.ReadRoster(out.Bytes())
	if err != nil || len(notes) != 0 || !reflect.DeepEqual(got, roster) {
		t.Errorf("%+v\nnotes %q, %v", got, notes, err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	for row := range roster {
		for _, column := range []string{"A", "B", "C", "D", "E", "F"} {
			cell := column + string(rune('2'+row))
			if formula, err := f.GetCellFormula("花名册", cell); err != nil || formula != "" {
				t.Errorf("%s is the formula %q, %v", cell, formula, err)
			}
		}
	}
}

func TestWriteActivities(t *testing.T) {
	t.Parallel()
	roster := []ledger.Member{{Number: "A01", Name: "张三"}, {Number: "A02", Name: "李四"}}
	list := []ledger.Activity{
		{Date: "2026-12-01", Kind: "会议", Title: `=HYPERLINK("http://example.com")`, Members: []string{"A01", "A02"}},
		{Date: "2026-12-02", Kind: ledger.TalkKind, Members: []string{"A02"}},
	}
	var out bytes.Buffer
	if err := office.WriteActivities(&out, list); err != nil {
		t.Fatal(err)
	}
	got, notes, err := office.ReadActivities(out.Bytes(), roster, ledger.Tenures{})
	if err != nil || len(notes) != 0 || !reflect.DeepEqual(got, list) {
		t.Errorf("%+v\nnotes %q, %v", got, notes, err)
	}
}

// An empty form has the right columns, and says what may stand where.
func TestBlankForms(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		write func(*bytes.Buffer) error
		read  func([]byte) error
		lists int
	}{
		"花名册": {func(b *bytes.Buffer) error { return office.WriteRoster(b, nil) }, func(b []byte) error { _, _, err := office.ReadRoster(b); return err }, 3},
		"活动表": {func(b *bytes.Buffer) error { return office.WriteActivities(b, nil) }, func(b []byte) error { _, _, err := office.ReadActivities(b, nil, nil); return err }, 4},
	} {
		var out bytes.Buffer
		if err := tt.write(&out); err != nil {
			t.Fatal(err)
		}
		var form *office.FormError
		if err := tt.read(out.Bytes()); !errors.As(err, &form) || len(form.Problems) != 1 || !strings.Contains(form.Problems[0].What, "只有列名") {
			t.Errorf("%s: %v", name, err)
		}
		f, err := excelize.OpenReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		checks, err := f.GetDataValidations(name)
		if err != nil || len(checks) != tt.lists {
			t.Errorf("%s: %d guides, %v", name, len(checks), err)
		}
	}
}
