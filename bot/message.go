package bot

import (
	"context"
	"time"
)

// Kind is what a message is. The bot reads text; of the rest it needs to know
// only that it came.
type Kind int

const (
	Text     Kind = iota
	Media         // a picture, a voice message, a card: nothing the bot can read
	Joined        // the sender has just become a contact and is to be greeted
	Overflow      // stands for messages dropped because too many were waiting
	Held          // stands for a message that must not be kept; see Sift
)

// Incoming is one message from a person, as a channel delivers it.
type Incoming struct {
	Channel      string `json:"channel"`          // the channel's name
	Conversation string `json:"conversation"`     // the private chat or group, as the channel names it
	Sender       string `json:"sender"`           // who wrote it, as the channel names them
	Remark       string `json:"remark,omitempty"` // what the operator has noted of the sender, where the platform says it
	Kind         Kind   `json:"kind,omitempty"`
	Text         string `json:"text"` // for Media what it is, such as 语音; for Held what was seen; else what was written
	// Beside is what came with it and nobody reads, such as a file's name or the
	// message that it answers: for Sift alone, and never kept.
	Beside string `json:"-"`
	Group  bool   `json:"group,omitempty"`
	// Addressed says that it is meant for the bot: always in a private chat,
	// else by @ or by name.
	Addressed bool      `json:"addressed,omitempty"`
	MessageID string    `json:"message_id,omitempty"` // the platform's; "" when it has none
	SentAt    time.Time `json:"sent_at"`
	// Again says that it was delivered before, to a process that has ended since
	// and may have dealt with it.
	Again bool `json:"again,omitempty"`
}

// Reply is what goes back. An empty Text means silence.
type Reply struct {
	Text string
}

// Handler answers one message.
type Handler func(ctx context.Context, in Incoming) (Reply, error)
