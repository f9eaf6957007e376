package terminal_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/channeltest"
	"lianwen/bot/terminal"
)

// newStage is a stage with two people and a group; what is played on it comes
// from in.
func newStage(in io.Reader, out io.Writer) *terminal.Stage {
	return &terminal.Stage{
		In: in, Out: out, Now: time.Now, Groups: []string{"学习群"},
		People: []terminal.Person{{Name: "张三", Note: "委员"}, {Name: "李四", Note: "委员"}},
	}
}

// spoken are the texts of the bot on a screen.
func spoken(screen string) []string {
	var list []string
	for _, block := range strings.Split(screen, "\n\n") {
		_, block, ok := strings.Cut(block, "┌ ")
		if !ok {
			continue
		}
		_, text, _ := strings.Cut(block, "\n")
		list = append(list, strings.ReplaceAll(strings.TrimPrefix(text, "│ "), "\n│ ", "\n"))
	}
	return list
}

func TestStageConformance(t *testing.T) {
	channeltest.Run(t, func(t *testing.T) channeltest.Peer {
		r, w := io.Pipe()
		t.Cleanup(func() { w.Close() })
		out := &screen{}
		return channeltest.Peer{
			Channel: newStage(r, out),
			Heard: func() []string {
				out.mu.Lock()
				defer out.mu.Unlock()
				return spoken(out.text.String())
			},
			Say: func(text string) {
				if _, err := io.WriteString(w, text+"\n"); err != nil {
					t.Error(err)
				}
			},
		}
	})
}

// Whoever plays says who speaks and where; the bot hears in groups only what is
// addressed to it.
func TestStage(t *testing.T) {
	lines := []string{
		"提案", "/到 学习群", "没有叫它", "@廉问 十不准", "@廉问，在吗", "/我是 李四", "@小廉 故事", "/到 私聊", "故事",
		"/我是 谁", "/到 哪里", "/飞", "/停", "", "退出", "不再听",
	}
	out := &screen{}
	s := newStage(strings.NewReader(strings.Join(lines, "\n")), out)
	after := 0
	s.After = func(context.Context) error {
		after++
		return nil
	}
	s.Direct = func(_ context.Context, word, _ string) (string, bool, error) {
		if word != "停" {
			return "", false, nil
		}
		return "停下了。", true, nil
	}
	var got []string
	err := s.Run(t.Context(), func(_ context.Context, in bot.Incoming) (bot.Reply, error) {
		if in.Group && !in.Addressed {
			return bot.Reply{}, nil
		}
		got = append(got, strings.Join([]string{in.Sender, in.Conversation, in.Text}, " "))
		return bot.Reply{Text: "答" + in.Text}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "张三 张三 提案|张三 group:学习群 十不准|张三 group:学习群 ，在吗|李四 group:学习群 故事|李四 李四 故事"
	if strings.Join(got, "|") != want {
		t.Errorf("heard\n%s\nwant\n%s", strings.Join(got, "|"), want)
	}
	if after != 13 {
		t.Errorf("After was called %d times", after)
	}
	screen := out.text.String()
	for _, want := range []string{
		"廉问 → 给张三\n│ 答提案", "廉问 → 群“学习群”\n│ 答十不准", "（群里没有 @廉问", "没有“谁”这个人。有：张三、李四。",
		"没有“哪里”这个地方。有：私聊、学习群。", "不认识 /飞。", "停下了。", "李四（私聊）：故事\n",
	} {
		if !strings.Contains(screen, want) {
			t.Errorf("the screen lacks %q:\n%s", want, screen)
		}
	}
	if strings.Contains(screen, "不再听") {
		t.Error("it went on after 退出")
	}
}

// A stage reaches its people and groups, and nobody else.
func TestStageReady(t *testing.T) {
	s := newStage(strings.NewReader(""), io.Discard)
	for to, ready := range map[string]bool{"张三": true, bot.GroupAddress("学习群"): true, "王五": false, bot.GroupAddress("别的群"): false} {
		if err := s.Ready(to); (err == nil) != ready {
			t.Errorf("%s: %v", to, err)
		}
	}
}
