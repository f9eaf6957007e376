package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/office"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// reportFlags are the flags of the report command.
type reportFlags struct {
	from, to, file, template, save, figure, member string
	force, asJSON, each                            bool
}

func newReport(a *app) *cobra.Command {
	var flags reportFlags
	cmd := &cobra.Command{
		Use:   "report",
		Short: "导出参与情况（xlsx 明细，docx 汇总，一人一表）；把数字打开到逐条依据；定稿",
		Long: "导出一段时间的参与情况。文件名以 .xlsx 结尾的是明细：按委员、按月（有图）、按界别、按专委会、活动，逐次的一个月一张；以 .docx 结尾的是汇总，文字一页，后面是附表。\n" +
			"--each 是一人一表（.docx）：全体委员每人一页，写有各月应参、实参、请假，参加的活动和更正；--member 编号 只要一名委员的。\n" +
			"只统计是否参加，不统计对错，不排名；已截止的题才计入。更正过的有脚注：哪天、谁、由什么改为什么；理由和经手人不写进去。\n" +
			"已经有的文件不覆盖，要覆盖加 --force；写出的文件只有自己能读。\n" +
			"汇总的样子可以改：--save-template 存下自带的模板，用 Word 或 WPS 改好，再用 --template 指定；{应参} 这样的名称会换成数字，表格里写 {界别.名称} 的那一行按界别逐行列出。\n\n" +
			"--explain 把报表里的一个数字打开：写上编号、姓名、界别或专委会，和一个月、一天、一段时间，逐题列出状态和依据（哪条作答、请假、更正），合计和报表一样。\n" +
			"定稿（数字从此不变，以后的更正编号列在后面）见 lianwen report close --help；已定稿的见 lianwen report closed。报表上印有“台账截至第 N 条，校验 ……”，以后用 lianwen history --head 核对。",
		Example: "  lianwen report --from 2026-01-01 --to 2026-12-31 -o 参与情况.xlsx\n  lianwen report --from 2026-01-01 --to 2026-12-31 -o 汇总.docx\n  lianwen report --from 2026-01-01 --to 2026-12-31 --each -o 一人一表.docx\n  lianwen report --save-template 模板.docx\n  lianwen report --explain 'A01 2026-03'\n  lianwen report --explain '教育界 2026-01-01 至 2026-03-31'",
		Args:    noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch explains := cmd.Flags().Changed("explain"); {
			case flags.save != "":
				return a.saveTemplate(flags.save)
			case explains:
				return a.withDesk(cmd.Context(), func(_ *config, d *staff.Desk) error { return a.explain(cmd.Context(), d, flags) })
			case flags.asJSON:
				return bot.Invalid.Sayf("--json 请和 --explain 一起写，如 lianwen report --explain 'A01 2026-03' --json。")
			}
			return a.exportReport(cmd.Context(), flags)
		},
	}
	cmd.Flags().StringVar(&flags.from, "from", "", "从哪天起，如 2026-01-01")
	cmd.Flags().StringVar(&flags.to, "to", "", "到哪天止")
	cmd.Flags().StringVarP(&flags.file, "output", "o", "", "写到哪个文件，.xlsx 或 .docx")
	cmd.Flags().BoolVar(&flags.each, "each", false, "一人一表：全体委员，每人一页")
	cmd.Flags().StringVar(&flags.member, "member", "", "一人一表：只要这个编号的委员的")
	cmd.Flags().BoolVar(&flags.force, "force", false, "文件已经有了也覆盖")
	cmd.Flags().StringVar(&flags.template, "template", "", "汇总的模板，.docx（默认：自带的）")
	cmd.Flags().StringVar(&flags.save, "save-template", "", "只把自带的模板存成这个文件")
	cmd.Flags().StringVar(&flags.figure, "explain", "", "把一个数字打开到逐条依据，如 'A01 2026-03'；不写日期的是今年，或者 --from 到 --to")
	cmd.Flags().BoolVar(&flags.asJSON, "json", false, "和 --explain 一起：只在标准输出上打印一个 JSON 对象")
	cmd.AddCommand(newReportClose(a), newReportClosed(a))
	return cmd
}

// exportReport writes a report to a file.
func (a *app) exportReport(ctx context.Context, flags reportFlags) error {
	first, last, err := staff.DateRange(flags.from, flags.to)
	if err != nil {
		return err
	}
	write, err := reportWriter(flags)
	if err != nil {
		return err
	}
	if err := mayWrite(flags.file, flags.force); err != nil {
		return err
	}
	return a.withDesk(ctx, func(cfg *config, d *staff.Desk) error {
		content, r, err := makeReport(ctx, d, flags.member, first, last, write, time.Now().In(cfg.location))
		if err != nil {
			return err
		}
		if err := putReport(flags.file, content, flags.force); err != nil {
			return err
		}
		if err := a.said(nil, "%s\n", reported(flags.file, r)); err != nil {
			return err
		}
		if err := a.warnTampered(ctx, d); err != nil {
			return err
		}
		return a.warnTemplate(ctx, flags.template)
	})
}

