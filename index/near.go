package index

import (
	"context"
	"fmt"

	"lianwen/corpus"
)

// Scored is an article with what it scored for a question.
type Scored struct {
	Article *corpus.Article
	Score   float64
}

// Near ranks the n articles that are nearest to a text, best first, with their scores,
// and says how sure the first one is. It only compares: a citation in the text is not
// looked up, and several questions are one.
func (x *Index) Near(ctx context.Context, text string, n int) (near []Scored, outcome Outcome, err error) {
	q, err := x.newQuestion(unspaced(fold(text)))
	if err != nil {
		return nil, None, fmt.Errorf("rank articles near a text: %w", err)
	}
	err = x.guarded(ctx, func() error {
		ranked, err := x.ranked(ctx, q, max(n, minRanked))
		if err != nil {
			return err
		}
		outcome, _ = x.decide(q, ranked)
		for _, c := range ranked[:min(n, len(ranked))] {
			near = append(near, Scored{x.units[c.unit], c.score})
		}
		return nil
	})
	if err != nil {
		return nil, None, fmt.Errorf("rank articles near a text: %w", err)
	}
	return near, outcome, nil
}
