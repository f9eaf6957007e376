package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianwen/bot/admin"
)

// What the page says of the keys is what stands in the example at the top of the tree.
func TestExampleInside(t *testing.T) {
	raw, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(raw) != example {
		t.Errorf("cmd/lianwen/config.example.toml is not config.example.toml: copy it")
	}
	about, order := readExample(example)
	for key := range defaultConfig().keys() {
		if about[key] == "" || !slices.Contains(order, key) {
			t.Errorf("%s: what is it for?", key)
		}
	}
	for _, key := range pushKeys() {
		if about["push."+key] == "" {
			t.Errorf("[[push]] %s: what is it for?", key)
		}
	}
	if got := about["ledger.url"]; !strings.HasPrefix(got, "台账：空着用") || !strings.HasSuffix(got, "# 写成 %23。") {
		t.Errorf("two lines of comment: %s", got)
	}
	if about["relief.person_week"] != about["relief.group_week"] || about["wechat.enabled"] == about["model.timeout"] {
		t.Error("keys below one comment are for the same, others are not")
	}
}

// Of every key somebody has thought whether it is a secret.
func TestSecretKeys(t *testing.T) {
	public := strings.Fields(`calendar contact data_dir judged_margin judged_questions ledger.connections library model.name
		model.timeout model.url push_limit relief.allow relief.group_week relief.person_day relief.person_week relief.reason timezone unit
		wechat.enabled wechat.endpoint wechat.friend_gap wechat.group_names wechat.push_gap wechat.quiet wechat.reply_delay wechat.restart_window
		web.listen web.metrics web.tls_cert web.tls_key web.trusted_proxies web.url`)
	for key := range defaultConfig().keys() {
		if slices.Contains(secretKeys, key) == slices.Contains(public, key) {
			t.Errorf("%s: is it a secret? Name it in secretKeys or here", key)
		}
	}
}

// written is a configuration in a file, with what the page shows of it by key.
func written(t *testing.T, a *app, text string) (*config, map[string]admin.Setting) {
	t.Helper()
	a.configPath = filepath.Join(t.TempDir(), "lianwen.toml")
	if err := os.WriteFile(a.configPath, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := loadConfig(a.configPath)
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]admin.Setting{}
	for _, s := range a.settings(cfg) {
		if shown[s.Key].Key != "" {
			t.Errorf("%s is shown twice", s.Key)
		}
		shown[s.Key] = s
	}
	return cfg, shown
}

// Each key is shown as it holds, with where that comes from.
func TestSettings(t *testing.T) {
	t.Setenv("LIANWEN_CONTACT", "机要室")
	a := &app{library: "/srv/制度"}
	_, shown := written(t, a, "data_dir = \"d\"\ntimezone = \"Asia/Shanghai\"\nwechat.enabled = true\n\n[relief]\nallow = [\"重复\"]\nreason = \"全会期间\"\n\n"+
		"[[push]]\nname = \"story\"\ncontent = \"story\"\nat = \"08:00\"\ntargets = [\"group:甲\", \"group:乙\"]\napproval = false\n")
	file := "配置文件 " + a.configPath
	for key, want := range map[string]string{
		"data_dir": "d|" + file + " 第 1 行", "timezone": "Asia/Shanghai|" + file + " 第 2 行", "contact": "机要室|环境变量 LIANWEN_CONTACT",
		"push_limit": "3|默认", "wechat.enabled": "true（是）|" + file, "relief.allow": "重复|" + file + " 第 6 行", "library": "|命令行 --library",
		"wechat.quiet": "21:30、07:30|默认", "model.key": "|默认", "alert.webhook": "|默认",
		"[[push]] 第 1 个 targets": "group:甲、group:乙|" + file + " 第 13 行", "[[push]] 第 1 个 approval": "false（否）|" + file + " 第 14 行",
	} {
		if got := shown[key].Value + "|" + shown[key].Source; got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
	if _, there := shown["[[push]] 第 1 个 cites"]; there || len(shown) != len(defaultConfig().keys())+5 {
		t.Errorf("%d keys are shown", len(shown))
	}
	if got := shown["[[push]] 第 1 个 at"].About + shown["contact"].About; got != "几点发制度里查不到时，请人去问谁。" {
		t.Errorf("about: %s", got)
	}
}

// Nobody is shown a secret, and all of them are known to whoever hides them.
func TestSettingsHideSecrets(t *testing.T) {
	planted := map[string]string{
		"ledger.url": "postgres://u:MARK%2Fone@127.0.0.1:5432/l?sslpassword=MARKtwo", "model.key": "MARKthree", "alert.command": "curl -H MARKfour",
		"alert.webhook": "https://example.com/send?key=MARKfive", "wechat.friend_phrase": "MARKsix",
	}
	if len(planted) != len(secretKeys) {
		t.Fatalf("%d of %d secrets are planted", len(planted), len(secretKeys))
	}
	for key, value := range planted {
		t.Setenv(variable(key), value)
	}
	cfg, shown := written(t, &app{}, "")
	if text := fmt.Sprint(shown); strings.Contains(text, "MARK") {
		t.Errorf("shown: %s", text)
	}
	for _, key := range secretKeys {
		if shown[key].Value != "***" || shown[key].Source != "环境变量 "+variable(key) {
			t.Errorf("%s is shown as %+v", key, shown[key])
		}
	}
	for _, want := range []string{planted["ledger.url"], "MARK/one", "MARK%2Fone", "MARKtwo", "MARKthree", planted["alert.command"], "MARKfive", "MARKsix"} {
		if !slices.Contains(cfg.secrets(), want) {
			t.Errorf("%s is not known for a secret", want)
		}
	}
	if cfg, _ := written(t, &app{}, ""); slices.Contains(cfg.secrets(), "") {
		t.Error("nothing is a secret")
	}
}
