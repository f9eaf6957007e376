package ledger_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// A backup made while the ledger is written to is whole.
func TestBackup(t *testing.T) {
	t.Parallel()
	w := ledgertest.Where{File: filepath.Join(t.TempDir(), "ledger.db")}
	l := imported(t, w)
	ctx := t.Context()
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				if err := l.Excuse(ctx, ledger.Leave{Member: "A01", From: "2026-12-01", To: "2026-12-02", Reason: fmt.Sprint(i), Actor: "staff"}, noon); err != nil {
					t.Error(err)
				}
			}
		}
	})
	dir := t.TempDir()
	for i := range 5 {
		file := filepath.Join(dir, fmt.Sprintf("back up? #%d.db", i))
		s, err := l.Backup(ctx, file)
		if err != nil || s.Members != 3 || s.Audit < 1 {
			t.Errorf("backup %d: %+v, %v", i, s, err)
		}
		if _, err := l.Backup(ctx, file); !errors.Is(err, os.ErrExist) {
			t.Errorf("over another: %v", err)
		}
	}
	close(stop)
	wg.Wait()
}

// A backup that is not whole, or not as it was written, is not taken for one.
func TestExamine(t *testing.T) {
	t.Parallel()
	ctx, good, dir := t.Context(), content(t, backedUp(t)), t.TempDir()
	for name, raw := range map[string][]byte{
		"truncated": good[:len(good)/2], "empty": {}, "text": []byte("not a database"),
		"without its head": append(make([]byte, 4096), good[4096:]...),
	} {
		file := filepath.Join(dir, name)
		must(t, os.WriteFile(file, raw, 0o600))
		if _, err := ledger.Examine(ctx, file); !errors.Is(err, ledger.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	tampered := ledgertest.Where{File: filepath.Join(dir, "tampered.db")}
	must(t, os.WriteFile(tampered.File, good, 0o600))
	if _, err := tampered.Raw(t).ExecContext(ctx, "UPDATE audit SET actor = 'nobody' WHERE seq = 1"); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Examine(ctx, tampered.File); !errors.Is(err, ledger.ErrTampered) {
		t.Errorf("tampered with: %v", err)
	}
	if _, err := ledger.Examine(ctx, filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// What a program left that was killed in a backup is removed by the next one there,
// but for that of one that may still be at work.
func TestBackupLeftover(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l := imported(t, ledgertest.Where{File: filepath.Join(t.TempDir(), "ledger.db")})
	for name, age := range map[string]time.Duration{".lianwen-backup-1": 2 * time.Hour, ".lianwen-backup-2": time.Minute, "others": 2 * time.Hour} {
		if err := os.MkdirAll(filepath.Join(dir, name, "x"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(filepath.Join(dir, name), time.Now(), time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.Backup(t.Context(), filepath.Join(dir, "a.db")); err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadDir(dir)
	if err != nil || len(list) != 3 || list[0].Name() != ".lianwen-backup-2" || list[1].Name() != "a.db" || list[2].Name() != "others" {
		t.Errorf("there are %v, %v", list, err)
	}
}

// A ledger in PostgreSQL is backed up by its own tools.
func TestBackupOfPostgres(t *testing.T) {
	t.Parallel()
	if _, err := ledgertest.Postgres(t).Open(t).Backup(t.Context(), filepath.Join(t.TempDir(), "x.db")); !errors.Is(err, ledger.ErrPostgres) {
		t.Errorf("got %v", err)
	}
}
