package talk_test

import (
	"fmt"
	"testing"
	"time"

	"lianwen/bot/talk"
	"lianwen/index"
)

// How each question came out is told to who counts, and nothing else: a greeting, a
// command or a digit is no question.
func TestOutcome(t *testing.T) {
	t.Parallel()
	var heard []string
	x := openIndex(t, smallLibrary())
	c := newTalk(t, talk.New(index.NewLive(x), talk.Config{Contact: contact, Location: time.UTC, Outcome: func(outcome string) { heard = append(heard, outcome) }}))
	for _, text := range []string{"你好", "请假办法第二条", "1", "帮助", "宇宙飞船的燃料"} {
		c.say(text)
	}
	if got := fmt.Sprint(heard); got != "[answered none]" {
		t.Errorf("heard %s", got)
	}
}
