package day

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// PausedDetail is why a push waits, or has not gone out, that staff keep back.
const PausedDetail = "已暂停"

// route is by which channel a push goes, and to which address.
type route struct {
	via bot.Channel
	to  string
}

// route finds the way to a target; wait is why there is none now. Of several
// channels the first that can send there is taken.
func (o *Outbox) route(ctx context.Context, target string) (way route, wait, err error) {
	t, ok := bot.ParseTarget(target)
	if !ok {
		return route{}, fmt.Errorf("%w：不认识 %s", errNothing, target), nil
	}
	wait = fmt.Errorf("%w：没有能发到%s的渠道", errNothing, t.Name)
	if t.Kind == bot.MemberKind {
		wait = errPrivate
		if since, err := o.Records.Muted(ctx, t.Name); err != nil || !since.IsZero() {
			return route{}, wait, err
		}
	}
	for _, ch := range o.Channels {
		addresses, err := o.addresses(ctx, ch, t)
		if err != nil {
			return route{}, nil, err
		}
		for _, to := range addresses {
			ready := ch.Ready(to)
			if ready == nil {
				return route{ch, to}, nil, nil
			}
			if !errors.Is(wait, bot.ErrOffline) { // a channel that is away may know the target
				wait = ready
			}
		}
	}
	return route{}, wait, nil
}

// addresses are what a target is called on a channel. With several accounts a
// member is bound to several senders, and a channel reaches but one of them.
func (o *Outbox) addresses(ctx context.Context, ch bot.Channel, t bot.Target) ([]string, error) {
	can := ch.Capabilities()
	switch {
	case !can.Initiates, t.Channel != "" && t.Channel != ch.Name():
		return nil, nil
	case t.Kind == bot.MemberKind && can.Direct:
		return o.Records.Senders(ctx, ch.Name(), t.Name)
	case t.Kind == bot.GroupKind && can.Groups:
		return []string{bot.GroupAddress(t.Name)}, nil
	}
	return nil, nil
}

// send sends one push and records what became of it. The zero record means that
// nothing was done: another process has it, the account is offline, or it waits
// as before.
func (o *Outbox) send(ctx context.Context, p ledger.Push, done map[ledger.PushKey]ledger.PushRecord, paused bool) (ledger.PushRecord, error) {
	r := ledger.PushRecord{Push: p, State: ledger.PushSkipped, At: o.Now()}
	before, text := done[p.Key()], ""
	way, wait, err := o.route(ctx, p.Target)
	if err != nil {
		return ledger.PushRecord{}, err
	}
	spec, configured := o.Schedule.Spec(p.Name)
	draft, err := o.drafted(ctx, spec, &r, paused)
	if err != nil {
		return ledger.PushRecord{}, err
	}
	switch {
	case !configured:
		r.Detail = "配置里没有这一项推送了"
	case r.At.After(p.Until) && paused:
		r.Detail = PausedDetail
	case r.At.After(p.Until) && before.State == ledger.PushWaiting:
		r.State, r.Detail = ended(before)
	case r.At.After(p.Until):
		r.Detail = "过了时间"
		if wait != nil {
			r.Detail += "，" + wait.Error()
		}
	case paused:
		return o.hold(ctx, r, before, PausedDetail)
	case draft.nothing:
		r.Detail = draft.Why
	case draft.Why != "":
		return o.unsigned(ctx, r, before, draft.Why, done)
	case errors.Is(wait, bot.ErrOffline): // of this the channel tells itself
		return ledger.PushRecord{}, nil
	case wait != nil && !errors.Is(wait, errNothing):
		return o.hold(ctx, r, before, wait.Error())
	case wait != nil:
		r.Detail = wait.Error()
	default:
		if text, r.Detail, err = o.fitting(ctx, draft, r.Push, done); err != nil {
			return ledger.PushRecord{}, err
		}
	}
	if text == "" {
		return r, o.drop(ctx, r)
	}
	return o.deliver(ctx, r, way.via, bot.Outgoing{To: way.to, Text: text})
}

