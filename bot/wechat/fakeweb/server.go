package fakeweb

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Server is one account and its world.
type Server struct {
	mu       sync.Mutex
	changed  chan struct{} // closed when anything changes
	autoScan bool
	longPoll time.Duration

	uin      int // the account's number
	self     *Person
	people   []*Person
	groups   []*Group
	serial   int // of everything that needs a number
	login    loginState
	messages []map[string]any // the account's stream; a SyncKey's value is how many were read
	sent     []Sent
	accepted []string

	faults   []*fault
	requests map[string]int
	times    []time.Time
	ahead    atomic.Int64 // of the server's clock
	peak     int
}

// Person is somebody with an account, or the account itself.
type Person struct {
	s            *Server
	key          string // part of the id that never changes
	nick, remark string
	friend       bool
	official     bool
}

// Group is a group chat that the account is in.
type Group struct {
	s       *Server
	key     string
	name    string
	saved   bool
	botName string
	members []*Person
}

// Sent is a text that the account has sent.
type Sent struct {
	To          string // the nickname or the group's name
	ToID        string
	Text        string
	ClientMsgID string
	MsgID       string
	At          time.Time
}

// New returns a server with an account called 廉问 and nobody else.
func New() *Server {
	s := &Server{changed: make(chan struct{}), autoScan: true, longPoll: 25 * time.Second, requests: map[string]int{}, uin: 1234567}
	s.self = &Person{s: s, key: "self", nick: "廉问"}
	return s
}

// SetUin makes it another account; the first is 1234567.
func (s *Server) SetUin(uin int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.uin = uin
}

// number returns a new number.
func (s *Server) number() int {
	s.serial++
	return s.serial
}

// notify wakes whoever waits for a change. The lock must be held.
func (s *Server) notify() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// wait returns true when ok is, or false after d or when ctx ends.
func (s *Server) wait(ctx context.Context, d time.Duration, ok func() bool) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		s.mu.Lock()
		done, changed := ok(), s.changed
		s.mu.Unlock()
		if done {
			return true
		}
		select {
		case <-changed:
		case <-timer.C:
			return false
		case <-ctx.Done():
			return false
		}
	}
}

// id is what the present login calls somebody, and no other login of any
// account. The lock must be held.
func (s *Server) id(prefix, key string) string {
	sum := sha256.Sum256([]byte(fmt.Sprint(key, s.login.epoch, s.uin)))
	return prefix + hex.EncodeToString(sum[:16])
}

func (p *Person) id() string { return p.s.id("@", p.key) }
func (g *Group) id() string  { return g.s.id("@@", g.key) }

// ID is the person's UserName in the present login.
func (p *Person) ID() string {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.id()
}

// ID is the group's UserName in the present login.
func (g *Group) ID() string {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	return g.id()
}

func (s *Server) add(p *Person) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	p.s, p.key = s, "person"+strconv.Itoa(s.number())
	s.people = append(s.people, p)
	return p
}

// AddPerson adds a friend; the remark is what the operator has noted.
func (s *Server) AddPerson(nick, remark string) *Person {
	return s.add(&Person{nick: nick, remark: remark, friend: true})
}

// AddStranger adds somebody who is no friend; texts to them are refused.
func (s *Server) AddStranger(nick string) *Person { return s.add(&Person{nick: nick}) }

// AddAccount adds an official account.
func (s *Server) AddAccount(nick string) *Person {
	return s.add(&Person{nick: nick, friend: true, official: true})
}

// AddGroup adds a group. Only a saved one is in the address book.
func (s *Server) AddGroup(name string, saved bool, members ...*Person) *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := &Group{s: s, key: "group" + strconv.Itoa(s.number()), name: name, saved: saved, members: slices.Clone(members)}
	s.groups = append(s.groups, g)
	return g
}

// SetBotName gives the account a name of its own in the group.
func (g *Group) SetBotName(name string) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.botName = name
}

// SetSelf renames the account.
func (s *Server) SetSelf(nick string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.self.nick = nick
}

// SetLongPoll sets how long polls are held open; 25 seconds at first.
func (s *Server) SetLongPoll(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.longPoll = d
}

// Sent returns what was sent, those texts included whose reply was lost.
func (s *Server) Sent() []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}

// WaitSent waits until n texts were sent.
func (s *Server) WaitSent(ctx context.Context, n int) ([]Sent, error) {
	if !s.wait(ctx, time.Hour, func() bool { return len(s.sent) >= n }) {
		return s.Sent(), fmt.Errorf("%d texts were sent, want %d", len(s.Sent()), n)
	}
	return s.Sent(), nil
}

// Requests counts requests by endpoint, the last element of their path.
func (s *Server) Requests() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	counts := map[string]int{}
	for k, v := range s.requests {
		counts[k] = v
	}
	return counts
}

// PeakRate is the greatest number of requests within any one second.
func (s *Server) PeakRate() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.peak
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Date", s.Now().UTC().Format(http.TimeFormat))
	name := path.Base(r.URL.Path)
	handle, ok := s.endpoints()[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if f := s.count(name); f != nil {
		f(w, r, handle)
		return
	}
	handle(w, r)
}

// SetClock puts the server's clock ahead of this machine's, or, below zero,
// behind it.
func (s *Server) SetClock(ahead time.Duration) {
	s.ahead.Store(int64(ahead))
}

// Now is the server's time.
func (s *Server) Now() time.Time { return time.Now().Add(time.Duration(s.ahead.Load())) }

// count notes a request and returns the fault that it is to meet.
func (s *Server) count(name string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests[name]++
	now := time.Now()
	for len(s.times) > 0 && now.Sub(s.times[0]) >= time.Second {
		s.times = s.times[1:]
	}
	s.times = append(s.times, now)
	s.peak = max(s.peak, len(s.times))
	for i, f := range s.faults {
		if f.endpoint != "" && f.endpoint != name {
			continue
		}
		if f.times--; f.times == 0 {
			s.faults = slices.Delete(s.faults, i, i+1)
		}
		return f.f
	}
	return nil
}
