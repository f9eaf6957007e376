package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newMan is for those who package the program; .ci/release is one. The pages
// are written here because cobra's own have English headings, and take the
// texts for Markdown, which they are not.
func newMan(a *app) *cobra.Command {
	return &cobra.Command{
		Use:    "man 文件夹",
		Short:  "写出手册页（man），每个命令一页",
		Hidden: true,
		Args:   exactArgs(1, "请写上手册页放在哪个文件夹，如 lianwen man /usr/local/share/man/man1。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return fmt.Errorf("make folder of man pages: %w", err)
			}
			n, err := writeManPages(cmd.Root(), args[0])
			if err != nil {
				return fmt.Errorf("write man pages: %w", err)
			}
			_, err = fmt.Fprintf(a.out, "已写出手册 %d 页，在 %s。\n", n, args[0])
			return err
		},
	}
}

// writeManPages writes a page for cmd and for each command below it, and
// returns how many.
func writeManPages(cmd *cobra.Command, dir string) (int, error) {
	if err := os.WriteFile(filepath.Join(dir, manName(cmd)+".1"), []byte(manPage(cmd, thisVersion())), 0o644); err != nil {
		return 0, err
	}
	pages := 1
	for _, sub := range cmd.Commands() {
		if !sub.IsAvailableCommand() {
			continue
		}
		n, err := writeManPages(sub, dir)
		if err != nil {
			return 0, err
		}
		pages += n
	}
	return pages, nil
}

func manName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manPage is the page of a command, in the language of man(7). Its date is that
// of the revision: the same revision makes the same page.
func manPage(cmd *cobra.Command, v version) string {
	var b strings.Builder
	day := ""
	if t, err := time.Parse(time.RFC3339, v.Time); err == nil {
		day = t.UTC().Format(time.DateOnly)
	}
	b.WriteString("'\\\" -*- coding: UTF-8 -*-\n")
	fmt.Fprintf(&b, ".TH %q 1 %q %q %q\n", strings.ToUpper(manName(cmd)), day, "lianwen "+v.Version, "廉问")
	b.WriteString(".mso zh.tmac\n.ad l\n") // lines may break between Chinese characters, and keep their gaps
	fmt.Fprintf(&b, ".SH 名称\n%s \\- %s\n", roff(manName(cmd)), roff(cmd.Short))
	use := cmd.UseLine()
	if cmd.HasAvailableSubCommands() {
		use = cmd.CommandPath() + " 命令"
	}
	fmt.Fprintf(&b, ".SH 用法\n.B %s\n", roff(use+" [选项]"))
	if cmd.Long != "" {
		fmt.Fprintf(&b, ".SH 说明\n%s\n", roffLines(cmd.Long))
	}
	if cmd.HasAvailableSubCommands() {
		b.WriteString(".SH 命令\n")
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(&b, ".TP\n.BR %s (1)\n%s\n", roff(manName(sub)), roff(sub.Short))
			}
		}
	}
	manFlags(&b, "选项", cmd.LocalFlags())
	manFlags(&b, "通用选项", cmd.InheritedFlags())
	if cmd.Example != "" {
		fmt.Fprintf(&b, ".SH 示例\n.EX\n%s\n.EE\n", roff(cmd.Example))
	}
	if cmd.HasParent() {
		fmt.Fprintf(&b, ".SH 参见\n.BR %s (1)\n", roff(manName(cmd.Parent())))
	}
	return b.String()
}

// manFlags writes the flags under a heading, if there are any.
func manFlags(b *strings.Builder, heading string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	b.WriteString(".SH " + heading + "\n")
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		takes := map[string]string{"bool": "", "int": " 数"}
		value, ok := takes[f.Value.Type()]
		if !ok {
			value = " 值"
		}
		usage := f.Usage
		if d := f.DefValue; d != "" && d != "false" && d != "[]" {
			usage += "（默认：" + d + "）"
		}
		fmt.Fprintf(b, ".TP\n\\fB%s\\fR%s\n%s\n", roff(name), value, roff(usage))
	})
}

// roff escapes text: a backslash begins a command, so does a dot or a quote at
// the beginning of a line, and a bare hyphen is printed as a typographic one.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}

// roffLines is text whose lines stay lines.
func roffLines(text string) string {
	return strings.ReplaceAll(roff(text), "\n", "\n.br\n")
}
