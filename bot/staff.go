package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// stateNames are what became of a push, in words.
var stateNames = map[PushState]string{
	PushClaimed: "正在发", PushWaiting: "等着再试", PushSent: "已发", PushFailed: "没有发出", PushSkipped: "没有发", PushUncertain: "不确定",
}

// allowed reports whether a command may be given: those of staff by staff, in
// private. To anybody else its words are a question.
func (b *turn) allowed(ctx context.Context, cmd command) (bool, error) {
	if cmd.records && b.config.Records == nil {
		return false, nil
	}
	if !cmd.staff {
		return true, nil
	}
	if b.in.Group {
		return false, nil
	}
	m, err := b.member(ctx)
	if errors.Is(err, ErrNoMember) {
		return false, nil
	}
	return m.Staff, err
}

// actor is who gives a command, for the audit.
func (b *turn) actor(ctx context.Context) (string, error) {
	m, err := b.member(ctx)
	return "staff " + m.Number, err
}

// todays are the day's pushes with what became of those that have come up.
func (b *turn) todays(ctx context.Context) (plan []Push, done map[PushKey]PushRecord, err error) {
	day := dateOf(b.config.Now().In(b.config.Location))
	records, err := b.config.Records.Pushes(ctx, day, day)
	if err != nil {
		return nil, nil, err
	}
	done = map[PushKey]PushRecord{}
	for _, r := range records {
		done[r.Key()] = r
	}
	if b.config.Plan != nil {
		plan, err = b.config.Plan(ctx, day, day)
	}
	return plan, done, err
}

// runToday lists the pushes of the day.
func runToday(ctx context.Context, b *turn) (string, error) {
	plan, done, err := b.todays(ctx)
	if err != nil {
		return "", err
	}
	if len(plan) == 0 {
		return "今天没有推送。", nil
	}
	paused, err := b.config.Records.Paused(ctx)
	if err != nil {
		return "", err
	}
	lines := []string{fmt.Sprintf("今天的推送 %d 条：", len(plan))}
	for _, p := range plan {
		state := "未到时间"
		r, ok := done[p.Key()]
		switch {
		case (!ok || r.State == PushWaiting) && slices.Contains(paused, p.Name):
			state = pausedDetail
		case ok && r.Detail != "":
			state = stateNames[r.State] + "（" + r.Detail + "）"
		case ok:
			state = stateNames[r.State]
		case p.Due.Before(b.config.Now()):
			state = "到了时间，还没有发"
		}
		lines = append(lines, fmt.Sprintf("%s %s → %s %s：%s", p.Due.Format("15:04"), p.Name, targetName(p.Target), p.Title, state))
	}
	return strings.Join(append(lines, "回复“跳过今天 名称”“暂停 名称”“恢复 名称”。"), "\n"), nil
}

// targetName is a target without its kind.
func targetName(target string) string {
	_, name, _ := strings.Cut(target, ":")
	return name
}

// known refuses the name of a push that there is not.
func (b *turn) known(ctx context.Context, name, usage string) error {
	var names []string
	if b.config.Plan != nil {
		day := dateOf(b.config.Now().In(b.config.Location))
		year := b.config.Now().In(b.config.Location).AddDate(1, 0, 0)
		plan, err := b.config.Plan(ctx, day, dateOf(year))
		if err != nil {
			return err
		}
		for _, p := range plan {
			if !slices.Contains(names, p.Name) {
				names = append(names, p.Name)
			}
		}
	}
	switch {
	case len(names) == 0:
		return Sayf("配置里没有推送。")
	case !slices.Contains(names, name):
		return Sayf("没有叫“%s”的推送。请写成“%s 名称”，名称有：%s。", name, usage, strings.Join(names, "、"))
	}
	return nil
}

// runPause and runResume keep a push back from now on, and let it go again.
func runPause(ctx context.Context, b *turn, name string) (string, error) {
	if err := b.pause(ctx, name, true); err != nil {
		return "", err
	}
	return "已暂停“" + name + "”，以后不发，直到回复“恢复 " + name + "”。", nil
}

func runResume(ctx context.Context, b *turn, name string) (string, error) {
	if err := b.pause(ctx, name, false); err != nil {
		return "", err
	}
	return "已恢复“" + name + "”。今天的还在时限以内就补发。", nil
}

