package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/staff"
)

// choicesShown is how many contents are offered in the place of one.
const choicesShown = 8

func newApprovalReplace(a *app) *cobra.Command {
	var by string
	cmd := &cobra.Command{
		Use:   "replace 名称 日期 [内容编号]",
		Short: "换一则：不写内容编号，列出可以换的",
		Long: "把这一天要发的换成制度库里的另一则。不写内容编号，列出可以换的，排在前面的是原来安排的和最近轮不到的。\n" +
			"换过以后要重新批准。题可以换成另一道，不能改文字；会前纪律卡不能换。",
		Example: "  lianwen approval replace story 2026-12-02\n  lianwen approval replace story 2026-12-02 xuanyu --by S01",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 2 || len(args) == 3 {
				return nil
			}
			return bot.Invalid.Sayf("请写上推送的名称和日期，如 lianwen approval replace story 2026-12-02。运行 %s --help 看用法。", cmd.CommandPath())
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLibrary(cmd.Context(), func(_ *config, d *staff.Desk) error {
				draft, err := a.one(cmd.Context(), d, args[0], args[1])
				if err != nil {
					return err
				}
				if len(args) == 2 {
					return a.offer(cmd, d, draft)
				}
				hand, err := a.by(cmd.Context(), d, by)
				if err != nil {
					return err
				}
				draft, err = d.Replace(cmd.Context(), hand, staff.SeenDraft{Key: draft.Key()}, args[2])
				return a.redrafted(err, draft, d, "换好了")
			})
		},
	}
	addBy(cmd, &by)
	return cmd
}

// offer lists what could take the place of a draft's content.
func (a *app) offer(cmd *cobra.Command, d *staff.Desk, draft staff.DraftStatus) error {
	list, err := d.Choices(cmd.Context(), draft.Key())
	if err != nil {
		return err
	}
	p := draft.Push
	if len(list) == 0 {
		return a.said(nil, "制度库里没有别的可以换。\n")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s的“%s”现在是 %s %s，可以换成：\n", p.Date.Chinese(), p.Name, p.ContentID, p.Title)
	for _, choice := range list[:min(len(list), choicesShown)] {
		fmt.Fprintf(&b, "  %s %s\n", choice.ID, choice.Title)
	}
	fmt.Fprintf(&b, "换一则：lianwen approval replace %s %s %s --by 编号", p.Name, p.Date, list[0].ID)
	if p.Content != day.NoticeContent { // a notice is for one festival and audience
		b.WriteString("；制度库里别的也可以，写它的编号")
	}
	b.WriteString("。\n")
	return a.said(nil, "%s", b.String())
}

// redrafted shows what a draft has become, and what to do next.
func (a *app) redrafted(err error, draft staff.DraftStatus, d *staff.Desk, what string) error {
	if err != nil {
		return err
	}
	return a.said(nil, "%s，要重新批准：\n%s请批准：lianwen approval approve %s %s --by 编号\n", what, wholeDraft(draft, d), draft.Push.Name, draft.Push.Date)
}
