//go:build unix

package duty

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lianwen/corpus"
	"lianwen/index"
)

// Fault 21: an index that was cut short under the program is built anew without
// anybody's help, from what the program has in memory.
func TestFault21WatcherRepairs(t *testing.T) {
	library, data := filepath.Join(t.TempDir(), "考勤.txt"), t.TempDir()
	if err := os.WriteFile(library, []byte("考勤办法\n第一条 上班时间为八点。\n第二条 食堂中午开饭。\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	c, err := corpus.Open(library)
	if err != nil {
		t.Fatal(err)
	}
	x, err := index.Open(t.Context(), data, c, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	live := index.NewLive(x)
	defer live.Close()
	var log safeBuffer
	w := NewWatcher(Watcher{Live: live, Dir: data, Library: library, Every: 5 * time.Millisecond, Log: slog.New(slog.NewTextHandler(&log, nil)), Explain: error.Error})
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { w.Run(ctx) })
	defer running.Wait()
	defer cancel()

	ask := func() error {
		x, release := live.Acquire()
		defer release()
		_, err := x.Search(t.Context(), index.Query{Text: "食堂几点开饭"})
		return err
	}
	if err := ask(); err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(data, func(p string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(p) != ".zap" {
			return err
		}
		return errors.Join(os.Chmod(p, 0o600), os.Truncate(p, 0))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := ask(); !errors.Is(err, index.ErrDamaged) {
		t.Fatalf("got %v", err)
	}
	eventually(t, "the repair", func() bool { return ask() == nil })
	eventually(t, "a word about it", func() bool { return strings.Contains(log.String(), "索引已重建") })
}
