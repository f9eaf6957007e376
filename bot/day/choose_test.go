package day_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot/day"
	"lianwen/corpus"
)

// From a week before a festival to its day the stories that fit go first, as
// long as there are some; on all other days the order is nobody's.
func TestFestivalWeek(t *testing.T) {
	t.Parallel()
	themes := map[string]string{}
	c := &corpus.Corpus{}
	for i := range 500 {
		s := &corpus.Story{ID: fmt.Sprintf("s%03d", i), Title: "故事", Theme: "勤政"}
		if i < 24 { // more than the festivals of half a year need
			s.Theme = []string{"拒礼", "节俭", "家风"}[i%3]
		}
		c.Stories, themes[s.ID] = append(c.Stories, s), s.Theme
	}
	theme := func(on corpus.Date) string {
		plan := planned(on, on, time.UTC, calendar(t, ""), c, specs()[:1])
		return themes[plan[0].ContentID]
	}
	for on, fits := range map[corpus.Date]bool{
		"2026-01-01": true, "2026-01-02": false, // 元旦
		"2026-02-09": false, "2026-02-10": true, "2026-02-16": true, "2026-02-17": true, "2026-02-18": false, // 春节
		"2026-03-28": false, "2026-03-29": true, "2026-04-05": true, "2026-04-06": false, // 清明
	} {
		if got := theme(on); (got != "勤政") != fits {
			t.Errorf("%s is about %s", on, got)
		}
	}
}

// A festival has its notices by turns, a year each, for the audience that was
// configured and no other; without any there is none.
func TestNoticeTurns(t *testing.T) {
	t.Parallel()
	c := &corpus.Corpus{Notices: []*corpus.Notice{
		{ID: "a", Festival: "春节", Audience: "全体"}, {ID: "x", Festival: "春节", Audience: "机关干部"},
		{ID: "b", Festival: "春节", Audience: "全体"}, {ID: "y", Festival: "元旦", Audience: "全体"},
	}}
	notice := func(audience string, lead int) []string {
		spec := day.PushSpec{Name: "notice", Content: day.NoticeContent, Audience: audience, LeadDays: lead, Targets: []string{"group:甲"}}
		var got []string
		for _, p := range planned("2026-01-01", "2028-12-31", time.UTC, calendar(t, ""), c, []day.PushSpec{spec}) {
			got = append(got, string(p.Date)+" "+p.ContentID+" "+p.Title)
		}
		return got
	}
	for _, tt := range []struct {
		audience string
		lead     int
		want     []string
	}{
		{"机关干部", 0, []string{"2026-02-17 x 春节廉政提醒", "2027-02-06 x 春节廉政提醒", "2028-01-26 x 春节廉政提醒"}},
		{"企业界委员", 0, nil},
		{"全体", 3, []string{ // by the year of the festival, not that of the reminder
			"2026-02-14 a 春节廉政提醒", "2026-12-29 y 元旦廉政提醒", "2027-02-03 b 春节廉政提醒", "2027-12-29 y 元旦廉政提醒", "2028-01-23 a 春节廉政提醒", "2028-12-29 y 元旦廉政提醒",
		}},
	} {
		if got := notice(tt.audience, tt.lead); !slices.Equal(got, tt.want) {
			t.Errorf("%s, %d days before:\ngot  %q\nwant %q", tt.audience, tt.lead, got, tt.want)
		}
	}
}

// Two notices of one festival take turns on its very day, too, when the reminder
// goes out in the year before.
func TestNoticeYear(t *testing.T) {
	t.Parallel()
	c := &corpus.Corpus{Notices: []*corpus.Notice{{ID: "even", Festival: "元旦", Audience: "全体"}, {ID: "odd", Festival: "元旦", Audience: "全体"}}}
	spec := day.PushSpec{Name: "notice", Content: day.NoticeContent, Audience: "全体", LeadDays: 1, Targets: []string{"group:甲"}}
	var got []string
	for _, p := range planned("2026-01-01", "2028-12-31", time.UTC, calendar(t, ""), c, []day.PushSpec{spec}) {
		got = append(got, string(p.Date)+" "+p.ContentID)
	}
	if want := []string{"2026-12-31 odd", "2027-12-31 even", "2028-12-31 odd"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Whatever goes round comes once a turn, in another order each turn, and takes a
// newcomer in without moving the others about.
func TestTurns(t *testing.T) {
	t.Parallel()
	const n = 12
	for _, content := range []string{day.StoryContent, day.QuestionContent, day.BookContent, day.CaseContent} {
		turns := func(size int) [][]string {
			c := &corpus.Corpus{}
			for i := range size {
				id := fmt.Sprintf("%02d", i)
				c.Stories = append(c.Stories, &corpus.Story{ID: id})
				c.Books = append(c.Books, &corpus.Book{ID: id})
				c.Cases = append(c.Cases, &corpus.Case{ID: id})
				c.Questions = append(c.Questions, &corpus.Question{ID: id, Cites: []corpus.Cite{{Rule: fmt.Sprint("rule ", i%4)}}})
			}
			spec := day.PushSpec{Name: "x", Content: content, Targets: []string{"group:甲"}}
			last := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 3*size-1)
			var ids []string
			for _, p := range planned("2026-01-01", corpus.DateOf(last), time.UTC, calendar(t, ""), c, []day.PushSpec{spec}) {
				ids = append(ids, p.ContentID)
			}
			return slices.Collect(slices.Chunk(ids, size))
		}
		got := turns(n)
		for i, turn := range got {
			if all := slices.Compact(slices.Sorted(slices.Values(turn))); len(got) != 3 || len(all) != n {
				t.Errorf("%s: turn %d of %d has %d of %d", content, i, len(got), len(all), n)
			}
		}
		if slices.Equal(got[0], got[1]) || slices.Equal(got[1], got[2]) {
			t.Errorf("%s: one turn is like the one before: %q", content, got)
		}
		if content == day.StoryContent || content == day.QuestionContent { // those have more on their mind
			continue
		}
		without := slices.DeleteFunc(turns(n + 1)[0], func(id string) bool { return id == fmt.Sprintf("%02d", n) })
		if !slices.Equal(without, got[0]) {
			t.Errorf("%s: with one more, the others come in the order %s, not %s", content, strings.Join(without, " "), strings.Join(got[0], " "))
		}
	}
}
