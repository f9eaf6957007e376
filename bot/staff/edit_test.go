package staff_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/shelf"
	"lianwen/bot/staff"
	"lianwen/corpus"
	"lianwen/index"
)

// lineFor is an edit that gives an article lines.
func lineFor(a *corpus.Article, texts ...string) shelf.ArticleEdit {
	e := shelf.ArticleEdit{Rule: a.Rule.ID, Number: a.Number, Words: a.WordsDigest()}
	for _, text := range texts {
		e.Add = append(e.Add, corpus.AskedLine{Text: text, From: "网页"})
	}
	return e
}

// An edit is in the audit without what people may have asked, and undone once.
func TestEditLibrary(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		r.shelved()
		a := r.read().Article("r#1")
		web := ledger.WebActor("张")
		e := lineFor(a, "想歇两天", "回趟老家")
		e.Heading = &shelf.Swap{Now: "短假"}
		done, err := r.desk.EditLibrary(t.Context(), web, e)
		r.must(err)
		r.did(string(web) + ": edit library r#1、r#1 条旨 （无） → 短假")
		if got := staff.EditedBy(done); got != "账号 张" {
			t.Error(got)
		}
		_, err = r.desk.EditLibrary(t.Context(), boss, shelf.GroupEdit{Now: []string{"科室", "处室"}})
		r.must(err)
		reply, err := r.desk.EditLibrary(t.Context(), boss, shelf.ReplyEdit{Say: []string{"食堂在哪"}, Text: "一楼。", From: "网页"})
		r.must(err)
		r.did("staff S01: edit library （无） → 科室 处室", "staff S01: edit library talk/learned.toml learned-1")
		list, err := r.desk.Edits(func(e shelf.Entry) bool { return e.Rule == "" })
		if err != nil || len(list) != 2 || list[0].ID != reply.ID {
			t.Fatalf("%+v, %v", list, err)
		}
		_, err = r.desk.UndoEdit(t.Context(), boss, done.ID)
		r.must(err)
		r.did("staff S01: undo edit r#1、r#1 条旨 短假 → （无）")
		if got := r.read().Article("r#1"); len(got.Approved) != 0 || got.Heading != "" {
			t.Errorf("%+v", got)
		}
		_, err = r.desk.UndoEdit(t.Context(), boss, done.ID)
		r.refused("twice", err, bot.NotFound, "撤销过了")
	})
}

