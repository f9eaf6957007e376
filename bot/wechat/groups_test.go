package wechat

import (
	"testing"

	"github.com/eatmoreapple/openwechat"
)

func TestMentionAfterASCII(t *testing.T) {
	rest, us, _ := addressed("OK@廉问\u2005请假找谁", groupNames{mine: []string{"廉问"}}, nil)
	if !us {
		t.Errorf("%q %v", rest, us)
	}
}

func TestGoneGroup(t *testing.T) {
	c := newContacts(&openwechat.User{UserName: "@bot", NickName: "廉问"})
	c.add([]*openwechat.User{{UserName: "@@old", NickName: "学习群"}}, true)
	c.add([]*openwechat.User{{UserName: "@@new", NickName: "学习群"}}, true) // the old one is not in the list any more
	if id, err := c.find("学习群"); id != "@@new" {
		t.Errorf("%q, %v", id, err)
	}
}

func TestUnsavedNamesake(t *testing.T) {
	c := newContacts(&openwechat.User{UserName: "@bot", NickName: "廉问"})
	c.add([]*openwechat.User{{UserName: "@@saved", NickName: "学习群"}}, true)
	c.add([]*openwechat.User{{UserName: "@@joke", NickName: "学习群"}}, false) // somebody has made it and written there
	if id, err := c.find("学习群"); id != "@@saved" {
		t.Errorf("%q, %v", id, err)
	}
}

// A group is found by its name whatever nobody sees of it: spaces, width, case.
// The one that is spelt as asked for goes first.
func TestFault26GroupNames(t *testing.T) {
	c := newContacts(&openwechat.User{UserName: "@bot", NickName: "廉问"})
	c.add([]*openwechat.User{
		{UserName: "@@tail", NickName: "尾空格群\u3000"}, {UserName: "@@wide", NickName: "ＡＢ 学习群"},
		{UserName: "@@one", NickName: "提案委"}, {UserName: "@@two", NickName: "提案委 "},
		{UserName: "@@x", NickName: "x组"}, {UserName: "@@X", NickName: "X 组"},
	}, true)
	for name, want := range map[string]string{"尾空格群": "@@tail", "ab学习群": "@@wide", "提案委": "@@one", "提案委 ": "@@two", "Ｘ组": ""} {
		if id, err := c.find(name); id != want || (want == "") != (err != nil) {
			if want != "" || err == nil {
				t.Errorf("%q: %q, %v", name, id, err)
			}
		}
	}
}
