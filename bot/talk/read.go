package talk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lianwen/bot"
	"lianwen/corpus"
	"lianwen/index"
)

// runArticle shows a whole article: the one shown last, or the one named.
func runArticle(ctx context.Context, t *turn, arg string) (string, error) {
	if arg == "" {
		arg = t.state.article
	}
	if arg == "" {
		return "", bot.NotFound.Sayf("还没有看过条文。请先提问，或说明哪一条，如“全文 提案条例第五条”。")
	}
	if a := t.corpus.Article(arg); a != nil {
		return t.fullArticle(a), nil
	}
	res, err := t.search(ctx, index.Query{Text: arg, Rule: t.lastRule()})
	if err != nil {
		return "", fmt.Errorf("find article: %w", err)
	}
	if res.Outcome != index.Answered || res.Number == (corpus.Number{}) {
		return "", bot.NotFound.Sayf("没有找到“%s”这一条。请写制度名称和条号，如“全文 提案条例第五条”。", arg)
	}
	return t.fullArticle(res.Hits[0].Article), nil
}

// fullArticle is an article with where it stands and what it refers to. It is
// as long as the article is: the reader asked for all of it.
func (t *turn) fullArticle(a *corpus.Article) string {
	lines := []string{a.Citation()}
	if len(a.Path) > 0 {
		lines = append(lines, strings.Join(a.Path, " "))
	}
	lines = append(lines, a.Text)
	var refs []string
	for _, ref := range a.Refs {
		if ref.Target != nil && ref.Target != a && !slices.Contains(refs, ref.Target.Citation()) {
			refs = append(refs, ref.Target.Citation())
		}
	}
	if len(refs) > 0 {
		lines = append(lines, "文中引用："+strings.Join(refs, "、")+"（回复名称和条号查看）")
	}
	lines = append(lines, sourceLine(a.Rule))
	t.shown(a)
	return bot.Marked(lines, a.Rule.Sample)
}

func runPrevious(_ context.Context, t *turn, _ string) (string, error) {
	return t.neighbour(-1, "前面没有了：%s是第一条。")
}

func runNext(_ context.Context, t *turn, _ string) (string, error) {
	return t.neighbour(+1, "后面没有了：%s是最后一条。")
}

func (t *turn) neighbour(by int, end string) (string, error) {
	a := t.corpus.Article(t.state.article)
	if a == nil {
		return "", bot.NotFound.Sayf("还没有看过条文。请先提问，或说条号，如“提案条例第五条”。")
	}
	next := a.Neighbour(by)
	if next == nil {
		return "", bot.NotFound.Sayf(end, a.Citation())
	}
	return t.fullArticle(next), nil
}

// runSource says where the article shown last comes from.
func runSource(_ context.Context, t *turn, _ string) (string, error) {
	a := t.corpus.Article(t.state.article)
	if a == nil {
		return "", bot.NotFound.Sayf("还没有看过条文。请先提问，再回复“出处”。")
	}
	r := a.Rule
	lines := []string{a.Citation()}
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, name+"："+value)
		}
	}
	add("文号", r.Document)
	add("印发", r.Issued.Chinese())
	add("施行", r.Effective.Chinese())
	if r.Repealed {
		add("状态", "已废止")
	}
	add("文件", r.File)
	add("引用编号", a.Key())
	return bot.Marked(lines, r.Sample), nil
}
