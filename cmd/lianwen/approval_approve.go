package main

import (
	"bufio"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/staff"
)

func newApprovalApprove(a *app) *cobra.Command {
	var days span
	var by string
	var seen []string
	cmd := &cobra.Command{
		Use:   "approve [名称|日期]…",
		Short: "批准：一条一条看全文，或者按看过的校验码",
		Long: "把还没有签发的一条一条列出全文，问批准不批准。批准的是列出来的那些字：之后改了、换了，要重新批准。\n" +
			"不在终端里的，先用 lianwen approval list 或 read 看过，再用 --seen 写上校验码；文字已经变了的不批准，会说出来。\n" +
			"--by 必须写，是花名册里在册的工作人员；发的时候这个人已经不在册的，批准不算数。",
		Example: "  lianwen approval approve --by S01\n  lianwen approval approve story 2026-12-02 --by S01\n  lianwen approval approve --seen 1a2b3c4d,5e6f7a8b --by S01",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLibrary(cmd.Context(), func(_ *config, d *staff.Desk) error {
				hand, err := a.by(cmd.Context(), d, by)
				if err != nil {
					return err
				}
				list, err := a.picked(cmd.Context(), d, days, args)
				if err != nil {
					return err
				}
				if len(seen) > 0 {
					return a.approveSeen(cmd.Context(), d, hand, list, seen)
				}
				list = slices.DeleteFunc(list, func(draft staff.DraftStatus) bool { return draft.Closed() || draft.Why == "" })
				switch {
				case len(list) == 0:
					return a.said(nil, "没有等着签发的。\n")
				case !a.canAsk():
					return bot.Conflict.Sayf("批准要在终端里一条一条看。不在终端里的，看过 lianwen approval read 以后，用 --seen 写上校验码。")
				}
				return a.approveAsked(cmd.Context(), d, hand, list, bufio.NewReader(a.in))
			})
		},
	}
	days.add(cmd)
	addBy(cmd, &by)
	cmd.Flags().StringSliceVar(&seen, "seen", nil, "看过的文字的校验码，几个用逗号隔开")
	return cmd
}

// approveSeen approves those of the drafts whose texts somebody names.
func (a *app) approveSeen(ctx context.Context, d *staff.Desk, hand staff.Hand, list []staff.DraftStatus, codes []string) error {
	var read []staff.SeenDraft
	for _, code := range codes {
		code = strings.ToLower(strings.TrimSpace(code))
		i := slices.IndexFunc(list, func(draft staff.DraftStatus) bool { return checkCode(draft) == code })
		if i < 0 {
			return bot.NotFound.Sayf("没有校验码是 %s 的文字：内容已改过，或者写错了，一条也没有批准。请用 lianwen approval list 再看一遍。", code)
		}
		for _, draft := range list {
			if checkCode(draft) == code {
				read = append(read, staff.SeenDraft{Key: draft.Key(), Digest: draft.Digest()})
			}
		}
	}
	done, err := d.Sign(ctx, hand, read)
	if err != nil {
		return err
	}
	return a.signed(d, done)
}

// signed says what became of an approval.
func (a *app) signed(d *staff.Desk, done staff.Signed) error {
	var err error
	tell := func(list []staff.DraftStatus, what string) {
		for _, draft := range list {
			err = errors.Join(err, a.said(nil, "%s：%s %s %s\n", what, draft.Push.Date, draft.Push.Name, draft.Subject()))
		}
	}
	tell(done.Approved, "已签发")
	tell(done.Changed, "没有批准，内容已改过，请再看一遍")
	for _, draft := range done.Refused {
		tell([]staff.DraftStatus{draft}, "没有批准，"+draft.Chinese(d.Location))
	}
	for _, key := range done.Gone {
		err = errors.Join(err, a.said(nil, "没有批准，%s已经没有“%s”：推送日历变了，请再看一遍\n", key.Date.Chinese(), key.Name))
	}
	return err
}

// approveAsked shows one draft after another and asks whether it is approved.
func (a *app) approveAsked(ctx context.Context, d *staff.Desk, hand staff.Hand, list []staff.DraftStatus, in *bufio.Reader) error {
	for i, draft := range list {
		if err := a.said(nil, "（%d/%d）%s批准？y 批准，n 先不批，q 到此为止：", i+1, len(list), wholeDraft(draft, d)); err != nil {
			return err
		}
		answer, err := readLine(ctx, in)
		if err != nil {
			return err
		}
		switch strings.ToLower(strings.TrimSpace(answer)) {
		case "y", "ｙ", "yes", "是", "批准":
			done, err := d.Sign(ctx, hand, []staff.SeenDraft{{Key: draft.Key(), Digest: draft.Digest()}})
			if err == nil {
				err = a.signed(d, done)
			}
			if err != nil {
				return err
			}
		case "q", "ｑ":
			return nil
		default:
			if err := a.said(nil, "先不批。\n"); err != nil {
				return err
			}
		}
	}
	return nil
}
