package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"lianwen/bot"
	"lianwen/bot/shelf"
	"lianwen/corpus/convert"
)

// importFlags are the flags of import.
type importFlags struct {
	yes, dryRun, asJSON, replace bool
	opt                          convert.Options
}

func newImport(a *app) *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import 文件或文件夹…",
		Short: "把制度文件（Word、WPS、PDF、OFD、网页、文本、表格）导入制度库",
		Long: "把办公室的制度文件导入制度库：docx、doc、wps、pdf、ofd、html、txt、md、xlsx、csv，文件夹里的全部读；写 - 读粘贴进来的文字（标准输入）。\n" +
			"先给出预览：每部制度的名称、文号、日期、章数和条数、第一条和最后一条、没有收入的、请核对的地方；问过才写入。不在终端里运行的要加 --yes。\n" +
			"制度库里已有同名的，列出新旧对照；施行日期更晚的算修订，旧版留着并标为废止；更早的存为旧版；其余算更正。一个文件读不了不影响别的。\n" +
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
	cmd.Flags().BoolVar(&f.replace, "replace", false, "和现行的差别很大也换上（平时当作修改决定或通知，不换）")
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
	files, err := shelf.Gather(paths, s.Dir)
	if err != nil {
		return err
	}
	if inside(paths, s.Dir) {
		return bot.Invalid.Sayf("要导入的文件夹就是制度库 %s，或者在它里面。请把制度库放到另一个文件夹，如 --library 我们的制度。", s.Dir)
	}
	if len(files) == 0 {
		return bot.NotFound.Sayf("没有找到可以导入的文件。请检查文件夹里有没有 docx、pdf 等文件。")
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
	plan, err := s.Plan(papers, f.replace)
	if err != nil {
		return err
	}
	return a.settleImport(ctx, s, plan, f)
}

// inside reports whether a path is a folder, or stands in one.
func inside(paths []string, dir string) bool {
	dir, err := filepath.Abs(dir)
	return err == nil && slices.ContainsFunc(paths, func(path string) bool {
		path, err := filepath.Abs(path)
		return err == nil && (path == dir || strings.HasPrefix(path, dir+string(filepath.Separator)))
	})
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
func (a *app) settleImport(ctx context.Context, s *shelf.Shelf, plan *shelf.Plan, f importFlags) error {
	sum := shelf.Summarize(plan.Papers)
	write := sum.Writes() > 0 && !f.dryRun && (f.yes || !f.asJSON)
	if !f.asJSON {
		if err := a.preview(plan, sum, s.Dir); err != nil {
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
		if err := s.Publish(ctx, plan, func(*shelf.Draft) { published++ }); err != nil {
			return shelf.HalfWay(err, published, sum.Writes())
		}
	}
	if f.asJSON {
		if err := printJSON(a.out, papersJSON(plan.Papers, published)); err != nil {
			return err
		}
	} else if err := a.sayPublished(s, sum, published); err != nil {
		return err
	}
	if sum.Usable() == 0 {
		return exitCode(exitError)
	}
	return nil
}

// preview shows a plan, and what is wrong with the library already.
func (a *app) preview(plan *shelf.Plan, sum shelf.Summary, dir string) error {
	if err := showPapers(a.out, plan.Papers, a.coloured()); err != nil {
		return err
	}
	if n := len(plan.Faults); n > 0 {
		if _, err := fmt.Fprintf(a.out, "制度库原有 %d 处问题，运行 lianwen check --library %s 看是哪些。\n", n, dir); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(a.out, sum.Sentence())
	return err
}

// sayPublished says what was written, and what is wrong with the library now.
func (a *app) sayPublished(s *shelf.Shelf, sum shelf.Summary, published int) error {
	text := "没有需要写入的。"
	switch {
	case published > 0:
		text = fmt.Sprintf("已写入 %s。试问一句：lianwen ask --library %s 问题", s.Dir, s.Dir)
		c, err := s.Library()
		if err != nil || c != nil && len(c.Faults) > 0 {
			text += "\n导入以后制度库有问题，请运行 lianwen check --library " + s.Dir + "。"
		}
		if err == nil && c != nil {
			cfg, err := loadConfig(a.configPath)
			if err != nil {
				return err
			}
			prep, err := preparedness(c, linesStore(cfg))
			if err != nil {
				return err
			}
			text += "\n" + prep.String()
		}
	case sum.Writes() > 0:
		text = "还没有写入。"
	}
	_, err := fmt.Fprintln(a.out, text)
	return err
}

// coloured reports whether what is printed may have colours: on a terminal, unless
// somebody does not want them (no-color.org).
func (a *app) coloured() bool {
	f, ok := a.out.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("NO_COLOR") == ""
}