// reportFunc writes a report in one of the formats.
type reportFunc func(w io.Writer, r office.Report, made time.Time) error

// reportWriter chooses the format by the file's name and reads the template.
func reportWriter(flags reportFlags) (reportFunc, error) {
	file, template, forms := flags.file, flags.template, flags.each || flags.member != ""
	switch ext := strings.ToLower(filepath.Ext(file)); {
	case file == "":
		return nil, bot.Invalid.Sayf("请用 -o 写上文件名，如 -o 参与情况.xlsx。")
	case flags.each && flags.member != "":
		return nil, bot.Invalid.Sayf("--each 是全体委员的，--member 是一名委员的，请只写一个。")
	case forms && ext != ".docx":
		return nil, bot.Invalid.Sayf("一人一表是 Word 文件，文件名请以 .docx 结尾，如 -o 一人一表.docx。")
	case forms && template != "":
		return nil, bot.Invalid.Sayf("--template 只用于汇总，一人一表不用模板。")
	case forms:
		return office.WriteEach, nil
	case ext == ".xlsx" && template != "":
		return nil, bot.Invalid.Sayf("--template 只用于 .docx 的汇总。")
	case ext == ".xlsx":
		return office.WriteWorkbook, nil
	case ext != ".docx":
		return nil, bot.Invalid.Sayf("不认识 %s 的格式，文件名请以 .xlsx 或 .docx 结尾。", file)
	}
	raw, err := office.Template()
	if template != "" {
		if raw, err = os.ReadFile(template); err != nil {
			return nil, unread(template, err)
		}
	}
	return func(w io.Writer, r office.Report, made time.Time) error {
		err := office.WriteSummary(w, raw, r, made)
		var bad *office.TemplateError
		if errors.As(err, &bad) {
			return bot.Invalid.Sayf("模板 %s 不能用：%s。", template, bad.What)
		}
		return err
	}, err
}

// saveTemplate writes the template that comes with the program; it never writes
// over one that somebody has changed.
func (a *app) saveTemplate(file string) error {
	raw, err := office.Template()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return bot.Invalid.Sayf("%s 已经有了，没有覆盖。请换一个文件名。", file)
	}
	if err != nil {
		return bot.Invalid.Sayf("写不了 %s：%v。", file, errors.Unwrap(err))
	}
	_, err = f.Write(raw)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("save template: %w", err)
	}
	_, err = fmt.Fprintf(a.out, "模板已存到 %s。改好以后用 --template %s 指定。\n", file, file)
	return err
}

// mayWrite refuses to write over what is there, before any work is done.
func mayWrite(file string, force bool) error {
	info, err := os.Lstat(file)
	switch {
	case err != nil: // there is nothing, or writing will say what is wrong
		return nil
	case info.IsDir():
		return bot.Invalid.Sayf("%s 是文件夹。请写上文件名。", file)
	case !force:
		return bot.Conflict.Sayf("%s 已经有了，没有覆盖。请换一个文件名，确要覆盖请加 --force。", file)
	}
	return nil
}

// makeReport is a report of some days, of a member alone where one is named, with what
// it is made of.
func makeReport(ctx context.Context, d *staff.Desk, member string, from, to corpus.Date, write reportFunc, now time.Time) ([]byte, office.Report, error) {
	var r office.Report
	var err error
	if member != "" {
		r, err = d.MemberReport(ctx, member, from, to)
	} else {
		r, err = d.Report(ctx, from, to)
	}
	if err != nil {
		return nil, r, err
	}
	var content bytes.Buffer
	err = write(&content, r, now)
	return content.Bytes(), r, err
}

// putReport puts a file in its place when it is whole, for nobody else to read.
// What stands there under its name is never written through: a link is replaced.
func putReport(file string, content []byte, force bool) (err error) {
	defer func() {
		if err != nil && bot.CodeOf(err) == 0 {
			err = bot.Unavailable.Sayf("写不了 %s：%v。", file, plain(err))
		}
	}()
	f, err := os.CreateTemp(filepath.Dir(file), ".lianwen-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := mayWrite(file, force); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}

// reported says what is in a report.
func reported(file string, r office.Report) string {
	void := ""
	if r.Void > 0 {
		void = fmt.Sprintf("，停用 %d 道", r.Void)
	}
	said := fmt.Sprintf("已写出 %s：%d 名委员，%d 道已截止的题（另有 %d 道还没有截止%s，没有计入）。", file, len(r.Rows), len(r.Rounds), r.Open, void)
	for _, line := range append(r.Closing(), r.Head.String()+"。") {
		said += "\n" + line
	}
	return said
}
