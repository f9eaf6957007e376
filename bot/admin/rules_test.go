package admin

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

var tags = regexp.MustCompile(`<[^>]*>`)

// wordsOn are the texts of the articles on a page, as somebody reads them.
func wordsOn(body string) (texts []string) {
	for _, m := range regexp.MustCompile(`(?s)<div class="words"[^>]*>(.*?)</div>`).FindAllStringSubmatch(body, -1) {
		texts = append(texts, html.UnescapeString(tags.ReplaceAllString(m[1], "")))
	}
	return texts
}

// Every article is on the page of its rule and on its own, byte for byte, and in order.
func TestRuleText(t *testing.T) {
	s := newSite(t)
	c, release := s.Desk.Library()
	defer release()
	staff := s.as(ledger.RoleView)
	for _, r := range c.Rules {
		status, body := staff.get(rulePath(r))
		says(t, status, body, http.StatusOK, r.Title, r.Document)
		texts := wordsOn(body)
		if len(texts) != len(r.Articles) {
			t.Fatalf("%s: %d texts of %d", r.File, len(texts), len(r.Articles))
		}
		for i, a := range r.Articles {
			status, own := staff.get(articlePath(a))
			if texts[i] != a.Text || status != http.StatusOK || len(wordsOn(own)) != 1 || wordsOn(own)[0] != a.Text {
				t.Errorf("%s: %q, want %q", a.Key(), texts[i], a.Text)
			}
		}
	}
}

var _ = corpus.Open
var _ = strings.Contains
