package wechat

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"path"
	"sync"
	"time"
)

// maxBody is the longest response that is read; a contact list of ten thousand
// people takes a tenth of it.
const maxBody = 32 << 20

// errNotSent marks a request that never reached the server. Without it, an
// error says nothing about that.
var errNotSent = errors.New("请求没有送到")

// statusError is an answer that is no answer, by its HTTP status.
type statusError struct {
	endpoint string
	code     int
}

func (e *statusError) Error() string { return fmt.Sprintf("%s 返回 HTTP %d", e.endpoint, e.code) }

// transport stands below the library. The library trusts what it is sent and
// asks again at once when it fails; this lets it see nothing that it would
// choke on, and makes failing slow.
type transport struct {
	base     http.RoundTripper
	endpoint *url.URL // where all hosts are; nil: where they say
	pace     pace
	clock    clock
	jumped   func() // the clock's difference has changed; nil: nobody wants to know
}

// RoundTrip implements http.RoundTripper. The body of the response is complete.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	name := path.Base(req.URL.Path)
	rule, ok := endpoints[name]
	if !ok {
		rule = endpoint{timeout: 15 * time.Second}
	}
	tries := 1
	if rule.again && req.Method == http.MethodGet {
		tries = 3
	}
	for {
		resp, err := t.once(req, name, rule)
		if tries--; err == nil || tries == 0 || req.Context().Err() != nil {
			return resp, err
		}
	}
}

func (t *transport) once(req *http.Request, name string, rule endpoint) (*http.Response, error) {
	if err := t.pace.wait(req.Context()); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", name, errNotSent, err)
	}
	resp, err := t.exchange(req, name, rule)
	if req.Context().Err() == nil { // giving up is no failure of the server
		t.pace.note(err == nil)
	}
	return resp, err
}

// exchange sends the request to where it belongs and reads and checks what
// comes back.
func (t *transport) exchange(req *http.Request, name string, rule endpoint) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), rule.timeout)
	defer cancel()
	connected := false
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected = true }})
	out := req.Clone(ctx)
	if t.endpoint != nil {
		out.Host = req.URL.Host
		out.URL.Scheme, out.URL.Host = t.endpoint.Scheme, t.endpoint.Host
	}
	resp, err := t.base.RoundTrip(out)
	if err != nil {
		if !connected {
			return nil, fmt.Errorf("%s: %w: %w", name, errNotSent, err)
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	defer resp.Body.Close()
	if t.clock.note(resp.Header, time.Now()) && t.jumped != nil {
		t.jumped()
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: read response: %w", name, err)
	case len(body) > maxBody:
		return nil, fmt.Errorf("%s: response is over %d bytes", name, maxBody)
	case resp.StatusCode != http.StatusOK && (!rule.redirects || resp.StatusCode/100 != 3):
		return nil, &statusError{name, resp.StatusCode}
	case rule.check != nil:
		if err := rule.check(body); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if rule.mend != nil {
		if body, err = rule.mend(body); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	resp.Request = req // the client keeps the cookies by it
	return resp, nil
}

// The waits while the server fails: the first, and the longest. A quarter of a
// second at the least keeps to four requests a second.
const (
	firstWait = 500 * time.Millisecond
	leastWait = 250 * time.Millisecond
	mostWait  = 20 * time.Second
)

// calm is how long nothing must have failed before a success counts as the end
// of trouble. A server that answers every other request is in trouble.
const calm = 5 * time.Second

// pace lets requests through at once while the server works, and further and
// further apart while it does not.
type pace struct {
	mu     sync.Mutex
	streak int       // failures, since the last calm
	failed time.Time // the last one
	next   time.Time // when the next request may go
}

// wait returns when a request may be made, or with the error of ctx.
func (p *pace) wait(ctx context.Context) error {
	p.mu.Lock()
	if p.streak == 0 {
		p.mu.Unlock()
		return ctx.Err()
	}
	at := p.next
	if now := time.Now(); at.Before(now) {
		at = now
	}
	p.next = at.Add(jitter(backoff(p.streak)))
	p.mu.Unlock()
	return sleep(ctx, time.Until(at))
}

// note tells how a request went.
func (p *pace) note(ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	switch {
	case !ok:
		p.streak++
		p.failed = now
		if at := now.Add(jitter(backoff(p.streak))); at.After(p.next) {
			p.next = at
		}
	case now.Sub(p.failed) > calm:
		p.streak = 0
	}
}

// backoff is the wait after the nth failure in a row: doubling, and bounded.
func backoff(n int) time.Duration {
	return min(firstWait<<min(n-1, 10), mostWait)
}

// jitter keeps clients from knocking together: between half the wait and all of
// it.
func jitter(d time.Duration) time.Duration {
	return max(leastWait, d/2+rand.N(d/2+1))
}

// sleep waits for d, or until ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
