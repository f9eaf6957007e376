package talk_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"lianwen/bot/ledger"
	"lianwen/corpus"
	"lianwen/index"
)

// Members see what is kept about them, and have their questions deleted.
func TestMyData(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "我的数据", "没有您的履职记录", "0 条")
	o.says("@zhang", false, "量子力学的基本原理", "没有查到")
	o.says("@zhang", false, "我的数据", "没有直接查到的提问和评价：1 条")
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@zhang", false, "相对论是谁提出的", "没有查到")
	o.says("@li", false, "相对论是谁提出的", "没有查到")
	r := o.ask()
	o.says("@zhang", false, "A", "已记录")
	got := o.says("@zhang", false, "我的数据", "花名册：张三（A01），教育界，提案委", "绑定：2026年12月1日起", "答案 1 条", "提问和评价：2 条")
	if strings.Contains(got, r.Question.Text) {
		t.Errorf("it says too much: %s", got)
	}
	o.says("@zhang", true, "我的数据", "请私聊我")
	o.says("@zhang", true, "删除我的提问", "请私聊我")
	o.says("@zhang", false, "删除我的提问", "已删去您的提问和评价 2 条")
	o.says("@zhang", false, "删除我的提问", "没有留着您的提问")
	if asked, err := o.ledger.Asked(t.Context(), o.now.AddDate(0, 0, -1), o.now.AddDate(0, 0, 1)); err != nil || len(asked) != 1 {
		t.Errorf("left: %+v, %v", asked, err)
	}
}

// Wrong answers can be looked at again, by their author alone.
func TestMistakes(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "错题", "还不知道您是哪位委员")
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@zhang", false, "错题", "今年没有答错的题")
	r := o.ask()
	wrong := string(rune('A' + (r.Question.Answer+1)%len(r.Question.Options)))
	right := string(rune('A' + r.Question.Answer))
	o.says("@zhang", false, wrong, "正确的是 "+right)
	o.says("@zhang", true, "错题", "请私聊我")
	o.says("@zhang", false, "错题", "今年答错的题 1 道", "1 2026年12月1日：")
	o.says("@zhang", false, "1", r.Question.Text, "您答的是 "+wrong+"，正确的是 "+right, r.Question.Explanation)
	o.says("@zhang", false, "错题 2026-11-01", "没有答错的题")
	o.says("@li", false, "绑定 CCCC4444", "绑定好了")
	o.says("@li", false, "错题 2026-12-01", "没有答错的题")
}

// An answer is called of use or not, once; staff see what was of none.
func TestFeedback(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.says("@zhang", false, "没用", "现在没有可以评价的回答")
	o.says("@zhang", false, "提案工作条例第五条", "第五条")
	o.says("@zhang", false, "1", "")
	o.says("@zhang", false, "没用", "记下了（不记名字）")
	o.says("@zhang", false, "没用", "现在没有可以评价的回答")
	o.says("@zhang", false, "提案什么时候截止", "第五条")
	o.says("@zhang", false, "有用", "记下了，谢谢")
	o.says("@zhang", false, "量子力学的基本原理", "没有查到")
	o.says("@zhang", false, "没用", "已经记下")
	o.says("@wang", false, "未答问题", "2 提案工作条例第五条（1 次）", "答的是 ti-an#5，有人说没用", "1 量子力学的基本原理（1 次）", "定一个答复的科室", "评价：有用 1 次，没用 1 次")
	o.says("@zhang", true, "提案什么时候截止", "第五条")
	o.says("@li", true, "没用", "现在没有可以评价的回答") // somebody else's answer
}

// lastWords are the last words of an article as its file has them: no heading and
// no asked-as line stands between.
func lastWords(a *corpus.Article) string {
	passages := a.Passages()
	return passages[len(passages)-1].In(a.Text)
}

