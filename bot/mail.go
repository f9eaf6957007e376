package bot

import (
	"context"
	"log/slog"
)

// Letter is a message with what is to be said to it.
type Letter struct {
	In   Incoming `json:"in"`
	Text string   `json:"text"`
}

// Mail is what a Mailbox does with messages.
type Mail struct {
	// Handle deals with a message. It is called as soon as the earlier ones of
	// the same person in the same conversation have been dealt with: what it
	// records is recorded then, whatever waits to be said.
	Handle Handler
	// Say says what a message has led to. Within a conversation one letter is
	// said after another. It returns false when it was stopped before anything
	// went out.
	Say func(ctx context.Context, l Letter) (done bool)
	// Done hears of a message for which nothing is to be said any more; nil:
	// nobody wants to know.
	Done func(in Incoming)
	// Depth is for how many replies a person has room in a conversation. What
	// comes beyond is dealt with, but of the replies there is only one, to an
	// Overflow message, that says so.
	Depth int
	Log   *slog.Logger
}
