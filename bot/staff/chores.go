package staff

import (
	"context"
	"slices"
	"strings"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
)

// Chores are what there is to be done at a desk now, and what will be missing. The
// zero value is nothing.
type Chores struct {
	Uncertain     []ledger.PushRecord // nobody knows whether they went out
	Failed        int                 // of yesterday's and today's pushes, those that surely did not arrive
	Unsigned      []DraftStatus       // they can be approved, and are not
	Paused        []string            // pushes that staff keep back
	Suspended     int                 // questions that are not asked until they are looked at
	Unanswered    int                 // kinds of questions that were asked in vain
	Faults        int                 // places in the library that are not used
	Lacks         []day.Lack          // pushes without anything to bring
	MissingYear   int                 // whose days off are not known; 0: none
	Crowded       int                 // pushes of this week to groups that caps left no room for
	Muted         int                 // members who want nothing sent in private; who is not for staff to know
	UnansweredFor int                 // days back that Unanswered looks
}

// unansweredDays is how far back it is looked for questions in vain.
const unansweredDays = 30

// Empty reports whether nothing is to be done. What caps and members hold back is as
// it should be, and so is what staff keep back.
func (c Chores) Empty() bool {
	return len(c.Uncertain)+c.Failed+len(c.Unsigned)+c.Suspended+c.Unanswered+c.Faults+len(c.Lacks)+c.MissingYear == 0
}

// Chores looks for what there is to be done.
func (d *Desk) Chores(ctx context.Context) (c Chores, err error) {
	if c.Uncertain, err = d.Uncertain(ctx); err != nil {
		return c, err
	}
	if err := d.choresOfPushes(ctx, &c); err != nil {
		return c, err
	}
	suspended, err := d.Suspended(ctx)
	if err != nil {
		return c, err
	}
	c.Suspended = len(suspended)
	if c.Muted, err = d.Ledger.CountMuted(ctx); err != nil {
		return c, err
	}
	library, release := d.Library()
	c.Faults = len(library.Faults)
	release()
	u, err := d.Unanswered(ctx, unansweredDays)
	c.Unanswered, c.UnansweredFor = len(u.Clusters), unansweredDays
	return c, err
}

// choresOfPushes looks for what there is to be done about the pushes that are configured.
func (d *Desk) choresOfPushes(ctx context.Context, c *Chores) (err error) {
	if d.Schedule == nil {
		return nil
	}
	if c.Paused, err = d.Ledger.Paused(ctx); err != nil {
		return err
	}
	if d.Approves() {
		coming, err := d.Coming(ctx)
		if err != nil {
			return err
		}
		c.Unsigned = slices.DeleteFunc(coming, func(s DraftStatus) bool { return s.Why == "" || s.Dropped != "" })
	}
	from, to := day.Week(d.Today())
	week, err := d.Ledger.Pushes(ctx, min(from, d.Today().AddDays(-1)), to)
	if err != nil {
		return err
	}
	for _, r := range week {
		switch {
		case r.State == ledger.PushFailed && r.Date >= d.Today().AddDays(-1) && !strings.HasSuffix(r.Detail, resolvedDetail):
			c.Failed++
		case r.State == ledger.PushSkipped && r.Date >= from && !toMember(r.Target) && day.Crowded(r.Detail):
			c.Crowded++
		}
	}
	c.MissingYear = day.NextMissingYear(d.Schedule.Calendar, d.Schedule.Specs, d.here())
	c.Lacks, err = d.Schedule.Lacks(ctx, d.Today())
	return err
}
