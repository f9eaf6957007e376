package duty

import (
	"bytes"
	"context"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"lianwen/bot"
)

// hangs is a board that runs until the test ends, and how to end it sooner.
func hangs(t *testing.T, b *Board) (end func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		b.Run(ctx)
		close(ended)
	}()
	return func() {
		cancel()
		<-ended
	}
}

// reads is what lianwen check would read of a channel.
func reads(t *testing.T, dir, channel string) LastState {
	t.Helper()
	s, ok, err := ReadState(dir, channel)
	if err != nil || !ok {
		t.Errorf("%s: %v, %v", channel, ok, err)
	}
	return s
}

// Each channel has its own state, which stays fresh while the program runs and
// says how it ended.
func TestBoardStates(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		b := NewBoard(dir, nil, nil, slog.New(slog.DiscardHandler))
		end := hangs(t, b)
		since := time.Now()
		b.Set(bot.Status{Channel: "wechat", Label: "微信", State: bot.Online, Since: since, Account: "廉问"})
		b.Set(bot.Status{Channel: "wecom", Label: "企业微信", State: bot.Refused, Since: since, Detail: "60020"})
		b.Set(bot.Status{Channel: "mp", Label: "公众号"}) // has not said anything yet
		synctest.Wait()
		if got := reads(t, dir, "wechat"); got.State != bot.Online || got.Account != "廉问" || !got.Since.Equal(since) || !got.Beat.Equal(since) {
			t.Errorf("wechat is %+v", got)
		}
		if got := reads(t, dir, "wecom"); got.State != bot.Refused || got.Detail != "60020" || got.Account != "" {
			t.Errorf("wecom is %+v", got)
		}
		if s, ok, err := ReadState(dir, "mp"); ok || err != nil {
			t.Errorf("mp is %+v, %v, %v", s, ok, err)
		}
		time.Sleep(10 * time.Minute) // nothing happens
		synctest.Wait()
		for _, channel := range []string{"wechat", "wecom"} {
			if got := reads(t, dir, channel); !got.Running(time.Now()) || !got.Since.Equal(since) {
				t.Errorf("after ten minutes %s is %+v", channel, got)
			}
		}
		b.Set(bot.Status{Channel: "wechat", State: bot.Lost, Since: time.Now()})
		synctest.Wait()
		if got := reads(t, dir, "wechat"); got.State != bot.Lost {
			t.Errorf("wechat is %+v", got)
		}
		b.Set(bot.Status{Channel: "wechat", State: bot.Stopped})
		b.Set(bot.Status{Channel: "wecom", State: bot.Stopped})
		end()
		for _, channel := range []string{"wechat", "wecom"} {
			if got := reads(t, dir, channel); got.State != bot.Stopped || got.Running(time.Now()) {
				t.Errorf("in the end %s is %+v", channel, got)
			}
		}
	})
}

// A state is believed for as long as three beats, and not at all once the
// program has said that it ends.
func TestRunning(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for _, tt := range []struct {
		state bot.State
		ago   time.Duration
		want  bool
	}{
		{bot.Online, 0, true}, {bot.Lost, 0, true}, {bot.Waiting, time.Minute, true}, {bot.Stopped, 0, false},
		{bot.Online, 3*beat - 1, true}, {bot.Online, 3 * beat, false},
	} {
		if got := (LastState{State: tt.state, Beat: now.Add(-tt.ago)}).Running(now); got != tt.want {
			t.Errorf("%s %v ago: %v", tt.state, tt.ago, got)
		}
	}
}

