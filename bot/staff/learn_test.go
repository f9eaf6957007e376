package staff_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// asksOf puts questions in vain on record, a second apart.
func (r *room) asks(outcome string, questions ...string) {
	r.t.Helper()
	for i, q := range questions {
		r.must(r.desk.Ledger.Ask(r.t.Context(), ledger.Asked{At: r.now.Add(time.Duration(i-len(questions)) * time.Second), Outcome: outcome, Question: q, Asker: "a"}))
	}
}

// shelved gives the room a library in a folder, which is read anew each time.
func (r *room) shelved() {
	r.t.Helper()
	r.desk.Dir = r.t.TempDir()
	for name, text := range map[string]string{
		"rules/r.md":   "+++\nid = \"r\"\ntitle = \"请假办法\"\nstatus = \"in-force\"\neffective = 2026-02-01\n+++\n第一条 三天以内的报科室。\n\n第二条 五天以内的报分管领导。\n",
		"rules/h.md":   "+++\nid = \"h\"\ntitle = \"会议办法\"\nstatus = \"in-force\"\neffective = 2026-02-01\n+++\n第一条 会议开始前签到。\n",
		"rules/old.md": "+++\nid = \"old\"\ntitle = \"旧办法\"\nstatus = \"repealed\"\neffective = 2026-02-01\n+++\n第一条 不再用的。\n",
	} {
		r.writes(name, text)
	}
	r.desk.Library = func() (*corpus.Corpus, func()) { return r.read(), func() {} }
}

func (r *room) read() *corpus.Corpus {
	r.t.Helper()
	c, err := corpus.Open(r.desk.Dir)
	r.must(err)
	return c
}

func (r *room) writes(name, text string) {
	r.t.Helper()
	file := filepath.Join(r.desk.Dir, filepath.FromSlash(name))
	r.must(os.MkdirAll(filepath.Dir(file), 0o755))
	r.must(os.WriteFile(file, []byte(text), 0o644))
}

// holds is the text of a file of the library; "" when there is none.
func (r *room) holds(name string) string {
	r.t.Helper()
	raw, err := os.ReadFile(filepath.Join(r.desk.Dir, filepath.FromSlash(name)))
	if !os.IsNotExist(err) {
		r.must(err)
	}
	return string(raw)
}

// open are the questions of the clusters that are not settled.
func (r *room) open() string {
	r.t.Helper()
	u, err := r.desk.Unanswered(r.t.Context(), 30)
	r.must(err)
	var list []string
	for _, c := range u.Clusters {
		list = append(list, c.Question)
	}
	return strings.Join(list, " ")
}

func (r *room) cluster(number int) staff.Cluster {
	r.t.Helper()
	c, err := r.desk.Cluster(r.t.Context(), 30, number, "")
	r.must(err)
	return c
}

// places are whole articles.
func places(articles ...*corpus.Article) (list []staff.Place) {
	for _, a := range articles {
		list = append(list, staff.Place{Article: a})
	}
	return list
}

