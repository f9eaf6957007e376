package main

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
)

// storyPush pushes a story at any time of the day.
const storyPush = `push_gap = ["0s", "0s"]
quiet = []
[[push]]
name = "story"
content = "story"
at = "00:00"
window = "24h"
targets = ["group:机关学习群"]
`

// program runs a command, and returns what it said and how it ended.
func program(t *testing.T, args ...string) (said string, code int) {
	t.Helper()
	var out bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "lianwen", args...)
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

// refuses wants a command on the service's configuration to end with an error
// that says so.
func (s *service) refuses(says string, args ...string) {
	s.Helper()
	if said, code := program(s.T, append(args, "--config", s.config)...); code != exitError || !strings.Contains(said, says) {
		s.Errorf("lianwen %v: exit code %d, %s", args, code, said)
	}
}

// data is a file in the data folder.
func (s *service) data(name string) string {
	return filepath.Join(s.dir, name)
}

// starts starts, and waits until the log says something once more.
func (s *service) starts(says string) {
	s.Helper()
	before := strings.Count(s.log.String(), says)
	s.start()
	s.until(says, func() bool { return strings.Count(s.log.String(), says) > before })
}

// doubts starts and stops, and wants the story not to have been sent again.
func (s *service) doubts() {
	s.Helper()
	s.starts("不知道这条推送有没有发出，不再发")
	s.sent(1)
	s.stop()
	if res := s.check(); !res.OK || res.Ledger == nil || res.Ledger.Uncertain != 1 {
		s.Errorf("check: %+v, ledger %+v", res.Problems, res.Ledger)
	}
}

