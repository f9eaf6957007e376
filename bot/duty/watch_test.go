package duty

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"lianwen/corpus"
	"lianwen/index"
)

// safeBuffer is a log that is read while it is written.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// A rule edited while the bot runs changes the next answer; a mistake, or a
// library that vanishes, leaves the old one answering and is said.
func TestWatch(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	library, rule := filepath.Join(dir, "制度"), filepath.Join(dir, "制度", "考勤.txt")
	write := func(text string) {
		t.Helper()
		if err := os.MkdirAll(library, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(rule, []byte("考勤办法\n第一条 "+text+"\n第二条 其他。\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("上班时间为八点。")
	c, err := corpus.Open(library)
	if err != nil {
		t.Fatal(err)
	}
	x, err := index.Open(context.Background(), filepath.Join(dir, "index"), c, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	live := index.NewLive(x)
	defer live.Close()
	var log safeBuffer
	forced := make(chan os.Signal, 1)
	w := NewWatcher(Watcher{
		Live: live, Dir: filepath.Join(dir, "index"), Library: library, Every: 5 * time.Millisecond,
		Log: slog.New(slog.NewTextHandler(&log, nil)), Explain: error.Error, Forced: forced,
	})
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { w.Run(ctx) })
	defer running.Wait()
	defer cancel()

	answers := func(want string) func() bool {
		return func() bool {
			x, release := live.Acquire()
			defer release()
			res, err := x.Search(t.Context(), index.Query{Text: "考勤办法第一条"})
			if err != nil || res.Outcome != index.Answered {
				t.Fatalf("a failed answer in between: %v %v", res.Outcome, err)
			}
			return strings.Contains(res.Hits[0].Quote, want)
		}
	}
	logged := func(want string) func() bool {
		return func() bool { return strings.Contains(log.String(), want) && answers("九点")() }
	}
	eventually(t, "the first text", answers("八点"))
	write("上班时间为九点。")
	eventually(t, "the revised text", answers("九点"))

	if err := os.WriteFile(rule, []byte("考勤办法\n第一条 十点。\n第三条 其他。\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the gap in the log", logged("缺第二条"))
	if err := os.RemoveAll(library); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the vanished library in the log", logged("看不到了"))
	write("上班时间为十点。")
	eventually(t, "the library that came back", answers("十点"))
	write("上班时间为十一点。")
	forced <- syscall.SIGHUP
	eventually(t, "the text taken up by a signal", answers("十一点"))
}

// eventually waits as long as the tests may take at all: how fast the machine is
// does not matter.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for ; !ok(); time.Sleep(2 * time.Millisecond) {
		if end, set := t.Deadline(); set && time.Until(end) < 10*time.Second {
			t.Fatalf("%s did not come", what)
		}
	}
}

// Staff who ask for the index to be built anew are told how it went, whether it
// replaced the old one or not.
func TestRebuildOnRequest(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rule := filepath.Join(dir, "考勤.txt")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(rule, []byte("考勤办法\n"+text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("第一条 上班时间为八点。\n第二条 食堂中午开饭。\n")
	c, err := corpus.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	x, err := index.Open(t.Context(), data, c, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	live := index.NewLive(x)
	defer live.Close()
	w := NewWatcher(Watcher{
		Live: live, Dir: data, Library: dir, Every: time.Hour, Log: slog.New(slog.DiscardHandler), Explain: error.Error,
		Gate: index.Gate{Questions: []index.Judged{{Q: "几点上班", Want: []string{c.Rules[0].Articles[0].Key()}}}},
	})
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { w.Run(ctx) })
	wants := func(want string) {
		t.Helper()
		result, ok := w.Rebuild()
		if !ok {
			t.Fatal("one is under way")
		}
		if got := <-result; !strings.Contains(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	wants("索引已重建并换用：现行制度 1 部 2 条")
	wants("检验问题 1 道，没有变差")
	write("第一条 食堂中午开饭。\n第二条 会场保持安静。\n")
	wants("没有换用：检验问题前三条命中率从 100.0% 降到 0.0%")
	write("第一条 上班时间为九点。\n第三条 食堂中午开饭。\n")
	wants("没有重建成，继续用原来的索引回答")
	write("第一条 上班时间为九点。\n第二条 食堂中午开饭。\n")
	cancel()
	running.Wait()
	result, ok := w.Rebuild()
	if _, again := w.Rebuild(); !ok || again {
		t.Errorf("asked twice: %v, %v", ok, again)
	}
	w.Run(ctx) // ends at once; nobody may wait for ever
	for text := range result {
		if !strings.Contains(text, "程序正在停止") {
			t.Errorf("at the end: %q", text)
		}
	}
}
