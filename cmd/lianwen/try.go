package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/bot/talk"
	"lianwen/bot/terminal"
	"lianwen/index"
)

func newTry(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "try",
		Short: "试演：不用微信，在终端里把一天过一遍",
		Long: "试演：在终端里扮演委员、工作人员和生人，在私聊和群里和廉问说话；时间可以往前拨，到了点的推送照发。\n" +
			"提问、绑定、每日一题、请假、推送、工作人员的命令都和正式值守时一样，只是台账用完就丢，什么也不会发到外面。\n" +
			"按配置文件里的 [[push]] 试演；没有的，用一套演示的推送。进去以后写 /帮助 看怎么演。也可以接管道：每行一句。",
		Example: "  lianwen try\n  printf '/绑定\\n/时间 9:05\\nA\\n我的记录\\n' | lianwen try",
		Args:    exactArgs(0, "try 后面不用写别的。"),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.try(cmd.Context()) },
	}
}

// The people of a trial. The stranger is not on the roster.
var (
	tryRoster = []ledger.Member{
		{Number: "A01", Name: "张三", Sector: "教育界", Committee: "提案委"},
		{Number: "A02", Name: "李四", Sector: "经济界", Committee: "经济委"},
		{Number: "S01", Name: "王五", Staff: true},
	}
	tryPeople = []terminal.Person{
		{Name: "张三", Note: "委员 A01"}, {Name: "李四", Note: "委员 A02"}, {Name: "王五", Note: "工作人员 S01"}, {Name: "生人", Note: "不在花名册里"},
	}
)

// tryGroup is the group of a trial without a configuration.
const tryGroup = "机关学习群"

// tryPushes are what a trial pushes when the configuration pushes nothing.
func tryPushes() []day.PushSpec {
	at := func(hour, minute int) time.Duration {
		return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute
	}
	group := []string{string(bot.GroupKind) + ":" + tryGroup}
	return []day.PushSpec{
		{Name: "story", Content: day.StoryContent, At: at(8, 0), Window: 4 * time.Hour, Targets: group},
		{Name: "notice", Content: day.NoticeContent, At: at(8, 30), Window: 4 * time.Hour, Targets: group, LeadDays: 3, Audience: "全体"},
		{Name: "quiz", Content: day.QuestionContent, At: at(9, 0), Workdays: true, Window: 4 * time.Hour, Targets: group},
	}
}

