package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/lines"
	"lianwen/corpus"
)

// promptsDir is where prompt files go when nobody says where.
const promptsDir = "问法提示词"

// draftFlags are the flags of lines draft.
type draftFlags struct {
	want        lines.Want
	at, size    int
	price       float64
	prompts     string
	dryRun, yes bool
}

func newLinesDraft(a *app) *cobra.Command {
	var f draftFlags
	cmd := &cobra.Command{
		Use:   "draft [制度|制度#条号…]",
		Short: "请模型起草问法，或者写出提示词文件",
		Long: "给问法太少的条文起草问法，一条问模型一次；不写制度就是全部现行制度。制度写名称或 id。\n" +
			"模型写在配置的 [model] 里。条文会发到 url 那台主机，发之前问一声；文件头写了 internal = true 的制度不发。\n" +
			"没有配置模型的，或者写了 --prompts 的，写出提示词文件：一个一个交给别处的模型，回答存成文件，用 lianwen lines read 读回来。\n" +
			"起草的只是草稿，批准以前不用来回答：lianwen lines approve。中断了再运行一次，已有草稿的不再问；没有问成的、看过以后还不够的，加 --retry 再问。\n" +
			"制度库里放一个 lines-prompt.txt，就用它代替自带的说明；里面要有 {{条文}} 和 {{格式}}。",
		Example: "  lianwen lines draft --library 我们的制度 --dry-run\n  lianwen lines draft 职工年休假办法 --library 我们的制度\n" +
			"  lianwen lines draft nian-jia#3 nian-jia#5 --library 我们的制度\n  lianwen lines draft --library 我们的制度 --prompts 提示词",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(); err != nil {
				return err
			}
			return a.draftLines(cmd.Context(), args, f)
		},
	}
	cmd.Flags().IntVar(&f.want.Lines, "want", 7, "每一条要有几句问法，连同已有的和草稿")
	cmd.Flags().IntVar(&f.want.Limit, "limit", 0, "最多问几条；0 不限")
	cmd.Flags().BoolVar(&f.want.Retry, "retry", false, "以前没有问成的、草稿看过以后问法还不够的再问")
	cmd.Flags().IntVar(&f.at, "concurrency", 2, "同时问几条")
	cmd.Flags().StringVar(&f.prompts, "prompts", "", "不问模型，把提示词文件写到这个文件夹")
	cmd.Flags().IntVar(&f.size, "size", 6000, "一个提示词文件最多多少字")
	cmd.Flags().Float64Var(&f.price, "price", 0, "每一千 token 多少元，用来估算花费")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "只看要问几次、多少字、第一次怎么问，什么也不发、不写")
	cmd.Flags().BoolVar(&f.yes, "yes", false, "不再问，直接发")
	return cmd
}

// check says which values cannot be.
func (f draftFlags) check() error {
	for _, v := range []struct {
		name               string
		value, least, most int
	}{
		{"want", f.want.Lines, 1, lines.MaxLines}, {"limit", f.want.Limit, 0, 1 << 20}, {"concurrency", f.at, 1, 16}, {"size", f.size, lines.MinSheet, 1 << 20},
	} {
		if v.value < v.least || v.value > v.most {
			return bot.Invalid.Sayf("--%s 请写 %d 到 %d 之间的数。", v.name, v.least, v.most)
		}
	}
	if !(f.price >= 0) {
		return bot.Invalid.Sayf("--price 请写每一千 token 多少元，如 0.002。")
	}
	return nil
}

// drafting is what lines draft works with.
type drafting struct {
	*app
	*linesWork
	draftFlags
	template *lines.Template
	wanting  lines.Wanting
}

func (a *app) draftLines(ctx context.Context, args []string, f draftFlags) error {
	w, err := a.linesToWrite()
	if err != nil {
		return err
	}
	scopes, err := w.scopes(args)
	if err != nil {
		return err
	}
	d := &drafting{app: a, linesWork: w, draftFlags: f}
	if d.template, err = lines.LoadTemplate(w.lib.Dir); err != nil {
		return err
	}
	if d.wanting, err = w.store.Requests(articlesOf(scopes), f.want); err != nil {
		return err
	}
	if names := titlesOf(d.wanting.Internal); len(args) > 0 && names != "" {
		return bot.Forbidden.Sayf("%s标为内部制度（internal = true），条文不交给模型，也不写提示词文件。请手写问法：lianwen lines add。", names)
	}
	d.sayPassed()
	switch {
	case len(d.wanting.Requests) == 0:
		return a.said(nil, "没有要起草的。\n")
	case f.prompts != "" || !w.cfg.Model.on():
		return d.writePrompts()
	}
	return d.askModel(ctx)
}

// articlesOf are the articles of scopes, each once, those of a rule together.
func articlesOf(scopes []scope) (out []*corpus.Article) {
	for _, r := range rulesOf(scopes) {
		for _, a := range lines.Articles(r) {
			if inScope(scopes, a) {
				out = append(out, a)
			}
		}
	}
	return out
}

// titlesOf names rules to people; "" for none.
func titlesOf(rules []*corpus.Rule) string {
	names := ""
	for _, r := range rules {
		names += "《" + r.Title + "》"
	}
	return names
}

// sayPassed says what is not asked for, and why.
func (d *drafting) sayPassed() {
	w := d.wanting
	for _, v := range []struct {
		n    int
		what string
	}{
		{w.Enough, "条的问法已经够了"}, {w.Drafted, "条已有草稿，请先批准：lianwen lines approve"},
		{w.Decided, "条的草稿都看过了，问法还不够：加 --retry 再问，或者手写 lianwen lines add"},
		{w.Failed, "条以前没有问成，加 --retry 再问；看原因：lianwen lines status"}, {w.Beyond, "条这次不问（--limit）"},
	} {
		if v.n > 0 {
			fmt.Fprintf(d.err, "%d %s。\n", v.n, v.what)
		}
	}
	if names := titlesOf(w.Internal); names != "" {
		fmt.Fprintf(d.err, "%s标为内部制度，没有放进来。\n", names)
	}
}
