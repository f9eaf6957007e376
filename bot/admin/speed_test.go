package admin

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// year fills a ledger with 300 members, 250 rounds that all answered, and 7,500
// pushes and as many questions.
func (s *site) year() {
	s.t.Helper()
	ctx := s.t.Context()
	var list []ledger.Member
	for i := range 300 {
		list = append(list, ledger.Member{Number: fmt.Sprintf("A%03d", i), Name: fmt.Sprint("委员", i), Sector: fmt.Sprint("界", i%20), Committee: fmt.Sprint("委", i%8)})
	}
	_, err := s.Desk.Ledger.ImportMembers(ctx, append(list, ledger.Member{Number: "S01", Name: "王五", Staff: true}), "2026-01-01", "setup", s.now)
	must(s.t, err)
	db := ledgertest.Where{File: filepath.Join(s.DataDir, "ledger.db")}.Raw(s.t)
	for n := range 250 {
		opened := s.now.AddDate(0, 0, n-260)
		r := ledger.Round{Day: corpus.DateOf(opened), Question: corpus.Question{ID: "qingjia-01", Text: "几日？", Options: []string{"一日", "三日"}, Answer: 1}, Opened: opened, Closes: opened.AddDate(0, 0, 7)}
		_, err := s.Desk.Ledger.OpenRound(ctx, r)
		must(s.t, err)
		_, err = db.ExecContext(ctx, `INSERT INTO answer SELECT $1, number, 1, 1, $2, 'wechat' FROM member`, string(r.Day), r.Opened.UnixMilli())
		must(s.t, err)
		for i := range 30 {
			p := ledger.Push{Name: "story", Target: fmt.Sprint("group:群", i), Date: r.Day, Title: "杨震辞金", Due: opened, Until: opened.Add(time.Hour)}
			_, err := s.Desk.Ledger.ClaimPush(ctx, p, opened)
			must(s.t, err)
			must(s.t, s.Desk.Ledger.SettlePush(ctx, ledger.PushRecord{Push: p, State: ledger.PushSent, At: opened}))
			must(s.t, s.Desk.Ledger.Ask(ctx, ledger.Asked{At: s.now.Add(-time.Duration(250*30-n*30-i) * time.Minute), Question: fmt.Sprintf("第%d个问题，关于%d", n, i), Outcome: ledger.AskedNone}))
		}
	}
}

// LIANWEN_TEST_ARTICLES names a library of one file, with which it is measured how
// long every page takes here at a year's end.
func TestSpeed(t *testing.T) {
	library := os.Getenv("LIANWEN_TEST_ARTICLES")
	if library == "" {
		t.Skip("LIANWEN_TEST_ARTICLES is not set")
	}
	s := newSiteOf(t, library)
	s.year()
	c := s.as(ledger.RoleAdmin)
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	fill := strings.NewReplacer("{rule}", s.aRule(), "{number}", "1", "{$}", "", "{name}", "story", "{file}", "none", "{id}", "none", "{token}", "none", "{job}", "none")
	for _, rt := range s.routes() {
		path, ok := strings.CutPrefix(fill.Replace(rt.pattern), "GET ")
		if !ok || rt.least == anybody {
			continue
		}
		if strings.HasPrefix(path, "/people/1") {
			path = "/people/A001"
		}
		var took []time.Duration
		status, size := 0, 0
		for range 40 {
			begun := time.Now()
			var body string
			status, body = c.get(path)
			took, size = append(took, time.Since(begun)), len(body)
		}
		slices.Sort(took)
		t.Logf("%-40s %d %7d bytes  p50 %6.1f ms  p95 %6.1f ms  most %6.1f ms", path, status, size, ms(took[20]), ms(took[37]), ms(took[39]))
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// aRule is the id of a rule of the library.
func (s *site) aRule() string {
	c, release := s.Desk.Library()
	defer release()
	return c.Rules[0].ID
}
