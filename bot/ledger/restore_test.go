package ledger_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// backedUp is a backup of a ledger with the small roster, in a folder of its
// own.
func backedUp(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "backup.db")
	_, err := imported(t, ledgertest.SQLite(t)).Backup(t.Context(), file)
	must(t, err)
	return file
}

// names are the files in the folder of a ledger.
func names(t *testing.T, file string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(file))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	must(t, err)
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// with is a ledger in a file that has one deed, and is closed.
func with(t *testing.T, file, deed string) {
	t.Helper()
	l, err := ledger.Open(t.Context(), ledger.Source{File: file})
	must(t, err)
	must(t, l.Note(t.Context(), "staff", deed, "", noon))
	must(t, l.Close())
}

// deed is the last deed in a ledger's file.
func deed(t *testing.T, file string) string {
	t.Helper()
	h := history(t, ledgertest.Where{File: file}.Open(t))
	if len(h) == 0 {
		return ""
	}
	return h[0].Action
}

// A backup takes the place of what is there, which is kept, and makes the folder
// where there is none.
func TestRestore(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]func(t *testing.T, file string){
		"nowhere":          func(*testing.T, string) {},
		"an empty folder":  func(t *testing.T, file string) { must(t, os.MkdirAll(filepath.Dir(file), 0o700)) },
		"over another":     func(t *testing.T, file string) { with(t, file, "former") },
		"over half a copy": func(t *testing.T, file string) { with(t, file+".restoring", "half") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, file := backedUp(t), ledgertest.SQLite(t).File
			before(t, file)
			former := slices.Contains(names(t, file), filepath.Base(file))
			s, kept, err := ledger.Restore(t.Context(), from, file, former, "terminal", noon)
			if err != nil || bare(s) != (ledger.Summary{Members: 3, Audit: 2}) {
				t.Fatalf("%+v, %v", s, err)
			}
			want := ""
			if former {
				want = file + ".20261201-120000"
			}
			if kept != want {
				t.Errorf("kept as %q, want %q", kept, want)
			}
			if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("others may read it: %v, %v", info.Mode(), err)
			}
			left := names(t, file)
			if slices.Contains(left, filepath.Base(file)+".restoring") {
				t.Errorf("left over: %q", left)
			}
			if got := deed(t, file); got != "put back" {
				t.Errorf("what is there now has done %q last", got)
			}
			if kept != "" {
				if got := deed(t, kept); got != "former" {
					t.Errorf("what was kept has done %q last", got)
				}
			}
		})
	}
}

// Nothing is changed where a ledger is not to be replaced, or the backup is not
// whole.
func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	good, file := backedUp(t), ledgertest.SQLite(t).File
	with(t, file, "former")
	raw, err := os.ReadFile(good)
	must(t, err)
	dir := t.TempDir()
	put := func(name string, raw []byte) string {
		must(t, os.WriteFile(filepath.Join(dir, name), raw, 0o600))
		return filepath.Join(dir, name)
	}
	forged := ledgertest.Where{File: put("forged.db", raw)}
	_, err = forged.Raw(t).ExecContext(t.Context(), "UPDATE audit SET actor = 'nobody'")
	must(t, err)
	was, files := content(t, file), names(t, file)
	for name, tt := range map[string]struct {
		from    string
		replace bool
		want    error
	}{
		"not to be replaced": {good, false, ledger.ErrExists},
		"truncated":          {put("half.db", raw[:len(raw)/2]), true, ledger.ErrDamaged},
		"a text":             {put("text.db", []byte("no database")), true, ledger.ErrDamaged},
		"tampered with":      {forged.File, true, ledger.ErrTampered},
		"no file":            {filepath.Join(dir, "none"), true, fs.ErrNotExist},
	} {
		_, kept, err := ledger.Restore(t.Context(), tt.from, file, tt.replace, "terminal", noon)
		if !errors.Is(err, tt.want) || kept != "" {
			t.Errorf("%s: kept %q, %v", name, kept, err)
		}
		if !bytes.Equal(content(t, file), was) || !slices.Equal(names(t, file), files) {
			t.Errorf("%s: the ledger was changed: %q", name, names(t, file))
		}
	}
}

func content(t *testing.T, file string) []byte {
	t.Helper()
	raw, err := os.ReadFile(file)
	must(t, err)
	return raw
}

// What a crash has left in the journal is kept with the ledger, and does not
// come into the one that takes its place, whether the ledger itself is whole,
// damaged, or gone.
func TestRestoreAfterCrash(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func(file string) error{
		"whole":   func(string) error { return nil },
		"damaged": func(file string) error { return os.WriteFile(file, []byte("no database any more"), 0o600) },
		"gone":    os.Remove,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "ledger.db")
			crashed(t, file)
			must(t, damage(file))
			_, kept, err := ledger.Restore(t.Context(), backedUp(t), file, true, "terminal", noon.Add(time.Hour))
			must(t, err)
			if got := deed(t, file); got != "put back" {
				t.Errorf("what is there now has done %q last", got)
			}
			switch name {
			case "whole":
				// … in one file, which could be restored by itself
				if s, err := ledger.Examine(t.Context(), kept); err != nil || s.Audit != 2 {
					t.Errorf("what was kept holds %+v, %v", s, err)
				}
				if got := deed(t, kept); got != "in the journal" {
					t.Errorf("what was kept has done %q last", got)
				}
			case "damaged":
				if got := content(t, kept); string(got) != "no database any more" {
					t.Errorf("what was kept is %.40q", got)
				}
				fallthrough
			default:
				if left := names(t, file); !slices.Contains(left, "ledger.db.20261201-130000-wal") {
					t.Errorf("the journal was not kept: %q", left)
				}
			}
		})
	}
}

// crashed leaves a ledger whose last deed is in its journal only.
func crashed(t *testing.T, file string) {
	t.Helper()
	w := ledgertest.SQLite(t)
	must(t, imported(t, w).Close()) // into the ledger itself
	l := w.Open(t)
	must(t, l.Note(t.Context(), "staff", "in the journal", "", noon))
	for _, suffix := range []string{"", "-wal"} {
		must(t, os.WriteFile(file+suffix, content(t, w.File+suffix), 0o600))
	}
}