// try plays 廉问 on a stage, with records that are thrown away.
func (a *app) try(ctx context.Context) (err error) {
	live, cfg, err := a.openLive(ctx)
	if err != nil {
		return err
	}
	defer live.Close()
	dir, err := os.MkdirTemp("", "lianwen-try-")
	if err != nil {
		return fmt.Errorf("make folder of the trial: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	records, err := ledger.Open(ctx, ledger.Source{File: filepath.Join(dir, "ledger.db")})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, records.Close()) }()
	if len(cfg.pushes) == 0 {
		cfg.pushes = tryPushes()
	}
	t, err := a.newTrial(ctx, cfg, live, records)
	if err != nil {
		return err
	}
	return t.run(ctx)
}

// trial is 廉问 on a stage with a clock that can be moved.
type trial struct {
	clock   *movable
	stage   *terminal.Stage
	channel bot.Channel // the stage, behind the gate
	desk    *staff.Desk
	outbox  *day.Outbox
	bot     *talk.Bot
	codes   map[string]string // by name
	alerts  []string          // what staff are still to be told
}

// newTrial sets the stage at five to eight in the morning of the next working
// day.
func (a *app) newTrial(ctx context.Context, cfg *config, live *index.Live, records *ledger.Ledger) (*trial, error) {
	t := &trial{clock: newMovable(time.Now().In(cfg.location)), codes: map[string]string{}}
	desk, err := a.newDesk(cfg, records, liveLibrary(live))
	if err != nil {
		return nil, err
	}
	t.desk, desk.Now, desk.Reviewer.Now = desk, t.clock.Now, t.clock.Now
	desk.Dir = "" // a trial changes nothing
	first := t.clock.Now()
	for first = atTime(first, 7, 55); !desk.Schedule.Calendar.Workday(first); {
		first = first.AddDate(0, 0, 1)
	}
	t.clock.Set(first)
	if _, err := records.ImportMembers(ctx, tryRoster, desk.Today(), ledger.TerminalActor("try"), first); err != nil {
		return nil, err
	}
	codes, err := desk.Codes(ctx, ledger.TerminalActor("try"), nil, 30)
	if err != nil {
		return nil, err
	}
	for _, c := range codes {
		t.codes[c.Member.Name] = c.Code
	}
	history := ""
	if f, ok := a.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		history = historyFile(cfg.DataDir)
	}
	t.stage = &terminal.Stage{
		In: a.in, Out: a.out, People: tryPeople, Groups: tryGroups(cfg.pushes), Now: t.clock.Now, History: history, Direct: t.direct, After: t.work,
	}
	t.channel = bot.Gated(t.stage, cfg.Contact, nil)
	quiet := slog.New(slog.DiscardHandler) // what goes wrong is said on the stage
	t.bot = talk.New(live, talk.Config{
		Contact: cfg.Contact, Location: cfg.location, Log: quiet, Now: t.clock.Now, Desk: desk,
		Tell: func(ctx context.Context, _ string, out bot.Outgoing) error {
			_, err := t.channel.Send(ctx, out)
			return err
		},
	})
	t.outbox = day.NewOutbox(day.Outbox{
		Channels: []bot.Channel{t.channel}, Records: records, Schedule: desk.Schedule, Caps: cfg.caps(), Log: quiet, Now: t.clock.Now,
		Alert: func(text string) { t.alerts = append(t.alerts, text) },
	})
	return t, nil
}

// tryGroups are the groups that pushes go to.
func tryGroups(specs []day.PushSpec) []string {
	var groups []string
	for _, spec := range specs {
		for _, target := range spec.Targets {
			if t, ok := bot.ParseTarget(target); ok && t.Kind == bot.GroupKind && !slices.Contains(groups, t.Name) {
				groups = append(groups, t.Name)
			}
		}
	}
	if len(groups) == 0 {
		groups = []string{tryGroup}
	}
	return groups
}

func (t *trial) run(ctx context.Context) error {
	var who []string
	for _, p := range tryPeople {
		if code := t.codes[p.Name]; code != "" {
			p.Note += "，绑定码 " + code
		}
		who = append(who, "  "+p.Name+"（"+p.Note+"）")
	}
	intro := fmt.Sprintf("试演开始，现在是%s。台账用完就丢，什么也不会发到外面。\n人：\n%s\n群：%s\n直接写就是说话；/ 开头的是导演的话，写 /帮助 看有哪些，“退出”结束。",
		t.clock.Now().Format("2006年1月2日15:04"), strings.Join(who, "\n"), strings.Join(t.stage.Groups, "、"))
	if err := t.stage.Say(intro); err != nil {
		return err
	}
	return t.channel.Run(ctx, t.bot.Handle)
}

// work sends what is due, and shows what staff are told besides.
func (t *trial) work(ctx context.Context) error {
	err := t.outbox.Work(ctx)
	for _, text := range t.alerts {
		err = errors.Join(err, t.stage.Say("（告警，正式值守时发到 [alert] 写的地方）"+text))
	}
	t.alerts = nil
	return err
}

const tryHelp = `/我是 李四        换一个人说话：张三、李四、王五（工作人员）、生人
/到 机关学习群    到群里说话（写“@廉问 …”它才答）；/到 私聊 回来
/绑定             替现在说话的人发“绑定 绑定码”
/时间             现在几点；/时间 9:05 拨到下一个 9:05
/过 1天           拨过一段时间：3天、2小时、10分钟；到点的推送照发
/推送             今天的推送，发了没有
其他的话都和在微信里一样，如：提案什么时候截止、A、我的记录、请假 12月1日；王五还可以写 今日推送、现在推送 story、参与情况，有要签发的推送（approval = true）时写 签发。`

// direct does what is said to the trial and not to the bot.
func (t *trial) direct(ctx context.Context, word, rest string) (text string, ok bool, err error) {
	switch word {
	case "帮助":
		return tryHelp, true, nil
	case "绑定":
		code := t.codes[t.stage.Speaking().Name]
		if code == "" {
			return "", true, bot.NotFound.Sayf("%s不在花名册里，没有绑定码。", t.stage.Speaking().Name)
		}
		return "", true, t.stage.Hear(ctx, "绑定 "+code, t.bot.Handle)
	case "时间":
		if rest != "" {
			err = t.until(ctx, rest)
		}
		return "现在是" + t.clock.Now().Format("1月2日15:04") + "。", true, err
	case "过":
		return "", true, t.pass(ctx, rest)
	case "推送":
		list, err := t.desk.Pushes(ctx, t.desk.Today(), t.desk.Today())
		if err != nil || len(list) == 0 {
			return "今天没有推送。", true, err
		}
		var lines []string
		for _, p := range list {
			lines = append(lines, fmt.Sprintf("%s %s → %s %s：%s", p.Due.In(t.desk.Location).Format("15:04"), p.Name, day.TargetName(p.Target), p.Title, p.Chinese(t.clock.Now())))
		}
		return strings.Join(lines, "\n"), true, nil
	}
	return "", false, nil
}
