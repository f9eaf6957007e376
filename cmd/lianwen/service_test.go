package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"lianwen/bot/wechat/fakeweb"
)

// service is lianwen serve as a process, on a server that speaks WeChat.
type service struct {
	*testing.T
	server *fakeweb.Server
	dir    string // the data folder
	config string
	cmd    *exec.Cmd
	log    *safeBuffer
	before int // how much of the log is of earlier processes
}

// newService makes the server and a configuration for it, and gives it the index
// of the sample.
func newService(t *testing.T, extra string) *service {
	t.Helper()
	s := &service{T: t, server: fakeweb.New(), log: &safeBuffer{}, dir: filepath.Join(t.TempDir(), "data")}
	srv := httptest.NewServer(s.server)
	t.Cleanup(srv.Close)
	if err := giveIndex(s.dir); err != nil {
		t.Fatal(err)
	}
	s.config = writeConfig(t, s.dir, fmt.Sprintf("endpoint = %q\n%s", srv.URL, extra))
	t.Cleanup(func() {
		if t.Failed() {
			t.Log("log:\n" + s.log.String())
		}
	})
	return s
}

// writeConfig writes a configuration with WeChat enabled; extra goes on in the
// table [wechat].
func writeConfig(t *testing.T, dataDir, extra string) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "config.toml")
	text := fmt.Sprintf("data_dir = %q\n[wechat]\nenabled = true\nreply_delay = [\"0s\", \"0s\"]\n%s", dataDir, extra)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// start runs serve until stop, or the end of the test.
func (s *service) start() *service {
	s.Helper()
	s.before = len(s.log.String())
	s.cmd = exec.Command("lianwen", "serve", "--config", s.config, "--log-format", "json")
	s.cmd.Stdout, s.cmd.Stderr = s.log, s.log
	if err := s.cmd.Start(); err != nil {
		s.Fatal(err)
	}
	s.Cleanup(s.stop)
	return s
}

// online waits until the process that was started last has been online.
func (s *service) online() {
	s.Helper()
	s.until("online", func() bool { return strings.Contains(s.log.String()[s.before:], `"state":"online"`) })
}

// stop ends the process as systemd would, and checks how it ends.
func (s *service) stop() {
	s.Helper()
	if s.cmd == nil {
		return
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.Error(err)
	}
	hanging := time.AfterFunc(patience, func() { _ = s.cmd.Process.Kill() })
	defer hanging.Stop()
	if err := s.cmd.Wait(); err != nil {
		s.Errorf("after SIGTERM: %v", err)
	}
	s.cmd = nil
}

// kill ends the process as a power cut would.
func (s *service) kill() {
	s.Helper()
	if err := s.cmd.Process.Kill(); err != nil {
		s.Fatal(err)
	}
	_ = s.cmd.Wait() // it was killed
	s.cmd = nil
}

func (s *service) until(what string, ok func() bool) {
	s.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			s.Fatalf("not within %v: %s", patience, what)
		}
	}
}

// sent waits for n texts, and fails when there are more. That there are no more
// to come is known after stop only.
func (s *service) sent(n int) []fakeweb.Sent {
	s.Helper()
	s.until(fmt.Sprintf("%d texts sent", n), func() bool { return len(s.server.Sent()) >= n })
	got := s.server.Sent()
	if len(got) != n {
		s.Fatalf("%d texts sent, want %d: %v", len(got), n, got)
	}
	return got
}

// lianwen runs a command on the service's configuration.
func (s *service) lianwen(args ...string) string {
	s.Helper()
	out, err := exec.Command("lianwen", append(args, "--config", s.config)...).CombinedOutput()
	if err != nil {
		s.Fatalf("lianwen %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// check runs lianwen check --json.
func (s *service) check() (res checkResult) {
	s.Helper()
	var out bytes.Buffer
	cmd := exec.Command("lianwen", "check", "--json", "--config", s.config)
	cmd.Stdout = &out
	_ = cmd.Run() // it exits with 1 when there is a problem
	if err := json.Unmarshal(out.Bytes(), &res); err != nil {
		s.Fatalf("check --json: %v\n%s", err, &out)
	}
	return res
}

// problem waits until check reports a problem with such words, and returns it.
func (s *service) problem(words string) (found jsonProblem) {
	s.Helper()
	s.until("check says "+words, func() bool {
		res := s.check()
		for _, found = range res.Problems {
			if strings.Contains(found.What, words) {
				return !res.OK
			}
		}
		return false
	})
	return found
}
