package fakeweb

import (
	"net/http"
	"strconv"
)

// person is an entry of a contact list.
func (s *Server) person(p *Person) map[string]any {
	flag := 0
	if p.official {
		flag = 8
	}
	return map[string]any{"UserName": p.id(), "NickName": inList(p.nick), "RemarkName": inList(p.remark), "VerifyFlag": flag}
}

// group is an entry of a contact list; its members only come when asked for.
func (s *Server) group(g *Group, members bool) map[string]any {
	entry := map[string]any{"UserName": g.id(), "NickName": inList(g.name), "MemberCount": len(g.members) + 1, "EncryChatRoomId": "e" + g.key}
	if members {
		list := []any{map[string]any{"UserName": s.self.id(), "NickName": inList(s.self.nick), "DisplayName": inList(g.botName)}}
		for _, p := range g.members {
			list = append(list, map[string]any{"UserName": p.id(), "NickName": inList(p.nick)})
		}
		entry["MemberList"] = list
	}
	return entry
}

// page is how many contacts go out at once.
const page = 500

func (s *Server) getContact(w http.ResponseWriter, r *http.Request) {
	cookie, err := r.Cookie("wxsid")
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil || cookie.Value != s.login.sid {
		reply(w, refuse(1101))
		return
	}
	if s.login.dead != 0 {
		reply(w, refuse(s.login.dead))
		return
	}
	var list []any
	for _, p := range s.people {
		if p.friend {
			list = append(list, s.person(p))
		}
	}
	for _, g := range s.groups {
		if g.saved {
			list = append(list, s.group(g, false))
		}
	}
	from, _ := strconv.Atoi(r.URL.Query().Get("seq"))
	from = min(max(from, 0), len(list))
	to, seq := min(from+page, len(list)), 0
	if to < len(list) {
		seq = to
	}
	reply(w, map[string]any{"MemberCount": to - from, "MemberList": append([]any{}, list[from:to]...), "Seq": seq})
}

func (s *Server) batchGetContact(a asked) map[string]any {
	list := []any{}
	for _, want := range a.List {
		entry := map[string]any{"UserName": want.UserName}
		for _, p := range s.people {
			if p.id() == want.UserName {
				entry = s.person(p)
			}
		}
		for _, g := range s.groups {
			if g.id() == want.UserName {
				entry = s.group(g, true)
			}
		}
		list = append(list, entry)
	}
	return map[string]any{"Count": len(list), "ContactList": list}
}
