package bot

import (
	"errors"
	"fmt"
)

// sayable is an error whose text may be read by the person who asked.
type sayable struct{ text string }

func (e *sayable) Error() string { return e.text }

// Sayf makes an error whose text is meant for the person who asked. It says
// what happened and what to do.
func Sayf(format string, args ...any) error {
	return &sayable{fmt.Sprintf(format, args...)}
}

// Say is the sentence for a person: the text of an error made by Sayf, and for
// any other error one that gives nothing away.
func Say(err error) string {
	var s *sayable
	if errors.As(err, &s) {
		return s.text
	}
	return "出错了，没能查到。请稍后再试；如一直这样，请告诉工作人员。"
}
