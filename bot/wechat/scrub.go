package wechat

import (
	"regexp"
	"strings"
)

var query = regexp.MustCompile(`\?[^\s"]*`)

// scrubbed is an error that may be logged.
type scrubbed struct {
	text string
	err  error
}

func (e *scrubbed) Error() string { return e.text }
func (e *scrubbed) Unwrap() error { return e.err }

// scrub takes the queries out of the addresses in an error: net/http quotes
// them whole, and the protocol has its keys in them.
func scrub(err error) error {
	text := query.ReplaceAllString(err.Error(), "")
	return &scrubbed{strings.ReplaceAll(text, "\n", ": "), err}
}
