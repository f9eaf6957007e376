package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"lianwen/bot"
)

// starter is what a new library begins with. There is no rule in it: what is no
// rule of the office's own must not be quoted as one.
//
//go:embed starter
var starter embed.FS

func newLibraryInit(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "init 文件夹",
		Short: "新建一个制度库",
		Long: "在一个空的或新的文件夹里建好自己的制度库：放制度的文件夹、题和同义词的写法，还有一份说明（README.md）。\n" +
			"里面没有制度，要用 lianwen import 导入，或自己放进去。已有文件的文件夹不动，什么也不覆盖。",
		Example: "  lianwen library init 我们的制度",
		Args:    exactArgs(1, "请写上制度库建在哪个文件夹，如 lianwen library init 我们的制度。"),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := filepath.Clean(args[0])
			if err := initLibrary(dir); err != nil {
				return err
			}
			_, err := fmt.Fprintf(a.out, `已建好制度库 %[1]s，说明在 %[2]s。接下来：
  1. 导入制度的文件：lianwen import --library %[1]s 文件…
  2. 检查：lianwen check --library %[1]s
  3. 问一问：lianwen chat --library %[1]s
以后都用它，请在 config.toml 里写上 library = %[3]q；文件怎么写，运行 lianwen library doc 看。
`, dir, filepath.Join(dir, "README.md"), dir)
			return err
		},
	}
}

// initLibrary writes the starter into a folder that is empty or not there yet.
func initLibrary(dir string) error {
	entries, err := os.ReadDir(dir)
	info, statErr := os.Stat(dir)
	switch {
	case statErr == nil && !info.IsDir():
		return bot.Invalid.Sayf("%s 是一个文件，没有动它。请写一个空的或新的文件夹。", dir)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("look at folder of the library: %w", err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") { // those are not ours to see, nor of a library
			return bot.Invalid.Sayf("文件夹 %s 里已经有 %s，没有动它。请写一个空的或新的文件夹。", dir, e.Name())
		}
	}
	return fs.WalkDir(starter, "starter", func(p string, d fs.DirEntry, err error) error {
		to := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(p, "starter")))
		if err == nil && d.IsDir() {
			err = os.MkdirAll(to, 0o755)
		} else if err == nil {
			err = writeNew(to, p)
		}
		if err != nil {
			return fmt.Errorf("make library %s: %w", dir, err)
		}
		return nil
	})
}

// writeNew writes a file of the starter where none is.
func writeNew(to, from string) error {
	raw, err := starter.ReadFile(from)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	return errors.Join(err, f.Close())
}
