package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"lianwen/bot"
	"lianwen/bot/duty"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// gated puts the gate before channels: what it holds back is counted without content,
// and the operator hears of what we would have said ourselves, once a day: the library
// has to be mended, and every question may come upon it.
func (a *app) gated(cfg *config, desk *staff.Desk, alarm *duty.Alarm, channels []bot.Channel) []bot.Channel {
	var mu sync.Mutex
	told := map[string]bool{}
	note := func(ctx context.Context, h bot.HeldBack) {
		a.log().Warn("保密闸拦下一条", "channel", h.Channel, "kinds", h.Kinds, "out", h.Out)
		today, way := desk.Today(), ledger.HeldIn
		if h.Out {
			way = ledger.HeldOut
		}
		ctx = context.WithoutCancel(ctx) // it was held back, whatever ends meanwhile
		for _, kind := range h.Kinds {
			ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
			if err := desk.Ledger.Hold(ctx, ledger.Held{Day: today, Channel: h.Channel, Kind: kind, Way: way}); err != nil {
				a.log().Error("保密闸拦下的没有计数", "err", err)
			}
			cancel()
		}
		mu.Lock()
		defer mu.Unlock()
		if key := fmt.Sprint(today, h.Unasked); h.Out && !told[key] {
			told[key] = true
			alarm.Tell(ctx, outHeld(h))
		}
	}
	list := make([]bot.Channel, len(channels))
	for i, ch := range channels {
		list[i] = bot.Gated(ch, cfg.Contact, note)
	}
	return list
}

// outHeld is what the operator is told of a text that did not go out.
func outHeld(h bot.HeldBack) string {
	what := "一条回复"
	if h.Unasked {
		what = "一条推送"
	}
	return fmt.Sprintf("廉问：%s带有%s，没有发出。请运行 lianwen check 看制度库里是哪一处，改好以后再发。", what, strings.Join(h.Kinds, "、"))
}

// keepable refuses a command whose words bear what must not be kept: most are written
// down somewhere.
func keepable(cmd *cobra.Command, args []string) (err error) {
	words := make([]string, len(args))
	for i, arg := range args {
		words[i] = unplaced(arg)
	}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Value.Type() == "string" {
			words = append(words, unplaced(f.Value.String()))
		}
	})
	return bot.Unkeepable("命令里", words...)
}

// unplaced is a word of a command, and of a file the name alone: where files lie is not
// written down. Other words may have a slash as well.
func unplaced(word string) string {
	dir, name := filepath.Split(word)
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return name
	}
	return word
}

// heldDays is how far back check counts what was held back.
const heldDays = 30

// heldBack says how much was held back lately.
func (f *findings) heldBack(ctx context.Context, cfg *config, l *ledger.Ledger, now time.Time) (err error) {
	today := corpus.DateOf(now.In(cfg.location))
	f.ledger.Held, err = l.HeldBack(ctx, today.AddDays(1-heldDays), today)
	return err
}

// heldLine is that in words; "" when there was nothing.
func heldLine(list []ledger.Held) string {
	in, out := 0, 0
	for _, h := range list {
		if h.Way == ledger.HeldOut {
			out += h.Count
		} else {
			in += h.Count
		}
	}
	if in+out == 0 {
		return ""
	}
	return fmt.Sprintf("保密闸：最近 %d 天拦下收到的 %d 条、要发出的 %d 条，只计数，没有留内容。\n", heldDays, in, out)
}

// bearing says which texts of the library the gate would hold back.
func (f *findings) bearing(c *corpus.Corpus) {
	look := func(where, text string) {
		if err := bot.Unkeepable("", text); err != nil {
			f.problem(where, "带有密级标志或不能在微信里发的号码，用到它的推送和回复会被保密闸拦下", "请改掉；确是涉密的，请移出制度库并按保密规定处理")
		}
	}
	for _, r := range c.Rules {
		look("《"+r.Title+"》", r.Title)
		for _, art := range r.Articles {
			look(art.Citation(), art.Text)
		}
	}
	for _, s := range c.Stories {
		look("故事 "+s.ID, s.Title+"\n"+s.Text)
	}
	for _, n := range c.Notices {
		look("提醒 "+n.ID, n.Text)
	}
	for _, b := range c.Books {
		look("荐书 "+b.ID, b.Title+"\n"+b.Text)
	}
	for _, one := range c.Cases {
		look("案例 "+one.ID, one.Title+"\n"+one.Text)
	}
	for _, r := range c.Replies() {
		look(r.File, r.Text)
	}
	for _, q := range c.Questions {
		look("题 "+q.ID, strings.Join(append([]string{q.Text, q.Explanation}, q.Options...), "\n"))
	}
}
