package main

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/office"
	"lianwen/bot/staff"
)

func newApprovalDoc(a *app) *cobra.Command {
	var days span
	var file, unit string
	var force bool
	cmd := &cobra.Command{
		Use:   "doc [名称|日期]…",
		Short: "打印签发单（docx）：日期、时刻、发给、全文，起草、审核、签发三栏",
		Long: "把今后几天要签发的写成一张 A4 横向的表，给领导审签：日期、时刻、推送、发给、内容全文、起草、审核、签发。\n" +
			"已经在程序里签发的，“签发”一栏有姓名和时间；没有的空着签字，签了以后还要在程序里批准才会发。已经有的文件不覆盖，要覆盖加 --force。",
		Example: "  lianwen approval doc -o 签发单.docx\n  lianwen approval doc --from 2026-12-07 --to 2026-12-13 --unit 某市政协办公室 -o 签发单.docx",
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case file == "":
				return bot.Invalid.Sayf("请用 -o 写上文件名，如 -o 签发单.docx。")
			case !strings.EqualFold(filepath.Ext(file), ".docx"):
				return bot.Invalid.Sayf("签发单是 .docx 文件，文件名请以 .docx 结尾，如 -o 签发单.docx。")
			}
			if err := mayWrite(file, force); err != nil {
				return err
			}
			return a.withLibrary(cmd.Context(), func(_ *config, d *staff.Desk) error {
				from, to, err := days.read(d)
				if err != nil {
					return err
				}
				list, err := a.picked(cmd.Context(), d, span{string(from), string(to)}, args)
				if err != nil {
					return err
				}
				sheet := office.SigningList{Unit: cmp.Or(oneLine(unit), d.Unit), From: from, To: to, Made: d.Now().In(d.Location).Format("2006年1月2日15:04"), Rows: signingRows(list, d)}
				if err := putSigningList(file, sheet, force); err != nil {
					return err
				}
				open := len(slices.DeleteFunc(list, func(draft staff.DraftStatus) bool { return draft.Why == "" || draft.Closed() }))
				return a.said(nil, "已写出 %s：%s，%d 条，其中还没有签发的 %d 条。签字以后请批准：lianwen approval approve --by 编号\n", file, staff.Span(from, to), len(sheet.Rows), open)
			})
		},
	}
	days.add(cmd)
	cmd.Flags().StringVarP(&file, "output", "o", "", "写到哪个文件，.docx")
	cmd.Flags().StringVar(&unit, "unit", "", "单位的名称（默认：配置里的 unit）")
	cmd.Flags().BoolVar(&force, "force", false, "文件已经有了也覆盖")
	return cmd
}

// putSigningList writes the list to a file, unless there is nothing in it.
func putSigningList(file string, sheet office.SigningList, force bool) error {
	if len(sheet.Rows) == 0 {
		return bot.NotFound.Sayf("%s没有要签发的推送，没有写文件。", staff.Span(sheet.From, sheet.To))
	}
	var content bytes.Buffer
	if err := office.WriteSigningDocx(&content, sheet); err != nil {
		return err
	}
	return putReport(file, content.Bytes(), force)
}

// pushKinds are the contents of pushes, for people.
var pushKinds = map[string]string{
	day.StoryContent: "廉政故事", day.QuestionContent: "每日一题", day.NoticeContent: "廉政提醒",
	day.BookContent: "荐书", day.CaseContent: "案例通报", day.CardContent: "会前纪律卡",
}

// signingRows are drafts as they are printed.
func signingRows(list []staff.DraftStatus, d *staff.Desk) []office.SigningRow {
	rows := make([]office.SigningRow, len(list))
	for i, draft := range list {
		due := draft.Push.Due.In(d.Location)
		r := office.SigningRow{
			Date: due.Format("1月2日") + "\n（" + strings.Replace(weekday(due), "星期", "周", 1) + "）",
			At:   due.Format("15:04"), Push: pushKinds[draft.Push.Content] + "\n" + draft.Push.Name, Targets: printedTargets(draft.Targets),
			Text: cmp.Or(draft.Text, "（"+draft.Why+"）"), Drafted: "程序",
		}
		if draft.Drafter != "" {
			r.Drafted = oneLine(draft.Drafter) + "\n" + draft.Record.DraftedAt.In(d.Location).Format("1月2日\n15:04")
		}
		if draft.Why == "" {
			r.Approved = oneLine(draft.Approver) + "\n" + draft.Record.ApprovedAt.In(d.Location).Format("1月2日\n15:04")
		}
		rows[i] = r
	}
	return rows
}

// mostPrinted is how many targets are named.
const mostPrinted = 3

func printedTargets(targets []string) string {
	var names []string
	for _, target := range targets {
		names = append(names, oneLine(day.TargetName(target)))
	}
	if len(names) > mostPrinted {
		return strings.Join(names[:mostPrinted], "\n") + fmt.Sprintf("\n等 %d 处", len(names))
	}
	return strings.Join(names, "\n")
}