// One step gives a cluster's wordings to articles; it is gone from the list, on record,
// and back when that is undone.
func TestAddLines(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		r.shelved()
		r.asks(ledger.AskedNone, "三四天不来找谁点头", "请问三四天不来找谁点头", "食堂几点开饭")
		c := r.read()
		n, lines, err := r.desk.AddLines(t.Context(), boss, r.cluster(1), places(c.Article("r#2"), c.Article("h#1"), c.Article("r#1")))
		if err != nil || n != 1 || lines != 6 {
			t.Fatalf("number %d, %d lines, %v", n, lines, err)
		}
		r.did("staff S01: settle line 1: r#2、r#1、h#1")
		if got := r.read().Article("r#2").Approved; len(got) != 2 || got[1].Text != "请问三四天不来找谁点头" || got[0].From != "未答问题，王五 2026-12-01" {
			t.Errorf("%+v", got)
		}
		if got := r.open(); got != "食堂几点开饭" {
			t.Errorf("open: %s", got)
		}
		_, err = r.desk.Cluster(t.Context(), 30, 1, "")
		r.refused("settled", err, bot.Conflict, "已经处理过（1 号，补问法，工作人员 S01 12月1日07:00：r#2、r#1、h#1），什么也没有做。要改，先撤销 1")
		if got := r.cluster(2).Question; got != "食堂几点开饭" { // the numbers of the others stay
			t.Errorf("2 is %s", got)
		}
		_, err = r.desk.Undo(t.Context(), "terminal root", 1)
		r.must(err)
		r.did("terminal root: undo settlement 1")
		if c := r.read(); len(c.Article("r#1").Approved)+len(c.Article("r#2").Approved)+len(c.Article("h#1").Approved) != 0 {
			t.Errorf("left in the files:\n%s\n%s", r.holds("asked/r.txt"), r.holds("asked/h.txt"))
		}
		if got := r.open(); got != "三四天不来找谁点头 食堂几点开饭" {
			t.Errorf("open: %s", got)
		}
		_, err = r.desk.Undo(t.Context(), boss, 1)
		r.refused("again", err, bot.NotFound, "没有 1 号处理，或者已经撤销过了")
	})
}

// An article that is not what it was gets no line, and then none of the others does.
func TestAddLinesToWhatIsGone(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		file, text string
		code       bot.Code
		want       string
	}{
		"renumbered": {"rules/r.md", "+++\nid = \"r\"\ntitle = \"请假办法\"\nstatus = \"in-force\"\neffective = 2026-02-01\n+++\n第一条 目的。\n\n第二条 三天以内的报科室。\n\n第三条 五天以内的报分管领导。\n", bot.Conflict, "《请假办法》第二条刚刚改过"},
		"gone":       {"rules/r.md", "+++\nid = \"r\"\ntitle = \"请假办法\"\nstatus = \"in-force\"\neffective = 2026-02-01\n+++\n第一条 三天以内的报科室。\n", bot.NotFound, "《请假办法》没有第二条"},
		"repealed":   {"rules/r.md", "+++\nid = \"r\"\ntitle = \"请假办法\"\nstatus = \"repealed\"\neffective = 2026-02-01\n+++\n第一条 三天以内的报科室。\n\n第二条 五天以内的报分管领导。\n", bot.Conflict, "《请假办法》的这一版已经废止"},
	} {
		r := newRoom(t, ledgertest.SQLite(t))
		r.shelved()
		r.asks(ledger.AskedNone, "三四天不来找谁点头")
		c := r.read()
		r.writes(tt.file, tt.text)
		_, _, err := r.desk.AddLines(t.Context(), boss, r.cluster(1), places(c.Article("h#1"), c.Article("r#2")))
		r.refused(name, err, tt.code, tt.want)
		if c := r.read(); len(c.Article("h#1").Approved) != 0 {
			t.Errorf("%s: half done: %s", name, r.holds("asked/h.txt"))
		}
		r.did()
		if got := r.open(); got != "三四天不来找谁点头" {
			t.Errorf("%s: open: %s", name, got)
		}
	}
}

// What cannot be a line is not made one; a wording beside it that cannot be is left out.
func TestAddLinesOfLongQuestions(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	r.shelved()
	short, long := strings.Repeat("三四天不来找谁", 6), strings.Repeat("三四天不来找谁", 9)
	r.asks(ledger.AskedNone, long, "会前要不要签名", short, "会前要不要签名", "会前要不要签名")
	to := places(r.read().Article("r#2"))
	_, _, err := r.desk.AddLines(t.Context(), boss, r.cluster(2), to)
	r.refused("too long", err, bot.Invalid, "不能作问法：问法有 63 字，超过 60 字")
	n, lines, err := r.desk.AddLines(t.Context(), boss, r.cluster(1), places(r.read().Article("h#1")))
	if err != nil || n != 1 || lines != 1 {
		t.Errorf("%d, %d, %v", n, lines, err)
	}
	_, err = r.desk.Undo(t.Context(), boss, 1)
	r.must(err)
	_, _, err = r.desk.AddLines(t.Context(), boss, r.cluster(1), places(r.read().Article("h#1")))
	r.must(err)
	_, _, err = r.desk.AddLines(t.Context(), boss, staff.Cluster{Question: "会前要不要签名？"}, places(r.read().Article("h#1")))
	r.refused("there already", err, bot.Conflict, "已经是这条的问法了")
	r.desk.Dir = ""
	_, _, err = r.desk.AddLines(t.Context(), boss, r.cluster(2), to)
	r.refused("the sample", err, bot.Invalid, "用的是自带的示例，或者正在试演。请先运行 lianwen library init")
	_, err = r.desk.AddSynonyms(t.Context(), boss, staff.Cluster{}, "报", []string{"打报告"})
	r.refused("the sample", err, bot.Invalid, "用的是自带的示例")
	_, err = r.desk.NotOurs(t.Context(), boss, r.cluster(2), "")
	r.refused("the sample", err, bot.Invalid, "用的是自带的示例")
}

