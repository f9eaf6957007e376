package admin

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
)

// A backup is made, downloaded whole, and deleted, all of it on record.
func TestBackupPage(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleAdmin)
	status, body := c.get("/settings/backup")
	says(t, status, body, http.StatusOK, "还没有从这里备份过", "现在备份")
	at, body := c.await("/settings/backup", nil)
	const name = "台账-20261201-073000.db"
	says(t, http.StatusOK, body, http.StatusOK, "已备份到 "+name, "在册 3 人", "核对无误", "刚刚（12月1日07:30）", `href="/settings/backup/`+strings.ToLower(url.PathEscape(name))+`"`)
	if at != "/settings/backup" {
		t.Errorf("it leads to %s", at)
	}
	if _, body := c.await("/settings/backup", nil); !strings.Contains(body, "已经有了，没有覆盖") {
		t.Errorf("in the same second:\n%s", body)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.base+"/settings/backup/"+url.PathEscape(name), nil)
	must(t, err)
	res, err := c.Do(req)
	must(t, err)
	raw, err := io.ReadAll(res.Body)
	must(t, err)
	must(t, res.Body.Close())
	kept, err := os.ReadFile(filepath.Join(s.backups(), name))
	must(t, err)
	if h := res.Header; !bytes.Equal(raw, kept) || h.Get("Cache-Control") != "no-store" || h.Get("Content-Disposition") != "attachment; filename*=utf-8''"+url.PathEscape(name) || h.Get("Content-Type") != "application/octet-stream" {
		t.Errorf("%d bytes of %d, %v", len(raw), len(kept), h)
	}
	status, body = c.post("/settings/backup/"+url.PathEscape(name)+"/delete", nil)
	says(t, status, body, http.StatusOK, "已删除备份 "+name, "还没有从这里备份过")
	status, body = c.get("/settings/history")
	says(t, status, body, http.StatusOK, "备份台账", "下载备份", "删除备份", name)
}

// Only 管理 sees backups and the log, and nothing but backups is given out.
func TestBackupsAlone(t *testing.T) {
	s := newSite(t)
	const name = "台账-20261201-073000.db"
	s.as(ledger.RoleAdmin).await("/settings/backup", nil)
	for _, path := range []string{"/settings/backup", "/settings/backup/" + name, "/settings/log"} {
		if status, _ := s.as(ledger.RoleEdit).get(path); status != http.StatusForbidden {
			t.Errorf("编辑 at %s: %d", path, status)
		}
	}
	for _, path := range []string{"/settings/backup", "/settings/backup/" + name + "/delete"} {
		if status, _ := s.as(ledger.RoleEdit).post(path, nil); status != http.StatusForbidden {
			t.Errorf("编辑 posts %s: %d", path, status)
		}
	}
	c := s.as(ledger.RoleAdmin)
	for _, other := range []string{"..%2Fledger.db", "ledger.db", "%2Fetc%2Fpasswd", "台账-20261201-073001.db", name + "%0d%0aX-Y:%20z", "台账-20261201-073000.db%00"} {
		status, body := c.get("/settings/backup/" + other)
		says(t, status, body, http.StatusNotFound)
		status, body = c.post("/settings/backup/"+other+"/delete", nil)
		says(t, status, body, http.StatusNotFound)
	}
	if _, err := os.Stat(filepath.Join(s.backups(), name)); err != nil {
		t.Error(err)
	}
}

// What was done is read back page by page, or of one actor.
func TestHistoryPage(t *testing.T) {
	s := newSite(t)
	for i := range deedsShown + 5 {
		must(t, s.Desk.Ledger.Note(t.Context(), ledger.StaffActor("S01"), "skip", fmt.Sprintf("<第 %d 次>", i), s.now))
	}
	c := s.as(ledger.RoleView)
	status, body := c.get("/settings/history")
	says(t, status, body, http.StatusOK, "台账截至第", "校验", "&lt;第 104 次&gt;", "&lt;第 5 次&gt;", "工作人员 S01", "跳过推送", "更早的", "2026年12月1日 07:30")
	if strings.Contains(body, "&lt;第 4 次&gt;") || strings.Contains(body, "最新的") {
		t.Error("the first page is too long")
	}
	_, after, _ := strings.Cut(body, "&amp;before=")
	before, _, _ := strings.Cut(after, `"`)
	status, body = c.get("/settings/history?by=&before=" + before)
	says(t, status, body, http.StatusOK, "&lt;第 4 次&gt;", "&lt;第 0 次&gt;", "最新的", "建账号")
	status, body = c.get("/settings/history?by=setup")
	says(t, status, body, http.StatusOK, "导入花名册", `value="setup" selected`)
	if strings.Contains(body, "跳过推送") {
		t.Error("deeds of others are shown")
	}
	for _, odd := range []string{"?before=x", "?before=-1", "?before=99999999999999999999", "?by=%27%20OR%201=1"} {
		if status, _ := c.get("/settings/history" + odd); status != http.StatusOK {
			t.Errorf("%s: %d", odd, status)
		}
	}
}

