package wechat

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/eatmoreapple/openwechat"

	"lianwen/bot"
)

// The ids in these tests: the account, a member, a group and a 公众号.
const (
	self     = "@bot"
	zhang    = "@zhang"
	ourGroup = "@@group"
	account  = "@mp"
)

func testView() view {
	return view{
		self:     self,
		official: func(id string) bool { return id == account },
		group: func(string) groupNames {
			return groupNames{mine: []string{"廉问"}, others: []string{"张三", "廉问小组", "A&B"}}
		},
		remark: func(id string) string { return map[string]string{zhang: "A01 张三"}[id] },
		called: []string{"小廉"},
	}
}

func message(from string, kind openwechat.MessageType, content string) *openwechat.Message {
	return &openwechat.Message{MsgType: kind, FromUserName: from, ToUserName: self, Content: content, MsgId: "7", CreateTime: 1_700_000_000}
}

func text(from, content string) *openwechat.Message {
	return message(from, openwechat.MsgTypeText, content)
}

func TestConvertPrivate(t *testing.T) {
	got := convert(text(zhang, "提案&amp;建议<br/>&lt;截止&gt;？<span class=\"emoji emoji1f600\"></span>"), testView())
	want := bot.Incoming{
		Channel: Name, Conversation: zhang, Sender: zhang, Remark: "A01 张三", Text: "提案&建议\n<截止>？😀",
		Addressed: true, MessageID: "7", SentAt: time.Unix(1_700_000_000, 0),
	}
	if got.message == nil || !reflect.DeepEqual(*got.message, want) {
		t.Errorf("got %+v\nwant %+v", got.message, want)
	}
}

func TestConvertText(t *testing.T) {
	for _, tt := range []struct{ name, content, want string }{
		{"typed markup stays", "&lt;br/&gt;", "<br/>"},
		{"entities are undone once", "&amp;lt;", "&lt;"},
		{"looks like a group's", "@abc:<br/>你好", "@abc:\n你好"},
		{"colon before a line break", "问题:<br/>提案", "问题:\n提案"},
		{"flag", `<span class="emoji emoji1f1e81f1f3"></span>`, "🇨🇳"},
		{"impossible emoji", `<span class="emoji emojiffffffffffff"></span>好`, "好"},
		{"quoted message", "「张三：昨天的会」\n- - - - - - - - - - - - - - -\n请假找谁", "请假找谁"},
		{"brackets alone", "「提案」怎么写", "「提案」怎么写"},
		{"numeric entity", "&#25552;案", "提案"},
		{"no such entity", "&nosuch;", "&nosuch;"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := convert(text(zhang, tt.content), testView())
			if got.message == nil || got.message.Text != tt.want {
				t.Errorf("got %+v, want %q", got.message, tt.want)
			}
		})
	}
}