// text makes the text of a push from the library as it is now, or is the one that
// was approved.
func (o *Outbox) text(ctx context.Context, d Draft, p ledger.Push) (string, error) {
	if d.Text != "" && p.Content != QuestionContent {
		return d.Text, nil
	}
	c, release := o.Schedule.Library()
	defer release()
	text, err := contents{o.Records, o.Schedule, o.Now}.text(ctx, p, c)
	if err == nil && d.Text != "" && text != d.Text { // another process has opened the round meanwhile
		err = fmt.Errorf("text of %s of %s is no longer that which was approved", p.Name, p.Date)
	}
	return text, err
}

// deliver claims a push and sends it, and records what became of it.
func (o *Outbox) deliver(ctx context.Context, r ledger.PushRecord, via bot.Channel, out bot.Outgoing) (ledger.PushRecord, error) {
	claimed, err := o.Records.ClaimPush(ctx, r.Push, r.At, o.bounds(r.Push)...)
	if errors.Is(err, ledger.ErrFull) { // another process was there between the look and the claim
		r.Detail = fullDetail
		return r, o.drop(ctx, r)
	}
	if err != nil || !claimed {
		return ledger.PushRecord{}, err
	}
	receipt, err := via.Send(ctx, out)
	judge(&r, receipt, err, o.Now())
	o.Log.Info("推送", "push", r.Name, "target", nameless(r.Target), "date", r.Date, "state", r.State, "why", r.Detail)
	if r.State == ledger.PushUncertain {
		o.sayUncertain(r)
	}
	// What was done must be written down, whatever ends meanwhile.
	settling, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return r, o.Records.SettlePush(settling, r)
}

// drop records a push that is not sent.
func (o *Outbox) drop(ctx context.Context, r ledger.PushRecord) error {
	o.Log.Warn("推送没有发", "push", r.Name, "target", nameless(r.Target), "date", r.Date, "why", r.Detail)
	_, err := o.Records.SkipPush(ctx, r)
	return err
}

// sayUncertain tells that somebody has to look whether a push is there.
func (o *Outbox) sayUncertain(r ledger.PushRecord) {
	o.Log.Error("推送不知道有没有发出，不再重发，请到群里看一看", "push", r.Name, "target", r.Target, "date", r.Date)
	if o.Alert != nil {
		o.Alert(fmt.Sprintf("廉问：%s的推送“%s”（%s）不知道有没有发到%s，不会自动重发，请去看一看，再私聊我“核实”。", r.Date.Chinese(), r.Name, r.Title, TargetName(r.Target)))
	}
}

// hold records that a push that is due has to wait, and why: whoever looks next
// knows of it, whatever happens to this process. The log has it once.
func (o *Outbox) hold(ctx context.Context, r, before ledger.PushRecord, why string) (ledger.PushRecord, error) {
	if before.State == ledger.PushWaiting && before.Detail == why {
		return ledger.PushRecord{}, nil
	}
	r.State, r.Detail, r.NextTry = ledger.PushWaiting, why, r.At
	o.Log.Warn("推送到了时间，还不能发，过一会再试", "push", r.Name, "target", nameless(r.Target), "date", r.Date, "why", why)
	_, err := o.Records.SkipPush(ctx, r)
	return r, err
}

// judge makes a record of how sending went.
func judge(r *ledger.PushRecord, receipt bot.Receipt, err error, now time.Time) {
	r.At = now
	var refused *bot.RefusedError
	switch {
	case err == nil:
		r.State, r.MessageID = ledger.PushSent, strings.Join(receipt.MessageIDs, " ")
	case errors.As(err, &refused) && len(receipt.MessageIDs) == 0:
		r.State, r.Detail = ledger.PushFailed, refused.Reason
		if refused.After > 0 {
			r.State, r.NextTry = ledger.PushWaiting, now.Add(refused.After)
		}
	default: // a part may be there
		r.State, r.Detail = ledger.PushUncertain, "不知道有没有发出"
	}
}

// TargetName is a target as people call it: without its channel and kind.
func TargetName(target string) string {
	if t, ok := bot.ParseTarget(target); ok {
		return t.Name
	}
	return target
}
