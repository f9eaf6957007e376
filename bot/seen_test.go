package bot_test

import (
	"fmt"
	"testing"
	"time"

	"lianwen/bot"
)

func TestSeen(t *testing.T) {
	t.Parallel()
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
	if s.First("two days", now.Add(48*time.Hour)); len(s.List()) != 2000 || s.First("x5999", now.Add(48*time.Hour)) {
		t.Errorf("%d remembered after two days", len(s.List()))
	}
	if s.First("later", now.Add(48*time.Hour+1)); len(s.List()) != 2 {
		t.Errorf("%d remembered after more", len(s.List()))
	}
	if !s.First("x5999", now.Add(48*time.Hour+1)) {
		t.Error("what is in no list is still known")
	}
}
