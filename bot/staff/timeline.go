package staff

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// Day is what goes out on a day.
type Day struct {
	Date    corpus.Date
	Off     bool // it is no working day
	Batches []Batch
}

// Batch is a push of a day with all whom it goes to. Its Push is that of the first.
type Batch struct {
	ledger.Push
	Paused     bool
	Approval   string // whether it is approved, in words; "" where it need not be
	Open       int    // of those it goes to, how many it can still go out to
	Asked      bool   // somebody has asked for it by hand, and it waits for that
	Configured bool   // the configuration has it
	Standings  []Standing
}

// Standing is where a push stands with some of those it goes to, in words.
type Standing struct {
	State   ledger.PushState
	Words   string
	Next    string   // what to do about it; "" nothing
	Places  []string // the groups, by name, and members for whom something is to be done
	Members int      // in private, all others; who is nobody's business
}

// Days are some days with what goes out on them, in order of time, every day there is.
func (d *Desk) Days(ctx context.Context, from, to corpus.Date) ([]Day, error) {
	list, err := d.Pushes(ctx, from, to)
	if err != nil {
		return nil, err
	}
	members, err := d.Ledger.Members(ctx)
	if err != nil {
		return nil, err
	}
	yields, err := d.yields(ctx, from, to)
	if err != nil {
		return nil, err
	}
	var days []Day
	for date := from; date <= to; date = date.AddDays(1) {
		one := Day{Date: date}
		if t, err := time.Parse(time.DateOnly, string(date)); err == nil && d.Schedule != nil {
			one.Off = !d.Schedule.Calendar.Workday(t)
		}
		for _, p := range list {
			if p.Date == date {
				p.Detail = spoken(members, p.Detail)
				one.add(p, yields[p.Key()], d.here())
			}
		}
		for i, b := range one.Batches {
			_, err := d.PushName(b.Name)
			one.Batches[i].Configured = err == nil
		}
		days = append(days, one)
	}
	return days, nil
}

// spoken is why a push stands as it does with who did it by name.
func spoken(members []ledger.Member, detail string) string {
	for _, what := range []string{skippedDetail, resolvedDetail, ledger.AskedDetail} {
		if by, ok := strings.CutSuffix(detail, what); ok {
			return who(members, ledger.Actor(by)) + what
		}
	}
	return detail
}

// yields are the pushes of some days to groups that caps will leave no room for. Of
// single people it would tell what they have got.
func (d *Desk) yields(ctx context.Context, from, to corpus.Date) (map[ledger.PushKey]bool, error) {
	if d.Schedule == nil || d.Caps == (day.Caps{}) {
		return nil, nil
	}
	yields, err := d.Schedule.Yields(ctx, d.Caps, from, to)
	maps.DeleteFunc(yields, func(key ledger.PushKey, _ bool) bool { return toMember(key.Target) })
	return yields, err
}

// add puts a push to the batch it is one of.
func (d *Day) add(p PushStatus, yields bool, now time.Time) {
	i := slices.IndexFunc(d.Batches, func(b Batch) bool {
		return b.Name == p.Name && b.Due.Equal(p.Due) && b.ContentID == p.ContentID
	})
	if i < 0 {
		i = len(d.Batches)
		p.Due, p.Until = p.Due.In(now.Location()), p.Until.In(now.Location())
		d.Batches = append(d.Batches, Batch{Push: p.Push, Paused: p.Paused, Approval: p.Approval})
	}
	b := &d.Batches[i]
	if p.open(now) {
		b.Open++
	}
	b.Asked = b.Asked || p.State == ledger.PushWaiting && strings.HasSuffix(p.Detail, ledger.AskedDetail)
	words, next := p.Chinese(now), p.Next(now)
	if yields && p.open(now) && !p.Paused {
		words += "，" + yieldsWords
	}
	j := slices.IndexFunc(b.Standings, func(s Standing) bool { return s.Words == words && s.Next == next })
	if j < 0 {
		j = len(b.Standings)
		b.Standings = append(b.Standings, Standing{State: p.State, Words: words, Next: next})
	}
	switch needed := p.State == ledger.PushFailed || p.State == ledger.PushUncertain; {
	case !toMember(p.Target):
		b.Standings[j].Places = append(b.Standings[j].Places, day.TargetName(p.Target))
	case needed:
		b.Standings[j].Places = append(b.Standings[j].Places, "委员 "+day.TargetName(p.Target))
	default:
		b.Standings[j].Members++
	}
}
