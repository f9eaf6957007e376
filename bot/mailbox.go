package bot

import (
	"context"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
)

// Mailbox answers messages with one goroutine a conversation: in the order in
// which they came within one, side by side between them. A conversation has
// room for a few waiting messages; what comes beyond is dropped, and one
// Overflow message takes its place so that the sender is told.
//
// A conversation costs nothing while no message of it waits.
type Mailbox struct {
	work  func(ctx context.Context, in Incoming) (done bool)
	depth int
	log   *slog.Logger

	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu      sync.Mutex
	closed  bool
	waiting map[string][]*letter // by conversation; the first is being worked on
	left    []Incoming           // what was not done when the mailbox closed
}

// letter is a message in a mailbox.
type letter struct {
	in        Incoming
	ctx       context.Context
	cancel    context.CancelFunc
	withdrawn bool
	begun     bool // it is being worked on
}

// NewMailbox returns a mailbox with room for depth messages a conversation.
// Work answers one message; it returns false when it was stopped by its
// context before anything went out.
func NewMailbox(depth int, log *slog.Logger, work func(ctx context.Context, in Incoming) (done bool)) *Mailbox {
	ctx, cancel := context.WithCancel(context.Background())
	return &Mailbox{work: work, depth: depth, log: log, ctx: ctx, cancel: cancel, waiting: map[string][]*letter{}}
}

// Put queues a message. It never waits.
func (m *Mailbox) Put(in Incoming) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		m.left = append(m.left, in)
		return
	}
	queue := m.waiting[in.Conversation]
	if len(queue) > m.depth { // the place of the Overflow message is taken
		m.log.Warn("消息太多，没有处理", "channel", in.Channel, "conversation", in.Conversation)
		return
	}
	if len(queue) == m.depth {
		in.Kind, in.Text = Overflow, ""
	}
	l := &letter{in: in}
	l.ctx, l.cancel = context.WithCancel(m.ctx)
	m.waiting[in.Conversation] = append(queue, l)
	if len(queue) == 0 {
		m.wg.Go(func() { m.run(in.Conversation) })
	}
}

// Withdraw drops a message that was taken back by its sender, if nothing went
// out for it yet.
func (m *Mailbox) Withdraw(conversation, messageID string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, l := range m.waiting[conversation] {
		if l.in.MessageID == messageID {
			l.withdrawn = true
			l.cancel()
		}
	}
}

// Close stops all work and returns the messages for which nothing went out.
// Work that has begun to send is waited for until ctx ends.
func (m *Mailbox) Close(ctx context.Context) []Incoming {
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
	for conversation, queue := range m.waiting { // behind work that does not end
		n := 0
		if len(queue) > 0 && queue[0].begun {
			n = 1
		}
		for _, l := range queue[n:] {
			if !l.withdrawn && l.in.Kind != Overflow {
				m.left = append(m.left, l.in)
			}
		}
		m.waiting[conversation] = queue[:n:n]
	}
	return slices.Clone(m.left)
}

// run works off one conversation.
func (m *Mailbox) run(conversation string) {
	for {
		m.mu.Lock()
		queue := m.waiting[conversation]
		if len(queue) == 0 {
			delete(m.waiting, conversation)
			m.mu.Unlock()
			return
		}
		l := queue[0]
		l.begun = true
		m.mu.Unlock()

		done := l.ctx.Err() == nil && m.contain(l)
		l.cancel()

		m.mu.Lock()
		if !done && !l.withdrawn && m.closed && l.in.Kind != Overflow {
			m.left = append(m.left, l.in)
		}
		m.waiting[conversation] = m.waiting[conversation][1:]
		m.mu.Unlock()
	}
}

// contain keeps a panic from ending the process. What made it panic once would
// do so again, so the message counts as done.
func (m *Mailbox) contain(l *letter) (done bool) {
	defer func() {
		if p := recover(); p != nil {
			m.log.Error("处理消息时程序出错", "channel", l.in.Channel, "conversation", l.in.Conversation, "panic", p, "stack", string(debug.Stack()))
			done = true
		}
	}()
	return m.work(l.ctx, l.in)
}
