package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/duty"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

// pushFlags are the flags of the push command.
type pushFlags struct {
	to                          string
	dryRun, pause, resume, skip bool
	found, missing              int
}

func newPush(a *app) *cobra.Command {
	var flags pushFlags
	cmd := &cobra.Command{
		Use:   "push [名称]",
		Short: "推送：看今天的，现在发一项，暂停、恢复、跳过，核实",
		Long: "不写名称，列出今天的推送和发了没有，以及最近一个月不确定有没有发出的。\n" +
			"写上名称，现在就发这一项（配置文件里 [[push]] 的 name），记在台账上，由值守中的 lianwen serve 发出；今天已经发过的不重发。\n" +
			"--dry-run 只看发什么、发给谁。--pause 以后不发，--resume 恢复，--skip 今天不发。\n" +
			"不确定的推送，去群里看过以后用 --found 序号（已发）或 --missing 序号（没发）登记；不会重发。",
		Example: "  lianwen push\n  lianwen push story --dry-run\n  lianwen push story --to group:机关学习群\n  lianwen push quiz --skip\n  lianwen push --found 1",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return bot.Invalid.Sayf("一次只能写一个名称。运行 %s --help 看用法。", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := flags.check(len(args)); err != nil {
				return err
			}
			return a.withLibrary(cmd.Context(), func(cfg *config, d *staff.Desk) error {
				if len(args) == 0 {
					return a.pushes(cmd.Context(), d, flags)
				}
				return a.push(cmd.Context(), cfg, d, args[0], flags)
			})
		},
	}
	cmd.Flags().StringVar(&flags.to, "to", "", "只发给这里，如 group:机关学习群 或 member:A01")
	cmd.Flags().BoolVar(&flags.dryRun, "dry-run", false, "只看发什么、发给谁，不发")
	cmd.Flags().BoolVar(&flags.pause, "pause", false, "以后不发")
	cmd.Flags().BoolVar(&flags.resume, "resume", false, "恢复")
	cmd.Flags().BoolVar(&flags.skip, "skip", false, "今天不发")
	cmd.Flags().IntVar(&flags.found, "found", 0, "不确定的第几条已经发出")
	cmd.Flags().IntVar(&flags.missing, "missing", 0, "不确定的第几条没有发出")
	return cmd
}

// check refuses flags that do not fit the number of names.
func (f pushFlags) check(names int) error {
	verdict := f.found != 0 || f.missing != 0
	asked := 0
	for _, set := range []bool{f.dryRun, f.pause, f.resume, f.skip, f.found != 0, f.missing != 0} {
		if set {
			asked++
		}
	}
	switch named := f.to != "" || f.dryRun || f.pause || f.resume || f.skip; {
	case names == 0 && named:
		return bot.Invalid.Sayf("请写上推送的名称，如 lianwen push story --dry-run。")
	case names > 0 && verdict:
		return bot.Invalid.Sayf("--found 和 --missing 后面写序号，不用写名称，如 lianwen push --found 1。")
	case asked > 1:
		return bot.Invalid.Sayf("--dry-run、--pause、--resume、--skip、--found、--missing 一次只能写一个。")
	case f.to != "" && (f.pause || f.resume || f.skip):
		return bot.Invalid.Sayf("--to 只用于现在就发，不能和 --pause、--resume、--skip 一起写。")
	}
	return nil
}

// pushes lists the pushes of today and those nobody is sure of, or records what
// became of one of these.
func (a *app) pushes(ctx context.Context, d *staff.Desk, f pushFlags) error {
	uncertain, err := d.Uncertain(ctx)
	if err != nil {
		return err
	}
	if n := f.found + f.missing; n != 0 {
		if n < 1 || n > len(uncertain) {
			return bot.NotFound.Sayf("没有第 %d 条不确定的推送（现在有 %d 条）。运行 lianwen push 看有哪些。", n, len(uncertain))
		}
		p := uncertain[n-1]
		if err := d.Resolve(ctx, actor(), p.Key(), f.found != 0); err != nil {
			return err
		}
		_, err = fmt.Fprintf(a.out, "已登记：%s的“%s”（%s）%s。\n", p.Date.Chinese(), p.Name, day.TargetName(p.Target), map[bool]string{true: "已发", false: "没有发"}[f.found != 0])
		return err
	}
	list, err := d.Pushes(ctx, d.Today(), d.Today())
	if err != nil {
		return err
	}
	var b strings.Builder
	if len(list) == 0 {
		b.WriteString("今天没有推送。\n")
	}
	for _, p := range list {
		fmt.Fprintf(&b, "%s %s → %s：%s  %s\n", p.Due.In(d.Location).Format("15:04"), p.Name, p.Target, p.Title, p.Chinese(d.Now()))
	}
	if len(uncertain) > 0 {
		b.WriteString("不确定有没有发出，请去看一看，再用 --found 或 --missing 登记：\n")
	}
	for i, r := range uncertain {
		fmt.Fprintf(&b, "  %d %s %s → %s：%s\n", i+1, r.Date.Chinese(), r.Name, r.Target, r.Title)
	}
	_, err = fmt.Fprint(a.out, b.String())
	return err
}

