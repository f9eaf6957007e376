package day

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// RemindHour is when staff are told what of the days up to the next working day
// they have not approved yet.
const RemindHour = 15

// remindShown is how many texts a reminder names.
const remindShown = 3

// drafted is what a push that needs approval says, as things stand now, and puts
// the content of that into its record; of one that needs none, or that does not go
// out anyway, there is no draft.
func (o *Outbox) drafted(ctx context.Context, spec PushSpec, r *ledger.PushRecord, paused bool) (Draft, error) {
	if !spec.Approval || paused || r.At.After(r.Until) {
		return Draft{}, nil
	}
	c, release := o.Schedule.Library()
	defer release()
	g, err := o.Schedule.drafting(ctx, c, r.Date, r.Date, o.Now())
	if err != nil {
		return Draft{}, err
	}
	d, err := g.draft(ctx, r.Push)
	if err == nil {
		r.Push = d.Push
	}
	return d, err
}

// unsigned deals with a push that is due and not approved: it waits, unless its
// group could not get it with an approval either. What single people have got must
// not show (mute.go): there it waits in any case.
func (o *Outbox) unsigned(ctx context.Context, r, before ledger.PushRecord, why string, done map[ledger.PushKey]ledger.PushRecord) (ledger.PushRecord, error) {
	if !toGroup(r.Target) {
		return o.holdUnsigned(ctx, r, before, why)
	}
	full, err := o.beyond(ctx, r.Push, done)
	switch {
	case err != nil:
		return ledger.PushRecord{}, err
	case full == "":
		return o.holdUnsigned(ctx, r, before, why)
	}
	r.Detail = full
	return r, o.drop(ctx, r)
}

// When people are not to be disturbed, from and to after midnight.
const (
	restFrom = 21*time.Hour + 30*time.Minute
	restTo   = 7*time.Hour + 30*time.Minute
)

// Resting reports whether people are not to be disturbed at a time after midnight.
func Resting(at time.Duration) bool { return at >= restFrom || at < restTo }

// tellLater reports whether what staff are to do until a time is told them when
// their rest is over, early enough.
func (o *Outbox) tellLater(now, until time.Time) bool {
	t := now.In(o.Schedule.Location)
	morning := time.Date(t.Year(), t.Month(), t.Day(), 0, int(restTo/time.Minute), 0, 0, t.Location())
	if sinceMidnight(t) >= restFrom {
		morning = morning.AddDate(0, 0, 1)
	}
	return Resting(sinceMidnight(t)) && morning.Before(until)
}

// sinceMidnight is the time of day that a clock shows.
func sinceMidnight(t time.Time) time.Duration {
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// holdUnsigned holds a push that is due and not approved. Staff are told once, for
// all its targets, also by several processes.
func (o *Outbox) holdUnsigned(ctx context.Context, r, before ledger.PushRecord, why string) (ledger.PushRecord, error) {
	if o.tellLater(r.At, r.Until) {
		return o.hold(ctx, r, before, why)
	}
	if before.State == ledger.PushWaiting && before.Detail == why && !o.tellLater(before.At, r.Until) {
		return ledger.PushRecord{}, nil
	}
	first, err := o.Schedule.Ledger.TellOnce(ctx, fmt.Sprintf("held %s %s: %s", r.Name, r.Date, why), r.At)
	if err != nil {
		return ledger.PushRecord{}, err
	}
	if first && o.Alert != nil {
		o.Alert(fmt.Sprintf("廉问：%s到了时间，%s，没有发。%s前签发的仍会发出，过后不发。%s",
			o.named(r.Push), why, o.clock(r.Until), howToSign))
	}
	return o.hold(ctx, r, ledger.PushRecord{}, why) // also where it waits as before: staff know of it from now on
}

// ended is what becomes of a push that has waited until its window was over.
func ended(before ledger.PushRecord) (ledger.PushState, string) {
	if slices.Contains(keptBack, before.Detail) {
		return ledger.PushSkipped, before.Detail
	}
	return ledger.PushFailed, before.Detail
}

// howToSign is where staff approve.
const howToSign = "请私聊我“签发”，或者在服务器上运行 lianwen approval list。"

// remind tells staff, once in the afternoon of a working day, what of tomorrow and
// the days up to the next working day is not approved yet.
func (o *Outbox) remind(ctx context.Context, now time.Time, paused []string) error {
	today := now.In(o.Schedule.Location)
	date := corpus.DateOf(today)
	if !o.Schedule.Approves() || today.Hour() < RemindHour || Resting(sinceMidnight(today)) || o.reminded == date || !o.Schedule.Calendar.Workday(today) {
		return nil
	}
	next := today.AddDate(0, 0, 1)
	for !o.Schedule.Calendar.Workday(next) {
		next = next.AddDate(0, 0, 1)
	}
	list, err := o.Schedule.Drafts(ctx, date.AddDays(1), corpus.DateOf(next), now)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(d Draft) bool { return d.Why == "" || slices.Contains(paused, d.Push.Name) })
	if len(list) == 0 {
		return nil
	}
	first, err := o.Schedule.Ledger.TellOnce(ctx, "not approved on "+string(date), now)
	if err != nil {
		return err
	}
	o.reminded = date
	if !first {
		return nil
	}
	var names []string
	for _, d := range list[:min(len(list), remindShown)] {
		names = append(names, o.named(d.Push))
	}
	text := strings.Join(names, "，")
	if len(list) > remindShown {
		text += fmt.Sprintf("等 %d 条", len(list))
	}
	o.Log.Warn("还有推送没有签发", "until", corpus.DateOf(next), "count", len(list))
	if o.Alert != nil {
		o.Alert("廉问：" + text + "还没有签发，到时不签发就不发。" + howToSign)
	}
	return nil
}

// titleShown is how much of a title staff are told, in characters: that of a
// question is its text.
const titleShown = 20

// named is a push as staff are told of it.
func (o *Outbox) named(p ledger.Push) string {
	title := []rune(p.Title)
	if len(title) > titleShown {
		title = append(title[:titleShown:titleShown], '…')
	}
	return fmt.Sprintf("%s的“%s”（%s）", o.clock(p.Due), p.Name, string(title))
}

// clock is a time as people say it.
func (o *Outbox) clock(t time.Time) string {
	return t.In(o.Schedule.Location).Format("1月2日15:04")
}
