package model

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"lianwen/bot"
)

const testKey = "sk-geheim-0123456789"

// answering is a transport that answers the n-th request, counted from 1, without a
// network.
type answering func(n int, r *http.Request) (*http.Response, error)

// client is a client whose requests are answered by answer, in the time of the test.
func client(t *testing.T, answer answering) (c *Client, asked *atomic.Int32) {
	t.Helper()
	asked = new(atomic.Int32)
	real := http.DefaultTransport
	http.DefaultTransport = transport(func(r *http.Request) (*http.Response, error) { return answer(int(asked.Add(1)), r) })
	t.Cleanup(func() { http.DefaultTransport = real })
	return &Client{URL: "https://model.example/v1", Name: "qwen-plus", Key: testKey, Timeout: time.Minute, Log: slog.New(slog.DiscardHandler)}, asked
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func reply(status int, body string, header ...string) *http.Response {
	w := httptest.NewRecorder()
	for i := 0; i < len(header); i += 2 {
		w.Header().Set(header[i], header[i+1])
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
	return w.Result()
}

func said(text, finish string) string {
	return fmt.Sprintf(`{"choices":[{"message":{"role":"assistant","content":%q},"finish_reason":%q}],"usage":{"prompt_tokens":120,"completion_tokens":34}}`, text, finish)
}

func TestComplete(t *testing.T) {
	c, asked := client(t, func(_ int, r *http.Request) (*http.Response, error) {
		var body map[string]any
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		if got := fmt.Sprint(body["model"], body["stream"], body["messages"]); got != "qwen-plusfalse [map[content:守则 role:system] map[content:第三条 role:user]]" {
			t.Errorf("asked %s", got)
		}
		if r.URL.String() != "https://model.example/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer "+testKey || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("asked %s with %v", r.URL, r.Header)
		}
		return reply(200, said("问：能休几天", "stop")), nil
	})
	text, usage, err := c.Complete(t.Context(), "守则", "第三条")
	if err != nil || text != "问：能休几天" || usage != (Usage{120, 34}) || asked.Load() != 1 {
		t.Errorf("got %q, %v, %v in %d requests", text, usage, err, asked.Load())
	}
	c.Key = ""
	_, _ = client(t, func(_ int, r *http.Request) (*http.Response, error) {
		if _, sent := r.Header["Authorization"]; sent {
			t.Error("a header for no key")
		}
		return reply(200, said("问：甲\n问：乙\n问：丙的一", "length")), nil
	})
	if text, _, err := c.Complete(t.Context(), "", ""); err != nil || text != "问：甲\n问：乙\n" {
		t.Errorf("cut short: %q, %v", text, err)
	}
}

func TestEndpoint(t *testing.T) {
	for base, want := range map[string]string{
		"http://127.0.0.1:11434":                      "http://127.0.0.1:11434/v1/chat/completions",
		"http://127.0.0.1:11434/":                     "http://127.0.0.1:11434/v1/chat/completions",
		"http://127.0.0.1:11434/v1":                   "http://127.0.0.1:11434/v1/chat/completions",
		"https://m.example/compatible-mode/v1/":       "https://m.example/compatible-mode/v1/chat/completions",
		"https://m.example/v1/chat/completions":       "https://m.example/v1/chat/completions",
		"https://m.example/v1/chat/completions/":      "https://m.example/v1/chat/completions",
		"https://m.example/v1?api-version=2024-10#at": "https://m.example/v1/chat/completions?api-version=2024-10",
		"": "", "m.example/v1": "", "ftp://m.example": "", "https://": "", "https://u:p@m.example/v1": "", "http://[": "",
	} {
		c := &Client{URL: base}
		got, err := c.endpoint()
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is asked at %q, %v; want %q", base, got, err, want)
		}
	}
	if host := (&Client{URL: "https://m.example:8443/v1"}).Host(); host != "m.example:8443" {
		t.Errorf("the host is %q", host)
	}
}

