package duty

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"github.com/google/renameio/v2/maybe"
)

// How many alarms are kept at most, and for how long.
const (
	toldMost = 500
	toldLife = 30 * 24 * time.Hour
)

// toldPatience is how long a process waits for another that writes alarms down.
const toldPatience = 5 * time.Second

// Outcome is how one way of telling the operator went; "": it is being tried.
type Outcome string

// The outcomes.
const (
	ToldIt   Outcome = "told"
	GaveItUp Outcome = "failed"
)

// Told is an alarm as it is kept for whoever was not there. It is a line of a file in
// the data folder: alarms are needed most when the ledger is away.
type Told struct {
	At   time.Time          `json:"at"`
	Text string             `json:"text"`
	Ways map[string]Outcome `json:"ways,omitempty"` // by what the configuration calls them
}

// same reports whether one is the other, however it went since.
func (t Told) same(other Told) bool { return t.At.Equal(other.At) && t.Text == other.Text }

// Chinese is how telling went, in words.
func (t Told) Chinese(now time.Time) string {
	if len(t.Ways) == 0 {
		return "没有告诉任何人：配置里没有写 [alert]"
	}
	by := map[Outcome][]string{}
	for _, name := range slices.Sorted(maps.Keys(t.Ways)) {
		how := t.Ways[name]
		if how == "" && now.Sub(t.At) > telling {
			how = GaveItUp // the process ended before it knew
		}
		by[how] = append(by[how], name)
	}
	var words []string
	for _, part := range []struct {
		how   Outcome
		words string
	}{{ToldIt, "已告诉（%s）"}, {"", "正在告诉（%s）"}, {GaveItUp, "没有告诉成（%s），原因看日志"}} {
		if names := by[part.how]; len(names) > 0 {
			words = append(words, fmt.Sprintf(part.words, strings.Join(names, "、")))
		}
	}
	return strings.Join(words, "；")
}

// telling is longer than telling can take, with all that is tried again.
const telling = 3 * time.Minute

func toldFile(dir string) string { return filepath.Join(dir, "alarms.jsonl") }

// Alarms are the alarms since a time that are kept in a data folder, whichever process
// raised them, newest first.
func Alarms(dir string, since time.Time) ([]Told, error) {
	list, err := readTold(dir)
	list = slices.DeleteFunc(list, func(t Told) bool { return t.At.Before(since) })
	slices.SortStableFunc(list, func(a, b Told) int { return b.At.Compare(a.At) })
	return list, err
}

// readTold reads what is kept. A line that is none is passed over: no alarm is lost for
// another's sake.
func readTold(dir string) (list []Told, err error) {
	raw, err := os.ReadFile(toldFile(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read alarms: %w", err)
	}
	for line := range bytes.Lines(raw) {
		var t Told
		if json.Unmarshal(line, &t) == nil && t.Text != "" {
			list = append(list, t)
		}
	}
	return list, nil
}

// keep writes down an alarm, or how telling it went by now; the oldest make room. The
// file is written whole or not at all, by one process at a time.
func (t Told) keep(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make data folder: %w", err)
	}
	lock := flock.New(toldFile(dir) + ".lock")
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), toldPatience)
	defer cancel()
	if _, err := lock.TryLockContext(ctx, 10*time.Millisecond); err != nil {
		return fmt.Errorf("lock alarms: %w", err)
	}
	defer func() { _ = lock.Unlock() }() // the file stays: another may be waiting for it
	list, err := readTold(dir)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(old Told) bool { return old.same(t) || t.At.Sub(old.At) > toldLife })
	list = append(list, t)
	slices.SortStableFunc(list, func(a, b Told) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) })
	var b bytes.Buffer
	for _, kept := range list[max(0, len(list)-toldMost):] {
		line, err := json.Marshal(kept)
		if err != nil {
			return fmt.Errorf("keep alarm: %w", err)
		}
		b.Write(append(line, '\n'))
	}
	if err := maybe.WriteFile(toldFile(dir), b.Bytes(), 0o600); err != nil {
		return fmt.Errorf("keep alarm: %w", err)
	}
	return nil
}
