package talk_test

import (
	"strings"
	"testing"
)

// A friend's machine that says what such machines say is not answered; one that
// says something else, and the same for ever, is answered a few times. What somebody
// says after that is answered again. Digits and commands may be repeated.
func TestCase24Machine(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	for range 10 {
		c.hears("您好，我现在不在，稍后给您回复。", "")
	}
	const away = "请假时本人登山去了"
	answered := 0
	for range 40 {
		if c.say(away) != "" {
			answered++
		}
	}
	if answered != 5 {
		t.Errorf("answered %d times", answered)
	}
	c.tells("请假办法第二条", "《请假办法》第二条")
	if c.say(away) == "" {
		t.Error("not answered after something else")
	}
	for range 10 {
		if got := c.say("帮助"); !strings.Contains(got, "直接提问") {
			t.Fatalf("a command repeated reads %q", got)
		}
	}
}
