package index

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A rebuild that was asked for replaces what stands there, fit or not; another
// library's index is left alone.
func TestRebuildReplaces(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "index")
	c := small(t, "")
	mark := filepath.Join(stored(t, dir, c), "mark") // it changes no file of the index
	other := filepath.Join(stored(t, dir, small(t, "并签到")), "mark")
	for _, file := range []string{mark, other} {
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if x := open(t, dir, c, Options{}); x.Built != Reused || !exists(mark) {
		t.Errorf("built %v, the mark is there: %v", x.Built, exists(mark))
	}
	if x := open(t, dir, c, Options{Rebuild: true}); x.Built != OnDisk || exists(mark) {
		t.Errorf("built %v, the old one is there: %v", x.Built, exists(mark))
	}
	if !exists(other) {
		t.Error("the index of another library was replaced")
	}
}

// A file that is gone is told by the manifest, before anything is opened.
func TestManifestMissesAFile(t *testing.T) {
	t.Parallel()
	c := small(t, "")
	path := stored(t, t.TempDir(), c)
	if m, err := readManifest(path, c); err != nil || m.Units != 3 || len(m.Files) < 2 {
		t.Fatalf("%+v, %v", m, err)
	}
	bolt := walk(t, path, ".bolt")[0]
	if err := os.Remove(bolt); err != nil {
		t.Fatal(err)
	}
	if _, err := readManifest(path, c); err == nil || !strings.Contains(err.Error(), filepath.Base(bolt)) {
		t.Errorf("without %s: %v", bolt, err)
	}
}

// What another process has put in place meanwhile is left to those who may be
// opening it, if it will do.
func TestPutInPlace(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		there  bool
		willDo bool
		want   string
	}{
		{"nothing there", false, false, "fresh"},
		{"one that will do", true, true, "there"},
		{"one that will not", true, false, "fresh"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			fresh, path, old := filepath.Join(dir, "fresh"), filepath.Join(dir, "path"), filepath.Join(dir, "old")
			folder(t, fresh, "fresh")
			if tt.there {
				folder(t, path, "there")
			}
			if err := putInPlace(fresh, path, old, func() bool { return tt.willDo }); err != nil {
				t.Fatal(err)
			}
			if got := read(t, filepath.Join(path, "file")); got != tt.want {
				t.Errorf("%s is in place, want %s", got, tt.want)
			}
			if moved := exists(filepath.Join(old, "file")); moved != (tt.there && !tt.willDo) {
				t.Errorf("moved away: %v", moved)
			}
		})
	}
	dir := t.TempDir()
	folder(t, filepath.Join(dir, "fresh"), "fresh")
	if err := putInPlace(filepath.Join(dir, "fresh"), filepath.Join(dir, "no", "path"), "", nil); err == nil {
		t.Error("a folder that is not there took an index")
	}
}

// Of the generations that are not in use the ones used last stay, and what an
// interrupted build left is cleared away once it is old. Nothing else goes.
func TestSweep(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ages := map[string]time.Duration{ // since they were used, or begun
		"v5-a": 5 * time.Hour, "v5-b": time.Hour, "v4-c": 3 * time.Hour, "v5-d": 4 * time.Hour, "v5-e": 2 * time.Hour,
		"v5-current": 9 * time.Hour, "building-1": 2 * time.Hour, "building-2": time.Minute, "notes": 9 * time.Hour,
	}
	for name, age := range ages {
		folder(t, filepath.Join(dir, name), name)
		used := time.Now().Add(-age)
		if err := os.Chtimes(filepath.Join(dir, name), used, used); err != nil {
			t.Fatal(err)
		}
	}
	sweep(dir, filepath.Join(dir, "v5-current"))
	if got, want := entries(t, dir), "building-2 notes v4-c v5-b v5-current v5-e"; got != want {
		t.Errorf("left are %s, want %s", got, want)
	}
}

// Libraries asked by turns share the folder: opening one sweeps, and counts as
// using it.
func TestOpenSweeps(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "index")
	first := stored(t, dir, small(t, ""))
	long := time.Now().Add(-time.Hour)
	for _, extra := range []string{"一", "二", "三"} {
		path := stored(t, dir, small(t, extra))
		if err := os.Chtimes(path, long, long); err != nil {
			t.Fatal(err)
		}
		long = long.Add(time.Minute)
	}
	if err := os.Chtimes(first, long.Add(-2*time.Hour), long.Add(-2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	stored(t, dir, small(t, "")) // reused, and used last now
	stored(t, dir, small(t, "四"))
	if !exists(first) || exists(generationPath(dir, small(t, "一"))) {
		t.Errorf("the one that was used longest ago stayed, or another went: %s", entries(t, dir))
	}
	if n := len(strings.Fields(entries(t, dir))); n != keepGenerations+1 { // and the cache tag
		t.Errorf("%d entries in the index folder: %s", n, entries(t, dir))
	}
	// bford.info/cachedir: backups pass over the folder by these words
	if tag := read(t, filepath.Join(dir, "CACHEDIR.TAG")); !strings.HasPrefix(tag, "Signature: 8a477f597d28d172789f06886806bc55\n") {
		t.Errorf("the cache tag says %q", tag)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func folder(t *testing.T, path, text string) {
	t.Helper()
	if err := os.Mkdir(path, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(path, "file"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func entries(t *testing.T, dir string) string {
	t.Helper()
	found, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range found {
		out = append(out, e.Name())
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}
