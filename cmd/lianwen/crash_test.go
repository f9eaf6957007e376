package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/corpus"
)

// kills is how often an index run is cut short, each time a little later.
const kills = 12

// A power switch or an impatient administrator ends the program at any moment:
// whatever it leaves in the data folder, the next question is answered, and
// nothing is said about an index that cannot be used.
func TestKilledWhileBuilding(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("GORACE", raceOptions)
	for _, id := range []string{"ti-an", "gongche", "kaoqin"} {
		copyRule(t, id)
	}
	_, whole := rebuild(t, time.Minute)
	killed := 0
	for i := range kills {
		if i%2 == 0 { // by turns the first index of all, and one in place of another
			if err := os.RemoveAll("data"); err != nil {
				t.Fatal(err)
			}
		}
		after := whole * time.Duration(i) / kills
		if ended, _ := rebuild(t, after); ended {
			killed++
		}
		var out, said bytes.Buffer
		cmd := exec.Command("lianwen", "ask", "--library", "lib", "提案什么时候截止")
		cmd.Stdout, cmd.Stderr = &out, &said
		if err := cmd.Run(); err != nil || !strings.HasPrefix(out.String(), "《提案工作条例》第五条\n") || said.Len() > 0 {
			t.Errorf("killed after %v of %v: %v\n%s%s", after, whole, err, &out, &said)
		}
	}
	if killed < kills/3 {
		t.Errorf("only %d of %d runs were killed before their end", killed, kills)
	}
	sweepsLeftovers(t)
}

// What the killed left is kept while another process may still be building it,
// and cleared away when it is old.
func sweepsLeftovers(t *testing.T) {
	rebuild(t, 0)
	left := unfinished(t)
	if len(left) == 0 {
		t.Fatal("the killed left nothing behind")
	}
	rebuild(t, time.Minute)
	if now := unfinished(t); len(now) != len(left) {
		t.Errorf("%d of %d unfinished indexes kept while they are fresh", len(now), len(left))
	}
	old := time.Now().Add(-2 * time.Hour)
	for _, path := range left {
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	rebuild(t, time.Minute)
	if now := unfinished(t); len(now) > 0 {
		t.Errorf("old and still there: %v", now)
	}
}

// rebuild builds the index in data anew and kills the process so long after it
// has begun to write. It reports whether that ended it, and how long it wrote.
func rebuild(t *testing.T, killAfter time.Duration) (killed bool, wrote time.Duration) {
	t.Helper()
	before := len(unfinished(t))
	var said bytes.Buffer
	cmd := exec.Command("lianwen", "index", "--rebuild", "--library", "lib")
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for len(unfinished(t)) == before {
		select {
		case err := <-ended:
			t.Fatalf("ended before it wrote anything: %v\n%s", err, &said)
		case <-time.After(time.Millisecond):
		}
	}
	begun := time.Now()
	select {
	case err := <-ended:
		if err != nil {
			t.Fatalf("%v\n%s", err, &said)
		}
		return false, time.Since(begun)
	case <-time.After(killAfter):
	}
	_ = cmd.Process.Kill() // it may have ended by itself just now
	err := <-ended
	return err != nil, time.Since(begun)
}

// unfinished lists the folders in which indexes are built.
func unfinished(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("data/index/building-*")
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// copyRule puts a rule of the sample library into the folder lib.
func copyRule(t *testing.T, id string) {
	t.Helper()
	raw, err := fs.ReadFile(corpus.Sample(), "rules/"+id+".md")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll("lib", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("lib", id+".md"), raw, 0o644); err != nil {
		t.Fatal(err)
	}
}
