package fakeweb

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"time"
)

// Fault takes a request in place of the server. It may let it be handled.
type Fault func(w http.ResponseWriter, r *http.Request, handle http.HandlerFunc)

type fault struct {
	endpoint string
	times    int
	f        Fault
}

// Break makes the next requests to an endpoint ("" is any) meet a fault; as
// many as times says, or all until Mend when it is negative.
func (s *Server) Break(endpoint string, times int, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &fault{endpoint, times, f})
}

// Mend ends all faults.
func (s *Server) Mend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// Status answers with an HTTP status; nothing is done.
func Status(code int) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		w.WriteHeader(code)
		fmt.Fprintf(w, "<html><body><h1>%d</h1></body></html>", code)
	}
}

// Body answers with a body; nothing is done.
func Body(body string) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) { io.WriteString(w, body) }
}

// Ret answers with a return code; nothing is done.
func Ret(code int) Fault { return Body(fmt.Sprintf(`{"BaseResponse":{"Ret":%d,"ErrMsg":""}}`, code)) }

// Drop closes the connection; nothing is done.
func Drop() Fault {
	return func(http.ResponseWriter, *http.Request, http.HandlerFunc) { panic(http.ErrAbortHandler) }
}

// LoseReply does what was asked and closes the connection.
func LoseReply() Fault {
	return func(_ http.ResponseWriter, r *http.Request, handle http.HandlerFunc) {
		handle(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	}
}

// Rewrite does what was asked and changes the answer.
func Rewrite(change func(body []byte) []byte) Fault {
	return func(w http.ResponseWriter, r *http.Request, handle http.HandlerFunc) {
		rec := httptest.NewRecorder()
		handle(rec, r)
		for k, v := range rec.Header() {
			w.Header()[k] = v
		}
		body := change(rec.Body.Bytes())
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(rec.Code)
		w.Write(body)
	}
}

// Truncate does what was asked and answers with the first n bytes.
func Truncate(n int) Fault {
	return Rewrite(func(body []byte) []byte { return body[:min(n, len(body))] })
}

// Hang waits before it does what was asked.
func Hang(d time.Duration) Fault {
	return func(w http.ResponseWriter, r *http.Request, handle http.HandlerFunc) {
		select {
		case <-time.After(d):
			handle(w, r)
		case <-r.Context().Done():
		}
	}
}
