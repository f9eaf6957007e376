package staff_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
)

func judging(t *testing.T) *room {
	t.Helper()
	r := newRoom(t, ledgertest.SQLite(t))
	r.shelved()
	r.desk.JudgedFile = filepath.Join(t.TempDir(), "new", "judged.jsonl")
	return r
}

func (r *room) judged() string {
	r.t.Helper()
	raw, err := os.ReadFile(r.desk.JudgedFile)
	if !os.IsNotExist(err) {
		r.must(err)
	}
	return string(raw)
}

// What staff put down stands behind what was there, once; it can be taken out again, and
// nothing else can.
func TestJudge(t *testing.T) {
	t.Parallel()
	r := judging(t)
	r.must(os.MkdirAll(filepath.Dir(r.desk.JudgedFile), 0o755))
	own := `{"q":"会前要做什么","want":["h#1"],"class":"own"}` + "\n\n不是 JSON\n" + `{"turns":["请假","几天"],"want":["r#9"]}` // no end of the line
	r.must(os.WriteFile(r.desk.JudgedFile, []byte(own), 0o644))
	c := r.read()
	r.must(r.desk.Judge(t.Context(), "web:周姐", " 三天不来跟谁说 ", c.Article("r#1")))
	want := own + "\n" + `{"q":"三天不来跟谁说","want":["r#1"],"class":"office"}` + "\n"
	if r.judged() != want {
		t.Errorf("%s", r.judged())
	}
	j, err := r.desk.Judged(c)
	if err != nil || len(j.Usable) != 2 || len(j.Lost) != 1 || j.Unread != 1 || j.Usable[1].Class != staff.OfficeClass {
		t.Errorf("%+v, %v", j, err)
	}
	err = r.desk.Judge(t.Context(), boss, "三天不来跟谁说？", c.Article("h#1"))
	r.refused("again", err, bot.Conflict, "“三天不来跟谁说？”已经记过了，应由 r#1 答")
	err = r.desk.Unjudge(t.Context(), boss, "会前要做什么")
	r.refused("not of this page", err, bot.NotFound, "不在这里记下的检验题里")
	r.must(r.desk.Unjudge(t.Context(), "web:周姐", "三天不来跟谁说"))
	if r.judged() != own+"\n" {
		t.Errorf("%s", r.judged())
	}
	r.did("web:周姐: judge question r#1", "web:周姐: unjudge question r#1")
}

// What cannot be a judged question is refused, and nothing is written.
func TestJudgeBadInput(t *testing.T) {
	t.Parallel()
	r := judging(t)
	c := r.read()
	for name, question := range map[string]string{
		"没有记": "", "写成一行": "三天\n不来", "1 到 500 个字": strings.Repeat("假", 501), "人名": "张三请假找谁", "密级": "机密★10年 关于请假的通知", "绑定码": "绑定 K7QM3XWP", "500": "😀",
	} {
		r.refused(name, r.desk.Judge(t.Context(), boss, question, c.Article("r#1")), bot.Invalid, name)
	}
	r.must(r.desk.Judge(t.Context(), boss, strings.Repeat("假", 500), c.Article("r#1")))
	before := r.judged()
	r.refused("repealed", r.desk.Judge(t.Context(), boss, "旧的怎么办", c.Article("old#1")), bot.NotFound, "这一条现在没有了")
	r.refused("gone", r.desk.Judge(t.Context(), boss, "没有的怎么办", c.Article("r#99")), bot.NotFound, "这一条现在没有了")
	r.desk.Dir = ""
	r.refused("the sample", r.desk.Judge(t.Context(), boss, "请假找谁", c.Article("r#1")), bot.Invalid, "自带的示例")
	if r.judged() != before {
		t.Errorf("%s", r.judged())
	}
	r.desk.Dir, r.desk.JudgedFile = "x", ""
	r.refused("no file", r.desk.Judge(t.Context(), boss, "请假找谁", c.Article("r#1")), bot.Unavailable, "judged_questions")
	r.refused("no file", r.desk.Unjudge(t.Context(), boss, "请假找谁"), bot.NotFound, "没有检验题")
	if j, err := r.desk.Judged(c); err != nil || len(j.Usable) != 0 {
		t.Errorf("%+v, %v", j, err)
	}
}

// What is put down at once is all there; what cannot be put on record is not.
func TestJudgeAtOnce(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	r := newRoom(t, w)
	r.shelved()
	r.desk.JudgedFile = filepath.Join(t.TempDir(), "judged.jsonl")
	c := r.read()
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			if err := r.desk.Judge(t.Context(), boss, fmt.Sprintf("第%d个问题怎么办", i), c.Article("r#1")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if j, err := r.desk.Judged(c); err != nil || len(j.Usable) != 6 {
		t.Errorf("%d, %v", len(j.Usable), err)
	}
	before := r.judged()
	_, err := w.Raw(t).ExecContext(t.Context(), `CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
	r.must(err)
	if err := r.desk.Judge(t.Context(), boss, "再来一个", c.Article("r#1")); err == nil || bot.CodeOf(err) != 0 {
		t.Errorf("%v", err)
	}
	if err := r.desk.Unjudge(t.Context(), boss, "第1个问题怎么办"); err == nil {
		t.Error("taken out, and not on record")
	}
	if r.judged() != before {
		t.Errorf("%s", r.judged())
	}
}
