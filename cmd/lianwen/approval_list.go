package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot/staff"
	"lianwen/corpus"
)

// approvalResult is what approval list --json prints; scripts depend on it.
type approvalResult struct {
	Drafts []jsonApproval `json:"drafts"`
}

type jsonApproval struct {
	Name       string      `json:"name"`
	Date       corpus.Date `json:"date"`
	Part       string      `json:"part"` // of a card: the meetings
	Due        time.Time   `json:"due"`
	Targets    []string    `json:"targets"`
	ContentID  string      `json:"content_id"`
	Title      string      `json:"title"`
	Text       string      `json:"text"`
	Digest     string      `json:"digest"`
	State      string      `json:"state"` // drafted, approved, sent or over
	Why        string      `json:"why"`   // why it does not go out, for people
	DraftedBy  string      `json:"drafted_by"`
	ApprovedBy string      `json:"approved_by"`
	ApprovedAt *time.Time  `json:"approved_at"`
}

func newApprovalList(a *app) *cobra.Command {
	var days span
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "list [名称|日期]…",
		Short:   "列出要签发的：哪天几点、发给谁、什么内容、签发了没有",
		Long:    "列出今后几天要推送、要签发的内容，每条带着第一行文字和校验码。写上推送的名称、日期，就只看这些。只看，什么也不改。",
		Example: "  lianwen approval list\n  lianwen approval list story --from 2026-12-07 --to 2026-12-13",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLibrary(cmd.Context(), func(_ *config, d *staff.Desk) error {
				list, err := a.picked(cmd.Context(), d, days, args)
				if err != nil {
					return err
				}
				if asJSON {
					return printJSON(a.out, approvalJSON(list))
				}
				return a.said(nil, "%s", approvalText(list, d))
			})
		},
	}
	days.add(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "只在标准输出上打印一个 JSON 对象")
	return cmd
}

func approvalJSON(list []staff.DraftStatus) approvalResult {
	res := approvalResult{Drafts: []jsonApproval{}}
	for _, draft := range list {
		p := draft.Push
		j := jsonApproval{Name: p.Name, Date: p.Date, Part: draft.Key().Part, Due: p.Due, Targets: draft.Targets, ContentID: p.ContentID, Title: p.Title,
			Text: draft.Text, Digest: draft.Digest(), State: "drafted", Why: draft.Why, DraftedBy: draft.Drafter, ApprovedBy: draft.Approver}
		switch {
		case draft.Begun:
			j.State = "sent"
		case draft.Over:
			j.State = "over"
		case draft.Why == "":
			j.State = "approved"
		}
		if draft.Record.Approved {
			j.ApprovedAt = &draft.Record.ApprovedAt
		}
		res.Drafts = append(res.Drafts, j)
	}
	return res
}

// approvalText is the list by days, and what to do next.
func approvalText(list []staff.DraftStatus, d *staff.Desk) string {
	if len(list) == 0 {
		return "这几天没有要签发的推送。\n"
	}
	var b strings.Builder
	var date corpus.Date
	var next *staff.DraftStatus
	open := 0
	for i, draft := range list {
		if p := draft.Push; p.Date != date {
			date = p.Date
			fmt.Fprintf(&b, "%s %s\n", date, weekday(p.Due.In(d.Location)))
		}
		b.WriteString("  " + draftLine(draft, d) + "\n      " + excerpt(draft) + "\n")
		if draft.Why != "" && !draft.Closed() {
			if open++; next == nil {
				next = &list[i]
			}
		}
	}
	fmt.Fprintf(&b, "共 %d 条，还没有签发的 %d 条。\n", len(list), open)
	if next != nil {
		fmt.Fprintf(&b, "看全文：lianwen approval read %s %s；一条一条看着批准：lianwen approval approve --by 编号。\n", next.Push.Name, next.Push.Date)
	}
	return b.String()
}

// draftLine is a draft in one line.
func draftLine(draft staff.DraftStatus, d *staff.Desk) string {
	p := draft.Push
	line := fmt.Sprintf("%s %s → %s：%s  %s", p.Due.In(d.Location).Format("15:04"), p.Name, strings.Join(draft.Targets, "、"), draft.Subject(), draft.Chinese(d.Location))
	if draft.Drafter != "" {
		line += "  " + draft.Drafter + "起草"
	}
	return line + "  校验码 " + checkCode(draft)
}

// excerptRunes is how much of a text a list shows, in characters.
const excerptRunes = 40

// excerpt is how a text begins, behind its first line, which is a title.
func excerpt(draft staff.DraftStatus) string {
	line, more, _ := strings.Cut(draft.Body(), "\n")
	r := []rune(line)
	if len(r) > excerptRunes {
		return string(r[:excerptRunes]) + "……"
	}
	if more != "" {
		return line + "……"
	}
	return line
}

func weekday(t time.Time) string {
	return "星期" + []string{"日", "一", "二", "三", "四", "五", "六"}[t.Weekday()]
}
