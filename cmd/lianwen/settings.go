package main

import (
	_ "embed"
	"fmt"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lianwen/bot/admin"
)

// example is config.example.toml, which a test keeps as it is at the top of the tree:
// the page takes from it what each key is for.
//
//go:embed config.example.toml
var example string

// secretKeys are the keys whose values nobody is shown.
var secretKeys = []string{"ledger.url", "model.key", "alert.command", "alert.webhook", "wechat.friend_phrase"}

// hidden stands for a secret.
const hidden = "***"

// settings are all keys as they hold, in the order of the example; then what the
// tables [[push]] have.
func (a *app) settings(cfg *config) []admin.Setting {
	values, standards := cfg.keys(), defaultConfig().keys()
	about, order := readExample(example)
	var list []admin.Setting
	for _, key := range order {
		value, known := values[key]
		if !known { // of a [[push]]
			continue
		}
		s := admin.Setting{Key: key, Value: shown(value), Source: cfg.sourceOf(key, reflect.DeepEqual(value, standards[key])), About: about[key]}
		if slices.Contains(secretKeys, key) && s.Value != "" {
			s.Value = hidden
		}
		if key == "library" && a.library != "" {
			s.Source = "命令行 --library"
		}
		list = append(list, s)
	}
	for i, p := range cfg.Push {
		v := reflect.ValueOf(p)
		for _, field := range reflect.VisibleFields(v.Type()) {
			name := field.Tag.Get("toml")
			key := fmt.Sprintf("push.%d.%s", i, name)
			if value := v.FieldByIndex(field.Index); !value.IsZero() || cfg.file.lines[key] > 0 {
				list = append(list, admin.Setting{Key: fmt.Sprintf("[[push]] 第 %d 个 %s", i+1, name), Value: shown(value.Interface()), Source: cfg.sourceOf(key, false), About: about["push."+name]})
			}
		}
	}
	return list
}

// sourceOf is where a key has its value from; usual says that it is the default.
func (c *config) sourceOf(key string, usual bool) string {
	line := c.file.lines[key]
	switch {
	case os.Getenv(variable(key)) != "":
		return "环境变量 " + variable(key)
	case line > 0:
		return fmt.Sprintf("配置文件 %s 第 %d 行", c.file.name, line)
	case usual:
		return "默认"
	}
	return "配置文件 " + c.file.name // written in a way in which its line is not found
}

// shown is a value as the page shows it.
func shown(value any) string {
	switch v := value.(type) {
	case []string:
		return strings.Join(v, "、")
	case bool:
		return map[bool]string{true: "true（是）", false: "false（否）"}[v]
	}
	return fmt.Sprint(value)
}

// The lines of the example: a comment, a table, a key, and a key of the [[push]] that
// stands there as a comment.
var exampleLine = regexp.MustCompile(`^(?:# (\w+) = .*?# (.*)|#\s?(.*)|\[(\w+)\]|(\w+) = .*)$`)

// readExample is what each key is for, and the keys in their order. Keys that follow
// each other without a comment in between are for the same.
func readExample(text string) (about map[string]string, order []string) {
	about = map[string]string{}
	var table, why string
	fresh := false // why is of the lines just before
	for line := range strings.Lines(text) {
		m := exampleLine.FindStringSubmatch(strings.TrimRight(line, "\r\n"))
		switch {
		case m == nil:
			why, fresh = "", false
		case m[1] != "":
			about["push."+m[1]] = m[2]
		case m[4] != "":
			table = m[4] + "."
		case m[5] != "":
			about[table+m[5]], fresh = why, false
			order = append(order, table+m[5])
		case fresh:
			why += m[3]
		default:
			why, fresh = m[3], true
		}
	}
	return about, order
}

// hide takes all secrets out of a text.
func (c *config) hide() *strings.Replacer {
	var pairs []string
	for _, secret := range c.secrets() {
		quoted := strconv.Quote(secret) // as it stands in a quoted text
		pairs = append(pairs, secret, hidden, quoted[1:len(quoted)-1], hidden)
	}
	return strings.NewReplacer(pairs...)
}

// secrets are the texts that nobody is to read: the values of the secret keys, and what
// in an address is the secret of it.
func (c *config) secrets() (list []string) {
	values := c.keys()
	for _, key := range secretKeys {
		text := reflect.ValueOf(values[key]).String()
		list = append(list, text)
		u, err := url.Parse(text)
		if err != nil || u.Host == "" {
			continue
		}
		if password, ok := u.User.Password(); ok {
			list = append(list, password, url.QueryEscape(password), url.PathEscape(password))
		}
		list = append(list, u.RawQuery)
		for _, values := range u.Query() {
			list = append(list, values...)
		}
	}
	return slices.DeleteFunc(list, func(s string) bool { return len(s) < leastSecret })
}

// leastSecret is the length from which on a text is taken for a secret wherever it
// stands: shorter ones, such as an option "on", are in words of every kind.
const leastSecret = 6
