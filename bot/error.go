package bot

import (
	"errors"
	"fmt"
)

// Code is what kind of error befell somebody, for a caller that has to decide:
// a page its status, a script its exit code.
type Code int

// The codes.
const (
	Invalid     Code = iota + 1 // what was written cannot be understood, or cannot be
	NotFound                    // there is no such thing
	Forbidden                   // not by this person, or not in this place
	Conflict                    // not as things stand now
	Unavailable                 // not for now; later it may be
)

// Error is an error whose text may be read by the person it befell. It says what
// happened and what to do.
type Error struct {
	Code Code
	Text string
}

// Error implements error.
func (e *Error) Error() string { return e.Text }

// Sayf makes an error of a code, for people.
func (c Code) Sayf(format string, args ...any) error {
	return &Error{c, fmt.Sprintf(format, args...)}
}

// CodeOf is the code of an error that was made for people; 0 for any other.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return 0
}

// Say is the sentence for a person: the text of an *Error, and for any other
// error one that gives nothing away.
func Say(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Text
	}
	return "出错了，没能查到。请稍后再试；如一直这样，请告诉工作人员。"
}
