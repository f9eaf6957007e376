package main

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// The process that serves looks at itself: its ledger is open, and stays as it is; no
// secret is in what it finds.
func TestCheckForPage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := giveIndex(dir); err != nil {
		t.Fatal(err)
	}
	errs := &safeBuffer{}
	a := &app{streams: &streams{out: errs, err: errs}, configPath: writeConfig(t, dir, "friend_phrase = \"请在今天打卡接龙\"\n")}
	cfg, err := loadConfig(a.configPath)
	if err != nil {
		t.Fatal(err)
	}
	records, err := openServing(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer records.Close()
	for range 2 {
		f, err := a.checkForPage(t.Context(), cfg.hide())
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Problems) > 0 || f.Ledger != "在册 0 人，操作记录 0 条。台账还没有操作记录。" || len(f.Rules) == 0 || len(f.Relief) != 8 || !strings.HasPrefix(f.Held, "现行制度") {
			t.Errorf("%+v", f)
		}
		if text := fmt.Sprint(f); strings.Contains(text, "打卡接龙") || !strings.Contains(text, "***") {
			t.Errorf("found: %s", text)
		}
	}
	if err := records.Note(t.Context(), "terminal", "test", "", time.Now()); err != nil {
		t.Error(err)
	}
	a.configPath = writeConfig(t, dir, "push_gap = 3\n")
	f, err := a.checkForPage(t.Context(), cfg.hide())
	if err != nil || len(f.Problems) == 0 || !strings.Contains(f.Problems[0].Where, "config.toml:5") {
		t.Errorf("with a mistake in the file: %+v, %v", f.Problems, err)
	}
}
