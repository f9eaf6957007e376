package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"lianwen/bot"
)

// Fault 23: a report is for nobody else to read, and what somebody has planted
// under its name, or left there, is not written through.
func TestFault23PutReport(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights and links are of another kind there")
	}
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	secret, report := in("ledger.db"), in("report.xlsx")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.WriteFile(secret, []byte("the ledger"), 0o600))
	must(os.Symlink(secret, report))
	must(os.Symlink(in("nowhere"), in("dangling.xlsx")))
	must(os.WriteFile(in("theirs.xlsx"), []byte("theirs"), 0o644))
	for _, name := range []string{"report.xlsx", "dangling.xlsx", "theirs.xlsx"} {
		if err := putReport(in(name), []byte("new"), false); bot.CodeOf(err) != bot.Conflict {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"report.xlsx", "dangling.xlsx", "theirs.xlsx", "fresh.xlsx"} {
		must(putReport(in(name), []byte("new"), name != "fresh.xlsx"))
		info, err := os.Lstat(in(name))
		must(err)
		if raw, err := os.ReadFile(in(name)); string(raw) != "new" || err != nil || info.Mode() != 0o600 {
			t.Errorf("%s: %q, %v, %v", name, raw, err, info.Mode())
		}
	}
	if raw, err := os.ReadFile(secret); string(raw) != "the ledger" || err != nil {
		t.Errorf("what the link led to: %q, %v", raw, err)
	}
	if _, err := os.Stat(in("nowhere")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a dangling link was followed: %v", err)
	}
	if err := putReport(filepath.Join(dir, "none", "x.xlsx"), nil, false); bot.CodeOf(err) != bot.Unavailable || err.Error() != "写不了 "+filepath.Join(dir, "none", "x.xlsx")+"：no such file or directory。" {
		t.Errorf("no such folder: %v", err)
	}
	entries, err := os.ReadDir(dir)
	must(err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if want := []string{"dangling.xlsx", "fresh.xlsx", "ledger.db", "report.xlsx", "theirs.xlsx"}; !slices.Equal(names, want) {
		t.Errorf("left behind: %v", names)
	}
}
