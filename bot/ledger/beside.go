package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/gofrs/flock"
)

// Errors about what lies beside a ledger.
var (
	ErrInUse    = errors.New("another process uses the ledger")
	ErrNoLocks  = errors.New("the file system does not lock files")
	ErrUnmarked = errors.New("what is kept beside the ledger cannot be read")
)

// beside is what lies in the data folder beside a ledger, wherever that is
// itself:
//
//	ledger.id    the origin that was seen last, and the head of the audit
//	ledger.heads the heads of the backups that were made, a line each
//	ledger.lock  shared by all who use the ledger, held alone by whoever puts
//	             another in its place
type beside struct {
	file  string // the one with the origin
	heads string // the one with the heads of backups
	lock  *flock.Flock
}

// How a folder is held.
type holding int

const (
	sharing holding = iota // with others who use the ledger
	alone
)

// besideOf is what lies beside a ledger; nil where nothing is kept.
func besideOf(s Source) *beside {
	if s.File == "" {
		return nil
	}
	name := strings.TrimSuffix(s.File, ".db")
	return &beside{file: name + ".id", heads: name + ".heads", lock: flock.New(name + ".lock")}
}

// lockPatience is how long somebody waits who wants to use a ledger while
// another is put in its place.
const lockPatience = 10 * time.Second

// openBeside holds the folder of a ledger until close. ErrInUse: others hold it
// in the other way.
func openBeside(ctx context.Context, s Source, how holding) (*beside, error) {
	b := besideOf(s)
	if b == nil {
		return nil, nil
	}
	held, err := false, os.MkdirAll(filepath.Dir(b.file), 0o700)
	switch {
	case err != nil:
	case how == alone:
		held, err = b.lock.TryLock()
	default:
		patience, cancel := context.WithTimeout(ctx, lockPatience)
		defer cancel()
		held, err = b.lock.TryRLockContext(patience, 50*time.Millisecond)
		if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
			err = nil
		}
	}
	switch {
	case err == nil && !held:
		return nil, ErrInUse
	case errors.Is(err, errors.ErrUnsupported), errors.Is(err, syscall.ENOLCK):
		return nil, fmt.Errorf("%w: %w", ErrNoLocks, err)
	case err != nil && s.URL != "" && how == sharing && unwritable(err):
		return nil, nil // of PostgreSQL it is enough to look from here; Serve wants more
	case err != nil:
		return nil, fmt.Errorf("hold the folder of the ledger: %w", err)
	}
	return b, nil
}

// unwritable reports whether an error says that a folder may not be written.
func unwritable(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// absent reports whether an error says that there is no such file, nor a folder
// that it could be in.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// close lets the folder go.
func (b *beside) close() error {
	if b == nil {
		return nil
	}
	return b.lock.Unlock()
}

// read is the origin that was seen last; ok is false where none was.
func (b *beside) read() (o Origin, ok bool, err error) {
	if b == nil {
		return o, false, nil
	}
	raw, err := os.ReadFile(b.file)
	if absent(err) {
		return o, false, nil
	}
	if err != nil {
		return o, false, err
	}
	if err := json.Unmarshal(raw, &o); err != nil || o.ID == "" {
		return Origin{}, false, fmt.Errorf("%w: %s", ErrUnmarked, b.file)
	}
	return o, true, nil
}

// write keeps an origin, whole or not at all. Whoever calls it locks the origin in
// the ledger, or holds the folder alone.
func (b *beside) write(o Origin) error {
	raw, err := json.Marshal(o)
	if err == nil {
		err = replace(b.file, append(raw, '\n'))
	}
	if err != nil {
		return fmt.Errorf("keep beside the ledger which one it is: %w", err)
	}
	return nil
}
