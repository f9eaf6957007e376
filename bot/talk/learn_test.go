package talk_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// chosen is what is on record as chosen by digits, oldest first.
func (o *bureau) chosen() string {
	o.Helper()
	list, err := o.ledger.Choices(o.Context(), o.now.AddDate(0, 0, -1), o.now.AddDate(0, 0, 1))
	if err != nil {
		o.Fatal(err)
	}
	var got []string
	for _, c := range list {
		got = append(got, fmt.Sprint(c.Outcome, " ", c.Question, " ", c.Cite))
	}
	return strings.Join(got, "\n")
}

// shown is the article that a digit shows, by its key; the bot's own 出处 says which.
func (o *bureau) shown(sender, digit string) string {
	o.Helper()
	o.says(sender, false, digit)
	_, key, _ := strings.Cut(o.says(sender, false, "出处"), "引用编号：")
	key, _, _ = strings.Cut(key, "\n")
	return key
}

// asksFor finds a question whose reply begins and goes on so, whatever the ranking is.
func (o *bureau) asksFor(sender, begins, has string) string {
	o.Helper()
	for _, q := range []string{"提案什么时候截止", "出差住宿费能报多少", "会议通知谁来写", "材料给谁", "委员代表怎么弄", "公章借出去要谁同意", "开会迟到会怎么样", "请客吃饭有什么标准", "文件怎么传", "谁来批准经费", "车能不能开回家", "量子力学的基本原理", "发言要注意什么"} {
		if reply := o.says(sender, false, q); strings.HasPrefix(reply, begins) && strings.Contains(reply, has) {
			return q
		}
	}
	o.Skipf("no question has a reply with %q and %q", begins, has)
	return ""
}

// What a digit leads to from a question is kept with it, once: after choices each,
// after an answer only what is another article.
func TestChosen(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	q := o.asksFor("@zhang", "最接近的几条，请看是不是：", "\n2 ")
	first, second := o.shown("@zhang", "1"), o.shown("@zhang", "看第2个")
	o.shown("@zhang", "2")
	want := fmt.Sprintf("choices %s %s\nchoices %s %s", q, first, q, second)
	if got := o.chosen(); got != want {
		t.Errorf("kept\n%s\nwant\n%s", got, want)
	}
	q = o.asksFor("@li", "", "回复数字：1 全文；2 ")
	o.shown("@li", "1")
	if got := o.chosen(); got != want {
		t.Errorf("the answer was kept as chosen:\n%s", got)
	}
	other := o.shown("@li", "2")
	want += fmt.Sprintf("\nanswered %s %s", q, other)
	if got := o.chosen(); got != want {
		t.Errorf("kept\n%s\nwant\n%s", got, want)
	}
	// Digits after something else, or after what was asked for by its number, say nothing.
	for _, said := range []string{"目录", "故事", "提案条例第五条和第六条", "看《提案工作条例》", "十不准", "看《提案工作条例》"} {
		o.says("@li", false, said)
		o.says("@li", false, "1")
		o.says("@li", false, "2")
	}
	if got := o.chosen(); got != want {
		t.Errorf("kept\n%s\nwant\n%s", got, want)
	}
	o.says("@zhang", false, "我的数据", "没有直接查到的提问和评价")
	o.says("@zhang", false, "删除我的提问", "已删去您的提问和评价")
	if got := o.chosen(); strings.Contains(got, "choices") || !strings.Contains(got, "answered") {
		t.Errorf("left\n%s", got)
	}
}

// ownLibrary gives the desk a folder to write to, as the sample is.
func (o *bureau) ownLibrary() {
	o.Helper()
	o.desk.Dir = o.TempDir()
	if err := os.CopyFS(o.desk.Dir, corpus.Sample()); err != nil {
		o.Fatal(err)
	}
}

// vain puts a question in vain on record, with what was chosen after it.
func (o *bureau) vain(question string, times int, cites ...string) {
	o.Helper()
	for i := range times {
		if err := o.ledger.Ask(o.Context(), ledger.Asked{At: o.now.Add(time.Duration(i) * time.Millisecond), Outcome: ledger.AskedNone, Question: question}); err != nil {
			o.Fatal(err)
		}
	}
	for _, cite := range cites {
		if err := o.ledger.Choose(o.Context(), ledger.Chosen{At: o.now, Outcome: ledger.AskedNone, Question: question, Cite: cite}); err != nil {
			o.Fatal(err)
		}
	}
}

