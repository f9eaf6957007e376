package ledger_test

import (
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

func drafted(day corpus.Date, text string) ledger.Draft {
	return ledger.Draft{
		DraftKey: ledger.DraftKey{Name: "story", Date: day}, Source: ledger.EditedDraft, Content: "story", ContentID: "bao", Title: "包拯",
		Text: text, DraftedBy: "staff S01", DraftedAt: noon,
	}
}

// What is decided on a draft is there as it was decided; whoever has seen an older
// one decides nothing.
func TestDraft(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		put := func(d ledger.Draft, action string, want bool) {
			t.Helper()
			by := ledger.Actor("staff S01")
			if d.Approved {
				by = d.ApprovedBy
			}
			got, err := l.PutDraft(t.Context(), d, by, "staff S01", action, noon)
			must(t, err)
			if got != want {
				t.Errorf("%s of revision %d: %v", action, d.Revision, got)
			}
		}
		is := func(want ledger.Draft) {
			t.Helper()
			list, err := l.Drafts(t.Context(), want.Date, want.Date)
			must(t, err)
			if len(list) != 1 {
				t.Fatalf("%d drafts", len(list))
			}
			got := list[0]
			want.Digest = ledger.TextDigest(want.Text)
			if !got.DraftedAt.Equal(want.DraftedAt) || !got.ApprovedAt.Equal(want.ApprovedAt) {
				t.Errorf("times %v and %v", got.DraftedAt, got.ApprovedAt)
			}
			got.DraftedAt, got.ApprovedAt = want.DraftedAt, want.ApprovedAt
			if got != want {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		}
		d := drafted("2026-12-02", "一")
		put(d, "draft edit", true)
		put(d, "draft edit", false) // there is one now
		d.Revision = 1
		is(d)
		d.Text, d.Approved, d.ApprovedBy, d.ApprovedAt = "二", true, "staff S02", noon.Add(time.Hour)
		put(d, "draft approve", true)
		put(d, "draft approve", false)
		d.Revision = 3
		put(d, "draft approve", false) // nobody can have seen that
		d.Revision = 2
		is(d)
		other := drafted("2026-12-03", "三")
		other.Part = "常委会会议"
		put(other, "draft edit", true)
		gone := drafted("2026-12-04", "四")
		gone.Revision = 1
		put(gone, "draft edit", false) // an older backup has taken its place

		for span, want := range map[[2]corpus.Date]int{
			{"2026-12-01", "2026-12-01"}: 0, {"2026-12-02", "2026-12-02"}: 1, {"2026-12-01", "2026-12-03"}: 2, {"2026-12-03", "2026-12-31"}: 1, {"2026-12-04", "2026-12-31"}: 0,
		} {
			if list, err := l.Drafts(t.Context(), span[0], span[1]); err != nil || len(list) != want {
				t.Errorf("%v: %d drafts, %v", span, len(list), err)
			}
		}
		deeds, err := l.History(t.Context(), 9)
		must(t, err)
		var said []string
		for _, deed := range slices.Backward(deeds) {
			said = append(said, deed.Action+" "+deed.Detail)
		}
		short := func(text string) string { return ledger.TextDigest(text)[:16] }
		if want := []string{
			"draft edit story 2026-12-02: bao " + short("一"), "draft approve story 2026-12-02: bao " + short("二") + " by staff S02",
			"draft edit story 2026-12-03 常委会会议: bao " + short("三"),
		}; !slices.Equal(said, want) {
			t.Errorf("the audit has %q", said)
		}
	})
}

// Of many who decide at once on what they have all seen, one does; each thing is
// told once.
func TestDraftAtOnce(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		for revision := range 3 {
			var puts, tells atomic.Int64
			var crowd errgroup.Group
			for i := range 8 {
				crowd.Go(func() error {
					d := drafted("2026-12-02", strings.Repeat("一", i+1))
					d.Revision = revision
					put, err := l.PutDraft(t.Context(), d, "staff S01", "staff S01", "draft edit", noon)
					if put {
						puts.Add(1)
					}
					return err
				})
				crowd.Go(func() error {
					first, err := l.TellOnce(t.Context(), strings.Repeat("x", revision), noon)
					if first {
						tells.Add(1)
					}
					return err
				})
			}
			must(t, crowd.Wait())
			if puts.Load() != 1 || tells.Load() != 1 {
				t.Errorf("revision %d was put %d times, told %d times", revision, puts.Load(), tells.Load())
			}
		}
		if list, err := l.Drafts(t.Context(), "2026-12-02", "2026-12-02"); err != nil || len(list) != 1 || list[0].Revision != 3 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

// Only staff have the number of staff.
func TestStaffNumber(t *testing.T) {
	t.Parallel()
	for actor, want := range map[ledger.Actor]string{ledger.StaffActor("S01"): "S01", ledger.MemberActor("A01"): "", ledger.TerminalActor("root"): "", ledger.LibraryActor: "", "": ""} {
		if number, ok := actor.StaffNumber(); ok != (want != "") || ok && number != want {
			t.Errorf("%q: %q, %v", actor, number, ok)
		}
	}
}
