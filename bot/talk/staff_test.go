package talk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// A push goes out at once because staff say so, what has gone out does not; the
// words of the command are a question to anybody else.
func TestPushNowByChat(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	if got := o.says("@zhang", false, "现在推送 story"); strings.Contains(got, "已登记") {
		t.Errorf("a member has it pushed: %s", got)
	}
	o.says("@wang", false, "现在推送", "请写上推送的名称")
	o.says("@wang", false, "现在推送 stroy", "没有叫“stroy”的推送")
	o.says("@wang", false, "暂停 story", "已暂停")
	o.says("@wang", false, "现在推送 story", "“story”已暂停。请先恢复")
	o.says("@wang", false, "恢复 story", "已恢复")
	plan, err := o.desk.Schedule.Plan(t.Context(), o.desk.Today(), o.desk.Today())
	if err != nil {
		t.Fatal(err)
	}
	o.says("@wang", false, "现在推送 story", "已登记：现在推送“story”（"+plan[0].Title+"），2 条")
	o.says("@wang", false, "今日推送", "今天的推送 2 条", "story → 甲群 "+plan[0].Title+"：等着再试（staff S01 要求现在推送）")
	records, err := o.ledger.Pushes(t.Context(), o.desk.Today(), o.desk.Today())
	if err != nil || len(records) != 2 || records[0].State != ledger.PushWaiting || !records[0].Due.Equal(o.now) {
		t.Errorf("%+v, %v", records, err)
	}
	for _, r := range records {
		if ok, err := o.ledger.ClaimPush(t.Context(), r.Push, o.now); !ok || err != nil {
			t.Fatal(ok, err)
		}
	}
	o.says("@wang", false, "现在推送 story", "今天的“story”已经发过，或者不确定有没有发出")
}

// Lists are as long as a phone shows, and say that there is more.
func TestStaffLists(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.says("@wang", false, "未答问题", "最近 30 天没有查不到的问题。\n评价：有用 0 次，没用 0 次。")
	ask := func(n int) {
		t.Helper()
		q := ledger.Asked{At: o.now, Outcome: ledger.AskedNone, Question: strings.Repeat(string(rune('甲'+100*n)), 4)}
		if err := o.ledger.Ask(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 5 {
		ask(n)
	}
	if got := o.says("@wang", false, "未答问题", "5 类"); strings.Contains(got, "还有") {
		t.Errorf("five of five:\n%s", got)
	}
	ask(5)
	o.says("@wang", false, "未答问题", "6 类", "……还有 1 类")
	suspend := func(n int) {
		t.Helper()
		var list []ledger.Basis
		for _, q := range o.corpus.Questions[:n] {
			list = append(list, ledger.Basis{Question: q.ID, Digest: "changed", Sound: true})
		}
		if err := o.ledger.Review(t.Context(), list, o.now); err != nil {
			t.Fatal(err)
		}
	}
	o.says("@wang", false, "停用的题", "没有停用的题")
	suspend(5)
	if got := o.says("@wang", false, "停用的题", "等着核对的题 5 道"); strings.Contains(got, "还有") {
		t.Errorf("five of five:\n%s", got)
	}
	suspend(6)
	o.says("@wang", false, "停用的题", "等着核对的题 6 道", "……还有 1 道")
	o.says("@wang", false, "状态", "其中停用 6 道")
	o.desk.Schedule.Specs = nil
	o.says("@wang", false, "今日推送", "今天没有推送。")
}

// The pushes of which nobody knows are numbered, no more than a phone shows.
func TestResolveShown(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	for i := range 6 {
		p := ledger.Push{Name: "story", Target: fmt.Sprintf("group:%d群", i), Date: "2026-11-30", Content: day.StoryContent, Title: "悬鱼", Due: o.now.Add(time.Duration(i) * time.Minute), Until: o.now}
		if ok, err := o.ledger.ClaimPush(t.Context(), p, o.now); !ok || err != nil {
			t.Fatal(ok, err)
		}
		if err := o.ledger.SettlePush(t.Context(), ledger.PushRecord{Push: p, State: ledger.PushUncertain, At: o.now}); err != nil {
			t.Fatal(err)
		}
	}
	if got := o.says("@wang", false, "核实", "6 条", "5 2026年11月30日 story → 4群"); strings.Contains(got, "5群") {
		t.Errorf("more than five are shown:\n%s", got)
	}
	o.says("@wang", false, "核实 0 已发", "请先发“核实”")
	o.says("@wang", false, "核实 6 已发", "请先发“核实”")
	o.says("@wang", false, "核实 5", "请先发“核实”")
	o.says("@wang", false, "核实 5 已发 吧", "请先发“核实”")
	o.says("@wang", false, "核实 5 已发", "（4群）已发")
}

// Whoever tries codes is told to stop; nobody is told which of them was right.
func TestGuessingByChat(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	for range 10 {
		o.says("@thief", false, "绑定 XXXX9999", "不对、用过了或者过期了")
	}
	o.says("@thief", false, "绑定 AAAA3333", "试的次数太多，请一小时后再试")
	o.now = o.now.Add(61 * time.Minute)
	o.says("@thief", false, "绑定 AAAA3333", "绑定好了")
}

// A round that closes between the question and the letter takes no answer.
func TestLetterTooLate(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	r := o.ask()
	o.now = r.Closes.Add(-time.Minute)
	o.says("@zhang", false, "补答", "2026年12月1日")
	o.now = r.Closes
	o.says("@zhang", false, "A", "2026年12月1日的题已经截止")
	answers, err := o.ledger.Answers(t.Context(), "2026-12-01", "2026-12-31")
	if err != nil || len(answers) != 0 {
		t.Errorf("%+v, %v", answers, err)
	}
}

// Who was not on the roster this year has no record; of a telephone number no
// more is shown than its owner knows it by.
func TestRecordOfNewcomer(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	list := []ledger.Member{{Number: "A01", Name: "张三", Phone: "13812345678"}, {Number: "S01", Name: "王五", Staff: true, Phone: "8812"}}
	if _, err := o.ledger.ImportMembers(t.Context(), list, corpus.DateOf(o.now), "test", o.now); err != nil {
		t.Fatal(err)
	}
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.says("@wang", false, "我的记录", "今年还没有您的答题记录")
	if got := o.says("@zhang", false, "我的数据", "手机 138****5678"); strings.Contains(got, "1234") {
		t.Errorf("too much of it: %s", got)
	}
	if got := o.says("@wang", false, "我的数据", "王五（S01）"); strings.Contains(got, "手机") {
		t.Errorf("a short number is shown: %s", got)
	}
}

// What found nothing cannot have been of use; that it was of none is known
// already.
func TestRateNothing(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "量子力学的基本原理", "没有查到")
	o.says("@zhang", false, "有用", "好的。")
	o.says("@zhang", false, "没用", "已经记下（不记名字）", "机关党组办公室")
	if useful, useless, err := o.ledger.Rated(t.Context(), o.now.AddDate(0, 0, -1), o.now.AddDate(0, 0, 1)); err != nil || useful+useless != 0 {
		t.Errorf("%d, %d, %v", useful, useless, err)
	}
}
