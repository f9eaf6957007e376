package main

import (
	"log/slog"
	"slices"
	"strings"

	"lianwen/bot"
)

// logLevels are the values of --log-level, from the most said to the least.
var logLevels = []string{"debug", "info", "warn", "error"}

// logLevel is the least level that is logged. It is a pflag.Value.
type logLevel slog.Level

func (l *logLevel) Set(name string) error {
	if !slices.Contains(logLevels, name) {
		return bot.Invalid.Sayf("--log-level %q 不认识，请写 debug、info、warn 或 error。", name)
	}
	return (*slog.Level)(l).UnmarshalText([]byte(name))
}

func (l *logLevel) String() string { return strings.ToLower(slog.Level(*l).String()) }

func (l *logLevel) Type() string { return "string" }
