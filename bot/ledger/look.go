package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// Condition is how a ledger is found by somebody who only looks.
type Condition struct {
	Version int64 // of what is there; 0: nothing is there yet
	Knows   int64 // what this program brings it to
	Err     error // ErrGone, ErrForeign, ErrOlder, ErrStray or ErrUnmarked; nil: it is the one that was here

	Mode     fs.FileMode // SQLite: who may read the file
	Writer   bool        // SQLite: somebody keeps it from being written all the time
	ReadOnly string      // PostgreSQL: why it cannot be written; "": it can
	Encoding string      // PostgreSQL: the server's
}

// lookingSource is the name of a database that is looked at. Where no journal
// lies beside the file, SQLite would make one even for reading.
func lookingSource(file string) string {
	options := "mode=ro&_pragma=busy_timeout(1000)"
	if _, err := os.Stat(file + walSuffix); errors.Is(err, fs.ErrNotExist) {
		options += "&immutable=1"
	}
	return sqliteSource(file, options)
}

// Look opens a ledger for reading, and changes nothing: neither what is in it
// nor what version it has. Without a ledger, or with one that cannot be read in
// this version, it returns nil and what it has found.
func Look(ctx context.Context, s Source) (l *Ledger, c Condition, err error) {
	before, had, err := besideOf(s).read()
	if errors.Is(err, ErrUnmarked) {
		c.Err, err = err, nil
	}
	var kept []keptHead // before the ledger is opened: a file without a journal is seen as it was then
	if err == nil {
		kept, err = besideOf(s).keptHeads()
	}
	if err == nil && s.URL == "" {
		var there bool
		if there, err = s.there(&c); err == nil && !there {
			if had || journal(s.File) {
				c.Err = ErrGone
			}
			return nil, c, nil
		}
		if err == nil && !s.Held { // before SQLite has the file: its locks would end when the file is closed here
			c.Writer, err = lockedForLong(ctx, s.File)
		}
	}
	if err == nil {
		l, err = s.connectToLook(ctx)
	}
	if err != nil {
		return nil, c, fmt.Errorf("look at ledger: %w", err)
	}
	l.looking, l.kept = true, kept
	if err = l.find(ctx, &c); err == nil && c.Err == nil {
		err = l.isTheOne(ctx, before, had)
		for _, kind := range []error{ErrGone, ErrForeign, ErrOlder, ErrStray} {
			if errors.Is(err, kind) {
				c.Err, err = err, nil
			}
		}
	}
	if err != nil {
		return nil, c, errors.Join(fmt.Errorf("look at ledger: %w", err), l.Close())
	}
	if c.Version != c.Knows {
		return nil, c, l.Close()
	}
	if err := l.whole(ctx, c.Version); err != nil {
		return nil, c, errors.Join(fmt.Errorf("look at ledger: %w", err), l.Close())
	}
	return l, c, nil
}

// whole is nil where a SQLite ledger has all that one of its version consists of,
// and nothing besides that could do any harm.
func (l *Ledger) whole(ctx context.Context, version int64) error {
	if l.postgres { // other things may be there
		return nil
	}
	have, err := l.structure(ctx)
	if err != nil {
		return err
	}
	return have.isOf(ctx, version)
}

// there reports whether a SQLite ledger has something in it.
func (s Source) there(c *Condition) (bool, error) {
	info, err := os.Stat(s.File)
	if absent(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	c.Mode = info.Mode()
	return info.Size() > 0, nil
}

// connectToLook makes a connection that cannot write.
func (s Source) connectToLook(ctx context.Context) (*Ledger, error) {
	if s.URL == "" {
		db, err := sql.Open("sqlite", lookingSource(s.File))
		if err != nil {
			return nil, err
		}
		return &Ledger{db: db, reader: db, beside: besideOf(s), closers: []func() error{db.Close}}, nil
	}
	db, err := openPostgres(s.URL, 1)
	if err != nil {
		return nil, err
	}
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Ledger{db: db, reader: tx, postgres: true, closers: []func() error{tx.Rollback, db.Close}}, nil
}

// find fills a condition in.
func (l *Ledger) find(ctx context.Context, c *Condition) error {
	provider, err := l.provider()
	if err != nil {
		return err
	}
	c.Knows = newest(provider)
	has, err := l.hasTable(ctx, l.reader, versionTable)
	if err == nil && has {
		err = l.reader.QueryRowContext(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM `+versionTable+` WHERE is_applied`).Scan(&c.Version)
	}
	if err != nil {
		return err
	}
	if l.postgres {
		return l.findPostgres(ctx, c)
	}
	return nil
}

// findPostgres finds why a database could not be written, without trying.
func (l *Ledger) findPostgres(ctx context.Context, c *Condition) error {
	var standby, readOnly, mayCreate bool
	var denied sql.NullString
	err := l.reader.QueryRowContext(ctx, `SELECT current_setting('server_encoding'), pg_is_in_recovery(),
		current_setting('default_transaction_read_only') = 'on',
		COALESCE(has_schema_privilege(current_schema(), 'CREATE'), false),
		(SELECT MIN(tablename) FROM pg_tables WHERE schemaname = current_schema() AND NOT (
			has_table_privilege(schemaname || '.' || tablename, 'SELECT') AND has_table_privilege(schemaname || '.' || tablename, 'INSERT')
			AND has_table_privilege(schemaname || '.' || tablename, 'UPDATE') AND has_table_privilege(schemaname || '.' || tablename, 'DELETE')))`).
		Scan(&c.Encoding, &standby, &readOnly, &mayCreate, &denied)
	switch {
	case err != nil:
		return err
	case standby:
		c.ReadOnly = "是备库（正在恢复）"
	case readOnly:
		c.ReadOnly = "设成了只读（default_transaction_read_only = on）"
	case denied.Valid:
		c.ReadOnly = "这个用户不能读写表 " + denied.String
	case c.Version < c.Knows && !mayCreate:
		c.ReadOnly = "这个用户不能在库里建表"
	}
	return nil
}

// How often it is looked whether a ledger can be written, and how many times in
// a row it must be locked: a transaction is over sooner.
const (
	lockLooks = 10
	lockEvery = 100 * time.Millisecond
)

// lockedForLong reports whether somebody keeps a SQLite ledger from being written
// all the time.
func lockedForLong(ctx context.Context, file string) (bool, error) {
	for range lockLooks {
		locked, err := writeLocked(file)
		if err != nil || !locked {
			return false, err
		}
		select {
		case <-time.After(lockEvery):
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
	return true, nil
}
