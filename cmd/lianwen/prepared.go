package main

import (
	"fmt"

	"lianwen/bot/lines"
	"lianwen/corpus"
)

// prepared is how well a library is prepared for the questions of people, and what
// would help most next.
type prepared struct {
	Rules     int    `json:"rules"` // in force
	Articles  int    `json:"articles"`
	WithLines int    `json:"with_lines"`      // articles that have asked-as lines
	Thin      int    `json:"thin"`            // … that have fewer than they should
	Waiting   int    `json:"waiting"`         // drafts and lines to be approved
	Synonyms  int    `json:"synonyms"`        // groups of the library's own
	First     string `json:"first,omitempty"` // the rule where lines would help most
	Next      string `json:"next"`
}

// preparedness looks through the rules in force of a library.
func preparedness(c *corpus.Corpus, store *lines.Store) (prepared, error) {
	rules, prohibitions := c.RulesInForce()
	rules = append(rules, prohibitions...)
	standings, err := store.Standings(c, rules)
	if err != nil {
		return prepared{}, err
	}
	p := prepared{Rules: len(rules), Synonyms: len(c.Synonyms), Next: nextStep(standings)}
	for _, s := range standings {
		if p.First == "" && s.Thin > 0 {
			p.First = s.Rule.Title
		}
		p.Articles, p.WithLines, p.Thin, p.Waiting = p.Articles+s.Articles, p.WithLines+s.WithLines, p.Thin+s.Thin, p.Waiting+s.ForPerson()
	}
	return p, nil
}

// String is for people.
func (p prepared) String() string {
	text := fmt.Sprintf("准备程度：%d 部 %d 条，有问法的 %d 条（%s），不足 %d 句的 %d 条", p.Rules, p.Articles, p.WithLines, percent(p.WithLines, p.Articles), lines.Enough, p.Thin)
	if p.Waiting > 0 {
		text += fmt.Sprintf("，等着批准 %d 句", p.Waiting)
	}
	if p.First != "" && p.WithLines < p.Articles {
		text += "，先做《" + p.First + "》"
	}
	return text + "。\n" + p.Next
}

func percent(part, all int) string {
	if all == 0 {
		return "0%"
	}
	return fmt.Sprintf("%.0f%%", 100*float64(part)/float64(all))
}
