package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/shelf"
)

func newLibraryHistory(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "history [制度]",
		Short:   "制度库的变动：什么时候、谁、从哪份原件导入的，改了哪些问法",
		Long:    "列出导入的记录，最近的在后：日期、新增还是修订、文号、施行日期、条数、改了几条、原件在哪里。写上制度的名称或 id，就只看它的。",
		Example: "  lianwen library history --library 我们的制度\n  lianwen library history 会议管理办法 --library 我们的制度",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return bot.Invalid.Sayf("一次看一部制度的，或者不写名称看全部。运行 %s --help 看用法。", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := a.shelf("看")
			if err != nil {
				return err
			}
			rule := strings.Join(args, "")
			if c, err := s.Library(); err == nil && rule != "" {
				if versions, err := shelf.Versions(c, rule); err == nil {
					rule = versions[0].ID // by an alias too
				}
			}
			entries, err := s.Log(rule)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(a.out, map[string][]shelf.Entry{"entries": append([]shelf.Entry{}, entries...)})
			}
			return a.showHistory(rule, entries)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "只在标准输出上打印一个 JSON 对象")
	return cmd
}

func (a *app) showHistory(rule string, entries []shelf.Entry) error {
	text := "还没有导入的记录。\n"
	if rule != "" {
		text = "没有《" + rule + "》的导入记录。\n"
	}
	for i, e := range entries {
		if i == 0 {
			text = ""
		}
		text += historyLine(e) + "\n"
	}
	_, err := fmt.Fprint(a.out, text)
	return err
}

func historyLine(e shelf.Entry) string {
	text := fmt.Sprintf("%s %s《%s》（%s）", e.At.Local().Format("2006-01-02 15:04"), e.Action, e.Title, e.Rule)
	switch {
	case e.Rule == "" && e.Said() != "": // synonyms and replies are of no rule
		return fmt.Sprintf("%s %s，%s，%s", e.At.Local().Format("2006-01-02 15:04"), e.Action, e.Said(), e.Who)
	case e.Heading != nil || len(e.Own) > 0:
		return text + "，" + e.Said() + "，" + e.Who
	case len(e.Lines) > 0:
		return text + linesChanged(e)
	}
	if e.Document != "" {
		text += "，" + e.Document
	}
	if e.Effective != "" {
		text += "，" + e.Effective.Chinese() + "起施行"
	}
	text += fmt.Sprintf("，%d 条", e.Articles)
	if e.Changed+e.Added+e.Removed > 0 {
		text += fmt.Sprintf("（改 %d，增 %d，删 %d）", e.Changed, e.Added, e.Removed)
	}
	if e.Who != "" {
		text += "，" + e.Who
	}
	if e.Original == "" {
		return text
	}
	return text + "\n    原件 " + e.Original
}

// linesChanged says which asked-as lines came and went.
func linesChanged(e shelf.Entry) string {
	text, came, went := "", 0, 0
	for _, l := range e.Lines {
		mark := "+"
		if came++; l.Removed {
			mark, came, went = "-", came-1, went+1
		}
		text += "\n    " + mark + " #" + l.Number + " " + l.Text
	}
	return fmt.Sprintf("，加 %d 条，去 %d 条，%s", came, went, e.Who) + text
}
