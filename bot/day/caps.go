package day

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// Caps are how many pushes a group, and a person in private, get at most in a day
// and in a week from Monday to Sunday, whatever channels and targets they come
// over. 0 is no cap.
type Caps struct{ GroupDay, GroupWeek, PersonDay, PersonWeek int }

// Place is the group or the person that a target means, whichever channel it
// names: wechat:group:甲, group:甲 and a card to be forwarded to 甲 are one.
func Place(target string) string {
	name, forward := strings.CutPrefix(target, forwardPrefix)
	t, ok := bot.ParseTarget(target)
	switch {
	case forward:
		return bot.GroupAddress(name)
	case ok && t.Kind == bot.GroupKind:
		return bot.GroupAddress(t.Name)
	}
	return target
}

// forwardPrefix begins the target of a card that a person forwards to a group.
const forwardPrefix = "forward:"

// span is some days, and how many pushes may go to a place within them.
type span struct {
	name     string // for people
	from, to corpus.Date
	most     int
}

// spans are the caps on a target that hold on a day.
func (c Caps) spans(target string, on corpus.Date) (list []span) {
	day, week := c.GroupDay, c.GroupWeek
	if strings.HasPrefix(target, memberPrefix) {
		day, week = c.PersonDay, c.PersonWeek
	}
	first, last := Week(on)
	for _, s := range []span{{"这一天", on, on, day}, {"这一周", first, last, week}} {
		if s.most > 0 {
			list = append(list, s)
		}
	}
	return list
}

// Week is the week that a day is in, from Monday to Sunday.
func Week(on corpus.Date) (from, to corpus.Date) { return monday(on), monday(on).AddDays(6) }

// monday is the first day of the week that a day is in.
func monday(on corpus.Date) corpus.Date {
	t, err := time.Parse(time.DateOnly, string(on))
	if err != nil {
		return on
	}
	return on.AddDays(-(int(t.Weekday()) + 6) % 7)
}

// rank says which contents go first where not all fit: what is for an occasion,
// which does not come again, then the question, by which members are counted,
// then the rest, of which there is more tomorrow.
func rank(content string) int {
	switch content {
	case NoticeContent, CardContent:
		return 0
	case QuestionContent:
		return 1
	}
	return 2
}

// counts reports whether a push has been received, or may have been.
func counts(s ledger.PushState) bool {
	return s == ledger.PushSent || s == ledger.PushUncertain || s == ledger.PushClaimed
}

// fitting is the text of a push that its group or person may still get; why is
// why there is none.
func (o *Outbox) fitting(ctx context.Context, draft Draft, p ledger.Push, done map[ledger.PushKey]ledger.PushRecord) (text, why string, err error) {
	if why, err = o.beyond(ctx, p, done); why != "" || err != nil {
		return "", why, err
	}
	text, err = o.text(ctx, draft, p)
	if errors.Is(err, errNothing) {
		return "", err.Error(), nil
	}
	return text, "", err
}

// beyond says why a push is more than its group or person may get; "": it is not.
func (o *Outbox) beyond(ctx context.Context, p ledger.Push, done map[ledger.PushKey]ledger.PushRecord) (why string, err error) {
	for _, s := range o.Caps.spans(p.Target, p.Date) {
		if why, err = o.exceeds(ctx, s, p, done); why != "" || err != nil {
			break
		}
	}
	return why, err
}

// full counts what has gone to a place within a span; why is that no more may.
func (s span) full(place string, records iter.Seq[ledger.PushRecord]) (n int, why string) {
	for r := range records {
		if counts(r.State) && Place(r.Target) == place && s.from <= r.Date && r.Date <= s.to {
			n++
		}
	}
	if n >= s.most {
		why = fmt.Sprintf("%s"+sentHere+" %d 条", s.name, n)
	}
	return n, why
}

// Full says why nothing more may go to a target on a day, from the records of its
// week; "": something may.
func (c Caps) Full(target string, on corpus.Date, week []ledger.PushRecord) string {
	for _, s := range c.spans(target, on) {
		if _, why := s.full(Place(target), slices.Values(week)); why != "" {
			return why
		}
	}
	return ""
}

