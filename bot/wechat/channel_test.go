package wechat_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/channeltest"
	"lianwen/bot/wechat"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	channeltest.Run(t, func(t *testing.T) channeltest.Peer {
		w := networked(t)
		zhang := w.server.AddPerson("张三", "")
		return channeltest.Peer{
			Channel: wechat.New(w.config),
			Say: func(text string) {
				w.online()
				zhang.Say(text)
			},
			Heard: func() []string {
				var list []string
				for _, s := range w.server.Sent() {
					list = append(list, s.Text)
				}
				return list
			},
			Kept: func() string { return w.kept() },
		}
	})
}

// kept is all that the channel has on disk.
func (w *world) kept() string {
	w.Helper()
	var b strings.Builder
	list, err := os.ReadDir(w.config.Dir)
	for _, e := range list {
		raw, err := os.ReadFile(filepath.Join(w.config.Dir, e.Name()))
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // it may have been replaced
			w.Error(err)
		}
		b.Write(raw)
	}
	if err != nil || b.Len() == 0 {
		w.Errorf("nothing on disk: %v", err)
	}
	return b.String()
}

// Names change while we are logged in.
func TestRenamed(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		saved, spoken := w.server.AddGroup("学习群", true, zhang), w.server.AddGroup("没存的群", false, zhang)
		w.start().online()
		zhang.SayIn(spoken, "@廉问\u2005一")
		w.sent(1)
		saved.SetBotName("小问&答😀")
		zhang.SayIn(saved, "@小问&答😀\u2005二")
		w.sent(2)
		w.server.SetSelf("廉问新名")
		zhang.SayIn(spoken, "@廉问新名\u2005三")
		w.sent(3)
		// Names that stay unknown are not asked for over and over.
		asked := w.server.Requests()["webwxbatchgetcontact"]
		for range 20 {
			zhang.SayIn(saved, "@不认识的人\u2005你好")
		}
		zhang.SayIn(saved, "@小问&答😀\u2005四")
		w.sent(4)
		if n := w.server.Requests()["webwxbatchgetcontact"] - asked; n > 0 {
			w.Errorf("the group's names were asked for %d times within a minute", n)
		}
	})
}

// The same message twice is answered once; so is one that was there before we
// were, if it is not too old.
func TestDuplicatesAndBacklog(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		w.start().online()
		id := zhang.Say("一")
		w.sent(1)
		w.server.Redeliver(id)
		old := w.server.Message(zhang.ID(), "旧")
		old["CreateTime"] = time.Now().Add(-11 * time.Minute).Unix()
		w.server.Deliver(old)
		recent := w.server.Message(zhang.ID(), "近")
		recent["CreateTime"] = time.Now().Add(-9 * time.Minute).Unix()
		w.server.Deliver(recent)
		zhang.Say("二")
		got := w.sent(3)
		if got[1].Text != "答近" || got[2].Text != "答二" {
			w.Errorf("sent %v", got)
		}
		// A restart takes the login up, answers what came meanwhile, and nothing twice.
		w.stop()
		zhang.Say("三")
		w.server.Redeliver(id)
		w.start()
		if got := w.sent(4); got[3].Text != "答三" {
			w.Errorf("sent %v", got)
		}
		if w.server.Logins() != 1 || w.server.HotLogins() != 1 {
			w.Errorf("%d scans, %d hot logins, want one of each", w.server.Logins(), w.server.HotLogins())
		}
	})
}

// What the library or a naive reader would fall over is ignored or answered,
// and the next question too.
func TestMalformedPayloads(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		group := w.server.AddGroup("学习群", true, zhang)
		w.start().online()
		odd := func(from, content string, change map[string]any) {
			m := w.server.Message(from, content)
			for k, v := range change {
				m[k] = v
			}
			w.server.Deliver(m)
		}
		w.server.Deliver(nil)
		w.server.Deliver(map[string]any{})
		odd("", "", nil)
		odd("@", "x", map[string]any{"FromUserName": "@@"})
		odd(group.ID(), "no sender", nil)
		odd(group.ID(), ":<br/>", nil)
		odd(group.ID(), "@x:<br/>", nil)
		odd(zhang.ID(), "状态", map[string]any{"MsgType": 51})
		odd(zhang.ID(), "系统", map[string]any{"MsgType": 10000})
		odd(zhang.ID(), "撤回", map[string]any{"MsgType": 10002})
		odd(zhang.ID(), "", map[string]any{"MsgType": 999999})
		odd(zhang.ID(), strings.Repeat("<br/>&amp;", 10_000), map[string]any{"MsgType": 49})
		zhang.Say("还在吗")
		got := w.sent(2)
		if got[0].Text != "看不懂文件或链接" || got[1].Text != "答还在吗" {
			w.Errorf("sent %v", got)
		}
	})
}

