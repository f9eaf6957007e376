package ledger

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Trouble is what ails the database beneath, as far as somebody can do
// something about it.
type Trouble int

// The troubles.
const (
	NoTrouble   Trouble = iota // or one that is not known
	Full                       // no room on the disk
	Unwritable                 // the disk fails, or the file may not be written
	ReadOnly                   // PostgreSQL lets nothing be written, or not by this user
	Busy                       // somebody else keeps the database locked
	Damaged                    // it is no database, or not a whole one
	Unreachable                // PostgreSQL does not answer, or does not let us in
)

// TroubleOf is what is behind an error of this package.
func TroubleOf(err error) Trouble {
	var lite *sqlite.Error
	var connect *pgconn.ConnectError
	var server *pgconn.PgError
	switch {
	case errors.As(err, &lite):
		if lite.Code() == sqlite3.SQLITE_IOERR_SHMSIZE { // there is no room for the file that it shares with others
			return Full
		}
		switch lite.Code() & 0xff { // the rest is which kind of it
		case sqlite3.SQLITE_FULL:
			return Full
		case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN:
			return Unwritable
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			return Busy
		case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
			return Damaged
		}
	case errors.As(err, &connect):
		return Unreachable
	case errors.As(err, &server):
		switch server.Code { // https://www.postgresql.org/docs/current/errcodes-appendix.html
		case "53100":
			return Full
		case "25006", "42501":
			return ReadOnly
		case "57P01", "57P02", "57P03", "53300":
			return Unreachable
		case "55P03", "40P01":
			return Busy
		}
	}
	return NoTrouble
}
