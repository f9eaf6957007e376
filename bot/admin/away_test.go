package admin

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// wire leads to a PostgreSQL, and can be cut.
type wire struct {
	t    *testing.T
	to   func() (net.Conn, error)
	l    net.Listener
	mu   sync.Mutex
	cut  bool
	open []net.Conn
}

// newWire puts a wire between a ledger and whoever opens it.
func newWire(t *testing.T, w *ledgertest.Where) *wire {
	t.Helper()
	u, err := url.Parse(w.Address)
	must(t, err)
	network, address := "tcp", u.Host
	q := u.Query()
	if dir := q.Get("host"); strings.HasPrefix(dir, "/") {
		network, address = "unix", filepath.Join(dir, ".s.PGSQL.5432")
	}
	v := &wire{t: t, to: func() (net.Conn, error) { return net.Dial(network, address) }}
	v.l, err = net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() {
		_ = v.l.Close() // it is the end
		v.set(true)
	})
	go v.run()
	q.Del("host")
	q.Set("sslmode", "disable")
	u.Host, u.RawQuery = v.l.Addr().String(), q.Encode()
	w.Address = u.String()
	return v
}

// run passes on what comes until the listener is closed.
func (v *wire) run() {
	for {
		c, err := v.l.Accept()
		if err != nil {
			return
		}
		v.mu.Lock()
		there, err := v.to()
		if v.cut || err != nil {
			_ = c.Close() // that is what being cut is
			v.mu.Unlock()
			continue
		}
		v.open = append(v.open, c, there)
		v.mu.Unlock()
		go func() { _, _ = io.Copy(there, c) }()
		go func() { _, _ = io.Copy(c, there) }()
	}
}

// set cuts the wire, or mends it.
func (v *wire) set(cut bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.cut = cut
	if cut {
		for _, c := range v.open {
			_ = c.Close()
		}
		v.open = nil
	}
}

// While PostgreSQL is away the page says so and keeps what was typed; when it is
// back, everything goes on.
func TestPostgresAway(t *testing.T) {
	w := ledgertest.Postgres(t)
	v := newWire(t, &w)
	library := filepath.Join(t.TempDir(), "制度库")
	must(t, os.CopyFS(library, os.DirFS("testdata/library")))
	s := newSiteOn(t, library, w)
	c := s.as(ledger.RoleEdit)
	status, body := c.get("/jobs/none")
	says(t, status, body, http.StatusNotFound, "已经不在了")
	v.set(true)
	status, body = c.post("/jobs/none/cancel", url.Values{"why": {"写了半天的字"}})
	says(t, status, body, http.StatusServiceUnavailable, "请过一会儿再提交一次", "写了半天的字", `action="/jobs/none/cancel"`)
	v.set(false)
	status, body = c.get("/jobs/none")
	says(t, status, body, http.StatusNotFound, "已经不在了")
}
