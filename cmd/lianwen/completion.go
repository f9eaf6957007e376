package main

import (
	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"maps"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// fileFlags are the flags that take a file, with how its name ends. Folders are
// always offered too.
var fileFlags = map[string][]string{
	"config":        {"toml"},
	"library":       {"md", "txt", "jsonl"},
	"questions":     {"jsonl"},
	"baseline":      {"json"},
	"output":        {"xlsx", "docx"},
	"template":      {"docx"},
	"save-template": {"docx"},
}

// choiceFlags are the flags that take one of a few values.
var choiceFlags = map[string][]string{
	"log-format": {logText, logJSON},
	"log-level":  logLevels,
	"as":         slices.Sorted(maps.Keys(staff.Standings)),
	"role":       {ledger.RoleView.Chinese(), ledger.RoleEdit.Chinese(), ledger.RoleAdmin.Chinese()},
}

// fileArgs are the commands that take one file, with how its name ends.
var fileArgs = map[string][]string{
	"lianwen roster import":   {"xlsx", "csv"},
	"lianwen activity import": {"xlsx", "csv"},
	"lianwen backup":          {"db"},
	"lianwen restore":         {"db"},
}

// folderArgs are the commands that take a folder.
var folderArgs = []string{"lianwen library init", "lianwen man"}

// completes tells the shells what can stand where, for cmd and all below it.
// Where nothing is known nothing is offered: a list of whatever is in the
// folder only misleads.
func completes(cmd *cobra.Command) {
	cmd.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	if endings, ok := fileArgs[cmd.CommandPath()]; ok {
		cmd.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return endings, cobra.ShellCompDirectiveFilterFileExt
		}
	}
	if path := cmd.CommandPath(); path == "lianwen import" || path == "lianwen lines read" { // files of many kinds, and folders
		cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveDefault
		}
	}
	if slices.Contains(folderArgs, cmd.CommandPath()) {
		cmd.ValidArgsFunction = cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs)
	}
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		values, directive := choiceFlags[f.Name], cobra.ShellCompDirectiveNoFileComp
		if endings, ok := fileFlags[f.Name]; ok {
			values, directive = endings, cobra.ShellCompDirectiveFilterFileExt
		}
		if err := cmd.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(values, directive)); err != nil {
			panic(err) // a flag that is there can be registered, once
		}
	})
	for _, sub := range cmd.Commands() {
		completes(sub)
	}
}

func newCompletion(a *app) *cobra.Command {
	shells := map[string]func(root *cobra.Command) error{
		"bash": func(root *cobra.Command) error { return root.GenBashCompletionV2(a.out, true) },
		"zsh":  func(root *cobra.Command) error { return root.GenZshCompletion(a.out) },
		"fish": func(root *cobra.Command) error { return root.GenFishCompletion(a.out, true) },
	}
	return &cobra.Command{
		Use:   "completion bash|zsh|fish",
		Short: "命令补全：按 Tab 补全命令、选项和文件名",
		Long: "打印补全脚本。装好以后重新打开终端，输入 lianwen 再按 Tab，就会列出可以写什么。\n\n" +
			"bash（先装好 bash-completion）：\n" +
			"  本人用：lianwen completion bash > ~/.local/share/bash-completion/completions/lianwen\n" +
			"  全机用：lianwen completion bash > /usr/share/bash-completion/completions/lianwen\n" +
			"zsh（~/.zshrc 里要有 autoload -U compinit; compinit）：\n" +
			"  本人用：lianwen completion zsh > ~/.zfunc/_lianwen，并在 compinit 之前写 fpath+=~/.zfunc\n" +
			"  全机用：lianwen completion zsh > /usr/local/share/zsh/site-functions/_lianwen\n" +
			"fish：\n" +
			"  本人用：lianwen completion fish > ~/.config/fish/completions/lianwen.fish\n" +
			"  全机用：lianwen completion fish > /usr/share/fish/vendor_completions.d/lianwen.fish\n\n" +
			"文件夹不存在的，先用 mkdir -p 建好。",
		Example:   "  source <(lianwen completion bash)      # 只在这个终端里试一试",
		ValidArgs: slices.Sorted(maps.Keys(shells)),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && shells[args[0]] != nil {
				return nil
			}
			return bot.Invalid.Sayf("请写 completion bash、completion zsh 或 completion fish。运行 %s --help 看怎么装。", cmd.CommandPath())
		},
		RunE: func(cmd *cobra.Command, args []string) error { return shells[args[0]](cmd.Root()) },
	}
}
