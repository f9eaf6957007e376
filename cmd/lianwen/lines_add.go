package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/shelf"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

func newLinesAdd(a *app) *cobra.Command {
	var by string
	var days int
	cmd := &cobra.Command{
		Use:   "add 问句|编号 制度#条号…",
		Short: "给一条加一句问法",
		Long: "给一条加一句问法，马上能用。问句可以自己写，也可以写 lianwen unanswered 里的编号：把列出的那一类问法都加给该答的条（可以写几条），\n" +
			"那一类就算处理过了，不再列出；要取消，运行 lianwen unanswered undo。\n" +
			"只算其中一款、一项的，写 制度#条号:款.项，如 ti-an#5:2.1（第五条第二款第一项）。",
		Example: "  lianwen lines add \"想歇几天得跟谁说\" xiujia#2\n  lianwen lines add 3 xiujia#2",
		Args: func(cmd *cobra.Command, args []string) error {
			if numberOf(args) > 0 {
				return nil
			}
			return exactArgs(2, "请写上问句（或编号）和它是问哪一条的，如 lianwen lines add \"想歇几天得跟谁说\" xiujia#2。")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if n := numberOf(args); n > 0 {
				return a.learnLines(cmd.Context(), days, n, args[1:])
			}
			return a.addLine(cmd.Context(), args[0], "手写", args[1], orAtTerminal(by))
		},
	}
	clusterFlag(cmd, &days)
	cmd.Flags().StringVar(&by, "by", "", "谁加的，记在来历里（默认：系统的用户名）")
	return cmd
}

// addLine gives an article, by its key, a line that came from somewhere. What the check
// has against it is said, and no reason not to do what somebody wants.
func (a *app) addLine(ctx context.Context, question, from, key, by string) error {
	w, err := a.linesToWrite()
	if err != nil {
		return err
	}
	s, err := w.scope(key)
	if err != nil {
		return err
	}
	if s.article == nil {
		return bot.Invalid.Sayf("请写上是哪一条，如 %s#2。", s.rule.ID)
	}
	doubts, err := a.doubts(ctx, w, []staff.Place{{Article: s.article, Part: s.part}}, []string{question})
	if err != nil {
		return err
	}
	line := corpus.AskedLine{Text: question, Part: s.part, From: w.store.Provenance(from, by)}
	added, err := w.lib.AddLines(ctx, s.rule.ID, []shelf.Asked{{Article: s.article, Lines: []corpus.AskedLine{line}}})
	switch {
	case err != nil:
		return err
	case len(added) == 0:
		return a.said(nil, "%s已经有「%s」这一句，没有再加。\n", s.article.Citation(), question)
	case len(doubts) > 0:
		fmt.Fprintf(a.err, "请留意：%s。不要的请运行 lianwen lines remove --last。\n", doubts[0])
	}
	return a.said(nil, "已加到%s%s：%s\n", s.article.Citation(), s.part.Chinese(), question)
}
