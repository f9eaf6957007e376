package wechat

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/eatmoreapple/openwechat"

	"lianwen/bot"
)

// Config is what the channel needs to know.
type Config struct {
	Dir           string            // where the login is kept
	Endpoint      *url.URL          // where the whole protocol goes, for tests; nil: to WeChat
	ReplyDelay    [2]time.Duration  // wait before answering a person, least and most
	PushGap       [2]time.Duration  // wait between messages that nobody asked for
	Quiet         Hours             // when no such message goes out
	GroupNames    []string          // what groups may call the bot at the beginning of a message
	RestartWindow time.Duration     // how old a message may be at login to be answered, and how late a reply
	FriendPhrase  string            // who writes this asking to be a contact is accepted; "": nobody
	FriendGap     [2]time.Duration  // wait before accepting
	Log           *slog.Logger      // nil discards
	OnStatus      func(bot.Status)  // hears of every change; must not block; may be nil
	HTTP          http.RoundTripper // how requests travel; nil: over the network
}

// depth is how many replies to a person may wait in a conversation.
const depth = 16

// Channel is one WeChat account.
type Channel struct {
	config    Config
	transport *transport
	store     store
	mail      *bot.Mailbox
	requests  chan *openwechat.RecommendInfo
	turn      chan struct{} // held by whoever calls the library
	wg        sync.WaitGroup
	seen      *bot.Seen       // belongs to the receive loop
	journal   *journal        // nil while Run does not run
	running   context.Context // ends with Run; for what outlives a session
	saving    time.Time       // when the session was saved last; belongs to the receive loop
	unsaved   bool            // the session has moved on since; belongs to the receive loop

	unmet []*openwechat.RecommendInfo // people not accepted when Run ended

	statusMu sync.Mutex
	status   bot.Status

	mu        sync.Mutex
	session   *session        // nil while not logged in
	changed   chan struct{}   // closed when session changes
	heard     map[string]bool // conversations whose ids are good in this login
	slowUntil time.Time
	nextPush  time.Time
	held      []bot.Incoming // taken, and not written down yet
}

var _ bot.Channel = (*Channel)(nil)

// New returns a channel. It does nothing until Run or Login.
func New(config Config) *Channel {
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	if config.HTTP == nil {
		config.HTTP = http.DefaultTransport.(*http.Transport).Clone()
	}
	c := &Channel{
		config: config, store: store{config.Dir}, turn: make(chan struct{}, 1), changed: make(chan struct{}),
		transport: &transport{base: config.HTTP, endpoint: config.Endpoint},
		requests:  make(chan *openwechat.RecommendInfo, 64),
		seen:      bot.NewSeen(nil), heard: map[string]bool{}, status: bot.Status{Channel: Name, Label: label},
	}
	c.transport.jumped = c.clockJumped
	return c
}

// clockJumped says that this machine's clock is not what it was, or is now.
func (c *Channel) clockJumped() {
	if err := c.transport.clock.wrong(); err != nil {
		c.config.Log.Error("本机时间不对：消息的先后按微信的时间算，推送等校准以后再发", "why", err)
		return
	}
	c.config.Log.Info("本机时间和微信一致")
}

// Name implements bot.Channel.
func (c *Channel) Name() string { return Name }

// Capabilities implements bot.Channel.
func (c *Channel) Capabilities() bot.Capabilities {
	return bot.Capabilities{
		Label: label, Direct: true, Groups: true, Initiates: true, Addressing: true, Uncertain: true,
		Pace: c.config.PushGap, MaxBytes: maxBytes,
	}
}

// ErrInUse means that another process uses the login.
var ErrInUse = errors.New("另一个 lianwen 正在用这个微信登录")

// swap makes a session the present one; nil: there is none.
func (c *Channel) swap(s *session) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.session = s
	close(c.changed)
	c.changed = make(chan struct{})
}

// current is the present session, or nil.
func (c *Channel) current() *session {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.session
}

// online waits for a session that has not ended.
func (c *Channel) online(ctx context.Context) (*session, error) {
	for {
		c.mu.Lock()
		s, changed := c.session, c.changed
		c.mu.Unlock()
		if s != nil && s.ctx.Err() == nil {
			return s, ctx.Err()
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// hear notes that a conversation's id is good in this login.
func (c *Channel) hear(conversation string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heard[conversation] = true
}

func (c *Channel) heardFrom(conversation string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.heard[conversation]
}

func (c *Channel) heardList() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Sorted(maps.Keys(c.heard))
}

// forgetIDs is for a new login: all ids are others now.
func (c *Channel) forgetIDs(good []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heard = map[string]bool{}
	for _, id := range good {
		c.heard[id] = true
	}
}
