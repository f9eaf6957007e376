package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/duty"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
	"lianwen/bot/talk"
	"lianwen/corpus"
	"lianwen/index"
)

// officeRule is a rule that members ask about in other words than its own.
const officeRule = "+++\nid = \"qingjia\"\ntitle = \"请假办法\"\neffective = 2026-02-01\nstatus = \"in-force\"\n+++\n" +
	"第一条 请假三天以内的，报科室负责人批准。\n\n第二条 请假超过三天的，报分管领导批准。\n\n第三条 每天九时签到，由办公室登记。\n"

// watched answers from a library of its own, which a watch takes up when told to.
type watched struct {
	*testing.T
	bot     *talk.Bot
	desk    *staff.Desk
	watcher *duty.Watcher
	now     time.Time
	stamp   string // of the library that is taken up
}

func newWatched(t *testing.T, w ledgertest.Where) *watched {
	t.Helper()
	o := &watched{T: t, now: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)}
	library, dir := t.TempDir(), t.TempDir()
	o.must(os.MkdirAll(filepath.Join(library, "rules"), 0o755))
	o.must(os.WriteFile(filepath.Join(library, "rules", "qingjia.md"), []byte(officeRule), 0o644))
	c, err := corpus.Open(library)
	o.must(err)
	x, err := index.Open(t.Context(), dir, c, index.Options{})
	o.must(err)
	o.stamp, err = corpus.Stamp(library)
	o.must(err)
	live := index.NewLive(x)
	t.Cleanup(live.Close)
	now := func() time.Time { return o.now }
	o.desk = staff.New(&staff.Desk{Ledger: w.Open(t), Library: liveLibrary(live), Location: time.UTC, Now: now, Dir: library})
	o.bot = talk.New(live, talk.Config{Contact: "办公室", Location: time.UTC, Desk: o.desk, Now: now})
	o.watcher = duty.NewWatcher(duty.Watcher{Live: live, Dir: dir, Library: library, Log: slog.New(slog.DiscardHandler), Explain: explain, Every: time.Hour})
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var running sync.WaitGroup
	running.Go(func() { o.watcher.Run(ctx) })
	t.Cleanup(func() {
		cancel()
		running.Wait()
	})
	_, err = o.desk.Ledger.ImportMembers(t.Context(), []ledger.Member{{Number: "S01", Name: "王五", Staff: true}}, "2026-11-01", "test", o.now)
	o.must(err)
	o.must(o.desk.Ledger.NewCodes(t.Context(), map[string]string{"S01": "SSSS7777"}, o.now.AddDate(0, 1, 0), "test", o.now))
	o.says("@wang", "绑定 SSSS7777", "王五（S01）")
	return o
}

func (o *watched) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

// says sends a message and wants words in the reply.
func (o *watched) says(sender, text string, want ...string) string {
	o.Helper()
	reply, _ := o.bot.Handle(o.Context(), bot.Incoming{Channel: "wechat", Conversation: sender, Sender: sender, Text: text, Addressed: true})
	for _, w := range want {
		if !strings.Contains(reply.Text, w) {
			o.Errorf("%s says %q and reads\n%s\nwithout %s", sender, text, reply.Text, w)
		}
	}
	return reply.Text
}

// takenUp has the watch read the library, as it does by itself when that has another
// stamp.
func (o *watched) takenUp() {
	o.Helper()
	stamp, err := corpus.Stamp(o.desk.Dir)
	o.must(err)
	if stamp == o.stamp {
		o.Fatal("the watch would not see that the library has changed")
	}
	o.stamp = stamp
	result, ok := o.watcher.Rebuild()
	if !ok {
		o.Fatal("the watch is at work")
	}
	if text := <-result; !strings.Contains(text, "索引已重建") {
		o.Fatal(text)
	}
	o.now = o.now.Add(staff.TakesEffect + time.Second)
}

// A question that found nothing is given to an article by staff in one message; when
// the library has been read it is answered by that article, and when that is undone it
// is not any more.
func TestLearnedByTheWatch(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		o := newWatched(t, w)
		const question = "家里有事一个礼拜来不了找哪位点头"
		o.says("@zhang", question, "制度中没有查到")
		o.says("@wang", "未答问题", "1 "+question+"（1 次）", "补问法 1")
		o.says("@wang", "补问法 1", "请写明，如“补问法 1 提案条例第五条”")
		o.says("@wang", "补问法 1 请假办法第二条", "补上了：《请假办法》第二条，问法 1 句（"+question+"）。", "撤销 1")
		o.says("@zhang", question, "制度中没有查到") // not yet
		o.takenUp()
		o.says("@zhang", question, "请假超过三天的，报分管领导批准。\n《请假办法》第二条")
		o.says("@wang", "未答问题", "最近 30 天没有查不到的问题。")
		o.says("@wang", "撤销", "处理过的未答问题 1 件", "1 号 12月1日 补问法："+question+"（qingjia#2）")
		o.says("@wang", "撤销 1", "撤销了 1 号：补问法（qingjia#2）")
		o.takenUp()
		o.says("@zhang", question, "制度中没有查到")
		o.says("@wang", "未答问题", "1 "+question+"（3 次）")
	})
}

// A synonym and what is none of our business take effect in the same way; what comes
// again in vain afterwards is listed again, with what was done before.
func TestLearnedWords(t *testing.T) {
	t.Parallel()
	o := newWatched(t, ledgertest.SQLite(t))
	o.says("@zhang", "早上画到", "制度中没有查到")
	o.says("@li", "低保去哪里办", "制度中没有查到")
	o.says("@li", "低保去哪里办", "制度中没有查到")
	o.says("@wang", "补同义词 2 签到 画到", "补上了：问“画到”，也按制度里的“签到”查。")
	o.says("@wang", "不归我们 1 区民政局", "补上了：问“低保去哪里办”", "撤销 2")
	o.takenUp()
	c, release := o.desk.Library()
	defer release()
	if len(c.Synonyms) != 1 || c.Synonyms[0].Words[1] != "画到" {
		t.Errorf("%+v", c.Synonyms)
	}
	o.says("@li", "低保去哪里办？", "这件事不归我们管，请找区民政局。")
	o.says("@li", "低保去哪里办，谁管", "制度中没有查到")
	o.says("@wang", "未答问题", "1 类", "1 低保去哪里办；也问：低保去哪里办，谁管（1 次）", "处理过（2 号，不归我们 这件事不归我们管，请找区民政局。），后来又问")
}
