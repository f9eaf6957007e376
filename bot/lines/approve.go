package lines

import (
	"context"
	"fmt"
	"slices"

	"lianwen/bot/shelf"
	"lianwen/corpus"
)

// Choice is what a person decided about the drafts for an article.
type Choice struct {
	Article     *corpus.Article
	Take, Leave []Draft
}

// Approve puts what was taken of a rule's drafts into its asked file, by whom, and then
// takes note of what was decided: a program that is killed in between approves the same
// again, which changes nothing. It returns how many lines are new in the library.
func (s *Store) Approve(ctx context.Context, lib *shelf.Shelf, rule, by string, choices []Choice) (int, error) {
	var asked []shelf.Asked
	var took, left []Draft
	for _, c := range choices {
		one := shelf.Asked{Article: c.Article}
		for _, d := range c.Take {
			one.Lines = append(one.Lines, corpus.AskedLine{Text: d.Text, Part: d.Part, From: s.Provenance(d.From, by)})
		}
		if len(one.Lines) > 0 {
			asked = append(asked, one)
		}
		took, left = append(took, c.Take...), append(left, c.Leave...)
	}
	added, err := lib.AddLines(ctx, rule, asked)
	if err != nil {
		return 0, fmt.Errorf("approve lines of %s: %w", rule, err)
	}
	if err := s.Settle(ctx, rule, took, Approved); err != nil {
		return len(added), err
	}
	return len(added), s.Settle(ctx, rule, left, Declined)
}

// Provenance is where a line came from, who approved it and when, as asked files have it.
func (s *Store) Provenance(from, by string) string {
	text := by + " " + string(corpus.DateOf(s.now()))
	if from != "" {
		text = from + "，" + text
	}
	return text
}

// Reopen lets drafts of an article wait for a person again, and takes those that were
// approved out of the library, where they are still there.
func (s *Store) Reopen(ctx context.Context, lib *shelf.Shelf, c Choice) error {
	e := shelf.ArticleEdit{Rule: c.Article.Rule.ID, Number: c.Article.Number, Words: c.Article.WordsDigest()}
	var proposed, apart []Draft
	for _, d := range c.Take {
		there := func(l corpus.AskedLine) bool { return l.Text == d.Text && l.Part == d.Part }
		if d.State == Approved && slices.ContainsFunc(c.Article.Approved, there) {
			e.Remove = append(e.Remove, d.Text)
		}
		if d.Why != "" {
			apart = append(apart, d)
		} else {
			proposed = append(proposed, d)
		}
	}
	if len(e.Remove) > 0 {
		if _, err := lib.Edit(ctx, e); err != nil {
			return fmt.Errorf("reopen lines of %s: %w", c.Article.Key(), err)
		}
	}
	if err := s.Settle(ctx, e.Rule, proposed, Proposed); err != nil {
		return err
	}
	return s.Settle(ctx, e.Rule, apart, Apart)
}
