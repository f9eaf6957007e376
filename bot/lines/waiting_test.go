package lines

import (
	"os"
	"path/filepath"
	"testing"
)

// What waits for a person is counted: not what is set apart, decided on, or for words
// that are there no longer; and anew whenever something has changed.
func TestWaiting(t *testing.T) {
	x := indexOf(t, office())
	s, check, c := newStore(t), NewChecker(x), x.Corpus()
	var n Counter
	waits := func(want int) {
		t.Helper()
		if got, err := n.Waiting(s, c); err != nil || got != want {
			t.Errorf("%d wait, %v, want %d", got, err, want)
		}
	}
	waits(0) // no folder yet
	a := c.Article("xiujia#2")
	propose(t, s, check, a, "想歇几天得跟谁打招呼", "几天", "手里的活交给谁")
	waits(2)
	waits(2)
	drafts, err := s.Drafts("xiujia")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Settle(t.Context(), "xiujia", drafts[:1], Approved); err != nil {
		t.Fatal(err)
	}
	waits(1)
	words := a.Text
	a.Text += "另有规定的除外。"
	c.Digest += "'"
	waits(0)
	a.Text, c.Digest = words, c.Digest+"'"
	waits(1)
	if err := os.WriteFile(filepath.Join(s.Dir, "xiujia.jsonl"), []byte("\x00\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := n.Waiting(s, c); err == nil {
		waits(0)
	}
	s.Dir = filepath.Join(s.Dir, "xiujia.jsonl")
	if _, err := n.Waiting(s, c); err == nil {
		t.Error("a file was read as a folder")
	}
}
