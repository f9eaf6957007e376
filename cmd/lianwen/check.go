package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// checkResult is what check --json prints; scripts depend on it.
type checkResult struct {
	OK           bool          `json:"ok"`
	Rules        int           `json:"rules"`        // in force, without the lists of prohibitions
	Articles     int           `json:"articles"`     // of those rules
	Prohibitions int           `json:"prohibitions"` // single prohibitions
	Repealed     int           `json:"repealed"`     // repealed versions
	Stories      int           `json:"stories"`
	Notices      int           `json:"notices"`
	Books        int           `json:"books"`
	Cases        int           `json:"cases"`
	Questions    int           `json:"questions"`
	Synonyms     int           `json:"synonyms"` // groups
	References   int           `json:"references"`
	Digest       string        `json:"digest"`
	Borrowed     []string      `json:"borrowed"` // kinds of content that are the sample's: stories, notices, books
	LeftOut      []string      `json:"left_out"` // files of the library that are not used, wholly or in part
	Library      []jsonRule    `json:"library"`  // the rules in force, to be compared with the paper
	Channels     []jsonChannel `json:"channels"` // those that are enabled
	Ledger       *jsonLedger   `json:"ledger"`   // null while there is none
	Relief       []jsonTrait   `json:"relief"`   // 减负自检: the eight traits
	Problems     []jsonProblem `json:"problems"` // must be mended
	Warnings     []jsonProblem `json:"warnings"` // deserve a look
}

type jsonProblem struct {
	Where string `json:"where"`
	What  string `json:"what"`
	Fix   string `json:"fix"`
}

func problemsOf(ps corpus.Problems) []jsonProblem {
	list := make([]jsonProblem, len(ps))
	for i, p := range ps {
		list[i] = jsonProblem{p.Where(), p.What, p.Fix}
	}
	return list
}

// jsonLedger is what the records hold.
type jsonLedger struct {
	Kind  string `json:"kind"`  // sqlite or postgres
	Muted int    `json:"muted"` // how many want nothing sent in private; who is nobody's business
	ledger.Summary
	unverified string        // what is said of the audit where it was not verified, and is not told
	Held       []ledger.Held `json:"held"` // texts that the gate held back lately, without content
}

// jsonChannel is where a channel stands, as far as another process has said.
type jsonChannel struct {
	Name    string     `json:"name"`
	Running bool       `json:"running"` // serve is there
	State   string     `json:"state,omitempty"`
	Since   *time.Time `json:"since,omitempty"`
	Account string     `json:"account,omitempty"`
	Detail  string     `json:"detail,omitempty"`

	label, words string // the channel and its state, for people
}

