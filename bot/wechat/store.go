package wechat

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/eatmoreapple/openwechat"
	"github.com/google/renameio/v2/maybe"

	"lianwen/bot"
)

// savedVersion is the layout of session.json.
const savedVersion = 1

// saved is what a later start needs to go on without a scan.
type saved struct {
	Version int                     `json:"version"`
	SavedAt time.Time               `json:"saved_at"`
	Domain  string                  `json:"domain"`
	Login   *openwechat.LoginInfo   `json:"login"`
	Request *openwechat.BaseRequest `json:"request"`
	SyncKey *openwechat.SyncKey     `json:"sync_key"`
	Cookies []savedCookie           `json:"cookies"`
	Seen    []bot.SeenID            `json:"seen"`              // messages taken, oldest first
	Heard   []string                `json:"heard"`             // conversations whose ids are good in this login
	Pending []bot.Incoming          `json:"pending,omitempty"` // messages not dealt with when the program stopped
	Unsaid  []bot.Letter            `json:"unsaid,omitempty"`  // replies not sent then

	Requests []*openwechat.RecommendInfo `json:"requests,omitempty"` // people not yet accepted then
}

// usable reports what is missing. A session without cookies is worth less than
// the one it would replace.
func (s *saved) usable() error {
	switch {
	case s.Version != savedVersion:
		return fmt.Errorf("版本是 %d，认识的是 %d", s.Version, savedVersion)
	case len(s.Cookies) == 0:
		return errors.New("没有 cookie")
	case s.Login == nil || s.Request == nil || s.Domain == "":
		return errors.New("没有登录信息")
	case s.SyncKey == nil || s.SyncKey.Count != len(s.SyncKey.List):
		return errors.New("没有消息位置")
	}
	return nil
}

// store keeps a session in a folder.
type store struct{ dir string }

func (s store) file() string { return filepath.Join(s.dir, "session.json") }

// load returns the session, or nil when there is none. A session that cannot be
// used is put aside, for whoever wants to know why, and reported.
func (s store) load() (*saved, error) {
	raw, err := os.ReadFile(s.file())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read session: %w", err)
	}
	var got saved
	if err = json.Unmarshal(raw, &got); err == nil {
		err = got.usable()
	}
	if err != nil {
		aside := s.file() + ".damaged"
		return nil, errors.Join(fmt.Errorf("read session %s (moved to %s): %w", s.file(), aside, err), os.Rename(s.file(), aside))
	}
	return &got, nil
}

// save replaces the session as a whole: whatever happens meanwhile, the file
// holds the old one or the new one.
func (s store) save(session *saved) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("save session: %w", err)
		}
	}()
	session.Version, session.SavedAt = savedVersion, time.Now()
	if err := session.usable(); err != nil {
		return err
	}
	raw, err := json.Marshal(session)
	if err != nil {
		return err
	}
	return maybe.WriteFile(s.file(), raw, 0o600)
}

// forget removes the session: it is over.
func (s store) forget() error {
	if err := os.Remove(s.file()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove session: %w", err)
	}
	return nil
}

// savedCookie is a cookie with the address that set it.
type savedCookie struct {
	URL    string       `json:"url"`
	Cookie *http.Cookie `json:"cookie"`
}

// jar is a cookie jar that can be written down. The library's own forgets
// domains and expiry when it is.
type jar struct {
	*cookiejar.Jar

	mu   sync.Mutex
	kept map[string]savedCookie
}

func newJar(cookies []savedCookie) (*jar, error) {
	inner, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	j := &jar{Jar: inner, kept: map[string]savedCookie{}}
	for _, c := range cookies {
		u, err := url.Parse(c.URL)
		if err != nil || c.Cookie == nil {
			return nil, fmt.Errorf("saved cookie of %q: %w", c.URL, errors.Join(err, fs.ErrInvalid))
		}
		j.SetCookies(u, []*http.Cookie{c.Cookie})
	}
	return j, nil
}

// SetCookies implements http.CookieJar.
func (j *jar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	j.Jar.SetCookies(u, cookies)
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, c := range cookies {
		key := u.Host + "|" + c.Domain + "|" + c.Path + "|" + c.Name
		if c.MaxAge < 0 || !c.Expires.IsZero() && c.Expires.Before(time.Now()) {
			delete(j.kept, key)
			continue
		}
		kept := *c
		if c.MaxAge > 0 { // counts from now, not from when it is read
			kept.MaxAge, kept.Expires = 0, time.Now().Add(time.Duration(c.MaxAge)*time.Second)
		}
		kept.Raw = ""
		j.kept[key] = savedCookie{u.Scheme + "://" + u.Host + u.Path, &kept}
	}
}

// cookies is what is worth writing down.
func (j *jar) cookies() []savedCookie {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []savedCookie
	for _, c := range j.kept {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b savedCookie) int {
		return cmp.Or(cmp.Compare(a.URL, b.URL), cmp.Compare(a.Cookie.Name, b.Cookie.Name))
	})
	return out
}
