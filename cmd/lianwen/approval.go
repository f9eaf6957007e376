package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

func newApproval(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "approval",
		Short: "签发：看要推送的文字，换、改、批准、撤回，打印签发单",
		Long: "配置里写了 approval = true 的推送，每条要发的文字先由工作人员看过、批准，没有批准的不发。\n" +
			"批准的是看到的那一份文字：过后制度库、推送日历变了，或者有人换了、改了，就要重新批准。",
		Example: "  lianwen approval list\n  lianwen approval approve --by S01\n  lianwen approval doc -o 签发单.docx",
		Args:    noSuchCommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newApprovalList(a), newApprovalRead(a), newApprovalReplace(a), newApprovalEdit(a), newApprovalApprove(a), newApprovalWithdraw(a), newApprovalDoc(a))
	return cmd
}

// span are the flags that say of which days.
type span struct{ from, to string }

func (s *span) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.from, "from", "", "从哪天起，如 2026-12-01（默认：今天）")
	cmd.Flags().StringVar(&s.to, "to", "", "到哪天止（默认：从 --from 起往后 7 天）")
}

// mostSpan is how many days can be looked at at once.
const mostSpan = 92

func (s span) read(d *staff.Desk) (from, to corpus.Date, err error) {
	first, last := s.from, s.to
	if first == "" {
		first = string(d.Today())
	}
	if last == "" {
		last = string(corpus.Date(first).AddDays(staff.DraftDays))
	}
	if from, to, err = staff.DateRange(first, last); err == nil && to > from.AddDays(mostSpan) {
		err = bot.Invalid.Sayf("一次最多看 %d 天。", mostSpan)
	}
	return from, to, err
}

// picked are drafts that a command names: by the names of their pushes, by days, or
// both; all of the span without either.
func (a *app) picked(ctx context.Context, d *staff.Desk, s span, args []string) ([]staff.DraftStatus, error) {
	var names, days []string
	for _, arg := range args {
		if _, err := time.Parse(time.DateOnly, arg); err == nil {
			days = append(days, arg)
			continue
		}
		name, err := d.PushName(arg)
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	if len(days) > 0 && s == (span{}) {
		s = span{slices.Min(days), slices.Max(days)}
	}
	from, to, err := s.read(d)
	if err != nil {
		return nil, err
	}
	first := from
	if s.from == "" { // with those of yesterday that may still go out
		first = from.AddDays(-1)
	}
	list, err := d.Drafts(ctx, first, to)
	list = slices.DeleteFunc(list, func(draft staff.DraftStatus) bool {
		key := draft.Key()
		return key.Date < from && draft.Closed() || len(names) > 0 && !slices.Contains(names, key.Name) || len(days) > 0 && !slices.Contains(days, string(key.Date))
	})
	if err == nil && len(list) == 0 && len(args) > 0 {
		err = bot.NotFound.Sayf("%s没有要签发的。运行 lianwen approval list 看有哪些。", strings.Join(args, " "))
	}
	return list, err
}

// one is the single draft of a push on a day.
func (a *app) one(ctx context.Context, d *staff.Desk, name, date string) (staff.DraftStatus, error) {
	if _, _, err := staff.DateRange(date, date); err != nil {
		return staff.DraftStatus{}, err
	}
	list, err := a.picked(ctx, d, span{}, []string{name, date})
	if err != nil {
		return staff.DraftStatus{}, err
	}
	return list[0], nil // where there are several they are cards, which can neither be replaced nor edited
}

// by is whose decision it is.
func (a *app) by(ctx context.Context, d *staff.Desk, number string) (staff.Hand, error) {
	if strings.TrimSpace(number) == "" {
		return staff.Hand{}, bot.Invalid.Sayf("请用 --by 写上是谁，如 --by S01：花名册里在册的工作人员的编号，签发单上要有名字。")
	}
	return d.Hand(ctx, number, actor())
}

func addBy(cmd *cobra.Command, by *string) {
	cmd.Flags().StringVar(by, "by", "", "谁决定的：花名册里工作人员的编号，如 S01")
}

// checkCode is what a text is known by at the command line.
func checkCode(draft staff.DraftStatus) string { return draft.Digest()[:8] }
