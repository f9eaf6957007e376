package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"lianwen/bot/wechat/fakeweb"
)

// postgresSchema is the address of an empty schema in the database that
// LIANWEN_TEST_POSTGRES names; it is gone after the test.
func postgresSchema(t *testing.T) string {
	t.Helper()
	address := os.Getenv("LIANWEN_TEST_POSTGRES")
	if address == "" {
		t.Skip("LIANWEN_TEST_POSTGRES is not set: not tested on PostgreSQL")
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	schema := fmt.Sprintf("test_%d", rand.Uint64())
	if _, err := db.ExecContext(t.Context(), "CREATE SCHEMA "+schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := db.ExecContext(context.WithoutCancel(t.Context()), "DROP SCHEMA "+schema+" CASCADE")
		if err = errors.Join(err, db.Close()); err != nil {
			t.Error(err)
		}
	})
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

// ledgerAt is the table [ledger] of a configuration.
func ledgerAt(url string) string { return fmt.Sprintf("\n[ledger]\nurl = %q\n", url) }

// Two processes, each with an account of its own, share a ledger: what both
// could send goes out once, what only one can send is not lost with the other,
// rounds and members are the same for both. A third process with the account of
// the first is turned away.
func TestTwoAccounts(t *testing.T) {
	t.Parallel()
	extra := `push_gap = ["0s", "0s"]
quiet = []
[[push]]
name = "story"
content = "story"
at = "00:00"
window = "24h"
targets = ["group:甲群", "group:大群", "group:乙群"]
[[push]]
name = "quiz"
content = "question"
at = "00:00"
window = "24h"
targets = ["group:大群", "group:乙群", "group:甲群"]
` + ledgerAt(postgresSchema(t))
	a, b := newService(t, extra), newService(t, extra)
	b.server.SetUin(7654321)
	zhang, li := a.server.AddPerson("张委员", ""), b.server.AddPerson("李委员", "")
	a.server.AddGroup("甲群", true, zhang)
	a.server.AddGroup("大群", true, zhang)
	b.server.AddGroup("大群", true, li)
	b.server.AddGroup("乙群", true, li)
	roster := filepath.Join(t.TempDir(), "花名册.csv")
	if err := os.WriteFile(roster, []byte("编号,姓名,界别,专委会,身份\nA01,张三,教育界,提案委,委员\nA02,李四,经济界,提案委,委员\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	a.lianwen("roster", "import", roster)
	codes := strings.Fields(a.lianwen("roster", "codes"))

	a.start()
	b.start()
	all := func() []fakeweb.Sent { return append(a.server.Sent(), b.server.Sent()...) }
	a.until("six pushes are sent", func() bool { return len(all()) >= 6 })
	answers := func(s *service, p *fakeweb.Person, text, want string) {
		t.Helper()
		n := len(s.server.Sent())
		p.Say(text)
		s.until("an answer to "+text, func() bool { return len(s.server.Sent()) > n })
		if got := s.server.Sent()[n].Text; !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", text, got)
		}
	}
	answers(a, zhang, "绑定 "+codes[2], "绑定好了：张三（A01）")
	answers(b, li, "绑定 "+codes[7], "绑定好了：李四（A02）")
	answers(a, zhang, "A", "已记录：A")
	answers(b, li, "B", "已记录：B")
	answers(b, li, "A", "这道题您")

	c := newService(t, extra)
	out, err := exec.CommandContext(t.Context(), "lianwen", "serve", "--config", c.config).CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitError || !strings.Contains(string(out), "这个账号（wechat:1234567）正由另一个 lianwen serve 值守") {
		t.Errorf("the third process: %v\n%s", err, out)
	}

	a.stop()
	b.stop()
	times := map[string]int{}
	for _, s := range all() {
		first, _, _ := strings.Cut(s.Text, "：")
		first, _, _ = strings.Cut(first, "（")
		times[s.To+" "+first]++
	}
	for _, group := range []string{"甲群", "大群", "乙群"} {
		for _, what := range []string{"廉政故事", "每日一题"} {
			if n := times[group+" "+what]; n != 1 {
				t.Errorf("%s to %s: %d times", what, group, n)
			}
		}
	}
}
