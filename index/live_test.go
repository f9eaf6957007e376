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
	for range 8 {
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

// A revision that makes search worse is refused and the old index answers on.
func TestReviseRefusesWorse(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "index")
	old := small(t, "")
	x, err := Open(context.Background(), dir, old, Options{})
	if err != nil {
		t.Fatal(err)
	}
	live := NewLive(x)
	defer live.Close()
	gate := Gate{Margin: 0.02, Questions: []Judged{
		{Q: "公车私用", Want: []string{"章程#3"}},
		{Q: "提案几天内提交", Want: []string{"章程#2"}},
		{Q: "这一条已经没有了", Want: []string{"章程#99"}}, // passed over
	}}
	worse, err := corpus.Read(fstest.MapFS{"章程.txt": {Data: []byte(
		"试验章程\n第一条 公车私用的，公车私用。\n第二条 公车私用。\n第三条 车。\n第四条 公车私用公车。\n第五条 公车私用，公车私用。\n")}})
	if err != nil {
		t.Fatal(err)
	}
	var refused *WorseError
	if _, err := live.Revise(context.Background(), dir, worse, Options{}, gate); !errors.As(err, &refused) || refused.After >= refused.Before {
		t.Errorf("got %v, want a WorseError", err)
	}
	now, release := live.Acquire()
	defer release()
	if now != x {
		t.Error("the refused index answers")
	}
	if replaced, err := live.Revise(context.Background(), dir, worse, Options{}, Gate{}); err != nil || !replaced {
		t.Errorf("without a gate: %v, %v", replaced, err)
	}
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
