package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"lianwen/corpus"
)

// Member is one of the roster (花名册).
type Member struct {
	Number    string
	Name      string
	Sector    string // 界别
	Committee string // 专委会
	Staff     bool   // 工作人员, else 委员
	Phone     string
	Tenure    // the last
}

// Tenure is a time on the roster.
type Tenure struct {
	Joined corpus.Date // first day on it
	Left   corpus.Date // first day off it; "" while on it
}

// Tenures are all times of all members, by number: who comes back was not
// there in between, and was there before.
type Tenures map[string][]Tenure

// On reports whether a member was on the roster on a day.
func (t Tenures) On(number string, day corpus.Date) bool { return t.Within(number, day, day) }

// Within reports whether a member was on the roster on one of some days.
func (t Tenures) Within(number string, from, to corpus.Date) bool {
	return slices.ContainsFunc(t[number], func(t Tenure) bool { return t.Joined <= to && (t.Left == "" || t.Left > from) })
}

// RosterChange is what an import did to the roster, in members.
type RosterChange struct{ Added, Changed, Left int }

const memberColumns = `number, name, sector, committee, staff, phone, joined, left_on`

func scanMember(row scanner) (m Member, err error) {
	var staff int64
	err = row.Scan(&m.Number, &m.Name, &m.Sector, &m.Committee, &staff, &m.Phone, &m.Joined, &m.Left)
	m.Staff = staff != 0
	return m, err
}

// ImportMembers makes the roster what list says: new ones are added, known
// ones changed, those who are not in it leave as of day. It does all or
// nothing.
func (l *Ledger) ImportMembers(ctx context.Context, list []Member, day corpus.Date, actor Actor, now time.Time) (done RosterChange, err error) {
	err = l.in(ctx, func(tx *sql.Tx) error {
		known, err := membersIn(ctx, tx)
		if err != nil {
			return err
		}
		var put []Member
		if put, done = rosterChange(known, list, day); len(put) > 0 {
			for _, m := range put {
				if err := putMember(ctx, tx, m); err != nil {
					return err
				}
			}
			for _, number := range renamed(known, put) {
				if err := l.unsign(ctx, tx, number, day, actor, now); err != nil {
					return err
				}
			}
		}
		return l.noteOf(ctx, tx, actor, "roster import", fmt.Sprintf("%d added, %d changed, %d left", done.Added, done.Changed, done.Left), now,
			"", lastDay, countedAnew(known, put))
	})
	if err != nil {
		return RosterChange{}, fmt.Errorf("import roster: %w", err)
	}
	return done, nil
}

// rosterChange is what has to be written for a roster to become what list says.
func rosterChange(known, list []Member, day corpus.Date) (put []Member, done RosterChange) {
	before := map[string]Member{}
	for _, m := range known {
		before[m.Number] = m
	}
	for _, m := range list {
		old, ok := before[m.Number]
		delete(before, m.Number)
		m.Joined, m.Left = day, ""
		if ok && old.Left == "" {
			m.Joined = old.Joined
		}
		switch {
		case !ok:
			done.Added++
		case m == old:
			continue
		default:
			done.Changed++
		}
		put = append(put, m)
	}
	for _, m := range known {
		if _, missing := before[m.Number]; missing && m.Left == "" {
			done.Left++
			m.Left = day
			put = append(put, m)
		}
	}
	return put, done
}

// countedAnew are those of whom what was written changes on which days they count.
func countedAnew(known, put []Member) (numbers []string) {
	before := map[string]Member{}
	for _, m := range known {
		before[m.Number] = m
	}
	for _, m := range put {
		if old := before[m.Number]; old.Tenure != m.Tenure || old.Staff != m.Staff {
			numbers = append(numbers, m.Number)
		}
	}
	return numbers
}

// renamed are those who have another name now: it may be somebody else.
func renamed(known, put []Member) (numbers []string) {
	before := map[string]string{}
	for _, m := range known {
		before[m.Number] = m.Name
	}
	for _, m := range put {
		if name, ok := before[m.Number]; ok && name != m.Name {
			numbers = append(numbers, m.Number)
		}
	}
	return numbers
}

// putMember writes a member and their present tenure.
func putMember(ctx context.Context, tx *sql.Tx, m Member) error {
	err := exec(ctx, tx, `INSERT INTO member (number, name, sector, committee, staff, phone) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (number) DO UPDATE SET name = excluded.name, sector = excluded.sector, committee = excluded.committee,
			staff = excluded.staff, phone = excluded.phone`,
		m.Number, m.Name, m.Sector, m.Committee, boolean(m.Staff), m.Phone)
	if err != nil {
		return err
	}
	return exec(ctx, tx, `INSERT INTO tenure (member, joined, left_on) VALUES ($1, $2, $3)
		ON CONFLICT (member, joined) DO UPDATE SET left_on = excluded.left_on`, m.Number, string(m.Joined), string(m.Left))
}

func membersIn(ctx context.Context, q queryer) ([]Member, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+memberColumns+` FROM roster ORDER BY number`)
	return collect(rows, err, scanMember)
}

// Members is the roster, those who left included, by number.
func (l *Ledger) Members(ctx context.Context) ([]Member, error) {
	list, err := membersIn(ctx, l.reader)
	if err != nil {
		return nil, fmt.Errorf("read roster: %w", err)
	}
	return list, nil
}

// Tenures is since when and until when everybody was on the roster.
func (l *Ledger) Tenures(ctx context.Context) (Tenures, error) {
	type of struct {
		number string
		Tenure
	}
	rows, err := l.reader.QueryContext(ctx, `SELECT member, joined, left_on FROM tenure ORDER BY member, joined`)
	list, err := collect(rows, err, func(row scanner) (t of, err error) {
		err = row.Scan(&t.number, &t.Joined, &t.Left)
		return t, err
	})
	if err != nil {
		return nil, fmt.Errorf("read tenures: %w", err)
	}
	tenures := Tenures{}
	for _, t := range list {
		tenures[t.number] = append(tenures[t.number], t.Tenure)
	}
	return tenures, nil
}
