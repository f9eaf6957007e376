package ledger

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// Sessions keeps the sessions of the staff's page, under the hashes of their
// tokens. It is what github.com/alexedwards/scs/v2 calls a CtxStore. Expired ones
// are no longer found, and are cleared away now and then when another is kept.
type Sessions struct {
	ledger  *Ledger
	cleared atomic.Int64 // when, in milliseconds
}

// clearEvery is how often expired sessions are cleared away at most.
const clearEvery = 10 * time.Minute

// Sessions are those that the ledger keeps.
func (l *Ledger) Sessions() *Sessions { return &Sessions{ledger: l} }

// FindCtx is what is kept of a session that has not expired.
func (s *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	var kept string
	err = s.ledger.reader.QueryRowContext(ctx, `SELECT data FROM web_session WHERE token = $1 AND expires > $2`, token, millis(time.Now())).Scan(&kept)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err == nil {
		data, err = base64.StdEncoding.DecodeString(kept)
	}
	if err != nil {
		return nil, false, fmt.Errorf("look for session: %w", err)
	}
	return data, true, nil
}

// CommitCtx keeps a session until it expires.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	now := time.Now()
	last := s.cleared.Load()
	if since := millis(now) - last; (since > clearEvery.Milliseconds() || since < 0) && s.cleared.CompareAndSwap(last, millis(now)) {
		if err := exec(ctx, s.ledger.db, `DELETE FROM web_session WHERE expires <= $1`, millis(now)); err != nil {
			return fmt.Errorf("clear sessions away: %w", err)
		}
	}
	err := exec(ctx, s.ledger.db, `INSERT INTO web_session (token, data, expires) VALUES ($1, $2, $3)
		ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires = excluded.expires`, token, base64.StdEncoding.EncodeToString(data), millis(expires))
	if err != nil {
		return fmt.Errorf("keep session: %w", err)
	}
	return nil
}

// DeleteCtx forgets a session.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	if err := exec(ctx, s.ledger.db, `DELETE FROM web_session WHERE token = $1`, token); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}

// Find is FindCtx without a context.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s *Sessions) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

// Delete is DeleteCtx without a context.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// endAllSessions ends the sessions, and voids the links, that a ledger has which
// takes another's place: since it was copied they may have been ended or used.
func endAllSessions(ctx context.Context, tx *sql.Tx) error {
	if err := exec(ctx, tx, `DELETE FROM web_session`); err != nil {
		return err
	}
	return exec(ctx, tx, `UPDATE web_account SET link = '', link_until = 0`)
}
