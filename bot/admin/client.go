package admin

import (
	"maps"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"lianwen/bot"
)

// peer is the machine that a request has come from: people's own, or a proxy.
func peer(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap().WithZone("")
}

// trusts reports whether what a machine says of others is believed.
func (s *Server) trusts(a netip.Addr) bool {
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(a) })
}

// clientOf is the machine that somebody sits at. Of what X-Forwarded-For says
// only the end is believed that trusted proxies have written: before it anybody
// may write anything.
func (s *Server) clientOf(r *http.Request) netip.Addr {
	at := peer(r)
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !s.trusts(at) {
			break
		}
		before, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		at = before.Unmap().WithZone("")
	}
	return at
}

// encrypted reports whether a request came by https, as far as it is known: here,
// or at a proxy that is trusted.
func (s *Server) encrypted(r *http.Request) bool {
	return r.TLS != nil || s.secure() || s.trusts(peer(r)) && r.Header.Get("X-Forwarded-Proto") == "https"
}

// open reports whether a request came from another machine in the clear, past
// the proxy: a password would be read on its way.
func (s *Server) open(r *http.Request) bool {
	at := peer(r)
	return r.TLS == nil && !at.IsLoopback() && !s.trusts(at)
}

// How often passwords may be tried from one machine, and how many machines are
// remembered. Those beyond share what one has.
const (
	mostAttempts = 20
	attemptsIn   = time.Minute
	mostPeers    = 4096
)

// attempts counts attempts by the machines they come from.
type attempts struct {
	mu    sync.Mutex
	of    map[netip.Prefix]attempted
	swept time.Time // when those that are over were forgotten last
}

// attempted is how often, since when.
type attempted struct {
	since time.Time
	times int
}

// take counts an attempt; wait is how long it is too early for it, 0 where it may
// be made.
func (t *attempts) take(from netip.Addr, now time.Time) (wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	bits := from.BitLen()
	if from.Is6() {
		bits = 64 // which one machine has all of
	}
	key, _ := from.Prefix(bits) // the zero one for no address
	over := func(one attempted) bool { return now.Sub(one.since) >= attemptsIn || now.Before(one.since) }
	if _, known := t.of[key]; !known && len(t.of) >= mostPeers {
		if since := now.Sub(t.swept); since >= time.Second || since < 0 {
			maps.DeleteFunc(t.of, func(_ netip.Prefix, one attempted) bool { return over(one) })
			t.swept = now
		}
		if len(t.of) >= mostPeers {
			key = netip.Prefix{}
		}
	}
	one := t.of[key]
	if over(one) {
		one = attempted{since: now}
	}
	if one.times == mostAttempts {
		return one.since.Add(attemptsIn).Sub(now)
	}
	one.times++
	t.of[key] = one
	return 0
}

// mayTry is nil where a password may be tried; else the answer says when it may.
func (s *Server) mayTry(w http.ResponseWriter, r *http.Request) error {
	wait := s.attempts.take(s.clientOf(r), s.Desk.Now())
	if wait == 0 {
		return nil
	}
	seconds := int((wait + time.Second - 1) / time.Second)
	w.Header().Set("Retry-After", strconv.Itoa(seconds))
	return bot.Unavailable.Sayf("从您这里试得太多了，请过 %d 秒再试。", seconds)
}
