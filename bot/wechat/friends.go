package wechat

import (
	"context"
	"strings"
	"time"

	"github.com/eatmoreapple/openwechat"

	"lianwen/bot"
)

// consider queues somebody who asks to be a contact and knows the phrase.
func (c *Channel) consider(r *openwechat.RecommendInfo) {
	phrase := c.config.FriendPhrase
	if phrase == "" || !strings.Contains(visible(r.Content), phrase) {
		c.config.Log.Info("好友申请没有通过，可以用手机处理")
		return
	}
	c.ask(&openwechat.RecommendInfo{UserName: r.UserName, Ticket: r.Ticket}) // what else they wrote of themselves is kept nowhere
}

// ask queues somebody who is to be accepted.
func (c *Channel) ask(r *openwechat.RecommendInfo) {
	select {
	case c.requests <- r:
	default:
		c.config.Log.Warn("好友申请太多，没有处理，可以用手机处理")
	}
}

// acceptFriends accepts whoever is queued, one after another and slowly, and
// lets the bot greet them.
func (c *Channel) acceptFriends(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case r := <-c.requests:
			if sleep(ctx, between(c.config.FriendGap)) != nil {
				c.ask(r) // Run takes it from there
				return
			}
			if err := c.accept(ctx, r); err != nil {
				if ctx.Err() != nil {
					c.ask(r) // Run takes it from there
					return
				}
				c.config.Log.Error("好友申请没有通过，可以用手机处理", "err", scrub(err))
				continue
			}
			c.hear(r.UserName)
			c.mail.Put(bot.Incoming{
				Channel: Name, Conversation: r.UserName, Sender: r.UserName,
				Kind: bot.Joined, Addressed: true, SentAt: time.Now(),
			})
		}
	}
}

func (c *Channel) accept(ctx context.Context, r *openwechat.RecommendInfo) error {
	s, err := c.online(ctx)
	if err != nil {
		return err
	}
	return c.alone(ctx, func() error {
		return s.caller.WebWxVerifyUser(ctx, &openwechat.CallerWebWxVerifyUserOptions{
			RecommendInfo: *r, BaseRequest: s.request, LoginInfo: s.login,
		})
	})
}
