package duty

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/google/renameio/v2/maybe"
	"github.com/mdp/qrterminal/v3"
	"rsc.io/qr"

	"lianwen/bot"
)

// beat is how often the state file is written again, so that a state left by a
// process that died is known for old.
const beat = 30 * time.Second

// LastState is what a running or former process wrote about a channel, for
// lianwen check in another process.
type LastState struct {
	State   bot.State `json:"state"`
	Since   time.Time `json:"since"`
	Account string    `json:"account,omitempty"`
	Detail  string    `json:"detail,omitempty"`
	Beat    time.Time `json:"beat"`
}

// Running reports whether a process was there to write it lately.
func (s LastState) Running(now time.Time) bool {
	return s.State != bot.Stopped && now.Sub(s.Beat) < 3*beat
}

// stateFile is where a channel's state is written; QRFile the picture of the code
// that waits to be scanned. Each channel has a folder in the data folder.
func stateFile(dir, channel string) string { return filepath.Join(dir, channel, "state.json") }

// QRFile is where the picture of a channel's QR code is while it waits to be
// scanned.
func QRFile(dir, channel string) string { return filepath.Join(dir, channel, "qr.png") }

// ReadState is what was written last about a channel; ok is false when nothing
// was.
func ReadState(dir, channel string) (s LastState, ok bool, err error) {
	raw, err := os.ReadFile(stateFile(dir, channel))
	if errors.Is(err, fs.ErrNotExist) {
		return s, false, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &s)
	}
	return s, err == nil, err
}

// Board takes what channels say about themselves and passes it on: to the state
// files, to whoever has to scan, to the alarm.
type Board struct {
	dir   string    // the data folder
	err   io.Writer // where a QR code is drawn; nil: nowhere
	alarm *Alarm
	log   *slog.Logger

	mu      sync.Mutex
	latest  map[string]bot.Status // by channel
	changed chan struct{}
}

// NewBoard returns a board that writes into the data folder. QR codes are drawn
// on terminal, unless it is nil.
func NewBoard(dir string, terminal io.Writer, alarm *Alarm, log *slog.Logger) *Board {
	return &Board{dir: dir, err: terminal, alarm: alarm, log: log, latest: map[string]bot.Status{}, changed: make(chan struct{}, 1)}
}

// Set takes a status. It does not wait.
func (b *Board) Set(s bot.Status) {
	b.mu.Lock()
	b.latest[s.Channel] = s
	b.mu.Unlock()
	select {
	case b.changed <- struct{}{}:
	default:
	}
}

// Run passes on until ctx ends. Of states that follow each other at once only
// the last may be seen.
func (b *Board) Run(ctx context.Context) {
	tick := time.NewTicker(beat)
	defer tick.Stop()
	shown := map[string]string{}
	for {
		var over bool
		select {
		case <-ctx.Done():
			over = true
		case <-b.changed:
		case <-tick.C:
		}
		b.mu.Lock()
		latest := maps.Clone(b.latest)
		b.mu.Unlock()
		for channel, s := range latest {
			if s.QR != shown[channel] {
				b.show(s)
				shown[channel] = s.QR
			}
			if s.State != "" {
				b.write(s)
			}
			if !over {
				b.alarm.Note(ctx, s)
			}
		}
		if over {
			return
		}
	}
}

// write puts the state where lianwen check reads it.
func (b *Board) write(s bot.Status) {
	raw, err := json.Marshal(LastState{s.State, s.Since, s.Account, s.Detail, time.Now()})
	if err == nil {
		err = put(stateFile(b.dir, s.Channel), raw)
	}
	if err != nil {
		b.log.Warn("渠道状态没有写下，lianwen check 看不到", "channel", s.Channel, "err", err)
	}
}

// put writes a file into a channel's folder, which not every channel makes.
func put(file string, raw []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	return maybe.WriteFile(file, raw, 0o600)
}

// show draws a QR code where somebody can scan it, or takes it away.
func (b *Board) show(s bot.Status) {
	file := QRFile(b.dir, s.Channel)
	if s.QR == "" {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			b.log.Warn("过时的二维码没有删掉", "file", file, "err", err)
		}
		return
	}
	code, err := qr.Encode(s.QR, qr.M)
	if err == nil {
		err = put(file, code.PNG())
	}
	if err != nil {
		b.log.Error("二维码图片没有写成", "file", file, "err", err)
	}
	b.log.Info("请用"+s.Label+"扫码登录", "图片", file)
	if b.err != nil {
		qrterminal.GenerateHalfBlock(s.QR, qrterminal.L, b.err)
		fmt.Fprintf(b.err, "请用要值守的%s扫上面的二维码（图片在 %s），并在手机上确认。\n", s.Label, file)
	}
}
