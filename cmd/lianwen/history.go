package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/staff"
)

// jsonDeed is a row of what history --json prints.
type jsonDeed struct {
	At     time.Time `json:"at"`
	Actor  string    `json:"actor"`
	Action string    `json:"action"`
	Detail string    `json:"detail"`
}

func newHistory(a *app) *cobra.Command {
	var most int
	var asJSON bool
	var head string
	cmd := &cobra.Command{
		Use:   "history",
		Short: "操作记录：谁在什么时候做了什么",
		Long: "列出最近的操作记录，新的在前：导入、绑定、请假、更正、定稿、换上备份、推送的暂停和核实、题的停用和核准、重建索引。记录首尾相扣，lianwen check 会核对；能发现什么、不能发现什么，见 README 的“操作记录能证明什么”。\n\n" +
			"--head 核对一份旧报表、旧备份：把上面印的“台账截至第 N 条，校验 ……”照抄过来，看台账里还有没有这一条、有没有改动过。",
		Example: "  lianwen history -n 20\n  lianwen history --head '31 1a2b3c4d5e6f7a8b'",
		Args:    exactArgs(0, "history 后面不用写别的；要看几条请用 -n。"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if most < 1 {
				return bot.Invalid.Sayf("-n 请写 1 以上的条数。")
			}
			return a.withDesk(cmd.Context(), func(cfg *config, d *staff.Desk) error {
				if cmd.Flags().Changed("head") {
					words, err := d.TraceHead(cmd.Context(), head)
					return a.said(err, "%s\n", words)
				}
				return a.history(cmd.Context(), cfg, d, most, asJSON)
			})
		},
	}
	cmd.Flags().IntVarP(&most, "number", "n", 50, "最多几条")
	cmd.Flags().StringVar(&head, "head", "", "核对报表或备份上印的条数和校验，如 '31 1a2b3c4d5e6f7a8b'")
	cmd.Flags().BoolVar(&asJSON, "json", false, "只在标准输出上打印一个 JSON 对象")
	return cmd
}

func (a *app) history(ctx context.Context, cfg *config, d *staff.Desk, most int, asJSON bool) error {
	deeds, err := d.History(ctx, most)
	if err != nil {
		return err
	}
	if asJSON {
		list := []jsonDeed{}
		for _, deed := range deeds {
			list = append(list, jsonDeed{deed.At, string(deed.Actor), deed.Action, deed.Detail})
		}
		return printJSON(a.out, map[string]any{"deeds": list})
	}
	if len(deeds) == 0 {
		return a.said(nil, "还没有操作记录。\n")
	}
	for _, deed := range deeds {
		who, what, detail := staff.DeedInWords(deed)
		if _, err := fmt.Fprintf(a.out, "%s\t%s\t%s\t%s\n", deed.At.In(cfg.location).Format("2006-01-02 15:04"), who, what, detail); err != nil {
			return err
		}
	}
	return nil
}