// Without an article staff are offered what people went on to, first what most did,
// and a digit confirms it.
func TestProposeArticles(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.ownLibrary()
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.vain("交东西最晚哪天", 2, "ti-an#6", "ti-an#5", "ti-an#5", "old#1")
	o.says("@wang", false, "补问法 1", "“交东西最晚哪天”该由哪一条答？", "\n1 提案条例第五条", "（问的人有 2 次看了它）\n2 提案条例第六条", "（问的人有 1 次看了它）", "如“补问法 1 提案条例第五条”")
	o.says("@wang", false, "1", "补上了：《提案工作条例》第五条，问法 1 句（交东西最晚哪天）", "“撤销 1”")
	o.says("@wang", false, "补问法 1 ti-an#6", "“交东西最晚哪天”已经处理过（1 号，补问法，工作人员 S01 12月1日")
	o.says("@wang", false, "撤销 1号", "撤销了 1 号：补问法（ti-an#5）")
	o.says("@wang", false, "补问法 1 ti-an#5、ti-an#6", "补上了：《提案工作条例》第五条、《提案工作条例》第六条，问法 2 句")
	o.says("@wang", false, "撤销 2", "撤销了 2 号")
	o.says("@wang", false, "补问法 1 提案条例第五条和第六条", "补上了：《提案工作条例》第五条、《提案工作条例》第六条，问法 2 句")
}

// Staff name a question by the number that they were shown, whatever comes in between;
// the others keep theirs.
func TestClusterNumbers(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.ownLibrary()
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.vain("低保去哪里办", 2)
	o.vain("交东西最晚哪天", 1)
	o.says("@wang", false, "未答问题", "1 低保去哪里办（2 次）", "2 交东西最晚哪天（1 次）", "回复“补问法 1”“补同义词 1")
	o.vain("食堂几点开饭", 3) // is 1 now
	o.says("@wang", false, "不归我们 1 找区民政局。", "补上了：问“低保去哪里办”")
	o.says("@wang", false, "补应答 2 五月以前", "补上了：问“交东西最晚哪天”")
	raw, err := os.ReadFile(o.desk.Dir + "/" + corpus.LearnedTalk)
	if err != nil || !strings.Contains(string(raw), `text = "这件事不归我们管，请找区民政局。"`) || !strings.Contains(string(raw), `text = "五月以前。"`) {
		t.Errorf("%s, %v", raw, err)
	}
	o.says("@wang", false, "未答问题", "1 类", "1 食堂几点开饭（3 次）")
	o.says("@wang", false, "撤销", "处理过的未答问题 2 件", "2 号 12月1日 补应答：交东西最晚哪天（五月以前。）\n1 号")
}

// What cannot be done is said, and nothing is done; the words of the commands are a
// question to anybody else, and no business of a group.
func TestLearnRefused(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.vain("低保去哪里办", 1)
	for text, want := range map[string]string{
		"补问法":             "请先发“未答问题”看有哪些，再写成“补问法 1 提案条例第五条”",
		"补问法 提案条例第五条":     "请先发“未答问题”看有哪些",
		"补问法 0 ti-an#5":   "请先发“未答问题”看有哪些",
		"补问法 2 ti-an#5":   "没有第 2 类，什么也没有做",
		"补问法 1 ti-an#999": "制度库里没有 ti-an#999 这一条，什么也没有加",
		"补问法 1 提案条例第九百条":  "没有找到“提案条例第九百条”这一条，什么也没有加",
		"补问法 1 提案什么时候截止":  "没有找到“提案什么时候截止”这一条",
		"补问法 1 ti-an#5":   "这里的制度库不能改",
		"补同义词 1 签到":       "请写上制度里的词和平时的词",
		"补同义词 1 签到 画到":    "这里的制度库不能改",
		"不归我们":            "再写成“不归我们 1 区民政局”",
		"不归我们 1":          "这里的制度库不能改",
		"补应答 1 五月":        "这里的制度库不能改",
		"撤销 1":            "没有 1 号处理",
		"撤销 一":            "请写上几号",
		"撤销":              "没有处理过的未答问题",
	} {
		o.says("@wang", false, text, want)
	}
	o.ownLibrary()
	o.says("@wang", false, "补应答 1", "回复要写 1 到 120 个字")
	o.says("@wang", false, "补同义词 1 量子纠缠 低保", "现行的制度里没有「量子纠缠」这个词")
	o.says("@wang", true, "补问法 1 ti-an#5", "只在私聊里办")
	for _, sender := range []string{"@nobody", "@zhang"} {
		for _, text := range []string{"补问法 1 ti-an#5", "不归我们 1 区民政局", "撤销 1"} {
			if got := o.says(sender, false, text); strings.Contains(got, "补上了") || strings.Contains(got, "号处理") {
				t.Errorf("%s says %s and reads %s", sender, text, got)
			}
		}
	}
	if list, err := o.desk.Settled(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}
