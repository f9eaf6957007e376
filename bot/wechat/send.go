package wechat

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/eatmoreapple/openwechat"

	"lianwen/bot"
)

// maxBytes is the longest text sent in one message. WeChat's limit is not
// documented; this is well below what is known to pass.
const maxBytes = 1800

// tooOften is the code for sending too much. It is answered with minutes of
// silence.
const tooOften = 1205

// notFriend is the code for writing to somebody who is no contact.
const notFriend = 1204

// slowFor is how long nothing is sent after tooOften, least and most.
var slowFor = [2]time.Duration{2 * time.Minute, 5 * time.Minute}

// postTimeout bounds one post, the waiting for a failing server included.
const postTimeout = 30 * time.Second

// say sends the reply to a message, after a moment. It reports false when it was
// stopped before anything was sent.
func (c *Channel) say(ctx context.Context, l bot.Letter) bool {
	in := l.In
	if in.Again && c.transport.clock.now().Sub(in.SentAt) > c.config.RestartWindow {
		c.config.Log.Info("停机前收到的消息，现在回复太晚了，不回", "id", in.MessageID, "sent", in.SentAt)
		return true
	}
	if sleep(ctx, between(c.config.ReplyDelay)) != nil || !c.beginSaying(ctx, in) {
		return false
	}
	within, cancel := context.WithTimeout(ctx, c.config.RestartWindow) // later nobody waits for it
	defer cancel()
	receipt, err := c.deliver(within, in.Conversation, l.Text)
	switch {
	case err == nil:
	case ctx.Err() != nil && len(receipt.MessageIDs) == 0 && !errors.Is(err, bot.ErrUncertain):
		return false
	case errors.Is(err, bot.ErrUncertain):
		c.config.Log.Error("回复不知道有没有送到，不再重发", "conversation", in.Conversation, "id", in.MessageID, "err", err)
	default:
		c.config.Log.Error("回复没有送到", "conversation", in.Conversation, "id", in.MessageID, "err", err)
	}
	return true
}

// beginSaying writes down that a reply is being sent, so that it is not sent
// again after a crash; while that cannot be done, nothing is sent. It reports
// false when ctx has ended.
func (c *Channel) beginSaying(ctx context.Context, in bot.Incoming) bool {
	for {
		err := c.journal.begin(in.MessageID)
		if err == nil {
			return ctx.Err() == nil
		}
		c.config.Log.Error("要发的回复记不下来（磁盘满了，或者不可写），等能记下来再发", "id", in.MessageID, "err", err)
		if sleep(ctx, retryEvery) != nil {
			return false
		}
	}
}

// over notes that a message needs nothing any more.
func (c *Channel) over(in bot.Incoming) {
	if err := c.journal.over(in.MessageID); err != nil {
		c.config.Log.Warn("消息日志写不进去，照常运行", "err", err)
	}
}

// Send implements bot.Channel: slowly, and not at night.
func (c *Channel) Send(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) {
	if wait := c.config.Quiet.Left(time.Now()); wait > 0 {
		return bot.Receipt{}, &bot.RefusedError{Reason: "现在是安静时段", After: wait}
	}
	to, err := c.address(out.To)
	if err = errors.Join(err, c.transport.clock.wrong()); err != nil {
		return bot.Receipt{}, &bot.RefusedError{Reason: err.Error(), After: time.Minute}
	}
	if err := c.spaced(ctx); err != nil {
		return bot.Receipt{}, &bot.RefusedError{Reason: "没有轮到就停下了", After: time.Minute, Err: err}
	}
	within, cancel := c.while(ctx)
	defer cancel()
	return c.deliver(within, to, out.Text)
}

// pushLife is how long a push is tried once its turn has come; then whoever
// sends it looks again whether it may still go.
const pushLife = 5 * time.Minute

// while ends when a push may not go any more: quiet hours begin, or pushLife is
// over.
func (c *Channel) while(ctx context.Context) (context.Context, context.CancelFunc) {
	life, q, now := pushLife, c.config.Quiet, time.Now()
	if q.From != q.To {
		life = min(life, Hours{From: q.To, To: q.From, Location: q.Location}.Left(now)) // 0 within them
	}
	return context.WithTimeout(ctx, life)
}

// spaced waits until the next message that nobody asked for may go.
func (c *Channel) spaced(ctx context.Context) error {
	c.mu.Lock()
	at := c.nextPush
	if now := time.Now(); at.Before(now) {
		at = now
	}
	c.nextPush = at.Add(between(c.config.PushGap))
	c.mu.Unlock()
	return sleep(ctx, time.Until(at))
}

// deliver sends a text, in parts where it is long. What a failed part leaves
// unsent is not sent: half an article after a gap would be read as the whole.
func (c *Channel) deliver(ctx context.Context, to, text string) (bot.Receipt, error) {
	var receipt bot.Receipt
	var by *session // which has sent a part
	for _, part := range bot.Split(text, maxBytes) {
		id, s, err := c.post(ctx, to, part)
		var refused *bot.RefusedError
		if by != nil && ctx.Err() != nil && errors.As(err, &refused) { // stopped in between
			id, err = c.finish(by, to, part)
		}
		if by == nil {
			by = s
		}
		if err != nil {
			return receipt, err
		}
		receipt.MessageIDs = append(receipt.MessageIDs, id)
	}
	return receipt, nil
}

