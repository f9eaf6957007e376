package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/wechat"
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
	if year := missingYear(cfg, calendar, now); year != 0 {
		res.Warnings = append(res.Warnings, jsonProblem{"日历", fmt.Sprintf("%d 年的放假安排还没有，按周一到周五上班算", year), "国务院公布以后请写进 calendar 指定的文件，写法见 config.example.toml"})
	}
}

// missingYear is the year a month from now if its days off are not known and
// some push goes out on working days only; 0: nothing is missing.
func missingYear(cfg *config, calendar *bot.Calendar, now time.Time) int {
	workdays := slices.ContainsFunc(cfg.pushes, func(p bot.PushSpec) bool { return p.Workdays })
	if next := now.In(cfg.location).AddDate(0, 1, 0).Year(); workdays && !calendar.Announced(next) {
		return next
	}
	return 0
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

// wechat reports what a serving process has written about the account.
func (res *checkResult) wechat(cfg *config, now time.Time) {
	s, ok, err := readState(wechatDir(cfg))
	ch := jsonChannel{Name: wechat.Name}
	defer func() { res.Channels = append(res.Channels, ch) }()
	switch {
	case err != nil:
		res.Warnings = append(res.Warnings, jsonProblem{"微信", "状态文件读不出来（" + err.Error() + "）", "重新启动 lianwen serve 会重写它"})
		return
	case !ok:
		res.Warnings = append(res.Warnings, jsonProblem{"微信", "已启用，还没有值守过", "运行 lianwen serve"})
		return
	}
	ch.Running, ch.State, ch.Since, ch.Account, ch.Detail = s.running(now), string(s.State), &s.Since, s.Account, s.Detail
	since := s.Since.In(cfg.location).Format("1月2日15:04")
	what := fmt.Sprintf("%s（%s起）", stateNames[s.State], since)
	if s.Detail != "" {
		what += "：" + s.Detail
	}
	switch {
	case !ch.Running:
		res.Warnings = append(res.Warnings, jsonProblem{"微信", "lianwen serve 没有在运行；最后的状态：" + what, "运行 lianwen serve"})
	case s.State == wechat.Waiting:
		res.Problems = append(res.Problems, jsonProblem{"微信", what, "请用要值守的微信扫 " + filepath.Join(wechatDir(cfg), "qr.png")})
	case s.State == wechat.Refused:
		res.Problems = append(res.Problems, jsonProblem{"微信", what, "请先用手机登录这个账号，处理安全提示"})
	case !s.State.Up():
		res.Problems = append(res.Problems, jsonProblem{"微信", what, "正在自动重试；请检查网络，或稍后再看"})
	}
}
