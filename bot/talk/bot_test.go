package talk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"lianwen/bot"
	"lianwen/bot/talk"
	"lianwen/corpus"
	"lianwen/index"
)

func TestGroupsHearOnlyWhatIsAddressed(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	c.in.Group, c.in.Addressed = true, false
	for _, text := range []string{"请假办法第二条", "帮助", "1", "", "\xff"} {
		if got := c.say(text); got != "" {
			t.Errorf("in a group, not addressed, %q was answered: %s", text, got)
		}
	}
	c.in.Addressed = true
	c.tells("请假办法第二条", "《请假办法》第二条")
	c.in.Addressed = false
	if got := c.say("1"); got != "" {
		t.Errorf("a digit in a group that was not meant for the bot was answered: %s", got)
	}
	c.in.Addressed = true
	c.tells("1", "（四）超过三天的")
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("请假", 5000)
	for _, tt := range []struct{ name, text, want string }{
		{"empty", "", "没有收到文字"},
		{"blank", " \t\n　", "没有收到文字"},
		{"control characters", "\x00\x01\x1b\x7f\u0085", "没有收到文字"},
		{"zero width", "\u200b\u200c\u200d\ufeff", "没有收到文字"},
		{"bidi", "\u202e\u202d\u2066\u2069", "没有收到文字"},
		{"10,000 characters", long, "有 10000 个字，太长了"},
		{"one too many", strings.Repeat("假", talk.MaxQuestionRunes+1), "501 个字"},
		{"punctuation", "……，。！《》——", "没有看懂"},
		{"question marks among punctuation", "？！……？？", "没有看懂"},
		{"combining marks", "\u0301\u0301\u20dd", "没有看懂"},
		{"invalid UTF-8", "请假\xff\xfe", "编码不对"},
		{"GBK", "\xc7\xeb\xbc\xd9\xb0\xec\xb7\xa8", "编码不对"},
		{"surrogate half", "\xed\xa0\x80", "编码不对"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := smallTalk(t)
			c.refuses(tt.text, tt.want)
			if _, err := c.bot.Ask(context.Background(), tt.text); err == nil || bot.Say(err) != err.Error() {
				t.Errorf("Ask: got error %v, want one made to be read", err)
			}
		})
	}
}

// What people cannot see in their message does not change the answer.
func TestInvisibleCharacters(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	want := c.say("请假办法第二条")
	for _, text := range []string{"请假\u200b办法第二条", "\ufeff请假办法第二条", "\u202e请假办法第二条\u202c", "请假办法\x00第二条\r\n", "请假办法第二条👍"} {
		c.hears(text, want)
	}
	c.tells(strings.Repeat("，", talk.MaxQuestionRunes-7)+"请假办法第二条", "《请假办法》第二条")
}

func TestNotFound(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	c.tells("量子力学薛定谔", "制度中没有查到。\n", contact)
	c.hears("请假办法第九条", "《请假办法》没有第九条，最后一条是第三条。\n回复数字：1 看这部制度。")
	c.tells("1", "《请假办法》\n", "共 3 条")
}

// Repealed text is neither found by name nor by number.
func TestRepealedIsNotQuoted(t *testing.T) {
	t.Parallel()
	lib := smallLibrary()
	old := strings.NewReplacer("in-force", "repealed", "2026-02-01", "2019-02-01", "十五分钟", "五分钟").Replace(string(lib["rules/huiyi.md"].Data))
	lib["rules/huiyi.2019.md"] = &fstest.MapFile{Data: []byte(old)}
	c := newTalk(t, newBot(openIndex(t, lib)))
	for _, q := range []string{"会议办法第一条", "会议开始前五分钟签到", "签到"} {
		if got := c.say(q); strings.Contains(got, "前五分钟") {
			t.Errorf("%s: the repealed version was quoted:\n%s", q, got)
		}
	}
}

