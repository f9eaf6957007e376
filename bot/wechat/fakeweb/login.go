package fakeweb

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// loginState is the account's login, and the QR code that may lead to another.
type loginState struct {
	epoch  int    // counts scans
	sid    string // of the session; "" before the first
	skey   string
	dead   int  // the code that everything is answered with; 0: alive
	revive bool // webwxinit makes a dead session alive again
	polled bool // somebody listens to it
	hot    int  // sessions taken up again
	inited bool // webwxinit was called in it

	uuid   string
	scan   int // 0 waiting, 1 scanned, 2 confirmed, 3 expired
	ticket string
}

// SetAutoScan decides whether QR codes are scanned and confirmed by themselves;
// they are at first.
func (s *Server) SetAutoScan(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.autoScan = on
}

// Scan scans and confirms the newest QR code.
func (s *Server) Scan() { s.setScan(2) }

// Expire lets the newest QR code expire.
func (s *Server) Expire() { s.setScan(3) }

func (s *Server) setScan(to int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.login.scan = to
	s.notify()
}

// Logins counts scans that led to a login.
func (s *Server) Logins() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.login.epoch
}

// HotLogins counts logins that were taken up again without a scan.
func (s *Server) HotLogins() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.login.hot
}

// Online reports whether somebody listens to a living session.
func (s *Server) Online() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.login.sid != "" && s.login.dead == 0 && s.login.polled
}

// Kick ends the session: everything in it is answered with code. When hot, it
// can be taken up again; else only a scan helps.
func (s *Server) Kick(code int, hot bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.login.dead, s.login.revive, s.login.polled = code, hot, false
	s.notify()
}

func (s *Server) jsLogin(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.login.uuid, s.login.scan = fmt.Sprintf("Q%09d==", s.number()), 0
	fmt.Fprintf(w, `window.QRLogin.code = 200; window.QRLogin.uuid = "%s";`, s.login.uuid)
}

func (s *Server) pollLogin(w http.ResponseWriter, r *http.Request) {
	uuid := r.URL.Query().Get("uuid")
	s.mu.Lock()
	if s.autoScan && s.login.scan < 2 {
		s.login.scan++ // 201 first, 200 next
	}
	hold := s.longPoll
	if s.login.scan == 1 {
		hold = 0
	}
	s.mu.Unlock()
	s.wait(r.Context(), hold, func() bool { return s.login.scan >= 2 || uuid != s.login.uuid })
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case uuid != s.login.uuid || s.login.scan == 3:
		io.WriteString(w, "window.code=400;")
	case s.login.scan == 1:
		io.WriteString(w, "window.code=201;window.userAvatar = 'data:img/jpg;base64,';")
	case s.login.scan == 2:
		s.login.ticket = fmt.Sprintf("T%d", s.number())
		fmt.Fprintf(w, "window.code=200;\nwindow.redirect_uri=\"https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=%s&uuid=%s&lang=zh_CN&scan=1\";", s.login.ticket, uuid)
	default:
		io.WriteString(w, "window.code=408;")
	}
}

// newLogin trades a ticket for a session. A ticket is good once.
func (s *Server) newLogin(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := r.URL.Query().Get("ticket"); t == "" || t != s.login.ticket {
		io.WriteString(w, "<error><ret>1203</ret><message>ticket</message></error>")
		return
	}
	l := loginState{epoch: s.login.epoch + 1, hot: s.login.hot}
	l.sid, l.skey = fmt.Sprintf("sid%d", s.number()), fmt.Sprintf("@crypt_%d", s.number())
	s.login = l
	s.notify()
	life := time.Now().Add(12 * time.Hour)
	for name, value := range map[string]string{
		"wxuin": strconv.Itoa(s.uin), "wxsid": l.sid, "webwx_data_ticket": "data" + l.sid, "webwxuvid": "uv", "webwx_auth_ticket": "auth", "mm_lang": "zh_CN",
	} {
		http.SetCookie(w, &http.Cookie{Name: name, Value: value, Domain: ".qq.com", Path: "/", Expires: life})
	}
	fmt.Fprintf(w, "<error><ret>0</ret><message></message><skey>%s</skey><wxsid>%s</wxsid><wxuin>%d</wxuin><pass_ticket>pass%s</pass_ticket><isgrayscale>1</isgrayscale></error>", l.skey, l.sid, s.uin, l.sid)
}
