package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// ledgerName is what the records are called where something is wrong with them.
const ledgerName = "台账"

// How long the ledger may take to answer: less than the other looks, so that it can
// still be said what it did; and how long to be verified once it does, which depends on
// how many years are in it, and what else the machine does.
const (
	ledgerTime = 3 * time.Second
	verifyTime = 20 * time.Second
)

// lookAtLedger looks at the records, if there are any: whether they are the ones
// that were here, whole and writable, what they say of pushes, and last whether
// anything in them was changed.
func (f *findings) lookAtLedger(ctx context.Context, cfg *config) {
	ctx, cancel := context.WithTimeout(ctx, verifyTime)
	defer cancel()
	silent := time.AfterFunc(ledgerTime, cancel)
	defer silent.Stop()
	l, found, err := ledger.Look(ctx, ledgerSource(cfg))
	if err != nil {
		f.ledgerFails(ctx, cfg, err)
		return
	}
	f.condition(cfg, found)
	if l == nil {
		return
	}
	defer l.Close() // nothing was written that could be lost
	f.ledger = &jsonLedger{Kind: "sqlite", unverified: "没有读出来，见下面的问题"}
	if cfg.Ledger.URL != "" {
		f.ledger.Kind = "postgres"
	}
	if err := errors.Join(f.targets(ctx, cfg, l), f.lost(ctx, cfg, l, time.Now()), f.heldBack(ctx, cfg, l, time.Now()), f.pushed(ctx, cfg, l, time.Now()), f.accounts(ctx, cfg, l)); err != nil {
		f.ledgerFails(ctx, cfg, err)
		return
	}
	if !silent.Stop() {
		f.ledgerFails(ctx, cfg, context.DeadlineExceeded)
		return
	}
	f.verified(ctx, cfg, l)
}

// verified says whether anything in the records is not as it was written. Those of many
// years on a machine that is busy may take too long: nothing is wrong with them.
func (f *findings) verified(ctx context.Context, cfg *config, l *ledger.Ledger) {
	var err error
	f.ledger.Summary, err = l.Summary(ctx)
	switch {
	case err == nil:
		f.ledger.unverified = ""
	case f.tampered(err):
		f.ledger.unverified = "没有核对通过，见下面的问题"
	case ctx.Err() != nil:
		f.ledger.unverified = "没有核对完，见下面的提示"
		f.warning(ledgerName, fmt.Sprintf("没有在 %d 秒里核对完操作记录和作答", verifyTime/time.Second), "请等机器空闲时再运行一次 lianwen check；一直这样的，请检查磁盘、数据库")
	default:
		f.ledgerFails(ctx, cfg, err)
	}
	if f.ledger.Uncertain > 0 {
		f.warning(ledgerName, fmt.Sprintf("有 %d 条推送不知道有没有发出", f.ledger.Uncertain), "请到群里看一看，再运行 lianwen push 登记，或由工作人员私聊发送“核实”；程序不会自动重发")
	}
}

// tampered says what in the records is not as it was written, if that is what an error
// says.
func (f *findings) tampered(err error) bool {
	var t *ledger.TamperError
	if errors.As(err, &t) {
		f.problem(ledgerName, "操作记录被改动过（"+t.What+"）："+t.Means, t.Fix)
	}
	return t != nil
}

// ledgerFails says why the ledger cannot be read.
func (f *findings) ledgerFails(ctx context.Context, cfg *config, err error) {
	if t, ok := troubleOf(err); ok {
		f.problem(ledgerName, t.about(cfg), t.fix)
		return
	}
	trouble := ledger.TroubleOf(err)
	var damage *ledger.DamageError
	switch {
	case errors.As(err, &damage) && cfg.Ledger.URL == "":
		f.problem(ledgerName, fmt.Sprintf("%s 不是完好的台账（%v）", ledgerFile(cfg), damage), "请查明是谁直接改了数据库；要恢复，请停掉 lianwen serve，用 lianwen restore 备份文件 --replace，现在的文件会改名留着")
	case trouble == ledger.Damaged:
		f.problem(ledgerName, ledgerFile(cfg)+" 坏了，或者不是台账（"+err.Error()+"）", "请停掉 lianwen serve，用 lianwen restore 备份文件 --replace 恢复；现在的文件会改名留着")
	case trouble == ledger.Busy:
		f.problem(ledgerName, "一直被另一个程序占着，读不出来", "请找出是哪个程序打开着它（fuser、lsof），关掉它")
	case cfg.Ledger.URL != "" && (trouble == ledger.Unreachable || ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded)):
		f.problem(ledgerName, fmt.Sprintf("PostgreSQL 连不上，或者没有在 %d 秒里答复（%v）", ledgerTime/time.Second, err), "请检查 [ledger] url、网络、数据库是否在运行、表是不是被别的会话锁着")
	case ctx.Err() != nil, errors.Is(err, context.DeadlineExceeded):
		f.problem(ledgerName, fmt.Sprintf("没有在 %d 秒里读完", ledgerTime/time.Second), "请检查磁盘，以及是不是有别的程序占着台账")
	default:
		f.problem(ledgerName, "打不开（"+explain(err)+"）", "请检查 [ledger] 的配置和文件权限；要从备份恢复请用 lianwen restore")
	}
}