// What may pass is tried again, after waits that grow, or those that the server asks
// for.
func TestTriesAgain(t *testing.T) {
	half := said("问：甲", "stop")[:40]
	for name, tt := range map[string]struct {
		fails       answering
		least, most time.Duration // of the wait before the second try
	}{
		"429": {func(int, *http.Request) (*http.Response, error) {
			return reply(429, `{"error":{"message":"slow down"}}`), nil
		}, 500 * time.Millisecond, 1500 * time.Millisecond},
		"429, for money": {func(int, *http.Request) (*http.Response, error) {
			return reply(429, `{"error":{"message":"Rate limit reached, it takes too long. Add a payment method at https://x/account/billing"}}`), nil
		}, 500 * time.Millisecond, 1500 * time.Millisecond},
		"429, seconds": {func(int, *http.Request) (*http.Response, error) { return reply(429, "", "Retry-After", "40"), nil }, 41 * time.Second, 41 * time.Second},
		"429, at once": {func(int, *http.Request) (*http.Response, error) { return reply(429, "", "Retry-After", "0"), nil }, time.Second, time.Second},
		"503, gone by": {func(int, *http.Request) (*http.Response, error) {
			return reply(503, "", "Retry-After", time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat)), nil
		}, 500 * time.Millisecond, 1500 * time.Millisecond},
		"429, nonsense": {func(int, *http.Request) (*http.Response, error) { return reply(429, "", "Retry-After", "soon"), nil }, 500 * time.Millisecond, 1500 * time.Millisecond},
		"429, below 0":  {func(int, *http.Request) (*http.Response, error) { return reply(429, "", "Retry-After", "-5"), nil }, 500 * time.Millisecond, 1500 * time.Millisecond},
		"503, by clock": {func(int, *http.Request) (*http.Response, error) {
			return reply(503, "", "Retry-After", time.Now().Add(90*time.Second).UTC().Format(http.TimeFormat)), nil
		}, 90 * time.Second, 91 * time.Second},
		"500":             {func(int, *http.Request) (*http.Response, error) { return reply(500, "<html>"), nil }, 500 * time.Millisecond, 1500 * time.Millisecond},
		"half JSON":       {func(int, *http.Request) (*http.Response, error) { return reply(200, half), nil }, 500 * time.Millisecond, 1500 * time.Millisecond},
		"nothing chosen":  {func(int, *http.Request) (*http.Response, error) { return reply(200, `{"choices":[]}`), nil }, 500 * time.Millisecond, 1500 * time.Millisecond},
		"connection lost": {func(int, *http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF }, 500 * time.Millisecond, 1500 * time.Millisecond},
		"body lost": {func(int, *http.Request) (*http.Response, error) {
			r := reply(200, "")
			r.Body = io.NopCloser(io.MultiReader(strings.NewReader(half), failing{}))
			return r, nil
		}, 500 * time.Millisecond, 1500 * time.Millisecond},
		"no answer": {func(_ int, r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		}, 60500 * time.Millisecond, 61500 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				begun := time.Now()
				c, asked := client(t, func(n int, r *http.Request) (*http.Response, error) {
					if n == 1 {
						return tt.fails(n, r)
					}
					return reply(200, said("问：甲", "stop")), nil
				})
				text, _, err := c.Complete(t.Context(), "", "")
				if took := time.Since(begun); err != nil || text != "问：甲" || asked.Load() != 2 || took < tt.least || took > tt.most {
					t.Errorf("%q, %v in %d requests and %v, want 2 in %v to %v", text, err, asked.Load(), took, tt.least, tt.most)
				}
			})
			synctest.Test(t, func(t *testing.T) {
				c, asked := client(t, tt.fails)
				_, _, err := c.Complete(t.Context(), "", "")
				var e *Error
				if !errors.As(err, &e) || e.Kind != Down || asked.Load() != maxTries || bot.CodeOf(err) != bot.Unavailable {
					t.Errorf("for ever: %v in %d requests, want Down in %d", err, asked.Load(), maxTries)
				}
			})
		})
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

// A server that asks for a wait of hours is not waited for; nor is anything waited for
// when the program is to end.
func TestGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		c, asked := client(t, func(int, *http.Request) (*http.Response, error) { return reply(429, "", "Retry-After", "7200"), nil })
		if _, _, err := c.Complete(t.Context(), "", ""); err == nil || asked.Load() != 1 || time.Since(begun) > 0 {
			t.Errorf("%v in %d requests and %v", err, asked.Load(), time.Since(begun))
		}
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		c, _ := client(t, func(int, *http.Request) (*http.Response, error) { return reply(429, "", "Retry-After", "60"), nil })
		begun := time.Now()
		if _, _, err := c.Complete(ctx, "", ""); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) != 10*time.Second {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
	})
}
