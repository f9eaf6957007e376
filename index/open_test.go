package index

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"lianwen/corpus"
)

// small is a library of three articles, with extra text in the first.
func small(t testing.TB, extra string) *corpus.Corpus {
	t.Helper()
	c, err := corpus.Read(fstest.MapFS{"章程.txt": {Data: []byte(
		"试验章程\n第一条 委员应当按时到会" + extra + "。\n第二条 提案在三日内提交。\n第三条 公车不得私用。\n")}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestOpenReusesAndRebuilds(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "index")
	c := small(t, "")
	if x := open(t, dir, c, Options{}); x.Built != OnDisk {
		t.Errorf("first open: %v, want built on disk", x.Built)
	}
	if x := open(t, dir, c, Options{}); x.Built != Reused {
		t.Errorf("second open: %v, want reused", x.Built)
	}
	if x := open(t, dir, c, Options{Rebuild: true}); x.Built != OnDisk {
		t.Errorf("forced: %v, want built on disk", x.Built)
	}
	revised := open(t, dir, small(t, "并签到"), Options{})
	if revised.Built != OnDisk {
		t.Errorf("after a revision: %v, want built on disk", revised.Built)
	}
	finds(t, revised, "签到", "章程#1")
}

// A process that has the old index open is not disturbed by a rebuild.
func TestRebuildUnderAReader(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "index")
	c := small(t, "")
	old := open(t, dir, c, Options{})
	open(t, dir, c, Options{Rebuild: true})
	finds(t, old, "公车私用", "章程#3")
}

func TestOpenFromManyProcesses(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "index")
	c := small(t, "")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			x, err := Open(context.Background(), dir, c, Options{})
			if err != nil {
				t.Error(err)
				return
			}
			defer x.Close()
			if x.Built == InMemory {
				t.Error("built in memory though the folder can be written")
			}
			finds(t, x, "公车私用", "章程#3")
		})
	}
	wg.Wait()
}

// damages are what may happen to a generation.
var damages = map[string]func(t *testing.T, generation string){
	"a file truncated": func(t *testing.T, g string) {
		for _, f := range walk(t, g, ".zap") {
			if err := os.Truncate(f, 100); err != nil {
				t.Fatal(err)
			}
		}
	},
	"a byte flipped": func(t *testing.T, g string) {
		for _, f := range walk(t, g, ".zap") {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			raw[len(raw)/2] ^= 0xff
			if err := os.WriteFile(f, raw, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	},
	"root.bolt gone": func(t *testing.T, g string) {
		for _, f := range walk(t, g, ".bolt") {
			if err := os.Remove(f); err != nil {
				t.Fatal(err)
			}
		}
	},
	"manifest garbled": func(t *testing.T, g string) {
		if err := os.WriteFile(filepath.Join(g, manifestName), []byte("{"), 0o644); err != nil {
			t.Fatal(err)
		}
	},
	"manifest gone": func(t *testing.T, g string) {
		if err := os.Remove(filepath.Join(g, manifestName)); err != nil {
			t.Fatal(err)
		}
	},
	"a plain file in its place": func(t *testing.T, g string) {
		if err := errors.Join(os.RemoveAll(g), os.WriteFile(g, []byte("x"), 0o644)); err != nil {
			t.Fatal(err)
		}
	},
	"of another library": func(t *testing.T, g string) {
		other := stored(t, filepath.Dir(g), small(t, "并签到"))
		if err := errors.Join(os.RemoveAll(g), os.Rename(other, g)); err != nil {
			t.Fatal(err)
		}
	},
	"with fewer articles than the library": func(t *testing.T, g string) {
		c, err := corpus.Read(fstest.MapFS{"章程.txt": {Data: []byte("试验章程\n第一条 甲。\n第二条 乙。\n")}})
		if err != nil {
			t.Fatal(err)
		}
		other := stored(t, filepath.Dir(g), c)
		rewrite(t, filepath.Join(other, manifestName), c.Digest, small(t, "").Digest)
		if err := errors.Join(os.RemoveAll(g), os.Rename(other, g)); err != nil {
			t.Fatal(err)
		}
	},
	"of a newer version": func(t *testing.T, g string) {
		rewrite(t, filepath.Join(g, manifestName), fmt.Sprintf(`"version": %d`, Version), `"version": 99`)
	},
}

func TestOpenRepairsDamage(t *testing.T) {
	t.Parallel()
	for name, do := range damages {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "index")
			c := small(t, "")
			do(t, stored(t, dir, c))
			var said bytes.Buffer
			x := open(t, dir, c, Options{Log: slog.New(slog.NewTextHandler(&said, nil))})
			if x.Built != OnDisk {
				t.Errorf("built %v, want on disk", x.Built)
			}
			if !strings.Contains(said.String(), "重新建立") {
				t.Errorf("nothing was said about it: %q", said.String())
			}
			finds(t, x, "公车私用", "章程#3")
			if x := open(t, dir, c, Options{}); x.Built != Reused {
				t.Errorf("afterwards: %v, want reused", x.Built)
			}
		})
	}
}

