package wechat

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianwen/bot"
)

func letters(ids ...string) []bot.Incoming {
	var list []bot.Incoming
	for _, id := range ids {
		list = append(list, bot.Incoming{Conversation: "@a", MessageID: id, Text: "文" + id})
	}
	return list
}

func open(t *testing.T, file string) (*journal, string, string) {
	t.Helper()
	j, left, seen, err := openJournal(file)
	if err != nil {
		t.Fatal(err)
	}
	var again, known []string
	for _, in := range left {
		again = append(again, in.MessageID)
		if !in.Again {
			t.Errorf("%s is not known for a message that was delivered before", in.MessageID)
		}
	}
	for _, id := range seen {
		known = append(known, id.ID)
	}
	return j, strings.Join(again, " "), strings.Join(known, " ")
}

// A process that is killed leaves what it has taken and not dealt with to the
// end; of what it had begun to answer nobody knows, so that is not done again.
func TestJournal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "journal")
	j, left, _ := open(t, file)
	if left != "" {
		t.Errorf("a new one holds %s", left)
	}
	for _, step := range []func() error{
		func() error { return j.take(letters("1", "2", "3", "4", "")) },
		func() error { return j.begin("1") },
		func() error { return j.over("1") },
		func() error { return j.begin("2") },
		func() error { return j.over("3") },
		func() error { return j.begin("") },
		func() error { return j.over("") },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	j, left, seen := open(t, file)
	if left != "4" || seen != "1 2 3 4" {
		t.Errorf("left %q, seen %q", left, seen)
	}
	if err := j.take(letters("5")); err != nil {
		t.Fatal(err)
	}
	if _, left, _ = open(t, file); left != "4 5" {
		t.Errorf("after another: %q", left)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := j.close(true); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("it is still there: %v", err)
	}
	if err := j.take(letters("6")); err == nil {
		t.Error("a closed journal takes messages")
	}
}

// Whatever ends a journal, a half line or rubbish, what stands before counts.
func TestJournalDamaged(t *testing.T) {
	for name, end := range map[string]string{"half a line": `{"take":{"message_id":"9`, "rubbish": "\x00\x00\x00\x00\n", "not ours": "[1]\n{}\n"} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "journal")
			j, _, _ := open(t, file)
			if err := j.take(letters("1")); err != nil {
				t.Fatal(err)
			}
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, append(raw, end...), 0o600); err != nil {
				t.Fatal(err)
			}
			j, left, _ := open(t, file)
			if left != "1" {
				t.Errorf("left %q", left)
			}
			if err := j.take(letters("2")); err != nil {
				t.Fatal(err)
			}
			if _, left, _ := open(t, file); left != "1 2" {
				t.Errorf("behind the damage: %q", left)
			}
		})
	}
}

// A journal does not grow with the messages: what is over is dropped once the
// session has been saved.
func TestJournalRotates(t *testing.T) {
	file := filepath.Join(t.TempDir(), "journal")
	j, _, _ := open(t, file)
	for i := range 4000 {
		id := fmt.Sprint("m", i)
		if _, err := j.write(entry{Take: &letters(id)[0]}, entry{Over: id}); err != nil {
			t.Fatal(err)
		}
		if i%100 == 0 {
			if err := j.saved(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := j.take(letters("open")); err != nil {
		t.Fatal(err)
	}
	if err := j.saved(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Size() > 2*rotateAt {
		t.Errorf("it has %d bytes, %v", info.Size(), err)
	}
	if _, left, _ := open(t, file); left != "open" {
		t.Errorf("left %q", left)
	}
}