func newCheck(a *app) *cobra.Command {
	var asJSON, content bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "检查配置、制度库、台账和微信登录，说明哪里有问题、怎么办",
		Long: "检查 lianwen serve 要用到的一切：配置和里面写到的文件、制度库（编码、文件头、条号、引用、题目）、索引、台账、推送、磁盘、微信登录的状态。\n" +
			"只看，什么也不写、不升级。一次列出全部问题，每一处说明在哪里、是什么、怎么办；有问题的文件没有用上，其余照常使用。\n" +
			"再列出每一部现行制度的名称、文号、施行日期、条数和最后一条，请与纸上的核对。退出码：0 没有问题，1 有问题。\n" +
			contentHelp,
		Example: "  lianwen check\n" +
			"  lianwen check --content --library 制度库",
		Args: exactArgs(0, "check 后面不用写别的；制度库的位置请用 --library 指定。"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if content {
				return a.checkContent(asJSON)
			}
			res, err := a.check(cmd.Context(), false)
			if err != nil {
				return err
			}
			if asJSON {
				err = printJSON(a.out, res)
			} else {
				_, err = fmt.Fprint(a.out, res.text())
			}
			if err == nil && !res.OK {
				return exitCode(exitError)
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "只在标准输出上打印一个 JSON 对象")
	cmd.Flags().BoolVar(&content, "content", false, "校对制度库的内容：前后是否一致，题目、故事、问法有没有毛病")
	return cmd
}

// check gathers everything that is wrong; its error is for what could not even
// be looked at. held says that this process has the ledger open.
func (a *app) check(ctx context.Context, held bool) (checkResult, error) {
	res := checkResult{Channels: []jsonChannel{}, Borrowed: []string{}, LeftOut: []string{}, Library: []jsonRule{}, Relief: []jsonTrait{}, Problems: []jsonProblem{}, Warnings: []jsonProblem{}}
	cfg, err := loadConfig(a.configPath)
	mistakes := mistakesIn(err)
	for _, m := range mistakes {
		res.Problems = append(res.Problems, jsonProblem{m.where, m.what, m.fix})
	}
	if len(mistakes) > 0 {
		return res, nil
	}
	if err != nil {
		return res, err
	}
	cfg.held = held
	c, err := a.checkLibrary(cfg, &res)
	if err != nil {
		return res, err
	}
	for _, ch := range a.channels(cfg, nil) {
		res.channel(cfg, ch, time.Now())
	}
	looked := lookAtAll(ctx, a.looks(cfg, c))
	for _, found := range looked {
		res.Problems = append(res.Problems, found.problems...)
		res.Warnings = append(res.Warnings, found.warnings...)
		if found.ledger != nil {
			res.Ledger = found.ledger
		}
	}
	res.OK = len(res.Problems) == 0
	return res, res.relieve(ctx, cfg, c, looked, time.Now())
}

// checkLibrary reads the library; nil when nothing of it can be used.
func (a *app) checkLibrary(cfg *config, res *checkResult) (*corpus.Corpus, error) {
	if a.library != "" {
		cfg.Library = a.library
	}
	c, err := corpus.Open(cfg.Library)
	var problems corpus.Problems
	if errors.As(err, &problems) {
		res.Problems = append(res.Problems, problemsOf(problems)...)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	res.count(c)
	res.Borrowed, res.LeftOut = append(res.Borrowed, c.Borrowed...), append(res.LeftOut, c.LeftOut...)
	res.Problems = append(res.Problems, problemsOf(c.Faults)...)
	for _, w := range c.Warnings {
		res.Warnings = append(res.Warnings, jsonProblem{w.Where(), w.What, w.Fix})
	}
	return c, nil
}

func (res *checkResult) count(c *corpus.Corpus) {
	rules, lists := c.RulesInForce()
	res.Rules = len(rules)
	res.Articles = c.ArticlesInForce()
	for _, l := range lists {
		res.Prohibitions += len(l.Articles)
	}
	for _, r := range c.Rules {
		if r.Repealed {
			res.Repealed++
		}
		for _, art := range r.Articles {
			res.References += len(art.Refs)
		}
	}
	res.Stories, res.Notices, res.Books, res.Cases = len(c.Stories), len(c.Notices), len(c.Books), len(c.Cases)
	res.Questions, res.Synonyms = len(c.Questions), len(c.Synonyms)
	res.Digest, res.Library = c.Digest, listRules(c)
}

// held is what of the library can be used.
func (res checkResult) held() string {
	return fmt.Sprintf("现行制度 %d 部 %d 条，禁令 %d 条，废止版本 %d 个；故事 %d 则，提醒 %d 则，荐书 %d 本，案例 %d 例，题 %d 道，同义词 %d 组；文中引用 %d 处。",
		res.Rules, res.Articles, res.Prohibitions, res.Repealed, res.Stories, res.Notices, res.Books, res.Cases, res.Questions, res.Synonyms, res.References)
}

// String is what the records hold, for people.
func (l *jsonLedger) String() string {
	if l.unverified != "" {
		return "操作记录" + l.unverified + "。"
	}
	return fmt.Sprintf("在册 %d 人，操作记录 %d 条。%s。", l.Members, l.Audit, l.Head)
}

// kindNames are the kinds of content that can be borrowed, for people.
var kindNames = map[string]string{corpus.StoriesKind: "故事", corpus.NoticesKind: "节日提醒", corpus.BooksKind: "荐书"}

func (res checkResult) text() string {
	var b strings.Builder
	if l := res.Ledger; l != nil {
		fmt.Fprintf(&b, "台账：%s\n", l)
		b.WriteString(heldLine(l.Held))
		if l.Muted > 0 {
			fmt.Fprintf(&b, "不收私聊推送的 %d 人（不列是谁）。\n", l.Muted)
		}
	}
	for _, ch := range res.Channels {
		if ch.Running {
			fmt.Fprintf(&b, "%s：%s %s\n", ch.label, ch.words, ch.Account)
		}
	}
	if res.OK {
		fmt.Fprintf(&b, "没有问题。%s\n", res.held())
	} else {
		fmt.Fprintf(&b, "有 %d 处问题：\n", len(res.Problems))
		for _, p := range res.Problems {
			fmt.Fprintf(&b, "  %s: %s，%s\n", p.Where, p.What, p.Fix)
		}
		if len(res.LeftOut) > 0 && res.Digest != "" {
			fmt.Fprintf(&b, "制度库里有 %d 个文件没有用上（正在值守的，里面的制度仍用改动以前的文本）；其余照常使用：%s\n", len(res.LeftOut), res.held())
		}
	}
	b.WriteString(res.reliefText())
	b.WriteString(rulesTable(res.Library))
	if len(res.Borrowed) > 0 {
		var kinds []string
		for _, kind := range res.Borrowed {
			kinds = append(kinds, kindNames[kind])
		}
		fmt.Fprintf(&b, "%s用的是示例的，都标着“示例文本”；制度库里放了自己的，就只用自己的。\n", strings.Join(kinds, "、"))
	}
	if len(res.Warnings) > 0 {
		fmt.Fprintf(&b, "另有 %d 处提示，不影响使用：\n", len(res.Warnings))
		for _, p := range res.Warnings {
			fmt.Fprintf(&b, "  %s: %s，%s\n", p.Where, p.What, p.Fix)
		}
	}
	return b.String()
}