// stored builds a generation, closes it and returns where it is.
func stored(t *testing.T, dir string, c *corpus.Corpus) string {
	t.Helper()
	x, err := Open(context.Background(), dir, c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	return generationPath(dir, c)
}

func rewrite(t *testing.T, file, old, new string) {
	t.Helper()
	raw := read(t, file)
	if !strings.Contains(raw, old) {
		t.Fatalf("%s does not hold %s: %s", file, old, raw)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(raw, old, new, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func walk(t *testing.T, dir, ext string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if filepath.Ext(p) == ext {
			out = append(out, p)
		}
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("no %s file in %s: %v", ext, dir, err)
	}
	return out
}

// The bot must answer where nothing can be written. A file where the folder
// should be keeps even root from writing.
func TestOpenInMemory(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	c := small(t, "")
	x := open(t, filepath.Join(file, "index"), c, Options{Log: slog.New(slog.NewTextHandler(&said, nil))})
	if x.Built != InMemory || !strings.Contains(said.String(), "内存") {
		t.Errorf("built %v, said %q", x.Built, said.String())
	}
	onDisk := open(t, t.TempDir(), c, Options{})
	for _, q := range []string{"公车", "三日提案", "按时到会", "提案三日内提交"} {
		mem, disk := search(t, x, q), search(t, onDisk, q)
		if len(mem.Hits) == 0 || !slices.Equal(keys(mem.Hits), keys(disk.Hits)) || mem.Hits[0].Score != disk.Hits[0].Score {
			t.Errorf("%s: in memory %v, on disk %v", q, mem.Hits, disk.Hits)
		}
	}
}

func TestOpenEmptyCorpus(t *testing.T) {
	t.Parallel()
	c, err := corpus.Read(fstest.MapFS{"old.md": {Data: []byte(
		"+++\nid=\"old\"\ntitle=\"旧规\"\neffective=2019-01-01\nstatus=\"repealed\"\n+++\n第一条 旧的。\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), t.TempDir(), c, Options{}); !errors.Is(err, ErrEmpty) {
		t.Errorf("got %v, want ErrEmpty", err)
	}
}

func TestOpenCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Open(ctx, t.TempDir(), small(t, ""), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestProgressEndsComplete(t *testing.T) {
	t.Parallel()
	var last, total int
	open(t, t.TempDir(), small(t, ""), Options{Progress: func(d, n int) { last, total = d, n }})
	if last != 3 || total != 3 {
		t.Errorf("progress ended at %d of %d", last, total)
	}
}

// A library that has nothing yet finds nothing, and makes way for what comes.
func TestBlank(t *testing.T) {
	t.Parallel()
	x, err := Blank(nil)
	if err != nil {
		t.Fatal(err)
	}
	live := NewLive(x)
	t.Cleanup(func() { live.Close() })
	for _, q := range []string{"第十二条", "开会", "请假办法第三条", "公车"} {
		if res := search(t, x, q); res.Outcome != None || len(res.Hits) > 0 {
			t.Errorf("%s: %v %v", q, res.Outcome, keys(res.Hits))
		}
	}
	if replaced, err := live.Revise(t.Context(), t.TempDir(), small(t, ""), Options{}, Gate{}); !replaced || err != nil {
		t.Fatal(replaced, err)
	}
	now, release := live.Acquire()
	defer release()
	if res := search(t, now, "公车"); len(res.Hits) == 0 {
		t.Error("what has come is not found")
	}
}
