package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

func newBackup(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "backup 文件",
		Short: "备份台账（运行中也可以）",
		Long: "把台账备份成一个文件，运行中也可以；写完后核对一遍，并打印台账截至第几条、校验是什么：抄下来另存，以后可用 lianwen history --head 核对。只有本用户读得了它：里面有姓名、电话和答题记录。\n" +
			"只备份台账：制度库是普通文件，索引可以重建，微信登录可以重新扫码。",
		Args: exactArgs(1, "请写上备份到哪个文件，如 lianwen backup 台账-20261201.db。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withDesk(cmd.Context(), func(_ *config, d *staff.Desk) error {
				s, err := d.BackUp(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.out, "已备份到 %s：在册 %d 人，操作记录 %d 条，核对无误。%s。\n", args[0], s.Members, s.Audit, s.Head)
				return err
			})
		},
	}
}

// restoreFlags are the flags of the restore command.
type restoreFlags struct{ replace, accept, anew bool }

func newRestore(a *app) *cobra.Command {
	var flags restoreFlags
	cmd := &cobra.Command{
		Use:   "restore 文件",
		Short: "从备份恢复台账",
		Long: "从备份恢复台账：先复制一份（连同旁边的 -wal 文件），核对是否完好，旧版本的升级好，再换上去。中途断电也不要紧：台账不是原来的就是恢复好的。\n" +
			"已经有台账的，要加 --replace 才换掉，原来的改名留着。请先停掉 lianwen serve。\n" +
			"备份以后到恢复为止该发的推送，不知道发过没有：不会再发，记为“不确定”，由工作人员核实。\n\n" +
			"不用备份文件的两种情形：\n" +
			"  --accept  台账是手工换上去的（拷回来的文件、pg_restore 恢复的库），程序不认，确实要用它\n" +
			"  --new     台账没有了，也没有备份，从头开始",
		Example: "  lianwen restore 台账-20261201.db\n  lianwen restore 台账-20261201.db --replace\n  lianwen restore --accept",
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case flags.accept && flags.anew, flags.accept && flags.replace:
				return bot.Invalid.Sayf("--accept 只能单独写。运行 %s --help 看用法。", cmd.CommandPath())
			case flags.accept || flags.anew:
				return exactArgs(0, "用 --accept 或 --new 时不写文件名。")(cmd, args)
			}
			return exactArgs(1, "请写上备份文件，如 lianwen restore 台账-20261201.db。")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := loadConfig(a.configPath)
			if err != nil {
				return err
			}
			switch {
			case flags.accept:
				return a.acceptLedger(cmd.Context(), cfg)
			case flags.anew:
				return a.renewLedger(cmd.Context(), cfg, flags.replace)
			}
			return a.restore(cmd.Context(), cfg, args[0], flags.replace)
		},
	}
	cmd.Flags().BoolVar(&flags.replace, "replace", false, "换掉现有的台账（原来的改名留着）")
	cmd.Flags().BoolVar(&flags.accept, "accept", false, "就用现在放着的台账，虽然它不是这里原来的那一个")
	cmd.Flags().BoolVar(&flags.anew, "new", false, "不要原来的台账，从头开始")
	return cmd
}

// doubted is said wherever it is not known what has gone out.
const doubted = "这以前该发的推送不会再发，没有记录的记为“不确定”：请到群里看一看，再运行 lianwen push 登记，或由工作人员私聊“核实”。"

