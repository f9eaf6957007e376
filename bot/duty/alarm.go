package duty

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"lianwen/bot"
)

// How long an account may be down before the operator is told: a dropped line
// that is mended at once is not worth it, and at the start somebody is there.
const (
	alarmAfter      = 30 * time.Second
	alarmAfterStart = 3 * time.Minute
)

// Ways are how the operator is told.
type Ways struct {
	Command string // for the system's shell, the text in $ALERT_TEXT; "": none
	Webhook string // of a group robot; a secret. "": none
	Page    string // the address of the staff's page, where what is told says what to do; "": there is none
}

// Alarm tells the operator that a channel's account is down and that it is back, and
// keeps what it tells, also where there is no way to tell anybody. Its methods may be
// called from many goroutines, and on a nil Alarm, which does nothing.
type Alarm struct {
	ways   Ways
	dir    string // the data folder, where it is kept what was told
	log    *slog.Logger
	client *http.Client
	wg     sync.WaitGroup

	mu       sync.Mutex
	accounts map[string]*account // by the channel's name
}

// account is what the operator knows about a channel's account.
type account struct {
	wasUp   bool        // it has been up in this run
	told    bool        // the operator knows that it is down
	hands   bool        // … and that it does not come back by itself
	pending *time.Timer // tells, when it fires
	latest  bot.Status
}

// NewAlarm returns an alarm that keeps what it tells in the data folder.
func NewAlarm(ways Ways, dir string, log *slog.Logger) *Alarm {
	return &Alarm{ways: ways, dir: dir, log: log, client: &http.Client{Timeout: 10 * time.Second}, accounts: map[string]*account{}}
}

// Note takes a channel's status.
func (a *Alarm) Note(ctx context.Context, s bot.Status) {
	if a == nil || s.State == "" || s.State == bot.Stopped {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	acc := a.accounts[s.Channel]
	if acc == nil {
		acc = &account{}
		a.accounts[s.Channel] = acc
	}
	acc.latest = s
	switch {
	case s.State.Up():
		acc.wasUp = true
		if acc.pending != nil {
			acc.pending.Stop()
			acc.pending = nil
		}
		if acc.told {
			acc.told, acc.hands = false, false
			a.Tell(ctx, fmt.Sprintf("廉问恢复：%s账号“%s”%s。", s.Label, s.Account, s.Chinese()))
		}
	case acc.pending == nil && (!acc.told || !acc.hands && s.State.NeedsHands()):
		wait := alarmAfterStart
		if acc.wasUp {
			wait = alarmAfter
		}
		acc.pending = time.AfterFunc(wait, func() { a.fire(ctx, acc) })
	}
}

// fire tells that an account is down, if it still is.
func (a *Alarm) fire(ctx context.Context, acc *account) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if acc.pending == nil || ctx.Err() != nil {
		return
	}
	acc.pending = nil
	hands := acc.latest.State.NeedsHands()
	if acc.told && (acc.hands || !hands) {
		return
	}
	acc.told, acc.hands = true, hands
	text := "廉问掉线：" + acc.latest.Chinese()
	if acc.latest.Detail != "" {
		text += "（" + acc.latest.Detail + "）"
	}
	switch acc.latest.State {
	case bot.Waiting, bot.Lost:
		text += "。" + a.ways.toScan()
	case bot.Refused:
		text += "。请先用手机登录这个账号，处理安全提示。"
	default:
		text += "。正在自动重试；请检查网络。"
	}
	a.Tell(ctx, text)
}

// Tell keeps the text, runs the command and calls the webhook, in the background, each
// of these three times at most.
func (a *Alarm) Tell(ctx context.Context, text string) {
	if a == nil {
		return
	}
	told := Told{At: time.Now(), Text: text}
	ways := a.ways.all(a)
	if len(ways) > 0 {
		told.Ways = map[string]Outcome{}
	}
	for name := range ways {
		told.Ways[name] = ""
	}
	a.wg.Go(func() {
		a.keep(ctx, told)
		var mu sync.Mutex
		var trying sync.WaitGroup
		for name, way := range ways {
			trying.Go(func() {
				how := a.try(ctx, name, func() error { return way(ctx, text) })
				mu.Lock()
				defer mu.Unlock()
				told.Ways[name] = how
				a.keep(ctx, told)
			})
		}
		trying.Wait()
	})
}

// toScan is where the code is to be scanned.
func (w Ways) toScan() string {
	if w.Page != "" {
		return "请登录网页 " + w.Page + " ，在“今天”里扫码。"
	}
	return "请到服务器上扫码：运行 lianwen check 看二维码图片在哪里。"
}

// all are the ways that are configured, by what the configuration calls them.
func (w Ways) all(a *Alarm) map[string]func(context.Context, string) error {
	list := map[string]func(context.Context, string) error{}
	if w.Command != "" {
		list["alert.command"] = a.command
	}
	if w.Webhook != "" {
		list["alert.webhook"] = a.webhook
	}
	return list
}

// keep writes down what was told. That it could not be is no reason not to tell it.
func (a *Alarm) keep(ctx context.Context, told Told) {
	if err := told.keep(ctx, a.dir); err != nil {
		a.log.Error("告警没有记下，网页上看不到", "err", err)
	}
}

// try tells by one way until that has worked, or is given up.
func (a *Alarm) try(ctx context.Context, name string, tell func() error) Outcome {
	for wait := time.Second; ; wait *= 4 {
		err := tell()
		if err == nil {
			return ToldIt
		}
		if ctx.Err() != nil {
			return GaveItUp
		}
		a.log.Error("告警没有发出", "via", name, "err", err)
		if wait > 10*time.Second {
			return GaveItUp
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return GaveItUp
		}
	}
}

// commandLife is how long the operator's command, and what it starts, may take.
const commandLife = 30 * time.Second

// ordinary is an environment without our own variables: a password of the ledger
// is nothing to the command.
func ordinary(environ []string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(v string) bool { return strings.HasPrefix(v, "LIANWEN_") })
}

// command runs the operator's command; the text is in its environment, where a
// shell does not read it as code.
func (a *Alarm) command(ctx context.Context, text string) error {
	ctx, cancel := context.WithTimeout(ctx, commandLife)
	defer cancel()
	cmd := shell(ctx, a.ways.Command)
	cmd.Env = append(ordinary(os.Environ()), "ALERT_TEXT="+text)
	cmd.WaitDelay = time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("run alert.command: %w: %.200s", err, out)
	}
	return nil
}

// webhook posts the text in the form that the robots of WeCom and DingTalk
// take: https://developer.work.weixin.qq.com/document/path/91770.
func (a *Alarm) webhook(ctx context.Context, text string) error {
	body, err := json.Marshal(map[string]any{"msgtype": "text", "text": map[string]string{"content": text}})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.ways.Webhook, bytes.NewReader(body))
	if err != nil {
		return errors.New("call alert.webhook: bad address")
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := a.client.Do(req)
	if err != nil { // its text has the address, and that has the key
		return fmt.Errorf("call alert.webhook: %w", errors.Unwrap(err))
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("call alert.webhook: HTTP %d", resp.StatusCode)
	}
	var said struct { // these robots refuse with status 200
		Code int    `json:"errcode"`
		Text string `json:"errmsg"`
	}
	if json.NewDecoder(io.LimitReader(resp.Body, 1<<16)).Decode(&said) == nil && said.Code != 0 {
		return fmt.Errorf("call alert.webhook: errcode %d: %.200s", said.Code, said.Text)
	}
	return nil
}

// Wait lets what is being told go out.
func (a *Alarm) Wait() {
	if a != nil {
		a.wg.Wait()
	}
}