// Synonyms, fixed replies and what is none of our business settle a cluster just so.
func TestOtherSettlements(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		r.shelved()
		r.asks(ledger.AskedNone, "画到几点开始", "画到几点开始", "画到几点开始", "你家住哪里", "你家住哪里", "低保怎么办理")
		n, err := r.desk.AddSynonyms(t.Context(), boss, r.cluster(1), "签到", []string{"画到"})
		if err != nil || n != 1 || !strings.HasSuffix(r.holds("synonyms/learned.txt"), "\n签到 画到\n") {
			t.Fatalf("%d, %v, %q", n, err, r.holds("synonyms/learned.txt"))
		}
		n, err = r.desk.AddReply(t.Context(), "terminal root", r.cluster(2), " 我住在服务器里。")
		if err != nil || n != 2 {
			t.Fatalf("%d, %v", n, err)
		}
		n, err = r.desk.NotOurs(t.Context(), boss, r.cluster(3), "找区民政局。")
		if err != nil || n != 3 {
			t.Fatalf("%d, %v", n, err)
		}
		replies := r.read().Replies()
		if replies[1].Text != "我住在服务器里。" || replies[1].Say[0] != "你家住哪里" || replies[0].Text != "这件事不归我们管，请找区民政局。" || replies[0].Say[0] != "低保怎么办理" {
			t.Errorf("%+v %+v", replies[0], replies[1])
		}
		if got := r.holds("talk/learned.toml"); !strings.Contains(got, "# 未答问题，root 2026-12-01\n") || !strings.Contains(got, "# 未答问题，王五 2026-12-01\n") {
			t.Errorf("%s", got)
		}
		r.did("staff S01: settle synonym 1: 签到 ← 画到", "terminal root: settle reply 2: 我住在服务器里。", "staff S01: settle not ours 3: 这件事不归我们管，请找区民政局。")
		list, err := r.desk.Settled(t.Context())
		if err != nil || len(list) != 3 || list[0].Number != 3 || r.open() != "" {
			t.Errorf("%+v, %v, open: %s", list, err, r.open())
		}
		if what, detail := staff.SettlementInWords(list[2]); what != "补同义词" || detail != "签到 ← 画到" {
			t.Errorf("%s, %s", what, detail)
		}
		for _, n := range []int{1, 2, 3} {
			_, err := r.desk.Undo(t.Context(), boss, n)
			r.must(err)
		}
		if got := r.open(); got != "画到几点开始 你家住哪里 低保怎么办理" || len(r.read().Synonyms) != 0 || r.read().Replies()[0].File == corpus.LearnedTalk {
			t.Errorf("after undoing: open %s, %v", got, r.read().Synonyms)
		}
		n, err = r.desk.NotOurs(t.Context(), boss, r.cluster(3), "")
		if err != nil || n != 4 || r.read().Replies()[0].Text != "这件事不归我们管，制度里没有规定。不知道该找谁的，可问{经办}。" {
			t.Errorf("%d, %v, %s", n, err, r.read().Replies()[0].Text)
		}
	})
}