// revised puts a library in place of the sample in which one file is changed.
func (o *bureau) revised(file, old, text string) {
	o.Helper()
	lib := fstest.MapFS{}
	err := fs.WalkDir(corpus.Sample(), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(corpus.Sample(), p)
		if p == file {
			if !strings.Contains(string(raw), old) {
				o.Fatalf("%s has no %q", file, old)
			}
			raw = []byte(strings.ReplaceAll(string(raw), old, text))
		}
		lib[p] = &fstest.MapFile{Data: raw}
		return err
	})
	if err != nil {
		o.Fatal(err)
	}
	c, err := corpus.Read(lib)
	if err != nil || len(c.Faults) > 0 {
		o.Fatal(err, c)
	}
	x, err := index.Open(o.Context(), o.TempDir(), c, index.Options{})
	if err != nil {
		o.Fatal(err)
	}
	o.live.Replace(x)
	o.corpus = c
}

// Where there is a page, staff who ask how things are hear where it is.
func TestStatusNamesPage(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.says("@wang", false, "状态", "登录和台账的情况请运行 lianwen check。")
	o.config.Page = "https://lianwen.example"
	o.restart()
	o.says("@wang", false, "状态", "登录和台账的情况请登录网页 https://lianwen.example ，在“设置”里检查，或者运行 lianwen check。")
}

