package bot

import (
	"context"
	"runtime/debug"
	"slices"
	"sync"
)

// mostUnread bounds what of one person waits to be dealt with. Dealing takes
// milliseconds: who has so many waiting is no person.
const mostUnread = 1000

// Mailbox deals with messages as they come, and lets what is said wait its turn.
// It costs nothing while nothing waits.
type Mailbox struct {
	mail   Mail
	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu     sync.Mutex
	closed bool
	// A queue is there, if empty, as long as somebody works on it.
	unread map[person][]*letter // the first is being dealt with
	unsaid map[string][]*letter // by conversation; the first is being said

	leftUnread []Incoming // what was not dealt with when the mailbox closed
	leftUnsaid []Letter   // … and not said
}

// person is somebody in one conversation.
type person struct{ conversation, sender string }

// letter is a letter in a mailbox.
type letter struct {
	Letter
	ctx       context.Context
	cancel    context.CancelFunc
	withdrawn bool
	begun     bool
}

// NewMailbox returns a mailbox. Close ends it.
func NewMailbox(mail Mail) *Mailbox {
	ctx, cancel := context.WithCancel(context.Background())
	return &Mailbox{mail: mail, ctx: ctx, cancel: cancel, unread: map[person][]*letter{}, unsaid: map[string][]*letter{}}
}

// Put has a message dealt with. It does not wait.
func (m *Mailbox) Put(in Incoming) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		m.leftUnread = append(m.leftUnread, in)
		return
	}
	who := person{in.Conversation, in.Sender}
	queue, running := m.unread[who]
	if len(queue) == mostUnread {
		m.mail.Log.Warn("一个人的消息太多，没有处理", "channel", in.Channel, "conversation", in.Conversation)
		return
	}
	m.unread[who] = append(queue, m.letter(Letter{In: in}))
	if !running {
		m.wg.Go(func() { m.deal(who) })
	}
}

// Post has something said that an earlier mailbox has left unsaid.
func (m *Mailbox) Post(l Letter) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.post(m.letter(l))
}

func (m *Mailbox) letter(l Letter) *letter {
	made := &letter{Letter: l}
	made.ctx, made.cancel = context.WithCancel(m.ctx)
	return made
}

// post puts a letter behind those of its conversation; mu is held.
func (m *Mailbox) post(l *letter) {
	if m.closed {
		m.leftUnsaid = append(m.leftUnsaid, l.Letter)
		return
	}
	conversation := l.In.Conversation
	queue, running := m.unsaid[conversation]
	m.unsaid[conversation] = append(queue, l)
	if !running {
		m.wg.Go(func() { m.say(conversation) })
	}
}

// Withdraw drops a message that was taken back by its sender, if nothing went
// out for it yet. What it has recorded stays.
func (m *Mailbox) Withdraw(conversation, messageID string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	lists := [][]*letter{m.unsaid[conversation]}
	for who, list := range m.unread {
		if who.conversation == conversation {
			lists = append(lists, list)
		}
	}
	for _, l := range slices.Concat(lists...) {
		if l.In.MessageID == messageID {
			l.withdrawn = true
			l.cancel()
		}
	}
}

