package bot_test

import (
	"fmt"
	"testing"
	"time"

	"lianwen/bot"
)

func TestSeen(t *testing.T) {
	now := time.Now()
	s := bot.NewSeen(nil)
	for _, tt := range []struct {
		id   string
		want bool
	}{{"1", true}, {"1", false}, {"2", true}, {"", true}, {"", true}} {
		if got := s.First(tt.id, now); got != tt.want {
			t.Errorf("%q: %v", tt.id, got)
		}
	}
	s = bot.NewSeen(s.List())
	if s.First("2", now) {
		t.Error("2 is forgotten after a restart")
	}
	for i := range 6000 {
		s.First(fmt.Sprint("x", i), now)
	}
	list := s.List()
	if len(list) != 2000 || list[0].ID != "x4000" || list[1999].ID != "x5999" {
		t.Errorf("%d remembered, from %v on", len(list), list[0].ID)
	}
	if !s.First("1", now) || s.First("x5999", now) {
		t.Error("the oldest are not forgotten first")
	}
	if s.First("later", now.Add(49*time.Hour)); len(s.List()) != 1 {
		t.Errorf("%d remembered after days", len(s.List()))
	}
}
