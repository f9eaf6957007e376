package wechat

import (
	"context"
	"errors"
	"fmt"
	"lianwen/bot"
	"net/url"
	"time"

	"github.com/eatmoreapple/openwechat"
)

// session is one login, from the scan (or the taking up of an earlier login) to
// the server's word that it is over. Another login is another session, with
// another client: the library's keeps what it learned.
type session struct {
	caller   *openwechat.Caller
	jar      *jar
	login    *openwechat.LoginInfo
	request  *openwechat.BaseRequest
	place    *openwechat.WebInitResponse // only its SyncKey; belongs to the receive loop
	contacts *contacts

	resumed bool      // from an earlier login, without a scan
	began   time.Time // when it came online
	cutoff  time.Time // messages older than this are not answered

	ctx context.Context // ends with the session
	end context.CancelCauseFunc
}

// endedError is the server's word that a login is over.
type endedError struct {
	code    int
	refused bool // the account may not act, logged in or not
}

func (e *endedError) Error() string {
	if e.refused {
		return fmt.Sprintf("微信不让这个账号操作（%d）：请用手机登录这个账号，看有没有安全提示", e.code)
	}
	return fmt.Sprintf("微信结束了登录（%d）", e.code)
}

// ended is what a return code means for a login: nil when it goes on.
func ended(code int) error {
	switch code {
	case 1100, 1101, 1102:
		return &endedError{code: code}
	case 1203:
		return &endedError{code: code, refused: true}
	}
	return nil
}

// retOf is the return code in an error of the library, or 0.
func retOf(err error) int {
	var ret openwechat.Ret
	if errors.As(err, &ret) {
		return int(ret)
	}
	return 0
}

// newSession makes a client of its own for a login.
func (c *Channel) newSession(cookies []savedCookie) (*session, error) {
	j, err := newJar(cookies)
	if err != nil {
		return nil, err
	}
	// The library makes clients of the desktop kind, which WeChat lets log in
	// where it refuses the web page, only by way of a Bot.
	b := openwechat.NewBot(context.Background())
	openwechat.Desktop.Prepare(b)
	s := &session{caller: b.Caller, jar: j}
	s.caller.Client.MaxRetryTimes = 1 // its retries post a message five times
	h := s.caller.Client.HTTPClient()
	h.Transport, h.Jar, h.Timeout = c.transport, j, 0 // the transport has the timeouts
	return s, nil
}

// resume takes up an earlier login.
func (c *Channel) resume(ctx context.Context, from *saved) (*session, error) {
	s, err := c.newSession(from.Cookies)
	if err != nil {
		return nil, err
	}
	s.login, s.request, s.resumed = from.Login, from.Request, true
	s.caller.Client.Domain = openwechat.WechatDomain(from.Domain)
	if err := c.begin(ctx, s); err != nil {
		return nil, fmt.Errorf("resume login: %w", err)
	}
	s.place.SyncKey = from.SyncKey // what came meanwhile is read
	return s, nil
}

// errExpired means that nobody has scanned the QR code in time.
var errExpired = errors.New("二维码过期了")

// scan shows a QR code and waits until it was scanned and confirmed.
func (c *Channel) scan(ctx context.Context) (*session, error) {
	s, err := c.newSession(nil)
	if err != nil {
		return nil, err
	}
	uuid, err := s.caller.GetLoginUUID(ctx)
	if err != nil {
		return nil, fmt.Errorf("get QR code: %w", err)
	}
	c.set(bot.Waiting, "https://login.weixin.qq.com/l/"+uuid, "")
	to, err := c.confirmed(ctx, s, uuid)
	if err != nil {
		return nil, fmt.Errorf("wait for scan: %w", err)
	}
	if s.login, err = s.caller.GetLoginInfo(ctx, to); err != nil {
		return nil, fmt.Errorf("log in: %w", err)
	}
	s.request = &openwechat.BaseRequest{
		Uin: s.login.WxUin, Sid: s.login.WxSid, Skey: s.login.SKey, DeviceID: openwechat.GetRandomDeviceId(),
	}
	if err := c.begin(ctx, s); err != nil {
		return nil, fmt.Errorf("log in: %w", err)
	}
	return s, nil
}

// pollEvery is the least time between two looks at a QR code. The server holds
// a look open while nothing happens; one that does not must not be hurried.
const pollEvery = 250 * time.Millisecond

// mostPolls of a QR code may fail in a row.
const mostPolls = 20

// confirmed waits until the code was scanned and confirmed, and returns where
// to log in.
func (c *Channel) confirmed(ctx context.Context, s *session, uuid string) (*url.URL, error) {
	for failed, odd := 0, 0; ; {
		resp, err := s.caller.CheckLogin(ctx, uuid, "0")
		if err != nil {
			if failed++; ctx.Err() != nil || failed == mostPolls {
				return nil, err
			}
			continue // the transport waits
		}
		failed = 0
		code, err := resp.Code()
		if err != nil {
			return nil, err
		}
		switch code {
		case openwechat.LoginCodeSuccess:
			return resp.RedirectURL()
		case openwechat.LoginCodeTimeout:
			return nil, errExpired
		case openwechat.LoginCodeScanned:
			c.set(bot.Scanned, "", "")
		case openwechat.LoginCodeWait:
		default:
			if odd++; odd == mostPolls { // the code may be dead: a new one is shown
				return nil, fmt.Errorf("不认识的登录状态 %s", code)
			}
		}
		if err := sleep(ctx, pollEvery); err != nil {
			return nil, err
		}
	}
}

// beginLife is how long the start of a login is tried: the way to it, a scan,
// is not to be asked for twice because of a hiccup.
const beginLife = 2 * time.Minute

// begin opens a session on the server and reads who is who.
func (c *Channel) begin(ctx context.Context, s *session) error {
	ctx, cancel := context.WithTimeout(ctx, beginLife)
	defer cancel()
	for {
		var err error
		s.place, err = s.caller.WebInit(ctx, s.request)
		if err == nil {
			break
		}
		if retOf(err) != 0 || ctx.Err() != nil {
			return err
		}
		c.unreachable(err)
		if err := sleep(ctx, pollEvery); err != nil { // an answer that cannot be decoded comes at once
			return err
		}
	}
	s.contacts = newContacts(s.place.User)
	s.contacts.add(s.place.ContactList, false)
	options := openwechat.CallerWebWxStatusNotifyOptions{BaseRequest: s.request, WebInitResponse: s.place, LoginInfo: s.login}
	if err := s.caller.WebWxStatusNotify(ctx, &options); err != nil {
		c.config.Log.Warn("没有能通知手机已登录", "err", scrub(err))
	}
	s.contacts.want()
	s.contacts.listDue()
	if err := s.readContacts(ctx); err != nil {
		c.config.Log.Warn("没有读到完整的通讯录，稍后再读", "err", scrub(err))
		s.contacts.want()
	}
	return nil
}
