package wechat

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"lianwen/bot"
)

// lock takes the folder.
func (c *Channel) lock() (unlock func(), err error) {
	if err := os.MkdirAll(c.config.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make folder of the login: %w", err)
	}
	l := flock.New(filepath.Join(c.config.Dir, "lock"))
	ok, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock the login: %w", err)
	}
	if !ok {
		return nil, ErrInUse
	}
	return func() {
		if err := l.Unlock(); err != nil {
			c.config.Log.Warn("锁没有放开", "err", err)
		}
	}, nil
}

// Login logs in, by the QR code where the earlier login is over, and keeps the
// login for Run. It returns the account's nickname, or the error of ctx.
func (c *Channel) Login(ctx context.Context) (account string, err error) {
	unlock, err := c.lock()
	if err != nil {
		return "", err
	}
	defer unlock()
	s, before, err := c.connect(ctx, true)
	if err != nil {
		return "", err
	}
	c.keepRequests()
	if err := c.save(s, before); err != nil {
		return "", err
	}
	c.set(bot.Stopped, "", "已登录，还没有开始值守")
	return s.contacts.nick, nil
}

// closing is how long Run waits for posts under way when it is told to end.
const closing = 4 * time.Second

// Run implements bot.Channel. It ends with ctx only, or with ErrInUse; whatever
// happens to the login, it shows a QR code and waits.
func (c *Channel) Run(ctx context.Context, handle bot.Handler) error {
	unlock, err := c.lock()
	if err != nil {
		return err
	}
	defer unlock()
	c.running = ctx
	crashed, err := c.goOn()
	if err != nil {
		return err
	}
	c.mail = bot.NewMailbox(bot.Mail{Handle: handle, Say: c.say, Done: c.over, Depth: depth, Log: c.config.Log})
	c.wg.Go(func() { c.acceptFriends(ctx) })
	alive := c.logins(ctx, crashed)
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), closing)
	defer cancel()
	c.wg.Wait() // before the mailbox closes: whoever was accepted is to be greeted
	rest := leftover{}
	rest.unread, rest.unsaid = c.mail.Close(stopping)
	rest.unread = append(rest.unread, c.held...)
	c.keepRequests()
	if idle, ok := c.config.HTTP.(interface{ CloseIdleConnections() }); ok {
		idle.CloseIdleConnections()
	}
	kept := alive != nil && c.save(alive, rest) == nil
	if err := c.journal.close(kept); err != nil {
		c.config.Log.Warn("消息日志没有收好", "err", err)
	}
	c.set(bot.Stopped, "", fmt.Sprintf("已停止，%d 个问题留待下次启动再答", len(rest.unread)+len(rest.unsaid)))
	return nil
}

// leftover is what an earlier process has left to do.
type leftover struct {
	unread []bot.Incoming // not dealt with, as far as is known
	unsaid []bot.Letter   // dealt with, and not said
}

// goOn takes up the journal of an earlier process. It returns what that one, if
// it was killed, had taken and not dealt with to the end.
func (c *Channel) goOn() (crashed []bot.Incoming, err error) {
	var seen []bot.SeenID
	if c.journal, crashed, seen, err = openJournal(filepath.Join(c.config.Dir, "journal")); err != nil {
		return nil, err
	}
	c.seen = bot.NewSeen(nil)
	for _, id := range seen {
		c.seen.First(id.ID, id.At)
	}
	return crashed, nil
}

// logins lives through login after login until ctx ends, and returns the session
// that a later start can resume, or nil.
func (c *Channel) logins(ctx context.Context, crashed []bot.Incoming) (alive *session) {
	mayResume := true
	for ctx.Err() == nil {
		s, before, err := c.connect(ctx, mayResume)
		if err != nil {
			break // ctx has ended
		}
		before.unread = merge(before, crashed)
		crashed = nil
		c.enter(ctx, s)
		c.settle(before, s.resumed)
		c.saving = time.Time{} // a login is written down at once
		c.trySave(s)
		err = c.receive(s)
		c.leave(s, err)
		if alive = s; ctx.Err() != nil {
			break
		}
		if mayResume = c.ended(ctx, s, err); !mayResume {
			alive = nil
		}
	}
	return alive
}

// merge adds to what was not dealt with what the journal knows, but for what has
// come to a reply by then.
func merge(before leftover, crashed []bot.Incoming) []bot.Incoming {
	known := map[string]bool{"": true}
	for _, in := range before.unread {
		known[in.MessageID] = true
	}
	for _, l := range before.unsaid {
		known[l.In.MessageID] = true
	}
	for _, in := range crashed {
		if !known[in.MessageID] {
			before.unread = append(before.unread, in)
		}
	}
	return before.unread
}

// settle does what an earlier process has left. After a scan the ids are others:
// what was to be recorded still is, but nothing reaches anybody any more.
func (c *Channel) settle(before leftover, resumed bool) {
	for i := range before.unread {
		before.unread[i].Again = true
	}
	c.admit(before.unread)
	if !resumed && len(before.unsaid) > 0 {
		c.config.Log.Error("上次停止时没有发的回复发不了了：重新登录后编号已经失效", "n", len(before.unsaid))
		return
	}
	for _, l := range before.unsaid {
		l.In.Again = true
		c.mail.Post(l)
	}
}

// keepRequests has those not yet accepted saved.
func (c *Channel) keepRequests() {
	for len(c.requests) > 0 {
		c.unmet = append(c.unmet, <-c.requests)
	}
}

// enter makes a session the present one.
func (c *Channel) enter(ctx context.Context, s *session) {
	s.ctx, s.end = context.WithCancelCause(ctx)
	s.began = time.Now()
	s.cutoff = c.transport.clock.now().Add(-c.config.RestartWindow)
	c.swap(s)
	c.set(bot.Online, "", "")
}

// leave ends the present session.
func (c *Channel) leave(s *session, why error) {
	c.swap(nil)
	s.end(why)
}