// What is nobody's question is nothing.
func TestConvertIgnores(t *testing.T) {
	for name, m := range map[string]*openwechat.Message{
		"null":                   nil,
		"empty":                  {},
		"typed on the phone":     text(self, "你好"),
		"official account":       text(account, "今日推送"),
		"file transfer":          text("filehelper", "你好"),
		"team of WeChat":         text("weixin", "安全提示"),
		"status":                 message(zhang, 51, "<msg></msg>"),
		"system":                 message(zhang, openwechat.MsgTypeSys, "你已添加了张三"),
		"sticker":                message(zhang, openwechat.MsgTypeEmoticon, "<msg></msg>"),
		"call":                   message(zhang, openwechat.MsgTypeVoip, ""),
		"group's own notice":     message(ourGroup, openwechat.MsgTypeSys, "张三邀请李四加入群聊"),
		"group without sender":   text(ourGroup, "@廉问 你好"),
		"group, self":            text(ourGroup, self+":<br/>@廉问 你好"),
		"request without ticket": {MsgType: openwechat.MsgTypeVerify, FromUserName: "fmessage"},
		"forged request":         {MsgType: openwechat.MsgTypeVerify, FromUserName: zhang, RecommendInfo: openwechat.RecommendInfo{UserName: "@x", Ticket: "t"}},
	} {
		if got := convert(m, testView()); got.message != nil || got.request != nil || got.recalled != "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestConvertMedia(t *testing.T) {
	for kind, want := range map[openwechat.MessageType]string{
		openwechat.MsgTypeVoice: "语音", openwechat.MsgTypeImage: "图片", openwechat.MsgTypeShareCard: "名片",
	} {
		got := convert(message(zhang, kind, "<msg/>"), testView())
		if got.message == nil || got.message.Kind != bot.Media || got.message.Text != want || !got.message.Addressed {
			t.Errorf("%s: %+v", want, got.message)
		}
		if got := convert(message(ourGroup, kind, zhang+":<br/><msg/>"), testView()); got.message == nil || got.message.Addressed {
			t.Errorf("%s in a group: %+v", want, got.message)
		}
	}
	place := text(zhang, "某某路1号:<br/>/cgi-bin/…pictype=location")
	place.Url = "http://apis.map.qq.com/x"
	if got := convert(place, testView()); got.message == nil || got.message.Text != "位置" || got.message.Kind != bot.Media {
		t.Errorf("a location: %+v", got.message)
	}
}

func TestConvertRecall(t *testing.T) {
	notice := `&lt;sysmsg type="revokemsg"&gt;&lt;revokemsg&gt;&lt;session&gt;x&lt;/session&gt;&lt;oldmsgid&gt;1&lt;/oldmsgid&gt;&lt;msgid&gt;123456&lt;/msgid&gt;&lt;/revokemsg&gt;&lt;/sysmsg&gt;`
	got := convert(message(zhang, openwechat.MsgTypeRecalled, notice), testView())
	if got.recalled != "123456" || got.chat != zhang {
		t.Errorf("got %+v", got)
	}
	got = convert(message(ourGroup, openwechat.MsgTypeRecalled, zhang+":<br/>"+notice), testView())
	if got.recalled != "123456" || got.chat != ourGroup {
		t.Errorf("in a group: %+v", got)
	}
}

func TestAddressed(t *testing.T) {
	for _, tt := range []struct {
		name, text, rest string
		us, known        bool
	}{
		{"picked from the list", "@廉问\u2005提案什么时候截止", "提案什么时候截止", true, true},
		{"plain space", "@廉问 提案什么时候截止", "提案什么时候截止", true, true},
		{"full-width", "＠廉问，提案什么时候截止", "，提案什么时候截止", true, true},
		{"at the end", "提案什么时候截止@廉问", "提案什么时候截止", true, true},
		{"in the middle", "请问@廉问\u2005提案什么时候截止", "请问提案什么时候截止", true, true},
		{"alone", "@廉问", "", true, true},
		{"zero-width space", "@\u200b廉问\u2005 提案", "提案", true, true},
		{"right-to-left mark", "@廉问\u202e 提案", "提案", true, true},
		{"two of us", "@廉问\u2005@廉问\u2005提案", "提案", true, true},
		{"with somebody else", "@张三\u2005@廉问\u2005请假找谁", "@张三\u2005请假找谁", true, true},
		{"called", "小廉，请假找谁", "请假找谁", true, true},
		{"called with @", "@小廉 请假找谁", "请假找谁", true, true},
		{"called alone", "小廉", "", true, true},

		{"not called", "廉问怎么样", "廉问怎么样", false, true},
		{"named later", "请小廉 回答", "请小廉 回答", false, true},
		{"longer word", "小廉洁自律", "小廉洁自律", false, true},
		{"longer name", "@廉问小组\u2005开会", "@廉问小组\u2005开会", false, true},
		{"longer name, by hand", "@廉问小组 开会", "@廉问小组 开会", false, true},
		{"longer name, unknown", "@廉问 办公室\u2005开会", "@廉问 办公室\u2005开会", false, false},
		{"no space", "@廉问提案什么时候截止", "@廉问提案什么时候截止", false, false},
		{"somebody else", "@张三\u2005提案", "@张三\u2005提案", false, true},
		{"somebody unknown", "@李四\u2005提案", "@李四\u2005提案", false, false},
		{"everybody", "@所有人\u2005下午开会", "@所有人\u2005下午开会", false, true},
		{"e-mail", "发到 abc@廉问 就行", "发到 abc@廉问 就行", false, true},
		{"nothing", "", "", false, true},
		{"only @", "@", "@", false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rest, us, known := addressed(tt.text, testView().group(""), []string{"小廉"})
			if rest != tt.rest || us != tt.us || known != tt.known {
				t.Errorf("got %q, %v, known %v\nwant %q, %v, known %v", rest, us, known, tt.rest, tt.us, tt.known)
			}
		})
	}
}

