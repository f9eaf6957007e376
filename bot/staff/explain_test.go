package staff_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// passed gives a room questions on some days of November, and one that is open; A01
// has answered all of them but the last two, A02 is on leave for one and corrected in
// another.
func (r *room) passed(days ...int) {
	r.t.Helper()
	l, ctx := r.desk.Ledger, r.t.Context()
	for i, n := range days {
		day := corpus.Date(fmt.Sprintf("2026-11-%02d", n))
		opened := r.now.AddDate(0, 0, n-31)
		_, err := l.OpenRound(ctx, ledger.Round{Day: day, Question: corpus.Question{ID: fmt.Sprint("q", n), Text: "几天？", Options: []string{"三天", "五天"}}, Opened: opened, Closes: opened.AddDate(0, 0, 7)})
		r.must(err)
		if i < len(days)-2 {
			_, err = l.Answer(ctx, ledger.Answer{Round: day, Member: "A01", At: opened.Add(time.Hour), Channel: "wechat"})
			r.must(err)
		}
	}
	r.must(l.Excuse(ctx, ledger.Leave{Member: "A02", From: "2026-11-02", To: "2026-11-02", Reason: "住院", Actor: "member A02"}, r.now.AddDate(0, 0, -29)))
	r.must(l.Correct(ctx, ledger.Correction{Round: "2026-11-03", Member: "A02", Standing: ledger.Took, Reason: "漏记", Actor: boss, At: r.now}))
	r.must(l.Review(ctx, []ledger.Basis{{Question: "q28", Digest: "x"}}, r.now))
}

// A figure is opened to rounds with what each rests on, in words.
func TestExplain(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		r.passed(1, 2, 3, 20, 27, 28)
		e, err := r.desk.Explain(t.Context(), "2026-11", "", "")
		r.must(err)
		got := map[string]string{}
		for _, p := range e.People {
			for _, l := range p.Lines {
				got[fmt.Sprint(p.Member.Number, " ", l.Day)] = fmt.Sprint(l.State, " ", l.Counted, " ", l.Source)
			}
		}
		for key, want := range map[string]string{
			"A01 2026-11-01": "参加 true 作答：2026-11-01 08:00（微信）",
			"A01 2026-11-27": "不计 false 还没有截止（2026-12-04 07:00），没有计入",
			"A01 2026-11-28": "不计 false 这道题停用（依据的条文有改动，题已停用），不计入任何人",
			"A02 2026-11-01": "未参加 true 没有作答，没有请假",
			"A02 2026-11-02": "请假 true 请假：2026年11月2日，2026-11-02 07:00由委员 A02登记",
			"A02 2026-11-03": "参加 true 更正：2026-12-01 07:00由工作人员 S01由“未参加”改为“参加”，理由：漏记",
			"A03 2026-11-20": "不计 true 这天不在花名册上",
		} {
			if got[key] != want {
				t.Errorf("%s: %s, want %s", key, got[key], want)
			}
		}
		table, err := r.desk.Participation(t.Context(), "2026-11-01", "2026-11-30")
		r.must(err)
		if e.Counts != table.Total() || len(e.People) != len(table.Rows) || e.Subject != "全体委员" || e.Closed != "" {
			t.Errorf("%s: %+v of %d, the report has %+v of %d", e.Subject, e.Counts, len(e.People), table.Total(), len(table.Rows))
		}
		if strings.Contains(fmt.Sprint(got), "住院") {
			t.Error("it tells why somebody was on leave")
		}
	})
}

