package day

import (
	"context"
	"errors"
	"slices"
	"time"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// Library lends the corpus that is current. Whoever has used it calls release.
type Library func() (c *corpus.Corpus, release func())

// Fixed is a library that never changes.
func Fixed(c *corpus.Corpus) Library {
	return func() (*corpus.Corpus, func()) { return c, func() {} }
}

// Schedule is the plan as the configuration, the library and the records are
// when it is asked for.
type Schedule struct {
	Location *time.Location
	Calendar *Calendar
	Specs    []PushSpec
	Library  Library
	Ledger   *ledger.Ledger // nil: nothing is suspended, and there are no meetings
	Reviewer *Reviewer      // nil: what is suspended is read, and nothing reviewed
}

// Plan is what is due from one day to another, see Planner.Plan, with the contents
// that staff have put in the place of planned ones.
func (s *Schedule) Plan(ctx context.Context, from, to corpus.Date) ([]ledger.Push, error) {
	plan, err := s.planned(ctx, from, to)
	if err != nil || s.Ledger == nil || !s.Approves() {
		return plan, err
	}
	rows, err := s.draftRows(ctx, from, to)
	for i, p := range plan {
		plan[i] = s.decided(p, rows[wholeDay(p)])
	}
	return plan, err
}

// planned is the plan as the library and the meetings have it.
func (s *Schedule) planned(ctx context.Context, from, to corpus.Date) ([]ledger.Push, error) {
	c, release := s.Library()
	defer release()
	p := Planner{Location: s.Location, Calendar: s.Calendar, Corpus: c, Specs: s.Specs}
	if s.Ledger != nil {
		var err1, err2 error
		p.Suspended, err1 = s.suspended(ctx, c)
		p.Meetings, err2 = s.Ledger.Activities(ctx, from, to.AddDays(MostLeadDays))
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
	}
	return p.Plan(from, to), nil
}

// suspended are the questions that are not asked now, by id.
func (s *Schedule) suspended(ctx context.Context, c *corpus.Corpus) (map[string]bool, error) {
	if s.Reviewer == nil {
		return suspendedIn(ctx, s.Ledger)
	}
	return s.Reviewer.Suspended(ctx, c)
}

// Spec is the push of a name.
func (s *Schedule) Spec(name string) (spec PushSpec, ok bool) {
	i := slices.IndexFunc(s.Specs, func(spec PushSpec) bool { return spec.Name == name })
	if i < 0 {
		return PushSpec{}, false
	}
	return s.Specs[i], true
}

// Names are the names of all pushes, in the order of the configuration.
func (s *Schedule) Names() []string {
	var names []string
	for _, spec := range s.Specs {
		names = append(names, spec.Name)
	}
	return names
}

// NextMissingYear is the year a month from now if its days off are not known and
// some push goes out on working days only; 0: nothing is missing.
func NextMissingYear(c *Calendar, specs []PushSpec, now time.Time) int {
	workdays := slices.ContainsFunc(specs, func(p PushSpec) bool { return p.Workdays })
	if next := now.AddDate(0, 1, 0).Year(); workdays && !c.Announced(next) {
		return next
	}
	return 0
}
