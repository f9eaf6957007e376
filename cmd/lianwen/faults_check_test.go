package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// premises are a data folder with a configuration and a ledger, in which nothing
// is wrong.
type premises struct {
	*testing.T
	config, data string
}

func newPremises(t *testing.T, extra string) *premises {
	t.Helper()
	dir := t.TempDir()
	o := &premises{t, filepath.Join(dir, "config.toml"), filepath.Join(dir, "data")}
	o.write(extra)
	roster := filepath.Join(dir, "花名册.csv")
	if err := os.WriteFile(roster, []byte("编号,姓名,界别,专委会,身份\nA01,张三,教育界,提案委,委员\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.runs("roster", "import", roster)
	return o
}

// runs runs a command on the configuration.
func (o *premises) runs(args ...string) {
	o.Helper()
	if said, code := program(o.T, append(args, "--config", o.config)...); code != exitOK {
		o.Fatalf("%v: %s", args, said)
	}
}

// write makes the configuration.
func (o *premises) write(extra string) {
	o.Helper()
	if err := os.WriteFile(o.config, []byte(fmt.Sprintf("data_dir = %q\n%s", o.data, extra)), 0o600); err != nil {
		o.Fatal(err)
	}
}

// checks runs check, and wants it to take no longer than it may, to change
// nothing in the data folder, and to say what is wrong and what to do.
func (o *premises) checks(what, fix string) {
	o.Helper()
	before := o.files()
	begun := time.Now()
	said, code := program(o.T, "check", "--json", "--config", o.config)
	if took := time.Since(begun); took > checkTime+30*time.Second { // the rest is for a machine that does other things too
		o.Errorf("took %v", took)
	}
	var res checkResult
	if err := json.Unmarshal([]byte(said), &res); err != nil {
		o.Fatalf("%v: %s", err, said)
	}
	if after := o.files(); after != before {
		o.Errorf("the data folder changed from\n%s to\n%s", before, after)
	}
	if what == "" {
		if !res.OK || code != exitOK || len(res.Warnings) > 0 {
			o.Errorf("wanted nothing, got %+v, %+v", res.Problems, res.Warnings)
		}
		return
	}
	for _, p := range append(res.Problems, res.Warnings...) {
		if strings.Contains(p.Where+" "+p.What, what) && strings.Contains(p.Fix, fix) {
			return
		}
	}
	o.Errorf("%q and %q are not in %+v, %+v", what, fix, res.Problems, res.Warnings)
}

// files are the files of the data folder with their sizes and times, but for
// SQLite's shared memory.
func (o *premises) files() string {
	o.Helper()
	var b strings.Builder
	err := filepath.WalkDir(o.data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || strings.HasSuffix(path, "-shm") {
			return err
		}
		info, err := d.Info()
		if err == nil {
			fmt.Fprintf(&b, "%s %d %v\n", path, info.Size(), info.ModTime())
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		o.Fatal(err)
	}
	return b.String()
}

// must ends the test with an error.
func (o *premises) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

// use opens the ledger for as long as f takes.
func (o *premises) use(f func(l *ledger.Ledger)) {
	o.Helper()
	l, err := ledger.Open(o.Context(), ledger.Source{File: filepath.Join(o.data, "ledger.db")})
	o.must(err)
	f(l)
	o.must(l.Close())
}

// Check says of each thing that serve needs what is wrong with it and what to do,
// and nothing where nothing is.
func TestFault07Check(t *testing.T) {
	const quiz = "[[push]]\nname = \"quiz\"\ncontent = \"question\"\nat = \"09:00\"\ntargets = [\"group:甲\"]\n"
	for name, tt := range map[string]struct {
		config    string
		damage    func(o *premises)
		what, fix string
	}{
		"nothing":                       {"", func(o *premises) { o.runs("index") }, "", ""},
		"nobody to bring a push":        {quiz, func(o *premises) { o.runs("index") }, "没有启用任何渠道", "enabled = true"},
		"a push in the quiet hours":     {strings.Replace(quiz, "09:00", "03:00", 1) + "[wechat]\nenabled = true\n", func(*premises) {}, "安静时段", "quiet"},
		"more pushes than a group gets": {"push_limit = 1\n" + quiz + strings.NewReplacer("quiz", "story", "question", "story").Replace(quiz), func(*premises) {}, "push_limit（群）、[relief] person_day（私聊）），这一项一条也发不出去", "把上限改大"},
		"a data folder that is a file": {"", func(o *premises) {
			o.must(errors.Join(os.RemoveAll(o.data), os.WriteFile(o.data, nil, 0o600)))
		}, "不是文件夹", "data_dir"},
		"an index overwritten": {"", func(o *premises) {
			o.runs("index")
			shards, err := filepath.Glob(filepath.Join(o.data, "index", "v*", "*", "store", "*.zap"))
			if err != nil || len(shards) == 0 {
				o.Fatalf("no index: %v, %v", shards, err)
			}
			o.must(errors.Join(os.Chmod(shards[0], 0o600), os.WriteFile(shards[0], make([]byte, 1000), 0o600)))
		}, "索引坏了", "lianwen index --rebuild"},
		"judged questions missing": {"judged_questions = \"none.jsonl\"\n", func(*premises) {}, "none.jsonl 没有这个文件", "judged_questions"},
		"a calendar missing":       {"calendar = \"none.toml\"\n", func(*premises) {}, "none.toml 没有这个文件", "calendar"},
		"a calendar that is none": {"", func(o *premises) {
			fifo := filepath.Join(o.TempDir(), "fifo")
			o.must(syscall.Mkfifo(fifo, 0o600))
			o.write(fmt.Sprintf("calendar = %q\njudged_questions = %q\n", fifo, fifo))
		}, "不是普通文件", "calendar"},
		"no questions": {quiz, func(o *premises) { o.write(o.ownLibrary() + quiz) }, "没有可推的题（questions），什么也不会发", "制度库"},
		"no cases":     {strings.Replace(quiz, "question", "case", 1), func(o *premises) { o.write(o.ownLibrary() + strings.Replace(quiz, "question", "case", 1)) }, "没有可推的案例", "不会借来用"},
		"sample stories": {"", func(o *premises) {
			o.write(o.ownLibrary() + strings.Replace(quiz, "question", "story", 1))
		}, "没有廉政故事（stories），推的是示例的", "放上自己的"},
		"a notice for nobody": {"", func(o *premises) { // of their own they have one, for all
			o.write(o.ownLibrary() + strings.Replace(quiz, "question", "notice", 1) + "audience = \"企业界委员\"\n")
		}, "没有可推的节日提醒", "制度库"},
		"a member nobody knows": {strings.Replace(quiz, "group:甲", "member:A09", 1) + "days = \"workdays\"\n", func(*premises) {}, "没有在册的编号 A09", "targets"},
		"a cite nobody knows": {"[[push]]\nname = \"card\"\ncontent = \"card\"\nat = \"09:00\"\ntargets = [\"group:甲\"]\ncites = [\"nobody#1\"]\n",
			func(*premises) {}, "nobody#1", "cites"},
		"a group not found": {quiz, func(o *premises) {
			o.use(func(l *ledger.Ledger) { o.notFound(l, ledger.PushFailed) })
		}, "没有发到甲：没有找到这个群", "保存到通讯录"},
		"a group not found yet": {quiz, func(o *premises) {
			o.use(func(l *ledger.Ledger) { o.notFound(l, ledger.PushWaiting) })
		}, "没有发到甲", "保存到通讯录"},
		"an uncertain push": {quiz, func(o *premises) {
			o.use(func(l *ledger.Ledger) { o.notFound(l, ledger.PushUncertain) })
		}, "有 1 条推送不知道有没有发出", "核实"},
		"a ledger for all to read": {"", func(o *premises) { o.must(os.Chmod(filepath.Join(o.data, "ledger.db"), 0o644)) }, "别的用户也能读", "chmod 600"},
		"a ledger gone":            {"", func(o *premises) { o.must(os.Remove(filepath.Join(o.data, "ledger.db"))) }, "台账不见了", "lianwen restore"},
		"a ledger truncated":       {"", func(o *premises) { o.must(os.Truncate(filepath.Join(o.data, "ledger.db"), 4096)) }, "坏了", "lianwen restore"},
		"deeds cut off": {"", func(o *premises) {
			db, err := sql.Open("sqlite", filepath.Join(o.data, "ledger.db"))
			o.must(err)
			_, err = db.ExecContext(o.Context(), "DELETE FROM audit")
			o.must(errors.Join(err, db.Close()))
		}, "操作记录被改动过", "备份"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newPremises(t, tt.config)
			tt.damage(o)
			o.checks(tt.what, tt.fix)
		})
	}
}

// ownLibrary makes a library with a rule and a notice, and is what the
// configuration says of it.
func (o *premises) ownLibrary() string {
	o.Helper()
	lib := o.TempDir()
	o.must(errors.Join(os.WriteFile(filepath.Join(lib, "章程.txt"), []byte("试验章程\n第一条 委员应当按时到会。\n"), 0o600),
		os.MkdirAll(filepath.Join(lib, "stories"), 0o700), os.MkdirAll(filepath.Join(lib, "notices"), 0o700),
		os.WriteFile(filepath.Join(lib, "notices", "n.md"), []byte("+++\nid = \"n\"\nfestival = \"五一\"\naudience = \"全体\"\n+++\n五一快到了。\n"), 0o600)))
	return fmt.Sprintf("library = %q\n", lib)
}

// notFound records a push of today whose group was not found, and what became of
// it.
func (o *premises) notFound(l *ledger.Ledger, state ledger.PushState) {
	o.Helper()
	now := time.Now()
	loc, err := time.LoadLocation("Asia/Shanghai")
	o.must(err)
	p := ledger.Push{
		Name: "quiz", Date: corpus.DateOf(now.In(loc)), Due: now.Add(-time.Hour), Until: now.Add(time.Hour),
		Target: "group:甲", Content: "question", ContentID: "x", Title: "x",
	}
	_, err = l.SkipPush(o.Context(), ledger.PushRecord{Push: p, State: state, Detail: "没有找到群“甲”：请用登录的微信号打开这个群", At: now})
	o.must(err)
}

// Check migrates nothing: a ledger of a former version is left to the program
// that uses it.
func TestFault07CheckMigratesNothing(t *testing.T) {
	t.Parallel()
	o := newPremises(t, "")
	file := filepath.Join(o.data, "ledger.db")
	db, err := sql.Open("sqlite", file)
	o.must(err)
	_, err = db.ExecContext(t.Context(), "DELETE FROM goose_db_version WHERE version_id > 5")
	o.must(errors.Join(err, db.Close()))
	o.checks("是旧版本的格式（第 5 版", "lianwen backup")
}

// Whatever does not answer, check comes to an end in time and says so.
func TestFault24CheckInTime(t *testing.T) {
	t.Run("locked", func(t *testing.T) {
		t.Parallel()
		o := newPremises(t, "")
		db, err := sql.Open("sqlite", filepath.Join(o.data, "ledger.db"))
		o.must(err)
		defer db.Close()
		conn, err := db.Conn(t.Context())
		o.must(err)
		_, err = conn.ExecContext(t.Context(), "BEGIN IMMEDIATE")
		o.must(err)
		o.checks("一直被另一个程序锁着，写不进去", "fuser")
		o.must(conn.Close())
	})
	t.Run("postgres says nothing", func(t *testing.T) {
		t.Parallel()
		silent, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer silent.Close()
		o := newPremises(t, "")
		o.write(ledgerAt("postgres://lw:geheim@" + silent.Addr().String() + "/lianwen"))
		o.checks("没有在 3 秒里答复", "网络")
	})
	t.Run("nobody there", func(t *testing.T) {
		t.Parallel()
		o := newPremises(t, "")
		o.write(ledgerAt("postgres://lw:geheim@127.0.0.1:1/lianwen"))
		o.checks("PostgreSQL 连不上", "网络")
	})
}

// A database that takes no writes, or not all characters, is reported.
func TestFault07CheckPostgres(t *testing.T) {
	t.Parallel()
	schema := postgresSchema(t)
	o := newPremises(t, ledgerAt(schema))
	o.checks("", "")
	u, err := url.Parse(schema)
	o.must(err)
	q := u.Query()
	q.Set("default_transaction_read_only", "on")
	u.RawQuery = q.Encode()
	o.write(ledgerAt(u.String()))
	o.checks("PostgreSQL 写不进去：设成了只读", "主库")

	db, err := sql.Open("pgx", schema)
	o.must(err)
	t.Cleanup(func() { db.Close() })
	name := "euc_" + strings.TrimPrefix(u.Query().Get("search_path"), "test_")
	_, err = db.ExecContext(t.Context(), "CREATE DATABASE "+name+" ENCODING 'EUC_CN' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
	o.must(err)
	t.Cleanup(func() {
		if _, err := db.ExecContext(context.WithoutCancel(t.Context()), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	q = u.Query()
	q.Del("default_transaction_read_only")
	q.Del("search_path")
	u.Path, u.RawQuery = "/"+name, q.Encode()
	o.write(ledgerAt(u.String()))
	o.checks("编码是 EUC_CN", "UTF8")
}

// No command repeats any part of a password, however the address is written.
func TestPasswordIsNeverPrinted(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		`url = "postgres://lw:gehe/im@127.0.0.1:1/db"`, `url = "postgres://lw:ge@he@127.0.0.1:1/db"`, `url = "postgres://lw:gehe%2Fim@127.0.0.1:1/db?connect_timeout=2"`,
		`url = "postgres://lw:ge"he@127.0.0.1:1/db"`, `url = postgres://lw:gehe@127.0.0.1:1/db`, `url = "postgres://lw:ge\he@127.0.0.1:1/db"`, `url = "mysql://lw:gehe@127.0.0.1/db"`,
		`url = ["postgres://lw:gehe@127.0.0.1/db"]`,
	} {
		file := filepath.Join(t.TempDir(), "c.toml")
		text := fmt.Sprintf("data_dir = %q\n[ledger]\n%s\n", filepath.Join(t.TempDir(), "data"), line)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"check"}, {"history"}, {"restore", "--accept"}} {
			said, code := program(t, append(args, "--config", file)...)
			for _, part := range []string{"geh", "gehe", "ge@", "he@", "im@", "/im", "'h'", "'g'"} {
				if strings.Contains(said, part) {
					t.Errorf("%s: lianwen %v says %s", line, args, said)
					break
				}
			}
			if code != exitError {
				t.Errorf("%s: lianwen %v: exit code %d, %s", line, args, code, said)
			}
		}
	}
}
