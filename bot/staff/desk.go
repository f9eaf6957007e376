package staff

import (
	"context"
	"sync/atomic"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/relief"
	"lianwen/corpus"
)

// Desk is where staff work: the records, the library and the schedule that the
// operations are done on. Its methods may be called from many goroutines.
type Desk struct {
	Ledger   *ledger.Ledger
	Library  day.Library
	Schedule *day.Schedule // nil: the configuration has no pushes
	Reviewer *day.Reviewer // nil: one of its own is made by New
	Location *time.Location
	Now      func() time.Time // nil: the clock
	Caps     day.Caps         // how much is pushed to whom at most
	Waiver   relief.Waiver    // what of 减负 the operator has allowed to be broken
	Unit     string           // the name of the office, for what is printed; "": it leaves room
	Dir      string           // the library's folder; "": it cannot be changed here, as the sample
	// JudgedFile is where the questions stand of which staff know the answer, one JSON
	// object a line; "": nowhere.
	JudgedFile string
	// Reindex has the index built anew while the old one answers. It returns at
	// once; how it went comes once, unless the program is stopped: then the
	// channel is closed. ok is false when one is under way. nil: it cannot be
	// done here.
	Reindex func() (result <-chan string, ok bool)

	reindexed atomic.Pointer[string] // when and how the last rebuilding went
	read      shelved                // see OnDisk
}

// New completes a desk.
func New(d *Desk) *Desk {
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Location == nil {
		d.Location = time.Local
	}
	if d.Reviewer == nil {
		d.Reviewer = &day.Reviewer{Ledger: d.Ledger, Now: d.Now}
	}
	return d
}

// Today is the day it is where the desk stands.
func (d *Desk) Today() corpus.Date { return corpus.DateOf(d.here()) }

// here is the time where the desk stands.
func (d *Desk) here() time.Time { return d.Now().In(d.Location) }

// ThisYear is from new year to today.
func (d *Desk) ThisYear() (from, to corpus.Date) {
	now := d.here()
	return corpus.Date(now.Format("2006") + "-01-01"), corpus.DateOf(now)
}

// OnRoster is the member with a number who has not left.
func (d *Desk) OnRoster(ctx context.Context, number string) (ledger.Member, error) {
	members, err := d.Ledger.Members(ctx)
	if err != nil {
		return ledger.Member{}, err
	}
	m, ok := numbered(members, number)
	if !ok || m.Left != "" {
		return ledger.Member{}, bot.NotFound.Sayf("花名册里没有在册的编号 %s。", number)
	}
	return m, nil
}

// numbered is the member with a number, as it is on the roster or else in
// another spelling, if that is one member's alone.
func numbered(members []ledger.Member, number string) (m ledger.Member, ok bool) {
	key, found := bot.Key(number), 0
	for _, candidate := range members {
		switch {
		case candidate.Number == number:
			return candidate, true
		case bot.Key(candidate.Number) == key:
			m = candidate
			found++
		}
	}
	return m, found == 1
}
