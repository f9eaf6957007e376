package wechat

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"lianwen/bot"
)

// connect logs in, whatever it takes. It returns the session and what was left
// to do in it, or the error of ctx.
func (c *Channel) connect(ctx context.Context, mayResume bool) (s *session, before leftover, err error) {
	c.set(bot.Connecting, "", "")
	from, err := c.store.load()
	if err != nil {
		c.config.Log.Error("存下的登录信息不能用，要重新扫码", "err", err)
	}
	if from != nil {
		for _, id := range from.Seen {
			c.seen.First(id.ID, id.At)
		}
		before = leftover{from.Pending, from.Unsaid}
		if mayResume {
			s, err := c.resumed(ctx, from)
			if err != nil {
				return nil, leftover{}, err
			}
			if s != nil {
				c.forgetIDs(from.Heard)
				for _, r := range from.Requests {
					c.ask(r)
				}
				return s, before, nil
			}
		}
		if err := c.store.forget(); err != nil {
			c.config.Log.Error("过时的登录信息没有删掉", "err", err)
		}
	}
	if s, err = c.scanned(ctx); err != nil {
		return nil, leftover{}, err
	}
	c.forgetIDs(nil)
	return s, before, nil
}

// resumed takes up an earlier login, however long the server cannot be reached.
// It returns nil when the server will not have it.
func (c *Channel) resumed(ctx context.Context, from *saved) (*session, error) {
	for {
		s, err := c.resume(ctx, from)
		switch {
		case err == nil:
			return s, nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case retOf(err) == tooOften: // says nothing about the login
			c.set(bot.Offline, "", "微信说操作太频繁（1205），几分钟后再试")
			if err := sleep(ctx, between(slowFor)); err != nil {
				return nil, err
			}
			continue
		case retOf(err) != 0, errors.Is(err, fs.ErrInvalid):
			c.config.Log.Warn("原来的登录已经失效，要重新扫码", "err", scrub(err))
			return nil, nil
		}
		c.unreachable(err)
	}
}

// scanned shows QR codes until one was scanned and confirmed.
func (c *Channel) scanned(ctx context.Context) (*session, error) {
	for failed := 0; ; {
		s, err := c.scan(ctx)
		switch {
		case err == nil:
			return s, nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, errExpired):
			c.config.Log.Info("二维码过期，换一个")
			failed = 0
		default:
			c.unreachable(err)
			failed++
		}
		if err := sleep(ctx, jitter(backoff(failed+1))); err != nil {
			return nil, err
		}
	}
}

// unreachable says that there is no login for want of an answer.
func (c *Channel) unreachable(err error) {
	c.set(bot.Offline, "", "连不上微信，正在重试："+scrub(err).Error())
}

// healthy takes back what was said about a server that answers again.
func (c *Channel) healthy() {
	if c.slowLeft() <= 0 {
		c.set(bot.Online, "", "")
	}
}

// again is how long a resumed session must have lasted for another to be
// resumed after it. A server that ends each at once wants a scan.
const again = 10 * time.Minute

// afterRefusal is the wait before a QR code is shown to an account that may not
// act.
const afterRefusal = time.Minute

// ended says that the server has ended a session, and reports whether it may be
// resumed.
func (c *Channel) ended(ctx context.Context, s *session, why error) (mayResume bool) {
	var over *endedError
	if errors.As(why, &over) && over.refused {
		c.set(bot.Refused, "", why.Error())
		_ = sleep(ctx, afterRefusal) // the caller looks at ctx
		return false
	}
	c.set(bot.Lost, "", why.Error())
	return !s.resumed || time.Since(s.began) >= again
}
