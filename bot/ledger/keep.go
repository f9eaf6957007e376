package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// formerOrigin is the origin of the ledger that is to be replaced, as far as it
// can be found out: from the ledger or from beside it, whichever is further.
func formerOrigin(ctx context.Context, b *beside, file string) Origin {
	former, _, _ := b.read() // what cannot be read is replaced all the same
	db, err := sql.Open("sqlite", lookingSource(file))
	if err != nil {
		return former
	}
	defer db.Close()
	now, err := (&Ledger{db: db, reader: db}).present(ctx)
	if err != nil {
		return former
	}
	former.Generation, former.Counter = max(former.Generation, now.Generation), max(former.Counter, now.Counter)
	return former
}

// keepFormer copies a ledger that is to be replaced to a name where nothing is,
// and takes away its journal, which SQLite would take for that of the ledger to
// come. What is in the journal goes into the ledger first; where it cannot, it is
// kept beside. ErrInUse: somebody uses the ledger without holding its folder.
func keepFormer(ctx context.Context, file, dir string, now time.Time) (kept string, err error) {
	if err := takeJournalIn(ctx, file); err != nil {
		return "", err
	}
	var parts []string // what there is, the ledger last: where it is, the rest is too
	for _, suffix := range []string{walSuffix, journalSuffix, ""} {
		if info, err := os.Stat(file + suffix); err == nil && info.Size() > 0 {
			parts = append(parts, suffix)
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	if len(parts) == 0 {
		return "", nil
	}
	for _, suffix := range parts {
		if err := copyFile(file+suffix, filepath.Join(dir, "former"+suffix)); err != nil {
			return "", err
		}
	}
	for n := 1; ; n++ {
		kept = file + now.Format(".20060102-150405")
		if n > 1 {
			kept += fmt.Sprintf("-%d", n)
		}
		taken, err := publishAll(filepath.Join(dir, "former"), kept, parts)
		if err != nil {
			return "", err
		}
		if !taken {
			break
		}
	}
	for _, suffix := range []string{walSuffix, journalSuffix, shmSuffix} {
		if err := os.Remove(file + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return kept, syncDir(filepath.Dir(file))
}

// publishAll gives the parts of a ledger their names; taken says that one of
// these is another's.
func publishAll(from, to string, parts []string) (taken bool, err error) {
	for _, suffix := range []string{walSuffix, journalSuffix, ""} {
		if _, err := os.Lstat(to + suffix); err == nil {
			return true, nil
		}
	}
	for _, suffix := range parts {
		if err := publish(from+suffix, to+suffix); err != nil {
			return errors.Is(err, fs.ErrExist), ignoring(err, fs.ErrExist)
		}
	}
	return false, nil
}

// ignoring is nil for one kind of error.
func ignoring(err, kind error) error {
	if errors.Is(err, kind) {
		return nil
	}
	return err
}

// takeJournalIn has SQLite write what is in a ledger's journal into the ledger,
// and do without a journal. A ledger that is gone or damaged is left as it is.
func takeJournalIn(ctx context.Context, file string) (err error) {
	if info, err := os.Stat(file); err != nil || info.Size() == 0 {
		return ignoring(err, fs.ErrNotExist)
	}
	db, err := sql.Open("sqlite", sqliteSource(file, "_pragma=busy_timeout(2000)"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	var mode string
	err = db.QueryRowContext(ctx, `PRAGMA journal_mode = DELETE`).Scan(&mode)
	switch {
	case TroubleOf(err) == Damaged:
		return nil
	case TroubleOf(err) == Busy, err == nil && mode != "delete":
		return ErrInUse
	}
	return err
}

// notInUse is ErrInUse where somebody uses the ledger that is to be restored: of
// that a backup has to be made, a copy of its files may be none.
func notInUse(ctx context.Context, file string) error {
	lock := besideOf(Source{File: file}).lock
	if _, err := os.Stat(lock.Path()); err != nil {
		return nil
	}
	held, err := lock.TryLock()
	if err != nil {
		return nil // on what can only be read nobody works
	}
	if !held {
		return fmt.Errorf("%s: %w", file, ErrInUse)
	}
	return lock.Unlock()
}

// globbed is a name as filepath.Glob takes it for itself.
func globbed(name string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(name)
}