// post sends one message and returns its id. While it is sure that nothing
// reached the server, it tries until ctx ends.
func (c *Channel) post(ctx context.Context, to, text string) (id string, by *session, err error) {
	for {
		s, err := c.online(ctx)
		if err != nil {
			return "", nil, &bot.RefusedError{Reason: "微信没有登录", After: time.Minute, Err: err}
		}
		id, err := c.try(ctx, s, to, text)
		code := retOf(err)
		var refused *bot.RefusedError
		switch {
		case err == nil:
			return id, s, nil
		case errors.As(err, &refused):
			return "", nil, err
		case code == tooOften:
			c.slowDown()
		case ended(code) != nil:
			s.end(ended(code))
			if code == 1203 {
				return "", nil, &bot.RefusedError{Reason: "微信不让这个账号操作（1203）"}
			}
		case code == notFriend:
			return "", nil, &bot.RefusedError{Reason: "对方不是这个账号的好友（1204）"}
		case code != 0:
			return "", nil, &bot.RefusedError{Reason: fmt.Sprintf("微信没有接受（%d）", code), After: time.Minute}
		case !errors.Is(err, errNotSent):
			return "", nil, fmt.Errorf("%w：%w", bot.ErrUncertain, scrub(err))
		}
		if ctx.Err() != nil {
			return "", nil, &bot.RefusedError{Reason: "没有等到能发的时候", After: time.Minute, Err: ctx.Err()}
		}
	}
}

// try makes one post, when its turn has come.
func (c *Channel) try(ctx context.Context, s *session, to, text string) (id string, err error) {
	err = c.alone(ctx, func() error {
		if err := sleep(ctx, c.slowLeft()); err != nil {
			return fmt.Errorf("%w: %w", errNotSent, err)
		}
		if s.ctx.Err() != nil {
			return errNotSent
		}
		if !c.heardFrom(to) && !s.contacts.known(to) {
			return &bot.RefusedError{Reason: errStaleID.Error()}
		}
		// A post under way is seen to its end: given up, its fate is unknown.
		id, err = s.post(context.WithoutCancel(ctx), postTimeout, to, text)
		return err
	})
	return id, err
}

// finish posts what is left of a text when the program stops, or the time for
// it is over: a part of an article would be read as the whole.
func (c *Channel) finish(s *session, to, text string) (id string, err error) {
	var over *endedError
	if errors.As(context.Cause(s.ctx), &over) || c.slowLeft() > 0 {
		return "", &bot.RefusedError{Reason: "没有发完就停下了"}
	}
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	err = c.alone(ctx, func() error {
		id, err = s.post(ctx, closing, to, text)
		return err
	})
	if err != nil {
		err = fmt.Errorf("%w：%w", bot.ErrUncertain, scrub(err))
	}
	return id, err
}

// post makes one post.
func (s *session) post(ctx context.Context, within time.Duration, to, text string) (id string, err error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	sent, err := s.caller.WebWxSendMsg(ctx, &openwechat.CallerWebWxSendMsgOptions{
		LoginInfo: s.login, BaseRequest: s.request, Message: openwechat.NewTextSendMessage(text, s.contacts.self, to),
	})
	if err != nil {
		return "", err
	}
	return sent.MsgId, nil
}

// alone runs f while no other call into the library is made, except the
// receive loop's.
func (c *Channel) alone(ctx context.Context, f func() error) error {
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
		return f()
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", errNotSent, ctx.Err())
	}
}

// slowDown keeps everything back for minutes.
func (c *Channel) slowDown() {
	c.mu.Lock()
	until := time.Now().Add(between(slowFor))
	if until.After(c.slowUntil) {
		c.slowUntil = until
	}
	c.mu.Unlock()
	c.set(bot.Slowed, "", "微信说操作太频繁（1205），几分钟后再发")
}

// slowLeft is how long to keep back.
func (c *Channel) slowLeft() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Until(c.slowUntil)
}

// between is a random duration in a range.
func between(r [2]time.Duration) time.Duration {
	if r[1] <= r[0] {
		return r[0]
	}
	return r[0] + rand.N(r[1]-r[0]+1)
}

// Hours is a part of the day, perhaps across midnight, in minutes after
// midnight. The zero value is no time at all.
type Hours struct {
	From, To int
	Location *time.Location
}

// Left is how long the hours last from now on; 0 outside of them.
func (h Hours) Left(now time.Time) time.Duration {
	if h.From == h.To {
		return 0
	}
	now = now.In(h.Location)
	minute := now.Hour()*60 + now.Minute()
	inside := h.From <= minute && minute < h.To
	if h.From > h.To {
		inside = minute >= h.From || minute < h.To
	}
	if !inside {
		return 0
	}
	end := time.Date(now.Year(), now.Month(), now.Day(), h.To/60, h.To%60, 0, 0, h.Location)
	if !end.After(now) {
		end = end.AddDate(0, 0, 1)
	}
	return end.Sub(now)
}
