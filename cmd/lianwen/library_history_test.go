package main

import (
	"strings"
	"testing"
	"time"

	"lianwen/bot/shelf"
)

// Each change of what helps finding is a line of the history that says what was changed.
func TestHistoryOfEdits(t *testing.T) {
	at := time.Date(2026, 12, 1, 9, 0, 0, 0, time.Local)
	for want, e := range map[string]shelf.Entry{
		"2026-12-01 09:00 改条旨《请假办法》（r），条旨「批准」→「找谁批」，web:张": {Rule: "r", Title: "请假办法", Action: "改条旨", Heading: &shelf.Swap{Number: "4", Was: "批准", Now: "找谁批"}},
		"2026-12-01 09:00 改问法《请假办法》（r），去「找谁」，web:张":        {Rule: "r", Title: "请假办法", Action: "改问法", Own: []shelf.OwnLine{{Number: "4", Text: "找谁"}}},
		"2026-12-01 09:00 撤销问法《请假办法》（r），加回「找谁」，web:张":      {Rule: "r", Title: "请假办法", Action: "撤销问法", Own: []shelf.OwnLine{{Number: "4", Text: "找谁", Back: true}}},
		"2026-12-01 09:00 改同义词，“请假 告假”→“请假 歇班”，web:张":      {Action: "改同义词", Group: &shelf.GroupEdit{Was: []string{"请假", "告假"}, Now: []string{"请假", "歇班"}}},
		"2026-12-01 09:00 改应答，learned-1，web:张":             {Action: "改应答", Reply: &shelf.BlockChange{ID: "learned-1"}},
		"2026-12-01 09:00 改问法《请假办法》（r），加 1 条，去 0 条，web:张":  {Rule: "r", Title: "请假办法", Action: "改问法", Lines: []shelf.LineChange{{Number: "4", Text: "找谁"}}},
	} {
		e.At, e.Who = at, "web:张"
		if got, _, _ := strings.Cut(historyLine(e), "\n"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