// Close stops all work and returns the messages that were not dealt with, and
// the letters that were not said. Work that has begun to send is waited for until
// ctx ends.
func (m *Mailbox) Close(ctx context.Context) ([]Incoming, []Letter) {
	m.mu.Lock()
	m.closed = true
	m.mu.Unlock()
	m.cancel()
	ended := make(chan struct{})
	go func() {
		m.wg.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-ctx.Done():
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for who, queue := range m.unread { // behind work that does not end
		n := begun(queue)
		for _, l := range queue[n:] {
			m.leave(l)
		}
		m.unread[who] = queue[:n:n]
	}
	for conversation, queue := range m.unsaid {
		n := begun(queue)
		for _, l := range queue[n:] {
			m.leave(l)
		}
		m.unsaid[conversation] = queue[:n:n]
	}
	return slices.Clone(m.leftUnread), slices.Clone(m.leftUnsaid)
}

// begun is how many of a queue are being worked on.
func begun(queue []*letter) int {
	if len(queue) > 0 && queue[0].begun {
		return 1
	}
	return 0
}

// leave keeps what was not done, for who closes the mailbox; mu is held.
func (m *Mailbox) leave(l *letter) {
	switch {
	case l.withdrawn, l.In.Kind == Overflow:
	case l.Text == "":
		m.leftUnread = append(m.leftUnread, l.In)
	default:
		m.leftUnsaid = append(m.leftUnsaid, l.Letter)
	}
}

// deal deals with the messages of one person in a conversation.
func (m *Mailbox) deal(who person) {
	for {
		l := next(m, m.unread, who)
		if l == nil {
			return
		}
		stopped := l.ctx.Err() != nil
		if !stopped {
			l.Text = m.handled(l.ctx, l.In)
			stopped = m.ctx.Err() != nil // what it says of that is not worth saying
		}
		m.mu.Lock()
		m.unread[who] = m.unread[who][1:]
		switch {
		case l.withdrawn:
		case stopped:
			l.Text = ""
			m.leave(l)
		case l.Text == "":
		case m.waiting(who) < m.mail.Depth:
			l.begun = false
			m.post(l)
			m.mu.Unlock()
			continue
		case m.waiting(who) == m.mail.Depth:
			in := l.In
			in.Kind, in.Text = Overflow, ""
			m.mu.Unlock()
			text := m.handled(m.ctx, in)
			m.mu.Lock()
			m.post(m.letter(Letter{in, text}))
		}
		m.mu.Unlock()
		l.cancel()
		if !stopped {
			m.done(l.In)
		}
	}
}

// waiting is how many letters to a person are to be said in a conversation; mu
// is held.
func (m *Mailbox) waiting(who person) (n int) {
	for _, l := range m.unsaid[who.conversation] {
		if l.In.Sender == who.sender {
			n++
		}
	}
	return n
}

// say says the letters of one conversation.
func (m *Mailbox) say(conversation string) {
	for {
		l := next(m, m.unsaid, conversation)
		if l == nil {
			return
		}
		said := l.ctx.Err() == nil && l.Text != "" && m.said(l)
		l.cancel()
		m.mu.Lock()
		if stopped := !said && m.closed; stopped {
			m.leave(l)
		}
		m.unsaid[conversation] = m.unsaid[conversation][1:]
		over := said || l.withdrawn || !m.closed
		m.mu.Unlock()
		if over {
			m.done(l.In)
		}
	}
}

// next begins with the next letter of a queue; nil: it is empty, and forgotten.
func next[K comparable](m *Mailbox, queues map[K][]*letter, key K) *letter {
	m.mu.Lock()
	defer m.mu.Unlock()
	queue := queues[key]
	if len(queue) == 0 {
		delete(queues, key)
		return nil
	}
	queue[0].begun = true
	return queue[0]
}

// handled deals with a message and survives a panic: what made it panic once
// would do so again, so the message counts as dealt with.
func (m *Mailbox) handled(ctx context.Context, in Incoming) (text string) {
	defer m.contain(in)
	reply, _ := m.mail.Handle(ctx, in) // the handler has logged its error; the reply says it
	return reply.Text
}

func (m *Mailbox) said(l *letter) (done bool) {
	done = true // after a panic, too
	defer m.contain(l.In)
	done = m.mail.Say(l.ctx, l.Letter)
	return done
}

func (m *Mailbox) contain(in Incoming) {
	if p := recover(); p != nil {
		m.mail.Log.Error("处理消息时程序出错", "channel", in.Channel, "conversation", in.Conversation, "panic", Panicked(p), "stack", string(debug.Stack()))
	}
}

func (m *Mailbox) done(in Incoming) {
	if m.mail.Done != nil && in.Kind != Overflow {
		m.mail.Done(in)
	}
}
