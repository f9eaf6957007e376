package main

import (
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/lines"
	"lianwen/bot/shelf"
	"lianwen/corpus"
)

func newLines(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lines",
		Short: "问法：人们怎么问某一条；哪些还少，起草、读回、批准、添加、去掉",
		Long: "问法是人们会怎么问某一条：只用来查找，不会显示。条文用的是官话，人们问的是平时的话，有了问法才对得上。\n" +
			"起草的问法要批准了才用；批准过的写在制度库的 asked/制度的id.txt，不动制度文件。条文改过以后，它的问法先不用，等人再看一遍。",
		Args: noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newLinesStatus(a), newLinesDraft(a), newLinesRead(a), newLinesApprove(a), newLinesAdd(a), newLinesRemove(a))
	cmd.AddCommand(newLinesSynonym(a), newLinesReply(a), newLinesElsewhere(a))
	return cmd
}

// linesWork is what the commands about asked-as lines work with.
type linesWork struct {
	cfg   *config
	c     *corpus.Corpus
	store *lines.Store
	lib   *shelf.Shelf // nil for the sample, which nobody can write
}

// linesWork reads the library and says where the drafts are.
func (a *app) linesWork() (*linesWork, error) {
	cfg, c, err := a.load()
	if err != nil {
		return nil, err
	}
	w := &linesWork{cfg: cfg, c: c, store: linesStore(cfg)}
	if cfg.Library != "" {
		w.lib = &shelf.Shelf{Dir: cfg.Library, Who: string(actor()), Now: w.store.Now}
	}
	return w, nil
}

// linesStore is where the drafts are.
func linesStore(cfg *config) *lines.Store {
	return &lines.Store{Dir: filepath.Join(cfg.DataDir, lines.Folder), Now: func() time.Time { return time.Now().In(cfg.location) }}
}

// linesToWrite is linesWork for what changes the library or its drafts.
func (a *app) linesToWrite() (*linesWork, error) {
	w, err := a.linesWork()
	if err != nil {
		return nil, err
	}
	return w, w.writable()
}

// writable refuses the sample.
func (w *linesWork) writable() error {
	if w.lib == nil {
		return bot.Invalid.Sayf("自带的示例制度库不能改。请先运行 lianwen library init 我们的制度，建自己的制度库，再用 --library 我们的制度 指过去，或在配置里写 library。")
	}
	return nil
}

// scope is a rule, or an article of one.
type scope struct {
	rule    *corpus.Rule
	article *corpus.Article // nil: all of them
	part    corpus.Part     // of the article
}

// has reports whether an article is meant.
func (s scope) has(a *corpus.Article) bool { return s.article == nil || s.article == a }

// scopes are what is named: rules by id, title or alias, articles as ti-an#5; all rules
// in force when nothing is.
func (w *linesWork) scopes(names []string) ([]scope, error) {
	var out []scope
	for _, name := range names {
		s, err := w.scope(name)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	if len(names) == 0 {
		rules, lists := w.c.RulesInForce()
		for _, r := range append(rules, lists...) {
			out = append(out, scope{rule: r})
		}
	}
	return out, nil
}

func (w *linesWork) scope(name string) (scope, error) {
	id, number, one := strings.Cut(name, "#")
	versions, err := shelf.Versions(w.c, id)
	if err != nil {
		return scope{}, err
	}
	s := scope{rule: w.c.RuleByID(versions[0].ID)}
	if s.rule.Repealed {
		return scope{}, bot.Conflict.Sayf("《%s》已经废止。", s.rule.Title)
	}
	if !one {
		return s, nil
	}
	place, part, ok := corpus.ParsePlace(number)
	if !ok {
		return scope{}, bot.Invalid.Sayf("「%s」写法不对，请写成 制度#条号，如 ti-an#5、ti-an#5:2.1（第五条第二款第一项）。", name)
	}
	if s.article = s.rule.Article(place); s.article == nil || s.article.Deleted {
		return scope{}, bot.NotFound.Sayf("《%s》没有%s。", s.rule.Title, place.Chinese())
	}
	if s.part = part; !s.article.Has(part) {
		return scope{}, bot.NotFound.Sayf("%s没有%s。", s.article.Citation(), part.Chinese())
	}
	return s, nil
}