// Everything that must be refused is, and says why.
func TestRefusals(t *testing.T) {
	simulated(t, func(w *world) {
		stranger := w.server.AddStranger("陌生人")
		zhang := w.server.AddPerson("张三", "")
		w.server.AddGroup("重名群", true, zhang)
		w.server.AddGroup("重名群", true, zhang)
		w.start().online()
		stranger.Say("你好")
		w.until("said in the log", func() bool { return strings.Contains(w.log.String(), "好友") })
		for target, want := range map[string]string{
			bot.GroupAddress("重名群"): "2 个群", bot.GroupAddress("没有的群"): "保存到通讯录", "@nobody": "失效",
		} {
			_, err := w.channel.Send(w.Context(), bot.Outgoing{To: target, Text: "通知"})
			var refused *bot.RefusedError
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), want) {
				w.Errorf("%s: %v, want %s", target, err, want)
			}
		}
		zhang.Say("在吗")
		w.sent(1)
	})
}

// Voice in private gets a line, in a group silence.
func TestMedia(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		group := w.server.AddGroup("学习群", true, zhang)
		w.start().online()
		voice := w.server.Message(group.ID(), zhang.ID()+":<br/><msg/>")
		voice["MsgType"] = 34
		w.server.Deliver(voice)
		voice = w.server.Message(zhang.ID(), "<msg/>")
		voice["MsgType"] = 34
		w.server.Deliver(voice)
		if got := w.sent(1); got[0].To != "张三" || got[0].Text != "看不懂语音" {
			w.Errorf("sent %v", got)
		}
	})
}

// A question taken back before it was answered is not answered.
func TestRecall(t *testing.T) {
	simulated(t, func(w *world) {
		w.config.ReplyDelay = [2]time.Duration{3 * time.Second, 3 * time.Second}
		zhang := w.server.AddPerson("张三", "")
		w.start().online()
		id := zhang.Say("说错了")
		time.Sleep(2 * time.Second)
		w.server.Recall(id)
		zhang.Say("对的")
		if got := w.sent(1); got[0].Text != "答对的" {
			w.Errorf("sent %v", got)
		}
	})
}

// Only who knows the phrase becomes a contact, and is greeted.
func TestFriends(t *testing.T) {
	simulated(t, func(w *world) {
		w.config.FriendPhrase = "市政协委员"
		w.start().online()
		w.server.RequestFriend("推销", "加我领红包")
		w.server.RequestFriend("王五", "我是市政协委员王五")
		if got := w.sent(1); got[0].To != "王五" || got[0].Text != "您好" {
			w.Errorf("sent %v", got)
		}
		if got := w.server.Accepted(); !slices.Equal(got, []string{"王五"}) {
			w.Errorf("accepted %v", got)
		}
	})
}

// Without a phrase nobody is accepted.
func TestFriendsOff(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		w.start().online()
		w.server.RequestFriend("王五", "我是市政协委员王五")
		zhang.Say("一")
		w.sent(1)
		if got := w.server.Accepted(); len(got) != 0 {
			w.Errorf("accepted %v", got)
		}
	})
}

// A burst: every message is dealt with, whatever is said; the sender of too many
// is told once.
func TestOverflow(t *testing.T) {
	simulated(t, func(w *world) {
		zhang := w.server.AddPerson("张三", "")
		w.config.ReplyDelay = [2]time.Duration{time.Second, time.Second}
		var d dealt
		w.handle = d.handle
		w.start().online()
		for i := range 40 {
			zhang.Say(fmt.Sprint(i))
		}
		w.until("all dealt with", func() bool { return len(d.texts()) == 40 })
		time.Sleep(time.Minute)
		if got := w.sent(17); got[16].Text != "太快" {
			w.Errorf("the last was %q", got[16].Text)
		}
	})
}