// Staff who ask how things are hear that a file of the library is not used.
func TestStatusLeftOut(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	if got := o.says("@wang", false, "状态", "正在值守"); strings.Contains(got, "有问题") {
		t.Errorf("of a whole library: %s", got)
	}
	c, err := corpus.Read(fstest.MapFS{"章程.txt": {Data: []byte("试验章程\n第一条 甲。\n")}, "章程.docx": {Data: []byte("PK")}})
	if err != nil {
		t.Fatal(err)
	}
	x, err := index.Open(t.Context(), t.TempDir(), c, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o.live.Replace(x)
	o.corpus = c
	o.says("@wang", false, "状态", "现行制度 1 部 1 条", "制度库里有 1 个文件有问题，没有用上，请运行 lianwen check")
}

// A question whose article is changed is not asked, and not answered, until
// staff have looked at it; what is void counts for nobody.
func TestSuspendedQuestion(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.says("@wang", false, "停用的题", "没有停用的题")
	o.says("@wang", false, "核准 全部", "没有停用的题")
	r := o.ask()
	article := o.corpus.Resolve(r.Question.Cites[0])
	o.revised(article.Rule.File, lastWords(article), lastWords(article)+"本条有改动。")
	o.says("@zhang", false, "A", "依据的条文有改动，题已停用", "不收答案")
	o.says("@zhang", false, "今日一题", "题已停用")
	o.says("@zhang", false, "补答", "没有可以补答的题")
	o.says("@zhang", false, "核准 "+r.Question.ID, "《") // not for members: a question
	got := o.says("@wang", false, "停用的题", r.Question.ID, r.Question.Cites[0].String(), "核准 编号")
	o.says("@wang", false, "状态", "停用的题")
	o.says("@wang", false, "核准", "请写上题的编号，如“核准 ")
	o.says("@wang", false, "核准 没有的题", "“没有的题”不是停用的题")
	if _, err := o.ledger.Answer(t.Context(), ledger.Answer{Round: r.Day, Member: "A01", At: o.now}); err == nil {
		t.Error("an answer to a suspended question was recorded")
	}
	o.says("@wang", false, "核准 "+strings.ToUpper(r.Question.ID), "已核准 1 道题")
	o.says("@zhang", false, "A", "已记录：A")
	o.says("@wang", false, "停用的题", "没有停用的题")
	if strings.Count(got, "\n") > 7 {
		t.Errorf("too long: %s", got)
	}

	// Changed again, and the question with it: its round is void for good.
	o.revised(article.Rule.File, lastWords(article), lastWords(article)+"本条又改了。")
	o.says("@zhang", false, "今日一题", "题已停用")
	for _, q := range o.corpus.Questions {
		if q.ID == r.Question.ID {
			q.Text += "（修订）"
		}
	}
	o.says("@wang", false, "核准 全部", "已核准")
	o.says("@li", false, "绑定 CCCC4444", "绑定好了")
	o.says("@li", false, "A", "题已停用")
	o.now = o.now.AddDate(0, 1, 0)
	table, err := o.ledger.Tally(t.Context(), "2026-12-01", "2026-12-31", o.now)
	if err != nil || table.Void != 1 || len(table.Rounds) != 0 || table.Total() != (ledger.Counts{}) {
		t.Errorf("%+v, %v", table, err)
	}
}

// Staff have the index built anew; what is quick is said at once, what takes
// longer when it is done.
func TestReindexByChat(t *testing.T) {
	t.Parallel()
	sampleIndex(t) // built outside the bubble
	synctest.Test(t, func(t *testing.T) {
		o := newBureau(t)
		o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
		var results chan string
		o.reindex = func() (<-chan string, bool) { return results, results != nil }
		o.says("@wang", false, "重建索引", "正在重建，还没有做完")
		results = make(chan string, 1)
		results <- "索引已重建并换用"
		o.says("@wang", false, "重建索引", "索引已重建并换用")
		begun := time.Now()
		o.says("@wang", false, "重建索引", "期间照常回答，做完告诉您")
		if took := time.Since(begun); took != 3*time.Second {
			t.Errorf("the reply took %v", took)
		}
		results <- "索引已重建并换用：做完了"
		if out := <-o.told; out.To != "@wang" || out.Text != "索引已重建并换用：做完了" {
			t.Errorf("told %+v", out)
		}
		o.says("@wang", false, "状态", "上次重建（12月1日09:00）：索引已重建并换用：做完了")
		o.says("@wang", false, "重建索引", "期间照常回答")
		close(results) // the program is stopped
		synctest.Wait()
		if len(o.told) != 0 {
			t.Errorf("told %+v", <-o.told)
		}
	})
}

// Activities are part of the member's own record.
func TestActivitiesInRecord(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	_, err := o.ledger.ImportActivities(t.Context(), []ledger.Activity{
		{Date: "2026-11-10", Kind: ledger.MeetingKind, Title: "常委会会议", Members: []string{"A01"}}, {Date: "2026-12-10", Kind: ledger.MeetingKind, Title: "主席会议", Members: []string{"A01"}},
		{Date: "2026-11-11", Kind: "读书", Title: "读书会", Members: []string{"A01", "A02"}}, {Date: "2026-11-12", Kind: "参观", Title: "展览", Members: []string{"A02"}},
	}, "test", o.now)
	if err != nil {
		t.Fatal(err)
	}
	o.says("@zhang", false, "我的记录", "活动：会议 1 次，读书 1 次。")
}

// What nobody knows of is looked for by staff and recorded once.
func TestResolve(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.says("@wang", false, "核实", "没有不确定的推送")
	o.says("@wang", false, "核实 1 已发", "请先发“核实”")
	for _, target := range []string{"group:甲群", "group:乙群"} {
		p := ledger.Push{Name: "story", Target: target, Date: "2026-11-30", Title: "悬鱼", Due: o.now, Until: o.now}
		if ok, err := o.ledger.ClaimPush(t.Context(), p, o.now); !ok || err != nil {
			t.Fatal(ok, err)
		}
		if err := o.ledger.SettlePush(t.Context(), ledger.PushRecord{Push: p, State: ledger.PushUncertain, At: o.now}); err != nil {
			t.Fatal(err)
		}
	}
	o.says("@zhang", false, "核实", "《") // to a member a question
	list := o.says("@wang", false, "核实", "2 条", "1 2026年11月30日 story → 乙群：悬鱼", "2 2026年11月30日 story → 甲群：悬鱼")
	o.says("@wang", false, "核实 3 已发", "请先发“核实”")
	o.says("@wang", false, "核实 1 丢了", "请先发“核实”")
	o.says("@wang", false, "核实 1 已发", "记下了：2026年11月30日的“story”（乙群）已发")
	o.says("@wang", false, "核实 1 没发", "已经核实过了")
	o.says("@wang", false, "核实 2 没发", "（甲群）没发")
	o.says("@wang", false, "核实", "没有不确定的推送")
	records, err := o.ledger.Pushes(t.Context(), "2026-11-30", "2026-11-30")
	if err != nil || len(records) != 2 || records[0].State != ledger.PushSent || records[1].State != ledger.PushFailed || records[0].Detail != "staff S01 核实" {
		t.Errorf("%+v, %v\n%s", records, err, list)
	}
}
