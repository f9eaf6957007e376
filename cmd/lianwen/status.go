package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/mdp/qrterminal/v3"
	"rsc.io/qr"

	"lianwen/bot/wechat"
)

// stateNames are the states in words.
var stateNames = map[wechat.State]string{
	wechat.Connecting: "正在连接", wechat.Waiting: "等待扫码", wechat.Scanned: "已扫码，等手机上确认",
	wechat.Online: "在线", wechat.Slowed: "在线，暂缓发送", wechat.Offline: "连不上微信，正在重试",
	wechat.Lost: "登录已失效", wechat.Refused: "微信不让这个账号操作", wechat.Stopped: "已停止",
}

// beat is how often the state file is written again, so that a state left by a
// process that died is known for old.
const beat = 30 * time.Second

// channelState is the state file, for lianwen check in another process.
type channelState struct {
	State   wechat.State `json:"state"`
	Since   time.Time    `json:"since"`
	Account string       `json:"account,omitempty"`
	Detail  string       `json:"detail,omitempty"`
	Beat    time.Time    `json:"beat"`
}

// running reports whether a process was there to write it lately.
func (s channelState) running(now time.Time) bool {
	return s.State != wechat.Stopped && now.Sub(s.Beat) < 3*beat
}

// board takes what the channel says about itself and passes it on: to the state
// file, to whoever has to scan, to the alarm.
type board struct {
	dir   string
	err   io.Writer // where a QR code is drawn, if it is a terminal
	draw  bool
	alarm *alarm // nil: nobody is alarmed
	log   *slog.Logger

	mu      sync.Mutex
	latest  wechat.Status
	changed chan struct{}
}

func newBoard(dir string, err io.Writer, draw bool, alarm *alarm, log *slog.Logger) *board {
	return &board{dir: dir, err: err, draw: draw, alarm: alarm, log: log, changed: make(chan struct{}, 1)}
}

// set takes a status. It does not wait.
func (b *board) set(s wechat.Status) {
	b.mu.Lock()
	b.latest = s
	b.mu.Unlock()
	select {
	case b.changed <- struct{}{}:
	default:
	}
}

// run passes on until ctx ends. Of states that follow each other at once only
// the last may be seen.
func (b *board) run(ctx context.Context) {
	tick := time.NewTicker(beat)
	defer tick.Stop()
	shown := ""
	for {
		var over bool
		select {
		case <-ctx.Done():
			over = true
		case <-b.changed:
		case <-tick.C:
		}
		b.mu.Lock()
		s := b.latest
		b.mu.Unlock()
		if s.QR != shown {
			b.show(s.QR)
			shown = s.QR
		}
		if s.State != "" {
			b.write(s)
		}
		if over {
			return
		}
		if b.alarm != nil {
			b.alarm.note(ctx, s)
		}
	}
}

// write puts the state where lianwen check reads it.
func (b *board) write(s wechat.Status) {
	raw, err := json.Marshal(channelState{s.State, s.Since, s.Account, s.Detail, time.Now()})
	if err == nil {
		err = replaceFile(filepath.Join(b.dir, "state.json"), raw)
	}
	if err != nil {
		b.log.Warn("微信状态没有写下，lianwen check 看不到", "err", err)
	}
}

// replaceFile writes a file as a whole, for its owner only.
func replaceFile(name string, content []byte) error {
	next := name + ".new"
	if err := os.WriteFile(next, content, 0o600); err != nil {
		return err
	}
	return os.Rename(next, name)
}

// readState is what a running or former process wrote; ok is false when there
// is none.
func readState(dir string) (s channelState, ok bool, err error) {
	raw, err := os.ReadFile(filepath.Join(dir, "state.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return s, false, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &s)
	}
	return s, err == nil, err
}

// show draws a QR code where somebody can scan it, or takes it away.
func (b *board) show(text string) {
	file := filepath.Join(b.dir, "qr.png")
	if text == "" {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			b.log.Warn("过时的二维码没有删掉", "file", file, "err", err)
		}
		return
	}
	code, err := qr.Encode(text, qr.M)
	if err == nil {
		err = replaceFile(file, code.PNG())
	}
	if err != nil {
		b.log.Error("二维码图片没有写成", "file", file, "err", err)
	}
	b.log.Info("请用微信扫码登录", "图片", file)
	if b.draw {
		qrterminal.GenerateHalfBlock(text, qrterminal.L, b.err)
		fmt.Fprintf(b.err, "请用要值守的微信扫上面的二维码（图片在 %s），并在手机上确认。\n", file)
	}
}
