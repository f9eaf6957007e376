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
)

// hashCode is how a code is kept. People type codes in any case, with spaces.
func hashCode(code string) string {
	sum := sha256.Sum256([]byte(strings.ToUpper(strings.Join(strings.Fields(code), ""))))
	return hex.EncodeToString(sum[:])
}

// IsCode reports whether s could be a binding code as NewCode makes them.
func IsCode(s string) bool {
	return len(s) == CodeLength && strings.Trim(s, codeLetters) == ""
}

// IsCodeLetter reports whether a binding code may have a letter.
func IsCodeLetter(r rune) bool { return strings.ContainsRune(codeLetters, r) }

// CodeLength is how many letters a binding code has.
const CodeLength = 8

// NewCodes keeps a binding code for each of the members, by number; what they
// had before is void.
func (l *Ledger) NewCodes(ctx context.Context, codes map[string]string, expires time.Time, actor Actor, now time.Time) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		for number, code := range codes {
			if err := exec(ctx, tx, `DELETE FROM code WHERE member = $1`, number); err != nil {
				return err
			}
			if err := exec(ctx, tx, `INSERT INTO code (hash, member, expires) VALUES ($1, $2, $3)`, hashCode(code), number, millis(expires)); err != nil {
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

// Bind uses a code up and binds its member to a sender. ErrNoCode: the code is
// wrong, used or expired. Guessing is bounded: ErrTooMany after ten wrong codes
// of a sender within an hour.
func (l *Ledger) Bind(ctx context.Context, s Sender, code string, now time.Time) (m Member, err error) {
	wrong := false
	err = l.in(ctx, func(tx *sql.Tx) error {
		if err := exec(ctx, tx, `DELETE FROM attempt WHERE at < $1`, millis(now.Add(-attemptsWithin))); err != nil {
			return err
		}
		var tried int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM attempt WHERE channel = $1 AND sender = $2`, s.Channel, s.Name).Scan(&tried); err != nil {
			return err
		}
		if tried >= mostAttempts {
			return ErrTooMany
		}
		number, err := text(tx.QueryRowContext(ctx, `DELETE FROM code WHERE hash = $1 AND expires > $2 RETURNING member`, hashCode(code), millis(now)))
		if errors.Is(err, sql.ErrNoRows) {
			wrong = true // the attempt is to be kept, so no error here
			return exec(ctx, tx, `INSERT INTO attempt (channel, sender, at) VALUES ($1, $2, $3)`, s.Channel, s.Name, millis(now))
		}
		if err != nil {
			return err
		}
		if m, err = scanMember(tx.QueryRowContext(ctx, `SELECT `+memberColumns+` FROM roster WHERE number = $1`, number)); err != nil {
			return err
		}
		if err := putIdentity(ctx, tx, s, number, now); err != nil {
			return err
		}
		return l.note(ctx, tx, MemberActor(number), "bind", s.Channel, now)
	})
	if err == nil && wrong {
		err = ErrNoCode
	}
	if err != nil {
		return Member{}, fmt.Errorf("bind: %w", err)
	}
	return m, nil
}

// VoidCode makes a code good for nothing, as one that others have seen, and
// reports whether it was good until then.
func (l *Ledger) VoidCode(ctx context.Context, code string, actor Actor, now time.Time) (voided bool, err error) {
	err = l.in(ctx, func(tx *sql.Tx) error {
		number, err := text(tx.QueryRowContext(ctx, `DELETE FROM code WHERE hash = $1 RETURNING member`, hashCode(code)))
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		voided = true
		return l.note(ctx, tx, actor, "void code", number, now)
	})
	if err != nil {
		return false, fmt.Errorf("void code: %w", err)
	}
	return voided, nil
}

// mostSenders is how many senders of a channel a member may be: one for each
// account that answers there, and some that a new login has made void, of which
// there would else be more with each.
const mostSenders = 8

func putIdentity(ctx context.Context, tx *sql.Tx, s Sender, number string, now time.Time) error {
	err := exec(ctx, tx, `INSERT INTO identity (channel, sender, member, bound) VALUES ($1, $2, $3, $4)
		ON CONFLICT (channel, sender) DO UPDATE SET member = excluded.member, bound = excluded.bound`, s.Channel, s.Name, number, millis(now))
	if err != nil {
		return err
	}
	return exec(ctx, tx, `DELETE FROM identity WHERE channel = $1 AND member = $2 AND sender NOT IN
		(SELECT sender FROM identity WHERE channel = $1 AND member = $2 ORDER BY bound DESC, sender LIMIT $3)`, s.Channel, number, mostSenders)
}

// Unbind forgets who a sender is, and whoever else on the channel is the same
// member, from earlier logins: they are not to be recognised again before they
// bind anew. ErrNoMember: nobody knew.
func (l *Ledger) Unbind(ctx context.Context, s Sender, now time.Time) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		number, err := text(tx.QueryRowContext(ctx, `SELECT member FROM identity WHERE channel = $1 AND sender = $2`, s.Channel, s.Name))
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNoMember
		}
		if err != nil {
			return err
		}
		if err := exec(ctx, tx, `DELETE FROM identity WHERE channel = $1 AND member = $2`, s.Channel, number); err != nil {
			return err
		}
		return l.note(ctx, tx, MemberActor(number), "unbind", s.Channel, now)
	})
	if err != nil {
		return fmt.Errorf("unbind: %w", err)
	}
	return nil
}

// Identify is the member that a sender is bound to, or ErrNoMember. Who has
// left the roster is nobody.
func (l *Ledger) Identify(ctx context.Context, s Sender) (Member, error) {
	m, err := scanMember(l.reader.QueryRowContext(ctx, `SELECT `+memberColumns+` FROM roster
		WHERE left_on = '' AND number = (SELECT member FROM identity WHERE channel = $1 AND sender = $2)`, s.Channel, s.Name))
	if errors.Is(err, sql.ErrNoRows) {
		return Member{}, ErrNoMember
	}
	if err != nil {
		return Member{}, fmt.Errorf("identify: %w", err)
	}
	return m, nil
}

// Recognize binds a sender to a member who was bound on this channel before,
// because of what the operator has noted. It returns ErrNoMember for anybody
// else.
func (l *Ledger) Recognize(ctx context.Context, s Sender, number string, now time.Time) (m Member, err error) {
	err = l.in(ctx, func(tx *sql.Tx) error {
		m, err = scanMember(tx.QueryRowContext(ctx, `SELECT `+memberColumns+` FROM roster
			WHERE number = $1 AND left_on = '' AND EXISTS (SELECT 1 FROM identity WHERE channel = $2 AND member = $1)`, number, s.Channel))
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNoMember
		}
		if err != nil {
			return err
		}
		if err := putIdentity(ctx, tx, s, number, now); err != nil {
			return err
		}
		return l.note(ctx, tx, RemarkActor, "recognise "+number, s.Channel, now)
	})
	if err != nil {
		return Member{}, fmt.Errorf("recognise %s: %w", number, err)
	}
	return m, nil
}

// Senders are the names of those that a member is bound to on a channel, newest
// first.
func (l *Ledger) Senders(ctx context.Context, channel, number string) ([]string, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT sender FROM identity WHERE channel = $1 AND member = $2 ORDER BY bound DESC`, channel, number)
	list, err := collect(rows, err, text)
	if err != nil {
		return nil, fmt.Errorf("find senders of %s: %w", number, err)
	}
	return list, nil
}

// Holdings is how much the records hold about somebody.
type Holdings struct {
	Bound                                            time.Time // since when the sender is bound; zero: it is not
	Answers, Excuses, Corrections, Activities, Asked int
}

// Holdings is how much is kept about a sender, the member they are bound to
// ("": none), and what they asked as askers.
func (l *Ledger) Holdings(ctx context.Context, s Sender, number string, askers []string) (h Holdings, err error) {
	var bound int64
	err = l.reader.QueryRowContext(ctx, `SELECT
		COALESCE((SELECT bound FROM identity WHERE channel = $1 AND sender = $2), 0),
		(SELECT count(*) FROM answer WHERE member = $3),
		(SELECT count(*) FROM excuse WHERE member = $3),
		(SELECT count(*) FROM correction WHERE member = $3),
		(SELECT count(*) FROM attendance WHERE member = $3)`, s.Channel, s.Name, number).
		Scan(&bound, &h.Answers, &h.Excuses, &h.Corrections, &h.Activities)
	for _, asker := range askers {
		var n int
		if err == nil {
			err = l.reader.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM asked WHERE asker = $1) + (SELECT count(*) FROM feedback WHERE asker = $1) +
				(SELECT count(*) FROM chosen WHERE asker = $1)`, asker).Scan(&n)
			h.Asked += n
		}
	}
	if err != nil {
		return Holdings{}, fmt.Errorf("count holdings: %w", err)
	}
	h.Bound = fromMillis(bound)
	return h, nil
}
