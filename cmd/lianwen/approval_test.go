package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/staff"
)

// approves NUMBER N: a member of staff has read the Nth text of the list, and
// approves it by its code.
func approves(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: approves number n")
	}
	ts.Check(ts.Exec("lianwen", "approval", "list", "--json", "--config", "c.toml"))
	var list approvalResult
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &list))
	var n int
	_, err := fmt.Sscan(args[1], &n)
	ts.Check(err)
	ts.Check(ts.Exec("lianwen", "approval", "approve", "--seen", list.Drafts[n-1].Digest[:8], "--by", args[0], "--config", "c.toml"))
}

// tomorrow: $TOMORROW is the day after this one, where the office is.
func tomorrow(ts *testscript.TestScript, neg bool, args []string) {
	office, err := time.LoadLocation("Asia/Shanghai")
	ts.Check(err)
	ts.Setenv("TOMORROW", time.Now().In(office).AddDate(0, 0, 1).Format(time.DateOnly))
}

// recorder is a channel that keeps what is sent.
type recorder struct{ sent []string }

func (r *recorder) Name() string                           { return "wechat" }
func (r *recorder) Run(context.Context, bot.Handler) error { return nil }
func (r *recorder) Ready(string) error                     { return nil }
func (r *recorder) Capabilities() bot.Capabilities {
	return bot.Capabilities{Groups: true, Direct: true, Initiates: true}
}

func (r *recorder) Send(_ context.Context, out bot.Outgoing) (bot.Receipt, error) {
	r.sent = append(r.sent, out.Text)
	return bot.Receipt{MessageIDs: []string{"1"}}, nil
}

// A week is listed, approved but for one day, printed; process after process sends
// what was approved byte for byte, keeps the other back and says so, and whoever
// approves it in time has it sent.
func TestApprovedWeek(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := giveIndex("data"); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"c.toml":     "[[push]]\nname = \"story\"\ncontent = \"story\"\nat = \"08:00\"\ntargets = [\"group:机关学习群\"]\napproval = true\n",
		"roster.csv": "编号,姓名,界别,专委会,身份\nS01,王五,,,工作人员\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lianwen := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(append(args, "--config", "c.toml"), strings.NewReader(""), &out, &errs); code != exitOK {
			t.Fatalf("%v: exit %d: %s", args, code, errs.String())
		}
		return out.String()
	}
	lianwen("roster", "import", "roster.csv", "--yes")
	var list approvalResult
	if err := json.Unmarshal([]byte(lianwen("approval", "list", "--json")), &list); err != nil {
		t.Fatal(err)
	}
	week := list.Drafts[1:] // that of today may be over
	const left = 3
	var codes []string
	for i, d := range week {
		if i != left {
			codes = append(codes, d.Digest[:8])
		}
	}
	lianwen("approval", "approve", "--by", "S01", "--seen", strings.Join(codes, ","))
	lianwen("approval", "doc", "-o", "签发单.docx", "--from", string(week[0].Date), "--to", string(week[6].Date))
	if info, err := os.Stat("签发单.docx"); err != nil || info.Size() < 3000 {
		t.Fatal(info, err)
	}

	var far recorder
	var told []string
	at := func(now time.Time) {
		t.Helper()
		a := &app{configPath: "c.toml", streams: &streams{out: &bytes.Buffer{}, err: &bytes.Buffer{}}}
		if err := a.withLibrary(t.Context(), func(_ *config, d *staff.Desk) error { // each time a process of its own
			d.Now, d.Reviewer.Now = func() time.Time { return now }, func() time.Time { return now }
			return day.NewOutbox(day.Outbox{
				Channels: []bot.Channel{&far}, Records: d.Ledger, Schedule: d.Schedule, Caps: day.Caps{GroupDay: 2}, Now: d.Now,
				Alert: func(text string) { told = append(told, text) },
			}).Work(t.Context())
		}); err != nil {
			t.Fatal(err)
		}
	}
	var want []string
	for i, d := range week {
		if i == left {
			at(d.Due)
			at(d.Due.Add(time.Minute))
			if !slices.Equal(far.sent, want) || len(told) == 0 || !strings.Contains(told[len(told)-1], "08:00的“story”") || !strings.Contains(told[len(told)-1], "到了时间，还没有签发，没有发") {
				t.Errorf("sent %q, told %q", far.sent, told)
			}
			continue
		}
		want = append(want, d.Text)
		at(d.Due)
	}
	if !slices.Equal(far.sent, want) || len(told) != 1 {
		t.Errorf("sent %q\nwant %q\ntold %q", far.sent, want, told)
	}
}

// At a terminal each text is shown whole and asked for; what is not answered with
// yes is not approved.
func TestApproveAsked(t *testing.T) {
	t.Chdir(t.TempDir())
	c := "[[push]]\nname = \"story\"\ncontent = \"story\"\nat = \"23:58\"\ntargets = [\"group:机关学习群\"]\napproval = true\n"
	for name, text := range map[string]string{"c.toml": c, "roster.csv": "编号,姓名,界别,专委会,身份\nS01,王五,,,工作人员\n"} {
		if err := os.WriteFile(filepath.Clean(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if code := run([]string{"roster", "import", "roster.csv", "--yes", "--config", "c.toml"}, strings.NewReader(""), &bytes.Buffer{}, &bytes.Buffer{}); code != exitOK {
		t.Fatal(code)
	}
	var out bytes.Buffer
	a := &app{configPath: "c.toml", streams: &streams{out: &out, err: &bytes.Buffer{}}}
	err := a.withLibrary(t.Context(), func(_ *config, d *staff.Desk) error {
		hand, err := a.by(t.Context(), d, "S01")
		if err != nil {
			return err
		}
		list, err := a.picked(t.Context(), d, span{"2027-03-01", "2027-03-05"}, nil)
		if err != nil {
			return err
		}
		if err := a.approveAsked(t.Context(), d, hand, list, bufio.NewReader(strings.NewReader("y\n\n是\nq\ny\n"))); err != nil {
			return err
		}
		list, err = a.picked(t.Context(), d, span{"2027-03-01", "2027-03-05"}, nil)
		got := ""
		for _, draft := range list {
			got += map[bool]string{true: "1", false: "0"}[draft.Why == ""]
			if i := strings.Index(out.String(), draft.Text); (i >= 0) != (draft.Push.Date < "2027-03-05") {
				t.Errorf("%s is shown at %d", draft.Push.Date, i)
			}
		}
		if got != "10100" {
			t.Errorf("approved are %s", got)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
