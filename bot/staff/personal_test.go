package staff_test

import (
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
)

// What tells who somebody is does not get into the library, neither as a line nor with
// a reply.
func TestPersonalWordings(t *testing.T) {
	t.Parallel()
	for question, what := range map[string]string{
		"我电话13812345678想问低保":       "电话号码",
		"１３８ １２３４ ５６７８能报名吗":        "电话号码",
		"一三八一二三四五六七八给我回电话":         "电话号码",
		"打0551-62812345没人接":        "电话号码",
		"138-1234-5678是谁的":         "电话号码",
		"身份证11010519491231002X能办吗": "身份证号",
		"110105 19491231 0021能办吗":  "身份证号",
		"张三能不能请假五天":                "人名",
		"赵六走了谁管":                   "人名",
		"我叫钱多多能请假吗":                "人名",
		"我是钱某人能请假吗":                "人名",
		"请假13天找谁":                  "",
		"2026年11月28日以前交吗":          "",
		"发改〔2026〕12号说的20261128算吗":  "",
		"我叫车去开会能报吗":                "",
		"我是委员能请假吗":                 "",
		"要交1381234567元吗":           "",
		"编号2138123456789怎么填":       "",
	} {
		r := newRoom(t, ledgertest.SQLite(t))
		r.shelved()
		r.asks(ledger.AskedNone, question)
		to := places(r.read().Article("r#2"))
		undone := func(n int, err error) error { // a question is settled once
			if err == nil {
				_, err = r.desk.Undo(t.Context(), boss, n)
			}
			return err
		}
		n, _, err := r.desk.AddLines(t.Context(), boss, r.cluster(1), to)
		err = undone(n, err)
		err2 := undone(r.desk.AddReply(t.Context(), boss, r.cluster1(), "好"))
		err3 := undone(r.desk.NotOurs(t.Context(), boss, r.cluster1(), ""))
		for _, err := range []error{err, err2, err3} {
			if what == "" {
				r.must(err)
				continue
			}
			r.refused(question, err, bot.Invalid, "里有"+what+"，写进制度库别人就看得到，什么也没有做")
		}
		if files := r.holds("asked/r.txt") + r.holds("talk/learned.toml") + r.holds("originals/log.jsonl"); what != "" && files != "" {
			t.Errorf("%s: written\n%s", question, files)
		}
	}
}

// cluster1 is the one cluster there is, settled or not.
func (r *room) cluster1() (c staff.Cluster) {
	r.t.Helper()
	list, err := r.desk.Ledger.Asked(r.t.Context(), r.now.AddDate(0, 0, -1), r.now)
	r.must(err)
	c.Question = list[0].Question
	return c
}

// Beside a wording that may stand there, one that may not is left out, and staff are
// not told that it was taken.
func TestPersonalBeside(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	r.shelved()
	r.asks(ledger.AskedNone, "三四天不来找谁点头", "三四天不来找谁点头啊李四", "三四天不来找谁点头呢")
	c := r.cluster(1)
	if got := strings.Join(c.Wordings(), " "); got != "三四天不来找谁点头 三四天不来找谁点头呢" {
		t.Errorf("taken: %s", got)
	}
	_, lines, err := r.desk.AddLines(t.Context(), boss, c, places(r.read().Article("r#2")))
	if err != nil || lines != 2 || strings.Contains(r.holds("asked/r.txt"), "李四") {
		t.Errorf("%d, %v\n%s", lines, err, r.holds("asked/r.txt"))
	}
	c.Others = []string{"李四不来找谁"}
	_, err = r.desk.NotOurs(t.Context(), boss, c, "")
	r.refused("beside", err, bot.Invalid, "“李四不来找谁”里有人名")
}
