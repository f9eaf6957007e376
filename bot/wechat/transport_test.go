package wechat

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// roundTripper is a far end without a network, for simulated time.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func respond(status int, body string) (*http.Response, error) {
	return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(body)), Header: http.Header{}}, nil
}

func request(ctx context.Context, method, address string) *http.Request {
	r, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		panic(err)
	}
	return r
}

const (
	syncCheckURL = "https://webpush.wx.qq.com/cgi-bin/mmwebwx-bin/synccheck?skey=secret"
	sendURL      = "https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxsendmsg?pass_ticket=secret"
	syncURL      = "https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxsync"
	contactURL   = "https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxgetcontact"
	quietNews    = `window.synccheck={retcode:"0",selector:"0"}`
)

// With an endpoint, everything goes there and says where it was meant for.
func TestTransportEndpoint(t *testing.T) {
	var host, uri string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, uri = r.Host, r.RequestURI
		io.WriteString(w, quietNews)
	}))
	defer srv.Close()
	to, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	tr := &transport{base: http.DefaultTransport, endpoint: to}
	req := request(t.Context(), http.MethodGet, syncCheckURL)
	resp, err := tr.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	if host != "webpush.wx.qq.com" || uri != "/cgi-bin/mmwebwx-bin/synccheck?skey=secret" || resp.Request != req {
		t.Errorf("host %s, uri %s, request kept %v", host, uri, resp.Request == req)
	}
}

// Nothing that the library would choke on reaches it.
func TestTransportChecksShape(t *testing.T) {
	const ok = `"BaseResponse":{"Ret":0}`
	for _, tt := range []struct{ name, url, body string }{
		{"HTML", syncURL, "<html>502 Bad Gateway</html>"},
		{"empty", syncURL, ""},
		{"truncated", syncURL, `{` + ok + `,"SyncKey":{"Count":1,"Li`},
		{"no BaseResponse", syncURL, `{"SyncKey":{"Count":0,"List":[]}}`},
		{"null", syncURL, `null`},
		{"no SyncKey", syncURL, `{` + ok + `,"AddMsgList":[]}`},
		{"null SyncKey", syncURL, `{` + ok + `,"SyncKey":null}`},
		{"short SyncKey", syncURL, `{` + ok + `,"SyncKey":{"Count":2,"List":[{"Key":1,"Val":2}]}}`},
		{"long SyncKey", syncURL, `{` + ok + `,"SyncKey":{"Count":0,"List":[{"Key":1,"Val":2}]}}`},
		{"null contact", contactURL, `{` + ok + `,"MemberList":[null]}`},
		{"null in a group", "https://wx.qq.com/webwxbatchgetcontact", `{` + ok + `,"ContactList":[{"MemberList":[{},null]}]}`},
		{"no user", "https://wx.qq.com/webwxinit", `{` + ok + `,"SyncKey":{"Count":0,"List":[]}}`},
		{"sync check", syncCheckURL, `window.synccheck={}`},
		{"sent?", sendURL, `{}`},
		{"QR code", "https://login.wx.qq.com/jslogin", `window.QRLogin.code = 400;`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tr := &transport{base: roundTripper(func(*http.Request) (*http.Response, error) { return respond(200, tt.body) })}
				if _, err := tr.RoundTrip(request(t.Context(), http.MethodPost, tt.url)); err == nil {
					t.Error("passed")
				} else if errors.Is(err, errNotSent) {
					t.Errorf("%v counts as not sent", err)
				}
			})
		})
	}
	for _, tt := range []struct{ name, url, body string }{
		{"refused", syncURL, `{"BaseResponse":{"Ret":1101}}`},
		{"news", syncURL, `{` + ok + `,"SyncKey":{"Count":1,"List":[{"Key":1,"Val":2}]},"AddMsgList":[null]}`},
		{"sent", sendURL, `{` + ok + `,"MsgID":"1"}`},
	} {
		tr := &transport{base: roundTripper(func(*http.Request) (*http.Response, error) { return respond(200, tt.body) })}
		if _, err := tr.RoundTrip(request(t.Context(), http.MethodPost, tt.url)); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// However it fails, it is asked at most five times in any second, and less and
// less; it is asked at once again when it works.
func TestTransportBacksOff(t *testing.T) {
	for name, fail := range map[string]func() (*http.Response, error){
		"502":    func() (*http.Response, error) { return respond(502, "") },
		"broken": func() (*http.Response, error) { return nil, io.ErrUnexpectedEOF },
		"HTML":   func() (*http.Response, error) { return respond(200, "<html>") },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var asked []time.Time
				working := false
				tr := &transport{base: roundTripper(func(r *http.Request) (*http.Response, error) {
					asked = append(asked, time.Now())
					// Every other request works: that is not good enough.
					if working || len(asked)%2 == 0 {
						return respond(200, quietNews)
					}
					return fail()
				})}
				start := time.Now()
				for time.Since(start) < time.Hour {
					_, _ = tr.RoundTrip(request(t.Context(), http.MethodPost, syncCheckURL))
				}
				for i := 5; i < len(asked); i++ {
					if asked[i].Sub(asked[i-5]) < time.Second {
						t.Fatalf("6 requests within %v", asked[i].Sub(asked[i-5]))
					}
				}
				if n := len(asked); n < 100 || n > 2000 {
					t.Errorf("%d requests in an hour", n)
				}
				working = true
				time.Sleep(time.Minute)
				_, _ = tr.RoundTrip(request(t.Context(), http.MethodPost, syncCheckURL))
				began := time.Now()
				for range 100 {
					if _, err := tr.RoundTrip(request(t.Context(), http.MethodPost, syncCheckURL)); err != nil {
						t.Fatal(err)
					}
				}
				if waited := time.Since(began); waited > 0 {
					t.Errorf("after it was mended, 100 requests waited %v", waited)
				}
			})
		})
	}
}

