package wechat_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"lianwen/bot"
)

// What must not be kept is not, in whatever way it comes: the message that somebody
// answers to, the name of a file, what is written by who asks to be a contact. In a
// group it is heard of, and not answered, when nobody spoke to us.
func TestHeld(t *testing.T) {
	simulated(t, func(w *world) {
		w.config.FriendPhrase = "政协"
		var mu sync.Mutex
		kinds := map[bot.Kind]int{}
		w.handle = func(_ context.Context, in bot.Incoming) (bot.Reply, error) {
			mu.Lock()
			defer mu.Unlock()
			if kinds[in.Kind]++; in.Kind == bot.Held && in.Text != "密级或内部标志" {
				t.Errorf("held %+v", in)
			}
			if kept := w.kept(); strings.Contains(kept, "人选") {
				t.Errorf("kept when dealt with: %s", kept)
			}
			return bot.Reply{}, nil
		}
		zhang := w.server.AddPerson("张三", "A01 秘密★1年 人选")
		group := w.server.AddGroup("学习群", true, zhang)
		w.start().online()
		zhang.Say("机密★10年 关于人选的通知")
		zhang.Say("「李四：机密★10年 关于人选的通知」\n- - - - - - - - - - - - - - -\n这个能发吗")
		file := w.server.Message(zhang.ID(), "")
		file["MsgType"], file["FileName"] = 49, "机密★关于人选的通知.docx"
		w.server.Deliver(file)
		talk := w.server.Message(zhang.ID(), "&lt;msg&gt;&lt;title&gt;群聊的聊天记录&lt;/title&gt;&lt;des&gt;张三: 内部资料 注意保存&lt;br/&gt;人选&lt;/des&gt;&lt;/msg&gt;")
		talk["MsgType"] = 49
		w.server.Deliver(talk)
		answer := w.server.Message(zhang.ID(), "&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;这个能发吗&lt;/title&gt;&lt;refermsg&gt;&lt;content&gt;机密★10年 关于人选的通知&lt;/content&gt;&lt;/refermsg&gt;&lt;/appmsg&gt;&lt;/msg&gt;")
		answer["MsgType"] = 49
		w.server.Deliver(answer)
		zhang.SayIn(group, "秘密★1年 关于人选的通知")
		zhang.SayIn(group, "明天开会")
		zhang.Say("提案什么时候截止")
		w.server.RequestFriend("机密★人选", "我是政协委员 机密★10年 人选")
		w.until("all dealt with", func() bool {
			mu.Lock()
			defer mu.Unlock()
			return kinds[bot.Text] == 1 && kinds[bot.Joined] == 1 && kinds[bot.Held] == 6
		})
		w.stop()
		if kept := w.kept() + w.log.String(); strings.Contains(kept, "人选") {
			t.Errorf("kept: %s", kept)
		}
		if kinds[bot.Media] != 0 {
			t.Errorf("%v", kinds)
		}
	})
}

// Of somebody who waits to be accepted only what accepting takes is on disk.
func TestHeldRequest(t *testing.T) {
	simulated(t, func(w *world) {
		w.config.FriendPhrase, w.config.FriendGap = "政协", [2]time.Duration{time.Hour, time.Hour}
		w.start().online()
		w.server.RequestFriend("机密★人选", "我是政协委员 机密★10年 人选")
		time.Sleep(time.Minute)
		w.stop()
		if kept := w.kept(); strings.Contains(kept, "人选") || !strings.Contains(kept, `"Ticket":"v4_`) {
			t.Errorf("kept: %s", kept)
		}
	})
}
