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

// shelf is a library of one rule on the disk, and the index that answers from it.
type shelf struct {
	*testing.T
	library, index string // folders
	live           *index.Live
	log            safeBuffer
}

// open reads the library as it is now and builds its index.
func (s *shelf) open() *index.Index {
	s.Helper()
	c, err := corpus.Open(s.library)
	if err != nil {
		s.Fatal(err)
	}
	x, err := index.Open(s.Context(), s.index, c, index.Options{})
	if err != nil {
		s.Fatal(err)
	}
	return x
}

func newShelf(t *testing.T, text string) *shelf {
	t.Helper()
	s := &shelf{T: t, library: filepath.Join(t.TempDir(), "制度"), index: t.TempDir()}
	s.write(text)
	s.live = index.NewLive(s.open())
	t.Cleanup(func() { s.live.Close() })
	return s
}

// write replaces the rule.
func (s *shelf) write(text string) {
	s.Helper()
	if err := os.MkdirAll(s.library, 0o755); err != nil {
		s.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.library, "考勤.txt"), []byte("考勤办法\n"+text), 0o644); err != nil {
		s.Fatal(err)
	}
}

// watch runs a watcher until stop is called, or the test ends.
func (s *shelf) watch(w Watcher) (watcher *Watcher, stop func()) {
	s.Helper()
	w.Live, w.Dir, w.Library, w.Log, w.Explain = s.live, s.index, s.library, slog.New(slog.NewTextHandler(&s.log, nil)), error.Error
	watcher = NewWatcher(w)
	ctx, cancel := context.WithCancel(context.WithoutCancel(s.Context()))
	var running sync.WaitGroup
	running.Go(func() { watcher.Run(ctx) })
	stop = func() {
		cancel()
		running.Wait()
	}
	s.Cleanup(stop)
	return watcher, stop
}

// answers reports whether the first article reads so.
func (s *shelf) answers(want string) func() bool {
	return func() bool {
		x, release := s.live.Acquire()
		defer release()
		res, err := x.Search(s.Context(), index.Query{Text: "考勤办法第一条"})
		if err != nil || res.Outcome != index.Answered {
			s.Fatalf("a failed answer in between: %v %v", res.Outcome, err)
		}
		return strings.Contains(res.Hits[0].Quote, want)
	}
}

// A rule edited while the bot runs changes the next answer; a mistake, or a
// library that vanishes, leaves the old one answering and is said.
func TestWatch(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "第一条 上班时间为八点。\n第二条 其他。\n")
	forced := make(chan os.Signal, 1)
	s.watch(Watcher{Every: 5 * time.Millisecond, Forced: forced})
	logged := func(want string) func() bool {
		return func() bool { return strings.Contains(s.log.String(), want) && s.answers("九点")() }
	}
	eventually(t, "the first text", s.answers("八点"))
	s.write("第一条 上班时间为九点。\n第二条 其他。\n")
	eventually(t, "the revised text", s.answers("九点"))
	s.write("第一条 十点。\n第三条 其他。\n")
	eventually(t, "the gap in the log", logged("缺第二条"))
	if err := os.RemoveAll(s.library); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the vanished library in the log", logged("看不到了"))
	s.write("第一条 上班时间为十点。\n第二条 其他。\n")
	eventually(t, "the library that came back", s.answers("十点"))
	s.write("第一条 上班时间为十一点。\n第二条 其他。\n")
	forced <- syscall.SIGHUP
	eventually(t, "the text taken up by a signal", s.answers("十一点"))
}

