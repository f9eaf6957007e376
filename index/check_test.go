package index

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// What is stored is checked by searching in it, and nothing is changed by that: a
// file that was overwritten is noticed, an index that is not there is none.
func TestFault07Check(t *testing.T) {
	t.Parallel()
	c, dir := small(t, ""), filepath.Join(t.TempDir(), "index")
	if err := Check(t.Context(), dir, c); !errors.Is(err, ErrNotStored) {
		t.Errorf("before there is one: %v", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder was made: %v", err)
	}
	x, err := Open(t.Context(), dir, c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	before := stamps(t, dir)
	if err := Check(t.Context(), dir, c); err != nil {
		t.Errorf("as it was built: %v", err)
	}
	if after := stamps(t, dir); len(after) != len(before) {
		t.Errorf("%d files before, %d after", len(before), len(after))
	} else {
		for path, at := range before {
			if after[path] != at {
				t.Errorf("%s was changed", path)
			}
		}
	}
	for path := range before {
		if filepath.Ext(path) != ".zap" {
			continue
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, make([]byte, len(raw)), 0o600)); err != nil {
			t.Fatal(err)
		}
		if err := Check(t.Context(), dir, c); err == nil || errors.Is(err, ErrNotStored) {
			t.Errorf("overwritten: %v", err)
		}
		return
	}
	t.Error("nothing to overwrite")
}

// stamps are the files below a folder with when they were changed.
func stamps(t *testing.T, dir string) map[string]int64 {
	t.Helper()
	list := map[string]int64{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		list[path] = info.ModTime().UnixNano()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
