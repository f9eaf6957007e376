package shelf

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"lianwen/corpus"
)

// Entry is one publication, or one change of what helps finding, as the library's log has it.
type Entry struct {
	At        time.Time   `json:"at"`
	Who       string      `json:"who,omitempty"`
	Rule      string      `json:"rule"`
	Title     string      `json:"title"`
	Action    string      `json:"action"`
	Document  string      `json:"document,omitempty"`
	Effective corpus.Date `json:"effective,omitempty"`
	Articles  int         `json:"articles"`
	Changed   int         `json:"changed,omitempty"`
	Added     int         `json:"added,omitempty"`
	Removed   int         `json:"removed,omitempty"`
	Original  string      `json:"original"`
	Digest    string      `json:"digest"`

	// Of the rule's file, so that what was done can be taken back: where it stands, what
	// was written there, and where the words are that stood there before, if there were
	// any. Entries of before there was taking back have none of it.
	File    string `json:"file,omitempty"`
	Written string `json:"written,omitempty"` // SHA-256, in hexadecimal
	Before  string `json:"before,omitempty"`

	ID     string `json:"id,omitempty"`     // of a change of what helps finding
	Undoes string `json:"undoes,omitempty"` // … the one that it takes back

	Lines   []LineChange `json:"lines,omitempty"` // asked-as lines that came or went
	Own     []OwnLine    `json:"own,omitempty"`   // … of the rule's own file
	Heading *Swap        `json:"heading,omitempty"`
	Group   *GroupEdit   `json:"group,omitempty"` // of synonyms
	Reply   *BlockChange `json:"reply,omitempty"`
}

const logFile = originalsDir + "/log.jsonl"

// entry is what the log has of a draft that took the place of what stands in before.
func (s *Shelf) entry(p *Paper, d *Draft, before string) Entry {
	e := Entry{At: s.now().Truncate(time.Second), Who: s.Who, Rule: d.Rule.ID, Title: d.Rule.Title, Action: d.Action.String(), Document: d.Rule.Document,
		Effective: d.Rule.Effective, Articles: Articles(d.Rule), Original: d.Rule.Original, Digest: p.Digest, File: d.file, Written: digestOf([]byte(d.text)), Before: before}
	if d.Comparison != nil {
		e.Changed, e.Added, e.Removed, _, _ = d.Comparison.Counts()
	}
	return e
}

// record adds an entry to the log.
func (s *Shelf) record(e Entry) error {
	line, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("record publication: %w", err)
	}
	if err := AppendLines(filepath.Join(s.Dir, filepath.FromSlash(logFile)), append(line, '\n')); err != nil {
		return unwritable(err)
	}
	return nil
}

// AppendLines adds whole lines to a file of one record a line, and sees to it that they
// are on the disk. A line that a killed program left unfinished is closed first.
func AppendLines(file string, lines []byte) error {
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return err
	}
	if info, err := f.Stat(); err == nil && info.Size() > 0 {
		last := make([]byte, 1)
		if _, err := f.ReadAt(last, info.Size()-1); err == nil && last[0] != '\n' {
			lines = append([]byte{'\n'}, lines...)
		}
	}
	_, err = f.Write(lines)
	return errors.Join(err, f.Sync(), f.Close())
}

// Log is what was published, the oldest first, of one rule or, for "", of all.
func (s *Shelf) Log(rule string) ([]Entry, error) {
	raw, err := os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(logFile)))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) { // or a library in one file
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read log of library: %w", err)
	}
	var out []Entry
	for line := range bytes.Lines(raw) {
		var e Entry
		if err := json.Unmarshal(line, &e); err != nil {
			continue // the last line of a program that was killed
		}
		if rule == "" || e.Rule == rule || corpus.NormalizeTitle(e.Title) == corpus.NormalizeTitle(rule) {
			out = append(out, e)
		}
	}
	return out, nil
}

// Articles is how many articles a rule has, those in its annexes too.
func Articles(r *corpus.Rule) int {
	n := 0
	for _, a := range r.Articles {
		if a.Number.Main > 0 {
			n++
		}
	}
	return n
}
