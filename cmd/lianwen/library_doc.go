package main

import (
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"lianwen/corpus"
)

func newLibraryDoc(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "doc",
		Short: "打印制度库的文件怎么写",
		Long:  "打印制度库的写法：制度、故事、提醒、荐书、案例、题、同义词、应答、核对表，各放在哪个文件夹、怎么写。",
		Example: "  lianwen library doc | less\n" +
			"  lianwen library doc > 写法.md",
		Args: exactArgs(0, "doc 后面不用写别的。"),
		RunE: func(*cobra.Command, []string) error {
			text, err := fs.ReadFile(corpus.Sample(), "README.md")
			if err != nil {
				return fmt.Errorf("read guide of the library: %w", err)
			}
			_, err = a.out.Write(text)
			return err
		},
	}
}