// Where the library cannot be changed, nothing is; where it cannot be put on record, what
// was done is taken back.
func TestEditLibraryRefused(t *testing.T) {
	r := newRoom(t, ledgertest.SQLite(t))
	r.shelved()
	a := r.read().Article("r#1")
	dir := r.desk.Dir
	r.desk.Dir = ""
	_, err := r.desk.EditLibrary(t.Context(), boss, lineFor(a, "想歇两天"))
	r.refused("the sample", err, bot.Invalid, "lianwen library init")
	if list, err := r.desk.Edits(func(shelf.Entry) bool { return true }); err != nil || list != nil {
		t.Errorf("%v, %v", list, err)
	}
	if c, err := r.desk.OnDisk(); err != nil || c.Article("ti-an#1") == nil {
		t.Error(err)
	}
	r.desk.Dir = dir
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.desk.EditLibrary(ctx, boss, lineFor(a, "想歇两天")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	r.must(r.desk.Ledger.Close())
	if _, err := r.desk.EditLibrary(t.Context(), boss, lineFor(a, "想歇两天")); err == nil {
		t.Error("nothing was put on record")
	}
	if got := r.read().Article("r#1").Approved; len(got) != 0 {
		t.Errorf("left: %v", got)
	}
}

// The library on disk is read again when it changes, and only then.
func TestOnDisk(t *testing.T) {
	r := newRoom(t, ledgertest.SQLite(t))
	r.shelved()
	one, err := r.desk.OnDisk()
	r.must(err)
	two, err := r.desk.OnDisk()
	r.must(err)
	if one != two {
		t.Error("read twice")
	}
	r.writes("rules/h.md", strings.Replace(r.holds("rules/h.md"), "签到", "签名报到", 1))
	three, err := r.desk.OnDisk()
	r.must(err)
	if got := three.Article("h#1").Text; !strings.Contains(got, "签名报到") {
		t.Error(got)
	}
}

// trial asks an index by itself.
func (r *room) trial(judged ...index.Judged) staff.Trial {
	r.t.Helper()
	x, err := index.Open(r.t.Context(), r.t.TempDir(), r.read(), index.Options{})
	r.must(err)
	r.t.Cleanup(func() { r.must(x.Close()) })
	return staff.Trial{Index: x, Judged: judged, Step: func(int, int) {}, Ask: func(x *index.Index) index.Asker {
		return func(ctx context.Context, said []string, depth int) (index.Result, string, error) {
			res, err := x.Search(ctx, index.Query{Text: said[len(said)-1], Depth: depth})
			screen := "没有"
			if len(res.Hits) > 0 {
				screen = res.Hits[0].Article.Text
			}
			return res, screen, err
		}
	}}
}

// The effect of a line: who asked in such words gets the article, a judged question gets
// better or worse, and the library is as it was.
func TestEffect(t *testing.T) {
	r := newRoom(t, ledgertest.SQLite(t))
	r.shelved()
	r.asks(ledger.AskedNone, "开小差得跟谁讲", "食堂几点开饭", "开小差得跟谁讲", " ")
	judged := index.Judged{Q: "开小差得跟谁讲", Want: []string{"r#1"}}
	wrong := index.Judged{Q: "开小差要跟谁讲", Want: nil}
	try := r.trial(judged, wrong)
	steps := 0
	try.Step = func(done, all int) {
		if steps++; done != steps || all != 8 {
			t.Errorf("step %d of %d", done, all)
		}
	}
	before := r.holds("asked/r.txt")
	e, err := r.desk.Effect(t.Context(), boss, lineFor(r.read().Article("r#1"), "开小差得跟谁讲"), try)
	r.must(err)
	if e.Judged != 2 || e.Asked != 2 || e.Better != 1 || e.Worse != 1 || len(e.Changed) != 3 || steps != 8 {
		t.Fatalf("%+v after %d steps", e, steps)
	}
	if c := e.Changed[0]; !c.Judged || c.Course != 1 || c.Before.Where != "没有查到" || c.After.Where != "《请假办法》第一条" || c.After.Words != "第一条 三天以内的报科室。" {
		t.Errorf("%+v", c)
	}
	if c := e.Changed[1]; c.Course != -1 {
		t.Errorf("%+v", c)
	}
	if c := e.Changed[2]; c.Judged || c.Course != 0 || c.Question != judged.Q {
		t.Errorf("%+v", c)
	}
	if r.holds("asked/r.txt") != before {
		t.Error("the library was changed")
	}
	r.did()
	try = r.trial()
	if e, err = r.desk.Effect(t.Context(), boss, lineFor(r.read().Article("h#1"), "进门写名字吗"), try); err != nil || len(e.Changed)+len(e.Reworded) != 0 || e.Asked != 2 {
		t.Errorf("%+v, %v", e, err)
	}
	_, err = r.desk.Effect(t.Context(), boss, shelf.GroupEdit{Now: []string{"火星", "外太空"}}, try)
	r.refused("an edit that cannot be", err, bot.Invalid, "没有「火星」")
}

// An answer that only reads differently is told apart from another answer, questions are
// asked once each and at most a hundred, and somebody who goes away is not worked for.
func TestEffectReworded(t *testing.T) {
	r := newRoom(t, ledgertest.SQLite(t))
	r.shelved()
	a := r.read().Article("r#1")
	for i := range 60 {
		q := strings.Repeat("问", i%3) + "三天以内的报科室" + strings.Repeat("呀", i/3)
		r.asks(ledger.AskedChoices, q, "请问"+q)
	}
	try := r.trial(index.Judged{Q: "三天以内的报科室", Want: []string{"r#1"}, Shows: []string{"报科室"}})
	ask := try.Ask
	try.Ask = func(x *index.Index) index.Asker {
		inner := ask(x)
		return func(ctx context.Context, said []string, depth int) (index.Result, string, error) {
			res, screen, err := inner(ctx, said, depth)
			if len(res.Hits) > 0 {
				screen = res.Hits[0].Article.Heading + screen + strings.Repeat("长", 60)
			}
			return res, screen, err
		}
	}
	e := shelf.ArticleEdit{Rule: "r", Number: a.Number, Words: a.WordsDigest(), Heading: &shelf.Swap{Now: "短假"}}
	got, err := r.desk.Effect(t.Context(), boss, e, try)
	r.must(err)
	if got.Asked != 100 || got.Judged != 1 || len(got.Changed) != 0 || got.Better+got.Worse != 0 || len(got.Reworded) < 50 || got.What != "条旨「」→「短假」" {
		t.Fatalf("%d asked, %d judged, %d changed, %d reworded, %s", got.Asked, got.Judged, len(got.Changed), len(got.Reworded), got.What)
	}
	if words := got.Reworded[0].After.Words; len([]rune(words)) != 62 || !strings.HasPrefix(words, "短假第一条") || !strings.HasSuffix(words, "……") {
		t.Error(words)
	}
	ctx, cancel := context.WithCancel(t.Context())
	try.Step = func(done, _ int) {
		if done == 3 {
			cancel()
		}
		if done > 4 {
			t.Errorf("step %d", done)
		}
	}
	if _, err := r.desk.Effect(ctx, boss, e, try); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// How well judged questions are answered is compared place by place.
func TestEffectCourse(t *testing.T) {
	r := newRoom(t, ledgertest.SQLite(t))
	r.shelved()
	for name, tt := range map[string]struct {
		judged index.Judged
		course int
	}{
		"now it is found":         {index.Judged{Q: "开小差得跟谁讲", Want: []string{"r#1"}}, 1},
		"now another is":          {index.Judged{Q: "会议开始前签到", Want: []string{"h#1"}}, 0},
		"it is to be refused":     {index.Judged{Q: "开小差得跟谁讲"}, -1},
		"and still is":            {index.Judged{Q: "火星有几只猫"}, 0},
		"another was wanted":      {index.Judged{Q: "开小差得跟谁讲", Want: []string{"h#1"}}, -1},
		"its piece is shown":      {index.Judged{Q: "开小差得跟谁讲", Want: []string{"r#1"}, Shows: []string{"报科室"}}, 1},
		"its piece was shown too": {index.Judged{Q: "三天以内的报科室", Want: []string{"r#1"}, Shows: []string{"报科室"}}, 0},
	} {
		e, err := r.desk.Effect(t.Context(), boss, lineFor(r.read().Article("r#1"), "开小差得跟谁讲"), r.trial(tt.judged))
		r.must(err)
		if got := e.Better - e.Worse; got != tt.course {
			t.Errorf("%s: %d, want %d: %+v", name, got, tt.course, e)
		}
	}
}
