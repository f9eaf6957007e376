package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"lianwen/bot"
	"lianwen/bot/shelf"
	"lianwen/corpus/convert"
)

// importFlags are the flags of import.
type importFlags struct {
	yes, dryRun, asJSON bool
	opt                 convert.Options
}

func newImport(a *app) *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import 文件或文件夹…",
		Short: "把制度文件（Word、WPS、PDF、OFD、网页、文本、表格）导入制度库",
		Long: "把办公室的制度文件导入制度库：docx、doc、wps、pdf、ofd、html、txt、md、xlsx、csv，文件夹里的全部读；写 - 读粘贴进来的文字（标准输入）。\n" +
			"先给出预览：每部制度的名称、文号、日期、章数和条数、第一条和最后一条、没有收入的、请核对的地方；问过才写入。不在终端里运行的要加 --yes。\n" +
			"制度库里已有同名的，列出新旧对照；施行日期更晚的算修订，旧版留着并标为废止，其余算更正。一个文件读不了不影响别的。\n" +
			"写成 rules/ 下的制度文件，原件按原样留在 originals/ 下。",
		Example: "  lianwen import 制度文件夹/ --library 我们的制度\n  lianwen import 会议管理办法.docx --library 我们的制度 --dry-run",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return bot.Invalid.Sayf("请写上要导入的文件或文件夹，如 lianwen import 制度文件夹/ --library 我们的制度。运行 %s --help 看用法。", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := a.shelf("导入到")
			if err != nil {
				return err
			}
			return a.importPapers(cmd.Context(), s, args, f)
		},
	}
	cmd.Flags().BoolVar(&f.yes, "yes", false, "不再问，直接导入")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "只看预览，什么也不写")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "只在标准输出上打印一个 JSON 对象（不加 --yes 就是预览）")
	cmd.Flags().BoolVar(&f.opt.OCR, "ocr", false, "扫描件用 tesseract 识别（要先装好），结果须核对")
	cmd.Flags().BoolVar(&f.opt.Simplified, "simplified", false, "繁体字转成简体字")
	return cmd
}

// shelf is the library that is configured, to be written in.
func (a *app) shelf(what string) (*shelf.Shelf, error) {
	cfg, err := loadConfig(a.configPath)
	if err != nil {
		return nil, err
	}
	dir := cfg.Library
	if a.library != "" {
		dir = a.library
	}
	if dir == "" {
		return nil, bot.Invalid.Sayf("请用 --library 写明%s哪个文件夹，如 --library 我们的制度；或在配置里写 library。自带的示例制度库不能改。", what)
	}
	return &shelf.Shelf{Dir: dir, Who: string(actor())}, nil
}

func (a *app) importPapers(ctx context.Context, s *shelf.Shelf, paths []string, f importFlags) error {
	paths, remove, err := a.pasted(paths)
	if err != nil {
		return err
	}
	defer remove()
	files, err := shelf.Gather(paths)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return bot.NotFound.Sayf("没有找到可以导入的文件。请检查文件夹里有没有 docx、pdf 等文件。")
	}
	have, err := s.Library()
	if err != nil {
		return err
	}
	report, finish := a.progress("读取文件")
	read := 0
	papers, err := shelf.Read(ctx, files, f.opt, func() {
		if read++; report != nil {
			report(read, len(files))
		}
	})
	finish()
	if err != nil {
		return err
	}
	s.Draft(papers, have)
	return a.settleImport(ctx, s, papers, f)
}

// pasted puts what stands on standard input, for a path -, into a file of its own;
// remove takes it away again.
func (a *app) pasted(paths []string) (files []string, remove func(), err error) {
	i := slices.Index(paths, "-")
	if i < 0 {
		return paths, func() {}, nil
	}
	text, err := io.ReadAll(io.LimitReader(a.in, convert.MaxFile+1))
	if err != nil {
		return nil, nil, fmt.Errorf("read standard input: %w", err)
	}
	dir, err := os.MkdirTemp("", "lianwen")
	if err != nil {
		return nil, nil, fmt.Errorf("keep standard input: %w", err)
	}
	remove = func() { _ = os.RemoveAll(dir) } // what stays is the system's to clear
	file := filepath.Join(dir, "粘贴的文字.txt")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		remove()
		return nil, nil, fmt.Errorf("keep standard input: %w", err)
	}
	files = slices.Clone(paths)
	files[i] = file
	return files, remove, nil
}

// settleImport shows what would be imported, asks, and does it.
func (a *app) settleImport(ctx context.Context, s *shelf.Shelf, papers []*shelf.Paper, f importFlags) error {
	sum := shelf.Summarize(papers)
	write := sum.Writes() > 0 && !f.dryRun && (f.yes || !f.asJSON)
	if !f.asJSON {
		if err := showPapers(a.out, papers, a.coloured()); err != nil {
			return err
		}
	}
	if write && !f.yes {
		if !a.canAsk() {
			return bot.Conflict.Sayf("没有导入，要先看过。看过以后，确实要导入请加 --yes。")
		}
		if err := a.ask(ctx, "确实要导入吗？（是/否）"); err != nil {
			return err
		}
	}
	published := 0
	if write {
		if err := s.Publish(ctx, papers, func(*shelf.Draft) { published++ }); err != nil {
			return fmt.Errorf("import: %w", err)
		}
	}
	switch {
	case f.asJSON:
		if err := printJSON(a.out, papersJSON(papers, published)); err != nil {
			return err
		}
	default:
		if _, err := fmt.Fprintln(a.out, sum.Sentence(published, s.Dir)); err != nil {
			return err
		}
	}
	if sum.Usable() == 0 {
		return exitCode(exitError)
	}
	return nil
}

// coloured reports whether what is printed may have colours: on a terminal, unless
// somebody does not want them (no-color.org).
func (a *app) coloured() bool {
	f, ok := a.out.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("NO_COLOR") == ""
}
