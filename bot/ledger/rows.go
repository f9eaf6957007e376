package ledger

import (
	"context"
	"database/sql"
	"time"
)

// scanner is a row, or the present one of several.
type scanner interface{ Scan(dest ...any) error }

// queryer is a database or a transaction.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// execer is a database or a transaction.
type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// collect reads all rows of a query and closes them. It takes what a query
// returns, so that nobody holds rows while asking for another connection.
func collect[T any](rows *sql.Rows, err error, scan func(scanner) (T, error)) (list []T, _ error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, rows.Err()
}

// text scans a row of one text.
func text(row scanner) (s string, err error) {
	err = row.Scan(&s)
	return s, err
}

// exec runs a statement of whose effect nobody wants to know.
func exec(ctx context.Context, db execer, statement string, args ...any) error {
	_, err := db.ExecContext(ctx, statement, args...)
	return err
}

// affected runs a statement and returns how many rows it touched.
func affected(ctx context.Context, db execer, statement string, args ...any) (int, error) {
	res, err := db.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// millis and fromMillis are how times are kept. The zero time is 0.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

func boolean(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
