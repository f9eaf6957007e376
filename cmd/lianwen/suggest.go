package main

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"lianwen/bot"
)

// noSuchCommand is the Args of a command that has others below it: whatever
// stands there is the name of none of them.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	cmd.SuggestionsMinimumDistance = 2
	hint := didYouMean(cmd.SuggestionsFor(args[0])...)
	if cmd.HasParent() {
		var names []string
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() {
				names = append(names, sub.Name())
			}
		}
		return bot.Invalid.Sayf("没有 %s %s 这个命令；有 %s。%s", cmd.Name(), args[0], strings.Join(names, "、"), hint)
	}
	if strings.ContainsFunc(args[0], func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		hint = fmt.Sprintf("要提问请写 %s ask %s。", cmd.Name(), question(args))
	}
	return bot.Invalid.Sayf("没有 %q 这个命令。%s运行 %s --help 看有哪些命令。", args[0], hint, cmd.Name())
}

// didYouMean asks whether one of these was meant; it is "" for none.
func didYouMean(names ...string) string {
	if len(names) == 0 {
		return ""
	}
	return "您是不是要写 " + strings.Join(names, " 或 ") + "？"
}

// flagError says in Chinese what is wrong with a flag.
func flagError(cmd *cobra.Command, err error) error {
	var (
		own     *bot.Error
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		text    string
	)
	switch {
	case errors.As(err, &own): // of a flag that checks its value itself
		text = own.Text
	case errors.As(err, &unknown):
		text = noSuchFlag(cmd.Flags(), unknown)
	case errors.As(err, &missing):
		text = fmt.Sprintf("--%s 后面要写上值。", missing.GetFlag().Name)
	case errors.As(err, &invalid):
		text = fmt.Sprintf("--%s %q 的值不对。", invalid.GetFlag().Name, invalid.GetValue())
		switch invalid.GetFlag().Value.Type() {
		case "int":
			text = fmt.Sprintf("--%s %q 不是整数。", invalid.GetFlag().Name, invalid.GetValue())
		case "bool":
			text = fmt.Sprintf("--%s 后面不用写值。", invalid.GetFlag().Name)
		}
	default:
		text = fmt.Sprintf("参数不对：%v。", err)
	}
	return bot.Invalid.Sayf("%s运行 %s --help 看用法。", text, cmd.CommandPath())
}

func noSuchFlag(flags *pflag.FlagSet, e *pflag.NotExistError) string {
	written, word := "--"+e.GetSpecifiedName(), e.GetSpecifiedName()
	if letters := e.GetSpecifiedShortnames(); letters != "" { // one dash: perhaps a whole name was meant
		written, word = "-"+letters, letters
	}
	hint := ""
	if name := nearestFlag(flags, word); name != "" {
		hint = didYouMean("--" + name)
	}
	return fmt.Sprintf("没有 %s 这个选项。%s", written, hint)
}

// nearestFlag is the flag that word was most likely to be, or "". A letter is
// nobody's slip.
func nearestFlag(flags *pflag.FlagSet, word string) string {
	word = strings.ToLower(word)
	best, least := "", 2+len(word)/4
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || len(word) < 2 {
			return
		}
		d := distance(word, f.Name)
		if strings.HasPrefix(f.Name, word) {
			d = min(d, 1)
		}
		if d < least {
			best, least = f.Name, d
		}
	})
	return best
}

// distance is how many letters were left out, added, mistaken or swapped with
// their neighbour between a and b (optimal string alignment).
func distance(a, b string) int {
	var before []int
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			mistaken := last[j]
			if a[i] != b[j] {
				mistaken++
			}
			row[j+1] = min(mistaken, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
