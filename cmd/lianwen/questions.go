package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

func newQuestions(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "questions",
		Short: "停用的题：列出，核准",
		Long: "列出停用的题：依据的条文有改动或者废止，核对以前不出；还没有截止的那一轮停答，不计入统计。\n" +
			"题目、答案还对的，运行 lianwen questions approve 编号；不对的，先改题。",
		Args: noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withQuestions(cmd.Context(), func(_ context.Context, _ *ledger.Ledger, _ *corpus.Corpus, list []*corpus.Question) error {
				return a.listSuspended(list)
			})
		},
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "approve 编号…",
		Short: "核准停用的题，可以再出",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &usageError{"请写上题的编号，如 lianwen questions approve ti-an-03；运行 lianwen questions 看有哪些。"}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withQuestions(cmd.Context(), func(ctx context.Context, l *ledger.Ledger, c *corpus.Corpus, list []*corpus.Question) error {
				return a.approve(ctx, l, c, list, args)
			})
		},
	})
	return cmd
}

// withQuestions runs f with the questions that are suspended.
func (a *app) withQuestions(ctx context.Context, f func(ctx context.Context, l *ledger.Ledger, c *corpus.Corpus, list []*corpus.Question) error) error {
	_, c, err := a.load()
	if err != nil {
		return err
	}
	return a.withLedger(ctx, func(_ *config, l *ledger.Ledger) error {
		list, err := bot.Suspended(ctx, l, c)
		if err != nil {
			return err
		}
		return f(ctx, l, c, list)
	})
}

func (a *app) listSuspended(list []*corpus.Question) error {
	if len(list) == 0 {
		_, err := fmt.Fprintln(a.out, "没有停用的题。")
		return err
	}
	for _, q := range list {
		cites := make([]string, len(q.Cites))
		for i, cite := range q.Cites {
			cites[i] = cite.String()
		}
		if _, err := fmt.Fprintf(a.out, "%s\t%s\t%s\t%s\n", q.ID, strings.Join(cites, "、"), q.File, q.Text); err != nil {
			return err
		}
	}
	return nil
}

// approve approves all of the questions that are named, or none.
func (a *app) approve(ctx context.Context, l *ledger.Ledger, c *corpus.Corpus, list []*corpus.Question, ids []string) error {
	var chosen []*corpus.Question
	for _, id := range ids {
		i := slices.IndexFunc(list, func(q *corpus.Question) bool { return q.ID == id })
		if i < 0 {
			return bot.Sayf("%s 不是停用的题，一道也没有核准。运行 lianwen questions 看有哪些。", id)
		}
		chosen = append(chosen, list[i])
	}
	var errs []error
	for _, q := range chosen {
		errs = append(errs, bot.Approve(ctx, l, q, c, actor(), time.Now()))
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	_, err := fmt.Fprintf(a.out, "已核准 %d 道题。\n", len(chosen))
	return err
}