// pushed is a service that has sent the story of the day, with a backup from
// before.
func pushed(t *testing.T, url string) (s *service, backup string) {
	s = newService(t, storyPush+ledgerAt(url))
	s.server.AddGroup("机关学习群", true, s.server.AddPerson("张委员", ""))
	roster := filepath.Join(t.TempDir(), "花名册.csv")
	if err := os.WriteFile(roster, []byte("编号,姓名,界别,专委会,身份\nA01,张三,教育界,提案委,委员\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.lianwen("roster", "import", roster)
	if url == "" {
		backup = filepath.Join(t.TempDir(), "backup.db")
		s.lianwen("backup", backup)
	}
	s.start()
	s.sent(1)
	s.stop()
	return s, backup
}

// Whatever becomes of the ledger, the story of the day goes out once: the program
// does not serve from one that does not know of it, and says what to do; when it
// was told to, it does not send what it does not know of.
func TestFault04SentOnce(t *testing.T) {
	for name, tt := range map[string]struct {
		lose   func(s *service, backup string) error
		says   string
		mended []string // the command that mends it; "BACKUP" stands for the backup
	}{
		"restored": {nil, "", []string{"restore", "BACKUP", "--replace"}},
		"deleted":  {func(s *service, _ string) error { return os.Remove(s.data("ledger.db")) }, "台账不见了", []string{"restore", "BACKUP"}},
		"deleted, and begun anew": {func(s *service, _ string) error { return os.Remove(s.data("ledger.db")) },
			"lianwen restore --new", []string{"restore", "--new"}},
		"emptied": {func(s *service, _ string) error { return os.Truncate(s.data("ledger.db"), 0) }, "没有新建", []string{"restore", "--new"}},
		"truncated": {func(s *service, _ string) error { return os.Truncate(s.data("ledger.db"), 4096) },
			"台账文件坏了", []string{"restore", "BACKUP", "--replace"}},
		"an older copy": {func(s *service, backup string) error {
			raw, err := os.ReadFile(backup)
			return errors.Join(err, os.WriteFile(s.data("ledger.db"), raw, 0o600))
		}, "台账是旧的", []string{"restore", "--accept"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, backup := pushed(t, "")
			if tt.lose != nil {
				if err := tt.lose(s, backup); err != nil {
					t.Fatal(err)
				}
				for range 2 {
					s.refuses(tt.says, "serve")
				}
				s.refuses("台账", "check")
			}
			args := tt.mended
			for i := range args {
				args[i] = strings.ReplaceAll(args[i], "BACKUP", backup)
			}
			if said := s.lianwen(args...); !strings.Contains(said, "记为“不确定”") {
				t.Errorf("mended: %s", said)
			}
			s.doubts()
			s.refuses("不用接受", "restore", "--accept")
		})
	}
}

// The same on PostgreSQL, whose own tools restore it.
func TestFault04SentOncePostgres(t *testing.T) {
	t.Parallel()
	url := postgresSchema(t)
	s, _ := pushed(t, url)
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{"DELETE FROM push", "UPDATE origin SET counter = 1"} { // as it was before the push
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	s.refuses("台账是旧的：PostgreSQL 里的台账", "serve")
	s.refuses("lianwen restore --accept", "check")
	s.lianwen("restore", "--accept")
	s.doubts()
}

// Nothing is restored under a program that serves, however it looks from outside.
func TestFault05RestoreUnderServe(t *testing.T) {
	t.Parallel()
	s, backup := pushed(t, "")
	s.starts(`"state":"online"`)
	if err := os.RemoveAll(s.data("wechat/state.json")); err != nil { // it says nothing of itself
		t.Fatal(err)
	}
	for _, args := range [][]string{{"restore", backup, "--replace"}, {"restore", "--new", "--replace"}} {
		s.refuses("用着", args...)
	}
	s.stop()
	s.lianwen("restore", backup, "--replace")
}

// Whenever the power goes while a backup is restored, the ledger is the old or the
// new one, whole, and can be restored again.
func TestFault05RestoreKilled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	config, data, backup := in("config.toml"), in("data"), filepath.Join(in("new"), "ledger.db")
	must(os.WriteFile(config, []byte(fmt.Sprintf("data_dir = %q\n", data)), 0o600))
	roomy(t, filepath.Join(in("old"), "ledger.db"))
	must(os.CopyFS(in("new"), os.DirFS(in("old"))))
	note(t, filepath.Join(in("old"), "ledger.db"), "old")
	note(t, backup, "new")
	replace := []string{"restore", backup, "--replace", "--config", config}
	renew := func() { must(errors.Join(os.RemoveAll(data), os.CopyFS(data, os.DirFS(in("old"))))) }

	renew()
	begun := time.Now()
	if said, code := program(t, replace...); code != exitOK {
		t.Fatal(said)
	}
	whole := time.Since(begun)
	const runs = 8
	outcomes := map[string]int{}
	for i := range runs {
		renew()
		cmd := exec.Command("lianwen", replace...)
		must(cmd.Start())
		time.Sleep(whole * time.Duration(i+1) / runs)
		_ = cmd.Process.Kill() // it may have ended by itself just now
		_ = cmd.Wait()
		said, code := program(t, "history", "-n", "2", "--config", config) // of the new one the last tells that it was put there
		who := "new"
		if strings.Contains(said, "\told\t") {
			who = "old"
		} else if !strings.Contains(said, "\tnew\t") {
			t.Errorf("killed after %d of %d: exit code %d, %s", i+1, runs, code, said)
		}
		outcomes[who]++
		if said, code := program(t, replace...); code != exitOK {
			t.Errorf("restored again after %d of %d: %s", i+1, runs, said)
		}
		if left, _ := filepath.Glob(filepath.Join(data, "ledger.db.restoring*")); len(left) > 0 {
			t.Errorf("left over: %v", left)
		}
	}
	t.Logf("found there: %v", outcomes)
}

// roomy is a ledger of some size at a file.
func roomy(t *testing.T, file string) {
	t.Helper()
	var list []ledger.Member
	for i := range 2000 {
		list = append(list, ledger.Member{Number: fmt.Sprintf("W%04d", i), Name: strings.Repeat("委", 200)})
	}
	l, err := ledger.Open(t.Context(), ledger.Source{File: file})
	if err == nil {
		_, err = l.ImportMembers(t.Context(), list, "2026-12-01", "test", time.Now())
		err = errors.Join(err, l.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// note makes a deed of a name the last in a ledger.
func note(t *testing.T, file, name string) {
	t.Helper()
	l, err := ledger.Open(t.Context(), ledger.Source{File: file})
	if err == nil {
		err = errors.Join(l.Note(t.Context(), "test", name, "", time.Now()), l.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}
