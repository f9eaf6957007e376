package wechat

import (
	"context"
	"errors"
	"runtime/debug"
	"slices"
	"strconv"
	"time"

	"github.com/eatmoreapple/openwechat"

	"lianwen/bot"
)

// mostOdd is how many answers without sense the server may give in a row before
// the login counts as over.
const mostOdd = 10

// toldAfter is how long the server must fail before people are told.
const toldAfter = 10 * time.Second

// receive takes what the server has to say until the session ends, and returns
// why.
func (c *Channel) receive(s *session) error {
	var failing time.Time // since when
	odd := 0              // answers in a row that are neither news nor calm
	for {
		asked := time.Now()
		news, err := c.listen(s)
		if s.ctx.Err() != nil {
			return context.Cause(s.ctx)
		}
		if news <= 0 { // the server holds the poll open; where it does not, we wait
			_ = sleep(s.ctx, pollEvery-time.Since(asked)) // the next round looks at s.ctx
		}
		var over *endedError
		switch {
		case errors.As(err, &over):
			return err
		case err == nil && news >= 0:
			failing, odd = time.Time{}, 0
			c.healthy()
			c.reread(s)
			c.trySave(s)
			continue
		case err != nil && retOf(err) == 0: // no answer; the transport waits
			if failing.IsZero() {
				failing = asked
			}
			if time.Since(failing) >= toldAfter {
				c.set(bot.Offline, "", "连不上微信，正在重试："+scrub(err).Error())
			}
			continue
		case retOf(err) == tooOften:
			c.slowDown()
		}
		if odd++; odd == mostOdd {
			return &endedError{code: retOf(err)}
		}
		if err := sleep(s.ctx, backoff(odd)); err != nil {
			return context.Cause(s.ctx)
		}
	}
}

// listen asks whether there is news, and takes it. It returns how many messages
// came; -1 when the server spoke of news that were none.
func (c *Channel) listen(s *session) (news int, err error) {
	options := openwechat.CallerSyncCheckOptions{BaseRequest: s.request, WebInitResponse: s.place, LoginInfo: s.login}
	check, err := s.caller.SyncCheck(s.ctx, &options)
	if err != nil {
		return 0, err
	}
	if code, err := strconv.Atoi(check.RetCode); err != nil || code != 0 {
		return 0, judged(code)
	}
	if check.Selector == openwechat.SelectorNormal {
		return 0, nil
	}
	got, err := s.caller.WebWxSync(s.ctx, (*openwechat.CallerWebWxSyncOptions)(&options))
	if err != nil {
		return 0, err
	}
	if got.BaseResponse.Ret != 0 {
		return 0, judged(int(got.BaseResponse.Ret))
	}
	moved := got.SyncKey.Count > 0 && !slices.Equal(got.SyncKey.List, s.place.SyncKey.List)
	if moved {
		s.place.SyncKey = got.SyncKey
	}
	c.take(s, got.AddMsgList, moved)
	if got.ModContactCount > 0 || got.ModChatRoomMemberCount > 0 {
		c.refresh(s)
	}
	if !moved && len(got.AddMsgList) == 0 {
		return -1, nil
	}
	return len(got.AddMsgList), nil
}

// judged is the error of a return code: the end of the login, or the code.
func judged(code int) error {
	if err := ended(code); err != nil {
		return err
	}
	return openwechat.Ret(code)
}

// take sorts messages: what was seen, is old or not for us is dropped; the rest
// is noted on disk as taken, and then answered.
func (c *Channel) take(s *session, list []*openwechat.Message, moved bool) {
	now := time.Now()
	var letters []bot.Incoming
	fresh := false
	for _, m := range list {
		if m == nil {
			c.config.Log.Warn("有一条消息读不懂，没有处理")
			continue
		}
		if !c.seen.First(messageID(m), now) {
			continue
		}
		fresh = true
		got := c.contained(s, m)
		switch {
		case got.request != nil:
			c.consider(got.request)
		case got.recalled != "":
			letters = slices.DeleteFunc(letters, func(in bot.Incoming) bool {
				return in.Conversation == got.chat && in.MessageID == got.recalled
			})
			c.mail.Withdraw(got.chat, got.recalled)
		case got.message == nil, got.message.Group && !got.message.Addressed && got.message.Kind != bot.Held:
		case got.message.SentAt.Before(s.cutoff):
			c.config.Log.Info("启动前的旧消息，不答", "id", got.message.MessageID, "sent", got.message.SentAt)
		default:
			letters = append(letters, *got.message)
		}
	}
	for _, in := range letters {
		c.hear(in.Conversation)
	}
	c.unsaved = c.unsaved || fresh || moved
	c.admit(letters)
	c.trySave(s)
}

