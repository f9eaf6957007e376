package admin

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"testing"
	"time"
)

// Whoever opens connections and says nothing takes the page's, and no more: who comes
// then is answered as soon as one is free.
func TestConnectionsAreBounded(t *testing.T) {
	s := newSite(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	t.Cleanup(func() {
		end()
		must(t, <-ended)
	})
	dial := func() net.Conn {
		c, err := net.Dial("tcp", l.Addr().String())
		must(t, err)
		t.Cleanup(func() { _ = c.Close() }) // some are closed before
		return c
	}
	var idle []net.Conn
	for range mostConnections {
		idle = append(idle, dial())
	}
	late := dial()
	_, err = late.Write([]byte("GET /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
	must(t, err)
	must(t, late.SetReadDeadline(time.Now().Add(100*time.Millisecond)))
	if _, err := late.Read(make([]byte, 1)); err == nil {
		t.Error("it is answered beyond the bound")
	}
	must(t, idle[0].Close())
	must(t, late.SetReadDeadline(time.Time{}))
	res, err := http.ReadResponse(bufio.NewReader(late), nil)
	must(t, err)
	if must(t, res.Body.Close()); res.StatusCode != http.StatusOK {
		t.Errorf("then it is answered %s", res.Status)
	}
	end()
}
