package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/duty"
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

// bulk makes a library of the sample's stories, questions and rules, with a file of very
// many articles besides.
func bulk(t *testing.T, articles string) string {
	t.Helper()
	library := filepath.Join(t.TempDir(), "制度库")
	must(t, os.CopyFS(library, os.DirFS("../../corpus/library")))
	raw, err := os.ReadFile(articles)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(library, filepath.Base(articles)), raw, 0o644))
	return library
}

// things does what puts something on every page, and returns what stands for the names
// in a route's pattern: by the pattern, else by the name.
func (s *site) things(c *client) map[string]string {
	s.t.Helper()
	last := func(at string) string { return at[strings.LastIndex(at, "/")+1:] }
	looked, _, _ := c.papers(nil, sent{"印章.txt", sealPaper}, sent{"请假.txt", leavePaper})
	other, _, _ := c.papers(nil, sent{"用车.txt", "用车管理办法\n第一条 公车由办公室管理。\n"})
	written, status, body := c.press(other+"/publish", nil)
	says(s.t, status, body, http.StatusOK, "已写入")
	_, roster, _ := c.upload("/people/import", "x.csv", []byte(rosterHeader+"A001,委员甲,教育界,,委员,\nS01,王五,,,工作人员,\n"))
	_, activities, _ := c.upload("/activities/import", "x.csv", []byte(activityHeader+"2026-11-20,会议,常委会会议,A001\n"))
	effect, _ := c.await("/replies", url.Values{"say": {"饭堂在哪"}, "text": {"在一楼。"}, "do": {"effect"}})
	_, tried := c.post("/try", url.Values{"question": {"大会来不成谁点头"}})
	_, saved := c.await("/settings/backup", nil)
	s.stands(duty.LastState{State: bot.Waiting, Since: s.now, Beat: s.now}, picture)
	library, release := s.Desk.Library()
	defer release()
	asked, err := s.Desk.Unanswered(s.t.Context(), usualDays)
	must(s.t, err)
	largest := slices.MaxFunc(library.Rules, func(a, b *corpus.Rule) int { return len(a.Articles) - len(b.Articles) })
	log, err := s.Desk.Publications("")
	must(s.t, err)
	return map[string]string{
		"{$}": "", "{rule}": largest.ID, "{number}": last(strings.ReplaceAll(largest.Articles[0].Key(), "#", "/")), "{path...}": strings.TrimPrefix(originalHref(log[0].Original), "/originals/"), "{form}": "workbook",
		"GET /pushes/{name}": "story", "GET /people/{number}": "A001", "GET /channels/{name}/qr.png": "wechat", "GET /try/{id}": hidden(s.t, tried, "try"),
		"GET /settings/backup/{name}": url.PathEscape(regexp.MustCompile(`台账-[-0-9]+\.db`).FindString(saved)), "GET /unanswered/{id}": clusterID(asked.Clusters[0].Question),
		"GET /import/{job}": last(looked), "GET /import/{job}/{rule}": last(looked) + "/1", "GET /import/done/{job}": last(written), "GET /rules/{rule}/rule.md": "ycglbf",
		"GET /people/import/{job}": roster, "GET /activities/import/{job}": activities, "GET /effect/{job}": last(effect),
	}
}

// apart are routes that are measured with what they need, or whose page is another.
var apart = []string{"GET /jobs/{id}", "GET /figures/groups", "GET /signing/draft", "GET /rules/{rule}/compare.docx"}

// LIANWEN_TEST_ARTICLES names a library of one file, with which it is measured how
// long every page takes here at a year's end.
func TestSpeed(t *testing.T) {
	articles := os.Getenv("LIANWEN_TEST_ARTICLES")
	if articles == "" {
		t.Skip("LIANWEN_TEST_ARTICLES is not set")
	}
	s := newSiteOf(t, bulk(t, articles), wechat, func(c *Config) {
		c.Logbook = NewLogbook(c.Log.Handler(), c.Desk.Now, strings.NewReplacer())
	})
	s.year()
	c := s.as(ledger.RoleAdmin)
	names := s.things(c)
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	paths := []string{"/figures?period=2026", "/unanswered?days=180", "/try?q=%E8%AF%B7%E5%81%87", "/rules?q=%E8%AF%B7%E5%81%87", "/people/codes?kind=all", "/figures/groups?period=2026&kind=%E7%95%8C%E5%88%AB"}
	for _, rt := range s.routes() {
		if rt.least != anybody && strings.HasPrefix(rt.pattern, "GET ") && !slices.Contains(apart, rt.pattern) {
			paths = append(paths, pathOf(rt.pattern, names))
		}
	}
	for _, path := range paths {
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
		if status != http.StatusOK {
			t.Errorf("%s is not shown: %d", path, status)
		}
	}
}

// pathOf is the path of a route that names stand in.
func pathOf(pattern string, names map[string]string) string {
	path := strings.TrimPrefix(pattern, "GET ")
	if own, ok := names[pattern]; ok {
		if strings.Contains(own, "/") {
			path = strings.Replace(path, "/{rule}", "", 1)
		}
		path = regexp.MustCompile(`\{[a-z]+\}`).ReplaceAllLiteralString(path, own)
	}
	for name, value := range names {
		path = strings.ReplaceAll(path, name, value)
	}
	return path
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
