package day_test

import (
	"testing"

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
