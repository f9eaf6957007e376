package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/lines"
	"lianwen/bot/shelf"
	"lianwen/corpus/convert"
)

func newLinesRead(a *app) *cobra.Command {
	var from string
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "read 文件或文件夹…",
		Short: "把别处的模型照提示词文件写的问法读回来",
		Long: "读回模型照提示词文件写的回答（文本、Word 都行，文件夹里的全部读；写 - 读标准输入），存成草稿。\n" +
			"哪一句是哪一条的，看回答里照抄的编号；没有编号的、制度库里没有的、条文在写出提示词以后改过的，说明原因，一句也不收。\n" +
			"回答和提示词粘在一起也能读。收下的是草稿，批准以前不用来回答：lianwen lines approve。",
		Example: "  lianwen lines read 问法提示词/ --library 我们的制度\n  lianwen lines read 001-答.txt --from DeepSeek --library 我们的制度 --dry-run",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return bot.Invalid.Sayf("请写上存回答的文件或文件夹，如 lianwen lines read 001-答.txt。运行 %s --help 看用法。", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.readLines(cmd.Context(), args, from, dryRun)
		},
	}
	cmd.Flags().StringVar(&from, "from", "不知名", "问的是哪个模型，记在草稿里")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "只看读到什么，什么也不存")
	return cmd
}

// reading is what lines read works with.
type reading struct {
	*app
	*linesWork
	check   *lines.Checker // nil: nothing is kept
	from    string
	sum     draftSum
	prompts int // files with nothing but a prompt
}

func (a *app) readLines(ctx context.Context, paths []string, from string, dryRun bool) error {
	from = strings.Join(strings.Fields(from), " ")
	if from == "" || strings.Contains(from, "←") {
		return bot.Invalid.Sayf("--from 请写模型的名字，如 DeepSeek。")
	}
	w, err := a.linesToWrite()
	if err != nil {
		return err
	}
	paths, remove, err := a.pasted(paths)
	if err != nil {
		return err
	}
	defer remove()
	files, err := shelf.Gather(paths, w.lib.Dir)
	if err != nil {
		return err
	}
	r := &reading{app: a, linesWork: w, from: lines.From(from)}
	if !dryRun {
		x, err := a.openOwn(ctx, w.cfg, w.c, false)
		if err != nil {
			return err
		}
		defer x.Close()
		r.check = lines.NewChecker(x)
	}
	for _, file := range files {
		if err := r.file(ctx, file); err != nil {
			return err
		}
	}
	return r.say()
}

// file reads one file and says what came of it. What is wrong with it is no error.
func (r *reading) file(ctx context.Context, file string) error {
	name := filepath.Base(file)
	raw, err := os.ReadFile(file)
	if err != nil {
		return unread(file, err)
	}
	doc, err := convert.Bytes(ctx, name, raw, convert.Options{})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		_, err = fmt.Fprintf(r.out, "%s：没有收，%v。\n", name, err)
		return err
	}
	found, stray := lines.ReadSheet(r.c, doc.Text)
	if lines.IsSheet(doc.Text) && len(found) == 0 && stray == 0 {
		r.prompts++ // they are in the folder with the answers
		return nil
	}
	text := name + "：\n"
	switch {
	case stray > 0 && lines.Unended(doc.Text):
		text += "  提示词没有粘完整，少了「提示词完」那一行，分不出后面哪些是回答。请删去提示词，只留回答，再读一次。\n"
	case len(found) == 0:
		text = name + "：没有收，没有找到编号（【制度#条号 校验码】），不知道是哪一条的。请让模型照抄编号，或者自己补上。\n"
	}
	for _, f := range found {
		said, err := r.keep(ctx, f)
		if err != nil {
			return err
		}
		text += "  " + said + "\n"
	}
	if stray > 0 && (len(found) > 0 || lines.Unended(doc.Text)) {
		text += fmt.Sprintf("  有 %d 行问法不知道是哪一条的，没有收。\n", stray)
	}
	_, err = fmt.Fprint(r.out, text)
	return err
}

// keep keeps what was found for an article, and says so.
func (r *reading) keep(ctx context.Context, f lines.Found) (string, error) {
	if f.Article == nil {
		r.sum.failed++
		return fmt.Sprintf("%s：没有收，%s。", f.Key, f.Why), nil
	}
	out := lines.Outcome{Article: f.Article, Kept: len(f.Lines), Notes: f.Notes, Why: f.Why}
	if r.check != nil {
		var err error
		if out, err = r.store.Keep(ctx, r.check, f.Article, r.from, f.Answer); err != nil {
			return "", err
		}
	}
	r.sum.kept, r.sum.apart = r.sum.kept+out.Kept, r.sum.apart+out.Apart
	if out.Why != "" {
		r.sum.failed++
	} else {
		r.sum.done++
	}
	return fmt.Sprintf("%s：%s。", f.Article.Citation(), ended(out)), nil
}

// say sums up.
func (r *reading) say() error {
	if r.prompts > 0 && r.sum.done+r.sum.failed == 0 {
		return bot.NotFound.Sayf("读到的是提示词文件，还没有回答。请把它交给模型，回答存成文件再读。")
	}
	text := fmt.Sprintf("收了 %d 条的问法，%d 句，另有 %d 句存疑；%d 条没有收。草稿要批准了才用：lianwen lines approve。", r.sum.done, r.sum.kept, r.sum.apart, r.sum.failed)
	if r.check == nil {
		text = fmt.Sprintf("可以收 %d 条的问法，%d 句；%d 条不能收。什么也没有存。", r.sum.done, r.sum.kept, r.sum.failed)
	}
	if _, err := fmt.Fprintln(r.out, text); err != nil {
		return err
	}
	if r.sum.done == 0 {
		return exitCode(exitError)
	}
	return nil
}
