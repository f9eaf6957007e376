package ledger

import (
	"errors"
	"strings"
)

// Actor is who did something, as the audit has it.
type Actor string

// The actors that are nobody in particular: the program, when the library or a
// remark of the operator made it do something, and somebody who is not bound.
const (
	LibraryActor Actor = "library"
	RemarkActor  Actor = "remark"
	NobodyActor  Actor = "somebody not bound"
	ClockActor   Actor = "program" // because it was time
)

// StaffActor is a member of staff who acts through a channel.
func StaffActor(number string) Actor { return Actor("staff " + number) }

// StaffNumber is the number of a StaffActor; ok is false for any other.
func (a Actor) StaffNumber() (number string, ok bool) { return strings.CutPrefix(string(a), "staff ") }

// MemberActor is a member who acts for themselves.
func MemberActor(number string) Actor { return Actor("member " + number) }

// TerminalActor is a user of the machine; "" where the system does not say who.
func TerminalActor(user string) Actor {
	if user == "" {
		return "terminal"
	}
	return Actor("terminal " + user)
}

// WebActor is an account of the staff's page.
func WebActor(name string) Actor { return Actor("web:" + name) }

// Sender is who wrote a message: a person as a channel names them.
type Sender struct{ Channel, Name string }

// Errors for a caller that has to decide.
var (
	ErrNoCode   = errors.New("no such code, or it has expired")
	ErrTooMany  = errors.New("too many attempts")
	ErrNoMember = errors.New("no such member")
	ErrNoRound  = errors.New("no such round")
	ErrAnswered = errors.New("answered already")
	ErrClosed   = errors.New("the round is closed, or void")
	ErrNoLeave  = errors.New("no leave on these days")
)
