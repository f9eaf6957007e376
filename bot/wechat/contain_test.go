package wechat

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

// A payload at which our own code panics costs that payload and nothing else.
func TestPanicWhileReading(t *testing.T) {
	var log bytes.Buffer
	c := New(Config{Log: slog.New(slog.NewTextHandler(&log, nil))})
	got := c.contained(&session{}, text(zhang, "一句私话")) // without contacts it cannot but panic
	if got.message != nil || got.request != nil {
		t.Errorf("got %+v", got)
	}
	if !strings.Contains(log.String(), "receive.go") || strings.Contains(log.String(), "私话") {
		t.Errorf("log: %s", &log)
	}
}
