package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/bot/staff"
)

func newReportClose(a *app) *cobra.Command {
	var from, to, by string
	cmd := &cobra.Command{
		Use:   "close",
		Short: "定稿：一段时间的数字从此不变",
		Long: "把一段时间的参与情况定稿。定稿以后，这段时间的报表一直是定稿时的数字，写明由谁、哪天定稿；\n" +
			"以后补记的更正、花名册和活动的改动照样登记，但不悄悄改动定稿的数字，而是编上号列在后面：第1号、第2号……编了的号不再变。\n" +
			"里面还有题没有截止的、一道题一项活动都没有的，不能定稿；和已经定稿的重叠的，也不能。定稿不能撤销，也不能重来，只能更正。",
		Example: "  lianwen report close --from 2026-01-01 --to 2026-03-31 --by S01",
		Args:    exactArgs(0, "report close 后面不用写别的；日期用 --from、--to，谁定稿用 --by。"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			first, last, err := staff.DateRange(from, to)
			if err != nil {
				return err
			}
			return a.withDesk(cmd.Context(), func(_ *config, d *staff.Desk) error {
				c, err := d.ClosePeriod(cmd.Context(), actor(), by, first, last)
				if err != nil {
					return err
				}
				head, err := d.Ledger.Head(cmd.Context()) // with the closing itself
				if err != nil {
					return err
				}
				err = a.said(nil, "已定稿 %s：%s，%d 道题，%d 名委员，%s。%s。\n以后的更正会编号列在后面（lianwen report closed %s）；报表请用 lianwen report --from %s --to %s -o 文件 导出。\n",
					c.Name, staff.Span(c.From, c.To), len(c.Table.Rounds), len(c.Table.Rows), sums(c.Table.Total()), head, c.Name, c.From, c.To)
				return errors.Join(err, a.warnTampered(cmd.Context(), d))
			})
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "从哪天起，如 2026-01-01")
	cmd.Flags().StringVar(&to, "to", "", "到哪天止")
	cmd.Flags().StringVar(&by, "by", "", "由谁定稿：工作人员的编号")
	return cmd
}

// warnTampered warns of figures whose records were changed by hand.
func (a *app) warnTampered(ctx context.Context, d *staff.Desk) error {
	_, err := d.Ledger.Verify(ctx)
	if errors.Is(err, ledger.ErrTampered) {
		return a.said(nil, "注意：台账没有核对通过（%s）。报送以前请运行 lianwen check，照它说的查明原因。\n", tamperedIn(err))
	}
	return err
}

// sums are counts in words.
func sums(c ledger.Counts) string {
	return fmt.Sprintf("应参 %d、实参 %d、请假 %d、未参 %d", c.Due(), c.Took, c.Excused, c.Absent)
}

// jsonClosed is a closed period of report closed --json.
type jsonClosed struct {
	Name    string       `json:"name"`
	From    string       `json:"from"`
	To      string       `json:"to"`
	By      string       `json:"by"`
	At      string       `json:"at"`
	Head    ledger.Head  `json:"head"`
	Closed  jsonCounts   `json:"closed"`
	Now     jsonCounts   `json:"now"` // with all changes
	Changes []jsonChange `json:"changes"`
}

type jsonChange struct {
	Number int    `json:"number"`
	Day    string `json:"day"`
	About  string `json:"about,omitempty"`
	Member string `json:"member"`
	Before string `json:"before"`
	After  string `json:"after"`
	At     string `json:"at"`
	Actor  string `json:"actor"`
	Action string `json:"action"`
	Row    int64  `json:"row"`
}

func newReportClosed(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "closed [名称]",
		Short:   "已定稿的：哪几段，定稿以后更正了什么",
		Long:    "列出已经定稿的各段时间：由谁、哪天定稿，定稿时和更正后的数字。写上名称（如 2026-1）的，再逐条列出定稿之后的更正：编号、哪天、谁、由什么改为什么、谁在什么时候记的。",
		Example: "  lianwen report closed\n  lianwen report closed 2026-1",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return bot.Invalid.Sayf("只写一个名称，如 lianwen report closed 2026-1。")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withDesk(cmd.Context(), func(cfg *config, d *staff.Desk) error {
				list, err := closedPeriods(cmd.Context(), d, args)
				if err != nil {
					return err
				}
				if asJSON {
					return printJSON(a.out, map[string]any{"closed": closedJSON(cfg, list)})
				}
				return a.listClosed(cfg, list, len(args) > 0)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "只在标准输出上打印一个 JSON 对象")
	return cmd
}

// closedPeriods is the closed period that is named, or all.
func closedPeriods(ctx context.Context, d *staff.Desk, args []string) ([]ledger.Closed, error) {
	if len(args) == 0 {
		return d.Closed(ctx)
	}
	c, err := d.ClosedNamed(ctx, args[0])
	return []ledger.Closed{c}, err
}

func closedJSON(cfg *config, list []ledger.Closed) []jsonClosed {
	all := []jsonClosed{}
	for _, c := range list {
		j := jsonClosed{
			Name: c.Name, From: string(c.From), To: string(c.To), By: c.By, At: clock(cfg, c.At), Head: c.Head,
			Closed: countsJSON(c.Table.Total()), Now: countsJSON(c.Sum()), Changes: []jsonChange{},
		}
		for _, k := range c.Changes {
			j.Changes = append(j.Changes, jsonChange{
				k.Number, string(k.Day), k.About, k.Member, k.Before, k.After, clock(cfg, k.Deed.At), string(k.Deed.Actor), k.Deed.Action, k.Row,
			})
		}
		all = append(all, j)
	}
	return all
}

func (a *app) listClosed(cfg *config, list []ledger.Closed, whole bool) error {
	if len(list) == 0 {
		return a.said(nil, "还没有定稿过。定稿请用 lianwen report close --from 日期 --to 日期 --by 编号。\n")
	}
	for _, c := range list {
		by := c.By
		if number, ok := c.Actor.StaffNumber(); ok { // as earlier versions have it
			by += "（" + number + "）"
		}
		if err := a.said(nil, "%s  %s  %s%s定稿  更正 %d 处\n  定稿时：%s\n", c.Name, staff.Span(c.From, c.To), by, clock(cfg, c.At), len(c.Changes), sums(c.Table.Total())); err != nil {
			return err
		}
		if len(c.Changes) > 0 {
			if err := a.said(nil, "  更正后：%s\n", sums(c.Sum())); err != nil {
				return err
			}
		}
		for _, k := range c.Changes {
			if !whole {
				break
			}
			k.Deed.At = k.Deed.At.In(cfg.location)
			who, what, _ := staff.DeedInWords(k.Deed)
			if err := a.said(nil, "  %s\n    %s %s %s，操作记录第 %d 条\n", office.ChangeLine(c, k), clock(cfg, k.Deed.At), who, what, k.Row); err != nil {
				return err
			}
		}
	}
	return nil
}
