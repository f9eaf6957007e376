package day_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger/ledgertest"
)

// Of a push that its group could not get anyway staff are not asked to approve it
// in a hurry; where there is room it waits and they are.
func TestUnsignedBeyondCaps(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		specs := kinds("group:甲")[:2]
		specs[0].Approval = true
		d, told := newOffice(t, w, specs...)
		d.outbox.Caps.GroupDay = 1
		d.at(1, 8, 0)
		says(t, told)
		d.at(1, 9, 0)
		d.are(1, "story group:甲 skipped 这一天最多向这里发 1 条，留给quiz", "quiz group:甲 sent")
		d.outbox.Caps.GroupDay = 2
		d.at(2, 8, 0)
		says(t, told, "还没有签发，没有发")
		d.are(2, "story group:甲 waiting 还没有签发")
	})
}

// A push to single people waits for its approval whatever they have got.
func TestUnsignedToMembersWaits(t *testing.T) {
	t.Parallel()
	specs := kinds("member:A01")[:2]
	specs[0].Approval = true
	d, told := newOffice(t, ledgertest.SQLite(t), specs...)
	d.outbox.Caps.PersonDay = 1
	d.bind("A01", "@zhang")
	d.at(1, 8, 0)
	says(t, told, "还没有签发，没有发")
	d.are(1, "story member:A01 waiting 还没有签发")
}

// In the night staff are left in peace where the morning is early enough; told they
// are once.
func TestUnsignedInTheNight(t *testing.T) {
	t.Parallel()
	for at, later := range map[[2]int]bool{{21, 29}: false, {21, 30}: true, {6, 0}: true, {7, 29}: true, {7, 30}: false} {
		spec := signed(story("group:甲"))
		spec.At, spec.Window = time.Duration(at[0])*time.Hour+time.Duration(at[1])*time.Minute, 12*time.Hour
		d, told := newOffice(t, ledgertest.SQLite(t), spec)
		d.at(1, at[0], at[1])
		d.are(1, "story group:甲 waiting 还没有签发")
		if (len(*told) == 0) != later {
			t.Errorf("at %v told %q", at, *told)
		}
		morning := map[bool]int{true: 2, false: 1}[at[0] > 12]
		for minute := 29; minute < 33; minute++ {
			d.at(morning, 7, minute)
		}
		*told = slices.DeleteFunc(*told, func(text string) bool { return !strings.Contains(text, "到了时间") }) // without the afternoon's
		says(t, told, "到了时间，还没有签发，没有发")
	}
	spec := signed(story("group:甲"))
	spec.At, spec.Window = 22*time.Hour, 9*time.Hour+30*time.Minute
	d, told := newOffice(t, ledgertest.SQLite(t), spec)
	d.at(1, 22, 0) // the morning is too late
	says(t, told, "12月2日07:30前签发的仍会发出")
}
