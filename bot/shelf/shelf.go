package shelf

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"lianwen/bot"
	"lianwen/corpus"
)

// The folders of a library that this package writes in.
const (
	rulesDir     = "rules"
	originalsDir = "originals"
)

// Shelf is a library that staff keep.
type Shelf struct {
	Dir string
	Who string           // who does it, for the log
	Now func() time.Time // nil: the clock
}

func (s *Shelf) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

func (s *Shelf) today() corpus.Date { return corpus.DateOf(s.now()) }

// Library reads the library as it is; nil when there is none yet, or nothing in it.
func (s *Shelf) Library() (*corpus.Corpus, error) {
	if _, err := os.Stat(s.Dir); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	c, err := corpus.Open(s.Dir)
	if corpus.Empty(err) {
		return nil, nil
	}
	return c, err
}

// lock keeps others from publishing to the library at the same time.
func (s *Shelf) lock(ctx context.Context) (unlock func(), err error) {
	if err := os.MkdirAll(filepath.Join(s.Dir, originalsDir), 0o755); err != nil {
		return nil, s.unwritable(err)
	}
	l := flock.New(filepath.Join(s.Dir, originalsDir, ".lock"))
	ok, err := l.TryLockContext(ctx, 100*time.Millisecond)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, s.unwritable(err)
	case !ok:
		return nil, bot.Conflict.Sayf("有人正在往 %s 里导入。请等一会儿再来。", s.Dir)
	}
	return func() { _ = l.Unlock() }, nil // the file stays: another may be waiting for it
}

// unwritable says that the library cannot be written, and why.
func (s *Shelf) unwritable(err error) error {
	var where *fs.PathError
	if errors.As(err, &where) {
		return bot.Unavailable.Sayf("写不了 %s：%v。制度库没有改动。请检查权限和磁盘空间。", where.Path, where.Err)
	}
	return fmt.Errorf("write library %s: %w", s.Dir, err)
}