func (b *turn) pause(ctx context.Context, name string, on bool) error {
	if err := b.known(ctx, name, map[bool]string{true: "暂停", false: "恢复"}[on]); err != nil {
		return err
	}
	actor, err := b.actor(ctx)
	if err != nil {
		return err
	}
	return b.config.Records.Pause(ctx, name, on, actor, b.config.Now())
}

// runSkip drops what is left of a push today.
func runSkip(ctx context.Context, b *turn, name string) (string, error) {
	if err := b.known(ctx, name, "跳过今天"); err != nil {
		return "", err
	}
	actor, err := b.actor(ctx)
	if err != nil {
		return "", err
	}
	plan, done, err := b.todays(ctx)
	if err != nil {
		return "", err
	}
	skipped, over := 0, 0
	for _, p := range plan {
		if p.Name != name {
			continue
		}
		if r, ok := done[p.Key()]; ok && r.State != PushWaiting {
			over++
			continue
		}
		r := PushRecord{Push: p, State: PushSkipped, Detail: actor + " 跳过", At: b.config.Now()}
		ok, err := b.config.Records.SkipPush(ctx, r)
		if err != nil {
			return "", err
		}
		if ok {
			skipped++
		} else {
			over++ // it has just gone out
		}
	}
	if skipped == 0 {
		return fmt.Sprintf("今天的“%s”没有可跳过的（%d 条已经处理）。", name, over), nil
	}
	if err := b.config.Records.Note(ctx, actor, "skip", fmt.Sprintf("%s, %d pushes", name, skipped), b.config.Now()); err != nil {
		return "", err
	}
	return fmt.Sprintf("今天的“%s”跳过 %d 条，不再发。", name, skipped), nil
}

// runParticipation sums up this year.
func runParticipation(ctx context.Context, b *turn) (string, error) {
	from, to := b.thisYear()
	t, err := Tally(ctx, b.config.Records, from, to, b.config.Now())
	if err != nil {
		return "", err
	}
	sum := t.Total()
	return fmt.Sprintf("今年已截止的题 %d 道（另有 %d 道没有截止，没有计入）。\n应参 %d 人次，实参 %d，请假 %d，未参 %d。\n明细请在服务器上运行 lianwen report 导出。",
		len(t.Rounds), t.Open, sum.Due(), sum.Took, sum.Excused, sum.Absent), nil
}

// runUnanswered lists what was asked in vain most often in thirty days.
func runUnanswered(ctx context.Context, b *turn) (string, error) {
	now := b.config.Now()
	asked, err := b.config.Records.Asked(ctx, now.AddDate(0, 0, -30), now.Add(time.Minute))
	if err != nil {
		return "", err
	}
	useful, useless, err := b.config.Records.Rated(ctx, now.AddDate(0, 0, -30), now.Add(time.Minute))
	if err != nil {
		return "", err
	}
	rated := fmt.Sprintf("评价：有用 %d 次，没用 %d 次。", useful, useless)
	clusters := ClusterAsked(asked)
	if len(clusters) == 0 {
		return "最近 30 天没有查不到的问题。\n" + rated, nil
	}
	lines := []string{fmt.Sprintf("最近 30 天没有直接查到的问题，%d 类：", len(clusters))}
	for _, c := range clusters[:min(len(clusters), 5)] {
		lines = append(lines, fmt.Sprintf("%d 次 %s\n  %s", c.Count, c.Question, c.Next()))
	}
	if len(clusters) > 5 {
		lines = append(lines, fmt.Sprintf("……还有 %d 类，请在服务器上运行 lianwen unanswered", len(clusters)-5))
	}
	return strings.Join(append(lines, rated), "\n"), nil
}

// runStatus says what is answered from.
func runStatus(ctx context.Context, b *turn) (string, error) {
	suspended, err := b.suspended(ctx)
	if err != nil {
		return "", err
	}
	note := ""
	if len(suspended) > 0 {
		note = fmt.Sprintf("（其中停用 %d 道，回复“停用的题”查看）", len(suspended))
	}
	rules, lists := b.corpus.RulesInForce()
	tail := ""
	if text := b.reindexed.Load(); text != nil {
		tail = "\n" + *text
	}
	return fmt.Sprintf("正在值守。现行制度 %d 部 %d 条，会议纪律 %d 份，故事 %d 则，题 %d 道%s。\n制度库改了会自动换用；登录和台账的情况请运行 lianwen check。",
		len(rules), b.corpus.ArticlesInForce(), len(lists), len(b.corpus.Stories), len(b.corpus.Questions), note) + tail, nil
}