// push does with one push what the flags say; without any it goes out now.
func (a *app) push(ctx context.Context, cfg *config, d *staff.Desk, name string, f pushFlags) error {
	switch {
	case f.pause:
		return a.said(d.Pause(ctx, actor(), name), "已暂停“%s”，以后不发，直到 lianwen push %s --resume。\n", name, name)
	case f.resume:
		return a.said(d.Resume(ctx, actor(), name), "已恢复“%s”。今天的还在时限以内就补发。\n", name)
	case f.skip:
		done, err := d.Skip(ctx, actor(), name)
		if err == nil && done.Skipped == 0 {
			return a.said(nil, "今天的“%s”没有可跳过的（%d 条已经处理）。\n", name, done.Over)
		}
		return a.said(err, "今天的“%s”跳过 %d 条，不再发。\n", name, done.Skipped)
	case f.dryRun:
		list, text, err := d.PushPreview(ctx, name, f.to)
		if err != nil {
			return err
		}
		return a.said(nil, "会发给：%s\n\n%s\n", targets(list), text)
	}
	list, err := d.PushNow(ctx, actor(), name, f.to)
	if err != nil {
		return err
	}
	if !a.serving(cfg) {
		return a.said(nil, "已登记“%s”（%s）→ %s。lianwen serve 没有在运行；在%s前启动它，就会发出。\n",
			name, list[0].Title, targets(list), list[0].Until.In(d.Location).Format("1月2日15:04"))
	}
	if err := a.said(nil, "已登记“%s”（%s）→ %s，等 lianwen serve 发出……\n", name, list[0].Title, targets(list)); err != nil {
		return err
	}
	return a.awaitPushes(ctx, d, list)
}

// said says that something is done, unless it failed.
func (a *app) said(err error, format string, args ...any) error {
	if err == nil {
		_, err = fmt.Fprintf(a.out, format, args...)
	}
	return err
}

// targets are the targets of pushes, in one line.
func targets(list []ledger.Push) string {
	var names []string
	for _, p := range list {
		names = append(names, p.Target)
	}
	return strings.Join(names, "、")
}

// serving reports whether serve is running on this data folder.
func (a *app) serving(cfg *config) bool {
	for _, ch := range a.channels(cfg, nil) {
		if s, ok, err := duty.ReadState(cfg.DataDir, ch.Name()); err == nil && ok && s.Running(time.Now()) {
			return true
		}
	}
	return false
}

// How long push waits for serve, which looks every half minute, and how often it
// looks itself.
const (
	pushPatience = 90 * time.Second
	pushEvery    = 500 * time.Millisecond
)

// awaitPushes says what becomes of pushes until each has ended, or patience has.
func (a *app) awaitPushes(ctx context.Context, d *staff.Desk, asked []ledger.Push) error {
	told := map[ledger.PushKey]bool{}
	for deadline := time.Now().Add(pushPatience); ; {
		list, err := d.Pushes(ctx, d.Today(), d.Today())
		if err != nil {
			return err
		}
		last := time.Now().After(deadline)
		for _, p := range list {
			wanted := slices.ContainsFunc(asked, func(q ledger.Push) bool { return q.Key() == p.Key() })
			under := p.State == ledger.PushWaiting || p.State == ledger.PushClaimed
			if !wanted || told[p.Key()] || under && !last {
				continue
			}
			told[p.Key()] = true
			if err := a.said(nil, "%s：%s\n", p.Target, p.Chinese(d.Now())); err != nil {
				return err
			}
		}
		if len(told) == len(asked) || last {
			return nil
		}
		select {
		case <-time.After(pushEvery):
		case <-ctx.Done():
			return a.said(nil, "没有等到结果；稍后运行 lianwen push 看发了没有。\n")
		}
	}
}
