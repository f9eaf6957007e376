package day

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// How the outbox works: how often it looks, how long a claim is believed to be
// worked on, how far back it accounts for days on which nothing ran.
const (
	outboxEvery  = 30 * time.Second
	claimLife    = 10 * time.Minute
	farthestBack = 31 // days
)

// Records is what the outbox needs of the ledger.
type Records interface {
	contentRecords
	ClaimPush(ctx context.Context, p ledger.Push, now time.Time, bounds ...ledger.Bound) (bool, error)
	SettlePush(ctx context.Context, r ledger.PushRecord) error
	SkipPush(ctx context.Context, r ledger.PushRecord) (bool, error)
	AbandonPushes(ctx context.Context, before, now time.Time) ([]ledger.PushRecord, error)
	Pushes(ctx context.Context, from, to corpus.Date) ([]ledger.PushRecord, error)
	Paused(ctx context.Context) ([]string, error)
	Gaps(ctx context.Context) ([]ledger.Gap, error)
	Senders(ctx context.Context, channel, number string) ([]string, error)
	Muted(ctx context.Context, number string) (since time.Time, err error)
}

// Outbox sends what the plan says, and what staff have asked for by hand, each
// push at most once, and records what became of it.
type Outbox struct {
	Channels []bot.Channel
	Records  Records
	Schedule *Schedule
	Caps     Caps              // what is more is skipped
	Alert    func(text string) // tells staff that they have to look at a push; nil: only the log has it
	Log      *slog.Logger      // nil discards
	Now      func() time.Time  // nil: the clock

	wake      chan struct{}
	ahead     []ledger.Push // what may still be to come this week, as of this look; see stillAhead
	exchanged bool          // it was said that the records are no longer those that were opened
	reminded  corpus.Date   // the day on which it was said last what is not approved yet
}

// NewOutbox completes an outbox.
func NewOutbox(o Outbox) *Outbox {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.wake = make(chan struct{}, 1)
	return &o
}

// Wake makes Run look at once: the channel can send again.
func (o *Outbox) Wake() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// Run works until ctx ends.
func (o *Outbox) Run(ctx context.Context) error {
	tick := time.NewTicker(outboxEvery)
	defer tick.Stop()
	for {
		if err := o.Work(ctx); err != nil && ctx.Err() == nil {
			o.Log.Error("推送没有做完，稍后再试", "err", err)
			o.sayExchanged(err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case <-o.wake:
		}
	}
}

// Work sends what is due now. A target that fails stops no other; an error is
// the ledger's.
func (o *Outbox) Work(ctx context.Context) error {
	now := o.Now()
	o.ahead = nil
	left, err := o.Records.AbandonPushes(ctx, now.Add(-claimLife), now)
	if err != nil {
		return err
	}
	for _, r := range left {
		o.sayUncertain(r)
	}
	plan, done, err := o.due(ctx, now)
	if err != nil {
		return err
	}
	if err := o.doubt(ctx, plan, done, now); err != nil {
		return err
	}
	paused, err := o.Records.Paused(ctx)
	if err != nil {
		return err
	}
	for _, p := range groupsFirst(plan) {
		if p.Due.After(now) {
			continue
		}
		if ctx.Err() != nil {
			break
		}
		if o.Now().Sub(now) > outboxEvery { // something may have come up that goes before the rest
			o.Wake()
			break
		}
		if r, ok := done[p.Key()]; ok && !open(r, now) {
			continue
		}
		r, err := o.send(ctx, p, done, slices.Contains(paused, p.Name))
		if err != nil {
			return err
		}
		if r.State != "" {
			done[p.Key()] = r
		}
	}
	return o.remind(ctx, now, paused)
}

// due is what may have to be done, and what has been done already, from the
// first day on for which somebody has to account.
func (o *Outbox) due(ctx context.Context, now time.Time) (plan []ledger.Push, done map[ledger.PushKey]ledger.PushRecord, err error) {
	today := now.In(o.Schedule.Location)
	to := corpus.DateOf(today)
	records, err := o.Records.Pushes(ctx, corpus.DateOf(today.AddDate(0, 0, -farthestBack)), to)
	if err != nil {
		return nil, nil, err
	}
	from := to // nothing before the first day is missing
	done = map[ledger.PushKey]ledger.PushRecord{}
	for i, r := range records {
		if i == 0 || r.Date > from {
			from = r.Date
		}
		done[r.Key()] = r
	}
	for _, r := range records { // a window may reach into the next day
		if r.State == ledger.PushWaiting {
			from = min(from, r.Date)
		}
	}
	plan, err = o.Schedule.Plan(ctx, from, to)
	return withAsked(plan, records), done, err
}

// withAsked is the plan with what staff have asked for by hand: a record that
// waits and that no plan has, or that is due earlier than planned.
func withAsked(plan []ledger.Push, records []ledger.PushRecord) []ledger.Push {
	at := map[ledger.PushKey]int{}
	for i, p := range plan {
		at[p.Key()] = i
	}
	plan = slices.Clone(plan)
	for _, r := range records {
		i, planned := at[r.Key()]
		switch {
		case r.State != ledger.PushWaiting:
		case !planned:
			plan = append(plan, r.Push)
		case r.Due.Before(plan[i].Due):
			plan[i] = r.Push
		}
	}
	return plan
}

// groupsFirst puts what goes to groups before what goes to single members: a
// card to three hundred of them, sent slowly, must not keep everybody's story
// back.
func groupsFirst(plan []ledger.Push) []ledger.Push {
	plan = slices.Clone(plan)
	slices.SortStableFunc(plan, func(a, b ledger.Push) int {
		groupA := toGroup(a.Target)
		groupB := toGroup(b.Target)
		switch {
		case groupA == groupB:
			return 0
		case groupA:
			return -1
		}
		return 1
	})
	return plan
}

func toGroup(target string) bool {
	t, ok := bot.ParseTarget(target)
	return ok && t.Kind == bot.GroupKind
}

// open reports whether something is still to be done about a push.
func open(r ledger.PushRecord, now time.Time) bool {
	return r.State == ledger.PushWaiting && (!r.NextTry.After(now) || now.After(r.Until))
}
