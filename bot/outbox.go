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

// Outbox sends what the plan says, each push at most once, and records what
// became of it.
type Outbox struct {
	Channel  Channel
	Ready    func() bool // the channel can send; what is due waits for it, within its window
	Records  Records
	Location *time.Location
	Plan     func(from, to corpus.Date) []Push // as the configuration and the library are now
	Library  func() (c *corpus.Corpus, release func())
	Limit    int // pushes a target and day; more are skipped
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
		o.Ready = func() bool { return true }
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
		o.Log.Error("推送不知道有没有发出，不再重发，请到群里看一看", "push", r.Name, "target", r.Target, "date", r.Date)
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
	paused, err := o.Records.Paused(ctx)
	if err != nil {
		return err
	}
	for _, p := range o.Plan(from, to) {
		if p.Due.After(now) || ctx.Err() != nil {
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
// nothing was done: another process has it, the channel is not ready, or staff
// keep it back.
func (o *Outbox) send(ctx context.Context, p Push, done map[PushKey]PushRecord, paused bool) (PushRecord, error) {
	r := PushRecord{Push: p, State: PushSkipped, At: o.Now()}
	before := done[p.Key()]
	text, to := "", ""
	var err error
	switch {
	case r.At.After(p.Until) && before.State == PushWaiting:
		r.State, r.Detail = PushFailed, before.Detail
	case r.At.After(p.Until):
		r.Detail = "过了时间"
		if paused {
			r.Detail = "已暂停"
		}
	case paused, !o.Ready():
		return PushRecord{}, nil
	case o.full(p, done):
		r.Detail = fmt.Sprintf("这一天已经向这里发了 %d 条", o.Limit)
	default:
		if text, to, err = o.prepare(ctx, p); errors.Is(err, errNothing) {
			r.Detail = err.Error()
		} else if err != nil {
			return PushRecord{}, err
		}
	}
	if text == "" {
		o.Log.Warn("推送没有发", "push", p.Name, "target", p.Target, "date", p.Date, "why", r.Detail)
		_, err := o.Records.SkipPush(ctx, r)
		return r, err
	}
	claimed, err := o.Records.ClaimPush(ctx, p, r.At)
	if err != nil || !claimed {
		return PushRecord{}, err
	}
	receipt, err := o.Channel.Send(ctx, Outgoing{To: to, Text: text})
	r.judge(receipt, err, o.Now())
	o.Log.Info("推送", "push", p.Name, "target", p.Target, "date", p.Date, "state", r.State, "why", r.Detail)
	// What was done must be written down, whatever ends meanwhile.
	settling, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return r, o.Records.SettlePush(settling, r)
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

// errNothing means that there is nothing to send; its text says why.
var errNothing = errors.New("没有可发的内容")

// prepare makes the text of a push and finds out where it goes.
func (o *Outbox) prepare(ctx context.Context, p Push) (text, to string, err error) {
	to = p.Target
	if number, ok := strings.CutPrefix(p.Target, "member:"); ok {
		to, err = o.Records.Sender(ctx, o.Channel.Name(), number)
		if errors.Is(err, ErrNoMember) {
			return "", "", fmt.Errorf("%w：编号 %s 没有绑定", errNothing, number)
		}
		if err != nil {
			return "", "", err
		}
	}
	c, release := o.Library()
	defer release()
	switch p.Content {
	case StoryContent:
		for _, s := range c.Stories {
			if s.ID == p.ContentID {
				return storyText(s), to, nil
			}
		}
	case NoticeContent:
		for _, n := range c.Notices {
			if n.ID == p.ContentID {
				return strings.Join(appendMark([]string{p.Title, n.Text}, n.Sample), "\n"), to, nil
			}
		}
	case QuestionContent:
		for _, q := range c.Questions {
			if q.ID != p.ContentID {
				continue
			}
			round, err := o.Records.OpenRound(ctx, Round{ID: string(p.Date), Question: *q, Opened: o.Now(), Closes: o.Now().AddDate(0, 0, RoundDays)})
			if err != nil {
				return "", "", err
			}
			return questionText(round, sampled(c, q), o.Location), to, nil
		}
	}
	return "", "", fmt.Errorf("%w：制度库里没有 %s", errNothing, p.ContentID)
}
