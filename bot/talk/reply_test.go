package talk

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"lianwen/corpus"
)

// utterances are messages by kind: question for those that a rule answers. They were
// written by somebody who had not seen the replies.
func utterances(t *testing.T) map[string][]string {
	t.Helper()
	f, err := os.Open("testdata/smalltalk.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string][]string{}
	for s := bufio.NewScanner(f); s.Scan(); {
		var u struct{ Text, Kind string }
		if err := json.Unmarshal(s.Bytes(), &u); err != nil {
			t.Fatal(err)
		}
		out[u.Kind] = append(out[u.Kind], u.Text)
	}
	return out
}

// Of what is no question nearly all gets the reply for its kind, or silence where
// that is the reply; of questions nearly none does.
func TestSmallTalk(t *testing.T) {
	t.Parallel()
	c, err := corpus.Read(corpus.Sample())
	if err != nil {
		t.Fatal(err)
	}
	said, missed, wrong, swallowed := 0, 0, 0, 0
	for kind, texts := range utterances(t) {
		for _, text := range texts {
			r := fixed(c.Replies(), text)
			switch {
			case kind == "question" && r != nil:
				swallowed++
				t.Logf("%s: %s", r.ID, text)
			case kind == "question":
			case r == nil && plain(text) != "":
				missed++
				t.Logf("%s is searched for: %s", kind, text)
			case r != nil && r.ID != kind && (kind != "auto" || r.Text != ""):
				wrong++
				t.Logf("%s gets the reply to %s: %s", kind, r.ID, text)
			}
			if kind != "question" {
				said++
			}
		}
	}
	if questions := len(utterances(t)["question"]); said < 240 || questions < 240 || missed*100 > 4*said || wrong > 2 || swallowed*100 > questions {
		t.Errorf("%d of %d missed, %d with a wrong reply, %d of %d questions swallowed", missed, said, wrong, swallowed, questions)
	}
}

// Of the ways in which people ask for articles hardly one is taken for small talk.
func TestSmallTalkSwallowsNoQuestion(t *testing.T) {
	t.Parallel()
	c, err := corpus.Read(corpus.Sample())
	if err != nil {
		t.Fatal(err)
	}
	asked, swallowed := 0, 0
	for _, r := range c.Rules {
		for _, a := range r.Articles {
			for _, line := range a.AskedAs {
				asked++
				if r := fixed(c.Replies(), line); r != nil {
					swallowed++
					t.Logf("%s: %s", r.ID, line)
				}
			}
		}
	}
	if asked < 15000 || swallowed > 5 {
		t.Errorf("%d of %d swallowed", swallowed, asked)
	}
}

// A message is compared without its faces, its width, and what hangs at its end.
func TestFixed(t *testing.T) {
	t.Parallel()
	c, err := corpus.Read(corpus.Sample())
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"好的": "ack", "好的。": "ack", "好的[OK]": "ack", "好的，知道了！": "ack", "ＯＫ": "ack", "嗯嗯～": "ack", "👍": "",
		"谢谢": "thanks", "謝謝！": "thanks", "谢谢[玫瑰][玫瑰]": "thanks", "谢谢，提案什么时候截止": "", "好的那几天内交": "",
		"举报": "", "举报打哪个电话": "", "我要举报科长收礼": "report", "实名举报要几天答复": "",
		"我通过了你的朋友验证请求，现在我们可以开始聊天了": "notice", "您好，我现在不在，稍后给您回复。": "auto",
	} {
		got := ""
		if r := fixed(c.Replies(), text); r != nil {
			got = r.ID
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
