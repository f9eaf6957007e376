package main

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"lianwen/bot/model"
)

const exampleFile = "../../config.example.toml"

// The example is the documentation: it holds every key, with its default.
func TestExampleIsTheDefault(t *testing.T) {
	raw, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	var got config
	if err := toml.NewDecoder(bytes.NewReader(raw)).DisallowUnknownFields().Decode(&got); err != nil {
		t.Fatal(err)
	}
	if want := defaultConfig(); !reflect.DeepEqual(got, want) {
		t.Errorf("config.example.toml says\n%+v, the defaults are\n%+v", got, want)
	}
	var keys map[string]any
	if err := toml.Unmarshal(raw, &keys); err != nil {
		t.Fatal(err)
	}
	for key := range defaultConfig().keys() {
		table, name, nested := strings.Cut(key, ".")
		in := keys
		if nested {
			in, _ = keys[table].(map[string]any)
		} else {
			name = table
		}
		if _, ok := in[name]; !ok {
			t.Errorf("config.example.toml does not have %s", key)
		}
	}
	if loaded, err := loadConfig(exampleFile); err != nil {
		t.Error(err)
	} else if loaded.location == nil || loaded.location.String() != loaded.Timezone {
		t.Errorf("the location is %v, the timezone %s", loaded.location, loaded.Timezone)
	}
}

func TestEveryKeyFromTheEnvironment(t *testing.T) {
	t.Chdir(t.TempDir())
	special := map[string]string{
		"wechat.endpoint": "http://127.0.0.1:1", "wechat.quiet": "22:00,06:00", "wechat.restart_window": "3m",
		"alert.webhook": "https://example.com/x", "ledger.url": "postgres://localhost/lianwen", "model.url": "https://model.example/v1", "model.timeout": "30s",
		"relief.allow": "重复,空壳", "relief.person_day": "1",
		"web.listen": "0.0.0.0:443", "web.trusted_proxies": "10.1.2.3,10.2.0.0/16", "web.url": "https://lianwen.example", "web.metrics": "127.0.0.1:9480",
	}
	t.Setenv("LIANWEN_MODEL_NAME", "UTC")   // no url without it
	t.Setenv("LIANWEN_WEB_TLS_CERT", "UTC") // neither without the other
	t.Setenv("LIANWEN_WEB_TLS_KEY", "UTC")
	t.Setenv("LIANWEN_WEB_URL", "https://lianwen.example") // not everywhere without it
	t.Setenv("LIANWEN_RELIEF_REASON", "办公室主任同意")
	for key, standard := range defaultConfig().keys() {
		t.Run(key, func(t *testing.T) {
			text, want := "UTC", any("UTC")
			switch standard.(type) {
			case float64:
				text, want = "0.5", 0.5
			case bool:
				text, want = "true", true
			case int:
				text, want = "3", 3
			case []string:
				text, want = "2s,4s", []string{"2s", "4s"}
			case model.Secret:
				want = model.Secret(text)
			}
			if s, ok := special[key]; ok {
				if text, want = s, s; strings.Contains(s, ",") {
					want = strings.Split(s, ",")
				}
				if n, err := strconv.Atoi(s); err == nil {
					want = n
				}
			}
			t.Setenv(variable(key), text)
			c, err := loadConfig("")
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(c.keys()[key], want) {
				t.Errorf("%s is %v", key, c.keys()[key])
			}
		})
	}
	t.Setenv("LIANWEN_JUDGED_MARGIN", "百分之二")
	if _, err := loadConfig(""); err == nil || !strings.HasPrefix(err.Error(), "环境变量 LIANWEN_JUDGED_MARGIN: ") {
		t.Errorf("got %v", err)
	}
	t.Setenv("LIANWEN_JUDGED_MARGIN", "")
	t.Setenv("LIANWEN_WECHAT_ENABLED", "是")
	if _, err := loadConfig(""); err == nil || !strings.HasPrefix(err.Error(), "环境变量 LIANWEN_WECHAT_ENABLED: ") {
		t.Errorf("got %v", err)
	}
}

