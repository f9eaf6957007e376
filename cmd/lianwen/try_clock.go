package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/corpus"
)

// movable is a clock that goes on by itself and can be set forward.
type movable struct {
	mu   sync.Mutex
	at   time.Time // what it was set to
	when time.Time // when that was
}

func newMovable(at time.Time) *movable { return &movable{at: at, when: time.Now()} }

// Now is the time.
func (m *movable) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.at.Add(time.Since(m.when))
}

// Set sets the clock.
func (m *movable) Set(at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at, m.when = at, time.Now()
}

// atTime is a time of the same day.
func atTime(t time.Time, hour, minute int) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), hour, minute, 0, 0, t.Location())
}

// until sets the clock forward to the next time of day that is written.
func (t *trial) until(ctx context.Context, text string) error {
	clock, err := time.Parse("15:04", strings.ReplaceAll(text, "：", ":"))
	if err != nil {
		return bot.Invalid.Sayf("“%s”不是几点几分。请写成 /时间 9:05。", text)
	}
	now := t.clock.Now()
	to := atTime(now, clock.Hour(), clock.Minute())
	if !to.After(now) {
		to = to.AddDate(0, 0, 1)
	}
	return t.forward(ctx, to)
}

// mostPassed is how far the clock can be set forward at once, in days.
const mostPassed = 60

// pass sets the clock forward by a while.
func (t *trial) pass(ctx context.Context, text string) error {
	now := t.clock.Now()
	units := []struct {
		name string
		to   func(n int) time.Time
	}{
		{"天", func(n int) time.Time { return now.AddDate(0, 0, n) }},
		{"小时", func(n int) time.Time { return now.Add(time.Duration(n) * time.Hour) }},
		{"分钟", func(n int) time.Time { return now.Add(time.Duration(n) * time.Minute) }},
	}
	for _, u := range units {
		number, ok := strings.CutSuffix(text, u.name)
		n, err := strconv.Atoi(strings.TrimSpace(number))
		if !ok || err != nil || n < 1 {
			continue
		}
		to := u.to(n)
		if to.After(now.AddDate(0, 0, mostPassed)) || to.Before(now) {
			return bot.Invalid.Sayf("一次最多过 %d 天。", mostPassed)
		}
		if err := t.forward(ctx, to); err != nil {
			return err
		}
		return t.stage.Say(fmt.Sprintf("过了%s，现在是%s。", text, t.clock.Now().Format("1月2日15:04")))
	}
	return bot.Invalid.Sayf("“%s”看不懂。请写成 /过 1天、/过 2小时 或 /过 10分钟。", text)
}

// forward sets the clock forward, by way of every push that is due before and of
// the hour at which staff are reminded, so that each comes at its time.
func (t *trial) forward(ctx context.Context, to time.Time) error {
	now := t.clock.Now()
	plan, err := t.desk.Schedule.Plan(ctx, corpus.DateOf(now), corpus.DateOf(to))
	if err != nil {
		return err
	}
	var stops []time.Time
	for _, p := range plan {
		stops = append(stops, p.Due)
	}
	for on := now; !atTime(on, 0, 0).After(to); on = on.AddDate(0, 0, 1) {
		stops = append(stops, atTime(on, day.RemindHour, 0))
	}
	slices.SortFunc(stops, time.Time.Compare)
	for _, stop := range stops {
		if stop.Before(t.clock.Now()) || stop.After(to) {
			continue
		}
		t.clock.Set(stop)
		if err := t.work(ctx); err != nil {
			return err
		}
	}
	if to.After(t.clock.Now()) {
		t.clock.Set(to)
	}
	return t.work(ctx)
}