// An internal error is hidden from the person and left in the log.
func TestInternalError(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	b := talk.New(index.NewLive(openIndex(t, smallLibrary())), talk.Config{Log: slog.New(slog.NewTextHandler(&log, nil))})
	ctx, cancel := context.WithTimeout(context.Background(), -1)
	defer cancel()
	reply, err := b.Handle(ctx, bot.Incoming{Text: "会场手机静音"})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("got error %v, want the search's", err)
	}
	if reply.Text != bot.Say(err) || strings.Contains(reply.Text, "deadline") {
		t.Errorf("the person reads: %s", reply.Text)
	}
	if !strings.Contains(log.String(), "deadline exceeded") {
		t.Errorf("the log does not have it: %q", log.String())
	}
}

// Where a file of the library is left out, a question that finds nothing is
// answered as ever: nobody who asks can mend it. The log says that it may be why.
func TestNothingFoundLeftOut(t *testing.T) {
	t.Parallel()
	lib := smallLibrary()
	b := newBot(openIndex(t, lib))
	lib["rules/x.docx"] = &fstest.MapFile{Data: []byte("PK")}
	c, err := corpus.Read(lib)
	if err != nil || len(c.LeftOut) != 1 {
		t.Fatal(err, c)
	}
	x, err := index.Open(t.Context(), t.TempDir(), c, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	live := index.NewLive(x)
	t.Cleanup(live.Close)
	var log bytes.Buffer
	lacking := talk.New(live, talk.Config{Contact: contact, Location: time.UTC, Log: slog.New(slog.NewTextHandler(&log, nil))})
	whole, part := newTalk(t, b), newTalk(t, lacking)
	if got, want := part.say("量子力学薛定谔"), whole.say("量子力学薛定谔"); got != want || !strings.Contains(log.String(), "有文件没有用上") {
		t.Errorf("said %q, want %q; the log: %s", got, want, log.String())
	}
	log.Reset()
	if part.say("请假办法第一条"); log.Len() > 0 {
		t.Errorf("of what was found the log says %s", log.String())
	}
}

// Many people ask at once; every one reads on in what they asked for. Run with
// -race.
func TestConcurrentTalks(t *testing.T) {
	t.Parallel()
	b := newBot(openIndex(t, smallLibrary()))
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			c := newTalk(t, b)
			c.in.Sender = fmt.Sprint("sender ", i)
			rule, article := "请假办法", i%3+1
			if i%2 == 0 {
				rule, article = "会议办法", i%2+1
			}
			for range 10 {
				c.in.Text = fmt.Sprintf("%s第%d条", rule, article)
				first, err := b.Handle(context.Background(), c.in)
				c.in.Text = "1"
				second, err2 := b.Handle(context.Background(), c.in)
				c.in.Text = "会场手机签到" // a search
				_, err3 := b.Handle(context.Background(), c.in)
				want := fmt.Sprintf("《%s》第%s条", rule, corpus.FormatNumeral(article))
				if err := errors.Join(err, err2, err3); err != nil || !strings.Contains(first.Text, "\n"+want+"（") || !strings.HasPrefix(second.Text, want+"\n") {
					t.Errorf("sender %d: %v\n%s\n%s", i, err, first.Text, second.Text)
				}
			}
		})
	}
	wg.Wait()
}

// Whatever is typed, first or after an answer, there is a reply fit to send.
func FuzzHandle(f *testing.F) {
	for _, seed := range []string{"请假办法第二条", "1", "２", "下一条", "十不准 2", "目录 会议 3", "看《请假办法》第三条", "全文 第零条", "故事 悬鱼",
		"请假办法第一百三十三条之一第九款", "第9999999999999999999条", "请假办法附件", "？", "\xff", "\u202e\x00", "İ看 ", "會議辦法第１條"} {
		f.Add(seed)
	}
	x := openIndex(f, smallLibrary())
	f.Fuzz(func(t *testing.T, text string) {
		b := newBot(x)
		for _, said := range []string{text, "请假办法第一条和第三条", text, "1"} {
			reply, err := b.Handle(context.Background(), bot.Incoming{Text: said})
			if reply.Text == "" || !utf8.ValidString(reply.Text) {
				t.Fatalf("%q: reply %q", said, reply.Text)
			}
			if err != nil && (bot.Say(err) != err.Error() || reply.Text != err.Error()) {
				t.Fatalf("%q: internal error %v, reply %q", said, err, reply.Text)
			}
		}
	})
}
