package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/bot/staff"
)

func newRosterImport(a *app) *cobra.Command {
	var yes, replace bool
	cmd := &cobra.Command{
		Use:   "import 文件",
		Short: "导入花名册（xlsx 或 csv）",
		Long: "导入花名册，xlsx 或 csv（UTF-8 或 GBK），按列名读：编号、姓名、界别、专委会、身份（委员或工作人员），手机可有可无；列名上面可以有标题。\n" +
			"以文件为准：新的加入，变了的更新，文件里没有的从今天起算离册（以前的记录保留）。有一行不对就一条也不导入，并列出全部问题。\n" +
			"有人离册，或者改动超过十分之一的，先列出是谁，问过才导入；不在终端里运行的要加 --yes。在册的人留下不到一半的，多半是只导出了一部分，确实要整份换掉才加 --replace。\n" +
			"读第一张看得见的工作表；隐藏的行和列也读，合并的单元格每一行都算（编号和姓名除外），读的时候怎么算的都会说明。",
		Example: "  lianwen roster import 花名册.xlsx\n  lianwen roster import 花名册.xlsx --yes",
		Args:    exactArgs(1, "请写上花名册文件，如 lianwen roster import 花名册.xlsx。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			raw, err := readForm(args[0])
			if err != nil {
				return err
			}
			return a.withDesk(cmd.Context(), func(_ *config, d *staff.Desk) error {
				return a.importRoster(cmd.Context(), d, raw, yes, replace)
			})
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "有人离册也不再问，直接导入")
	cmd.Flags().BoolVar(&replace, "replace", false, "在册的人留下不到一半也导入")
	return cmd
}

// readForm reads a file that an office has made, unless it is no file or far too
// large for one.
func readForm(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, unread(path, err)
	case !info.Mode().IsRegular():
		return nil, bot.Invalid.Sayf("%s 不是普通文件，没有读。请写 xlsx 或 csv 文件的路径。", path)
	case info.Size() > office.MaxFile:
		return nil, bot.Invalid.Sayf("%s 有 %d MB，太大，最多 %d MB。请只留下要导入的行和列，另存一份再导入。", path, info.Size()>>20, office.MaxFile>>20)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, unread(path, err)
	}
	return raw, nil
}

func (a *app) importRoster(ctx context.Context, d *staff.Desk, raw []byte, yes, replace bool) error {
	draft, err := d.DraftRoster(ctx, raw)
	if err != nil {
		return err
	}
	if err := a.sayNotes(draft.Notes); err != nil {
		return err
	}
	if draft.Partial() && !replace {
		return bot.Conflict.Sayf("没有导入：花名册上有 %d 人，文件里只有其中的 %d 人，多半是只导出了一部分。确实要整份换掉，请加 --replace。\n%s", draft.Before, draft.Stay(), difference(draft))
	}
	if draft.Consent() {
		if err := a.consent(ctx, difference(draft), yes); err != nil {
			return err
		}
	}
	done, err := d.ApplyRoster(ctx, actor(), draft, replace)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "导入完成：共 %d 人，新增 %d，更新 %d，离册 %d。\n", draft.Size, done.Added, done.Changed, done.Left)
	return err
}

// sayNotes says how a form was read.
func (a *app) sayNotes(notes []string) error {
	for _, note := range notes {
		if _, err := fmt.Fprintln(a.out, note); err != nil {
			return err
		}
	}
	return nil
}

// consent shows what is about to be done and asks whether it may be.
func (a *app) consent(ctx context.Context, what string, yes bool) error {
	switch {
	case yes:
		_, err := fmt.Fprint(a.err, what)
		return err
	case a.canAsk():
		return a.ask(ctx, what+"确实要导入吗？（是/否）")
	}
	return bot.Conflict.Sayf("没有导入，要先看过：\n%s看过以后，确实要导入请加 --yes。", what)
}

// ask puts a question; anything but yes is no.
func (a *app) ask(ctx context.Context, question string) error {
	if _, err := fmt.Fprint(a.err, question); err != nil {
		return err
	}
	answer, err := readLine(ctx, a.in)
	if err != nil {
		return err
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "是", "y", "yes":
		return nil
	}
	return bot.Conflict.Sayf("没有做，什么也没有改动。")
}

// canAsk reports whether somebody can be asked.
func (a *app) canAsk() bool {
	f, ok := a.in.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && a.onTerminal()
}

// readLine reads a line, or gives up when ctx ends: a read cannot be broken off.
func readLine(ctx context.Context, in io.Reader) (string, error) {
	lines := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(in).ReadString('\n') // an end is an empty answer
		lines <- line
	}()
	select {
	case line := <-lines:
		return line, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// difference is what a draft would change, in words: who, by number and name.
func difference(draft staff.RosterDraft) string {
	var b strings.Builder
	people := func(what string, list []ledger.Member) {
		if len(list) == 0 {
			return
		}
		var names []string
		for _, m := range list {
			names = append(names, oneLine(m.Number+" "+m.Name))
		}
		fmt.Fprintf(&b, "%s %d 人：%s\n", what, len(list), strings.Join(names, "、"))
	}
	people("离册", draft.Leaves)
	people("加入", draft.Joins)
	if len(draft.Changes) > 0 {
		fmt.Fprintf(&b, "更新 %d 人：\n", len(draft.Changes))
	}
	for _, e := range draft.Changes {
		var fields []string
		for _, f := range e.Fields() {
			fields = append(fields, fmt.Sprintf("%s “%s” → “%s”", f.Field, oneLine(f.From), oneLine(f.To)))
		}
		fmt.Fprintf(&b, "  %s %s：%s\n", oneLine(e.Before.Number), oneLine(e.Before.Name), strings.Join(fields, "，"))
	}
	return b.String()
}
