package ledger

import (
	"context"
	"fmt"

	"lianwen/corpus"
)

// Held is how many texts were held back on a day because they bore what must not be
// kept. Nothing of a text is known, and nobody who sent or would have read it.
type Held struct {
	Day     corpus.Date `json:"day"`
	Channel string      `json:"channel"`
	Kind    string      `json:"kind"`      // what was seen
	Way     HeldWay     `json:"direction"` // where it was going
	Count   int         `json:"count"`
}

// HeldWay is where a text was going.
type HeldWay string

// The ways.
const (
	HeldIn  HeldWay = "in"  // to us
	HeldOut HeldWay = "out" // from us
)

// Hold counts a text that was held back; of h the Count is not looked at.
func (l *Ledger) Hold(ctx context.Context, h Held) error {
	err := exec(ctx, l.db, `INSERT INTO held (day, channel, kind, direction, count) VALUES ($1, $2, $3, $4, 1)
		ON CONFLICT (day, channel, kind, direction) DO UPDATE SET count = held.count + 1`,
		string(h.Day), h.Channel, h.Kind, string(h.Way))
	if err != nil {
		return fmt.Errorf("count what was held back: %w", err)
	}
	return nil
}

// HeldBack are the texts held back from a day to another, by day.
func (l *Ledger) HeldBack(ctx context.Context, from, to corpus.Date) ([]Held, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT day, channel, kind, direction, count FROM held
		WHERE day >= $1 AND day <= $2 ORDER BY day, channel, direction, kind`, string(from), string(to))
	list, err := collect(rows, err, func(row scanner) (h Held, err error) {
		err = row.Scan(&h.Day, &h.Channel, &h.Kind, &h.Way, &h.Count)
		return h, err
	})
	if err != nil {
		return nil, fmt.Errorf("read what was held back: %w", err)
	}
	return list, nil
}
