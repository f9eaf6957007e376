package bot

import "time"

// How many messages are remembered as taken, and for how long: platforms replay
// minutes, not days.
const (
	mostSeen = 2000
	seenLife = 48 * time.Hour
)

// SeenID is a message that was taken, as a channel keeps it for its next start.
type SeenID struct {
	ID string    `json:"id"`
	At time.Time `json:"at"`
}

// Seen recognises messages that come again. It belongs to one goroutine.
type Seen struct {
	ids  map[string]bool
	list []SeenID
}

// NewSeen goes on from what was kept.
func NewSeen(list []SeenID) *Seen {
	s := &Seen{ids: map[string]bool{}, list: list}
	for _, id := range list {
		s.ids[id.ID] = true
	}
	return s
}

// First notes a message and reports whether it is new. A message without an id
// always is.
func (s *Seen) First(id string, now time.Time) bool {
	if id == "" {
		return true
	}
	if s.ids[id] {
		return false
	}
	s.ids[id] = true
	s.list = append(s.list, SeenID{id, now})
	for len(s.list) > mostSeen || now.Sub(s.list[0].At) > seenLife {
		delete(s.ids, s.list[0].ID)
		s.list = s.list[1:]
	}
	return true
}

// List is what to keep, oldest first.
func (s *Seen) List() []SeenID { return s.list }
