package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// WebAccount is an account of the staff's page. Of its password and its link
// only hashes are kept, and neither is in here: it is shown and passed around.
type WebAccount struct {
	Name       string
	Role       Role
	Number     string    // of the member of staff on the roster that it is of; "": none
	Generation int       // of its sessions: those of another are no longer good
	Password   bool      // it has one
	LinkUntil  time.Time // until when the link to set one is good; the zero time: there is none
	Made       time.Time
	Seen       time.Time // when it logged in last; the zero time: never
}

// Errors of accounts for a caller that has to decide.
var (
	ErrNoAccount = errors.New("no such account")
	ErrTaken     = errors.New("there is such an account already")
	ErrNoAdmin   = errors.New("no account would be left that may manage accounts")
	ErrNoLink    = errors.New("no such link, or it has been used or has expired")
)

const accountColumns = `name, role, number, generation, password <> '', link_until, made, seen`

func scanAccount(row scanner) (a WebAccount, err error) {
	var until, made, seen int64
	err = row.Scan(&a.Name, &a.Role, &a.Number, &a.Generation, &a.Password, &until, &made, &seen)
	a.LinkUntil, a.Made, a.Seen = fromMillis(until), fromMillis(made), fromMillis(seen)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNoAccount
	}
	return a, err
}

// hashToken is how what opens something is kept: a token of a link, a name that
// somebody tried to log in with, which may be a password in the wrong field.
func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// WebAccounts are all accounts, by name.
func (l *Ledger) WebAccounts(ctx context.Context) ([]WebAccount, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT `+accountColumns+` FROM web_account ORDER BY name`)
	list, err := collect(rows, err, scanAccount)
	if err != nil {
		return nil, fmt.Errorf("read accounts: %w", err)
	}
	return list, nil
}

// WebAccount is the account with a name, by what its spellings have in common.
func (l *Ledger) WebAccount(ctx context.Context, spelling string) (WebAccount, error) {
	a, err := scanAccount(l.reader.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM web_account WHERE spelling = $1`, spelling))
	if err != nil {
		return WebAccount{}, fmt.Errorf("look for account: %w", err)
	}
	return a, nil
}

// WebPassword is the hash of an account's password; "" where none is set or
// there is no such account.
func (l *Ledger) WebPassword(ctx context.Context, name string) (hash string, err error) {
	err = l.reader.QueryRowContext(ctx, `SELECT password FROM web_account WHERE name = $1`, name).Scan(&hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read password: %w", err)
	}
	return hash, nil
}

// WebLink is the account that a link sets the password of. ErrNoLink: none.
func (l *Ledger) WebLink(ctx context.Context, token string, now time.Time) (WebAccount, error) {
	a, err := linked(ctx, l.reader, token, now)
	if err != nil {
		return WebAccount{}, fmt.Errorf("look for link: %w", err)
	}
	return a, nil
}

