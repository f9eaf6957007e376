package fakeweb

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
)

// Wire carries requests to the server without a network between, so that days
// pass in seconds in a bubble of testing/synctest: whoever waits for the server
// waits for nothing outside of the bubble.
func (s *Server) Wire() http.RoundTripper { return wire{s} }

type wire struct{ to http.Handler }

// RoundTrip implements http.RoundTripper. A handler that panics has closed the
// connection.
func (w wire) RoundTrip(r *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	if r.Body == nil {
		r.Body = http.NoBody
	}
	rec, done := httptest.NewRecorder(), make(chan bool, 1)
	go func() {
		defer func() { done <- recover() == nil }()
		w.to.ServeHTTP(rec, r)
	}()
	select {
	case ok := <-done:
		if !ok {
			return nil, io.ErrUnexpectedEOF
		}
		return rec.Result(), nil
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}
