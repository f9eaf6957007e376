package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"lianwen/corpus"
)

// Change is one place in the figures of a closed period that what was recorded later
// has changed. It keeps its number for ever.
type Change struct {
	Number        int
	Day           corpus.Date
	About         string // of an activity its kind and title; "": the question of the day
	Member        string // number
	Before, After string // a Participation; of an activity "came" or ""
	Row           int64  // of the audit that changed it
	Deed          Deed   // that row
}

// changingFigures are the actions that can change figures of former days.
var changingFigures = []string{
	"correct", "excuse", "take leave back", "roster import", "activity import", "suspend", "resume question", "approve question",
}

// numberChanges numbers what a row of the audit has changed in closed periods, and
// has the audit keep the numbers.
func (l *Ledger) numberChanges(ctx context.Context, tx *sql.Tx, row int64, actor Actor, now time.Time) error {
	within := l.within(tx)
	list, err := within.Closed(ctx)
	if err != nil {
		return err
	}
	for _, c := range list {
		changes, err := within.unnumbered(ctx, c)
		if err != nil {
			return err
		}
		if len(changes) == 0 {
			continue
		}
		for i := range changes {
			k := &changes[i]
			k.Number, k.Row = len(c.Changes)+i+1, row
			if err := exec(ctx, tx, `INSERT INTO closed_change (name, number, day, about, member, before, after, audit) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
				c.Name, k.Number, string(k.Day), k.About, k.Member, k.Before, k.After, k.Row); err != nil {
				return err
			}
		}
		if _, err := l.addRow(ctx, tx, actor, changedAction, changedDetail(c.Name, changes), now); err != nil {
			return err
		}
	}
	return nil
}

// changedDetail is what the audit has of changes that follow one another.
func changedDetail(name string, changes []Change) string {
	var lines [][]any
	for _, k := range changes {
		lines = append(lines, []any{k.Number, k.Day, k.About, k.Member, k.Before, k.After, k.Row})
	}
	raw, err := json.Marshal(lines)
	if err != nil {
		panic(err) // strings and numbers cannot fail
	}
	return fmt.Sprintf("%s %d %d %s", name, changes[0].Number, changes[len(changes)-1].Number, digest(string(raw)))
}

// unnumbered are the changes in a closed period that have no number yet. The rounds
// of the period had closed when it was closed: what counts then counts ever since.
func (l *Ledger) unnumbered(ctx context.Context, c Closed) ([]Change, error) {
	now, err := l.Tally(ctx, c.From, c.To, c.At)
	if err != nil {
		return nil, err
	}
	return differences(c.corrected(), now.cells()), nil
}

// corrected are the cells of a closed period with all changes.
func (c Closed) corrected() map[cell]string {
	cells := c.Table.cells()
	for _, k := range c.Changes {
		place := cell{k.Day, k.About, k.Member}
		if cells[place] = k.After; k.After == "" {
			delete(cells, place)
		}
	}
	return cells
}

// Sum is what all sums up to after the changes: as they are numbered, each on top of
// those before.
func (c Closed) Sum() Counts {
	var sum Counts
	for place, value := range c.corrected() {
		if place.about != "" {
			continue
		}
		switch Participation(value) {
		case Took:
			sum.Took++
		case Excused:
			sum.Excused++
		case Absent:
			sum.Absent++
		}
	}
	return sum
}

// changes are the numbered changes of a closed period, with what the audit tells of
// each.
func (l *Ledger) changes(ctx context.Context, name string) ([]Change, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT number, day, about, member, before, after, closed_change.audit, at, actor, action, detail
		FROM closed_change LEFT JOIN audit ON seq = closed_change.audit WHERE name = $1 ORDER BY number`, name)
	return collect(rows, err, func(row scanner) (k Change, err error) {
		var at sql.NullInt64
		var actor, action, detail sql.NullString
		err = row.Scan(&k.Number, &k.Day, &k.About, &k.Member, &k.Before, &k.After, &k.Row, &at, &actor, &action, &detail)
		k.Deed = Deed{fromMillis(at.Int64), Actor(actor.String), action.String, detail.String}
		return k, err
	})
}
