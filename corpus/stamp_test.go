package corpus

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The stamp changes with every file of the library, and with nothing else:
// what watches it must neither miss a revision nor read the library for the
// index that is kept beside it.
func TestStamp(t *testing.T) {
	dir := t.TempDir()
	day := time.Date(2026, 2, 1, 8, 0, 0, 0, time.UTC)
	write := func(name, text string, at time.Time) {
		t.Helper()
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644), os.Chtimes(file, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	remove := func(name string) {
		t.Helper()
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
	last := ""
	step := func(name string, changes bool, do func()) {
		t.Helper()
		do()
		stamp, err := Stamp(dir)
		if err != nil {
			t.Fatal(err)
		}
		if (stamp != last) != changes {
			t.Errorf("%s: changed %v, want %v", name, stamp != last, changes)
		}
		last = stamp
	}
	step("a first file", true, func() { write("rules/jia.md", "甲", day) })
	step("nothing", false, func() {})
	step("the same again", false, func() { write("rules/jia.md", "甲", day) })
	step("as long, a moment later", true, func() { write("rules/jia.md", "乙", day.Add(time.Millisecond)) })
	step("longer, at the same time", true, func() { write("rules/jia.md", "乙丙", day.Add(time.Millisecond)) })
	step("another file", true, func() { write("rules/yi.md", "乙", day) })
	step("another name", true, func() { remove("rules/yi.md"); write("rules/zi.md", "乙", day) })
	step("one file less", true, func() { remove("rules/zi.md") })
	step("a hidden file", false, func() { write(".obsidian/app.json", "{}", day) })
	step("an editor's leftovers", false, func() { write("rules/jia.md~", "甲", day) })
	step("an index", false, func() { write("data/CACHEDIR.TAG", "Signature: x", day); write("data/v1/store", "x", day) })
}

func TestStampOfOne(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "jia.md")
	if err := os.WriteFile(file, []byte("甲"), 0o644); err != nil {
		t.Fatal(err)
	}
	if one, err := Stamp(file); err != nil || one == "" {
		t.Errorf("of a file by itself: %q, %v", one, err)
	}
	if sample, err := Stamp(""); err != nil || sample != "" {
		t.Errorf("of the sample: %q, %v", sample, err)
	}
	if _, err := Stamp(filepath.Join(dir, "nowhere")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of nothing: %v", err)
	}
}

// Where one file ends and the next begins is part of the digest.
func TestDigestKeepsFilesApart(t *testing.T) {
	digest := func(pairs ...string) string {
		h := sha256.New()
		for i := 0; i < len(pairs); i += 2 {
			addDigest(h, pairs[i], []byte(pairs[i+1]))
		}
		return string(h.Sum(nil))
	}
	two := digest("a", "甲", "b", "乙")
	for length := range 10 { // whatever stands for the length of the second file
		if head := "1 b " + string(rune('0'+length)) + "\n"; digest("a", "甲"+head+"乙") == two {
			t.Errorf("one file with %q in it is as good as two", head)
		}
	}
}

var errBroken = errors.New("the disk is broken")

// broken is a file system that cannot read one of its files or folders.
type broken struct {
	fs.FS
	name string
}

func (b broken) Open(name string) (fs.File, error) {
	if name == b.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errBroken}
	}
	return b.FS.Open(name)
}

// What cannot be read is no empty library, and nothing an editor can correct.
func TestUnreadable(t *testing.T) {
	files := lib("rules/jia.md", small, "stories/a.md", story("", "甲。"))
	for _, name := range []string{"rules/jia.md", "rules", "stories/a.md", "."} {
		c, err := Read(broken{files, name})
		if c != nil || !errors.Is(err, errBroken) || !strings.Contains(err.Error(), name) || errors.As(err, new(Problems)) {
			t.Errorf("%s cannot be read: %v", name, err)
		}
	}
}
