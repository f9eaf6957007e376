package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Head is the last row of the audit at some time. Its hash follows from all rows
// up to it, so a head that was kept elsewhere says of all of them whether they are
// still there, as they were.
type Head struct {
	Row        int64     `json:"row"` // 0: there was none
	Hash       string    `json:"hash"`
	Generation int64     `json:"generation"` // of the ledger that it was seen in
	At         time.Time `json:"at"`         // when the row was written
}

// shownHash is how much of a hash people see. Half of that could be hit by trying,
// in an afternoon.
const shownHash = 16

// Short is as much of the hash as people see.
func (h Head) Short() string { return h.Hash[:min(len(h.Hash), shownHash)] }

// String is a head as it is printed.
func (h Head) String() string {
	if h.Row == 0 {
		return "台账还没有操作记录"
	}
	return fmt.Sprintf("台账截至第 %d 条，校验 %s", h.Row, h.Short())
}

// printedHead finds in what people copy from a report a number and a hash, or as
// much of one as nobody hits by chance.
var printedHead = regexp.MustCompile(`^(?:\D*[^0-9a-f])?(\d+)(?:\D*[^0-9a-f])([0-9a-f]{8,64})\D*$`)

// ReadHead reads a head as String prints it, or only its number and hash.
func ReadHead(text string) (h Head, ok bool) {
	m := printedHead.FindStringSubmatch(strings.ToLower(norm.NFKC.String(strings.TrimSpace(text))))
	if m == nil {
		return h, false
	}
	row, err := strconv.ParseInt(m[1], 10, 64)
	return Head{Row: row, Hash: m[2]}, err == nil && row > 0
}

// Head is the last row of the audit.
func (l *Ledger) Head(ctx context.Context) (Head, error) {
	h, err := headIn(ctx, l.reader)
	if err != nil {
		return h, fmt.Errorf("read the audit's head: %w", err)
	}
	return h, nil
}

func headIn(ctx context.Context, q queryer) (h Head, err error) {
	var at int64
	err = q.QueryRowContext(ctx, `SELECT seq, hash, at, (SELECT COALESCE(MAX(generation), 0) FROM origin) FROM audit ORDER BY seq DESC LIMIT 1`).
		Scan(&h.Row, &h.Hash, &at, &h.Generation)
	if errors.Is(err, sql.ErrNoRows) {
		return Head{}, nil
	}
	h.At = fromMillis(at)
	return h, err
}

// advanced is the head to keep outside the table after another was kept there. One
// that is no row of the table any more, and of which no restore tells, stays: it is
// all that shows that something was taken out.
func advanced(ctx context.Context, q queryer, kept Head) (Head, error) {
	now, err := headIn(ctx, q)
	if err != nil || kept.Row == 0 {
		return now, err
	}
	var hash string
	err = q.QueryRowContext(ctx, `SELECT hash FROM audit WHERE seq = $1`, kept.Row).Scan(&hash)
	switch {
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return kept, err
	case hash == kept.Hash:
		return now, nil
	}
	returns, err := returnsIn(ctx, q)
	if _, told := tells(returns, kept); err != nil || !told {
		return kept, err
	}
	return now, nil
}
