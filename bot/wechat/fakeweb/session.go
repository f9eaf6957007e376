package fakeweb

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// asked is what the body of a request may hold.
type asked struct {
	BaseRequest struct {
		Uin       int
		Sid, Skey string
	}
	SyncKey struct {
		Count int
		List  []struct{ Key, Val int }
	}
	List []struct{ UserName string }
	Msg  struct {
		Content, FromUserName, ToUserName, ClientMsgId, LocalID string
	}
	VerifyUserList []struct{ Value, VerifyUserTicket string }
}

// keyNames are the keys of a SyncKey; all have the same value here.
var keyNames = []int{1, 2, 3, 1000}

func (s *Server) endpoints() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"jslogin": s.jsLogin, "login": s.pollLogin, "webwxnewloginpage": s.newLogin,
		"synccheck":            s.syncCheck,
		"webwxinit":            s.inSession(s.init),
		"webwxstatusnotify":    s.inSession(func(asked) map[string]any { return map[string]any{"MsgID": "1"} }),
		"webwxsync":            s.inSession(s.sync),
		"webwxgetcontact":      s.getContact,
		"webwxbatchgetcontact": s.inSession(s.batchGetContact),
		"webwxsendmsg":         s.inSession(s.sendMsg),
		"webwxverifyuser":      s.inSession(s.verifyUser),
		"webwxlogout":          s.logout,
		"webwxuploadmedia":     s.upload,
		"webwxsendmsgimg":      s.inSession(func(asked) map[string]any { return map[string]any{"MsgID": strconv.Itoa(s.number())} }),
	}
}

// refuse is an answer with a return code.
func refuse(code int) map[string]any {
	return map[string]any{"BaseResponse": map[string]any{"Ret": code, "ErrMsg": ""}}
}

func reply(w http.ResponseWriter, v map[string]any) {
	if v["BaseResponse"] == nil {
		v["BaseResponse"] = refuse(0)["BaseResponse"]
	}
	json.NewEncoder(w).Encode(v)
}

// inSession checks who asks before it is answered. The lock is held meanwhile.
func (s *Server) inSession(handle func(asked) map[string]any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var a asked
		err := json.NewDecoder(r.Body).Decode(&a)
		cookie, cookieErr := r.Cookie("wxsid")
		s.mu.Lock()
		defer s.mu.Unlock()
		starting := strings.HasSuffix(r.URL.Path, "webwxinit")
		switch {
		case err != nil:
			reply(w, refuse(1))
		case cookieErr != nil || cookie.Value != s.login.sid, a.BaseRequest.Sid != s.login.sid, a.BaseRequest.Skey != s.login.skey, a.BaseRequest.Uin != s.uin:
			reply(w, refuse(1101))
		case s.login.dead != 0 && !(starting && s.login.revive):
			reply(w, refuse(s.login.dead))
		default:
			reply(w, handle(a))
		}
	}
}

func (s *Server) syncKey(val int) map[string]any {
	var list []map[string]any
	for _, k := range keyNames {
		list = append(list, map[string]any{"Key": k, "Val": val})
	}
	return map[string]any{"Count": len(list), "List": list}
}

func (s *Server) init(asked) map[string]any {
	if s.login.inited {
		s.login.hot++
	}
	s.login.dead, s.login.inited = 0, true
	self := s.person(s.self)
	self["Uin"] = s.uin
	return map[string]any{
		"User": self, "SyncKey": s.syncKey(len(s.messages)), "SKey": s.login.skey, "Count": 0, "ContactList": []any{},
		"SystemTime": s.Now().Unix(),
	}
}

func (s *Server) syncCheck(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	first, _, _ := strings.Cut(q.Get("synckey"), "|")
	_, val, _ := strings.Cut(first, "_")
	read, err := strconv.Atoi(val)
	s.mu.Lock()
	mine := func() bool {
		return q.Get("sid") == s.login.sid && q.Get("skey") == s.login.skey && s.login.dead == 0 && err == nil
	}
	if mine() {
		s.login.polled = true
		s.notify()
	}
	hold := s.longPoll
	s.mu.Unlock()
	news := s.wait(r.Context(), hold, func() bool { return !mine() || len(s.messages) > read })
	s.mu.Lock()
	defer s.mu.Unlock()
	code, selector := 0, 0
	switch {
	case s.login.dead != 0:
		code = s.login.dead
	case !mine():
		code = 1101
	case news:
		selector = 2
	}
	fmt.Fprintf(w, `window.synccheck={retcode:"%d",selector:"%d"}`, code, selector)
}

// batch is how many messages go out at once.
const batch = 50

func (s *Server) sync(a asked) map[string]any {
	read := 0
	if len(a.SyncKey.List) > 0 {
		read = min(max(a.SyncKey.List[0].Val, 0), len(s.messages))
	}
	list := s.messages[read:min(read+batch, len(s.messages))]
	more := 0
	if read+len(list) < len(s.messages) {
		more = 1
	}
	key := s.syncKey(read + len(list))
	if list == nil {
		list = []map[string]any{}
	}
	return map[string]any{
		"AddMsgCount": len(list), "AddMsgList": list, "SyncKey": key, "SyncCheckKey": key, "ContinueFlag": more,
		"ModContactCount": 0, "ModContactList": []any{}, "DelContactCount": 0, "ModChatRoomMemberCount": 0,
	}
}

func (s *Server) sendMsg(a asked) map[string]any {
	to, code := s.recipient(a.Msg.ToUserName)
	if code != 0 {
		return refuse(code)
	}
	id := strconv.Itoa(8_000_000_000 + s.number())
	s.sent = append(s.sent, Sent{to, a.Msg.ToUserName, a.Msg.Content, a.Msg.ClientMsgId, id, time.Now()})
	s.notify()
	return map[string]any{"MsgID": id, "LocalID": a.Msg.LocalID}
}

// recipient is whom an id stands for, and the code when nothing may be sent
// there.
func (s *Server) recipient(id string) (name string, code int) {
	for _, p := range s.people {
		if p.id() == id && p.friend {
			return p.nick, 0
		} else if p.id() == id {
			return p.nick, 1204
		}
	}
	for _, g := range s.groups {
		if g.id() == id {
			return g.name, 0
		}
	}
	return "", 1
}

func (s *Server) verifyUser(a asked) map[string]any {
	for _, want := range a.VerifyUserList {
		for _, p := range s.people {
			if p.id() == want.Value && want.VerifyUserTicket == "v4_"+p.key {
				p.friend = true
				s.accepted = append(s.accepted, p.nick)
				return map[string]any{}
			}
		}
	}
	return refuse(-1)
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request) {
	s.Kick(1101, false)
	w.WriteHeader(http.StatusMovedPermanently)
}

func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		reply(w, refuse(1))
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	reply(w, map[string]any{"MediaId": "@media" + strconv.Itoa(s.number())})
}
