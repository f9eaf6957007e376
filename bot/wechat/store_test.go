package wechat

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/eatmoreapple/openwechat"

	"lianwen/bot"
)

func testSaved() *saved {
	return &saved{
		Domain: "wx.qq.com", Login: &openwechat.LoginInfo{WxSid: "sid"}, Request: &openwechat.BaseRequest{Sid: "sid"},
		SyncKey: &openwechat.SyncKey{}, Cookies: []savedCookie{{"https://wx.qq.com/", &http.Cookie{Name: "wxsid", Value: "sid"}}},
		Seen: []bot.SeenID{{ID: "1", At: time.Now()}}, Pending: []bot.Incoming{{Conversation: "@a", Text: "提案"}},
	}
}

func TestStore(t *testing.T) {
	s := store{t.TempDir()}
	if got, err := s.load(); got != nil || err != nil {
		t.Fatalf("nothing saved: %v, %v", got, err)
	}
	if err := s.save(testSaved()); err != nil {
		t.Fatal(err)
	}
	got, err := s.load()
	if err != nil || got.Login.WxSid != "sid" || got.Pending[0].Text != "提案" || got.Seen[0].ID != "1" {
		t.Errorf("%+v, %v", got, err)
	}
	if info, err := os.Stat(s.file()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the session: %v, %v", info.Mode(), err)
	}
	if err := s.forget(); err != nil {
		t.Error(err)
	}
	if err := s.forget(); err != nil {
		t.Errorf("the second time: %v", err)
	}
}

// A session that is no good does not replace one that is, and leaves no litter.
func TestStoreRefuses(t *testing.T) {
	s := store{t.TempDir()}
	if err := s.save(testSaved()); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*saved){
		"empty jar":   func(s *saved) { s.Cookies = nil },
		"no login":    func(s *saved) { s.Login = nil },
		"no SyncKey":  func(s *saved) { s.SyncKey = nil },
		"bad SyncKey": func(s *saved) { s.SyncKey = &openwechat.SyncKey{Count: 3} },
	} {
		bad := testSaved()
		spoil(bad)
		if err := s.save(bad); err == nil {
			t.Errorf("%s was saved", name)
		}
	}
	if got, err := s.load(); err != nil || len(got.Cookies) != 1 {
		t.Errorf("the good one is gone: %v", err)
	}
	if files, err := os.ReadDir(s.dir); err != nil || len(files) != 1 {
		t.Errorf("left behind: %v, %v", files, err)
	}
}

// A damaged file is put aside, and said.
func TestStoreDamaged(t *testing.T) {
	good, err := json.Marshal(testSaved())
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{
		"empty": {}, "truncated": good[:len(good)/2], "binary": {0, 1, 2}, "null": []byte("null"), "array": []byte("[]"),
		"newer": []byte(strings.Replace(string(good), `"version":0`, `"version":99`, 1)), "no jar": []byte(`{"version":1,"login":{},"request":{},"domain":"x","sync_key":{}}`),
	} {
		s := store{t.TempDir()}
		if err := os.WriteFile(s.file(), raw, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := s.load()
		if got != nil || err == nil || !strings.Contains(err.Error(), "session.json.damaged") {
			t.Errorf("%s: %v, %v", name, got, err)
		}
		if kept, err := os.ReadFile(filepath.Join(s.dir, "session.json.damaged")); err != nil || !slices.Equal(kept, raw) {
			t.Errorf("%s was not kept: %v", name, err)
		}
		if got, err := s.load(); got != nil || err != nil {
			t.Errorf("%s, the second time: %v, %v", name, got, err)
		}
	}
}

// Where nothing can be written, that is an error and nothing else.
func TestStoreNoRoom(t *testing.T) {
	s := store{filepath.Join(t.TempDir(), "gone")}
	if err := s.save(testSaved()); err == nil {
		t.Error("saved into a folder that is not there")
	}
}

// Cookies come back with the domain they were set for, and only while they live.
func TestJar(t *testing.T) {
	wx := &url.URL{Scheme: "https", Host: "wx.qq.com", Path: "/"}
	file := &url.URL{Scheme: "https", Host: "file.wx.qq.com", Path: "/"}
	j, err := newJar(nil)
	if err != nil {
		t.Fatal(err)
	}
	j.SetCookies(wx, []*http.Cookie{
		{Name: "webwx_data_ticket", Value: "t", Domain: ".qq.com", Expires: time.Now().Add(time.Hour)},
		{Name: "wxsid", Value: "old"}, {Name: "short", Value: "x", MaxAge: 3600}, {Name: "gone", Value: "x"},
	})
	j.SetCookies(wx, []*http.Cookie{{Name: "wxsid", Value: "new"}, {Name: "gone", MaxAge: -1}})
	raw, err := json.Marshal(j.cookies())
	if err != nil {
		t.Fatal(err)
	}
	var list []savedCookie
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	back, err := newJar(list)
	if err != nil {
		t.Fatal(err)
	}
	names := func(u *url.URL) string {
		var out []string
		for _, c := range back.Cookies(u) {
			out = append(out, c.Name+"="+c.Value)
		}
		slices.Sort(out)
		return strings.Join(out, " ")
	}
	if got := names(wx); got != "short=x webwx_data_ticket=t wxsid=new" {
		t.Errorf("wx.qq.com gets %s", got)
	}
	if got := names(file); got != "webwx_data_ticket=t" {
		t.Errorf("file.wx.qq.com gets %s", got)
	}
	if _, err := newJar([]savedCookie{{URL: "https://x/"}}); err == nil {
		t.Error("a null cookie was taken")
	}
}

func TestHours(t *testing.T) {
	at := func(h, m int) time.Time { return time.Date(2026, 12, 31, h, m, 0, 0, time.UTC) }
	night := Hours{From: 21*60 + 30, To: 7*60 + 30, Location: time.UTC}
	noon := Hours{From: 12 * 60, To: 13 * 60, Location: time.UTC}
	for _, tt := range []struct {
		h    Hours
		now  time.Time
		want time.Duration
	}{
		{night, at(21, 29), 0}, {night, at(21, 30), 10 * time.Hour}, {night, at(23, 59), 7*time.Hour + 31*time.Minute},
		{night, at(0, 0), 7*time.Hour + 30*time.Minute}, {night, at(7, 29), time.Minute}, {night, at(7, 30), 0},
		{noon, at(11, 59), 0}, {noon, at(12, 30), 30 * time.Minute}, {noon, at(13, 0), 0},
		{Hours{}, at(3, 0), 0},
	} {
		if got := tt.h.Left(tt.now); got != tt.want {
			t.Errorf("%v at %v: %v, want %v", tt.h, tt.now, got, tt.want)
		}
	}
}