// What cannot be read is an error; what is not there is nothing.
func TestReadState(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, ok, err := ReadState(dir, "wechat"); ok || err != nil {
		t.Errorf("no folder: %v, %v", ok, err)
	}
	for name, content := range map[string]string{"empty": "", "half": `{"state":"online"`, "other": "online"} {
		if err := put(stateFile(dir, name), []byte(content)); err != nil {
			t.Fatal(err)
		}
		if s, ok, err := ReadState(dir, name); ok || err == nil {
			t.Errorf("%s: %+v, %v, %v", name, s, ok, err)
		}
	}
	if err := os.MkdirAll(stateFile(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := ReadState(dir, "folder"); ok || err == nil {
		t.Errorf("a folder: %v, %v", ok, err)
	}
}

// hasCode checks that there is a picture, or none.
func hasCode(t *testing.T, file string, want bool) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if want != (err == nil) {
		t.Errorf("%s: %v", file, err)
	}
	if _, err := png.Decode(bytes.NewReader(raw)); want && err != nil {
		t.Errorf("%s: %v", file, err)
	}
}

// A code to scan is drawn once, as a picture and on the terminal, and gone when
// it was scanned; one channel's has nothing to do with another's.
func TestBoardQR(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		var terminal bytes.Buffer
		b := NewBoard(dir, &terminal, nil, slog.New(slog.DiscardHandler))
		end := hangs(t, b)
		set := func(channel, label string, state bot.State, qr string) {
			b.Set(bot.Status{Channel: channel, Label: label, State: state, QR: qr})
			synctest.Wait()
		}
		is := func(channel string, want bool) {
			t.Helper()
			hasCode(t, QRFile(dir, channel), want)
		}
		drawn := func(want int) {
			t.Helper()
			if got := strings.Count(terminal.String(), "扫上面的二维码"); got != want {
				t.Errorf("drawn %d times, want %d", got, want)
			}
		}
		set("wechat", "微信", bot.Connecting, "")
		is("wechat", false)
		set("wechat", "微信", bot.Waiting, "https://login.example/1")
		set("wecom", "企业微信", bot.Waiting, "https://login.example/2")
		is("wechat", true)
		is("wecom", true)
		drawn(2)
		if text := terminal.String(); !strings.Contains(text, "请用要值守的微信扫") || !strings.Contains(text, "请用要值守的企业微信扫") || !strings.Contains(text, filepath.Join(dir, "wecom", "qr.png")) {
			t.Errorf("on the terminal: %s", text)
		}
		time.Sleep(time.Hour) // the same code is not drawn again
		set("wechat", "微信", bot.Waiting, "https://login.example/1")
		drawn(2)
		set("wechat", "微信", bot.Waiting, "https://login.example/3")
		drawn(3)
		is("wechat", true)
		set("wechat", "微信", bot.Scanned, "")
		is("wechat", false)
		is("wecom", true)
		set("wecom", "企业微信", bot.Stopped, "")
		end()
		is("wecom", false)
	})
}

// Where nothing can be written, the log has it and all else goes on.
func TestBoardCannotWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "wechat"), nil, 0o600); err != nil { // where the folder should be
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		var log safeBuffer
		b := NewBoard(dir, nil, nil, slog.New(slog.NewTextHandler(&log, nil)))
		end := hangs(t, b)
		b.Set(bot.Status{Channel: "wechat", Label: "微信", State: bot.Waiting, QR: "https://login.example/1"})
		b.Set(bot.Status{Channel: "wecom", Label: "企业微信", State: bot.Online})
		synctest.Wait()
		if got := reads(t, dir, "wecom"); got.State != bot.Online {
			t.Errorf("wecom is %+v", got)
		}
		for _, want := range []string{"二维码图片没有写成", "渠道状态没有写下"} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("the log lacks %s:\n%s", want, log.String())
			}
		}
		end()
	})
}

// The alarm hears of each channel, but not of the end.
func TestBoardAlarm(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		r := &robot{}
		a := newAlarm(t, r)
		b := NewBoard(dir, nil, a, slog.New(slog.DiscardHandler))
		end := hangs(t, b)
		for _, s := range []bot.Status{
			{Channel: "wechat", Label: "微信", State: bot.Online}, {Channel: "wecom", Label: "企业微信", State: bot.Online}, {Channel: "wecom", Label: "企业微信", State: bot.Offline},
		} {
			b.Set(s)
			synctest.Wait()
		}
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if told := r.told(); len(told) != 1 || !strings.HasPrefix(told[0], "廉问掉线：连不上企业微信") {
			t.Errorf("told %q", told)
		}
		b.Set(bot.Status{Channel: "wechat", Label: "微信", State: bot.Offline})
		end()
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if told := r.told(); len(told) != 1 {
			t.Errorf("at the end told %q", told)
		}
	})
}
