package ledger_test

import (
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// Whoever gets a number that was somebody else's has approved nothing that is still
// to go out; what has gone out stays as it was, as does what others approved.
func TestApprovalsOfANumberGivenAway(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		roster := func(name string, staff bool, day corpus.Date) {
			t.Helper()
			_, err := l.ImportMembers(t.Context(), []ledger.Member{{Number: "S01", Name: "王五", Staff: true}, {Number: "S02", Name: name, Staff: staff}}, day, "terminal root", noon)
			must(t, err)
		}
		approve := func(day corpus.Date, by ledger.Actor) {
			t.Helper()
			d := drafted(day, "一")
			d.Approved, d.ApprovedBy, d.ApprovedAt = true, by, noon
			put, err := l.PutDraft(t.Context(), d, by, by, "draft approve", noon)
			must(t, err)
			if !put {
				t.Fatal("not put")
			}
		}
		approved := func(what, want string) {
			t.Helper()
			list, err := l.Drafts(t.Context(), "2026-12-01", "2026-12-31")
			must(t, err)
			got := ""
			for _, d := range list {
				got += map[bool]string{true: "1", false: "0"}[d.Approved]
			}
			if got != want {
				t.Errorf("%s: approved are %s, want %s", what, got, want)
			}
		}
		roster("赵六", true, "2026-11-01")
		approve("2026-12-01", "staff S02") // before the change
		approve("2026-12-02", "staff S02") // has gone out
		approve("2026-12-03", "staff S02")
		approve("2026-12-04", "staff S01")
		p := ledger.Push{Name: "story", Target: "group:甲", Date: "2026-12-02", Due: noon, Until: noon.Add(time.Hour), Content: "story", ContentID: "bao"}
		if ok, err := l.ClaimPush(t.Context(), p, noon); !ok || err != nil {
			t.Fatal(ok, err)
		}
		roster("赵六", false, "2026-12-02")
		approved("no longer staff, which is seen when it is sent", "1111")
		roster("孙七", true, "2026-12-02")
		approved("another name", "1101")
		deeds, err := l.History(t.Context(), 2)
		must(t, err)
		if deeds[1].Action != "draft withdraw" || deeds[1].Actor != "terminal root" || deeds[0].Action != "roster import" {
			t.Errorf("%+v", deeds)
		}
		roster("孙七", true, "2026-12-02")
		approved("the same again", "1101")
	})
}