// admit has messages dealt with, once they are written down: what cannot be
// remembered is not dealt with, or it would be again after a restart.
func (c *Channel) admit(letters []bot.Incoming) {
	if len(letters) == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.held) > 0 { // in order
		c.held = append(c.held, letters...)
		return
	}
	if err := c.journal.take(letters); err != nil {
		c.config.Log.Error("收到的消息记不下来（磁盘满了，或者不可写），先不处理；能记下来就处理", "n", len(letters), "err", err)
		c.held = letters
		c.wg.Go(c.admitHeld)
		return
	}
	for _, in := range letters {
		c.mail.Put(in)
	}
}

// retryEvery is how often it is tried again to write down what could not be.
const retryEvery = time.Second

// admitHeld tries on until what is held is written down, or Run ends.
func (c *Channel) admitHeld() {
	for written := false; !written; {
		if sleep(c.running, retryEvery) != nil {
			return
		}
		c.mu.Lock()
		if written = c.journal.take(c.held) == nil; written {
			for _, in := range c.held {
				c.mail.Put(in)
			}
			c.held = nil
		}
		c.mu.Unlock()
	}
}

// contained reads a payload and survives one that cannot be: it is noted as
// taken, so that it does not come again.
func (c *Channel) contained(s *session, m *openwechat.Message) (got inbound) {
	defer func() {
		if p := recover(); p != nil {
			c.config.Log.Error("读消息时程序出错，这条消息没有处理", "id", messageID(m), "type", int(m.MsgType), "panic", bot.Panicked(p), "stack", string(debug.Stack()))
			got = inbound{}
		}
	}()
	got = c.read(s, m)
	if got.message != nil {
		*got.message = bot.Sift(*got.message)
	}
	return got
}

// read converts a payload. Where it mentions somebody unknown, the group's
// names are read again: the account may have been renamed.
func (c *Channel) read(s *session, m *openwechat.Message) inbound {
	v := view{self: s.contacts.self, official: s.contacts.isOfficial, group: s.contacts.namesIn, remark: s.contacts.remarkOn, called: c.config.GroupNames}
	got := convert(m, v)
	if !got.stale || got.message.Addressed || !s.contacts.due(m.FromUserName) {
		return got
	}
	ctx, cancel := context.WithTimeout(s.ctx, 5*time.Second)
	defer cancel()
	err := c.alone(ctx, func() error {
		return s.readGroups(ctx, openwechat.Members{{UserName: m.FromUserName}})
	})
	if err != nil {
		c.config.Log.Warn("没有读到群成员的名称", "err", scrub(err))
		return got
	}
	return convert(m, v)
}

// refresh has the lists read again, as soon as they are due.
func (c *Channel) refresh(s *session) {
	s.contacts.want()
	c.reread(s)
}

// reread reads the lists in the background if that is wanted and due.
func (c *Channel) reread(s *session) {
	if !s.contacts.listDue() {
		return
	}
	c.wg.Go(func() {
		err := c.alone(s.ctx, func() error { return s.readContacts(s.ctx) })
		if err != nil && s.ctx.Err() == nil {
			s.contacts.want()
			c.config.Log.Warn("没有读到通讯录", "err", scrub(err))
		}
	})
}

// saveEvery is how often the session is written down at most. What comes in
// between is in the journal.
const saveEvery = time.Second

// trySave writes the session down if that is due. When it fails the channel goes
// on: what matters is in the journal, and the worst is a scan at the next start.
func (c *Channel) trySave(s *session) {
	c.mu.Lock()
	held := len(c.held) > 0
	c.mu.Unlock()
	if !c.unsaved && !c.saving.IsZero() || held || time.Since(c.saving) < saveEvery {
		return // what is held is to be delivered again if we die
	}
	if err := c.save(s, leftover{}); err != nil {
		c.config.Log.Error("登录信息没有存下，照常运行；下次启动可能要重新扫码", "err", scrub(err))
		return
	}
	c.saving, c.unsaved = time.Now(), false
	if err := c.journal.saved(); err != nil {
		c.config.Log.Warn("消息日志没有换新的，照常运行", "err", err)
	}
}

// save writes the session down, with what is left to do.
func (c *Channel) save(s *session, rest leftover) error {
	return c.store.save(&saved{
		Domain: string(s.caller.Client.Domain), Login: s.login, Request: s.request, SyncKey: s.place.SyncKey,
		Cookies: s.jar.cookies(), Seen: c.seen.List(), Heard: c.heardList(), Pending: rest.unread, Unsaid: rest.unsaid, Requests: c.unmet,
	})
}
