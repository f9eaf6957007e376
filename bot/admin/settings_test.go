package admin

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// The configuration is shown as it is given, with where each value comes from.
func TestSettingsPage(t *testing.T) {
	s := newSite(t, func(c *Config) {
		c.Settings = func() []Setting {
			return []Setting{{"data_dir", "/var/<x>", "配置文件 a.toml 第 3 行", "都放在这里。"}, {"model.key", "***", "环境变量 LIANWEN_MODEL_KEY", ""}, {"calendar", "", "默认", ""}}
		}
	})
	status, body := s.as(ledger.RoleView).get("/settings")
	says(t, status, body, http.StatusOK, "data_dir", "/var/&lt;x&gt;", "配置文件 a.toml 第 3 行", "都放在这里。", "（空）", "***", "还没有检查过", "现行制度", `href="/settings/history"`)
	if strings.Contains(body, "重建索引") || strings.Contains(body, `href="/settings/log"`) {
		t.Error("查看 is offered what it may not do")
	}
	bare := newSite(t)
	status, body = bare.as(ledger.RoleEdit).get("/settings?job=none")
	says(t, status, body, http.StatusOK, "这里看不到配置", "重建索引")
}

// What check finds is shown to everybody until it looks again.
func TestCheckPage(t *testing.T) {
	result, failing := Findings{Problems: []Finding{{"推送 story", "没有<目标>", "请写上"}}, Warnings: []Finding{{"磁盘", "只剩 9 MB", "请清理"}}, Held: "现行制度 1 部", Ledger: "在册 3 人。",
		Rules:  []CheckedRule{{"请假办法", "", "2026-02-01", 3, "第三条"}},
		Relief: []CheckedTrait{{true, "符合", "不排名", "报表", "", nil}, {false, "不符合", "不重复", "推送", "全会期间", []string{"发了两遍"}}}}, error(nil)
	s := newSite(t, func(c *Config) {
		c.Check = func(context.Context) (Findings, error) { return result, failing }
	})
	viewer := s.as(ledger.RoleView)
	status, body := viewer.get("/settings/check")
	says(t, status, body, http.StatusOK, "还没有检查过")
	at, body := viewer.await("/settings/check", nil)
	says(t, http.StatusOK, body, http.StatusOK, "刚刚（12月1日07:30）检查的：有 1 处问题", "没有&lt;目标&gt;", "请写上", "只剩 9 MB", "《请假办法》", "2026年2月1日", "第三条", "不重复", "发了两遍", "全会期间", "在册 3 人。")
	if at != "/settings/check" {
		t.Errorf("it leads to %s", at)
	}
	s.now = s.now.Add(90 * time.Minute)
	status, body = s.as(ledger.RoleEdit).get("/settings")
	says(t, status, body, http.StatusOK, "上次检查：1 小时前（12月1日07:30），有 1 处问题、1 处提示")
	failing = errors.New("boom")
	if _, body = viewer.await("/settings/check", nil); strings.Contains(body, "boom") || !strings.Contains(body, "没有办成") {
		t.Errorf("an error is shown as\n%s", body)
	}
	if status, body = viewer.get("/settings/check"); !strings.Contains(body, "有 1 处问题") {
		t.Errorf("what was found is forgotten: %d", status)
	}
	result, failing = Findings{Held: "现行制度 1 部"}, nil
	_, body = viewer.await("/settings/check", nil)
	says(t, http.StatusOK, body, http.StatusOK, "没有问题")
	status, body = newSite(t).as(ledger.RoleView).post("/settings/check", nil)
	says(t, status, body, http.StatusServiceUnavailable, "lianwen check")
}

// The index is built anew on demand; that it cannot be is said.
func TestReindex(t *testing.T) {
	result, free := make(chan string, 1), true
	s := newSite(t)
	s.Desk.Reindex = func() (<-chan string, bool) { return result, free }
	editor := s.as(ledger.RoleEdit)
	result <- "索引已重建并换用"
	at, body := editor.await("/settings/reindex", nil)
	says(t, http.StatusOK, body, http.StatusOK, "索引已重建并换用", "上次重建（12月1日07:30）")
	if at != "/settings" {
		t.Errorf("it leads to %s", at)
	}
	status, body := editor.get("/settings/history?by=" + url.QueryEscape(string(ledger.WebActor(names[ledger.RoleEdit]))))
	says(t, status, body, http.StatusOK, "重建索引", names[ledger.RoleEdit])
	free = false
	_, body = editor.await("/settings/reindex", nil)
	says(t, http.StatusOK, body, http.StatusOK, "正在重建")
	s.Desk.Reindex = nil
	_, body = editor.await("/settings/reindex", nil)
	says(t, http.StatusOK, body, http.StatusOK, "lianwen index --rebuild")
	closed := make(chan string)
	close(closed)
	s.Desk.Reindex = func() (<-chan string, bool) { return closed, true }
	_, body = editor.await("/settings/reindex", nil)
	says(t, http.StatusOK, body, http.StatusOK, "程序正在停止")
	if status, _ := s.as(ledger.RoleView).post("/settings/reindex", nil); status != http.StatusForbidden {
		t.Errorf("查看 may rebuild: %d", status)
	}
}

// How long ago something was is said in words that fit.
func TestAgo(t *testing.T) {
	s := newSite(t)
	for past, want := range map[time.Duration]string{
		-time.Second: "12月1日07:30", 0: "刚刚（", time.Minute - 1: "刚刚（", time.Minute: "1 分钟前（", time.Hour - 1: "59 分钟前（", time.Hour: "1 小时前（",
		24*time.Hour - 1: "23 小时前（", 24 * time.Hour: "1 天前（11月30日07:30）", 30*24*time.Hour - 1: "29 天前（", 30 * 24 * time.Hour: "11月1日07:30",
	} {
		if got := s.ago(s.now.Add(-past)); !strings.HasPrefix(got, want) {
			t.Errorf("%v ago is %s, want %s", past, got, want)
		}
	}
}

// No secret of the configuration comes to any of these pages.
func TestNoSecrets(t *testing.T) {
	const mark = "geheim-3141592"
	book := NewLogbook(slog.NewTextHandler(io.Discard, nil), time.Now, strings.NewReplacer(mark, "***"))
	s := newSite(t, func(c *Config) {
		c.Logbook, c.Log = book, slog.New(book)
		c.Settings = func() []Setting { return []Setting{{"model.key", "***", "默认", ""}} }
		c.Check = func(context.Context) (Findings, error) { return Findings{}, bot.Invalid.Sayf("没有检查成。") }
	})
	s.Log.Error("连不上 https://x/?key="+mark, "err", errors.New("post: "+mark))
	admin := s.as(ledger.RoleAdmin)
	admin.await("/settings/backup", nil)
	admin.await("/settings/check", nil)
	for _, path := range []string{"/settings", "/settings/check", "/settings/history", "/settings/backup", "/settings/log", "/metrics", "/healthz"} {
		if status, body := admin.get(path); status != http.StatusOK || strings.Contains(body, mark) {
			t.Errorf("%s: %d\n%s", path, status, body)
		}
	}
	status, body := admin.get("/settings/log")
	says(t, status, body, http.StatusOK, "连不上 https://x/?key=***")
	entries, err := os.ReadDir(s.backups())
	must(t, err)
	if len(entries) != 1 || strings.Contains(entries[0].Name(), mark) {
		t.Errorf("backups: %v", entries)
	}
}
