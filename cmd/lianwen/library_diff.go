package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/renameio/v2/maybe"
	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/office"
	"lianwen/bot/shelf"
	"lianwen/corpus"
)

func newLibraryDiff(a *app) *cobra.Command {
	var to, docx string
	var all, force bool
	cmd := &cobra.Command{
		Use:   "diff 制度",
		Short: "新旧对照：一部制度的现行版和上一版",
		Long: "逐条对照一部制度的现行版和上一版：改了哪些字，增了、删了哪几条，哪些只是条号变了。制度写名称或 id。\n" +
			"加 --docx 写成三栏的对照表，可以印发传阅。",
		Example: "  lianwen library diff 会议管理办法 --library 我们的制度\n  lianwen library diff 会议管理办法 --library 我们的制度 --docx 对照表.docx",
		Args:    exactArgs(1, "请写上一部制度的名称或 id，如 lianwen library diff 会议管理办法。"),
		RunE: func(_ *cobra.Command, args []string) error {
			if _, err := time.Parse(time.DateOnly, to); to != "" && err != nil {
				return bot.Invalid.Sayf("--to 请写施行日期，如 2026-03-01。")
			}
			_, c, err := a.load()
			if err != nil {
				return err
			}
			versions, err := shelf.Versions(c, args[0])
			if err != nil {
				return err
			}
			comparison, err := shelf.Between(versions, corpus.Date(to))
			if err != nil {
				return err
			}
			if docx == "" {
				return a.showComparison(comparison)
			}
			return a.putComparison(docx, comparison, all, force)
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "新的一版的施行日期（默认：最新的一版）")
	cmd.Flags().StringVar(&docx, "docx", "", "写成 Word 对照表，而不是显示在终端")
	cmd.Flags().BoolVar(&force, "force", false, "文件已经有了也覆盖")
	cmd.Flags().BoolVar(&all, "all", false, "对照表里也列出没有变的条")
	return cmd
}

func (a *app) showComparison(c *corpus.Comparison) error {
	if _, err := fmt.Fprintf(a.out, "《%s》%s → %s\n", c.New.Title, ruleVersion(c.Old), ruleVersion(c.New)); err != nil {
		return err
	}
	return office.WriteComparison(a.out, c, a.coloured())
}

// putComparison writes a comparison as a table for Word.
func (a *app) putComparison(file string, c *corpus.Comparison, all, force bool) error {
	if !strings.EqualFold(filepath.Ext(file), ".docx") {
		return bot.Invalid.Sayf("文件名请以 .docx 结尾，如 --docx 对照表.docx。")
	}
	if err := mayWrite(file, force); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := office.WriteComparisonDocx(&b, c, all); err != nil {
		return err
	}
	if err := maybe.WriteFile(file, b.Bytes(), 0o644); err != nil {
		return bot.Unavailable.Sayf("写不了 %s：%v。请检查路径和权限。", file, plain(err))
	}
	_, err := fmt.Fprintf(a.out, "新旧条文对照表已写入 %s。\n", file)
	return err
}

// ruleVersion is what a version is told apart by.
func ruleVersion(r *corpus.Rule) string {
	text := r.Document
	if r.Effective != "" {
		text += "（" + r.Effective.Chinese() + "起施行）"
	}
	if text == "" {
		return r.File
	}
	return text
}
