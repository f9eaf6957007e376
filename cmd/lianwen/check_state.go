package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/duty"
	"lianwen/bot/ledger"
)

// calendar reports, from December on, that the days off of the next year are
// not known. Only who pushes on working days needs them.
func (res *checkResult) calendar(cfg *config, now time.Time) {
	calendar, err := readCalendar(cfg.Calendar)
	var bad *configError
	if errors.As(err, &bad) {
		res.Problems = append(res.Problems, jsonProblem{bad.where, bad.what, bad.fix})
		return
	}
	if err != nil {
		res.Problems = append(res.Problems, jsonProblem{"日历", "读不出来（" + err.Error() + "）", "请检查 calendar 指定的文件"})
		return
	}
	if year := day.NextMissingYear(calendar, cfg.pushes, now.In(cfg.location)); year != 0 {
		res.Warnings = append(res.Warnings, jsonProblem{"日历", fmt.Sprintf("%d 年的放假安排还没有，按周一到周五上班算", year), "国务院公布以后请写进 calendar 指定的文件，写法见 config.example.toml"})
	}
}

// ledger opens the records, if there are any, and verifies the audit.
func (res *checkResult) ledger(ctx context.Context, cfg *config) {
	where := &jsonLedger{Kind: "sqlite"}
	if cfg.Ledger.URL != "" {
		where.Kind = "postgres"
	}
	l, err := existingLedger(ctx, cfg)
	if err != nil {
		res.Problems = append(res.Problems, jsonProblem{"台账", "打不开（" + explain(err) + "）", "请检查 [ledger] 的配置和文件权限；要从备份恢复请用 lianwen restore"})
		return
	}
	if l == nil {
		return
	}
	defer l.Close()
	where.Summary, err = l.Summary(ctx)
	res.Ledger = where
	switch {
	case errors.Is(err, ledger.ErrTampered):
		res.Problems = append(res.Problems, jsonProblem{"台账", "操作记录被改动过（" + err.Error() + "）", "请查明是谁直接改了数据库；可与备份对照"})
	case err != nil:
		res.Problems = append(res.Problems, jsonProblem{"台账", "读不出来（" + err.Error() + "）", "请检查磁盘；要从备份恢复请用 lianwen restore"})
	case where.Uncertain > 0:
		res.Warnings = append(res.Warnings, jsonProblem{"台账", fmt.Sprintf("有 %d 条推送不知道有没有发出", where.Uncertain), "请到群里看一看，再由工作人员私聊发送“核实”登记；程序不会自动重发"})
	}
}

// channel reports what a serving process has written about a channel.
func (res *checkResult) channel(cfg *config, c bot.Channel, now time.Time) {
	name, label := c.Name(), c.Capabilities().Label
	s, ok, err := duty.ReadState(cfg.DataDir, name)
	ch := jsonChannel{Name: name, label: label}
	defer func() { res.Channels = append(res.Channels, ch) }()
	switch {
	case err != nil:
		res.Warnings = append(res.Warnings, jsonProblem{label, "状态文件读不出来（" + err.Error() + "）", "重新启动 lianwen serve 会重写它"})
		return
	case !ok:
		res.Warnings = append(res.Warnings, jsonProblem{label, "已启用，还没有值守过", "运行 lianwen serve"})
		return
	}
	ch.words = bot.Status{Label: label, State: s.State}.Chinese()
	ch.Running, ch.State, ch.Since, ch.Account, ch.Detail = s.Running(now), string(s.State), &s.Since, s.Account, s.Detail
	what := fmt.Sprintf("%s（%s起）", ch.words, s.Since.In(cfg.location).Format("1月2日15:04"))
	if s.Detail != "" {
		what += "：" + s.Detail
	}
	switch {
	case !ch.Running:
		res.Warnings = append(res.Warnings, jsonProblem{label, "lianwen serve 没有在运行；最后的状态：" + what, "运行 lianwen serve"})
	case s.State == bot.Waiting:
		res.Problems = append(res.Problems, jsonProblem{label, what, "请用要值守的" + label + "扫 " + duty.QRFile(cfg.DataDir, name)})
	case s.State == bot.Refused:
		res.Problems = append(res.Problems, jsonProblem{label, what, "请先用手机登录这个账号，处理安全提示"})
	case !s.State.Up():
		res.Problems = append(res.Problems, jsonProblem{label, what, "正在自动重试；请检查网络，或稍后再看"})
	}
}
