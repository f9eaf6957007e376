package fakeweb

import (
	"fmt"
	"html"
	"strconv"
	"strings"
)

// escape writes a text as the server does.
func escape(text string) string {
	return strings.ReplaceAll(html.EscapeString(text), "\n", "<br/>")
}

// inList writes a name as contact lists do, emoji spelt out.
func inList(name string) string {
	var b strings.Builder
	for _, r := range name {
		if r >= 0x1f000 {
			fmt.Fprintf(&b, `<span class="emoji emoji%x"></span>`, r)
		} else {
			b.WriteString(html.EscapeString(string(r)))
		}
	}
	return b.String()
}

// payload is a text message with a new id. The lock must be held.
func (s *Server) payload(from, content string) map[string]any {
	return map[string]any{
		"MsgId": strconv.Itoa(7_000_000_000 + s.number()), "FromUserName": from, "ToUserName": s.self.id(),
		"MsgType": 1, "Content": content, "CreateTime": s.Now().Unix(),
	}
}

// deliver appends to the account's stream. The lock must be held.
func (s *Server) deliver(m map[string]any) string {
	s.messages = append(s.messages, m)
	s.notify()
	id, _ := m["MsgId"].(string)
	return id
}

// Say lets the person write to the account. It returns the message's id.
func (p *Person) Say(text string) string {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.s.deliver(p.s.payload(p.id(), escape(text)))
}

// SayIn lets the person write in a group.
func (p *Person) SayIn(g *Group, text string) string {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.s.deliver(p.s.payload(g.id(), p.id()+":<br/>"+escape(text)))
}

// SayAsSelf is the operator, typing on the account's phone.
func (s *Server) SayAsSelf(to *Person, text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.payload(s.self.id(), escape(text))
	m["ToUserName"] = to.id()
	return s.deliver(m)
}

// Message makes a text payload from an id, to be changed and delivered.
func (s *Server) Message(from, content string) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.payload(from, content)
}

// Deliver puts a payload, whatever it is, into the account's stream; nil is a
// JSON null.
func (s *Server) Deliver(m map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deliver(m)
}

// Redeliver sends a message a second time.
func (s *Server) Redeliver(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.find(id); m != nil {
		s.deliver(m)
	}
}

func (s *Server) find(id string) map[string]any {
	for _, m := range s.messages {
		if m["MsgId"] == id {
			return m
		}
	}
	return nil
}

// Recall takes a message back.
func (s *Server) Recall(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	from := ""
	if m := s.find(id); m != nil {
		from, _ = m["FromUserName"].(string)
	}
	notice := s.payload(from, html.EscapeString(fmt.Sprintf(
		`<sysmsg type="revokemsg"><revokemsg><session>x</session><oldmsgid>1</oldmsgid><msgid>%s</msgid></revokemsg></sysmsg>`, id)))
	notice["MsgType"] = 10002
	s.deliver(notice)
}

// RequestFriend lets a stranger ask to be a contact.
func (s *Server) RequestFriend(nick, text string) *Person {
	p := s.AddStranger(nick)
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.payload("fmessage", "<msg/>")
	m["MsgType"] = 37
	m["RecommendInfo"] = map[string]any{"UserName": p.id(), "NickName": inList(nick), "Content": escape(text), "Ticket": "v4_" + p.key}
	s.deliver(m)
	return p
}

// Accepted are the nicknames of those whose request was accepted.
func (s *Server) Accepted() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.accepted...)
}
