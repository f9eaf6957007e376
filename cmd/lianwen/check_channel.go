package main

import (
	"fmt"
	"time"

	"lianwen/bot"
	"lianwen/bot/duty"
)

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
		res.Problems = append(res.Problems, jsonProblem{label, what, "请用要值守的" + label + "扫码：" + cfg.Web.or("/") + "打开图片 " + duty.QRFile(cfg.DataDir, name)})
	case s.State == bot.Refused:
		res.Problems = append(res.Problems, jsonProblem{label, what, "请先用手机登录这个账号，处理安全提示"})
	case !s.State.Up():
		res.Problems = append(res.Problems, jsonProblem{label, what, "正在自动重试；请检查网络，或稍后再看"})
	}
}
