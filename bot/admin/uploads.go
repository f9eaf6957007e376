package admin

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// uploads are the files that wait to be published, each import's in a folder of its own,
// those in a folder of this server: another program may be at work on the data folder.
type uploads struct {
	dir  string        // the server's own
	kept time.Duration // how long they wait
	file int64         // bytes of one file
	pace pace

	mu   sync.Mutex
	held *flock.Flock // while it is, nobody else removes the folder; nil: nothing has come yet
}

// uploadsFolder holds those of all servers in the data folder.
const uploadsFolder = "uploads"

// lockEnd ends the name of the file that is locked as long as whose folder it is named
// after runs.
const lockEnd = ".lock"

func newUploads(data string) *uploads {
	return &uploads{dir: filepath.Join(data, uploadsFolder, rand.Text()), kept: jobsKept, file: uploadFile, pace: pace{idle: 30 * time.Second, spare: time.Minute, least: 8 << 10}}
}

// clear removes what programs that ended have left.
func (u *uploads) clear() error {
	all := filepath.Dir(u.dir)
	list, err := os.ReadDir(all)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return fmt.Errorf("look for uploads that were left: %w", err)
	}
	turn := flock.New(filepath.Join(all, lockEnd))
	if err := turn.Lock(); err != nil {
		return fmt.Errorf("lock uploads: %w", err)
	}
	defer func() { _ = turn.Unlock() }() // the file stays: another may be waiting for it
	for _, e := range list {
		name := strings.TrimSuffix(e.Name(), lockEnd)
		if name != "" {
			err = errors.Join(err, removeUnheld(filepath.Join(all, name)))
		}
	}
	return err
}

// removeUnheld removes the folder of a server that has ended.
func removeUnheld(dir string) error {
	held := flock.New(dir + lockEnd)
	ok, err := held.TryLock()
	if err != nil {
		return fmt.Errorf("lock uploads that were left: %w", err)
	}
	if !ok {
		return nil // it runs
	}
	if err := errors.Join(os.RemoveAll(dir), held.Unlock(), os.RemoveAll(held.Path())); err != nil {
		return fmt.Errorf("remove uploads that were left: %w", err)
	}
	return nil
}

// hold makes the server's folder, and holds it.
func (u *uploads) hold() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.held != nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(u.dir), 0o700); err != nil {
		return err
	}
	turn := flock.New(filepath.Join(filepath.Dir(u.dir), lockEnd)) // or it is cleared before it is held
	if err := turn.Lock(); err != nil {
		return err
	}
	defer func() { _ = turn.Unlock() }()
	held := flock.New(u.dir + lockEnd)
	if _, err := held.TryLock(); err != nil { // nobody else has the name
		return err
	}
	u.held = held
	return nil
}

// begin makes room for an import. It is gone by itself after a while.
func (u *uploads) begin() (*upload, error) {
	if err := u.hold(); err != nil {
		return nil, unkept(err)
	}
	up := &upload{dir: filepath.Join(u.dir, rand.Text()), room: uploadAll, file: u.file}
	if err := os.MkdirAll(up.dir, 0o700); err != nil {
		return nil, unkept(err)
	}
	up.removal = time.AfterFunc(u.kept, up.remove)
	return up, nil
}

// close removes all that still waits.
func (u *uploads) close() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.held == nil {
		return nil
	}
	return errors.Join(os.RemoveAll(u.dir), u.held.Unlock(), os.RemoveAll(u.held.Path()))
}
