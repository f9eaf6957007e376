package staff

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// PersonRecord is all that staff see of one member: never what they asked, and no
// place in any order.
type PersonRecord struct {
	Person
	Tenures     []ledger.Tenure // by day
	Counted     bool            // they are in the count of this year
	Year        ledger.Own      // since new year; of who is not counted nothing
	Months      []OwnMonth      // of this year, those in which they are counted
	Leaves      []ledger.Leave  // which hold, by day; see LeaveSpans
	Recorded    []ledger.Leave  // as it was recorded, in that order, with some of last year
	Corrections []ledger.Correction
	Activities  []ledger.Activity // of this year and later that they were at, or are expected at
}

// OwnMonth is how a member stands in a month.
type OwnMonth struct {
	Month corpus.Date // its first day
	ledger.Own
}

// PersonRecord is all of one member, who may have left.
func (d *Desk) PersonRecord(ctx context.Context, number string) (r PersonRecord, err error) {
	m, err := d.everOnRoster(ctx, number)
	if err != nil {
		return r, err
	}
	people, err := d.People(ctx)
	if err != nil {
		return r, err
	}
	r.Person = people[slices.IndexFunc(people, func(p Person) bool { return p.Number == m.Number })]
	from, to := d.ThisYear()
	tenures, err1 := d.Ledger.Tenures(ctx)
	leaves, err2 := d.Ledger.Excuses(ctx, from.AddDays(1-leaveMost), lastDay) // with what was taken back of leave that began last year
	corrections, err3 := d.Ledger.Corrections(ctx, from, lastDay)
	activities, err4 := d.Ledger.Activities(ctx, from, lastDay)
	err5 := d.ownYear(ctx, &r, from, to)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return r, err
	}
	r.Tenures = tenures[m.Number]
	r.Recorded = slices.DeleteFunc(leaves, func(l ledger.Leave) bool { return l.Member != m.Number })
	r.Leaves = slices.DeleteFunc(LeaveSpans(r.Recorded), func(l ledger.Leave) bool { return l.To < from })
	r.Corrections = slices.DeleteFunc(corrections, func(c ledger.Correction) bool { return c.Member != m.Number })
	for i := range r.Corrections {
		r.Corrections[i].At = r.Corrections[i].At.In(d.Location)
	}
	r.Activities = slices.DeleteFunc(activities, func(a ledger.Activity) bool { return !slices.Contains(a.Members, m.Number) })
	return r, nil
}

// ownYear counts the year and its months for a member.
func (d *Desk) ownYear(ctx context.Context, r *PersonRecord, from, to corpus.Date) (err error) {
	r.Year, err = d.Ledger.Own(ctx, r.Number, from, to, d.here())
	if errors.Is(err, ledger.ErrNoMember) {
		return nil
	}
	r.Counted = true
	for month := 1; err == nil; month++ {
		first := corpus.Date(fmt.Sprintf("%s-%02d-01", from[:4], month))
		if month > 12 || first > to {
			return nil
		}
		last := corpus.Date(string(first[:8]) + "31") // no day of a month comes after it
		var own ledger.Own
		own, err = d.Ledger.Own(ctx, r.Number, first, min(last, to), d.here())
		if errors.Is(err, ledger.ErrNoMember) {
			err = nil
			continue
		}
		r.Months = append(r.Months, OwnMonth{first, own})
	}
	return err
}

// LeaveSpans are the days on which a member is on leave, as runs by day, of leaves in
// the order in which they were recorded: of those that cover a day the last holds.
func LeaveSpans(recorded []ledger.Leave) (spans []ledger.Leave) {
	var begins []corpus.Date // days on which it may change which of them holds
	for _, l := range recorded {
		begins = append(begins, l.From, l.To.AddDays(1))
	}
	slices.Sort(begins)
	begins = slices.Compact(begins)
	before := -1 // which holds until the day
	for i, day := range begins {
		holds := -1
		for at, l := range slices.Backward(recorded) {
			if l.From <= day && day <= l.To {
				holds = at
				break
			}
		}
		if holds >= 0 && !recorded[holds].Back {
			span := recorded[holds]
			span.From, span.To = day, begins[i+1].AddDays(-1)
			if last := len(spans) - 1; holds == before {
				spans[last].To = span.To
			} else {
				spans = append(spans, span)
			}
		}
		before = holds
	}
	return spans
}