func linked(ctx context.Context, q queryer, token string, now time.Time) (WebAccount, error) {
	a, err := scanAccount(q.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM web_account WHERE link = $1 AND link_until > $2`, hashToken(token), millis(now)))
	if errors.Is(err, ErrNoAccount) {
		err = ErrNoLink
	}
	return a, err
}

// AddWebAccount adds an account without a password, and a link to set one.
func (l *Ledger) AddWebAccount(ctx context.Context, a WebAccount, spelling, token string, actor Actor, now time.Time) error {
	detail := a.Name + ": " + string(a.Role)
	if a.Number != "" {
		detail += " " + a.Number
	}
	return l.changeAccounts(ctx, actor, "account add", detail, now, func(tx *sql.Tx, row int64) error {
		n, err := affected(ctx, tx, `INSERT INTO web_account (name, spelling, role, number, generation, password, link, link_until, made, seen)
			VALUES ($1, $2, $3, $4, $5, '', $6, $7, $8, 0) ON CONFLICT DO NOTHING`,
			a.Name, spelling, string(a.Role), a.Number, row, hashToken(token), millis(a.LinkUntil), millis(now))
		if err == nil && n == 0 {
			err = ErrTaken
		}
		return err
	})
}

// RenewWebLink gives an account a new link; its password is void, and its
// sessions are over.
func (l *Ledger) RenewWebLink(ctx context.Context, name, token string, until time.Time, actor Actor, now time.Time) error {
	return l.changeAccounts(ctx, actor, "account link", name, now, func(tx *sql.Tx, row int64) error {
		return oneAccount(affected(ctx, tx, `UPDATE web_account SET password = '', link = $2, link_until = $3, generation = $4 WHERE name = $1`,
			name, hashToken(token), millis(until), row))
	})
}

// TakeWebLink sets the password of the account that a link is of; the link is
// used up.
func (l *Ledger) TakeWebLink(ctx context.Context, token, password string, now time.Time) (a WebAccount, err error) {
	found, err := l.WebLink(ctx, token, now)
	if err != nil {
		return a, err
	}
	err = l.changeAccounts(ctx, WebActor(found.Name), "account password", found.Name, now, func(tx *sql.Tx, row int64) error {
		if a, err = linked(ctx, tx, token, now); err != nil { // again: of two who use it at once one does
			return err
		}
		if err := exec(ctx, tx, `UPDATE web_account SET password = $2, link = '', link_until = 0, generation = $3 WHERE name = $1`, a.Name, password, row); err != nil {
			return err
		}
		a, err = accountNamed(ctx, tx, a.Name)
		return err
	})
	return a, err
}

// SetWebPassword changes the hash of an account's password, if it still is what
// it was; all sessions are over, and those begun with what is returned are good.
func (l *Ledger) SetWebPassword(ctx context.Context, name, was, password string, actor Actor, now time.Time) (a WebAccount, err error) {
	err = l.changeAccounts(ctx, actor, "account password", name, now, func(tx *sql.Tx, row int64) error {
		if err := oneAccount(affected(ctx, tx, `UPDATE web_account SET password = $3, generation = $4 WHERE name = $1 AND password = $2`, name, was, password, row)); err != nil {
			return err
		}
		a, err = accountNamed(ctx, tx, name)
		return err
	})
	return a, err
}

// SetWebRole changes what an account may do, at once, also in the sessions it
// has.
func (l *Ledger) SetWebRole(ctx context.Context, name string, role Role, actor Actor, now time.Time) error {
	return l.changeAccounts(ctx, actor, "account role", name+": "+string(role), now, func(tx *sql.Tx, _ int64) error {
		return oneAccount(affected(ctx, tx, `UPDATE web_account SET role = $2 WHERE name = $1`, name, string(role)))
	})
}

// RemoveWebAccount removes an account, with its sessions.
func (l *Ledger) RemoveWebAccount(ctx context.Context, name string, actor Actor, now time.Time) error {
	return l.changeAccounts(ctx, actor, "account remove", name, now, func(tx *sql.Tx, _ int64) error {
		return oneAccount(affected(ctx, tx, `DELETE FROM web_account WHERE name = $1`, name))
	})
}

// EndWebSessions ends all sessions of an account; those begun with what is
// returned are good.
func (l *Ledger) EndWebSessions(ctx context.Context, name string, actor Actor, now time.Time) (a WebAccount, err error) {
	err = l.changeAccounts(ctx, actor, "account log out", name, now, func(tx *sql.Tx, row int64) error {
		if err := oneAccount(affected(ctx, tx, `UPDATE web_account SET generation = $2 WHERE name = $1`, name, row)); err != nil {
			return err
		}
		a, err = accountNamed(ctx, tx, name)
		return err
	})
	return a, err
}

func accountNamed(ctx context.Context, q queryer, name string) (WebAccount, error) {
	return scanAccount(q.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM web_account WHERE name = $1`, name))
}

// oneAccount is ErrNoAccount where a statement has found none.
func oneAccount(n int, err error) error {
	if err == nil && n == 0 {
		err = ErrNoAccount
	}
	return err
}

// changeAccounts changes accounts, one change after another, and has the audit
// tell of it. The number of its row there makes a generation: none is had twice,
// not even by an account that is removed and added again. ErrNoAdmin: nobody
// would be left who may manage accounts.
func (l *Ledger) changeAccounts(ctx context.Context, actor Actor, action, detail string, now time.Time, change func(tx *sql.Tx, row int64) error) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		row, err := l.addRow(ctx, tx, actor, action, detail, now)
		if err != nil {
			return err
		}
		if err := change(tx, row); err != nil {
			return err
		}
		var managed bool
		err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM web_account WHERE role = $1)`, string(RoleAdmin)).Scan(&managed)
		if err == nil && !managed {
			err = ErrNoAdmin
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", action, err)
	}
	return nil
}