// Names with what the library's own matching stumbles over.
func TestAddressedByOddNames(t *testing.T) {
	for _, name := range []string{"廉&问", "廉问😀", "廉问❤️", "廉 问", "廉问(测试)", "Lian Wen", "廉.*问"} {
		rest, us, _ := addressed("@"+name+"\u2005请假找谁", groupNames{mine: []string{name}}, nil)
		if !us || rest != "请假找谁" {
			t.Errorf("%s: %q, %v", name, rest, us)
		}
		if _, us, _ := addressed("@"+name+"x\u2005请假找谁", groupNames{mine: []string{name}}, nil); us {
			t.Errorf("%sx was taken for %s", name, name)
		}
	}
}

// Whatever the server sends: no panic, valid text, and never an answer to
// ourselves or to a group that did not ask.
func FuzzConvert(f *testing.F) {
	for _, m := range []*openwechat.Message{
		text(zhang, "提案<br/>&amp;"), text(ourGroup, zhang+":<br/>@廉问\u2005提案"), text(ourGroup, "@:<br/>x"),
		message(zhang, openwechat.MsgTypeRecalled, "&lt;msgid&gt;1&lt;/msgid&gt;"), text(self, "x"),
		text(zhang, strings.Repeat("长", 1000)), text(zhang, `<span class="emoji emoji1f600"></span>`),
	} {
		raw, err := json.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte(`{"MsgType":1,"FromUserName":"@@","Content":":<br/>"}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var m openwechat.Message
		if json.Unmarshal(raw, &m) != nil {
			t.Skip()
		}
		got := convert(&m, testView())
		in := got.message
		if in == nil {
			return
		}
		if !utf8.ValidString(in.Text) {
			t.Fatalf("not UTF-8: %q", in.Text)
		}
		if m.FromUserName == self || in.Sender == self || !strings.HasPrefix(in.Conversation, "@") {
			t.Fatalf("would answer %+v", in)
		}
		if in.Group && in.Addressed && !strings.Contains(visible(decode(m.Content)), "廉") {
			t.Fatalf("nobody called in %q", m.Content)
		}
	})
}

// A message of a hundred thousand characters costs no more than reading it:
// going through all of it for each of them would take minutes.
func TestConvertLong(t *testing.T) {
	start := time.Now()
	for _, unit := range []string{"长", "@", "@廉问", "&lt;", `<span class="emoji emoji1f600">`, "「", "- "} {
		convert(text(ourGroup, zhang+":<br/>"+strings.Repeat(unit, 100_000)), testView())
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("took %v", took)
	}
}

// What WeChat says in the name of a new friend is no question: the friend is
// greeted.
func TestCase25Accepted(t *testing.T) {
	got := convert(text(zhang, "我通过了你的朋友验证请求，现在我们可以开始聊天了"), testView())
	if got.message == nil || got.message.Kind != bot.Joined {
		t.Errorf("%+v", got.message)
	}
}
