package day_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// signery is an office in which anything happens to the drafts of a story, with a
// count of its own of what is approved, by whom.
type signery struct {
	*desk
	luck     *rand.Rand
	approved map[corpus.Date][2]string // the text and the number of who approved it
	staff    map[string]bool           // on the roster
	whole    *corpus.Corpus
}

// happens is one thing that happens to the draft of a day.
func (s *signery) happens(date int) {
	s.Helper()
	draft := s.drafts(date, date)[0]
	number := fmt.Sprintf("S0%d", 1+s.luck.IntN(3))
	switch s.luck.IntN(7) {
	case 0, 1, 2:
		if s.staff[number] && draft.Text != "" {
			s.decide(draft, func(r *ledger.Draft) { r.Approved, r.ApprovedBy = true, ledger.StaffActor(number) })
			s.approved[draft.Push.Date] = [2]string{draft.Text, number}
		}
	case 3:
		s.decide(draft, func(r *ledger.Draft) { r.Approved, r.ApprovedBy = false, "" })
		delete(s.approved, draft.Push.Date)
	case 4:
		story := s.whole.Stories[s.luck.IntN(len(s.whole.Stories))]
		s.decide(draft, func(r *ledger.Draft) {
			r.Source, r.ContentID, r.Title, r.Approved = ledger.ReplacedDraft, story.ID, story.Title, false
		})
		delete(s.approved, draft.Push.Date)
	case 5:
		if text, err := s.outbox.Schedule.Reword(draft, fmt.Sprintf("第%d次改。", s.luck.IntN(9))); err == nil {
			s.decide(draft, func(r *ledger.Draft) { r.Source, r.Text, r.Approved = ledger.EditedDraft, text, false })
			delete(s.approved, draft.Push.Date)
		}
	case 6:
		s.revise()
	}
}

// revise makes another library or another roster of those there were.
func (s *signery) revise() {
	s.Helper()
	other := *s.whole
	other.Stories = slices.Clone(s.whole.Stories)
	for range s.luck.IntN(4) {
		i := s.luck.IntN(len(other.Stories))
		if s.luck.IntN(2) == 0 {
			changed := *other.Stories[i]
			changed.Text += "改过。"
			other.Stories[i] = &changed
		} else {
			other.Stories = slices.Delete(other.Stories, i, i+1)
		}
	}
	s.outbox.Schedule.Library = day.Fixed(&other)
	var list []ledger.Member
	clear(s.staff)
	for n := range 3 {
		if number := fmt.Sprintf("S0%d", 1+n); s.luck.IntN(5) > 0 {
			s.staff[number] = true
			list = append(list, ledger.Member{Number: number, Name: "王五", Staff: s.luck.IntN(6) > 0})
			s.staff[number] = list[len(list)-1].Staff
		}
	}
	_, err := s.ledger.ImportMembers(s.Context(), list, corpus.DateOf(s.now), "staff", s.now)
	must(s.T, err)
}

// Whatever happens to drafts, to the library and to the roster: what goes out was
// approved as it is, by somebody who is staff when it goes out; and what is so
// approved goes out.
func TestNothingUnapproved(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			d, _ := newOffice(t, ledgertest.SQLite(t), signed(story("group:甲")))
			s := &signery{desk: d, luck: rand.New(rand.NewPCG(seed, 1)), approved: map[corpus.Date][2]string{}, staff: map[string]bool{}, whole: mustLibrary(d)}
			s.revise()
			sent, kept := 0, 0
			for date := 2; date <= 31; date++ {
				for range s.luck.IntN(8) {
					s.happens(min(31, date+s.luck.IntN(2)))
				}
				before := len(d.far.texts)
				d.outbox = day.NewOutbox(*d.outbox)
				d.at(date, 8, 0)
				day := corpus.Date(fmt.Sprintf("2026-12-%02d", date))
				was, ok := s.approved[day]
				if went := len(d.far.texts) > before; went {
					sent++
					if got := d.far.texts[before]; !ok || got != was[0] || !s.staff[was[1]] {
						t.Fatalf("%s went out:\n%s\napproved by %s (%v):\n%s", day, got, was[1], s.staff[was[1]], was[0])
					}
				} else if kept++; ok && s.staff[was[1]] && s.drafts(date, date)[0].Text == was[0] {
					t.Fatalf("%s was kept back, approved by %s:\n%s", day, was[1], was[0])
				}
			}
			if sent < 3 || kept < 3 {
				t.Errorf("%d sent, %d kept back", sent, kept)
			}
		})
	}
}

// Without approval nothing of this is asked for: a schedule without records plans.
func TestApprovalOff(t *testing.T) {
	t.Parallel()
	d, told := newOffice(t, ledgertest.SQLite(t), story("group:甲"))
	if list := d.drafts(1, 7); list != nil || d.outbox.Schedule.Approves() {
		t.Errorf("%+v", list)
	}
	d.at(1, 8, 0)
	d.are(1, "story group:甲 sent")
	d.at(1, 15, 0)
	says(t, told)
	s := *d.outbox.Schedule
	s.Ledger, s.Reviewer, s.Specs = nil, nil, []day.PushSpec{signed(story("group:甲"))}
	list, err := s.Drafts(t.Context(), "2026-12-01", "2026-12-02", d.now)
	must(t, err)
	if len(list) != 2 || list[0].Why != day.UnsignedDetail || !strings.HasPrefix(list[0].Text, "廉政故事：") {
		t.Errorf("%+v", list)
	}
}
