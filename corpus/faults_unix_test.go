//go:build unix

package corpus

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// onDisk is a library in a folder.
func onDisk(t *testing.T, pairs ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(pairs); i += 2 {
		put(t, filepath.Join(dir, pairs[i]), pairs[i+1])
	}
	return dir
}

func put(t *testing.T, file, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, to, at string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), os.Symlink(to, at)); err != nil {
		t.Fatal(err)
	}
}

// Fault 8: what stands behind a link is read, and an edit behind it is seen.
func TestFault08Links(t *testing.T) {
	far := onDisk(t, "jia.md", small, "more/yi.md", rule("yi", "乙办法", "第一条 乙。\n"), "deep/bing.md", rule("bing", "丙办法", "第一条 丙。\n"))
	near := onDisk(t, "rules/ding.md", rule("ding", "丁办法", "第一条 丁。\n"))
	link(t, filepath.Join(far, "jia.md"), filepath.Join(near, "rules", "jia.md"))
	link(t, filepath.Join(far, "more"), filepath.Join(near, "rules", "more"))
	link(t, filepath.Join(far, "deep"), filepath.Join(far, "more", "deeper"))
	link(t, near, filepath.Join(far, "deep", "back")) // back to where it began
	link(t, ".", filepath.Join(near, "rules", "self"))
	library := filepath.Join(t.TempDir(), "library")
	link(t, near, library)

	read := func() *Corpus {
		t.Helper()
		c, err := Open(library)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if c := read(); len(c.Rules) != 4 {
		t.Errorf("%d rules, want those behind links too", len(c.Rules))
	}
	last := ""
	step := func(what string, changes bool, do func()) {
		t.Helper()
		do()
		stamp, err := Stamp(library)
		if err != nil || (stamp != last) != changes {
			t.Errorf("%s: changed %v, %v", what, stamp != last, err)
		}
		last = stamp
	}
	later := time.Now().Add(time.Hour)
	step("at first", true, func() {})
	step("nothing", false, func() {})
	step("behind a linked file", true, func() { put(t, filepath.Join(far, "jia.md"), small+"第四条 新。\n") })
	step("behind a linked folder", true, func() {
		if err := os.Chtimes(filepath.Join(far, "more", "yi.md"), later, later); err != nil {
			t.Fatal(err)
		}
	})
	step("behind two", true, func() {
		put(t, filepath.Join(far, "deep", "bing.md"), rule("bing", "丙办法", "第一条 丙丙。\n"))
	})
	step("a file more behind a linked folder", true, func() { put(t, filepath.Join(far, "more", "wu.md"), rule("wu", "戊办法", "第一条 戊。\n")) })
	if c := read(); len(c.Rules) != 5 || c.Article("bing#1").Text != "第一条 丙丙。" {
		t.Errorf("the edits were not read")
	}
	other := onDisk(t, "jia.md", rule("jia", "甲办法", "第一条 别处。\n"))
	step("a link that leads elsewhere", true, func() {
		if err := os.Remove(filepath.Join(near, "rules", "jia.md")); err != nil {
			t.Fatal(err)
		}
		link(t, filepath.Join(other, "jia.md"), filepath.Join(near, "rules", "jia.md"))
	})
	step("the library itself", true, func() {
		if err := os.Remove(library); err != nil {
			t.Fatal(err)
		}
		link(t, other, library)
	})
	step("behind the library", true, func() {
		put(t, filepath.Join(other, "jia.md"), rule("jia", "甲办法", "第一条 别处又改。\n"))
	})
	lone := filepath.Join(t.TempDir(), "lone.md")
	link(t, filepath.Join(other, "jia.md"), lone)
	before, err1 := Stamp(lone)
	put(t, filepath.Join(other, "jia.md"), small)
	after, err2 := Stamp(lone)
	if err := errors.Join(err1, err2); err != nil || before == after {
		t.Errorf("behind a lone file that is a link: %v", err)
	}
}

// A link to nothing is named, and is seen when it is mended.
func TestFault08BrokenLink(t *testing.T) {
	dir := onDisk(t, "rules/jia.md", small)
	link(t, filepath.Join(dir, "elsewhere.txt"), filepath.Join(dir, "rules", "yi.md"))
	wantProblems(t, problemsIn(t)(Open(dir)), "rules/yi.md|链接指向的文件不存在")
	before, err := Stamp(dir)
	if err != nil {
		t.Fatal(err)
	}
	link(t, filepath.Join(onDisk(t, "yi.md", rule("yi", "乙办法", "第一条 乙。\n")), "yi.md"), filepath.Join(dir, "elsewhere.txt"))
	if after, err := Stamp(dir); err != nil || after == before {
		t.Errorf("a link that leads somewhere now: %v", err)
	}
}

// Folders and links in each other, without end, have one all the same.
func TestFault08Maze(t *testing.T) {
	dir := onDisk(t, "rules/jia.md", small)
	deep := dir
	for range maxFolders + 1 {
		deep = filepath.Join(deep, "d")
	}
	put(t, filepath.Join(deep, "yi.md"), rule("yi", "乙办法", "第一条 乙。\n"))
	ps := problemsIn(t)(Open(dir))
	if len(ps) != 1 || !strings.Contains(ps[0].What, "超过 16 层") {
		t.Errorf("too deep: %v", ps)
	}
	maze := onDisk(t, "jia.md", small) // each of two folders leads to the next two: 2^16 ways down
	for level := range maxFolders {
		for _, name := range []string{"a", "b"} {
			put(t, filepath.Join(maze, fmt.Sprint(level), "x.md"), "")
			link(t, filepath.Join(maze, fmt.Sprint(level+1)), filepath.Join(maze, fmt.Sprint(level), name))
		}
	}
	put(t, filepath.Join(maze, fmt.Sprint(maxFolders), "x.md"), "")
	if _, err := Open(maze); !errors.As(err, &ps) || !strings.Contains(ps[0].What, "文件太多，超过 20000 个") {
		t.Errorf("a maze: %.200v", err)
	}
	if _, err := Stamp(maze); err != nil {
		t.Errorf("a maze: %v", err)
	}
}

// Fault 19: what is no file is named and never read: to read a pipe takes for
// ever, and a device all memory.
func TestFault19NoFiles(t *testing.T) {
	dir := onDisk(t, "rules/jia.md", small)
	short, err := os.MkdirTemp("", "l") // the name of a socket is bounded
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(short) })
	socket, err := net.Listen("unix", filepath.Join(short, "s"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	if err := syscall.Mkfifo(filepath.Join(dir, "rules", "pipe.md"), 0o644); err != nil {
		t.Fatal(err)
	}
	link(t, "/dev/zero", filepath.Join(dir, "rules", "zero.md"))
	link(t, filepath.Join(short, "s"), filepath.Join(dir, "socket.txt"))
	link(t, filepath.Join(dir, "rules", "pipe.md"), filepath.Join(dir, "pipe.docx"))
	if _, err := Stamp(dir); err != nil {
		t.Error(err)
	}
	ps := problemsIn(t)(Open(dir))
	wantProblems(t, ps, "pipe.docx|不是普通文件", "rules/pipe.md|不是普通文件", "rules/zero.md|不是普通文件", "socket.txt|不是普通文件")
	for _, alone := range []string{filepath.Join(dir, "rules", "pipe.md"), "/dev/zero"} {
		if _, err := Open(alone); !errors.As(err, &ps) || len(ps) != 1 || !strings.Contains(ps[0].What, "不是普通文件") {
			t.Errorf("%s: %v", alone, err)
		}
	}
}

// A file of a hundred gigabytes is named, not read.
func TestFault19Sizes(t *testing.T) {
	dir := onDisk(t, "rules/jia.md", small, "rules/large.md", "", "rules/full.md", "")
	for name, size := range map[string]int64{"large.md": 100 << 30, "full.md": maxFile + 1} {
		if err := os.Truncate(filepath.Join(dir, "rules", name), size); err != nil {
			t.Skipf("no sparse files here: %v", err)
		}
	}
	wantProblems(t, problemsIn(t)(Open(dir)), "rules/full.md|超过 8 MB", "rules/large.md|文件有 102400 MB，超过 8 MB")
}
