package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// planResult is what plan --json prints; scripts depend on it.
type planResult struct {
	Pushes []plannedPush `json:"pushes"`
}

type plannedPush struct {
	Name      string      `json:"name"`
	Date      corpus.Date `json:"date"`
	Due       time.Time   `json:"due"`
	Target    string      `json:"target"`
	ContentID string      `json:"content_id"`
	Title     string      `json:"title"`
	Approval  string      `json:"approval,omitempty"` // of one that needs it, in words
}

// longestPlan bounds what is asked for at once, in days.
const longestPlan = 3660

func newPlan(a *app) *cobra.Command {
	var from, to string
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "plan",
		Short:   "推送日历：哪天几点向谁发什么",
		Long:    "列出推送日历：哪天几点向谁发哪一则故事、哪一道题、哪个节日的提醒。只看不发。默认从今天起 30 天。要签发的（approval = true）后面写着签发了没有。",
		Example: "  lianwen plan --from 2026-12-01 --to 2027-02-28",
		Args:    exactArgs(0, "plan 后面不用写别的；日期请用 --from 和 --to 指定。"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			pushes, drafts, err := a.plan(cmd.Context(), from, to)
			if err != nil {
				return err
			}
			why := day.Approvals(drafts)
			if !asJSON {
				_, err = fmt.Fprint(a.out, planText(pushes, why))
				return err
			}
			res := planResult{Pushes: []plannedPush{}}
			for _, p := range pushes {
				res.Pushes = append(res.Pushes, plannedPush{p.Name, p.Date, p.Due, p.Target, p.ContentID, p.Title, why[p.Key()]})
			}
			return printJSON(a.out, res)
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "从哪天起，如 2026-12-01（默认：今天）")
	cmd.Flags().StringVar(&to, "to", "", "到哪天止（默认：从 --from 起 30 天）")
	cmd.Flags().BoolVar(&asJSON, "json", false, "只在标准输出上打印一个 JSON 对象")
	return cmd
}

// planDays reads the days that are asked for, and refuses what cannot be planned.
func planDays(from, to string, now time.Time) (first, last time.Time, err error) {
	first = now
	if from != "" {
		if first, err = time.Parse(time.DateOnly, from); err != nil {
			return first, last, bot.Invalid.Sayf("--from %q 不是日期，请写成 2026-12-01。", from)
		}
	}
	last = first.AddDate(0, 0, 29)
	if to != "" {
		if last, err = time.Parse(time.DateOnly, to); err != nil {
			return first, last, bot.Invalid.Sayf("--to %q 不是日期，请写成 2027-02-28。", to)
		}
	}
	switch {
	case last.Year() > 9999, corpus.DateOf(last) > day.LastDay: // as texts, years of five digits come first
		return first, last, bot.Invalid.Sayf("推送日历只排到%s，请写近一点的日期。", day.LastDay.Chinese())
	case corpus.DateOf(last) < corpus.DateOf(first):
		return first, last, bot.Invalid.Sayf("--to %s 在 --from %s 之前。", corpus.DateOf(last), corpus.DateOf(first))
	case last.Sub(first) > longestPlan*24*time.Hour:
		return first, last, bot.Invalid.Sayf("一次最多看十年。")
	}
	return first, last, nil
}

func (a *app) plan(ctx context.Context, from, to string) ([]ledger.Push, []day.Draft, error) {
	cfg, c, err := a.load()
	if err != nil {
		return nil, nil, err
	}
	first, last, err := planDays(from, to, time.Now().In(cfg.location))
	if err != nil {
		return nil, nil, err
	}
	if len(cfg.Push) == 0 {
		return nil, nil, bot.Invalid.Sayf("配置里没有推送。要推送，请在配置文件里加上 [[push]]，写法见 config.example.toml。")
	}
	l, err := existingLedger(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	if l != nil {
		defer l.Close()
	}
	s, err := newSchedule(cfg, l, &day.Reviewer{Ledger: l, Now: time.Now}, day.Fixed(c))
	if err != nil {
		return nil, nil, err
	}
	for year := first.Year(); year <= last.Year(); year++ {
		if !s.Calendar.Announced(year) {
			a.log().Warn(missingDaysOff, "year", year)
		}
	}
	pushes, err := s.Plan(ctx, corpus.DateOf(first), corpus.DateOf(last))
	if err != nil {
		return nil, nil, err
	}
	drafts, err := s.Drafts(ctx, corpus.DateOf(first), corpus.DateOf(last), time.Now())
	return pushes, drafts, err
}

// planText is the calendar by days.
func planText(pushes []ledger.Push, approvals map[ledger.PushKey]string) string {
	if len(pushes) == 0 {
		return "这段时间没有推送。\n"
	}
	var b strings.Builder
	var date corpus.Date
	for _, p := range pushes {
		if p.Date != date {
			date = p.Date
			fmt.Fprintf(&b, "%s 星期%s\n", date, []string{"日", "一", "二", "三", "四", "五", "六"}[p.Due.Weekday()])
		}
		fmt.Fprintf(&b, "  %s %s → %s：%s", p.Due.Format("15:04"), p.Name, p.Target, p.Title)
		if words := approvals[p.Key()]; words != "" {
			b.WriteString("  " + words)
		}
		b.WriteString("\n")
	}
	return b.String()
}
