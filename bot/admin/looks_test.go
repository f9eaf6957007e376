package admin

import (
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"lianwen/bot/ledger"
)

// unfit says what on a page is in the way of somebody who reads it, a line each: no
// language or title, other than one h1, a skipped level of headings, an id twice, what
// has no name or names what is not there, a link to nowhere in the page, and text with
// less contrast than 4.5:1 (3:1 where it is large), and what the keyboard does not reach or
// does not show that it has.
const unfit = `width => {
	const wrong = [], say = (what, e) => wrong.push(what + ": " + e.outerHTML.replace(/\s+/g, " ").slice(0, 140));
	const all = selector => [...document.querySelectorAll(selector)];
	if (document.documentElement.lang !== "zh-CN") wrong.push("no language");
	if (!/.+ · 廉问$/.test(document.title)) wrong.push("the title is " + document.title);
	if (all("h1").length !== 1) wrong.push(all("h1").length + " h1");
	let level = 0;
	for (const h of all("h1,h2,h3,h4,h5,h6")) {
		if (+h.tagName[1] > level + 1) say("a level of headings is skipped", h);
		level = +h.tagName[1];
	}
	const ids = new Set();
	for (const e of all("[id]")) {
		if (ids.has(e.id)) say("an id twice", e);
		ids.add(e.id);
	}
	for (const e of all("img:not([alt])")) say("no alt", e);
	for (const key of ["aria-labelledby", "aria-describedby", "for", "form"])
		for (const e of all("[" + key + "]"))
			for (const id of e.getAttribute(key).split(" ")) if (!ids.has(id)) say("there is no " + id, e);
	for (const e of all("a[href^='#']")) if (!ids.has(decodeURIComponent(e.hash.slice(1)))) say("leads nowhere", e);
	for (const e of all("[tabindex]")) if (e.tabIndex > 0) say("out of order", e);
	for (const e of all("input:not([type=hidden]),select,textarea,button,a[href],summary"))
		if (!e.labels?.length && !e.getAttribute("aria-label") && !e.textContent.trim() && !e.querySelector("img[alt],svg title")) say("without a name", e);
	for (const e of all("table")) {
		if (!e.caption && !e.getAttribute("aria-label") && !e.getAttribute("aria-labelledby")) say("a table without a name", e);
		for (const th of e.querySelectorAll("th:not([scope])")) say("whose head is it", th);
	}
	const color = text => { const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number); return [r, g, b, a]; };
	const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
	const behind = e => {
		if (!e) return [255, 255, 255, 1];
		const own = color(getComputedStyle(e).backgroundColor);
		return own[3] === 1 ? own : over(own, behind(e.parentElement));
	};
	const light = c => [.2126, .7152, .0722].reduce((sum, part, i) => {
		const v = c[i] / 255;
		return sum + part * (v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
	}, 0);
	const faint = (e, own) => {
		const style = getComputedStyle(e, own), ground = behind(e), ink = over(color(style.color), ground);
		const [low, high] = [light(ink), light(ground)].sort((a, b) => a - b), size = parseFloat(style.fontSize);
		const ratio = (high + .05) / (low + .05) * Math.min(1, parseFloat(style.opacity));
		if (ratio < (size >= 24 || size >= 18.6 && style.fontWeight >= 700 ? 3 : 4.5)) say("contrast " + ratio.toFixed(2), e);
	};
	for (const e of all("body *")) {
		if (!e.checkVisibility({visibilityProperty: true}) || e.disabled || e.closest("svg")) continue;
		if (e.placeholder) faint(e, "::placeholder");
		if (e.matches("input:not([type=checkbox],[type=radio],[type=file]),select,textarea") || [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim())) faint(e);
	}
	for (const e of all("input:not([type=hidden]),select,textarea,button,a[href],summary")) {
		if (!e.checkVisibility({visibilityProperty: true}) || e.disabled) continue;
		e.focus({focusVisible: true, preventScroll: true});
		const style = getComputedStyle(e), box = e.getBoundingClientRect();
		if (document.activeElement !== e) say("cannot be reached by keyboard", e);
		else if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2 || style.opacity < 1) say("one cannot see that it has the focus", e);
		else if (box.left < 0 || box.width < 2) say("has the focus out of sight", e);
		e.blur();
	}
	const wide = document.documentElement.scrollWidth - width;
	if (wide > 0) wrong.push(wide + " pixels stick out at the side");
	return wrong.join("\n");
}`

// fits goes over the page that is open, at a width.
func (b *browser) fits(width int64) {
	b.t.Helper()
	// Not compared with what the window has: a telephone's grows with the page.
	if wrong := evaluate[string](b, fmt.Sprintf("(%s)(%d)", unfit, width)); wrong != "" {
		b.t.Errorf("%s at %d:\n%s", evaluate[string](b, "location.pathname+location.search"), width, wrong)
	}
}

var linked = regexp.MustCompile(`<a [^>]*href="(/[^"#]*)`)

// Every page that can be reached by links is there, and fits who reads it, on a screen
// and on a telephone.
func TestEveryPageFits(t *testing.T) {
	s := newSite(t, follows, func(c *Config) {
		c.Settings = func() []Setting {
			return []Setting{{Key: "timezone", Value: "Asia/Shanghai", Source: "config.toml 第 3 行", About: "按哪里的时间"}}
		}
		c.Desk.Schedule.Specs[0].Approval = true
		c.Logbook = NewLogbook(slog.DiscardHandler, c.Desk.Now, strings.NewReplacer())
	})
	b := newBrowser(t, s, ledger.RoleAdmin)
	c, mux := s.as(ledger.RoleAdmin), http.NewServeMux()
	for _, rt := range s.routes() {
		mux.HandleFunc(rt.pattern, http.NotFound)
	}
	seen, open := map[string]bool{}, []string{"/"}
	for len(open) > 0 {
		path := open[0]
		open = open[1:]
		at, err := url.Parse(path)
		must(t, err)
		_, pattern := mux.Handler(&http.Request{Method: http.MethodGet, URL: at})
		if seen[pattern] && pattern != "" {
			continue
		}
		seen[pattern] = true
		status, body := c.get(path)
		if status != http.StatusOK {
			t.Errorf("a link leads to %s, which answers %d", path, status)
			continue
		}
		if !strings.HasPrefix(body, "<!doctype html>") {
			continue
		}
		if strings.HasPrefix(path, "/settings") && !strings.Contains(body, `href="/settings/history"`) {
			t.Errorf("%s has no menu of 设置", path)
		}
		for _, m := range linked.FindAllStringSubmatch(body, -1) {
			open = append(open, html.UnescapeString(m[1]))
		}
		b.open(path)
		b.fits(1366)
		b.resize(390, 844)
		b.fits(390)
		b.resize(1366, 768)
	}
	if len(seen) < 30 {
		t.Errorf("only %d pages were found", len(seen))
	}
}
