package wechat

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"time"
)

// How far this machine's clock may be from the server's before the difference is
// allowed for, and before pushes wait until it is mended: the server says the
// time in whole seconds, and an answer takes a while.
const (
	clockSlack = 5 * time.Second
	clockTrust = 2 * time.Minute
)

// clock knows the server's time by the Date of its answers. Ages of messages are
// told by it: they carry the server's time, and this machine's may be wrong.
type clock struct{ ahead atomic.Int64 } // of this machine's clock, in nanoseconds

// note takes the Date of an answer that has just come, and reports whether the
// difference has changed by more than clockTrust.
func (c *clock) note(h http.Header, now time.Time) (jumped bool) {
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return false
	}
	ahead := date.Add(500 * time.Millisecond).Sub(now)
	if ahead.Abs() <= clockSlack {
		ahead = 0
	}
	before := time.Duration(c.ahead.Swap(int64(ahead)))
	return (ahead - before).Abs() > clockTrust
}

// now is the server's time.
func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// wrong says how far this machine's clock is off; nil: it can be trusted.
func (c *clock) wrong() error {
	switch ahead := time.Duration(c.ahead.Load()); {
	case ahead > clockTrust:
		return fmt.Errorf("本机时间比微信慢 %s，请校准服务器的时间，校准后自动发", ahead.Round(time.Minute))
	case ahead < -clockTrust:
		return fmt.Errorf("本机时间比微信快 %s，请校准服务器的时间，校准后自动发", (-ahead).Round(time.Minute))
	}
	return nil
}
