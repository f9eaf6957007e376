package day

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// Yield is a planned push that does not go out because its group or person has
// had enough, or has more pressing ones to come.
type Yield struct {
	ledger.Push
	Week bool // it is the week's cap
}

// Yields are those of a plan that do not go out, if all others do. The plan
// begins with a week's first day, or nothing was sent in that week before it.
func (c Caps) Yields(plan []ledger.Push) (list []Yield) {
	type days struct {
		place string
		from  corpus.Date
		week  bool
	}
	sent := map[days]int{}
	plan = slices.Clone(plan)
	slices.SortStableFunc(plan, func(a, b ledger.Push) int {
		return cmp.Or(cmp.Compare(monday(a.Date), monday(b.Date)), cmp.Compare(rank(a.Content), rank(b.Content)), a.Due.Compare(b.Due))
	})
	for _, p := range plan {
		var at []days
		over, week := false, false
		for _, s := range c.spans(p.Target, p.Date) {
			key := days{Place(p.Target), s.from, s.from != s.to}
			at = append(at, key)
			if sent[key] >= s.most && !over {
				over, week = true, key.week
			}
		}
		if over {
			list = append(list, Yield{p, week})
			continue
		}
		for _, key := range at {
			sent[key]++
		}
	}
	slices.SortStableFunc(list, func(a, b Yield) int { return a.Due.Compare(b.Due) })
	return list
}

// Yields are those of some days that are not to go out because of caps, as things
// stand: what has been dropped already makes no others yield, nor does what is
// paused.
func (s *Schedule) Yields(ctx context.Context, caps Caps, from, to corpus.Date) (map[ledger.PushKey]bool, error) {
	from, _ = Week(from)
	_, to = Week(to)
	plan, err1 := s.Plan(ctx, from, to)
	records, err2 := s.Ledger.Pushes(ctx, from, to)
	paused, err3 := s.Ledger.Paused(ctx)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	dropped := map[ledger.PushKey]bool{}
	for _, r := range records {
		dropped[r.Key()] = r.State != ledger.PushWaiting && !counts(r.State)
	}
	plan = slices.DeleteFunc(plan, func(p ledger.Push) bool { return dropped[p.Key()] || slices.Contains(paused, p.Name) })
	yields := map[ledger.PushKey]bool{}
	for _, y := range caps.Yields(plan) {
		yields[y.Key()] = true
	}
	return yields, nil
}
