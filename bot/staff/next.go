package staff

import (
	"strings"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
)

// steps are what to do about a push that did not go out, by what is said of why; the
// first that fits holds.
var steps = []struct{ why, step string }{
	{skippedDetail, "不用做什么。还是要发的，在当天按“现在发”。"},
	{resolvedDetail, "核实过没有发出。要补发的，在当天按“现在发”。"},
	{"最多向这里发", "超过上限，让给了别的，不用做什么。要加发的，请管服务器的同志改配置里的 push_limit 或 [relief] group_week。"},
	{"已经向这里发", "超过上限，不用做什么。要加发的，请管服务器的同志改配置里的 push_limit 或 [relief] group_week。"},
	{"没有签发", "当天看过、批准以后，按“现在发”补发。以后请在前一天签发。"},
	{"签发", "请重新看一遍、批准，当天按“现在发”补发。"},
	{"请另换", "请在“签发”里换一则，批准以后当天按“现在发”补发。"},
	{"没有能发到", "请核对配置里这一项的 targets 写得对不对、那个渠道启用了没有。"},
	{"没有找到群", "请用值守的微信号打开这个群发一句话，或者核对群名；改好以后当天按“现在发”补发。"},
	{"好友", "请先让值守的微信号和对方互加好友。"},
	{"不让这个账号操作", "请用手机登录值守的微信号，处理安全提示，再按“现在发”。"},
	{"密级", "请改制度库里的原文，或者换一则；改好以后当天按“现在发”补发。"},
	{day.PausedDetail, "到时限一直暂停着。要发的先恢复，当天按“现在发”补发。"},
	{"配置里没有", "配置里去掉了这一项，不用做什么。"},
	{"没有可发的内容", "请在制度库里补上内容；补好以后当天按“现在发”补发。"},
	{"过了时间", "那段时间程序没有在运行，或者没有登录。请看渠道状态；要补发的，当天按“现在发”。"},
}

// Next is what to do about a push, in words; "" where there is nothing to be done.
func (s PushStatus) Next(now time.Time) string {
	switch {
	case s.State == ledger.PushSent, s.State == pushOver:
		return ""
	case s.State == ledger.PushUncertain:
		return "请到那里看一看有没有，再在上面“核实”里登记；不会自动重发。"
	case s.State == ledger.PushClaimed:
		return "请等一会儿再看。十分钟还没有结果的，会列为不确定。"
	case s.State == ledger.PushFailed, s.State == ledger.PushSkipped:
		for _, step := range steps {
			if strings.Contains(s.Detail, step.why) {
				return step.step
			}
		}
		return "找到原因改好以后，当天按“现在发”补发；过了当天的不补。"
	case now.After(s.Until):
		return "过了时限，不会再发。那时没有在值守，或者没有登录；要补发的，当天按“现在发”。"
	case s.Paused:
		return "恢复以后，还在时限以内的会补发。"
	case s.Approval != "" && s.Approval != day.SignedWords:
		return "请在“签发”里看过、批准；到时没有签发的不发。"
	case s.State == ledger.PushWaiting:
		return "会自动再试，直到 " + s.Until.In(now.Location()).Format("1月2日15:04") + "。"
	case s.Due.Before(now):
		return "请看渠道是不是在线；在线的几分钟以内会发，直到 " + s.Until.In(now.Location()).Format("1月2日15:04") + "。"
	}
	return ""
}
