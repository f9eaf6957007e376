package talk

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

// actor is who gives a command of staff.
func (t *turn) actor(ctx context.Context) (ledger.Actor, error) {
	m, err := t.member(ctx)
	return ledger.StaffActor(m.Number), err
}

// steers is who steers a push, and the push's name as it is configured.
func (t *turn) steers(ctx context.Context, said string) (ledger.Actor, string, error) {
	name, err := t.config.Desk.PushName(said)
	if err != nil {
		return "", "", err
	}
	actor, err := t.actor(ctx)
	return actor, name, err
}

// runToday lists the pushes of the day.
func runToday(ctx context.Context, t *turn, _ string) (string, error) {
	today := t.config.Desk.Today()
	list, err := t.config.Desk.Pushes(ctx, today, today)
	if err != nil {
		return "", err
	}
	if len(list) == 0 {
		return "今天没有推送。", nil
	}
	lines := []string{fmt.Sprintf("今天的推送 %d 条：", len(list))}
	for _, p := range list {
		lines = append(lines, fmt.Sprintf("%s %s → %s %s：%s",
			p.Due.In(t.config.Location).Format("15:04"), p.Name, day.TargetName(p.Target), p.Title, p.Chinese(t.config.Now())))
	}
	return strings.Join(append(lines, "回复“跳过今天 名称”“暂停 名称”“恢复 名称”。"), "\n"), nil
}

// runPause and runResume keep a push back from now on, and let it go again.
func runPause(ctx context.Context, t *turn, name string) (string, error) {
	actor, name, err := t.steers(ctx, name)
	if err != nil {
		return "", err
	}
	if err := t.config.Desk.Pause(ctx, actor, name); err != nil {
		return "", err
	}
	return "已暂停“" + name + "”，以后不发，直到回复“恢复 " + name + "”。", nil
}

func runResume(ctx context.Context, t *turn, name string) (string, error) {
	actor, name, err := t.steers(ctx, name)
	if err != nil {
		return "", err
	}
	if err := t.config.Desk.Resume(ctx, actor, name); err != nil {
		return "", err
	}
	return "已恢复“" + name + "”。今天的还在时限以内就补发。", nil
}

// runSkip drops what is left of a push today.
func runSkip(ctx context.Context, t *turn, name string) (string, error) {
	actor, name, err := t.steers(ctx, name)
	if err != nil {
		return "", err
	}
	done, err := t.config.Desk.Skip(ctx, actor, name)
	switch {
	case err != nil:
		return "", err
	case done == staff.Skipped{}:
		return fmt.Sprintf("今天没有“%s”的推送，不用跳过。", name), nil
	case done.Skipped == 0:
		return fmt.Sprintf("今天的“%s”没有可跳过的（%d 条已经处理）。", name, done.Over), nil
	}
	return fmt.Sprintf("今天的“%s”跳过 %d 条，不再发。", name, done.Skipped), nil
}

// runPushNow has a push go out now.
func runPushNow(ctx context.Context, t *turn, name string) (string, error) {
	actor, name, err := t.steers(ctx, name)
	if err != nil {
		return "", err
	}
	asked, err := t.config.Desk.PushNow(ctx, actor, name, "")
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("已登记：现在推送“%s”（%s），%d 条，一分钟以内开始发。发了没有请看“今日推送”。", name, asked[0].Title, len(asked)), nil
}

// resolveShown is how many uncertain pushes one message lists.
const resolveShown = 5

// runResolve lists the pushes of which nobody knows whether they went out, and
// records what staff have found.
func runResolve(ctx context.Context, t *turn, words string) (string, error) {
	if words != "" {
		return t.resolve(ctx, strings.Fields(words))
	}
	records, err := t.config.Desk.Uncertain(ctx)
	if err != nil {
		return "", err
	}
	if len(records) == 0 {
		return "最近一个月没有不确定的推送。", nil
	}
	lines := []string{fmt.Sprintf("不确定有没有发出的推送 %d 条，请去看一看：", len(records))}
	var keys []ledger.PushKey
	for i, r := range records[:min(len(records), resolveShown)] {
		lines = append(lines, fmt.Sprintf("%d %s %s → %s：%s", i+1, r.Date.Chinese(), r.Name, day.TargetName(r.Target), r.Title))
		keys = append(keys, r.Key())
	}
	t.lookFor(keys)
	return strings.Join(append(lines, "回复“核实 1 已发”或“核实 1 没发”，记下来；不会重发。"), "\n"), nil
}

// resolve records a verdict on one of the pushes that were listed.
func (t *turn) resolve(ctx context.Context, words []string) (string, error) {
	usage := bot.Invalid.Sayf("请先发“核实”看有哪些，再写成“核实 1 已发”或“核实 1 没发”。")
	if len(words) != 2 {
		return "", usage
	}
	sent, known := map[string]bool{"已发": true, "没发": false}[words[1]]
	n, err := strconv.Atoi(words[0])
	if !known || err != nil || n < 1 || n > len(t.state.uncertain) {
		return "", usage
	}
	actor, err := t.actor(ctx)
	if err != nil {
		return "", err
	}
	key := t.state.uncertain[n-1]
	if err := t.config.Desk.Resolve(ctx, actor, key, sent); err != nil {
		return "", err
	}
	return fmt.Sprintf("记下了：%s的“%s”（%s）%s。", key.Date.Chinese(), key.Name, day.TargetName(key.Target), words[1]), nil
}

