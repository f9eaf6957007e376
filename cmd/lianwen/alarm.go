package main

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
	"sync"
	"time"

	"lianwen/bot/wechat"
)

// How long an account may be down before the operator is told: a dropped line
// that is mended at once is not worth it, and at the start somebody is there.
const (
	alarmAfter      = 30 * time.Second
	alarmAfterStart = 3 * time.Minute
)

// alarm tells the operator, by a command or a webhook, that the account is down
// and that it is back.
type alarm struct {
	config alertConfig
	log    *slog.Logger
	client *http.Client
	wg     sync.WaitGroup

	mu      sync.Mutex
	wasUp   bool        // it has been up in this run
	told    bool        // the operator knows that it is down
	hands   bool        // … and that it does not come back by itself
	pending *time.Timer // tells, when it fires
	latest  wechat.Status
}

// newAlarm returns an alarm, or nil when there is no way to tell anybody.
func newAlarm(config alertConfig, log *slog.Logger) *alarm {
	if config.Command == "" && config.Webhook == "" {
		return nil
	}
	return &alarm{config: config, log: log, client: &http.Client{Timeout: 10 * time.Second}}
}

// note takes the channel's status.
func (a *alarm) note(ctx context.Context, s wechat.Status) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.latest = s
	switch {
	case s.State == "" || s.State == wechat.Stopped:
	case s.State.Up():
		a.wasUp = true
		if a.pending != nil {
			a.pending.Stop()
			a.pending = nil
		}
		if a.told {
			a.told, a.hands = false, false
			a.tell(ctx, fmt.Sprintf("廉问恢复：微信账号“%s”%s。", s.Account, stateNames[s.State]))
		}
	case a.pending == nil && (!a.told || !a.hands && needsHands(s.State)):
		wait := alarmAfterStart
		if a.wasUp {
			wait = alarmAfter
		}
		a.pending = time.AfterFunc(wait, func() { a.fire(ctx) })
	}
}

// needsHands reports whether somebody has to do something.
func needsHands(s wechat.State) bool {
	return s == wechat.Waiting || s == wechat.Lost || s == wechat.Refused
}

// fire tells that the account is down, if it still is.
func (a *alarm) fire(ctx context.Context) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.pending == nil || ctx.Err() != nil {
		return
	}
	a.pending = nil
	hands := needsHands(a.latest.State)
	if a.told && (a.hands || !hands) {
		return
	}
	a.told, a.hands = true, hands
	text := "廉问掉线：" + stateNames[a.latest.State]
	if a.latest.Detail != "" {
		text += "（" + a.latest.Detail + "）"
	}
	switch a.latest.State {
	case wechat.Waiting, wechat.Lost:
		text += "。请到服务器上扫码：运行 lianwen check 看二维码图片在哪里。"
	case wechat.Refused:
		text += "。请先用手机登录这个账号，处理安全提示。"
	default:
		text += "。正在自动重试；请检查网络。"
	}
	a.tell(ctx, text)
}

// tell runs the command and calls the webhook, in the background, three times
// at most. A nil alarm tells nobody.
func (a *alarm) tell(ctx context.Context, text string) {
	if a == nil {
		return
	}
	for name, way := range map[string]func(context.Context, string) error{"alert.command": a.command, "alert.webhook": a.webhook} {
		a.wg.Go(func() {
			for wait := time.Second; ; wait *= 4 {
				err := way(ctx, text)
				if err == nil || ctx.Err() != nil {
					return
				}
				a.log.Error("告警没有发出", "via", name, "err", err)
				if wait > 10*time.Second {
					return
				}
				select {
				case <-time.After(wait):
				case <-ctx.Done():
					return
				}
			}
		})
	}
}

// command runs the operator's command; the text is in its environment, where a
// shell does not read it as code.
func (a *alarm) command(ctx context.Context, text string) error {
	if a.config.Command == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	cmd := shell(ctx, a.config.Command)
	cmd.Env = append(os.Environ(), "ALERT_TEXT="+text)
	cmd.WaitDelay = time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("run alert.command: %w: %.200s", err, out)
	}
	return nil
}

// webhook posts the text in the form that the robots of WeCom and DingTalk
// take: https://developer.work.weixin.qq.com/document/path/91770.
func (a *alarm) webhook(ctx context.Context, text string) error {
	if a.config.Webhook == "" {
		return nil
	}
	body, err := json.Marshal(map[string]any{"msgtype": "text", "text": map[string]string{"content": text}})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.config.Webhook, bytes.NewReader(body))
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

// wait lets what is being told go out.
func (a *alarm) wait() {
	if a != nil {
		a.wg.Wait()
	}
}
