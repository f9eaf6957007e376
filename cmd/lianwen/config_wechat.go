package main

import (
	"fmt"
	"net"
	"net/url"
	"time"

	"lianwen/bot/wechat"
)

// wechatConfig is the table [wechat].
type wechatConfig struct {
	Enabled       bool     `toml:"enabled"`
	Endpoint      string   `toml:"endpoint"`
	ReplyDelay    []string `toml:"reply_delay"`
	PushGap       []string `toml:"push_gap"`
	Quiet         []string `toml:"quiet"`
	GroupNames    []string `toml:"group_names"`
	RestartWindow string   `toml:"restart_window"`
	FriendPhrase  string   `toml:"friend_phrase"`
	FriendGap     []string `toml:"friend_gap"`

	channel wechat.Config // what the values mean
}

func defaultWechat() wechatConfig {
	return wechatConfig{
		ReplyDelay: []string{"1s", "3s"}, PushGap: []string{"15s", "35s"}, Quiet: []string{"21:30", "07:30"},
		GroupNames: []string{}, RestartWindow: "10m", FriendGap: []string{"30s", "90s"},
	}
}

// alertConfig is the table [alert].
type alertConfig struct {
	Command string `toml:"command"`
	Webhook string `toml:"webhook"`
}

// badFunc takes what is wrong with the value of a key.
type badFunc func(key, what, fix string)

func (c alertConfig) validate(bad badFunc) {
	if c.Webhook == "" {
		return
	}
	u, err := url.Parse(c.Webhook)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		bad("alert.webhook", "alert.webhook 不是网址", "请写 https:// 开头的地址，或留空") // the value is a secret
	}
}

// validate reads the values and says which are impossible.
func (c *wechatConfig) validate(location *time.Location, report badFunc) {
	bad := func(key string, value any, fix string) {
		report("wechat."+key, fmt.Sprintf("wechat.%s 的值 %q 不对", key, value), fix)
	}
	var ok bool
	if c.channel.ReplyDelay, ok = durations(c.ReplyDelay); !ok {
		bad("reply_delay", c.ReplyDelay, `请写最短和最长的等待，如 ["1s", "3s"]`)
	}
	if c.channel.PushGap, ok = durations(c.PushGap); !ok {
		bad("push_gap", c.PushGap, `请写最短和最长的间隔，如 ["15s", "35s"]`)
	}
	if c.channel.FriendGap, ok = durations(c.FriendGap); !ok {
		bad("friend_gap", c.FriendGap, `请写最短和最长的等待，如 ["30s", "90s"]`)
	}
	if c.channel.Quiet, ok = hours(c.Quiet, location); !ok {
		bad("quiet", c.Quiet, `请写起止时刻，如 ["21:30", "07:30"]；不要安静时段写 []`)
	}
	var err error
	if c.channel.RestartWindow, err = time.ParseDuration(c.RestartWindow); err != nil || c.channel.RestartWindow <= 0 {
		bad("restart_window", c.RestartWindow, `请写 "10m" 这样的时长`)
	}
	if c.channel.Endpoint, ok = loopback(c.Endpoint); !ok {
		bad("endpoint", c.Endpoint, "这一项只供测试，只能是本机地址，如 http://127.0.0.1:8080；正式使用请留空")
	}
	c.channel.GroupNames, c.channel.FriendPhrase = c.GroupNames, c.FriendPhrase
}

// durations reads the least and the most of a random wait.
func durations(values []string) (r [2]time.Duration, ok bool) {
	if len(values) != 2 {
		return r, false
	}
	for i, v := range values {
		d, err := time.ParseDuration(v)
		if err != nil || d < 0 {
			return r, false
		}
		r[i] = d
	}
	return r, r[0] <= r[1]
}

// hours reads a part of the day; no values are no part.
func hours(values []string, location *time.Location) (h wechat.Hours, ok bool) {
	if len(values) == 0 {
		return h, true
	}
	if len(values) != 2 {
		return h, false
	}
	var minutes [2]int
	for i, v := range values {
		t, err := time.Parse("15:04", v)
		if err != nil {
			return h, false
		}
		minutes[i] = t.Hour()*60 + t.Minute()
	}
	return wechat.Hours{From: minutes[0], To: minutes[1], Location: location}, true
}

// loopback reads an address on this machine. The cookies of an account are not
// to be sent elsewhere by a slip in a file.
func loopback(endpoint string) (u *url.URL, ok bool) {
	if endpoint == "" {
		return nil, true
	}
	u, err := url.Parse(endpoint)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" && u.Path != "/" {
		return nil, false
	}
	if ip := net.ParseIP(u.Hostname()); ip != nil {
		return u, ip.IsLoopback()
	}
	return u, u.Hostname() == "localhost"
}