// The log is shown newest first, filtered by level and text.
func TestLogPage(t *testing.T) {
	book := NewLogbook(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelDebug}), time.Now, strings.NewReplacer())
	s := newSite(t, func(c *Config) { c.Logbook = book })
	log := slog.New(book)
	for i := range linesShown + 1 {
		log.Info(fmt.Sprintf("第 %d 行", i))
	}
	log.Warn("渠道<掉线>", "channel", "wechat")
	log.Error("没有发出")
	log.Debug("细节")
	c := s.as(ledger.RoleAdmin)
	status, body := c.get("/settings/log")
	says(t, status, body, http.StatusOK, "没有发出", "渠道&lt;掉线&gt;", "channel=wechat", "第 100 行", "更早的")
	if strings.Contains(body, "细节") || strings.Contains(body, "第 1 行") || strings.Index(body, "没有发出") > strings.Index(body, "第 100 行") {
		t.Errorf("the first page:\n%s", body)
	}
	_, after, _ := strings.Cut(body, "&amp;before=")
	before, _, _ := strings.Cut(after, `"`)
	status, body = c.get("/settings/log?before=" + before)
	says(t, status, body, http.StatusOK, "第 2 行", "第 0 行", "最新的")
	status, body = c.get("/settings/log?level=warn&text=" + url.QueryEscape("掉线"))
	says(t, status, body, http.StatusOK, "掉线", `value="warn" selected`)
	if strings.Contains(body, "没有发出") || strings.Contains(body, "更早的") {
		t.Error("others are shown")
	}
	status, body = c.get("/settings/log?level=debug&text=" + url.QueryEscape("细节"))
	says(t, status, body, http.StatusOK, "调试")
	status, body = c.get("/settings/log?level=loud&text=%3Cscript%3E")
	says(t, status, body, http.StatusOK, "没有这样的日志", "&lt;script&gt;")
	status, body = newSite(t).as(ledger.RoleAdmin).get("/settings/log")
	says(t, status, body, http.StatusServiceUnavailable, "journalctl")
}

// The pages look right in a browser, on a screen and a telephone.
func TestSettingsLook(t *testing.T) {
	t.Parallel()
	book := NewLogbook(slog.NewTextHandler(io.Discard, nil), time.Now, strings.NewReplacer())
	s := newSite(t, func(c *Config) {
		c.Logbook, c.Settings, c.Check = book, longSettings, longCheck
	})
	log := slog.New(book)
	log.Info("制度库已更新", "内容", "现行制度 38 部 1204 条", "用时", "1.2s")
	log.Warn("渠道掉线", "channel", "wechat", "err", "Get \"https://wx.qq.com/"+strings.Repeat("x", 200)+"\": no route to host")
	log.Error("没有发出")
	b := newBrowser(t, s, ledger.RoleAdmin)
	b.open("/settings/check")
	b.click("//main//button[text()='检查一遍']")
	b.await("//h2[text()='问题']")
	b.open("/settings/backup")
	b.click("//button[text()='现在备份']")
	b.await("//caption[contains(text(),'已有 1 份')]")
	for path, name := range map[string]string{"/settings": "settings", "/settings/check": "check", "/settings/history": "history", "/settings/backup": "backup", "/settings/log": "log"} {
		b.looks(path, name)
	}
}

func longSettings() (list []Setting) {
	for _, key := range []string{"data_dir", "contact", "relief.group_week", "ledger.url", "wechat.quiet", "[[push]] 第 1 个 targets"} {
		list = append(list, Setting{key, "/var/lib/lianwen/" + strings.Repeat("long", 12), "配置文件 /etc/lianwen/config.toml 第 12 行",
			"索引、台账（SQLite）和微信登录都放在这里。不可写时索引建在内存里，chat 和 ask 照常回答。"})
	}
	return append(list, Setting{"model.key", "***", "环境变量 LIANWEN_MODEL_KEY", "厂商给的 key；本机的一般不用写。"})
}

func longCheck(context.Context) (Findings, error) {
	rule := CheckedRule{"政协委员会关于加强和改进委员履职管理的暂行办法", "示例〔2026〕12号", "2026-02-01", 33, "第三十三条"}
	f := Finding{"推送 story", "最近 7 天有 2 条推送没有发到“学习群”：没有找到这个群", "请用值守的微信打开这个群，选“保存到通讯录”，核对群名和 targets 里写的一样"}
	return Findings{Problems: []Finding{f}, Warnings: []Finding{f, f}, Held: "现行制度 38 部 1204 条。", Ledger: "在册 300 人，操作记录 4012 条。", Rules: []CheckedRule{rule, rule},
		Relief: []CheckedTrait{{true, "符合", "不搞排名、不通报参与率", "报表 2 种、推送 6 项", "", nil}, {false, "要看一看", "不重复发同样的内容", "推送 6 项", "", []string{"story 和 book 同一天发到同一个群"}}}}, nil
}
