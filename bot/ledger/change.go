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

// noteOf is note for what changes how members stood on some days: what that changes in
// closed periods is numbered.
func (l *Ledger) noteOf(ctx context.Context, tx *sql.Tx, actor Actor, action, detail string, now time.Time, from, to corpus.Date, members []string) error {
	row, err := l.addRow(ctx, tx, actor, action, detail, now)
	if err != nil || len(members) == 0 {
		return err
	}
	within := l.within(tx)
	list, err := within.Closed(ctx)
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.To < from || to < c.From {
			continue
		}
		changes, err := within.unnumbered(ctx, c, members)
		if err != nil {
			return err
		}
		if len(changes) == 0 {
			continue
		}
		if err := putChanges(ctx, tx, c, changes, row); err != nil {
			return err
		}
		if _, err := l.addRow(ctx, tx, actor, changedAction, changedDetail(c.Name, changes), now); err != nil {
			return err
		}
	}
	return nil
}

// putChanges writes what a row of the audit has changed, with the next numbers.
func putChanges(ctx context.Context, tx *sql.Tx, c Closed, changes []Change, row int64) error {
	for i := range changes {
		k := &changes[i]
		k.Number, k.Row = len(c.Changes)+i+1, row
		if err := exec(ctx, tx, `INSERT INTO closed_change (name, number, day, about, member, before, after, audit) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			c.Name, k.Number, string(k.Day), k.About, k.Member, k.Before, k.After, k.Row); err != nil {
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

// unnumbered are the changes of some members in a closed period that have no number
// yet. The rounds of the period had closed when it was closed: what counted then counts
// ever since.
func (l *Ledger) unnumbered(ctx context.Context, c Closed, members []string) (list []Change, err error) {
	before := map[string]map[cell]string{}
	for place, value := range c.corrected() {
		if before[place.member] == nil {
			before[place.member] = map[cell]string{}
		}
		before[place.member][place] = value
	}
	for _, number := range members {
		now, err := l.cellsOf(ctx, c, number)
		if err != nil {
			return nil, err
		}
		list = append(list, differences(before[number], now)...)
	}
	sortChanges(list)
	return list, nil
}

// cellsOf are a member's cells of a closed period as the rows are now.
func (l *Ledger) cellsOf(ctx context.Context, c Closed, number string) (map[cell]string, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT day, kind, title FROM attendance WHERE member = $1 AND day >= $2 AND day <= $3`, number, string(c.From), string(c.To))
	places, err := collect(rows, err, func(row scanner) (place cell, err error) {
		var kind, title string
		err = row.Scan(&place.day, &kind, &title)
		place.about, place.member = kind+" "+title, number
		return place, err
	})
	if err != nil {
		return nil, err
	}
	cells := map[cell]string{}
	for _, place := range places {
		cells[place] = came
	}
	f, err := l.gatherOwn(ctx, number, c.From, c.To)
	if err != nil { // who is in no count has no cells
		return cells, ignoring(err, ErrNoMember)
	}
	for _, r := range f.rounds {
		if p := f.standing(r.Day, number); p != NotDue && r.Void == "" && !r.Closes.After(c.At) {
			cells[cell{r.Day, "", number}] = string(p)
		}
	}
	return cells, nil
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
	sum := c.Table.Total()
	for _, k := range c.Changes {
		if k.About == "" {
			sum.count(Participation(k.Before), -1)
			sum.count(Participation(k.After), 1)
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
