package ledger

import (
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// ErrURL means that an address is not one of a PostgreSQL database. What is wrong
// with it is not said: there may be a password in it, or a part of one in a place
// where none belongs.
var ErrURL = errors.New("not the address of a PostgreSQL database")

// ErrUnescaped means that a password in an address has a character in it that
// must be written with a percent sign.
var ErrUnescaped = errors.New("a character in the address must be written with a percent sign")

// CheckURL is ErrURL or ErrUnescaped for what Open would not take for an address.
func CheckURL(address string) error {
	_, err := parseURL(address)
	return err
}

func parseURL(address string) (*pgx.ConnConfig, error) {
	_, rest, ok := strings.Cut(address, "://")
	if !ok || !strings.HasPrefix(address, "postgres://") && !strings.HasPrefix(address, "postgresql://") {
		return nil, ErrURL
	}
	// Where a password has @ / ? or # in it, what follows is taken for a host, a
	// port or a database, and told to everybody who reads why it cannot be
	// reached.
	end := strings.IndexAny(rest+"/", "/?#")
	if strings.Count(rest[:end], "@") > 1 || strings.ContainsAny(rest[end:], "@#") {
		return nil, ErrUnescaped
	}
	c, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, ErrURL
	}
	return c, nil
}

// openPostgres makes the connections to PostgreSQL. One is dear to open and cheap
// to keep; a server has some hundred for everybody.
func openPostgres(address string, conns int) (*sql.DB, error) {
	c, err := parseURL(address)
	if err != nil {
		return nil, err
	}
	db := stdlib.OpenDB(*c)
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db, nil
}