// condition says what keeps serve from using the ledger as it is found.
func (f *findings) condition(cfg *config, found ledger.Condition) {
	if t, ok := troubleOf(found.Err); ok {
		f.problem(ledgerName, t.about(cfg), t.fix)
	}
	if found.Mode.Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		f.warning(ledgerName, fmt.Sprintf("别的用户也能读 %s（权限 %#o），里面有姓名和电话", ledgerFile(cfg), found.Mode.Perm()), "请运行 chmod 600 "+ledgerFile(cfg))
	}
	if found.Writer {
		f.problem(ledgerName, ledgerFile(cfg)+" 一直被另一个程序锁着，写不进去", "请找出是哪个程序打开着它（fuser、lsof），关掉它")
	}
	if found.ReadOnly != "" {
		f.problem(ledgerName, "PostgreSQL 写不进去："+found.ReadOnly, "请换成可写的主库，或请数据库管理员给这个用户读写和建表的权限")
	}
	if found.Encoding != "" && found.Encoding != "UTF8" {
		f.problem(ledgerName, "PostgreSQL 数据库的编码是 "+found.Encoding+"，有些字存不进去", "请另建一个 UTF8 的库（createdb -E UTF8 -T template0 库名），用 pg_dump 和 psql 把数据搬过去")
	}
	switch t, _ := troubleOf(ledger.ErrNewer); {
	case found.Version > found.Knows:
		f.problem(ledgerName, t.about(cfg), t.fix)
	case found.Version > 0 && found.Version < found.Knows:
		f.warning(ledgerName, fmt.Sprintf("是旧版本的格式（第 %d 版，这个程序用第 %d 版），没有细看", found.Version, found.Knows), "下次启动 lianwen serve 会自动升级；升级以前请先用 lianwen backup 备份")
	}
}

// targets says which members are pushed to who are not on the roster.
func (f *findings) targets(ctx context.Context, cfg *config, l *ledger.Ledger) error {
	members, err := l.Members(ctx)
	if err != nil {
		return err
	}
	for _, spec := range cfg.pushes {
		for _, target := range spec.Targets {
			t, ok := bot.ParseTarget(target)
			on := slices.ContainsFunc(members, func(m ledger.Member) bool { return m.Number == t.Name && m.Left == "" })
			if ok && t.Kind == bot.MemberKind && !on {
				f.problem("推送 "+spec.Name, "花名册里没有在册的编号 "+t.Name, "请改 targets 里的 "+target+"，或者先用 lianwen roster import 导入花名册")
			}
		}
	}
	return nil
}

// lostDays is how far back it is looked for pushes that did not go out.
const lostDays = 7

// noGroup is in what a channel says that does not find a group.
const noGroup = "没有找到群"

// lost says which pushes of the last days did not go out because their group was
// not found. Where later ones did, it is mended.
func (f *findings) lost(ctx context.Context, cfg *config, l *ledger.Ledger, now time.Time) error {
	today := corpus.DateOf(now.In(cfg.location))
	records, err := l.Pushes(ctx, today.AddDays(-lostDays), today)
	if err != nil {
		return err
	}
	last, lost := map[string]ledger.PushRecord{}, map[string]int{}
	var targets []string
	for _, r := range records { // by time
		if last[r.Target] = r; r.State != ledger.PushSent && strings.Contains(r.Detail, noGroup) {
			if lost[r.Target] == 0 {
				targets = append(targets, r.Target)
			}
			lost[r.Target]++
		}
	}
	for _, target := range targets {
		what := fmt.Sprintf("最近 %d 天有 %d 条推送没有发到%s：没有找到这个群", lostDays, lost[target], day.TargetName(target))
		if r := last[target]; r.State == ledger.PushSent {
			f.warning("推送", what+"；后来的发出了", "不用再做什么；漏掉的可以用 lianwen push 名称 --to "+target+" 补发今天的")
			continue
		}
		f.problem("推送", what, "请用值守的微信打开这个群，选“保存到通讯录”，核对群名和 targets 里写的一样；好了以后用 lianwen push 名称 --to "+target+" 补发今天的")
	}
	return nil
}
