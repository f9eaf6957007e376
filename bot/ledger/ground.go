package ledger

import (
	"context"
	"fmt"
	"slices"
	"time"

	"lianwen/corpus"
)

// Ground is what it rests on how a member stands to a round: the rows that say so.
type Ground struct {
	Standing   Participation
	Without    Participation // how they would stand without a correction
	On         bool          // on the roster that day
	Answer     *Answer       // nil: none
	Leave      *Leave        // that holds for the day, or takes leave back for it; nil: none covers it
	Recorded   time.Time     // when it was
	Correction *Correction   // the last; nil: none
}

// ground is what the standing of a member to a round rests on. A correction goes
// before everything else, the roster before an answer, an answer before leave.
func (f facts) ground(day corpus.Date, number string) Ground {
	key := roundKey{day, number}
	g := Ground{On: f.tenures.On(number, day), Answer: f.answered[key]}
	for _, i := range slices.Backward(f.leaves[number]) {
		if leave := &f.excuses[i]; leave.covers(day) {
			g.Leave = leave
			if i < len(f.recorded) { // whoever only counts does not read it
				g.Recorded = f.recorded[i]
			}
			break
		}
	}
	switch {
	case !g.On: // even if a newcomer has answered what was asked before
		g.Without = NotDue
	case g.Answer != nil:
		g.Without = Took
	case g.Leave != nil && !g.Leave.Back:
		g.Without = Excused
	default:
		g.Without = Absent
	}
	g.Standing = g.Without
	if c, corrected := f.corrections[key]; corrected {
		g.Standing, g.Correction = c.Standing, &c
	}
	return g
}

// Account is a table with what its numbers rest on.
type Account struct {
	Table
	All     []Round             // by day, those too that are in no number
	Grounds map[string][]Ground // of the members in the table, by number: one for each of All
}

// Explain is Tally with what each number rests on.
func (l *Ledger) Explain(ctx context.Context, from, to corpus.Date, now time.Time) (Account, error) {
	f, err := l.gather(ctx, from, to)
	if err != nil {
		return Account{}, fmt.Errorf("explain the figures: %w", err)
	}
	a := Account{Table: f.tally(from, to, now), All: f.rounds, Grounds: map[string][]Ground{}}
	for _, row := range a.Rows {
		grounds := make([]Ground, len(a.All))
		for i, r := range a.All {
			grounds[i] = f.ground(r.Day, row.Member.Number)
		}
		a.Grounds[row.Member.Number] = grounds
	}
	return a, nil
}
