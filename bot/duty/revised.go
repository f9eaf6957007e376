package duty

import (
	"fmt"
	"slices"
	"strings"

	"lianwen/corpus"
)

// What a message has room for.
const (
	mostRevised = 5 // rules
	mostNamed   = 8 // articles of one
)

// revised says which rules in force, and which articles of them, a library has
// otherwise than before; "" when none.
func revised(before, now *corpus.Corpus) string {
	var said []string
	for _, r := range inForce(now) {
		old := before.RuleByID(r.ID)
		switch {
		case old == nil || old.Repealed:
			said = append(said, "新增《"+r.Title+"》")
		case !sameTexts(old, r):
			if articles := changedArticles(corpus.Compare(old, r)); articles != "" {
				said = append(said, "《"+r.Title+"》"+articles)
			}
		}
	}
	for _, r := range inForce(before) {
		if next := now.RuleByID(r.ID); next == nil || next.Repealed {
			said = append(said, "少了《"+r.Title+"》")
		}
	}
	if n := len(said); n > mostRevised {
		said = append(said[:mostRevised], fmt.Sprintf("等 %d 部", n))
	}
	return strings.Join(said, "；")
}

func inForce(c *corpus.Corpus) []*corpus.Rule {
	rules, lists := c.RulesInForce()
	return slices.Concat(rules, lists)
}

// sameTexts tells at little cost that nothing of a rule has changed.
func sameTexts(a, b *corpus.Rule) bool {
	return slices.EqualFunc(a.Articles, b.Articles, func(a, b *corpus.Article) bool { return a.Number == b.Number && a.Text == b.Text })
}

// changedArticles names the articles that are not what they were.
func changedArticles(c *corpus.Comparison) string {
	names := map[corpus.ChangeKind][]string{}
	renumbered := 0
	for _, ch := range c.Changes {
		switch ch.Kind {
		case corpus.Changed, corpus.Added:
			names[ch.Kind] = append(names[ch.Kind], ch.New.Label)
		case corpus.Removed:
			names[ch.Kind] = append(names[ch.Kind], ch.Old.Label)
		case corpus.Renumbered:
			renumbered++
		}
	}
	var parts []string
	for _, kind := range []corpus.ChangeKind{corpus.Changed, corpus.Added, corpus.Removed} {
		list := names[kind]
		if n := len(list); n > mostNamed {
			list = append(list[:mostNamed:mostNamed], fmt.Sprintf("等 %d 条", n))
		}
		if len(list) > 0 {
			parts = append(parts, kind.String()+strings.Join(list, "、"))
		}
	}
	if renumbered > 0 {
		parts = append(parts, fmt.Sprintf("%d 条只是条号变了", renumbered))
	}
	return strings.Join(parts, "，")
}