// What may be asked twice is; what changes something never.
func TestTransportRetries(t *testing.T) {
	for _, tt := range []struct {
		method, url string
		want        int32
	}{
		{http.MethodGet, contactURL, 3},
		{http.MethodGet, "https://login.wx.qq.com/jslogin", 3},
		{http.MethodPost, sendURL, 1},
		{http.MethodGet, "https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=x", 1}, // a ticket works once
		{http.MethodPost, "https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxverifyuser", 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			var asked atomic.Int32
			tr := &transport{base: roundTripper(func(*http.Request) (*http.Response, error) {
				asked.Add(1)
				return nil, io.ErrUnexpectedEOF
			})}
			if _, err := tr.RoundTrip(request(t.Context(), tt.method, tt.url)); err == nil {
				t.Error("no error")
			}
			if asked.Load() != tt.want {
				t.Errorf("%s asked %d times, want %d", tt.url, asked.Load(), tt.want)
			}
		})
	}
}

// A server that says nothing is left in the end.
func TestTransportTimeout(t *testing.T) {
	for address := range map[string]bool{syncCheckURL: true, sendURL: true, "https://wx.qq.com/unknown": true} {
		synctest.Test(t, func(t *testing.T) {
			tr := &transport{base: roundTripper(func(r *http.Request) (*http.Response, error) {
				<-r.Context().Done()
				return nil, r.Context().Err()
			})}
			start := time.Now()
			_, err := tr.RoundTrip(request(t.Context(), http.MethodPost, address))
			if took := time.Since(start); err == nil || took < 5*time.Second || took > 45*time.Second {
				t.Errorf("%s: %v after %v", address, err, took)
			}
		})
	}
}

// Only where no connection was made is it sure that nothing was sent.
func TestTransportNotSent(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	dropping := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	defer dropping.Close()
	for address, want := range map[string]bool{gone.URL: true, dropping.URL: false} {
		to, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		tr := &transport{base: http.DefaultTransport, endpoint: to}
		_, err = tr.RoundTrip(request(t.Context(), http.MethodPost, sendURL))
		if err == nil || errors.Is(err, errNotSent) != want {
			t.Errorf("%v: not sent %v, want %v", err, errors.Is(err, errNotSent), want)
		}
	}
}

func TestScrub(t *testing.T) {
	tr := &http.Client{Transport: roundTripper(func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF })}
	_, err := tr.Get(syncCheckURL)
	if err == nil || !strings.Contains(err.Error(), "secret") {
		t.Fatalf("net/http does not quote the address: %v", err)
	}
	if s := scrub(err); strings.Contains(s.Error(), "secret") || !errors.Is(s, io.ErrUnexpectedEOF) || !strings.Contains(s.Error(), "synccheck") {
		t.Errorf("got %v", s)
	}
}