// runParticipation sums up this year.
func runParticipation(ctx context.Context, t *turn, _ string) (string, error) {
	from, to := t.config.Desk.ThisYear()
	table, err := t.config.Desk.Participation(ctx, from, to)
	if err != nil {
		return "", err
	}
	sum := table.Total()
	return fmt.Sprintf("今年已截止的题 %d 道（另有 %d 道没有截止，没有计入）。\n应参 %d 人次，实参 %d，请假 %d，未参 %d。\n明细请在服务器上运行 lianwen report 导出。",
		len(table.Rounds), table.Open, sum.Due(), sum.Took, sum.Excused, sum.Absent), nil
}

// runStatus says what is answered from.
func runStatus(ctx context.Context, t *turn, _ string) (string, error) {
	h, err := t.config.Desk.Status(ctx)
	if err != nil {
		return "", err
	}
	note := ""
	if h.Suspended > 0 {
		note = fmt.Sprintf("（其中停用 %d 道，回复“停用的题”查看）", h.Suspended)
	}
	look := "运行 lianwen check"
	if t.config.Page != "" {
		look = "登录网页 " + t.config.Page + " ，在“设置”里检查，或者" + look
	}
	text := fmt.Sprintf("正在值守。现行制度 %d 部 %d 条，会议纪律 %d 份，故事 %d 则，题 %d 道%s。\n制度库改了会自动换用；登录和台账的情况请%s。",
		h.Rules, h.Articles, h.Lists, h.Stories, h.Questions, note, look)
	if h.Muted > 0 {
		text += fmt.Sprintf("\n不收私聊推送的 %d 人（不列是谁）。", h.Muted)
	}
	if h.LeftOut > 0 {
		text += fmt.Sprintf("\n制度库里有 %d 个文件有问题，没有用上，请运行 lianwen check 看是哪些。", h.LeftOut)
	}
	if h.Reindexed != "" {
		text += "\n" + h.Reindexed
	}
	return text, nil
}

// suspendedShown is how many suspended questions one message lists.
const suspendedShown = 5

// runSuspended lists the questions whose articles have changed.
func runSuspended(ctx context.Context, t *turn, _ string) (string, error) {
	list, err := t.config.Desk.Suspended(ctx)
	if err != nil {
		return "", err
	}
	if len(list) == 0 {
		return "没有停用的题。", nil
	}
	lines := []string{fmt.Sprintf("依据的条文有改动、等着核对的题 %d 道，核对以前不出：", len(list))}
	for _, q := range list[:min(len(list), suspendedShown)] {
		lines = append(lines, fmt.Sprintf("%s %s（%s）", q.ID, shortened(q.Text), staff.Cites(q)))
	}
	if len(list) > suspendedShown {
		lines = append(lines, fmt.Sprintf("……还有 %d 道", len(list)-suspendedShown))
	}
	return strings.Join(append(lines, "题目、答案还对的，回复“核准 编号”；不对的，改题以后再核准。"), "\n"), nil
}

// runApprove ends the suspension of one question or of all.
func runApprove(ctx context.Context, t *turn, id string) (string, error) {
	actor, err := t.actor(ctx)
	if err != nil {
		return "", err
	}
	var ids []string
	switch {
	case id == "":
		return "", bot.Invalid.Sayf("请写上题的编号，如“核准 ti-an-03”；回复“停用的题”看有哪些。")
	case id != "全部":
		ids = []string{id}
	}
	approved, err := t.config.Desk.Approve(ctx, actor, ids...)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("已核准 %d 道题，可以再出。题目没有改过、还没有截止的那一轮恢复作答。", len(approved)), nil
}

// reindexPatience is how long the reply to 重建索引 waits for the result; what
// takes longer is told when it is done.
const (
	reindexPatience = 3 * time.Second
	tellWithin      = 10 * time.Minute
)

// runReindex has the index built anew beside the one that answers.
func runReindex(ctx context.Context, t *turn, _ string) (string, error) {
	actor, err := t.actor(ctx)
	if err != nil {
		return "", err
	}
	result, err := t.config.Desk.RebuildIndex(ctx, actor)
	if bot.CodeOf(err) == bot.Conflict { // asking twice is no mistake
		return bot.Say(err), nil
	}
	if err != nil {
		return "", err
	}
	select {
	case text := <-result:
		return text, nil
	case <-time.After(reindexPatience):
	}
	channel, to := t.in.Channel, t.in.Conversation
	go func() {
		text, ok := <-result
		if !ok {
			return // the program is being stopped
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tellWithin)
		defer cancel()
		if err := t.config.Tell(ctx, channel, bot.Outgoing{To: to, Text: text}); err != nil {
			t.config.Log.Warn("重建索引的结果没有告诉到", "结果", text, "err", err)
		}
	}()
	return "正在重建索引，期间照常回答，做完告诉您；安静时段不发消息，请发“状态”查看。", nil
}
