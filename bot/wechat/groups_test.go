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
