package talk

import (
	"context"
	"errors"
	"time"

	"lianwen/bot/ledger"
)

// A message that is delivered again (bot.Incoming.Again) may have been dealt
// with: the process that had it was killed before it could say so. Whatever it
// records must be recorded once, and whoever wrote it once must not read that
// they did so twice.

// newestRound is the newest round that is open, or that was open when a message
// that is delivered again was sent; and which of the two times it is.
func (t *turn) newestRound(ctx context.Context) (r ledger.Round, at time.Time, err error) {
	if t.in.Again {
		if r, err := t.records().NewestRound(ctx, t.in.SentAt); !errors.Is(err, ledger.ErrNoRound) {
			return r, t.in.SentAt, err
		}
	}
	r, err = t.records().NewestRound(ctx, t.config.Now())
	return r, t.config.Now(), err
}

// answeredAt is when a letter counts as said: when it came, or, for one that is
// delivered again, when it was sent, if its round was open then.
func (t *turn) answeredAt(r ledger.Round) time.Time {
	if sent := t.in.SentAt; t.in.Again && !sent.Before(r.Opened) && sent.Before(r.Closes) {
		return sent
	}
	return t.config.Now()
}

// repeated reports whether an answer that is recorded already is an earlier one,
// and not the one that this message itself has led to before.
func (t *turn) repeated(first ledger.Answer, choice int) bool {
	return !t.in.Again || first.Choice != choice
}
