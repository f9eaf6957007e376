package ledger

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// What this package writes holds names and telephone numbers, or says which
// ledger is the right one. Every file is its owner's alone from the first byte,
// is made under a name where nothing was, and takes its place whole: a link that
// somebody has put there is never followed.

// makePrivate makes a file where nothing is.
func makePrivate(file string) (*os.File, error) {
	return os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
}

// fill makes a file of what write writes, and is done when it is on the disk.
func fill(file string, write func(io.Writer) error) error {
	f, err := makePrivate(file)
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(file))
	}
	return nil
}

// copyFile copies to where nothing is.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	return fill(to, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
}

// replace puts bytes in the place of a file. Only one may do so at a time.
func replace(file string, raw []byte) error {
	next := file + ".new"
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) { // of one that was killed
		return err
	}
	err := fill(next, func(w io.Writer) error {
		_, err := w.Write(raw)
		return err
	})
	if err != nil {
		return err
	}
	return moveOver(next, file)
}

// moveOver renames, also over what is there, and is done when that is on the
// disk.
func moveOver(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncDir(filepath.Dir(to))
}

// publish gives a file its name, unless there is something of that name: that is
// fs.ErrExist.
func publish(from, to string) error {
	err := os.Link(from, to)
	switch {
	case err == nil:
		err = os.Remove(from)
	case errors.Is(err, fs.ErrExist):
		return err
	default: // a file system without links: the name is taken first, and written over then
		f, made := makePrivate(to)
		if made != nil {
			return made
		}
		if err = errors.Join(f.Close(), os.Rename(from, to)); err != nil {
			err = errors.Join(err, os.Remove(to))
		}
	}
	return errors.Join(err, syncDir(filepath.Dir(to)))
}

// syncDir has the names in a folder written to the disk.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" { // does so by itself, and opens no folders
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
