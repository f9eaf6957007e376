package admin

import (
	"io"
	"net/http"
	"time"

	"lianwen/bot"
)

// pace is how slowly a body may come.
type pace struct {
	idle  time.Duration // without a byte
	spare time.Duration // of all, besides the time that it takes
	least int64         // … at so many bytes a second
}

// of is a body that has to keep the pace.
func (p pace) of(w http.ResponseWriter, body io.ReadCloser) *paced {
	return &paced{ReadCloser: body, pace: p, control: http.NewResponseController(w), begun: time.Now(), most: uploadForm}
}

type paced struct {
	io.ReadCloser
	pace
	control *http.ResponseController
	begun   time.Time
	read    int64
	most    int64 // bytes
	ended   bool
}

// Read implements io.Reader.
func (p *paced) Read(b []byte) (int, error) {
	if p.read > p.most {
		return 0, bot.Invalid.Sayf("这些文件一共超过 %d MB。请分几次导入。", uploadAll>>20)
	}
	until := time.Now().Add(p.idle)
	if end := p.begun.Add(p.spare + time.Duration(p.read/p.least)*time.Second); end.Before(until) {
		until = end
	}
	_ = p.control.SetReadDeadline(until) // a recorder of a test has none
	_ = p.control.SetWriteDeadline(until.Add(answerTime))
	n, err := p.ReadCloser.Read(b)
	p.read += int64(n)
	p.ended = p.ended || err == io.EOF
	return n, err
}

// waste reads on and throws away: a browser that is cut off while it sends shows no
// answer.
func (p *paced) waste() {
	p.most = p.read + uploadWaste
	_, _ = io.Copy(io.Discard, p) // whatever it ends with, there is an answer already
}

// done ends the limits: making the answer has its own time. Of a body that has not
// come to its end the server is not to wait for the rest.
func (p *paced) done() {
	until := time.Time{}
	if !p.ended {
		until = time.Now()
	}
	_ = p.control.SetReadDeadline(until)
	_ = p.control.SetWriteDeadline(time.Now().Add(answerTime))
}
