package wechat

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"lianwen/bot"
)

// set changes the state and tells whoever wants to know, one change after
// another.
func (c *Channel) set(state bot.State, qr, detail string) {
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
		c.status.Account = s.contacts.nick
		if s.login.WxUin != 0 {
			c.status.ID = strconv.FormatInt(s.login.WxUin, 10)
		}
	}
	c.config.Log.Info("微信状态", "state", state, "detail", detail)
	if c.config.OnStatus != nil {
		c.config.OnStatus(c.status)
	}
}

// state is the present state.
func (c *Channel) state() bot.State {
	c.statusMu.Lock()
	defer c.statusMu.Unlock()
	return c.status.State
}

// Ready implements bot.Channel. Groups and people that are not in the lists may be there after those have
// been read again.
func (c *Channel) Ready(to string) error {
	id, err := c.address(to)
	if err != nil {
		return err
	}
	if err := c.transport.clock.wrong(); err != nil {
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
