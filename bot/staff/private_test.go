package staff_test

import (
	"testing"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// Of pushes to members that are over staff see the same whether they were sent,
// and cannot find out by asking for one anew; what needs their looking at they see.
func TestPushesToMembersTellNobody(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		today, ctx := r.desk.Today(), t.Context()
		_, err := r.desk.Ledger.ImportMembers(ctx, []ledger.Member{
			{Number: "A01", Name: "张三"}, {Number: "A02", Name: "李四"}, {Number: "A03", Name: "赵六"}, {Number: "A04", Name: "孙七"},
			{Number: "A05", Name: "周八"}, {Number: "S01", Name: "王五", Staff: true},
		}, today, "setup", r.now)
		r.must(err)
		r.is("x", "member:A01", today, ledger.PushSent)
		p := ledger.Push{Name: "x", Target: "member:A02", Date: today, Due: r.now, Until: r.now, Content: "story", ContentID: "bao", Title: "包拯不持一砚"}
		_, err = r.desk.Ledger.SkipPush(ctx, ledger.PushRecord{Push: p, State: ledger.PushSkipped, Detail: "没有可发的内容：" + day.PrivateDetail, At: r.now})
		r.must(err)
		r.is("x", "member:A03", today, ledger.PushSkipped) // 过了时间
		r.is("x", "member:A04", today, ledger.PushUncertain)
		r.is("x", "member:A05", today, ledger.PushFailed)
		r.is("x", "group:丙", today, ledger.PushSent)
		const over = "办过（没有绑定的、本人不收的不发，不列是谁）"
		list, err := r.desk.Pushes(ctx, today, today)
		r.must(err)
		got := map[string]string{}
		for _, p := range list {
			got[p.Target] = p.Chinese(r.now)
			if (p.State == staffOver) != (got[p.Target] == over) || p.State == staffOver && p.Detail != "" {
				t.Errorf("%+v", p)
			}
		}
		for target, want := range map[string]string{
			"member:A01": over, "member:A02": over, "member:A03": over, "member:A04": "不确定", "member:A05": "没有发出", "group:丙": "已发",
		} {
			if got[target] != want {
				t.Errorf("%s: %s, want %s", target, got[target], want)
			}
		}
		r.is("story", "member:A01", today, ledger.PushSent)
		p.Name = "story"
		_, err = r.desk.Ledger.SkipPush(ctx, ledger.PushRecord{Push: p, State: ledger.PushSkipped, Detail: "过了时间，没有可发的内容：" + day.PrivateDetail, At: r.now})
		r.must(err)
		for _, target := range []string{"member:A01", "member:A02"} {
			_, err := r.desk.PushNow(ctx, boss, "story", target)
			r.refused(target, err, bot.Conflict, "今天的“story”已经"+over+"，或者不确定有没有发出，没有再发。")
		}
		if asked, err := r.desk.PushNow(ctx, boss, "story", "member:A05"); err != nil || len(asked) != 1 {
			t.Errorf("asked for %+v, %v", asked, err)
		}
	})
}

// staffOver is staff.pushOver, spelled out: pages read it.
const staffOver ledger.PushState = "over"

// Staff see how many members want nothing sent in private.
func TestMutedAreCounted(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		for _, number := range []string{"A01", "A02", "A03"} { // A03 has left
			r.must(r.desk.Ledger.Mute(t.Context(), number, r.now))
		}
		if h, err := r.desk.Status(t.Context()); err != nil || h.Muted != 2 {
			t.Errorf("%+v, %v", h, err)
		}
		r.did()
	})
}
