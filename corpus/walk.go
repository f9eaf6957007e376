package corpus

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Limits of a library, far above what a committee has. What is beyond them is a
// problem that names the file.
const (
	maxFiles   = 20_000  // of all kinds
	maxFolders = 16      // one within the other
	maxFile    = MaxFile // bytes of a file that people write
	maxBulk    = 1 << 30 // bytes of a .jsonl
	maxTotal   = 2 << 30 // bytes of all files
	maxForeign = 20      // files of no known kind that are named
	mebibyte   = 1 << 20 // for people
)

// MaxFile is how many bytes a file of a library may have that people write.
const MaxFile = 8 << 20

// entry is a file of a library.
type entry struct {
	path string
	kind kind
	info fs.FileInfo // nil for a file of no known kind, which nobody looks at
	link string      // where a link leads, as it is written
	odd  *Problem    // why it cannot be read
	raw  []byte      // what is read in place of it; nil for what it holds
}

var errTooMany = errors.New("too many files")

// walk calls visit for every file below a folder, in order. Links are followed,
// but not to a folder they stand in; hidden files, README files, an editor's
// leftovers, folders of programs' caches, Originals and LinesPrompt are passed over.
func walk(fsys fs.FS, visit func(entry) error) error {
	files := 0
	root, err := fs.Stat(fsys, ".")
	if err != nil {
		return err
	}
	return walkFolder(fsys, ".", []fs.FileInfo{root}, func(e entry) error {
		if files++; files > maxFiles {
			return errTooMany
		}
		return visit(e)
	})
}

// walkFolder walks one folder; above are this one and those it stands in.
func walkFolder(fsys fs.FS, dir string, above []fs.FileInfo, visit func(entry) error) error {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return err
	}
	for _, d := range entries {
		if d.Name() == CacheTag {
			return nil
		}
	}
	for _, d := range entries {
		e := entry{path: path.Join(dir, d.Name())}
		if ignored(d.Name()) || e.path == Originals || e.path == LinesPrompt {
			continue
		}
		e.kind = kindOf(e.path)
		isLink := d.Type()&fs.ModeSymlink != 0
		if d.Type().IsRegular() && e.kind == foreign {
			if err := visit(e); err != nil {
				return err
			}
			continue
		}
		e.info, err = fs.Stat(fsys, e.path)
		switch {
		case isLink && errors.Is(err, fs.ErrNotExist):
			e.odd = &Problem{e.path, 0, "链接指向的文件不存在", "请改正链接，或移出制度库"}
		case errors.Is(err, fs.ErrNotExist):
			continue // removed just now
		case err != nil:
			return err
		case e.info.IsDir():
			if err := e.into(fsys, above, visit); err != nil {
				return err
			}
			continue
		case !e.info.Mode().IsRegular():
			e.odd = notRegular(e.path)
		}
		if isLink {
			e.link, _ = fs.ReadLink(fsys, e.path) // where it leads is one more sign of a change
		}
		if err := visit(e); err != nil {
			return err
		}
	}
	return nil
}

// into walks the folder e, unless that would have no end.
func (e entry) into(fsys fs.FS, above []fs.FileInfo, visit func(entry) error) error {
	for _, a := range above {
		if os.SameFile(a, e.info) {
			return nil // everything in it is read where it stands
		}
	}
	if len(above) > maxFolders {
		e.odd = &Problem{e.path, 0, fmt.Sprintf("文件夹套得太深，超过 %d 层", maxFolders), "请放到浅一点的地方，或移出制度库"}
		return visit(e)
	}
	return walkFolder(fsys, e.path, append(above[:len(above):len(above)], e.info), visit)
}

// notRegular is the problem of a pipe, a device, a socket: to read it may take
// for ever, and all memory.
func notRegular(file string) *Problem {
	return &Problem{file, 0, "不是普通文件（是管道、设备之类），没有读", "请移出制度库"}
}

// Stamp changes when a file of the library at path is written, added or
// removed, or a link leads elsewhere; it looks at names, sizes and times only,
// and of files of no known kind at their names. The sample ("") never changes.
func Stamp(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	h := sha256.New()
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		err = walk(os.DirFS(path), func(e entry) error {
			stampEntry(h, e)
			return nil
		})
	} else if err == nil {
		stampEntry(h, entry{path: path, info: info})
	}
	switch {
	case errors.Is(err, errTooMany): // those that were seen say enough, until there are fewer
		io.WriteString(h, err.Error())
	case err != nil:
		return "", fmt.Errorf("look at library %s: %w", path, err)
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		io.WriteString(h, real)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func stampEntry(h hash.Hash, e entry) {
	size, written := int64(-1), int64(0)
	if e.info != nil {
		size, written = e.info.Size(), e.info.ModTime().UnixNano()
	}
	fmt.Fprintf(h, "%q %q %d %d\n", e.path, e.link, size, written)
}

// CacheTag is the file that marks a folder as a program's cache
// (bford.info/cachedir). Such a folder is never part of a library: people keep
// data_dir beside their rules.
const CacheTag = "CACHEDIR.TAG"

// Originals is the folder of a library where the papers are kept that its rules
// were made from. It is never read.
const Originals = "originals"

// LinesPrompt is the file of a library that has the office's own words for asking a
// language model for asked-as lines. It is no rule.
const LinesPrompt = "lines-prompt.txt"

func ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasSuffix(name, "~") ||
		strings.EqualFold(stem(name), "README") || strings.EqualFold(name, "Thumbs.db")
}

// readFile reads a file within the limits; total is what may still be read of all.
func readFile(fsys fs.FS, e entry, total *int64) ([]byte, *Problem, error) {
	if e.odd != nil {
		return nil, e.odd, nil
	}
	if e.raw != nil {
		return e.raw, nil, nil
	}
	limit := int64(maxFile)
	if e.kind == bulkFile {
		limit = maxBulk
	}
	if e.info.Size() > limit {
		return nil, &Problem{e.path, 0, fmt.Sprintf("文件有 %d MB，超过 %d MB，没有读", e.info.Size()/mebibyte, limit/mebibyte), "请拆开，或移出制度库"}, nil
	}
	f, err := fsys.Open(e.path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	var raw bytes.Buffer
	raw.Grow(int(e.info.Size()) + bytes.MinRead)
	if _, err := raw.ReadFrom(io.LimitReader(f, limit+1)); err != nil { // it may have grown since
		return nil, nil, err
	}
	if *total -= int64(raw.Len()); int64(raw.Len()) > limit || *total < 0 {
		return nil, &Problem{e.path, 0, fmt.Sprintf("制度库的文件合起来超过 %d MB，这个文件没有读", int64(maxTotal)/mebibyte), "请移出不用的文件"}, nil
	}
	return raw.Bytes(), nil, nil
}