// A file that is spoilt while the bot runs is answered from as it was; the rest
// is taken up. The operator hears of it once, and once that it is mended.
func TestWatchLeftOut(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "第一条 上班时间为八点。\n")
	other := filepath.Join(s.library, "用车.txt")
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(other, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var told safeBuffer
	w, _ := s.watch(Watcher{Every: time.Hour, Alert: func(text string) { told.Write([]byte(text + "\n")) }})
	rebuild := func(want ...string) {
		t.Helper()
		result, _ := w.Rebuild()
		got := <-result
		for _, part := range want {
			if !strings.Contains(got, part) {
				t.Errorf("said %q, want %q", got, part)
			}
		}
	}
	put("用车办法\n第一条 节假日封存停驶。\n")
	rebuild("现行制度 2 部 2 条")
	put("\xd3\xc3")
	s.write("第一条 上班时间为九点。\n")
	rebuild("现行制度 2 部 2 条", "有 1 个文件有问题，没有用上（其中 1 个仍用改动以前的文本）")
	rebuild("没有用上")
	x, release := s.live.Acquire()
	res, err := x.Search(t.Context(), index.Query{Text: "用车办法第一条"})
	if err != nil || len(res.Hits) == 0 || res.Hits[0].Quote != "第一条 节假日封存停驶。" || !s.answers("九点")() {
		t.Errorf("%+v, %v", res, err)
	}
	release()
	put("用车办法\n第一条 节假日照常。\n")
	rebuild("现行制度 2 部 2 条")
	put("\xd3\xc3")
	s.write("第三条 无头。\n")
	rebuild("没有重建成，继续用原来的索引回答")
	rebuild("没有重建成")
	s.write("第一条 上班时间为九点。\n")
	put("用车办法\n第一条 节假日照常。\n")
	rebuild("现行制度 2 部 2 条")
	const want = "廉问：制度库里有 1 个文件有问题，没有用上（其中 1 个仍用改动以前的文本），其余照常；运行 lianwen check 看是哪些、怎么改。\n廉问：制度库里的文件改好了，都用上了。\n" +
		"廉问：新的制度库没有采用，继续用原来的回答；运行 lianwen check 看哪里有问题、怎么改。\n廉问：制度库里的文件改好了，都用上了。\n"
	if got := told.String(); got != want {
		t.Errorf("the operator heard\n%s, want\n%s", got, want)
	}
	if log := s.log.String(); strings.Count(log, "制度库里有文件没有用上") != 1 || strings.Count(log, "制度库里的文件都用上了") != 2 {
		t.Errorf("the log: %s", log)
	}
}

// What is left out at the start is told to the operator then.
func TestWatchLeftOutAtFirst(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "第一条 上班时间为八点。\n")
	if err := os.WriteFile(filepath.Join(s.library, "用车.docx"), []byte("PK"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.live.Replace(s.open())
	var told safeBuffer
	_, stop := s.watch(Watcher{Every: 5 * time.Millisecond, Alert: func(text string) { told.Write([]byte(text + "\n")) }})
	eventually(t, "the alert", func() bool { return told.String() != "" })
	stop()
	if got := told.String(); got != "廉问：制度库里有 1 个文件有问题，没有用上，其余照常；运行 lianwen check 看是哪些、怎么改。\n" {
		t.Errorf("the operator heard %q", got)
	}
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
	s := newShelf(t, "第一条 上班时间为八点。\n第二条 食堂中午开饭。\n")
	x, release := s.live.Acquire()
	gate := index.Gate{Questions: []index.Judged{{Q: "几点上班", Want: []string{x.Corpus().Rules[0].Articles[0].Key()}}}}
	release()
	w, stop := s.watch(Watcher{Every: time.Hour, Gate: gate})
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
	s.write("第一条 食堂中午开饭。\n第二条 会场保持安静。\n")
	wants("没有换用：检验问题前三条命中率从 100.0% 降到 0.0%")
	s.write("第一条 上班时间为九点。\n第三条 食堂中午开饭。\n")
	wants("没有重建成，继续用原来的索引回答")
	s.write("第一条 上班时间为九点。\n第二条 食堂中午开饭。\n")
	stop()
	result, ok := w.Rebuild()
	if _, again := w.Rebuild(); !ok || again {
		t.Errorf("asked twice: %v, %v", ok, again)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	w.Run(ended) // ends at once; nobody may wait for ever
	for text := range result {
		if !strings.Contains(text, "程序正在停止") {
			t.Errorf("at the end: %q", text)
		}
	}
}

// How much a library holds is said in one phrase.
func TestHeld(t *testing.T) {
	t.Parallel()
	c, err := corpus.Open("")
	if err != nil {
		t.Fatal(err)
	}
	if got := Held(c); got != "现行制度 38 部 706 条，禁令 10 条" {
		t.Errorf("the sample: %s", got)
	}
	if got := Held(&corpus.Corpus{}); got != "现行制度 0 部 0 条" {
		t.Errorf("nothing: %s", got)
	}
}

// An empty library is no mistake where nothing has been put in yet, and what
// comes is taken up.
func TestWatchBlank(t *testing.T) {
	t.Parallel()
	x, err := index.Blank(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &shelf{T: t, library: t.TempDir(), index: t.TempDir(), live: index.NewLive(x)}
	t.Cleanup(func() { s.live.Close() })
	var told []string
	watcher, stop := s.watch(Watcher{Every: 5 * time.Millisecond, Alert: func(text string) { told = append(told, text) }})
	result, _ := watcher.Rebuild()
	if text := <-result; text != "制度库里还没有制度。" {
		t.Errorf("it says %q", text)
	}
	s.write("第一条 上班时间为八点。\n第二条 其他。\n")
	eventually(t, "what has come", func() bool {
		x, release := s.live.Acquire()
		defer release()
		return len(x.Corpus().Rules) == 1
	})
	if stop(); len(told) > 0 {
		t.Errorf("the operator was told %q", told)
	}
}
