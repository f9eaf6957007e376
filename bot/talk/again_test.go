package talk_test

import (
	"strings"
	"testing"
	"time"

	"lianwen/bot"
)

// An answer that is delivered again after a crash is recorded once, at the time
// when it was sent, and its sender reads what they would have read.
func TestAnswerAgain(t *testing.T) {
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@li", false, "绑定 CCCC4444", "绑定好了")
	r := o.ask()
	sent := o.now.Add(time.Minute)
	say := func(sender, text string, again bool) string {
		reply, _ := o.bot.Handle(t.Context(), bot.Incoming{
			Channel: "wechat", Conversation: sender, Sender: sender, Text: text, Addressed: true, SentAt: sent, Again: again,
		})
		return reply.Text
	}
	o.now = o.now.Add(time.Hour)
	first := say("@zhang", "B", false)
	if again := say("@zhang", "B", true); again != first || !strings.HasPrefix(first, "已记录：B") {
		t.Errorf("delivered again it reads\n%s\nand not\n%s", again, first)
	}
	if other := say("@zhang", "A", true); !strings.Contains(other, "已经答过") {
		t.Errorf("another letter reads %s", other)
	}
	if really := say("@zhang", "B", false); !strings.Contains(really, "已经答过") {
		t.Errorf("said twice it reads %s", really)
	}
	o.now = o.now.AddDate(0, 0, 8) // the round has closed; the letter was sent before
	if late := say("@li", "A", true); !strings.HasPrefix(late, "已记录：A") {
		t.Errorf("sent in time, dealt with later: %s", late)
	}
	answers, err := o.ledger.Answers(t.Context(), r.Day, r.Day)
	if err != nil || len(answers) != 2 || !answers[1].At.Equal(sent) {
		t.Errorf("%+v, %v", answers, err)
	}
}
