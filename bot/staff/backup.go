package staff

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// Copy is a backup that was made from here.
type Copy struct {
	Name string // of the file
	Size int64
	At   time.Time // when it was begun
}

// copyTime is how the time is written in the name of a backup, and copyName what
// such a name looks like: nothing else in the folder is shown or touched.
const copyTime = "20060102-150405"

var copyName = regexp.MustCompile(`^台账-(\d{8}-\d{6})\.db$`)

// BackUp copies the ledger to a file while it is in use, and verifies the copy. That
// it cannot be done is said in words.
func (d *Desk) BackUp(ctx context.Context, file string) (ledger.Summary, error) {
	s, err := d.Ledger.Backup(ctx, file)
	var tampered *ledger.TamperError
	switch {
	case errors.Is(err, ledger.ErrPostgres):
		return s, bot.Invalid.Sayf("台账在 PostgreSQL 里，请用它自己的工具备份：pg_dump -Fc -f %s \"数据库地址\"；恢复用 pg_restore，恢复以后运行 lianwen restore --accept。", file)
	case errors.Is(err, fs.ErrExist):
		return s, bot.Invalid.Sayf("%s 已经有了，没有覆盖。请换一个文件名。", file)
	case errors.As(err, &tampered):
		return s, bot.Conflict.Sayf("没有备份：台账里的操作记录被改动过（%s：%s）。请查明是谁直接改了数据库；要留下现状，请停掉 lianwen serve，把整个 data_dir 拷走；要用以前的备份，请运行 lianwen restore 备份文件 --replace。", tampered.What, tampered.Means)
	case ledger.TroubleOf(err) == ledger.Full:
		return s, bot.Unavailable.Sayf("磁盘满了，没有备份成，没有写完的已经删掉，台账没有动。请清出空间（如移走旧的备份）再试。")
	}
	return s, err
}

// KeepBackup makes a backup in a folder, under a name that tells when. It is in the
// audit; what cannot be told there is not left there either.
func (d *Desk) KeepBackup(ctx context.Context, dir string, actor ledger.Actor) (Copy, ledger.Summary, error) {
	begun := d.here().Truncate(time.Second)
	c := Copy{Name: "台账-" + begun.Format(copyTime) + ".db", At: begun}
	file := filepath.Join(dir, c.Name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return c, ledger.Summary{}, fmt.Errorf("make folder of backups: %w", err)
	}
	s, err := d.BackUp(ctx, file)
	if err != nil {
		return c, s, err
	}
	info, err := os.Stat(file)
	if err == nil {
		c.Size = info.Size()
		err = d.Ledger.Note(ctx, actor, "back up", c.Name, d.Now())
	}
	if err != nil {
		return c, s, errors.Join(fmt.Errorf("keep backup: %w", err), os.Remove(file))
	}
	return c, s, nil
}

// Backups are those in a folder that were made from here, the latest first.
func (d *Desk) Backups(dir string) (list []Copy, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list backups: %w", err)
	}
	for _, e := range entries {
		at, ok := d.copyOf(e.Name())
		if !ok || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) { // deleted meanwhile
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("list backups: %w", err)
		}
		list = append(list, Copy{e.Name(), info.Size(), at})
	}
	slices.SortFunc(list, func(a, b Copy) int { return strings.Compare(b.Name, a.Name) })
	return list, nil
}

// copyOf is when a backup was made, if that is what a name is of.
func (d *Desk) copyOf(name string) (time.Time, bool) {
	m := copyName.FindStringSubmatch(name)
	if m == nil {
		return time.Time{}, false
	}
	at, err := time.ParseInLocation(copyTime, m[1], d.Location)
	return at, err == nil
}

// OpenBackup opens a backup to be taken elsewhere, which the audit tells: it has the
// names and answers of all.
func (d *Desk) OpenBackup(ctx context.Context, dir, name string, actor ledger.Actor) (*os.File, error) {
	file, err := d.backupIn(dir, name)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("open backup: %w", err)
	}
	if err := d.Ledger.Note(ctx, actor, "take backup", name, d.Now()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// DeleteBackup deletes a backup.
func (d *Desk) DeleteBackup(ctx context.Context, dir, name string, actor ledger.Actor) error {
	file, err := d.backupIn(dir, name)
	if err != nil {
		return err
	}
	if err := os.Remove(file); err != nil {
		return fmt.Errorf("delete backup: %w", err)
	}
	return d.Ledger.Note(ctx, actor, "delete backup", name, d.Now())
}

// backupIn is the file of a backup; what is no backup of ours is not found.
func (d *Desk) backupIn(dir, name string) (string, error) {
	file := filepath.Join(dir, name)
	if _, ok := d.copyOf(name); ok {
		info, err := os.Lstat(file)
		if err == nil && info.Mode().IsRegular() {
			return file, nil
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("find backup: %w", err)
		}
	}
	return "", bot.NotFound.Sayf("没有这份备份，可能已经删掉了。")
}