// The words name a figure as a report does, and what they do not name is told.
func TestExplainWords(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		_, err := r.desk.Explain(t.Context(), "A01 2026-11", "", "")
		r.refused("without rounds", err, bot.NotFound, "台账里还没有每日一题")
		r.passed(1, 2, 3, 20, 27, 28)
		for words, want := range map[string]string{
			"A01 2026-11":           "张三（A01） 2026-11-01 2026-11-30",
			" a01  2026年11月 ":       "张三（A01） 2026-11-01 2026-11-30",
			"张三 2026-11-2":          "张三（A01） 2026-11-02 2026-11-02",
			"A01":                   "张三（A01） 2026-01-01 2026-12-01",
			"教育界 2026":              "界别 教育界 2026-01-01 2026-12-31",
			"2026-11-01 2026-11-20": "全体委员 2026-11-01 2026-11-20",
			"合计 2026-10 至 2026-11":  "全体委员 2026-10-01 2026-11-30",
			"A01 2026年11月1日到2026年11月3日":  "张三（A01） 2026-11-01 2026-11-03",
			"A02 2026-02 ~ 2026-11":      "李四（A02） 2026-02-01 2026-11-30",
			"":                           "全体委员 2026-01-01 2026-12-01",
			"A01 2026-11-01..2026-11-02": "张三（A01） 2026-11-01 2026-11-02",
			"A01 2026.11":                "张三（A01） 2026-11-01 2026-11-30",
			"A01 2026/11/2":              "张三（A01） 2026-11-02 2026-11-02",
			"Ａ０１　２０２６－１１":                "张三（A01） 2026-11-01 2026-11-30",
			"张三，2026-11":                 "张三（A01） 2026-11-01 2026-11-30",
			"张三 11月":                     "张三（A01） 2026-11-01 2026-11-30",
			"张三 11月1日至11月3日":             "张三（A01） 2026-11-01 2026-11-03",
			"11月":                        "全体委员 2026-11-01 2026-11-30",
			"2026-11 A01":                "张三（A01） 2026-11-01 2026-11-30",
			"2026年11月 教育界":               "界别 教育界 2026-11-01 2026-11-30",
		} {
			from, to := r.desk.ThisYear()
			e, err := r.desk.Explain(t.Context(), words, from, to)
			if got := fmt.Sprint(e.Subject, " ", e.From, " ", e.To); err != nil || got != want {
				t.Errorf("%q is %s, want %s; %v", words, got, want, err)
			}
		}
		for words, tt := range map[string]struct {
			code bot.Code
			says string
		}{
			"A99 2026-11":             {bot.NotFound, "没有“A99”"},
			"A01 2026-13":             {bot.Invalid, "“2026-13”不是日期"},
			"A01 2026.13":             {bot.Invalid, "“2026.13”不是日期"},
			"A01 13月":                 {bot.Invalid, "“2025年13月”不是日期"},
			"张三 12月":                  {bot.NotFound, "2026年12月1日至2026年12月31日没有每日一题"},
			"1001 2026-11":            {bot.NotFound, "没有“1001”"},
			"A01 2026-02-30":          {bot.Invalid, "“2026-02-30”不是日期"},
			"A01 2027-01":             {bot.NotFound, "台账里的题从2026年11月1日到2026年11月28日"},
			"2026-11-03 至 2026-11-01": {bot.Invalid, "请把先后换过来"},
			"S01 2026-11":             {bot.Invalid, "是工作人员"},
			"A03 2026-11-27":          {bot.NotFound, "2026年11月27日不在花名册上"},
			"三月":                      {bot.NotFound, "没有“三月”"},
		} {
			from, to := r.desk.ThisYear()
			_, err := r.desk.Explain(t.Context(), words, from, to)
			r.refused(words, err, tt.code, tt.says)
		}
	})
}

// A period is closed by staff when it is over and every round in it is; then the
// report has its figures.
func TestClosePeriod(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		r.passed(1, 2, 3, 20, 27, 28)
		ctx := t.Context()
		for _, tt := range []struct {
			by       string
			from, to corpus.Date
			code     bot.Code
			says     string
		}{
			{"", "2026-11-01", "2026-11-20", bot.Invalid, "请用 --by"},
			{"A01", "2026-11-01", "2026-11-20", bot.Forbidden, "是委员，不能定稿"},
			{"S09", "2026-11-01", "2026-11-20", bot.NotFound, "没有在册的编号 S09"},
			{"S01", "2026-11-01", "2026-12-01", bot.Conflict, "还没有过完"},
			{"S01", "2026-11-01", "2026-11-30", bot.Conflict, "还有 1 道题没有截止（2026年11月27日的题到 2026-12-04 07:00）。请在 2026-12-04 07:00 以后再定稿，或者现在只定到 2026年11月26日（2026-11-26）。"},
			{"S01", "2026-11-27", "2026-11-27", bot.Conflict, "以后再定稿。"},
			{"S01", "2025-11-01", "2025-11-30", bot.Conflict, "没有每日一题，也没有活动。请看日期是不是写错了"},
		} {
			_, err := r.desk.ClosePeriod(ctx, boss, tt.by, tt.from, tt.to)
			r.refused(fmt.Sprint(tt), err, tt.code, tt.says)
		}
		before, err := r.desk.Report(ctx, "2026-11-01", "2026-11-20")
		r.must(err)
		c, err := r.desk.ClosePeriod(ctx, "web:管的人", "s01", "2026-11-01", "2026-11-20")
		r.must(err)
		if c.Name != "2026-1" || c.By != "王五（S01）" || c.Actor != "web:管的人" {
			t.Errorf("%+v", c)
		}
		_, err = r.desk.ClosePeriod(ctx, boss, "S01", "2026-11-20", "2026-11-21")
		r.refused("again", err, bot.Conflict, "和已经定稿的 2026-1（2026年11月1日至2026年11月20日）重叠")
		_, err = r.desk.Correct(ctx, boss, "A01", "2026-11-01", ledger.Excused, "住院")
		r.must(err)
		after, err := r.desk.Report(ctx, "2026-11-01", "2026-11-20")
		r.must(err)
		if after.Total() != before.Total() || len(after.Closed) != 1 || len(after.Closed[0].Changes) != 1 || len(after.Before) != len(after.Corrections) || after.Head.Row <= before.Head.Row {
			t.Errorf("%+v, before it was closed %+v", after, before)
		}
		wider, err := r.desk.Report(ctx, "2026-11-01", "2026-11-21")
		r.must(err)
		if wider.Total() == before.Total() || len(wider.Closed) != 1 || len(wider.Before) != 2 {
			t.Errorf("over more days: %+v", wider)
		}
		e, err := r.desk.Explain(ctx, "A01 2026-11-01 至 2026-11-20", "", "")
		r.must(err)
		if e.Closed != "2026-1" || e.ClosedCounts != (ledger.Counts{Took: 4}) || e.Counts != (ledger.Counts{Took: 3, Excused: 1}) || !strings.Contains(e.People[0].Lines[0].Source, "定稿 2026-1 之后第1号更正，由“实参”改为“请假”") {
			t.Errorf("%+v", e)
		}
		if _, err = r.desk.ClosedNamed(ctx, " 2026-1"); err != nil {
			t.Error(err)
		}
		_, err = r.desk.ClosedNamed(ctx, "2025-1")
		r.refused("another", err, bot.NotFound, "没有定稿 2025-1。有：2026-1。")
	})
}