// exceeds says why a push is too much for the days of a cap: because of what has
// gone there, or of what goes there first and is still to come. "": it is not.
func (o *Outbox) exceeds(ctx context.Context, s span, p ledger.Push, done map[ledger.PushKey]ledger.PushRecord) (why string, err error) {
	to := Place(p.Target)
	n, why := s.full(to, maps.Values(done))
	if why != "" {
		return why, nil
	}
	if rank(p.Content) == 0 {
		return "", nil
	}
	ahead, err := o.stillAhead(ctx, s.to, done)
	if err != nil {
		return "", err
	}
	var first []string
	for _, q := range ahead {
		if Place(q.Target) == to && q.Date >= s.from && rank(q.Content) < rank(p.Content) {
			n++
			if !slices.Contains(first, q.Name) {
				first = append(first, q.Name)
			}
		}
	}
	if n < s.most {
		return "", nil
	}
	return fmt.Sprintf("%s"+mostHere+" %d 条，留给%s", s.name, s.most, strings.Join(first, "、")), nil
}

// stillAhead is what is planned up to a day, that included, and has neither gone
// out nor been given up or held back. What is planned is asked for once a look.
func (o *Outbox) stillAhead(ctx context.Context, to corpus.Date, done map[ledger.PushKey]ledger.PushRecord) (list []ledger.Push, err error) {
	now := o.Now()
	today := corpus.DateOf(now.In(o.Schedule.Location))
	if o.ahead == nil {
		from := today.AddDays(-1) // a window may reach into the next day
		if o.ahead, err = o.Schedule.Plan(ctx, from, today.AddDays(6)); err != nil {
			return nil, err
		}
		paused, err := o.Records.Paused(ctx)
		if err != nil {
			return nil, err
		}
		dropped, err := o.droppedAhead(ctx, today)
		if err != nil {
			return nil, err
		}
		o.ahead = slices.DeleteFunc(o.ahead, func(p ledger.Push) bool {
			return slices.Contains(paused, p.Name) || now.After(p.Until) || dropped[p.Key()]
		})
	}
	for _, p := range o.ahead {
		if r, ok := done[p.Key()]; p.Date <= to && (!ok || r.State == ledger.PushWaiting) {
			list = append(list, p)
		}
	}
	return list, nil
}

// droppedAhead is what staff have skipped of the days after today.
func (o *Outbox) droppedAhead(ctx context.Context, today corpus.Date) (map[ledger.PushKey]bool, error) {
	records, err := o.Records.Pushes(ctx, today.AddDays(1), today.AddDays(6))
	dropped := map[ledger.PushKey]bool{}
	for _, r := range records {
		dropped[r.Key()] = r.State == ledger.PushSkipped
	}
	return dropped, err
}

// What is in why a push did not go out because of caps; fullDetail is why one did not
// that still fitted when it was looked.
const (
	sentHere   = "已经向这里发了"
	mostHere   = "最多向这里发"
	fullDetail = "已经向这里发够了"
)

// Crowded reports whether caps are why a push did not go out.
func Crowded(detail string) bool {
	return strings.Contains(detail, sentHere) || strings.Contains(detail, mostHere) || detail == fullDetail
}

// bounds are the caps on a push as its claim keeps them.
func (o *Outbox) bounds(p ledger.Push) (list []ledger.Bound) {
	targets := []string{p.Target}
	if name, ok := bot.GroupOf(Place(p.Target)); ok {
		targets = []string{bot.GroupAddress(name), forwardPrefix + name}
		for _, ch := range o.Channels {
			targets = append(targets, bot.Target{Channel: ch.Name(), Kind: bot.GroupKind, Name: name}.String())
		}
		if !slices.Contains(targets, p.Target) { // by a channel that another process has
			targets = append(targets, p.Target)
		}
	}
	for _, s := range o.Caps.spans(p.Target, p.Date) {
		list = append(list, ledger.Bound{Targets: targets, From: s.from, To: s.to, Most: s.most})
	}
	return list
}
