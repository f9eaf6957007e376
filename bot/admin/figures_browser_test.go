package admin

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// In a browser the page fits its window, days that are typed are those shown, a number
// leads to its rows, and closing asks first.
func TestFiguresInBrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.rounds()
	_, err := s.Desk.ClosePeriod(t.Context(), "setup", "S01", "2026-11-01", "2026-11-30")
	must(t, err)
	_, err = s.Desk.Correct(t.Context(), "staff S01", "A02", "2026-11-03", ledger.Took, "漏记")
	must(t, err)
	b := newBrowser(t, s, ledger.RoleAdmin)
	for name, path := range map[string]string{
		"figures": "/figures?period=2026", "figures-month": "/figures?period=2026-10", "figures-rows": "/figures/explain?from=2026-10-01&to=2026-10-31",
		"figures-groups": "/figures/groups?period=2026&kind=%E7%95%8C%E5%88%AB",
	} {
		b.looks(path, name)
	}
	b.resize(1366, 768)
	b.open("/figures")
	evaluate[string](b, `document.querySelector("[name=from]").value = "2026-10-01"`)
	evaluate[string](b, `document.querySelector("[name=to]").value = "2026-10-31"`)
	b.click(".period button")
	b.await(`//h2[text()="2026年10月1日至2026年10月31日"]`)
	if drawn := evaluate[float64](b, `document.querySelector("svg.months rect[fill='#8f1d1d']").getBBox().height`); drawn < 10 {
		t.Errorf("the bar of October is %v high", drawn)
	}
	if shown := evaluate[bool](b, `document.querySelector("[action='/figures/close'] button").checkVisibility()`); shown {
		t.Error("closing does not ask first")
	}
	b.click("details.confirm summary")
	b.click("[action='/figures/close'] button")
	b.await(`//p[contains(text(), "没有工作人员的编号")]`)
	b.open("/figures?period=2026-10")
	b.click(`.sums a[href*="standing=absent"]`)
	b.await("table.lines")
	if got := b.text("table.lines"); !strings.Contains(got, "没有作答，没有请假") {
		t.Errorf("the rows are %s", got)
	}
}

// On paper nothing is cut: the chart of a year and the groups by month, which lie on
// their side, fit the width.
func TestFiguresOnPaper(t *testing.T) {
	s := newSite(t)
	for month := range 11 {
		opened := time.Date(2026, time.Month(month+1), 5, 9, 0, 0, 0, s.now.Location())
		_, err := s.Desk.Ledger.OpenRound(t.Context(), ledger.Round{Day: corpus.DateOf(opened), Question: corpus.Question{ID: fmt.Sprint("q", month)}, Opened: opened, Closes: opened.AddDate(0, 0, 7)})
		must(t, err)
	}
	b := newBrowser(t, s, ledger.RoleView)
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	must(t, err)
	for path, width := range map[string]int64{"/figures?period=2026": 718, "/figures/groups?period=2026&kind=%E7%95%8C%E5%88%AB": 1046} { // A4 without margins of 1 cm
		b.resize(width, 900)
		b.open(path)
		for _, inside := range []string{"svg.months", "table.figures", "main"} {
			if over := evaluate[float64](b, `Math.max(0, ...[...document.querySelectorAll("`+inside+`")].map(e => Math.max(e.getBoundingClientRect().right, e.scrollWidth)))`); over > float64(width)+0.5 {
				t.Errorf("%s: %s ends at %v of %d", path, inside, over, width)
			}
		}
		if cut := evaluate[bool](b, `[...document.querySelectorAll(".scroll")].some(e => getComputedStyle(e).overflowX != "visible")`); cut {
			t.Errorf("%s: what does not fit is cut", path)
		}
	}
}