// Whatever is wrong with the environment is said about the environment.
func TestCheckEnvironment(t *testing.T) {
	for _, kv := range []string{"LIANWEN_DATADIR=x", "LIANWEN_=x", "LIANWEN_contact=x", "LIANWEN_TIME_ZONE"} {
		name, _, _ := strings.Cut(kv, "=")
		if err := checkEnvironment([]string{"PATH=/bin", kv}); err == nil || !strings.Contains(err.Error(), "环境变量 "+name+":") {
			t.Errorf("%s: got %v", kv, err)
		}
	}
	if err := checkEnvironment([]string{"LIANWEN_TEST_POSTGRES=x", "LIANWEN=x", "XLIANWEN_FOO=x", "LIANWEN_CONTACT=x"}); err != nil {
		t.Errorf("refused: %v", err)
	}
	t.Chdir(t.TempDir())
	t.Setenv("LIANWEN_TIMEZONE", "Mars/Phobos")
	if _, err := loadConfig(""); err == nil || !strings.Contains(err.Error(), "LIANWEN_TIMEZONE") {
		t.Errorf("a bad value from the environment: got %v, want LIANWEN_TIMEZONE named", err)
	}
}

// Every mistake is named with the file, the line and what would be right.
func TestConfigMistakes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "our.toml")
	for _, tt := range []struct{ text, where, what string }{
		{"timezone = \"UTC\"\ndatadir = \"x\"\n", ":2", "datadir"},
		{"[ledger]\nurl = \"mysql://x\"\n", "", "ledger.url"},
		{"push_limit = 0\n", "", "push_limit"},
		{"\ncontact = 3\n", ":2", "contact"},
		{"data_dir = [\"a\"]\n", ":1", "data_dir"},
		{"library = true\n", ":1", "library"},
		{"timezone = \"UTC\"\ncontact = \"没有引号\n", ":2", "引号不成对"},
		{"contact = \"a\"\ncontact = \"b\"\n", ":2", "contact 写了两次"},
		{"contact = “办公室”\n", ":1", "中文（全角）标点 “”"},
		{"contcat = \"a\"\n", ":1", "不认识的配置项 contcat，是不是要写 contact？"},
		{"telephone = \"a\"\n", ":1", "不认识的配置项 telephone，可用的有 alert.command、"},
		{"enabled = true\n", ":1", "enabled 要写在 [wechat] 的下面"},
		{"[[push]]\nname = \"a\"\ncontent = \"story\"\nat = \"08:00\"\ntargets = [\"group:甲\"]\ntimes = 1\n", ":6", "不认识的配置项 push.times，[[push]] 里可用的有 name、content、"},
		{"\n# x\ntimezone = \"Asia/Nowhere\"\n", ":3", "Asia/Nowhere"},
		{"timezone = \"\"\n", "", "timezone"},
		{"data_dir = \"\"\n", "", "data_dir"},
		{"[wechat]\nenabled = \"true\"\n", ":2", "wechat.enabled"},
		{"[wechat]\nreply_dely = [\"1s\", \"3s\"]\n", ":2", "wechat.reply_dely"},
		{"[wechat]\nreply_delay = [\"3s\", \"1s\"]\n", "", "wechat.reply_delay"},
		{"[wechat]\nreply_delay = \"1s\"\n", ":2", "wechat.reply_delay"},
		{"[wechat]\npush_gap = [\"15\", \"35\"]\n", "", "wechat.push_gap"},
		{"[wechat]\nfriend_gap = [\"-1s\", \"1s\"]\n", "", "wechat.friend_gap"},
		{"[wechat]\nquiet = [\"21:30\", \"25:00\"]\n", "", "wechat.quiet"},
		{"[wechat]\nquiet = [\"21:30\"]\n", ":2", "wechat.quiet"},
		{"[wechat]\nrestart_window = \"10\"\n", "", "wechat.restart_window"},
		{"[wechat]\nrestart_window = \"0s\"\n", "", "wechat.restart_window"},
		{"[wechat]\nendpoint = \"http://192.0.2.7:80\"\n", "", "wechat.endpoint"},
		{"[wechat]\nendpoint = \"http://127.0.0.1.example.com\"\n", "", "wechat.endpoint"},
		{"[wechat]\nendpoint = \"127.0.0.1:80\"\n", "", "wechat.endpoint"},
		{"[wechat]\nendpoint = \"http://127.0.0.1:80/path\"\n", "", "wechat.endpoint"},
		{"[alert]\nwebhook = \"qyapi.weixin.qq.com/x\"\n", "", "alert.webhook"},
		{"[model]\nurl = \"127.0.0.1:11434/v1\"\nname = \"m\"\n", ":2", "model.url 不是 http:// 或 https:// 开头的网址"},
		{"[model]\nurl = \"https://u:geheim@model.example/v1\"\nname = \"m\"\n", ":2", "model.url 里面有用户名或口令"},
		{"[model]\nurl = \"http://127.0.0.1:11434/v1\"\n", ":1", "写了 model.url，没有写 model.name"},
		{"[model]\ntimeout = \"0s\"\n", ":2", "model.timeout 的值 \"0s\" 不对"},
		{"[model]\ntimeout = \"2分\"\n", ":2", "model.timeout"},
		{"contact = \"\"\n", "", "contact"},
		{"contact = \"\xb0\xec\xb9\xab\xca\xd2\"\n", ":1", "GBK"},
	} {
		if err := os.WriteFile(file, []byte(tt.text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := loadConfig(file)
		if err == nil {
			t.Errorf("%q was accepted", tt.text)
			continue
		}
		if msg := explain(err); !strings.HasPrefix(msg, file+tt.where) || !strings.Contains(msg, tt.what) {
			t.Errorf("%q:\ngot  %s\nwant %s%s: … %s …", tt.text, msg, file, tt.where, tt.what)
		}
	}
	_, err := loadConfig(filepath.Join(t.TempDir(), "none.toml"))
	if err == nil || !strings.Contains(explain(err), "没有这个配置文件") {
		t.Errorf("a missing file: %v", err)
	}
	_, err = loadConfig(t.TempDir())
	if err == nil || !strings.Contains(explain(err), "配置文件读不出来") {
		t.Errorf("a folder: %v", err)
	}
	known := strings.Split(knownKeys(), "、")
	if !slices.IsSorted(known) || len(known) != len(defaultConfig().keys()) {
		t.Errorf("known keys: %v", known)
	}
}

// Whatever is wrong is said in one go, in the order of the file: with TOML, with
// keys, with values, and with the environment.
func TestConfigSaysAllAtOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "our.toml")
	text := `timezone = “Asia/Nowhere”
push_limit = 0
contcat = "综合科"
[wechat]
quiet = ["21:30"]
restart_window = "10"
[[push]]
name = "a"
content = "storey"
at = "8点"
targets = ["群"]
[[push]]
name = "a"
content = "notice"
at = "08:00"
targets = ["group:甲"]
lead_days = 100
audience = "谁"
`
	if err := os.WriteFile(file, []byte("\ufeff"+text), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("LIANWEN_JUDGED_MARGIN", "x")
	_, err := loadConfig(file)
	var got []string
	for _, e := range mistakesIn(err) {
		got = append(got, strings.TrimPrefix(e.where, file+":")+" "+e.what)
	}
	want := []string{
		"1 timezone 用了中文（全角）标点 “”", "3 不认识的配置项 contcat", `环境变量 LIANWEN_JUDGED_MARGIN "x" 不是数字`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	t.Setenv("LIANWEN_JUDGED_MARGIN", "")
	_, err = loadConfig(file)
	got = nil
	for _, e := range mistakesIn(err) {
		got = append(got, strings.TrimPrefix(e.where, file+":")+" "+e.what)
	}
	want = []string{
		"1 timezone 用了中文（全角）标点 “”", "3 不认识的配置项 contcat", `1 timezone "Asia/Nowhere" 不认识`, "2 push_limit 0 不在 1 到 20 之间",
		`5 wechat.quiet 的值 ["21:30"] 不对`, `6 wechat.restart_window 的值 "10" 不对`,
		"10 第 1 个 [[push]]（a） 的 at 不对", "11 第 1 个 [[push]]（a） 的 targets 不对", "9 第 1 个 [[push]]（a） 的 content 不对",
		"13 第 2 个 [[push]]（a） 的 name 不对", "17 第 2 个 [[push]]（a） 的 lead_days 不对", "18 第 2 个 [[push]]（a） 的 audience 不对",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if said := explain(err); !strings.HasPrefix(said, "配置有 12 处问题：\n"+file+":1: ") {
		t.Errorf("said %s", said)
	}
}

// A push of which something could not be read is not called incomplete besides,
// and no value of a secret is in what is said.
func TestConfigSaysNothingTwice(t *testing.T) {
	file := filepath.Join(t.TempDir(), "our.toml")
	text := "[ledger]\nurl = “postgres://u:geheim@h/d\n[model]\nkey = geheim\n[[push]]\nname = story\ncontent = \"story\"\nat = \"08:00\"\ntargets = [\"group:甲\"]\n[alert]\nwebhook = geheim\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := loadConfig(file)
	var got []string
	for _, e := range mistakesIn(err) {
		got = append(got, strings.TrimPrefix(e.where, file+":")+" "+e.what)
	}
	if want := []string{"2 url 用了中文（全角）标点 “", "2 url 引号不成对", "4 key 的值没有加引号", "6 name 的值没有加引号", "11 webhook 的值没有加引号"}; !slices.Equal(got, want) || strings.Contains(explain(err), "geheim") {
		t.Errorf("got  %q\nwant %q\n%v", got, want, err)
	}
}
