package wechat

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"

	"github.com/google/renameio/v2/maybe"

	"lianwen/bot"
)

// journal remembers message by message what was taken, and how far it got,
// between two savings of the session: a line each, appended. A process that is
// killed leaves in it what was taken and not yet dealt with or answered.
//
// A message that could not be written down is not dealt with, and one of which
// it could not be written down that its answer is being sent is not answered:
// after a restart either would be done again.
type journal struct {
	file string

	syncing sync.Mutex // held by whoever waits for the disk, for all who have written by then

	mu      sync.Mutex
	f       *os.File
	size    int
	written int                     // bytes ever written …
	synced  int                     // … and how many of them are on the disk
	taken   map[string]bot.Incoming // not over yet, by id
	begun   map[string]bool         // of those: something is being said
	order   []string                // of taken
}

// entry is a line of the journal.
type entry struct {
	Take  *bot.Incoming `json:"take,omitempty"`  // taken
	Begun string        `json:"begun,omitempty"` // the id of one to which something is being said
	Over  string        `json:"over,omitempty"`  // … of which nothing is to be done any more
	At    *time.Time    `json:"at,omitempty"`    // when it was taken
}

// openJournal goes on with a journal, or begins one. What an earlier process has
// left is in left, and it has seen what seen lists. A line that cannot be read,
// as the last one of a process that was killed, ends it.
func openJournal(file string) (j *journal, left []bot.Incoming, seen []bot.SeenID, err error) {
	j = &journal{file: file, taken: map[string]bot.Incoming{}, begun: map[string]bool{}}
	raw, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil, fmt.Errorf("read journal: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, len(raw)+1)
	for lines.Scan() {
		var e entry
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			break
		}
		j.note(e)
		if e.Take != nil && e.At != nil {
			seen = append(seen, bot.SeenID{ID: e.Take.MessageID, At: *e.At})
		}
	}
	for _, id := range j.order {
		if in, ok := j.taken[id]; ok && !j.begun[id] {
			in.Again = true
			left = append(left, in)
		}
	}
	return j, left, seen, j.reopen()
}

// note does to the journal in memory what a line says.
func (j *journal) note(e entry) {
	switch {
	case e.Take != nil:
		if _, again := j.taken[e.Take.MessageID]; !again {
			j.order = append(j.order, e.Take.MessageID)
		}
		j.taken[e.Take.MessageID] = *e.Take
	case e.Begun != "":
		j.begun[e.Begun] = true
	case e.Over != "":
		delete(j.taken, e.Over)
		delete(j.begun, e.Over)
	}
}

// reopen writes the journal anew with what is not over, and goes on behind it.
func (j *journal) reopen() error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	var order []string
	for _, id := range j.order {
		in, ok := j.taken[id]
		if !ok {
			continue
		}
		order = append(order, id)
		at := time.Now()
		err := enc.Encode(entry{Take: &in, At: &at})
		if j.begun[id] {
			err = errors.Join(err, enc.Encode(entry{Begun: id}))
		}
		if err != nil {
			return fmt.Errorf("write journal: %w", err)
		}
	}
	if err := maybe.WriteFile(j.file, b.Bytes(), 0o600); err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	f, err := os.OpenFile(j.file, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open journal: %w", err)
	}
	if j.f != nil {
		_ = j.f.Close() // it has been replaced
	}
	j.f, j.size, j.order = f, b.Len(), order
	j.synced = j.written
	return nil
}

// write appends lines; they are on the disk when sync has been called, and will
// be if the machine lives. It returns what to call sync with.
func (j *journal) write(entries ...entry) (end int, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.f == nil {
		return 0, fmt.Errorf("write journal: %w", fs.ErrClosed)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for _, e := range entries {
		if err := enc.Encode(e); err != nil {
			return 0, fmt.Errorf("write journal: %w", err)
		}
	}
	n, err := j.f.Write(b.Bytes())
	if err != nil { // half a line would hide what comes behind it
		return 0, errors.Join(fmt.Errorf("write journal: %w", err), j.f.Truncate(int64(j.size)))
	}
	j.size += n
	j.written += n
	for _, e := range entries {
		j.note(e)
	}
	return j.written, nil
}

// sync returns when what was written up to end is on the disk. Those who wait at
// the same time wait once.
func (j *journal) sync(end int) error {
	j.syncing.Lock()
	defer j.syncing.Unlock()
	j.mu.Lock()
	f, written, done := j.f, j.written, j.synced >= end || j.f == nil
	j.mu.Unlock()
	if done {
		return nil
	}
	if err := f.Sync(); err != nil && !errors.Is(err, fs.ErrClosed) { // closed: a new file has it all
		return fmt.Errorf("write journal: %w", err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.synced = max(j.synced, written)
	return nil
}

// record writes lines and waits for the disk.
func (j *journal) record(entries ...entry) error {
	end, err := j.write(entries...)
	if err != nil {
		return err
	}
	return j.sync(end)
}

// take writes down that messages were taken. Those without an id cannot be
// recognised later, and are not kept.
func (j *journal) take(list []bot.Incoming) error {
	now := time.Now()
	var entries []entry
	for _, in := range list {
		if in.MessageID != "" {
			entries = append(entries, entry{Take: &in, At: &now})
		}
	}
	if len(entries) == 0 {
		return nil
	}
	return j.record(entries...)
}

// begin writes down that something is being said to a message.
func (j *journal) begin(id string) error {
	if id == "" {
		return nil
	}
	return j.record(entry{Begun: id})
}

// over writes down that nothing is to be done about a message any more. That it
// could not be does no harm: it is dealt with once more, and known for that.
func (j *journal) over(id string) error {
	if id == "" {
		return nil
	}
	_, err := j.write(entry{Over: id})
	return err
}

// rotateAt is how long a journal may grow before what is over is dropped from
// it.
const rotateAt = 1 << 18

// saved is called when all that was seen is in the session: the journal need no
// longer tell.
func (j *journal) saved() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.f == nil || j.size < rotateAt {
		return nil
	}
	return j.reopen()
}

// close ends the journal. When the session has taken over what it holds, it is
// removed.
func (j *journal) close(kept bool) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.f == nil {
		return nil
	}
	err := j.f.Close()
	j.f = nil
	if kept {
		err = errors.Join(err, os.Remove(j.file))
	}
	if err != nil {
		return fmt.Errorf("close journal: %w", err)
	}
	return nil
}
