//go:build unix

package ledger

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// writeLockAt is the byte of the shared-memory file that SQLite locks while it
// writes to the journal (https://sqlite.org/walformat.html#locks).
const writeLockAt = 120

// writeLocked reports whether another process is writing to a SQLite database
// now. It asks the system who holds SQLite's lock, and takes none itself.
func writeLocked(file string) (bool, error) {
	f, err := os.Open(file + shmSuffix)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	lock := unix.Flock_t{Type: unix.F_RDLCK, Whence: io.SeekStart, Start: writeLockAt, Len: 1}
	if err := unix.FcntlFlock(f.Fd(), unix.F_GETLK, &lock); err != nil {
		return false, err
	}
	return lock.Type != unix.F_UNLCK, nil
}