// What a report says of where the ledger ended can be checked later.
func TestTraceHead(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		ctx := t.Context()
		h, err := r.desk.Ledger.Head(ctx)
		r.must(err)
		r.must(r.desk.Ledger.Note(ctx, boss, "pause", "story", r.now))
		if got, err := r.desk.TraceHead(ctx, h.String()); err != nil || !strings.HasPrefix(got, "对得上：第 2 条（2026-12-01 07:00 setup 导入花名册）") || !strings.Contains(got, "后面又有 1 条") {
			t.Errorf("%s, %v", got, err)
		}
		for text, tt := range map[string]struct {
			code bot.Code
			says string
		}{
			"":                              {bot.Invalid, "没有找到条数和校验"},
			"2 " + strings.Repeat("0", 16):  {bot.Conflict, "第 2 条的校验不是 0000000000000000"},
			"9 " + h.Short():                {bot.Conflict, "只有 3 条，没有第 9 条"},
			"1 " + h.Short():                {bot.Conflict, "第 1 条的校验不是"},
			"2 " + h.Short()[:8] + "ffffff": {bot.Conflict, "第 2 条的校验不是"},
		} {
			_, err := r.desk.TraceHead(ctx, text)
			r.refused(text, err, tt.code, tt.says)
		}
		_, err = w.Raw(t).ExecContext(ctx, "UPDATE audit SET detail = 'x' WHERE seq = 1")
		r.must(err)
		_, err = r.desk.TraceHead(ctx, h.String())
		r.refused("tampered with", err, bot.Conflict, "核对不了：操作记录第 1 条和写下时不一样")
	})
}

// What the audit tells of closings and restores is told in words.
func TestDeedsOfTrace(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ action, detail, what, want string }{
		{"close period", "2026-1 2026-01-01 2026-03-31 abc def", "定稿", "2026-1：2026-01-01 至 2026-03-31"},
		{"number changes", "2026-1 3 3 abc", "定稿后更正编号", "2026-1 第3号"},
		{"number changes", "2026-1 3 5 abc", "定稿后更正编号", "2026-1 第3号至第5号"},
		{"number changes", "abc", "定稿后更正编号", "abc"},
		{"put back", "4 abcdef 1 2 9 0123456789abcdef01", "换上备份", "台账退回到第 4 条（原来到第 9 条，校验 0123456789abcdef）"},
		{"put back", "4 abcdef 1 2 0 -", "换上备份", "台账从第 4 条接着记"},
		{"seal", "7 12 3 abcdef", "封存作答", "7 道题"},
		{"put back", "x", "换上备份", "x"},
	} {
		if _, what, detail := staff.DeedInWords(ledger.Deed{Action: tt.action, Detail: tt.detail}); what != tt.what || detail != tt.want {
			t.Errorf("%s %s: %s %s", tt.action, tt.detail, what, detail)
		}
	}
}
