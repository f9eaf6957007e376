package wechat

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"lianwen/bot"
)

// State is where the channel stands.
type State string

// The states. Online is the only one in which messages come in; in Slowed they
// come in and replies wait.
const (
	Connecting State = "connecting" // asking the server for a login
	Waiting    State = "waiting"    // a QR code waits to be scanned
	Scanned    State = "scanned"    // it was, and waits to be confirmed
	Online     State = "online"
	Slowed     State = "slowed"  // the server says that we send too much
	Offline    State = "offline" // the server cannot be reached; it is tried on and on
	Lost       State = "lost"    // the server has ended the login
	Refused    State = "refused" // the server will not have this account act
	Stopped    State = "stopped" // Run has returned
)

// Up reports whether questions get answers in this state.
func (s State) Up() bool { return s == Online || s == Slowed }

// Status is the state with what goes with it.
type Status struct {
	State   State
	Since   time.Time
	Account string // the account's nickname, once known
	ID      string // the account's number, the same after every login
	QR      string // the text of the code to scan, when State is Waiting
	Detail  string // what happened, for the operator; may be empty
}

// set changes the state and tells whoever wants to know, one change after
// another.
func (c *Channel) set(state State, qr, detail string) {
	c.statusMu.Lock()
	defer c.statusMu.Unlock()
	if c.status.State == state && c.status.QR == qr && c.status.Detail == detail {
		return
	}
	if c.status.State != state {
		c.status.Since = time.Now()
	}
	c.status.State, c.status.QR, c.status.Detail = state, qr, detail
	if s := c.current(); s != nil {
		c.status.Account, c.status.ID = s.contacts.nick, strconv.FormatInt(s.login.WxUin, 10)
	}
	c.config.Log.Info("微信状态", "state", state, "detail", detail)
	if c.config.OnStatus != nil {
		c.config.OnStatus(c.status)
	}
}

// state is the present state.
func (c *Channel) state() State {
	c.statusMu.Lock()
	defer c.statusMu.Unlock()
	return c.status.State
}

// Ready says why Send has no chance with a target now, for people; nil: it has
// one. Groups and people that are not in the lists may be there after those have
// been read again.
func (c *Channel) Ready(to string) error {
	id, err := c.address(to)
	if err != nil {
		return err
	}
	s := c.current()
	if s == nil || c.heardFrom(id) || s.contacts.known(id) {
		return nil
	}
	c.refresh(s)
	return errStaleID
}

// errStaleID is said of an id of another login.
var errStaleID = errors.New("微信重新登录过，原来的会话编号已经失效")

// address is the id that a target has in this login.
func (c *Channel) address(target string) (string, error) {
	s := c.current()
	if s == nil || !c.state().Up() {
		return "", fmt.Errorf("微信%w", bot.ErrOffline)
	}
	name, ok := bot.GroupOf(target)
	if !ok {
		return target, nil
	}
	id, err := s.contacts.find(name)
	if err != nil {
		c.refresh(s)
	}
	return id, err
}