// Where somebody has changed the file by hand nothing is undone.
func TestUndoAfterHand(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	r.shelved()
	r.asks(ledger.AskedNone, "三四天不来找谁点头", "三四天不来找谁点头", "低保怎么办理")
	c := r.read()
	_, _, err := r.desk.AddLines(t.Context(), boss, r.cluster(1), places(c.Article("h#1"), c.Article("r#2")))
	r.must(err)
	_, err = r.desk.NotOurs(t.Context(), boss, r.cluster(2), "区民政局")
	r.must(err)
	for _, file := range []string{"asked/r.txt", "talk/learned.toml"} {
		r.writes(file, strings.NewReplacer("点头", "签字", "区民政局", "市民政局").Replace(r.holds(file)))
	}
	before := r.holds("asked/r.txt") + r.holds("talk/learned.toml")
	for n, file := range map[int]string{1: "asked/r.txt", 2: "talk/learned.toml"} {
		_, err := r.desk.Undo(t.Context(), boss, n)
		r.refused(file, err, bot.Conflict, file+" 里原来加的已经不是那样了（有人手改过），没有动它")
	}
	if got := r.holds("asked/r.txt") + r.holds("talk/learned.toml"); got != before || len(r.read().Article("h#1").Approved) != 1 {
		t.Errorf("half undone:\n%s", got)
	}
	if list, err := r.desk.Settled(t.Context()); err != nil || len(list) != 2 || r.open() != "" {
		t.Errorf("%+v, %v", list, err)
	}
}

// What cannot be recorded is taken out of the library again, and what cannot be struck
// from the record is put back.
func TestSettleWithoutRecord(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	r := newRoom(t, w)
	r.shelved()
	r.asks(ledger.AskedNone, "三四天不来找谁点头", "三四天不来找谁点头", "三四天不来找谁点头", "画到几点开始", "画到几点开始", "低保怎么办理")
	act := func(c1, c2, c3 staff.Cluster) (errs []error) {
		a := r.read()
		_, _, err1 := r.desk.AddLines(t.Context(), boss, c1, places(a.Article("r#1"), a.Article("r#2"), a.Article("h#1")))
		_, err2 := r.desk.AddSynonyms(t.Context(), boss, c2, "签到", []string{"画到"})
		_, err3 := r.desk.NotOurs(t.Context(), boss, c3, "")
		return []error{err1, err2, err3}
	}
	c1, c2, c3 := r.cluster(1), r.cluster(2), r.cluster(3)
	files := func() string {
		return strings.Join([]string{r.holds("synonyms/learned.txt"), r.holds("talk/learned.toml"), r.holds("asked/r.txt"), r.holds("asked/h.txt")}, "\n--\n")
	}
	db := w.Raw(t)
	for _, trigger := range []string{"INSERT", "UPDATE"} {
		_, err := db.ExecContext(t.Context(), `CREATE TRIGGER full_`+trigger+` BEFORE `+trigger+` ON settled BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
		r.must(err)
	}
	for i, err := range act(c1, c2, c3) {
		if err == nil || !strings.Contains(err.Error(), "disk full") || bot.CodeOf(err) != 0 {
			t.Errorf("%d: %v", i, err)
		}
	}
	if c := r.read(); len(c.Synonyms) != 0 || c.Replies()[0].File == corpus.LearnedTalk || len(c.Article("r#1").Approved)+len(c.Article("h#1").Approved) != 0 {
		t.Errorf("not on record, and in the library:%s", files())
	}
	_, err := db.ExecContext(t.Context(), `DROP TRIGGER full_INSERT`)
	r.must(err)
	for _, err := range act(c1, c2, c3) {
		r.must(err)
	}
	before := files()
	for _, n := range []int{1, 2, 3} {
		if _, err := r.desk.Undo(t.Context(), boss, n); err == nil || !strings.Contains(err.Error(), "disk full") {
			t.Errorf("undo %d: %v", n, err)
		}
	}
	if after := files(); after != before {
		t.Errorf("undone in the library and not on record:%s\nwas%s", after, before)
	}
}
