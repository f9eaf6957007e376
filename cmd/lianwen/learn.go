package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/lines"
	"lianwen/bot/staff"
)

// clusterFlag lets a command name the days of the list that its number is of.
func clusterFlag(cmd *cobra.Command, days *int) {
	cmd.Flags().IntVar(days, "days", usualDays, "号码是 lianwen unanswered 看最近几天时的")
}

// numberOf is the number that words begin with; 0 when they do not.
func numberOf(args []string) int {
	if len(args) == 0 {
		return 0
	}
	n, err := strconv.Atoi(args[0])
	if err != nil || n < 1 {
		return 0
	}
	return n
}

// learnLines makes the wordings of a cluster lines of articles.
func (a *app) learnLines(ctx context.Context, days, number int, cites []string) error {
	return a.withLibrary(ctx, func(cfg *config, d *staff.Desk) error {
		c, err := d.Cluster(ctx, days, number, "")
		if err != nil {
			return err
		}
		if len(cites) == 0 {
			return bot.Invalid.Sayf("“%s”该由哪一条答？请写上，如 lianwen lines add %d %s。%s", c.Question, number, "xiujia#2", c.Next())
		}
		library, release := d.Library()
		defer release()
		w := &linesWork{cfg: cfg, c: library}
		places, names, err := w.places(cites)
		if err != nil {
			return err
		}
		settled, added, err := d.AddLines(ctx, actor(), c, places)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(a.out, "补上了：%s，问法 %d 句（%s）。%s\n", strings.Join(names, "、"), added, strings.Join(c.Wordings(), "；"), undoable(settled)); err != nil {
			return err
		}
		doubts, err := a.doubts(ctx, w, places, c.Wordings()) // of the library without them
		for _, doubt := range doubts {
			fmt.Fprintf(a.err, "请留意：%s。\n", doubt)
		}
		return err
	})
}

// places are articles, or parts of them, by what somebody wrote, and their names.
func (w *linesWork) places(cites []string) (places []staff.Place, names []string, err error) {
	for _, cite := range cites {
		at, err := w.scope(cite)
		if err != nil {
			return nil, nil, err
		}
		if at.article == nil {
			return nil, nil, bot.Invalid.Sayf("请写上是哪一条，如 %s#2。", at.rule.ID)
		}
		places, names = append(places, staff.Place{Article: at.article, Part: at.part}), append(names, at.article.Citation()+at.part.Chinese())
	}
	return places, names, nil
}

// doubts are what the check has against wordings as lines of places; each names its
// wording where there are several.
func (a *app) doubts(ctx context.Context, w *linesWork, places []staff.Place, wordings []string) (list []string, err error) {
	x, err := a.openOwn(ctx, w.cfg, w.c, false)
	if err != nil {
		return nil, err
	}
	defer func() { _ = x.Close() }() // it was only read
	for _, p := range places {
		var batch []lines.Line
		for _, text := range wordings {
			batch = append(batch, lines.Line{Text: text, Part: p.Part})
		}
		why, err := lines.NewChecker(x).Check(ctx, p.Article, batch)
		if err != nil {
			return nil, err
		}
		for i, doubt := range why {
			switch {
			case doubt == "":
			case len(places)*len(wordings) == 1:
				list = append(list, doubt)
			default:
				list = append(list, fmt.Sprintf("「%s」给%s%s，%s", wordings[i], p.Article.Citation(), p.Part.Chinese(), doubt))
			}
		}
	}
	return list, nil
}

// undoable says from when on something holds, and how it is undone.
func undoable(number int) string {
	return fmt.Sprintf("值守的程序一分钟以内换用；要取消，运行 lianwen unanswered undo %d。", number)
}

func newLinesSynonym(a *app) *cobra.Command {
	var days int
	cmd := &cobra.Command{
		Use:   "synonym [号码] 官方词 平时词…",
		Short: "补同义词：平时的说法就是制度里的哪个词",
		Long: "补一组同义词，写进制度库的 synonyms/learned.txt：第一个词是制度里的说法，后面是平时的说法。\n" +
			"前面写上 lianwen unanswered 的号码，那一类就算处理过了。已经在别的一组里的词不能再补。",
		Example: "  lianwen lines synonym 签到 画到 打卡\n  lianwen lines synonym 3 签到 画到",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			number := numberOf(args)
			if number > 0 {
				args = args[1:]
			}
			if len(args) < 2 {
				return bot.Invalid.Sayf("请写上制度里的词和平时的词，如 lianwen lines synonym 签到 画到。")
			}
			return a.withLibrary(cmd.Context(), func(_ *config, d *staff.Desk) (err error) {
				var c staff.Cluster
				if number > 0 {
					if c, err = d.Cluster(cmd.Context(), days, number, ""); err != nil {
						return err
					}
				}
				settled, err := d.AddSynonyms(cmd.Context(), actor(), c, args[0], args[1:])
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.out, "补上了：问“%s”，也按制度里的“%s”查。%s\n", strings.Join(args[1:], "”“"), args[0], undoable(settled))
				return err
			})
		},
	}
	clusterFlag(cmd, &days)
	return cmd
}

func newLinesReply(a *app) *cobra.Command {
	return a.settling(&cobra.Command{
		Use:   "reply 号码 回什么",
		Short: "补应答：不是问制度的，以后这样回",
		Long: "不是问制度的一类问题，以后回一句固定的话，写进制度库的 talk/learned.toml。只对列出来的那几句（末尾的标点、表情不计）。\n" +
			"号码见 lianwen unanswered。",
		Example: "  lianwen lines reply 3 食堂七点开门。",
		Args:    cobra.ArbitraryArgs,
	}, "lianwen lines reply 3 食堂七点开门。", true, (*staff.Desk).AddReply)
}

func newLinesElsewhere(a *app) *cobra.Command {
	return a.settling(&cobra.Command{
		Use:   "elsewhere 号码 [找谁]",
		Short: "不归我们：以后直接说不归这里管，找谁",
		Long: "不归政协管的一类问题，以后马上回一句不归我们管、该找谁，写进制度库的 talk/learned.toml。只对列出来的那几句（末尾的标点、表情不计）。\n" +
			"不写找谁的，说可问设置里的联系部门。号码见 lianwen unanswered。",
		Example: "  lianwen lines elsewhere 3 区民政局",
		Args:    cobra.ArbitraryArgs,
	}, "lianwen lines elsewhere 3 区民政局", false, (*staff.Desk).NotOurs)
}

// settling completes a command that settles a cluster with words.
func (a *app) settling(cmd *cobra.Command, usage string, wordy bool, settle func(*staff.Desk, context.Context, ledger.Actor, staff.Cluster, string) (int, error)) *cobra.Command {
	var days int
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		number := numberOf(args)
		if number == 0 || wordy && len(args) < 2 {
			return bot.Invalid.Sayf("请写上 lianwen unanswered 里的号码，如 %s", usage)
		}
		return a.withLibrary(cmd.Context(), func(_ *config, d *staff.Desk) error {
			c, err := d.Cluster(cmd.Context(), days, number, "")
			if err != nil {
				return err
			}
			settled, err := settle(d, cmd.Context(), actor(), c, strings.Join(args[1:], " "))
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.out, "补上了：问“%s”（整句是这样才算），按您定的回。%s\n", strings.Join(c.Wordings(), "”“"), undoable(settled))
			return err
		})
	}
	clusterFlag(cmd, &days)
	return cmd
}
