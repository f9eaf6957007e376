package bot

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Channel is a way to talk to people. Its methods may be called from many
// goroutines.
type Channel interface {
	// Name is short and stable; it becomes part of records.
	Name() string
	// Capabilities is what may be planned with; it never changes.
	Capabilities() Capabilities
	// Ready says why Send has no chance with an address now, for people; nil:
	// it has one. ErrOffline: nothing can be sent anywhere.
	Ready(to string) error
	// Run delivers messages to handle and sends the replies until ctx ends or
	// the channel is exhausted. It returns nil in both cases.
	Run(ctx context.Context, handle Handler) error
	// Send sends something that nobody asked for. When it returns no error,
	// the platform has taken the message. A *RefusedError says that it has
	// not, ErrUncertain that nobody knows: it must not be sent again by
	// itself.
	Send(ctx context.Context, out Outgoing) (Receipt, error)
}

// Capabilities describes a channel.
type Capabilities struct {
	Label      string           // what people call the platform
	Direct     bool             // private chats
	Groups     bool             // group chats
	Initiates  bool             // may write without having been asked
	Addressing bool             // hears in groups only what is addressed to it
	Pace       [2]time.Duration // the random wait between messages nobody asked for, least and most
	MaxBytes   int              // of one message; longer texts are split. 0: no limit
	StableIDs  bool             // the same person has the same Sender after a restart
	Uncertain  bool             // Send may end with ErrUncertain
}

// Outgoing is a message that nobody asked for.
type Outgoing struct {
	To   string // an Incoming.Conversation, or GroupAddress of a group's name
	Text string
}

// Receipt is what the platform said when it took a message.
type Receipt struct {
	MessageIDs []string // the platform's, one for each part of a split text
}

// ErrUncertain means that a message may or may not have reached the platform.
var ErrUncertain = errors.New("不知道有没有发出")

// ErrOffline means that nothing can be sent anywhere for now.
var ErrOffline = errors.New("没有登录")

// RefusedError means that a message was surely not delivered.
type RefusedError struct {
	Reason string        // for people
	After  time.Duration // trying again makes sense after this long; 0: never
	Err    error         // what was behind it, if anything
}

func (e *RefusedError) Error() string {
	if e.Err == nil {
		return "没有发出：" + e.Reason
	}
	return fmt.Sprintf("没有发出：%s：%v", e.Reason, e.Err)
}

func (e *RefusedError) Unwrap() error { return e.Err }
