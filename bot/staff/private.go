package staff

import (
	"context"
	"strings"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
)

// Members may want nothing sent in private that they have not asked for, and that
// is not for staff to know of anyone. Who was sent something and who is not bound
// can be found out elsewhere, so that who is left over would be known: of a push
// to a member that is over staff see only that it is.

// pushOver is what has become of a push to a member that is over, whether it was
// sent or not.
const pushOver ledger.PushState = "over"

// overWords is pushOver in words.
const overWords = "办过（没有绑定的、本人不收的不发，不列是谁）"

// keepPrivate leaves out of a push to a member whether it was sent.
func (s *PushStatus) keepPrivate() {
	if toMember(s.Target) && (s.State == ledger.PushSent || s.State == ledger.PushSkipped) {
		s.State, s.Detail = pushOver, ""
	}
}

// toMember reports whether a target is a member in private.
func toMember(target string) bool {
	t, ok := bot.ParseTarget(target)
	return ok && t.Kind == bot.MemberKind
}

// overInPrivate are the pushes of today to members that were not sent because
// they are not bound or do not want it. To ask for one anew would tell it from
// one that was sent.
func (d *Desk) overInPrivate(ctx context.Context) (map[ledger.PushKey]bool, error) {
	records, err := d.Ledger.Pushes(ctx, d.Today(), d.Today())
	over := map[ledger.PushKey]bool{}
	for _, r := range records {
		if toMember(r.Target) && r.State == ledger.PushSkipped && strings.Contains(r.Detail, day.PrivateDetail) {
			over[r.Key()] = true
		}
	}
	return over, err
}
