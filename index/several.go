package index

import (
	"context"
	"slices"
	"strings"
)

// What is told before a question counts for toldShare of what is asked; where a
// message asks several things, each is asked with what is told and, for
// otherShare, with the others.
const (
	toldShare  = 0.8
	otherShare = 0.5
)

// hitsEach is how many hits each is looked for: the one that answers, and another
// for when that answers the question before.
const hitsEach = 3

// mostAsked is how many questions of a message are answered by themselves.
const mostAsked = 3

// findEach asks each question of a message by itself. When each finds something,
// the first hits answer them in turn; else what was found for all together
// stands.
func (x *Index) findEach(ctx context.Context, asked []string, told string, together Result, q Query) (Result, error) {
	var hits []Hit
	outcome := Answered
	for i, text := range asked[:min(len(asked), mostAsked)] {
		res, err := x.findOne(ctx, text, told, slices.Concat(asked[:i], asked[i+1:]))
		if err != nil {
			return Result{}, err
		}
		if res.Outcome == None {
			return together, nil
		}
		outcome = min(outcome, res.Outcome)
		hits = addHit(hits, res.Hits)
	}
	res := together
	res.Answers, res.Outcome = len(hits), max(outcome, together.Outcome)
	for _, h := range together.Hits {
		if !slices.ContainsFunc(hits, func(o Hit) bool { return o.Article == h.Article }) && len(hits) < MaxHits {
			hits = append(hits, h)
		}
	}
	res.Hits = hits
	return res, nil
}

// addHit adds the hit that answers one more question. When it is of an article that
// answers another, that shows both passages; when it is the very passage, the next
// article is shown as well: two questions seldom have one answer.
func addHit(hits, found []Hit) []Hit {
	h := found[0]
	for i, o := range hits {
		if o.Article != h.Article {
			continue
		}
		if len(h.fitting) > 0 && o.fitting[0] != h.fitting[0] {
			hits[i].fitting = append([]int{o.fitting[0], h.fitting[0]}, o.fitting[1:]...)
			hits[i].more++
			return hits
		}
		for _, next := range found[1:] {
			if next.Score >= nextShare*h.Score && !slices.ContainsFunc(hits, func(o Hit) bool { return o.Article == next.Article }) {
				return append(hits, next)
			}
		}
		return hits
	}
	return append(hits, h)
}

// nextShare is the share of the best score that the next article must have.
const nextShare = 0.75

// findOne asks one question of a message: alone, when nothing is told besides, and,
// unless that answers it, with what is told and the other questions.
func (x *Index) findOne(ctx context.Context, text, told string, others []string) (Result, error) {
	if told == "" {
		alone, err := x.newQuestion(text)
		if err != nil {
			return Result{}, err
		}
		alone.hits, alone.sureOnly = hitsEach, true
		if res, err := x.find(ctx, alone, Query{}); err != nil || res.Outcome == Answered {
			return res, err
		}
	}
	led, err := x.newQuestion(text, aside{told, toldShare, 0}, aside{strings.Join(others, "，"), otherShare, 0})
	if err != nil {
		return Result{}, err
	}
	led.hits = hitsEach
	return x.find(ctx, led, Query{})
}
