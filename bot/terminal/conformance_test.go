package terminal_test

import (
	"io"
	"strings"
	"sync"
	"testing"

	"lianwen/bot/channeltest"
	"lianwen/bot/terminal"
)

// screen is what a person sees: messages with an empty line behind each.
type screen struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *screen) messages() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := strings.Split(s.text.String(), "\n\n")
	return list[:len(list)-1]
}

func TestConformance(t *testing.T) {
	channeltest.Run(t, func(t *testing.T) channeltest.Peer {
		r, w := io.Pipe()
		t.Cleanup(func() { w.Close() })
		out := &screen{}
		return channeltest.Peer{
			Channel: terminal.New(r, out, ""),
			Heard:   out.messages,
			Say: func(text string) {
				if _, err := io.WriteString(w, text+"\n"); err != nil {
					t.Error(err)
				}
			},
		}
	})
}
