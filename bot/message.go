package bot

import (
	"context"
	"time"

	"lianwen/index"
)

// Incoming is one message from a person, as a channel delivers it.
type Incoming struct {
	Channel      string // the channel's name
	Conversation string // the private chat or group, as the channel names it
	Sender       string // who wrote it, as the channel names them
	Text         string
	Group        bool   // sent in a group
	Addressed    bool   // meant for the bot: always in a private chat, else by @ or name
	MessageID    string // the platform's id; "" when it has none
	SentAt       time.Time
}

// Reply is what goes back. An empty Text means silence.
type Reply struct {
	Text string
}

// Handler answers one message.
type Handler func(ctx context.Context, in Incoming) (Reply, error)

// Channel is a way to talk to people.
type Channel interface {
	// Name is short and stable; it becomes part of records.
	Name() string
	// Run delivers messages to handle and sends the replies until ctx ends or
	// the channel is exhausted. It returns nil in both cases.
	Run(ctx context.Context, handle Handler) error
}

// Answer is the outcome of one question, for callers that want more than text.
type Answer struct {
	index.Result
	Text string // what a person reads
}
