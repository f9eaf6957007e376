package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/corpus"
)

// kills is how often an index run is cut short, each time at another point.
const kills = 8

// folder is a folder with a small library in it, where the program is run.
type folder struct {
	*testing.T
	dir string
}

// A power switch or an impatient administrator ends the program at any moment:
// whatever it leaves in the data folder, the next question is answered, and
// nothing is said about an index that cannot be used.
func TestKilledWhileBuilding(t *testing.T) {
	t.Parallel()
	f := folder{t, t.TempDir()}
	for _, id := range []string{"ti-an", "gongche", "kaoqin"} {
		f.copyRule(id)
	}
	_, whole := f.rebuild(patience)
	for killed, runs := 0, 0; killed < kills; runs++ {
		if runs == 20*kills {
			t.Fatalf("only %d of %d runs were killed before their end", killed, runs)
		}
		if killed%2 == 0 { // by turns the first index of all, and one in place of another
			if err := errors.Join(os.RemoveAll(f.path("data")), giveBridge(f.path("data"))); err != nil {
				t.Fatal(err)
			}
		}
		after := whole * time.Duration(killed) / kills
		ended, wrote := f.rebuild(after)
		if ended {
			killed++
		} else { // faster than the one before, on a machine that is less busy now
			whole = wrote
		}
		var out, said bytes.Buffer
		cmd := f.command("ask", "提案什么时候截止")
		cmd.Stdout, cmd.Stderr = &out, &said
		if err := cmd.Run(); err != nil || !strings.Contains(out.String(), "\n《提案工作条例》第五条（") || said.Len() > 0 {
			t.Errorf("killed after %v of %v: %v\n%s%s", after, whole, err, &out, &said)
		}
	}
	f.sweepsLeftovers()
}

// What the killed left is kept while another process may still be building it,
// and cleared away when it is old.
func (f folder) sweepsLeftovers() {
	for len(f.unfinished()) == 0 {
		f.rebuild(0)
	}
	left := f.unfinished()
	f.rebuild(patience)
	if now := f.unfinished(); len(now) != len(left) {
		f.Errorf("%d of %d unfinished indexes kept while they are fresh", len(now), len(left))
	}
	old := time.Now().Add(-2 * time.Hour)
	for _, path := range left {
		if err := os.Chtimes(path, old, old); err != nil {
			f.Fatal(err)
		}
	}
	f.rebuild(patience)
	if now := f.unfinished(); len(now) > 0 {
		f.Errorf("old and still there: %v", now)
	}
}

// rebuild builds the index in data anew and kills the process so long after it
// has begun to write. It reports whether that ended it, and how long it wrote.
func (f folder) rebuild(killAfter time.Duration) (killed bool, wrote time.Duration) {
	f.Helper()
	before := len(f.unfinished())
	var said bytes.Buffer
	cmd := f.command("index", "--rebuild")
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		f.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	begun := time.Now()
	survived := func(err error) (bool, time.Duration) {
		f.Helper()
		if err != nil {
			f.Fatalf("%v\n%s", err, &said)
		}
		return false, time.Since(begun)
	}
	for len(f.unfinished()) == before {
		select {
		case err := <-ended: // before it was seen to write
			return survived(err)
		case <-time.After(time.Millisecond):
		}
		begun = time.Now()
	}
	select {
	case err := <-ended:
		return survived(err)
	case <-time.After(killAfter):
	}
	_ = cmd.Process.Kill() // it may have ended by itself just now
	err := <-ended
	return err != nil, time.Since(begun)
}

// command runs the program on the library.
func (f folder) command(args ...string) *exec.Cmd {
	cmd := exec.Command("lianwen", append(args, "--library", "lib")...)
	cmd.Dir = f.dir
	return cmd
}

func (f folder) path(name string) string { return filepath.Join(f.dir, name) }

// unfinished lists the folders in which indexes are built.
func (f folder) unfinished() []string {
	f.Helper()
	paths, err := filepath.Glob(f.path("data/index/building-*"))
	if err != nil {
		f.Fatal(err)
	}
	return paths
}

// copyRule puts a rule of the sample library into the folder lib.
func (f folder) copyRule(id string) {
	f.Helper()
	raw, err := fs.ReadFile(corpus.Sample(), "rules/"+id+".md")
	if err == nil {
		err = os.MkdirAll(f.path("lib"), 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(f.path("lib"), id+".md"), raw, 0o644)
	}
	if err != nil {
		f.Fatal(err)
	}
}
