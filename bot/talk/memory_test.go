package talk

import (
	"fmt"
	"testing"
	"time"
)

func who(i int) speaker { return speaker{"wechat", "chat", fmt.Sprint(i)} }

func says(text string) state { return state{choices: []string{text}} }

// remembers reports whether a memory has something of a speaker.
func (m *memory) remembers(i int) bool { return len(m.get(who(i)).choices) > 0 }

// What was offered is remembered for half an hour after the last turn that
// changed it, to the moment, and by the speaker's own time.
func TestMemoryExpires(t *testing.T) {
	t.Parallel()
	begun := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	now := begun
	m := newMemory(func() time.Time { return now })
	m.put(who(1), says("一"))
	now = begun.Add(time.Minute)
	m.put(who(2), says("二"))
	for _, tt := range []struct {
		after    time.Duration
		one, two bool
	}{
		{StateLife, true, true},
		{StateLife + 1, false, true},
		{StateLife + time.Minute, false, true},
		{StateLife + time.Minute + 1, false, false},
		{0, false, false}, // what is forgotten does not come back with the clock
	} {
		now = begun.Add(tt.after)
		if one, two := m.remembers(1), m.remembers(2); one != tt.one || two != tt.two {
			t.Errorf("after %v: %v and %v, want %v and %v", tt.after, one, two, tt.one, tt.two)
		}
	}
	now = begun
	m.put(who(1), says("一"))
	now = begun.Add(StateLife)
	m.put(who(1), says("又一"))
	now = begun.Add(2 * StateLife)
	if got := m.get(who(1)); len(got.choices) != 1 || got.choices[0] != "又一" {
		t.Errorf("the new one: %+v", got)
	}
}

// When there are too many, whoever has been silent longest is forgotten, and
// nobody else.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	m := newMemory(func() time.Time { return time.Time{} })
	for i := range mostStates {
		m.put(who(i), says("x"))
	}
	if !m.remembers(0) { // … and with this 0 has spoken again
		t.Error("the first is forgotten while there is room")
	}
	m.put(who(2), says("y"))
	m.put(who(mostStates), says("x"))
	for i, want := range map[int]bool{0: true, 1: false, 2: true, 3: true, mostStates - 1: true, mostStates: true} {
		if got := m.remembers(i); got != want {
			t.Errorf("with one too many, %d is remembered: %v", i, got)
		}
	}
	kept := 0
	for i := range mostStates + 1 {
		if m.remembers(i) {
			kept++
		}
	}
	if kept != mostStates {
		t.Errorf("%d are remembered", kept)
	}
}

// That only text can be read is said once, until a text comes.
func TestMemoryOfUnread(t *testing.T) {
	t.Parallel()
	m := newMemory(time.Now)
	m.put(who(1), says("x"))
	if m.toldUnread(who(1)) || !m.toldUnread(who(1)) || m.toldUnread(who(2)) {
		t.Error("it was told to the wrong one")
	}
	if !m.remembers(1) {
		t.Error("with it the choices were lost")
	}
}

// A digit stands for one of the choices, and for nothing else.
func TestMeaning(t *testing.T) {
	t.Parallel()
	s := state{choices: []string{"一", "二", "三", "四", "五", "六", "七", "八", "九"}}
	for text, want := range map[string]string{
		"1": "一", "9": "九", "５": "五", "2。": "二", "3、": "三", "4.": "四", "①": "一", "0": "", "10": "", "": "", "A": "", "一": "一", "二": "二", "第二个": "二", "看第2个": "二", "选3": "三", "2号。": "二", "我要看第四项": "四",
		"1 2": "", "-1": "", "²": "二", "第二条": "", "十": "", "两个": "二", "回复2": "二", "（2）": "二", "2️⃣": "二", "②": "二", "2谢谢": "二", "二三": "", "第二次": "",
	} {
		n, got, ok := s.meaning(text)
		if got != want || ok != (want != "") || ok && s.choices[n-1] != want {
			t.Errorf("%q: %d, %q, %v", text, n, got, ok)
		}
	}
	if _, got, ok := (state{choices: s.choices[:2]}).meaning("3"); ok {
		t.Errorf("a third of two: %q", got)
	}
}
