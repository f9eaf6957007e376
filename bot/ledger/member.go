package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/corpus"
)

const memberColumns = `number, name, sector, committee, staff, phone, joined, left_on`

func scanMember(row interface{ Scan(...any) error }) (m bot.Member, err error) {
	var staff int64
	err = row.Scan(&m.Number, &m.Name, &m.Sector, &m.Committee, &staff, &m.Phone, &m.Joined, &m.Left)
	m.Staff = staff != 0
	return m, err
}

// ImportMembers implements bot.MemberRecords.
func (l *Ledger) ImportMembers(ctx context.Context, list []bot.Member, day corpus.Date, actor string, now time.Time) (added, changed, left int, err error) {
	err = l.in(ctx, func(tx *sql.Tx) error {
		known, err := membersIn(ctx, tx)
		if err != nil {
			return err
		}
		before := map[string]bot.Member{}
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
				added++
			case m == old:
				continue
			default:
				changed++
			}
			if err := putMember(ctx, tx, m); err != nil {
				return err
			}
		}
		for _, m := range before {
			if m.Left != "" {
				continue
			}
			left++
			m.Left = day
			if err := putMember(ctx, tx, m); err != nil {
				return err
			}
		}
		return l.note(ctx, tx, actor, "roster import", fmt.Sprintf("%d added, %d changed, %d left", added, changed, left), now)
	})
	if err != nil {
		return 0, 0, 0, fmt.Errorf("import roster: %w", err)
	}
	return added, changed, left, nil
}

// putMember writes a member and their present tenure.
func putMember(ctx context.Context, tx *sql.Tx, m bot.Member) error {
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

// queryer is a database or a transaction.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func membersIn(ctx context.Context, q queryer) (list []bot.Member, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+memberColumns+` FROM roster ORDER BY number`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		m, err := scanMember(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, rows.Err()
}

// Members implements bot.MemberRecords.
func (l *Ledger) Members(ctx context.Context) ([]bot.Member, error) {
	list, err := membersIn(ctx, l.reader)
	if err != nil {
		return nil, fmt.Errorf("read roster: %w", err)
	}
	return list, nil
}

// Tenures implements bot.MemberRecords.
func (l *Ledger) Tenures(ctx context.Context) (bot.Tenures, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT member, joined, left_on FROM tenure ORDER BY member, joined`)
	if err != nil {
		return nil, fmt.Errorf("read tenures: %w", err)
	}
	defer rows.Close()
	tenures := bot.Tenures{}
	for rows.Next() {
		var number string
		var t bot.Tenure
		if err := rows.Scan(&number, &t.Joined, &t.Left); err != nil {
			return nil, fmt.Errorf("read tenures: %w", err)
		}
		tenures[number] = append(tenures[number], t)
	}
	return tenures, rows.Err()
}

// hashCode is how a code is kept. People type codes in any case, with spaces.
func hashCode(code string) string {
	sum := sha256.Sum256([]byte(strings.ToUpper(strings.Join(strings.Fields(code), ""))))
	return hex.EncodeToString(sum[:])
}

// NewCodes implements bot.MemberRecords.
func (l *Ledger) NewCodes(ctx context.Context, codes map[string]string, expires time.Time, actor string, now time.Time) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		for number, code := range codes {
			if _, err := tx.ExecContext(ctx, `DELETE FROM code WHERE member = $1`, number); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO code (hash, member, expires) VALUES ($1, $2, $3)`, hashCode(code), number, millis(expires)); err != nil {
				return err
			}
		}
		return l.note(ctx, tx, actor, "roster codes", fmt.Sprintf("%d codes", len(codes)), now)
	})
	if err != nil {
		return fmt.Errorf("make codes: %w", err)
	}
	return nil
}

// Wrong codes that a sender may try, and within what time.
const (
	mostAttempts   = 10
	attemptsWithin = time.Hour
)

