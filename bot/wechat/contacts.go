package wechat

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/eatmoreapple/openwechat"

	"lianwen/bot"
)

// How often one group is asked for its members again because a name was not
// known, and how often the whole list is read again because the server said
// that something changed, which it does all the time.
const (
	refreshEvery = time.Minute
	listEvery    = 10 * time.Minute
)

// contacts are the names that go with the ids of one login. The server is asked
// for the list once; the library would ask, and sort, over and over.
type contacts struct {
	mu       sync.Mutex
	self     string // the account's id
	nick     string // and its nickname
	official map[string]bool
	remarks  map[string]string
	groups   map[string]*group
	listed   time.Time // when the list was read
	wanted   bool      // it is to be read again
}

type group struct {
	name  string // as it stands in the address book, or the remark put on it
	saved bool   // in the address book
	names groupNames
	asked time.Time // when the members were read because a name was not known
}

func newContacts(self *openwechat.User) *contacts {
	return &contacts{self: self.UserName, nick: decode(self.NickName), official: map[string]bool{}, remarks: map[string]string{}, groups: map[string]*group{}}
}

// add notes what a list says about people and groups.
func (c *contacts) add(list []*openwechat.User, saved bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if saved { // the whole address book: what is not in it any more has left it
		for _, g := range c.groups {
			g.saved = false
		}
	}
	for _, u := range list {
		if !strings.HasPrefix(u.UserName, "@@") {
			c.official[u.UserName] = u.VerifyFlag != 0
			c.remarks[u.UserName] = decode(u.RemarkName)
			continue
		}
		g := c.groups[u.UserName]
		if g == nil {
			g = &group{}
			c.groups[u.UserName] = g
		}
		g.saved = g.saved || saved
		if g.name = decode(u.RemarkName); g.name == "" {
			g.name = decode(u.NickName)
		}
		if len(u.MemberList) > 0 {
			g.names = c.members(u.MemberList)
		}
	}
}

// members sorts the names in a group into ours and others'.
func (c *contacts) members(list []*openwechat.User) groupNames {
	var names groupNames
	for _, u := range list {
		for _, name := range []string{decode(u.NickName), decode(u.DisplayName)} {
			switch {
			case name == "":
			case u.UserName == c.self:
				names.mine = append(names.mine, name)
			default:
				names.others = append(names.others, name)
			}
		}
	}
	return names
}

// isOfficial reports whether an id is known to be no person.
func (c *contacts) isOfficial(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.official[id]
}

// remarkOn is what the operator has noted of a contact.
func (c *contacts) remarkOn(id string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.remarks[id]
}

// namesIn are the names of a group's members. Before the members were read,
// there is the account's nickname.
func (c *contacts) namesIn(id string) groupNames {
	c.mu.Lock()
	defer c.mu.Unlock()
	if g := c.groups[id]; g != nil && len(g.names.mine) > 0 {
		return g.names
	}
	return groupNames{mine: []string{c.nick}}
}

// due reports whether a group's members are to be read again, and counts it as
// done.
func (c *contacts) due(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	g := c.groups[id]
	if g == nil {
		g = &group{}
		c.groups[id] = g
	}
	if time.Since(g.asked) < refreshEvery {
		return false
	}
	g.asked = time.Now()
	return true
}

// want asks for the whole list.
func (c *contacts) want() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wanted = true
}

// listDue is due for the whole list, if somebody wants it.
func (c *contacts) listDue() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.wanted || time.Since(c.listed) < listEvery {
		return false
	}
	c.listed, c.wanted = time.Now(), false
	return true
}

// find is the one group in the address book with a name: spelt as it is, or else
// alike by bot.Key, since nobody sees a space at the end of a name.
func (c *contacts) find(name string) (id string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, same := range []func(other string) bool{
		func(other string) bool { return other == name },
		func(other string) bool { return bot.Key(other) == bot.Key(name) },
	} {
		found := 0
		for gid, g := range c.groups {
			if g.saved && same(g.name) { // anybody can make another group of this name
				id = gid
				found++
			}
		}
		switch found {
		case 0:
			continue
		case 1:
			return id, nil
		}
		return "", fmt.Errorf("有 %d 个群都叫“%s”，不知道发给哪一个：请给其中的群改名或加备注", found, name)
	}
	return "", fmt.Errorf("没有找到群“%s”：请用登录的微信号打开这个群，选“保存到通讯录”，并核对群名", name)
}

// known reports whether an id is in the lists of this login.
func (c *contacts) known(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, person := c.official[id]
	return person || c.groups[id] != nil
}

// readContacts fills the lists: everybody in the address book, and the members
// of the groups in it.
func (s *session) readContacts(ctx context.Context) error {
	list, err := s.caller.WebWxGetContact(ctx, s.login)
	if err != nil {
		return fmt.Errorf("read contacts: %w", err)
	}
	s.contacts.add(list, true)
	var groups openwechat.Members
	for _, u := range list {
		if strings.HasPrefix(u.UserName, "@@") {
			groups = append(groups, u)
		}
	}
	const atOnce = 50 // what the server answers in one go
	for len(groups) > 0 {
		n := min(atOnce, len(groups))
		if err := s.readGroups(ctx, groups[:n]); err != nil {
			return err
		}
		groups = groups[n:]
	}
	return nil
}

// readGroups reads the members of groups.
func (s *session) readGroups(ctx context.Context, groups openwechat.Members) error {
	list, err := s.caller.WebWxBatchGetContact(ctx, groups, s.request)
	if err != nil {
		return fmt.Errorf("read groups: %w", err)
	}
	s.contacts.add(list, false)
	return nil
}
