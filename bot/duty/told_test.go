package duty

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// kept are the alarms that a folder has, as people see them.
func kept(t *testing.T, dir string, since, now time.Time) string {
	t.Helper()
	list, err := Alarms(dir, since)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, told := range list {
		lines = append(lines, told.Text+" "+told.Chinese(now))
	}
	return strings.Join(lines, "\n")
}

// What was told is kept with how telling went, newest first, also where there is no
// way to tell anybody.
func TestAlarmsAreKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &robot{fails: 1}
		a := newAlarm(t, r)
		begin := time.Now()
		a.Tell(t.Context(), "一")
		synctest.Wait()
		if got := kept(t, a.dir, begin, time.Now()); got != "一 正在告诉（alert.webhook）" {
			t.Errorf("while it is tried: %s", got)
		}
		a.Wait()
		r.fails = 9
		a.Tell(t.Context(), "二")
		a.Wait()
		time.Sleep(time.Minute)
		none := NewAlarm(Ways{}, a.dir, slog.New(slog.DiscardHandler))
		none.Tell(t.Context(), "三")
		none.Wait()
		want := "三 没有告诉任何人：配置里没有写 [alert]\n二 没有告诉成（alert.webhook），原因看日志\n一 已告诉（alert.webhook）"
		if got := kept(t, a.dir, begin, time.Now()); got != want {
			t.Errorf("kept\n%s\nwant\n%s", got, want)
		}
		if got := kept(t, a.dir, time.Now(), time.Now()); got != "三 没有告诉任何人：配置里没有写 [alert]" {
			t.Errorf("since now: %s", got)
		}
	})
}

// A process that ends while it tells has told nobody, as far as anybody knows.
func TestAlarmCutShort(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAlarm(t, &robot{fails: 9})
		ctx, end := context.WithCancel(t.Context())
		a.Tell(ctx, "停")
		synctest.Wait()
		end()
		a.Wait()
		if got := kept(t, a.dir, time.Time{}, time.Now()); got != "停 没有告诉成（alert.webhook），原因看日志" {
			t.Errorf("ended: %s", got)
		}
		at := time.Now()
		told := Told{At: at, Text: "死", Ways: map[string]Outcome{"alert.command": "", "alert.webhook": ToldIt}}
		for after, want := range map[time.Duration]string{
			telling: "已告诉（alert.webhook）；正在告诉（alert.command）", telling + 1: "已告诉（alert.webhook）；没有告诉成（alert.command），原因看日志",
		} {
			if got := told.Chinese(at.Add(after)); got != want {
				t.Errorf("%v later: %s", after, got)
			}
		}
	})
}

// What is kept has an end, in number and in time; torn lines and a missing file hurt
// nothing, and several processes lose none of each other's.
func TestAlarmsAreBounded(t *testing.T) {
	t.Parallel()
	dir, now := filepath.Join(t.TempDir(), "new"), time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
	if list, err := Alarms(dir, time.Time{}); err != nil || list != nil {
		t.Errorf("of nothing: %v, %v", list, err)
	}
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if err := (Told{At: now.Add(time.Duration(i) * time.Minute), Text: fmt.Sprint(i)}).keep(t.Context(), dir); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	raw, err := os.ReadFile(toldFile(dir))
	if err != nil || strings.Count(string(raw), "\n") != 20 {
		t.Fatalf("%v\n%s", err, raw)
	}
	raw = append([]byte("{\"at\":\"20\nnull\n"), raw...)
	raw = append(raw, []byte(strings.Repeat("{\"at\":\"2026-12-01T07:00:00Z\",\"text\":\"早\"}\n", toldMost))...)
	if err := os.WriteFile(toldFile(dir), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (Told{At: now.Add(time.Hour), Text: "新"}).keep(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	list, err := Alarms(dir, time.Time{})
	if err != nil || len(list) != toldMost || list[0].Text != "新" || list[20].Text != "0" || list[21].Text != "早" {
		t.Errorf("%d kept, %v, %+v", len(list), err, list[:min(len(list), 22)])
	}
	for _, at := range []time.Duration{time.Hour + toldLife, time.Hour + toldLife + 1} {
		if err := (Told{At: now.Add(at), Text: "月"}).keep(t.Context(), dir); err != nil {
			t.Fatal(err)
		}
	}
	if got := kept(t, dir, time.Time{}, now); strings.Contains(got, "新") || strings.Count(got, "月") != 2 {
		t.Errorf("a month later: %s", got)
	}
}

// A folder that cannot be written keeps nothing and stops no alarm.
func TestAlarmsWithoutFolder(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		r := &robot{}
		a := newAlarm(t, r)
		a.dir = file
		a.Tell(t.Context(), "掉线")
		a.Wait()
		if got := r.told(); len(got) != 1 {
			t.Errorf("told %q", got)
		}
	})
	if err := os.MkdirAll(toldFile(filepath.Dir(file)), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Alarms(filepath.Dir(file), time.Time{}); err == nil {
		t.Error("a folder was read")
	}
}
