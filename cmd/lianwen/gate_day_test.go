package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianwen/bot/secrecy"
	"lianwen/bot/wechat/fakeweb"
)

// planted is a message that must leave no trace, with a word of its own to look for.
type planted struct{ text, tag string }

// plants are the marked messages of the gate's own tests.
func plants(t *testing.T) (list []planted) {
	t.Helper()
	for i, m := range examples(t, "marked") {
		p := planted{m, fmt.Sprintf("存查语QX%04d", i)}
		if p.text += "\n" + p.tag; secrecy.Seen(p.text) != nil { // else it is one of those that are missed
			list = append(list, p)
		}
	}
	if len(list) < 200 {
		t.Fatalf("only %d messages to plant", len(list))
	}
	return list
}

// examples are the messages of a file of the gate's own tests.
func examples(t *testing.T, name string) []string {
	t.Helper()
	raw, err := os.ReadFile("../../bot/secrecy/testdata/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	list := strings.Split(strings.TrimSpace(string(raw)), "\n")
	for i, m := range list {
		list[i] = strings.ReplaceAll(m, `\n`, "\n")
	}
	return list
}

// stage is where planted messages are said.
type stage struct {
	*service
	people []*fakeweb.Person
	group  *fakeweb.Group
}

// say says a message in the nth way there is to say it.
func (s *stage) say(n int, p planted) {
	who := s.people[n%len(s.people)]
	switch n % 9 {
	case 0:
		who.SayIn(s.group, "@廉问\u2005"+p.text)
	case 1:
		who.SayIn(s.group, p.text)
	case 2:
		m := s.server.Message(who.ID(), "")
		m["MsgType"], m["FileName"] = 49, p.text+".docx"
		s.server.Deliver(m)
	case 3: // a forwarded talk
		m := s.server.Message(who.ID(), "&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;群聊的聊天记录&lt;/title&gt;&lt;des&gt;"+strings.ReplaceAll(p.text, "\n", "<br/>")+"&lt;/des&gt;&lt;/appmsg&gt;&lt;/msg&gt;")
		m["MsgType"] = 49
		s.server.Deliver(m)
	case 4: // an earlier message, answered
		who.Say("「张三：" + p.text + "」\n- - - - - - - - - - - - - - -\n这个能发吗")
	case 5: // a step of a dialogue
		who.Say("提案")
		who.Say(p.text)
	case 6:
		who.Say("请假 12月3日 参加会议\n" + p.text)
	default:
		who.Say(p.text)
	}
}

// A day on which members send what must not be kept, in every way there is, with the
// program killed in the middle: no file has any of it, nor has the backup, nor the log.
func TestGateDay(t *testing.T) {
	t.Parallel()
	s := &stage{service: newService(t, `push_gap = ["0s", "0s"]
quiet = []
friend_phrase = "政协"
friend_gap = ["0s", "0s"]
[[push]]
name = "story"
content = "story"
at = "00:00"
window = "24h"
targets = ["group:机关学习群"]
`)}
	list, ordinary := plants(t), examples(t, "ordinary")
	for i := range 45 {
		s.people = append(s.people, s.server.AddPerson("机密★10年 存查语NICK"+fmt.Sprint(i), "A01 绝密★长期 存查语MARK"))
	}
	s.group = s.server.AddGroup("机关学习群", true, s.people...)
	said := strings.Join(ordinary, "\n") // a question about a mark may be kept
	before := s.everything() + said + compact(said)
	s.start().online()
	s.sent(1) // the story
	half := len(list) / 2
	for i, p := range list[:half] {
		s.say(i, p)
		s.people[i%len(s.people)].Say(ordinary[i])
	}
	s.server.RequestFriend("秘密★1年 存查语NICK", "政协 机密★5年 存查语FRIEND")
	s.until("some are answered", func() bool { return s.held() > half/4 })
	s.kill() // with much of it on its way
	s.clean("killed", before, list)
	s.start().online()
	for i, p := range list[half:] {
		s.say(half+i, p)
	}
	counted := 0
	s.until("all are counted", func() bool { counted = heldIn(s.check()); return counted >= len(list) })
	s.until("the last is answered", func() bool { return s.held() > len(list)/2 })
	backup := filepath.Join(t.TempDir(), "backup")
	s.lianwen("backup", backup)
	s.stop()
	s.clean("stopped", before, list)
	s.cleanFile(backup, before, list)
	s.cleanText("log", s.log.String(), "", list)
	if most := len(list) + half + len(list)/5; counted > most { // some have two kinds; what was begun when it was killed counts once more
		t.Errorf("%d counted, want %d at most", counted, most)
	}
}

// heldIn is how much check counts as held back.
func heldIn(res checkResult) (n int) {
	for _, h := range res.Ledger.Held {
		n += h.Count
	}
	return n
}

// held is how many were told that their message is not kept.
func (s *stage) held() (n int) {
	for _, sent := range s.server.Sent() {
		if strings.Contains(sent.Text, "没有处理，也没有留存") {
			n++
		}
	}
	return n
}

// everything is every byte of the data folder.
func (s *stage) everything() string {
	var b strings.Builder
	err := filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b.WriteString(path + "\n")
		raw, err := os.ReadFile(path)
		b.Write(raw)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return b.String()
}

func (s *stage) clean(when, before string, list []planted) {
	s.Helper()
	s.cleanText(when, s.everything(), before, list)
}

func (s *stage) cleanFile(file, before string, list []planted) {
	s.Helper()
	raw, err := os.ReadFile(file)
	if err != nil || len(raw) == 0 {
		s.Fatalf("%s: %v", file, err)
	}
	s.cleanText(file, string(raw), before, list)
}

// cleanText reports what of the planted messages a text has: their own words, and every
// line that was not there before.
func (s *stage) cleanText(where, text, before string, list []planted) {
	s.Helper()
	if strings.Contains(text, "存查语") {
		at := strings.Index(text, "存查语")
		s.Errorf("%s: %q", where, text[max(0, at-80):min(len(text), at+40)])
	}
	for _, p := range list {
		for line := range strings.SplitSeq(p.text, "\n") {
			quoted, _ := json.Marshal(line)
			for _, form := range []string{line, strings.Trim(string(quoted), `"`), compact(line)} {
				if len([]rune(form)) < 6 || len(form) < 12 && strings.Trim(form, "0123456789") == "" {
					continue // it may stand anywhere by chance
				}
				if strings.Contains(text, form) && !strings.Contains(before, form) {
					s.Errorf("%s has %q of %q", where, form, p.text)
				}
			}
		}
	}
}

// compact is a line without what may stand between its characters.
func compact(line string) string {
	return strings.Map(func(r rune) rune {
		if slices.Contains([]rune(" \u3000\u200b\u200c\u200d.-·/_|"), r) {
			return -1
		}
		return r
	}, line)
}
