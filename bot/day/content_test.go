package day_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// texts is a channel that keeps what it is given whole.
type texts struct {
	far
	got map[string]string // by where it went
}

func (f *texts) Send(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) {
	f.got[out.To] = out.Text
	return f.far.Send(ctx, out)
}

// What goes out besides stories and questions, word for word where it quotes.
func TestContents(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := newDesk(t, w, 9)
		channel := &texts{got: map[string]string{}}
		d.outbox.Channels = []bot.Channel{channel}
		ctx := t.Context()
		must(t, d.ledger.NewCodes(ctx, map[string]string{"A01": "CODE"}, noon.AddDate(1, 0, 0), "staff", noon))
		_, err := d.ledger.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@zhang"}, "CODE", noon)
		must(t, err)
		_, err = d.ledger.ImportActivities(ctx, []ledger.Activity{
			{Date: "2026-12-02", Kind: ledger.MeetingKind, Title: "常委会会议", Members: []string{"A01", "A02"}},
			{Date: "2026-12-02", Kind: ledger.MeetingKind, Title: "主席会议", Members: []string{"A02"}},
		}, "staff", noon)
		must(t, err)
		c := sample(t)
		c.Books = []*corpus.Book{{ID: "b", Title: "乡土中国", Author: "费孝通", Publisher: "人民出版社", Text: "正文。"}}
		cite, err := corpus.ParseCite("jiedai#7")
		must(t, err)
		c.Cases = []*corpus.Case{{ID: "k", Title: "陪餐超标", Text: "经过。", Cites: []corpus.Cite{cite}, Sample: true}}
		d.outbox.Schedule.Library = day.Fixed(c)
		at := func(hour int) time.Duration { return time.Duration(hour) * time.Hour }
		d.outbox.Schedule.Specs = []day.PushSpec{
			{Name: "book", Content: day.BookContent, At: at(8), Window: time.Hour, Targets: []string{"group:书"}},
			{Name: "case", Content: day.CaseContent, At: at(8), Window: time.Hour, Targets: []string{"group:案"}},
			{Name: "card", Content: day.CardContent, At: at(8), Window: time.Hour, LeadDays: 1, Targets: []string{"group:会", bot.AttendeesTarget}, Cites: []string{"huiyi-jilv#12"}},
		}
		d.at(1, 8, 0)
		d.are(1, "book group:书 sent", "case group:案 sent", "card group:会 sent", "card member:A01 sent", "card member:A02 skipped 没有可发的内容：没有绑定，或者本人不收私聊推送")
		prohibition := c.Article("shi-bu-zhun#10").Text
		leave := c.Article("huiyi-jilv#12")
		for to, wants := range map[string][]string{
			"group:书": {"荐书：《乡土中国》（费孝通，人民出版社）\n正文。\n自愿阅读，不打卡。"},
			"group:案": {"案例通报：陪餐超标\n经过。\n依据：《公务接待管理办法》第七条", "示例文本"},
			"group:会": {"会前提醒：2026年12月2日，主席会议、常委会会议\n", prohibition, leave.Citation() + "\n" + leave.Text, "示例文本"},
			"@zhang":  {"会前提醒：2026年12月2日，常委会会议\n", prohibition},
		} {
			for _, want := range wants {
				if !strings.Contains(channel.got[to], want) {
					t.Errorf("%s reads\n%s\nwithout %s", to, channel.got[to], want)
				}
			}
		}
	})
}

// A meeting called off after the plan was made, a book taken out of the library,
// a question suspended between one group and the next: nothing goes out, and the
// record says why.
func TestNothingToSend(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := newDesk(t, w, 9, day.PushSpec{Name: "card", Content: day.CardContent}, day.PushSpec{Name: "book", Content: day.BookContent}, day.PushSpec{Name: "quiz", Content: day.QuestionContent})
		ctx := t.Context()
		for i, p := range []ledger.Push{
			{Name: "card", Target: "group:会", Content: day.CardContent, ContentID: "2026-12-02"}, {Name: "book", Target: "group:书", Content: day.BookContent, ContentID: "gone"},
			{Name: "quiz", Target: "group:甲", Content: day.QuestionContent, ContentID: "ti-an-01"}, {Name: "quiz", Target: "group:乙", Content: day.QuestionContent, ContentID: "ti-an-01"},
		} {
			p.Date, p.Due, p.Until = "2026-12-01", noon.Add(time.Duration(i/3)*time.Minute), noon.Add(time.Hour)
			asked, err := d.ledger.AskForPush(ctx, p, ledger.StaffActor("S01"), p.Due)
			must(t, err)
			if !asked {
				t.Fatalf("%v was not taken", p.Key())
			}
		}
		d.at(1, 12, 0)
		must(t, d.ledger.Review(ctx, []ledger.Basis{{Question: "ti-an-01", Digest: "old", Sound: true}}, noon))
		must(t, d.ledger.Review(ctx, []ledger.Basis{{Question: "ti-an-01", Digest: "new", Sound: true}}, noon))
		d.at(1, 12, 1)
		d.are(1, "card group:会 skipped 没有可发的内容：2026年12月2日的会议取消了", "book group:书 skipped 没有可发的内容：制度库里没有 gone",
			"quiz group:甲 sent", "quiz group:乙 skipped 没有可发的内容："+ledger.VoidReason)
	})
}
