package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// freeAddress is where nobody listens on this machine.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// webProcess is lianwen web as a process, on a folder where there is nothing.
type webProcess struct {
	*testing.T
	config, library, base string
	cmd                   *exec.Cmd
	log                   *safeBuffer
}

func newWebProcess(t *testing.T, extra string) *webProcess {
	t.Helper()
	dir, address := t.TempDir(), freeAddress(t)
	p := &webProcess{T: t, config: filepath.Join(dir, "config.toml"), library: filepath.Join(dir, "制度库"), base: "http://" + address, log: &safeBuffer{}}
	text := fmt.Sprintf("data_dir = %q\nlibrary = %q\n[web]\nlisten = %q\n%s", filepath.Join(dir, "data"), p.library, address, extra)
	if err := os.WriteFile(p.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

// start runs it until the end of the test.
func (p *webProcess) start() *webProcess {
	p.Helper()
	p.cmd = exec.Command("lianwen", "web", "--config", p.config)
	p.cmd.Stdout, p.cmd.Stderr = p.log, p.log
	if err := p.cmd.Start(); err != nil {
		p.Fatal(err)
	}
	p.Cleanup(func() {
		_ = p.cmd.Process.Kill() // it has ended, if the test went well
		_ = p.cmd.Wait()
	})
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		res, err := http.Get(p.base + "/login")
		if err == nil && res.Body.Close() == nil && res.StatusCode == http.StatusOK {
			return p
		}
		if time.Now().After(end) {
			p.Fatalf("no page: %v\n%s", err, p.log)
		}
	}
}

// run runs another command on the same configuration.
func (p *webProcess) run(args ...string) string {
	p.Helper()
	out, err := exec.Command("lianwen", append(args, "--config", p.config)...).CombinedOutput()
	if err != nil {
		p.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

// account makes an account and returns the link to set its password by.
func (p *webProcess) account(name string) (link string) {
	p.Helper()
	return regexp.MustCompile(`http\S+/welcome/\S+`).FindString(p.run("web", "account", "add", name))
}

// On a folder where there is nothing the page says what is missing, and whoever
// has an account gets in; it ends when it is told to.
func TestWeb(t *testing.T) {
	t.Parallel()
	p := newWebProcess(t, "").start()
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) { // what it says comes by a pipe
		log := p.log.String()
		if strings.Contains(log, "还没有账号") && strings.Contains(log, "还没有制度") {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("it says %s", log)
		}
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar}
	post := func(address string, form url.Values) (int, string) {
		res, err := c.PostForm(address, form)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(body)
	}
	link := p.account("王五")
	if status, body := post(link, url.Values{"new": {"三月的提案-2026"}, "again": {"三月的提案-2026"}}); status != http.StatusOK {
		t.Fatalf("the link: %d\n%s", status, body)
	}
	status, body := post(p.base+"/login", url.Values{"name": {"王五"}, "password": {"三月的提案-2026"}})
	if status != http.StatusOK || !strings.Contains(body, "王五（管理）") {
		t.Errorf("logged in: %d\n%s", status, body)
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("it ended with %v:\n%s", err, p.log)
	}
}

// What keeps the page from being shown is said: where, and what to do.
func TestWebRefused(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dir := t.TempDir()
	for extra, want := range map[string]string{
		fmt.Sprintf("[web]\nlisten = %q\n", taken.Addr()):                                      "已经有程序在用",
		fmt.Sprintf("[web]\nlisten = %q\ntls_cert = \"a\"\ntls_key = \"b\"\n", freeAddress(t)): "web.tls_cert 或 web.tls_key 不能用",
		"[web]\nlisten = \"192.0.2.1:1\"\ntrusted_proxies = [\"10.0.0.1\"]\n":                  "请检查 [web] 的 listen",
	} {
		config := filepath.Join(dir, "config.toml")
		text := fmt.Sprintf("data_dir = %q\nlibrary = %q\n%s", dir, filepath.Join(dir, "制度库"), extra)
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("lianwen", "web", "--config", config).CombinedOutput()
		if err == nil || !strings.Contains(string(out), want) {
			t.Errorf("%q: %v\n%s", extra, err, out)
		}
	}
}

// serve shows the page beside the channels.
func TestServePage(t *testing.T) {
	t.Parallel()
	address := freeAddress(t)
	s := newService(t, fmt.Sprintf("[web]\nlisten = %q\n", address))
	s.start().online()
	res, err := http.Get("http://" + address + "/login")
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("%s, %v", res.Status, err)
	}
}
