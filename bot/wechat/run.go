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
	s, pending, err := c.connect(ctx, true)
	if err != nil {
		return "", err
	}
	c.keepRequests()
	c.save(s, pending)
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
	c.mail = bot.NewMailbox(depth, c.config.Log, c.answer(handle))
	c.wg.Go(func() { c.acceptFriends(ctx) })
	var alive *session // a session that a later start can resume
	mayResume := true
	for ctx.Err() == nil {
		s, pending, err := c.connect(ctx, mayResume)
		if err != nil {
			break // ctx has ended
		}
		c.enter(ctx, s)
		c.save(s, nil)
		for _, in := range pending {
			if in.SentAt.Before(s.cutoff) {
				c.config.Log.Info("上次停止时没有答的问题太旧了，不答", "id", in.MessageID, "sent", in.SentAt)
				continue
			}
			c.mail.Put(in)
		}
		err = c.receive(s)
		c.leave(s, err)
		if alive = s; ctx.Err() != nil {
			break
		}
		if mayResume = c.ended(ctx, s, err); !mayResume {
			alive = nil
		}
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), closing)
	defer cancel()
	c.wg.Wait() // before the mailbox closes: whoever was accepted is to be greeted
	pending := c.mail.Close(stopping)
	c.keepRequests()
	if idle, ok := c.config.HTTP.(interface{ CloseIdleConnections() }); ok {
		idle.CloseIdleConnections()
	}
	if alive != nil {
		c.save(alive, pending)
	}
	c.set(bot.Stopped, "", fmt.Sprintf("已停止，%d 个问题留待下次启动再答", len(pending)))
	return nil
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
	s.cutoff = s.began.Add(-c.config.RestartWindow)
	c.swap(s)
	c.set(bot.Online, "", "")
}

// leave ends the present session.
func (c *Channel) leave(s *session, why error) {
	c.swap(nil)
	s.end(why)
}
