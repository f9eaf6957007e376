package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// How much room there must be on the disk of data_dir, in bytes: below the first
// figure the ledger may not be writable any more, below the second there is
// hardly room for a new index.
const (
	leastRoom  = 32 << 20
	scarceRoom = 256 << 20
)

// room is what a file system has left.
type room struct {
	bytes, files uint64
	network      string // which network file system it is; "": none that is known
}

// disk looks whether data_dir can be written and has room. needed says that
// somebody is going to serve from it.
func (f *findings) disk(cfg *config, needed bool) {
	info, err := os.Stat(cfg.DataDir)
	if err == nil && !info.IsDir() {
		f.problem(cfg.DataDir, "data_dir 不是文件夹", "请移走这个文件，或者改 data_dir")
		return
	}
	if _, there := os.Lstat(cfg.DataDir); err != nil && there == nil {
		f.problem(cfg.DataDir, "data_dir 是一个链接，它指的文件夹打不开", "请改正链接，或者改 data_dir")
		return
	}
	dir := existing(cfg.DataDir)
	if _, err := os.Stat(ledgerFile(cfg)); err == nil {
		needed = true
	}
	tell := f.warning
	if needed {
		tell = f.problem
	}
	if err := writable(dir); err != nil {
		tell(cfg.DataDir, "数据文件夹不可写（"+err.Error()+"），台账记不下，索引只能建在内存里，每次启动都要重建", "请改 data_dir，或给它写权限")
		return
	}
	left, known, err := roomOn(dir)
	switch {
	case err != nil:
		tell(cfg.DataDir, "看不到磁盘还有多少空间（"+err.Error()+"）", "请检查磁盘")
		return
	case !known:
		return
	case left.bytes < leastRoom:
		tell(cfg.DataDir, fmt.Sprintf("磁盘快满了，只剩 %d MB，台账随时可能写不进", left.bytes>>20), "请清出空间；换下来的旧台账、旧备份可以移走")
	case left.files == 0:
		tell(cfg.DataDir, "磁盘上的文件数满了（inode 用完），新文件建不了", "请删掉一些小文件")
	case left.bytes < scarceRoom:
		f.warning(cfg.DataDir, fmt.Sprintf("磁盘只剩 %d MB", left.bytes>>20), "请清出空间")
	}
	if left.network != "" && cfg.Ledger.URL == "" {
		f.warning(cfg.DataDir, "数据文件夹在网络文件系统（"+left.network+"）上，SQLite 的锁在上面不可靠，台账可能损坏", "请把 data_dir 放到本机磁盘，或把台账改到 PostgreSQL")
	}
}

// existing is a folder, or what it would be made in when it does not exist yet.
func existing(dir string) string {
	for {
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) || filepath.Dir(dir) == dir {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}
