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
	g := Ground{On: f.tenures.On(number, day), Answer: f.answered.at(day, number)}
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

// Account is a table with what some of its numbers rest on.
type Account struct {
	Table
	All     []Round             // by day, those too that are in no number
	Grounds map[string][]Ground // by number of a member: one for each of All
}

// Explain is Tally with what the numbers of some members rest on, whom whose finds in
// the table; nil: of all.
func (l *Ledger) Explain(ctx context.Context, from, to corpus.Date, now time.Time, whose func(Table) ([]string, error)) (Account, error) {
	answers, err := l.answeredBy(ctx, from, to)
	if err != nil {
		return Account{}, fmt.Errorf("explain the figures: %w", err)
	}
	f, err := l.gatherWith(ctx, from, to, answers)
	if err != nil {
		return Account{}, fmt.Errorf("explain the figures: %w", err)
	}
	a := Account{Table: f.tally(from, to, now), All: f.rounds, Grounds: map[string][]Ground{}}
	if whose == nil {
		whose = everybody
	}
	numbers, err := whose(a.Table)
	if err != nil {
		return Account{}, err
	}
	if err := l.detail(ctx, f, from, to, numbers); err != nil {
		return Account{}, fmt.Errorf("explain the figures: %w", err)
	}
	for _, number := range numbers {
		grounds := make([]Ground, len(a.All))
		for i, r := range a.All {
			grounds[i] = f.ground(r.Day, number)
		}
		a.Grounds[number] = grounds
	}
	return a, nil
}

func everybody(t Table) (numbers []string, _ error) {
	for _, row := range t.Rows {
		numbers = append(numbers, row.Member.Number)
	}
	return numbers, nil
}

// detail puts whole answers of members in the place of those that only say whose they
// are. Answers that have come in meanwhile are left out: they are in no number.
func (l *Ledger) detail(ctx context.Context, f facts, from, to corpus.Date, numbers []string) (err error) {
	var answers []Answer
	switch len(numbers) {
	case 0:
	case 1:
		answers, err = l.OwnAnswers(ctx, numbers[0], from, to)
	default:
		answers, err = l.Answers(ctx, from, to)
	}
	for i, a := range answers {
		if f.answered.at(a.Round, a.Member) != nil {
			f.answered.put(a.Member, &answers[i])
		}
	}
	return err
}
