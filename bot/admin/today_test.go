package admin

import (
	"net/http"
	"net/url"
	"testing"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
)

func TestTodayFirst(t *testing.T) {
	s := newSite(t)
	status, body := s.as(ledger.RoleEdit).get("/")
	says(t, status, body, http.StatusOK, "今天", "story")
	t.Log(body)
	status, body = s.as(ledger.RoleEdit).get("/pushes/story?date=2026-12-01")
	says(t, status, body, http.StatusOK, "现在发")
	_ = url.Values{}
	_ = day.StoryContent
}
