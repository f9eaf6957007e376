package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"lianwen/corpus"
)

// ErrFull means that a push was not claimed because whom it goes to has had
// enough.
var ErrFull = errors.New("enough has been pushed there")

// Bound is how many pushes may go to one group or person within some days. All
// the targets that mean them count together.
type Bound struct {
	Targets  []string
	From, To corpus.Date
	Most     int
}

// within is nil where the push that was just claimed in a transaction is not
// more than a bound allows. Whoever has counted a step before counts what all
// others have claimed: they wait for each other there.
func (b Bound) within(ctx context.Context, tx *sql.Tx) error {
	args := []any{string(b.From), string(b.To)}
	var holders []string
	for _, target := range b.Targets {
		args = append(args, target)
		holders = append(holders, fmt.Sprint("$", len(args)))
	}
	var n int
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM push WHERE day >= $1 AND day <= $2
		AND state IN ('claimed', 'sent', 'uncertain') AND target IN (`+strings.Join(holders, ", ")+`)`, args...).Scan(&n)
	if err == nil && n > b.Most { // with the one that was claimed
		err = ErrFull
	}
	return err
}