func (a *app) restore(ctx context.Context, cfg *config, from string, replace bool) error {
	if cfg.Ledger.URL != "" {
		return bot.Conflict.Sayf("台账在 PostgreSQL 里，请用 pg_restore 恢复，再运行 lianwen restore --accept。")
	}
	summary, kept, err := ledger.Restore(ctx, from, ledgerFile(cfg), replace, actor(), time.Now())
	var damage *ledger.DamageError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return bot.NotFound.Sayf("没有 %s 这个文件。请检查路径。", from)
	case errors.Is(err, ledger.ErrExists):
		return alreadyThere(cfg, "换成备份")
	case errors.Is(err, ledger.ErrSame):
		return bot.Invalid.Sayf("%s 就是现在的台账，没有恢复。请写备份文件。", from)
	case errors.Is(err, ledger.ErrTampered):
		return bot.Invalid.Sayf("%s 里的操作记录被改动过（%v），没有恢复，现有的台账没有动。请换一份备份。", from, tamperedIn(err))
	case errors.As(err, &damage):
		return bot.Invalid.Sayf("%s 不是完好的台账备份（%v），没有恢复，现有的台账没有动。请换一份备份。", from, damage)
	case errors.Is(err, ledger.ErrNewer):
		return bot.Invalid.Sayf("%s 是更新版本的程序备份的，没有恢复，现有的台账没有动。请换用新版本的 lianwen。", from)
	case errors.Is(err, ledger.ErrInUse):
		return bot.Conflict.Sayf("台账正被另一个程序用着（多半是 lianwen serve），没有恢复。请先停掉它再试；要恢复的是运行中的台账的，请先用 lianwen backup 备份它。")
	case err != nil:
		return ledgerError(cfg, err)
	}
	compare := ""
	if kept != "" {
		compare = "；要对照请看原来的台账"
	}
	return a.said(nil, "已恢复：在册 %d 人，操作记录 %d 条（最后一条记着这次恢复）。%s\n备份以后登记的答题、请假、更正、定稿，现在的台账里没有%s。\n%s\n", summary.Members, summary.Audit, keptAs(kept), compare, doubted)
}

// tamperedIn says what in a ledger is not as it was written.
func tamperedIn(err error) string {
	var t *ledger.TamperError
	if errors.As(err, &t) {
		return t.What + "：" + t.Means
	}
	return err.Error()
}

// alreadyThere refuses to put another ledger where one is.
func alreadyThere(cfg *config, instead string) error {
	if cfg.Ledger.URL != "" {
		return bot.Conflict.Sayf("PostgreSQL 里已经有台账，没有动它。确要%s，请换一个空的库。", instead)
	}
	return bot.Conflict.Sayf("已经有台账 %s，没有覆盖。确要%s，请加 --replace，原来的会改名留着。", ledgerFile(cfg), instead)
}

// keptAs says where the former ledger is.
func keptAs(kept string) string {
	if kept == "" {
		return ""
	}
	return "原来的台账在 " + kept + "。"
}

// acceptLedger takes the ledger that is there for the right one.
func (a *app) acceptLedger(ctx context.Context, cfg *config) error {
	if err := a.unlessFine(ctx, cfg); err != nil {
		return err
	}
	summary, err := ledger.Accept(ctx, ledgerSource(cfg), actor(), time.Now())
	var damage *ledger.DamageError
	switch {
	case errors.As(err, &damage):
		return bot.Invalid.Sayf("%s 不是完好的台账（%v），没有接受。请用 lianwen restore 备份文件 --replace 恢复。", ledgerFile(cfg), damage)
	case errors.Is(err, ledger.ErrTampered):
		return bot.Invalid.Sayf("台账里的操作记录被改动过（%v），没有接受。请用备份恢复。", tamperedIn(err))
	case err != nil:
		return ledgerError(cfg, err)
	}
	return a.said(nil, "已接受现在的台账：在册 %d 人，操作记录 %d 条。\n%s\n", summary.Members, summary.Audit, doubted)
}

// unlessFine is an error where there is nothing to accept.
func (a *app) unlessFine(ctx context.Context, cfg *config) error {
	l, found, err := ledger.Look(ctx, ledgerSource(cfg))
	fine := err == nil && found.Err == nil && found.Version > 0
	if l != nil {
		_, tampered := l.Verify(ctx)
		fine = errors.Join(tampered, l.Close()) == nil && fine
	}
	if fine {
		return bot.Conflict.Sayf("现在的台账就是这里原来的那一个，不用接受。")
	}
	return nil // what cannot be looked at is told by whoever opens it
}

// renewLedger begins the records anew.
func (a *app) renewLedger(ctx context.Context, cfg *config, replace bool) error {
	kept, err := ledger.Renew(ctx, ledgerSource(cfg), replace, actor(), time.Now())
	if errors.Is(err, ledger.ErrExists) {
		return alreadyThere(cfg, "从头开始")
	}
	if err != nil {
		return ledgerError(cfg, err)
	}
	return a.said(nil, "已建立空的台账。%s请重新导入花名册，发绑定码。\n%s\n", keptAs(kept), doubted)
}
