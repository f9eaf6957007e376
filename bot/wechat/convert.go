package wechat

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/eatmoreapple/openwechat"

	"lianwen/bot"
)

// Name is the channel's name; label is what people call the platform.
const (
	Name  = "wechat"
	label = "微信"
)

// inbound is what a payload turned out to be: one of the four, or nothing.
type inbound struct {
	message  *bot.Incoming
	recalled string                    // the id of a message that was taken back …
	chat     string                    // … in this conversation
	request  *openwechat.RecommendInfo // somebody asks to be a contact
	stale    bool                      // somebody was @-mentioned whom we do not know: names may have changed
}

// view is what converting needs to know about the present login.
type view struct {
	self     string                     // the account's own id
	official func(id string) bool       // not a person: 公众号, 服务号
	group    func(id string) groupNames // by the group's id
	remark   func(id string) string     // what the operator has noted of a contact
	called   []string                   // what groups may call the bot, besides its own names
}

// voiced is what the kinds of messages without text are called. A sticker is
// not among them: it asks nothing, and an answer to a thumb is a nuisance.
var voiced = map[openwechat.MessageType]string{
	openwechat.MsgTypeImage: "图片", openwechat.MsgTypeVoice: "语音", openwechat.MsgTypeShareCard: "名片",
	openwechat.MsgTypeVideo: "视频", openwechat.MsgTypeMicroVideo: "视频", openwechat.MsgTypeLocation: "位置",
	openwechat.MsgTypeApp: "文件或链接",
}

// convert reads a payload as the server sent it. It knows nothing of duplicates
// and of age.
func convert(m *openwechat.Message, v view) inbound {
	switch {
	case m == nil:
		return inbound{}
	case m.MsgType == openwechat.MsgTypeVerify && m.FromUserName == "fmessage":
		if m.RecommendInfo.UserName == "" || m.RecommendInfo.Ticket == "" {
			return inbound{}
		}
		r := m.RecommendInfo
		r.Content = decode(r.Content)
		return inbound{request: &r}
	case m.FromUserName == v.self, !strings.HasPrefix(m.FromUserName, "@"), v.official(m.FromUserName):
		return inbound{} // typed on the account's phone; the system's accounts; 公众号
	case m.MsgType == openwechat.MsgTypeRecalled:
		return inbound{recalled: recalledID(m.Content), chat: m.FromUserName}
	}
	in := bot.Incoming{
		Channel: Name, Conversation: m.FromUserName, Sender: m.FromUserName,
		Group: strings.HasPrefix(m.FromUserName, "@@"), MessageID: messageID(m), SentAt: time.Unix(m.CreateTime, 0),
	}
	content := m.Content
	if in.Group {
		var ok bool
		if in.Sender, content, ok = groupSender(content); !ok || in.Sender == v.self {
			return inbound{} // the group's own notices name no sender
		}
	}
	in.Remark = v.remark(in.Sender)
	if media, ok := voiced[m.MsgType]; ok || m.MsgType == openwechat.MsgTypeText && m.Url != "" {
		if media == "" {
			media = "位置"
		}
		in.Kind, in.Text, in.Addressed, in.Beside = bot.Media, media, !in.Group, beside(m, content)
		return inbound{message: &in}
	}
	if m.MsgType != openwechat.MsgTypeText {
		return inbound{}
	}
	in.Beside, in.Text = unquote(decode(content))
	if !in.Group {
		in.Addressed = true
		if strings.HasPrefix(in.Text, accepted) {
			in.Kind, in.Text = bot.Joined, ""
		}
		return inbound{message: &in}
	}
	var known bool
	in.Text, in.Addressed, known = addressed(in.Text, v.group(m.FromUserName), v.called)
	return inbound{message: &in, stale: !known}
}

// accepted begins what WeChat says in the name of somebody who has accepted the
// account's request: nobody has asked anything.
const accepted = "我通过了你的朋友验证请求"

// messageID is the id by which a message is recognised when it comes again.
func messageID(m *openwechat.Message) string {
	if m.MsgId == "" && m.NewMsgId != 0 {
		return strconv.FormatInt(m.NewMsgId, 10)
	}
	return m.MsgId
}

// groupSender takes the sender off a group message: "@id:<br/>text". The text
// may hold the same characters; only the first are the server's.
func groupSender(content string) (sender, text string, ok bool) {
	sender, text, ok = strings.Cut(content, ":<br/>")
	if !ok || len(sender) < 2 || sender[0] != '@' || strings.ContainsAny(sender, " <>\n") {
		return "", "", false
	}
	return sender, text, true
}

var emojiSpan = regexp.MustCompile(`<span class="emoji emoji([0-9a-fA-F]{1,12})"></span>`)

// decode turns what the server writes into what was typed: line breaks, emoji
// and entities. What a person typed as &lt; or <br/> arrives escaped once more
// and stays.
func decode(s string) string {
	s = strings.ReplaceAll(s, "<br/>", "\n")
	s = emojiSpan.ReplaceAllStringFunc(s, func(span string) string {
		return emoji(emojiSpan.FindStringSubmatch(span)[1])
	})
	return html.UnescapeString(s)
}

// emoji is one character, or two for flags, which come as ten digits. What is
// none is dropped.
func emoji(hex string) string {
	if len(hex) == 10 {
		return emoji(hex[:5]) + emoji(hex[5:])
	}
	code, err := strconv.ParseInt(hex, 16, 32)
	if err != nil || code > unicode.MaxRune {
		return ""
	}
	return string(rune(code))
}

var quotation = regexp.MustCompile(`(?s)^「.*?」\n(?:- ?){5,}\n`)

// unquote takes the earlier message that somebody answers to off a text: it was not
// said now.
func unquote(text string) (earlier, now string) {
	if at := quotation.FindStringIndex(text); at != nil {
		return text[:at[1]], text[at[1]:]
	}
	return "", text
}

var titles = regexp.MustCompile(`(?s)<(?:title|des|datatitle|datadesc|content)>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</`)

// beside is what is written beside a message that is no text: the name of a file, the
// title of a link, the lines of a forwarded talk, the message that is answered.
func beside(m *openwechat.Message, content string) string {
	var b strings.Builder
	b.WriteString(html.UnescapeString(m.FileName))
	for _, title := range titles.FindAllStringSubmatch(strings.ReplaceAll(html.UnescapeString(content), "<br/>", "\n"), -1) {
		b.WriteString("\n" + html.UnescapeString(title[1]))
	}
	return b.String()
}

var recalledMessage = regexp.MustCompile(`<msgid>(\d+)</msgid>`)

// recalledID is the id of the message that a notice of recall names.
func recalledID(content string) string {
	if m := recalledMessage.FindStringSubmatch(html.UnescapeString(content)); m != nil {
		return m[1]
	}
	return ""
}
