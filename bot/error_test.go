package bot_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
)

// An error made for people keeps its text and its code however it is wrapped;
// any other gives nothing away.
func TestSay(t *testing.T) {
	t.Parallel()
	hidden := bot.Say(io.EOF)
	if !strings.Contains(hidden, "出错了") || strings.Contains(hidden, "EOF") {
		t.Errorf("an internal error is %q", hidden)
	}
	missing := bot.NotFound.Sayf("没有第 %d 条", 7)
	for name, tt := range map[string]struct {
		err  error
		code bot.Code
		text string
	}{
		"invalid":     {bot.Invalid.Sayf("看不懂"), bot.Invalid, "看不懂"},
		"not found":   {missing, bot.NotFound, "没有第 7 条"},
		"forbidden":   {bot.Forbidden.Sayf("不行"), bot.Forbidden, "不行"},
		"conflict":    {bot.Conflict.Sayf("已经发过"), bot.Conflict, "已经发过"},
		"unavailable": {bot.Unavailable.Sayf("稍后"), bot.Unavailable, "稍后"},
		"a percent":   {bot.Invalid.Sayf("降到 %.1f%%", 12.34), bot.Invalid, "降到 12.3%"},
		"wrapped":     {fmt.Errorf("answer: %w", fmt.Errorf("search: %w", missing)), bot.NotFound, "没有第 7 条"},
		"joined":      {errors.Join(io.EOF, missing), bot.NotFound, "没有第 7 条"},
		"the first":   {errors.Join(bot.Conflict.Sayf("先"), missing), bot.Conflict, "先"},
		"internal":    {fmt.Errorf("open /srv/lianwen/index: %w", fs.ErrPermission), 0, hidden},
		"none":        {nil, 0, hidden},
	} {
		if got := bot.CodeOf(tt.err); got != tt.code {
			t.Errorf("%s: code %d, want %d", name, got, tt.code)
		}
		if got := bot.Say(tt.err); got != tt.text {
			t.Errorf("%s: %q, want %q", name, got, tt.text)
		}
	}
	if missing.Error() != "没有第 7 条" {
		t.Errorf("in a log it is %q", missing)
	}
	codes := map[bot.Code]bool{0: true}
	for _, c := range []bot.Code{bot.Invalid, bot.NotFound, bot.Forbidden, bot.Conflict, bot.Unavailable} {
		if codes[c] {
			t.Errorf("code %d stands for two kinds", c)
		}
		codes[c] = true
	}
}

// A refusal says why, and what was behind it if anything was.
func TestRefusedError(t *testing.T) {
	t.Parallel()
	plain := &bot.RefusedError{Reason: "安静时段", After: time.Minute}
	if got := plain.Error(); got != "没有发出：安静时段" || errors.Unwrap(plain) != nil {
		t.Errorf("got %q", got)
	}
	caused := fmt.Errorf("send: %w", &bot.RefusedError{Reason: "连不上", Err: io.ErrUnexpectedEOF})
	var refused *bot.RefusedError
	if !errors.As(caused, &refused) || refused.Reason != "连不上" || !errors.Is(caused, io.ErrUnexpectedEOF) || errors.Is(caused, bot.ErrUncertain) {
		t.Errorf("got %v", caused)
	}
	if got := refused.Error(); got != "没有发出：连不上：unexpected EOF" {
		t.Errorf("got %q", got)
	}
}
