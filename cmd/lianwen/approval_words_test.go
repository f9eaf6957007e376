package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/duty"
	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// noonDesk is a desk at noon of a Tuesday.
func noonDesk() *staff.Desk {
	return &staff.Desk{Location: time.UTC, Now: func() time.Time { return time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC) }}
}

// Without days it is this week; from a day on it is a week of that day's; and 92 days
// are the most.
func TestSpanRead(t *testing.T) {
	t.Parallel()
	for s, want := range map[span][2]corpus.Date{
		{}:                           {"2026-12-01", "2026-12-08"},
		{"2027-01-01", ""}:           {"2027-01-01", "2027-01-08"},
		{"", "2026-12-03"}:           {"2026-12-01", "2026-12-03"},
		{"2027-01-01", "2027-04-03"}: {"2027-01-01", "2027-04-03"},
		{"2027-01-01", "2027-04-04"}: {},
		{"2027-01-02", "2027-01-01"}: {},
	} {
		from, to, err := s.read(noonDesk())
		if bad := want == [2]corpus.Date{}; bad != (bot.CodeOf(err) == bot.Invalid) || !bad && (from != want[0] || to != want[1] || err != nil) {
			t.Errorf("%+v: %s to %s, %v", s, from, to, err)
		}
	}
}

// drafts are one of each state: open, approved, sent, over, and one that cannot be made.
func drafts() []staff.DraftStatus {
	draft := func(name, text, why string) staff.DraftStatus {
		due := time.Date(2026, 12, 2, 8, 5, 0, 0, time.UTC)
		return staff.DraftStatus{Draft: day.Draft{Push: ledger.Push{Name: name, Date: "2026-12-02", Due: due, Content: day.StoryContent}, Targets: []string{"group:甲"}, Text: text, Why: why}}
	}
	list := []staff.DraftStatus{draft("over", "题\n正文", "还没有签发"), draft("sent", "题\n正文", ""), draft("approved", "题\n正文", ""), draft("open", "题\n正文", "还没有签发"), draft("open2", "", "没有内容")}
	list[0].Over, list[1].Begun = true, true
	list[2].Approver, list[2].Record.Approved, list[2].Record.ApprovedAt = "王五", true, time.Date(2026, 12, 1, 15, 20, 0, 0, time.UTC)
	list[3].Drafter, list[3].Record.DraftedAt = "李六", time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	return list
}

// The state is in the list for scripts and for people; only what can still be decided
// is open, and the first of it is what to read next.
func TestApprovalStates(t *testing.T) {
	t.Parallel()
	list := drafts()
	var states []string
	for _, j := range approvalJSON(list).Drafts {
		states = append(states, j.State)
		if (j.ApprovedAt != nil) != (j.State == "approved") {
			t.Errorf("%s: approved at %v", j.State, j.ApprovedAt)
		}
	}
	if !slices.Equal(states, []string{"over", "sent", "approved", "drafted", "drafted"}) {
		t.Errorf("%q", states)
	}
	text := approvalText(list, noonDesk())
	if !strings.Contains(text, "共 5 条，还没有签发的 2 条。\n看全文：lianwen approval read open 2026-12-02；") || strings.Count(text, "2026-12-02 星期三\n") != 1 {
		t.Error(text)
	}
	if text := approvalText(list[:3], noonDesk()); strings.Contains(text, "看全文") {
		t.Error(text)
	}
}

// How a text begins is shown to 40 characters, and a longer one says that it goes on.
func TestExcerpt(t *testing.T) {
	t.Parallel()
	forty := strings.Repeat("好", 40)
	for text, want := range map[string]string{"题": "", "题\n正文": "正文", "题\n正文\n出自": "正文……", "题\n" + forty: forty, "题\n" + forty + "好": forty + "……"} {
		if got := excerpt(staff.DraftStatus{Draft: day.Draft{Text: text}}); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// What is printed to sign has who has drafted and approved, room where nobody has, and
// says why there is no text; three targets are named, more are counted.
func TestSigningRows(t *testing.T) {
	t.Parallel()
	rows := signingRows(drafts()[2:], noonDesk())
	row := office.SigningRow{Date: "12月2日\n（周三）", At: "08:05", Push: "廉政故事\napproved", Targets: printedTargets([]string{"group:甲"}), Text: "题\n正文", Drafted: "程序", Approved: "王五\n12月1日\n15:20"}
	want := []office.SigningRow{row, row, row}
	want[1].Push, want[1].Drafted, want[1].Approved = "廉政故事\nopen", "李六\n12月1日\n09:00", ""
	want[2].Push, want[2].Text, want[2].Approved = "廉政故事\nopen2", "（没有内容）", ""
	for i := range want {
		if rows[i] != want[i] {
			t.Errorf("%+v\nwant %+v", rows[i], want[i])
		}
	}
	many := []string{"group:甲", "group:乙", "group:丙", "group:丁"}
	if got := printedTargets(many[:3]); strings.Contains(got, "等") || strings.Count(got, "\n") != 2 {
		t.Errorf("three: %q", got)
	}
	if got := printedTargets(many); !strings.HasSuffix(got, "\n等 4 处") || strings.Contains(got, "丁") {
		t.Errorf("four: %q", got)
	}
}

// What is held back is counted whichever way it went, though all else has ended; the
// operator is told of what we would have said, of replies and pushes once a day each.
func TestGatedCountsAndTells(t *testing.T) {
	t.Parallel()
	told := make(chan string, 9)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		told <- string(raw)
	}))
	defer server.Close()
	l, err := ledger.Open(t.Context(), ledger.Source{File: filepath.Join(t.TempDir(), "ledger.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	desk, now := noonDesk(), noonDesk().Now()
	desk.Ledger, desk.Now = l, func() time.Time { return now }
	a := &app{streams: &streams{out: io.Discard, err: io.Discard}, logFormat: logText}
	alarm := duty.NewAlarm(duty.Ways{Webhook: server.URL}, t.TempDir(), a.log())
	far := &replier{in: "机密★10年\n关于换届"}
	ch := a.gated(&config{}, desk, alarm, []bot.Channel{far})[0]
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	run := func(in string) {
		far.in = in
		if err := ch.Run(ctx, func(context.Context, bot.Incoming) (bot.Reply, error) {
			return bot.Reply{Text: "机密★10年\n关于换届"}, nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	push := func() {
		if _, err := ch.Send(ctx, bot.Outgoing{Text: "机密★10年\n关于换届"}); err == nil {
			t.Error("sent")
		}
	}
	hears := func(want string) {
		t.Helper()
		if got := <-told; !strings.Contains(got, want) {
			t.Errorf("told %q, want %q", got, want)
		}
	}
	run("机密★10年\n关于换届") // of what comes in nobody is told
	run("提案什么时候截止")
	hears("一条回复带有")
	run("提案什么时候截止")
	push()
	hears("一条推送带有")
	push()
	now = now.AddDate(0, 0, 1)
	push()
	hears("一条推送带有")
	alarm.Wait()
	list, err := l.HeldBack(t.Context(), "2026-12-01", "2026-12-02")
	var got []int
	for _, h := range list {
		got = append(got, h.Count)
	}
	if err != nil || len(far.sent) > 0 || len(told) > 0 || heldLine(list) == "" || !slices.Equal(got, []int{1, 4, 1}) {
		t.Errorf("%+v, %v", list, err)
	}
}

// replier is a channel on which one message comes in.
type replier struct {
	recorder
	in string
}

func (r *replier) Run(ctx context.Context, handle bot.Handler) error {
	_, err := handle(ctx, bot.Incoming{Kind: bot.Text, Text: r.in})
	return err
}
