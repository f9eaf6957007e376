package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A disk without room, and one that cannot be written, are reported where
// somebody wants to serve from them.
func TestFault07CheckDisk(t *testing.T) {
	for name, tt := range map[string]struct {
		options   string
		fill      bool // the last file there can be
		readOnly  bool
		what, fix string
	}{
		"full":      {options: "size=1m", what: "磁盘快满了", fix: "清出空间"},
		"scarce":    {options: "size=64m", what: "磁盘只剩 64 MB", fix: "清出空间"},
		"no files":  {options: "size=512m,nr_inodes=3", fill: true, what: "inode", fix: "小文件"},
		"read only": {options: "size=512m", readOnly: true, what: "数据文件夹不可写", fix: "写权限"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, disk := newPremises(t, ""), t.TempDir()
			if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, tt.options); err != nil {
				t.Skipf("no small disk to be had here: %v", err)
			}
			defer syscall.Unmount(disk, syscall.MNT_DETACH)
			o.data = filepath.Join(disk, "data")
			o.must(os.MkdirAll(o.data, 0o700))
			if tt.fill {
				o.must(os.WriteFile(filepath.Join(o.data, "last"), nil, 0o600))
			}
			if tt.readOnly {
				o.must(syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, tt.options))
			}
			o.write("[wechat]\nenabled = true\n")
			o.checks(tt.what, tt.fix)
		})
	}
}
