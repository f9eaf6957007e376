package index

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"lianwen/corpus"
)

// numbered is a library whose every article says which revision it is of.
func numbered(t testing.TB, revision int) *corpus.Corpus {
	t.Helper()
	var b strings.Builder
	b.WriteString("试验章程\n")
	for i := 1; i <= 30; i++ {
		fmt.Fprintf(&b, "第%s条 委员提案的第%d件事，版本%d号。\n", corpus.FormatNumeral(i), i, revision)
	}
	c, err := corpus.Read(fstest.MapFS{"章程.txt": {Data: []byte(b.String())}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// While the library is revised twenty times, every question is answered, each
// from one whole revision, and no index is closed under a reader or left open.
func TestReviseUnderLoad(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "index")
	first, err := Open(context.Background(), dir, numbered(t, 0), Options{})
	if err != nil {
		t.Fatal(err)
	}
	live := NewLive(first)
	var asked atomic.Int64
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for asked.Load() < 1000 || !closed(done) {
				asked.Add(1)
				askLive(t, live)
			}
		})
	}
	for revision := 1; revision <= 20; revision++ {
		if replaced, err := live.Revise(context.Background(), dir, numbered(t, revision), Options{}, Gate{}); err != nil || !replaced {
			t.Errorf("revision %d: replaced %v, %v", revision, replaced, err)
		}
	}
	close(done)
	wg.Wait()
	x, release := live.Acquire()
	defer release()
	if text := x.Corpus().Rules[0].Articles[0].Text; !strings.HasSuffix(text, "版本20号。") {
		t.Errorf("the last revision does not answer: %s", text)
	}
	t.Logf("%d questions asked during 20 revisions", asked.Load())
}

func closed(done chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}

func askLive(t *testing.T, live *Live) {
	x, release := live.Acquire()
	defer release()
	res, err := x.Search(context.Background(), Query{Text: "委员提案的事"})
	if err != nil || len(res.Hits) != MaxHits {
		t.Errorf("%d hits, %v", len(res.Hits), err)
		return
	}
	version := res.Hits[0].Article.Text[strings.Index(res.Hits[0].Article.Text, "版本"):]
	for _, h := range res.Hits {
		if !strings.HasSuffix(h.Article.Text, version) {
			t.Errorf("an answer out of two revisions: %s and %s", version, h.Article.Text)
		}
	}
}

// Each index is closed when it no longer answers and its last reader has let
// go: not before, and not twice.
func TestLiveCloses(t *testing.T) {
	t.Parallel()
	c := small(t, "")
	dir := filepath.Join(t.TempDir(), "index")
	next := func() *Index {
		x, err := Open(context.Background(), dir, c, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	first, second, third := next(), next(), next()
	live := NewLive(first)
	begun := live.Since()
	wantOpen := func(step string, x *Index, want bool) {
		t.Helper()
		if open := len(x.readers) > 0; open != want {
			t.Errorf("%s: open %v, want %v", step, open, want)
		}
	}
	_, early := live.Acquire()
	early()
	wantOpen("after a reader", first, true)
	_, one := live.Acquire()
	_, two := live.Acquire()
	live.Replace(second)
	wantOpen("replaced under two readers", first, true)
	one()
	wantOpen("one of them is left", first, true)
	two()
	wantOpen("none is left", first, false)
	wantOpen("the new one", second, true)
	if since := live.Since(); !since.After(begun) || time.Since(since) < 0 {
		t.Errorf("the new one answers since %v, the one before since %v", since, begun)
	}
	live.Replace(third)
	wantOpen("replaced without a reader", second, false)
	x, last := live.Acquire()
	if x != third {
		t.Error("not the one that was put last")
	}
	live.Close()
	wantOpen("closed under a reader", third, true)
	last()
	wantOpen("and let go", third, false)
	live.Close() // once more harms nothing

	idle := NewLive(next())
	x, release := idle.Acquire()
	release()
	idle.Close()
	wantOpen("closed when idle", x, false)
	idle.Close()
}

func TestReviseKeepsTheOldOnFailure(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "index")
	x, err := Open(context.Background(), dir, small(t, ""), Options{})
	if err != nil {
		t.Fatal(err)
	}
	live := NewLive(x)
	defer live.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := live.Revise(ctx, dir, small(t, "并签到"), Options{}, Gate{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	askSmall, release := live.Acquire()
	defer release()
	finds(t, askSmall, "公车私用", "章程#3")
}
