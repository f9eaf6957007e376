package shelf

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
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
	Dir  string
	Who  string           // who does it, for the log
	Now  func() time.Time // nil: the clock
	Wait time.Duration    // for another import to end; 0: as long as is usual
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
		return nil, unwritable(err)
	}
	waiting, cancel := context.WithTimeout(ctx, s.patience())
	defer cancel()
	file := filepath.Join(s.Dir, originalsDir, ".lock")
	turn, _ := turns.LoadOrStore(file, make(chan struct{}, 1))
	select {
	case turn.(chan struct{}) <- struct{}{}:
		defer func() {
			if unlock == nil {
				<-turn.(chan struct{})
			}
		}()
	case <-waiting.Done():
	}
	l := flock.New(file)
	ok, err := l.TryLockContext(waiting, 100*time.Millisecond)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded), err == nil && !ok:
		return nil, bot.Conflict.Sayf("有人正在往 %s 里导入。请等一会儿再来。", s.Dir)
	case err != nil:
		return nil, unwritable(err)
	}
	return func() { // the file stays: another may be waiting for it
		_ = l.Unlock()
		<-turn.(chan struct{})
	}, nil
}

// turns let those of this program who wait for a library have it one after the other, the
// moment it is free; by the name of its lock. Others have to look at the lock time and again.
var turns sync.Map

// patience is how long an import waits for another to end.
func (s *Shelf) patience() time.Duration {
	if s.Wait > 0 {
		return s.Wait
	}
	return 10 * time.Second
}

// stamp changes when the library does; "" while there is nothing in it.
func (s *Shelf) stamp() (string, error) {
	entries, err := os.ReadDir(s.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", unwritable(err)
	}
	if !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() != originalsDir }) {
		return "", nil
	}
	stamp, err := corpus.Stamp(s.Dir)
	if err != nil {
		return "", unwritable(err)
	}
	return stamp, nil
}

// unwritable says that a file cannot be written or read, and why.
func unwritable(err error) error {
	var where *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &where):
		return bot.Unavailable.Sayf("写不了 %s：%s。", where.Path, because(where.Err))
	case errors.As(err, &link):
		return bot.Unavailable.Sayf("写不了 %s：%s。", link.New, because(link.Err))
	}
	return fmt.Errorf("write library: %w", err)
}

// because is why a system refuses, in words.
func because(err error) string {
	for target, text := range map[error]string{
		fs.ErrPermission: "没有权限，请检查权限", fs.ErrNotExist: "不存在", syscall.ENOSPC: "磁盘满了，请腾出空间", syscall.ENAMETOOLONG: "名字太长，请改短",
		syscall.EROFS: "磁盘是只读的", syscall.ENOTDIR: "路径里有一段不是文件夹", syscall.EEXIST: "有一个同名的文件挡着",
	} {
		if errors.Is(err, target) {
			return text
		}
	}
	return err.Error()
}
