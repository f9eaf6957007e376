package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"lianwen/corpus"
)

// How the outbox works: how often it looks, how long a claim is believed to be
// worked on, how far back it accounts for days on which nothing ran.
const (
	outboxEvery  = 30 * time.Second
	claimLife    = 10 * time.Minute
	farthestBack = 31 // days
)

// PlanFunc is the plan as the configuration, the library and the records are
// when it is asked for.
type PlanFunc func(ctx context.Context, from, to corpus.Date) ([]Push, error)

// Outbox sends what the plan says, each push at most once, and records what
// became of it.
type Outbox struct {
	Channel  Channel
	Ready    func(to string) error // why the channel cannot send there; what is due waits for nil, within its window
	Records  Records
	Location *time.Location
	Plan     PlanFunc
	Library  func() (c *corpus.Corpus, release func())
	Limit    int               // pushes a target and day; more are skipped
	Alert    func(text string) // tells staff that a push may or may not have gone out; nil: only the log has it
	Log      *slog.Logger
	Now      func() time.Time

	wake chan struct{}
}

// NewOutbox completes an outbox.
func NewOutbox(o Outbox) *Outbox {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Ready == nil {
		o.Ready = func(string) error { return nil }
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
	left, err := o.Records.AbandonPushes(ctx, now.Add(-claimLife), now)
	if err != nil {
		return err
	}
	for _, r := range left {
		o.sayUncertain(r)
	}
	today := now.In(o.Location)
	to := dateOf(today)
	records, err := o.Records.Pushes(ctx, dateOf(today.AddDate(0, 0, -farthestBack)), to)
	if err != nil {
		return err
	}
	from := to // nothing before the first day is missing
	done := map[PushKey]PushRecord{}
	for i, r := range records {
		if i == 0 || r.Date > from {
			from = r.Date
		}
		done[r.Key()] = r
	}
	for _, r := range records { // a window may reach into the next day
		if r.State == PushWaiting {
			from = min(from, r.Date)
		}
	}
	paused, err := o.Records.Paused(ctx)
	if err != nil {
		return err
	}
	plan, err := o.Plan(ctx, from, to)
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
		if r, ok := done[p.Key()]; ok && !r.open(now) {
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
	return nil
}

// groupsFirst puts what goes to groups before what goes to single members: a
// card to three hundred of them, sent slowly, must not keep everybody's story
// back.
func groupsFirst(plan []Push) []Push {
	plan = slices.Clone(plan)
	slices.SortStableFunc(plan, func(a, b Push) int {
		_, groupA := GroupOf(a.Target)
		_, groupB := GroupOf(b.Target)
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

// PushKey is what makes a push that push.
type PushKey struct {
	Name, Target string
	Date         corpus.Date
}

// Key is the push's key.
func (p Push) Key() PushKey { return PushKey{p.Name, p.Target, p.Date} }

// open reports whether something is still to be done about a push.
func (r PushRecord) open(now time.Time) bool {
	return r.State == PushWaiting && (!r.NextTry.After(now) || now.After(r.Until))
}

// send sends one push and records what became of it. The zero record means that
// nothing was done: another process has it, the account is offline, or it waits
// as before.
func (o *Outbox) send(ctx context.Context, p Push, done map[PushKey]PushRecord, paused bool) (PushRecord, error) {
	r := PushRecord{Push: p, State: PushSkipped, At: o.Now()}
	before, text := done[p.Key()], ""
	to, wait, err := o.address(ctx, p.Target)
	if err != nil {
		return PushRecord{}, err
	}
	switch {
	case r.At.After(p.Until) && paused:
		r.Detail = pausedDetail
	case r.At.After(p.Until) && before.State == PushWaiting:
		r.State, r.Detail = PushFailed, before.Detail
	case r.At.After(p.Until):
		r.Detail = "过了时间"
		if wait != nil {
			r.Detail += "，" + wait.Error()
		}
	case paused:
		return o.hold(ctx, r, before, pausedDetail)
	case errors.Is(wait, ErrOffline): // of this the channel tells itself
		return PushRecord{}, nil
	case wait != nil && !errors.Is(wait, errNothing):
		return o.hold(ctx, r, before, wait.Error())
	case wait != nil:
		r.Detail = wait.Error()
	case o.full(p, done):
		r.Detail = fmt.Sprintf("这一天已经向这里发了 %d 条", o.Limit)
	default:
		if text, err = o.text(ctx, p); errors.Is(err, errNothing) {
			r.Detail = err.Error()
		} else if err != nil {
			return PushRecord{}, err
		}
	}
	if text == "" {
		return r, o.drop(ctx, r)
	}
	return o.deliver(ctx, r, Outgoing{To: to, Text: text})
}

// deliver claims a push and sends it, and records what became of it.
func (o *Outbox) deliver(ctx context.Context, r PushRecord, out Outgoing) (PushRecord, error) {
	claimed, err := o.Records.ClaimPush(ctx, r.Push, r.At)
	if err != nil || !claimed {
		return PushRecord{}, err
	}
	receipt, err := o.Channel.Send(ctx, out)
	r.judge(receipt, err, o.Now())
	o.Log.Info("推送", "push", r.Name, "target", r.Target, "date", r.Date, "state", r.State, "why", r.Detail)
	if r.State == PushUncertain {
		o.sayUncertain(r)
	}
	// What was done must be written down, whatever ends meanwhile.
	settling, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return r, o.Records.SettlePush(settling, r)
}

// drop records a push that is not sent.
func (o *Outbox) drop(ctx context.Context, r PushRecord) error {
	o.Log.Warn("推送没有发", "push", r.Name, "target", r.Target, "date", r.Date, "why", r.Detail)
	_, err := o.Records.SkipPush(ctx, r)
	return err
}

// sayUncertain tells that somebody has to look whether a push is there.
func (o *Outbox) sayUncertain(r PushRecord) {
	o.Log.Error("推送不知道有没有发出，不再重发，请到群里看一看", "push", r.Name, "target", r.Target, "date", r.Date)
	if o.Alert != nil {
		o.Alert(fmt.Sprintf("廉问：%s的推送“%s”（%s）不知道有没有发到%s，不会自动重发，请去看一看，再私聊我“核实”。", r.Date.Chinese(), r.Name, r.Title, targetName(r.Target)))
	}
}

// pausedDetail is why a push waits, or has not gone out, that staff keep back.
const pausedDetail = "已暂停"

// hold records that a push that is due has to wait, and why: whoever looks next
// knows of it, whatever happens to this process. The log has it once.
func (o *Outbox) hold(ctx context.Context, r, before PushRecord, why string) (PushRecord, error) {
	if before.State == PushWaiting && before.Detail == why {
		return PushRecord{}, nil
	}
	r.State, r.Detail, r.NextTry = PushWaiting, why, r.At
	o.Log.Warn("推送到了时间，还不能发，过一会再试", "push", r.Name, "target", r.Target, "date", r.Date, "why", why)
	_, err := o.Records.SkipPush(ctx, r)
	return r, err
}

// full reports whether a target has had enough for a day.
func (o *Outbox) full(p Push, done map[PushKey]PushRecord) bool {
	n := 0
	for _, r := range done {
		if r.Target == p.Target && r.Date == p.Date && (r.State == PushSent || r.State == PushUncertain || r.State == PushClaimed) {
			n++
		}
	}
	return n >= o.Limit
}

// judge makes a record of how sending went.
func (r *PushRecord) judge(receipt Receipt, err error, now time.Time) {
	r.At = now
	var refused *RefusedError
	switch {
	case err == nil:
		r.State, r.MessageID = PushSent, strings.Join(receipt.MessageIDs, " ")
	case errors.As(err, &refused) && len(receipt.MessageIDs) == 0:
		r.State, r.Detail = PushFailed, refused.Reason
		if refused.After > 0 {
			r.State, r.NextTry = PushWaiting, now.Add(refused.After)
		}
	default: // a part may be there
		r.State, r.Detail = PushUncertain, "不知道有没有发出"
	}
}
