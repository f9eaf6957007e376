package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"lianwen/bot"
	"lianwen/bot/terminal"
)

func newChat(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "chat",
		Short:   "在终端里对话",
		Long:    "在终端里对话，和在微信里一样提问。“退出”或 Ctrl-D 结束。也可以接管道：每行一个问题。",
		Example: "  lianwen chat\n  echo 开会能不能让秘书替我去 | lianwen chat",
		Args:    exactArgs(0, "chat 后面不用写别的；只问一句请用 lianwen ask 问题。"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			b, live, cfg, err := a.open(cmd.Context())
			if err != nil {
				return err
			}
			defer live.Close()
			history := ""
			if f, ok := a.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
				fmt.Fprint(a.out, "廉问：直接提问，回复“帮助”看用法，“退出”结束。\n\n")
				history = historyFile(cfg.DataDir)
			}
			forced, forget := notifyHangup()
			defer forget()
			_, stop, err := a.watch(cmd.Context(), cfg, live, forced, nil)
			if err != nil {
				return err
			}
			defer stop()
			return bot.Gated(terminal.New(a.in, a.out, history), cfg.Contact, nil).Run(cmd.Context(), b.Handle)
		},
	}
}

// historyFile is where lines typed are kept, or "" when nothing can be kept.
func historyFile(dataDir string) string {
	if os.MkdirAll(dataDir, 0o755) != nil {
		return ""
	}
	return filepath.Join(dataDir, ".chat_history")
}
