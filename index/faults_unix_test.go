//go:build unix

package index

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"lianwen/corpus"
)

// Fault 21: an index file that is cut short while it is mapped does not end the
// process. The search says so, what needs no store is still answered, and a
// repair answers as before.
func TestFault21CutWhileMapped(t *testing.T) {
	dir := t.TempDir()
	c, err := corpus.Open("")
	if err != nil {
		t.Fatal(err)
	}
	x, err := Open(t.Context(), dir, c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	live := NewLive(x)
	t.Cleanup(live.Close)
	ask := func(q string) (string, error) {
		x, release := live.Acquire()
		defer release()
		res, err := x.Search(t.Context(), Query{Text: q})
		if err != nil || len(res.Hits) == 0 {
			return "", err
		}
		return res.Hits[0].Article.Key(), nil
	}
	const question, cited = "开会能不能让秘书替我去", "提案工作条例第一条"
	before, err := ask(question)
	if err != nil || before == "" {
		t.Fatalf("%q, %v", before, err)
	}
	if live.Damaged() {
		t.Error("damaged from the start")
	}
	cut := 0
	err = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(p) != ".zap" {
			return err
		}
		cut++
		return errors.Join(os.Chmod(p, 0o600), os.Truncate(p, 0))
	})
	if err != nil || cut == 0 {
		t.Fatalf("%d files cut: %v", cut, err)
	}
	for range 3 {
		if _, err := ask(question); !errors.Is(err, ErrDamaged) {
			t.Fatalf("got %v", err)
		}
	}
	if hit, err := ask(cited); err != nil || hit != "ti-an#1" {
		t.Errorf("what is cited by number: %q, %v", hit, err)
	}
	if !live.Damaged() {
		t.Error("nobody is told")
	}
	if err := live.Repair(t.Context(), dir, Options{}); err != nil {
		t.Fatal(err)
	}
	if after, err := ask(question); err != nil || after != before || live.Damaged() {
		t.Errorf("after the repair %q, %v", after, err)
	}
}

// A question that was given up says nothing about the store.
func TestGivenUpIsNotDamaged(t *testing.T) {
	live := NewLive(ownSample(t))
	x, release := live.Acquire()
	defer release()
	broken := errors.New("broken")
	if err := x.guarded(t.Context(), func() error { return broken }); !errors.Is(err, broken) || !errors.Is(err, ErrDamaged) || !live.Damaged() {
		t.Errorf("an error of the store: %v", err)
	}
	x.damaged.Store(false)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := x.guarded(ctx, ctx.Err); !errors.Is(err, ctx.Err()) || live.Damaged() {
		t.Errorf("given up: %v, damaged %v", err, live.Damaged())
	}
	defer func() {
		if recover() != "a bug" || live.Damaged() {
			t.Error("a panic that is no fault is hidden")
		}
	}()
	_ = x.guarded(t.Context(), func() error { panic("a bug") })
}