// Bind implements bot.MemberRecords.
func (l *Ledger) Bind(ctx context.Context, channel, sender, code string, now time.Time) (m bot.Member, err error) {
	wrong := false
	err = l.in(ctx, func(tx *sql.Tx) error {
		since := millis(now.Add(-attemptsWithin))
		if _, err := tx.ExecContext(ctx, `DELETE FROM attempt WHERE at < $1`, since); err != nil {
			return err
		}
		var tried int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM attempt WHERE channel = $1 AND sender = $2`, channel, sender).Scan(&tried); err != nil {
			return err
		}
		if tried >= mostAttempts {
			return bot.ErrTooMany
		}
		var number string
		err := tx.QueryRowContext(ctx, `DELETE FROM code WHERE hash = $1 AND expires > $2 RETURNING member`, hashCode(code), millis(now)).Scan(&number)
		if errors.Is(err, sql.ErrNoRows) {
			wrong = true // the attempt is to be kept, so no error here
			_, err = tx.ExecContext(ctx, `INSERT INTO attempt (channel, sender, at) VALUES ($1, $2, $3)`, channel, sender, millis(now))
			return err
		}
		if err != nil {
			return err
		}
		if m, err = scanMember(tx.QueryRowContext(ctx, `SELECT `+memberColumns+` FROM roster WHERE number = $1`, number)); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO identity (channel, sender, member, bound) VALUES ($1, $2, $3, $4)
			ON CONFLICT (channel, sender) DO UPDATE SET member = excluded.member, bound = excluded.bound`, channel, sender, number, millis(now))
		if err != nil {
			return err
		}
		return l.note(ctx, tx, "member "+number, "bind", channel, now)
	})
	if err == nil && wrong {
		err = bot.ErrNoCode
	}
	if err != nil {
		return bot.Member{}, fmt.Errorf("bind: %w", err)
	}
	return m, nil
}

// Unbind implements bot.MemberRecords.
func (l *Ledger) Unbind(ctx context.Context, channel, sender string, now time.Time) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		var number string
		err := tx.QueryRowContext(ctx, `DELETE FROM identity WHERE channel = $1 AND sender = $2 RETURNING member`, channel, sender).Scan(&number)
		if errors.Is(err, sql.ErrNoRows) {
			return bot.ErrNoMember
		}
		if err != nil {
			return err
		}
		return l.note(ctx, tx, "member "+number, "unbind", channel, now)
	})
	if err != nil {
		return fmt.Errorf("unbind: %w", err)
	}
	return nil
}

// Identify implements bot.MemberRecords. Who has left the roster is nobody.
func (l *Ledger) Identify(ctx context.Context, channel, sender string) (bot.Member, error) {
	m, err := scanMember(l.reader.QueryRowContext(ctx, `SELECT `+memberColumns+` FROM roster
		WHERE left_on = '' AND number = (SELECT member FROM identity WHERE channel = $1 AND sender = $2)`, channel, sender))
	if errors.Is(err, sql.ErrNoRows) {
		return bot.Member{}, bot.ErrNoMember
	}
	if err != nil {
		return bot.Member{}, fmt.Errorf("identify: %w", err)
	}
	return m, nil
}

// Recognize implements bot.MemberRecords.
func (l *Ledger) Recognize(ctx context.Context, channel, sender, number string, now time.Time) (m bot.Member, err error) {
	err = l.in(ctx, func(tx *sql.Tx) error {
		m, err = scanMember(tx.QueryRowContext(ctx, `SELECT `+memberColumns+` FROM roster
			WHERE number = $1 AND left_on = '' AND EXISTS (SELECT 1 FROM identity WHERE channel = $2 AND member = $1)`, number, channel))
		if errors.Is(err, sql.ErrNoRows) {
			return bot.ErrNoMember
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO identity (channel, sender, member, bound) VALUES ($1, $2, $3, $4)
			ON CONFLICT (channel, sender) DO UPDATE SET member = excluded.member, bound = excluded.bound`, channel, sender, number, millis(now))
		if err != nil {
			return err
		}
		return l.note(ctx, tx, "remark", "recognise "+number, channel, now)
	})
	if err != nil {
		return bot.Member{}, fmt.Errorf("recognise %s: %w", number, err)
	}
	return m, nil
}

// Senders implements bot.MemberRecords.
func (l *Ledger) Senders(ctx context.Context, channel, number string) (list []string, err error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT sender FROM identity WHERE channel = $1 AND member = $2 ORDER BY bound DESC`, channel, number)
	if err != nil {
		return nil, fmt.Errorf("find senders of %s: %w", number, err)
	}
	defer rows.Close()
	for rows.Next() {
		var sender string
		if err := rows.Scan(&sender); err != nil {
			return nil, fmt.Errorf("find senders of %s: %w", number, err)
		}
		list = append(list, sender)
	}
	return list, rows.Err()
}
