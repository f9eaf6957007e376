package lines

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"lianwen/bot"
	"lianwen/corpus"
)

func newStore(t *testing.T) *Store {
	return &Store{Dir: filepath.Join(t.TempDir(), Folder), Now: func() time.Time { return time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC) }}
}

func writeFile(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// states lays out the drafts of a rule.
func states(t *testing.T, s *Store, rule string) string {
	t.Helper()
	drafts, err := s.Drafts(rule)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, d := range drafts {
		out = append(out, d.Article+" "+d.Text+" "+string(d.State))
	}
	return strings.Join(out, "\n")
}

func propose(t *testing.T, s *Store, check *Checker, a *corpus.Article, texts ...string) (kept, apart int) {
	t.Helper()
	var lines []Line
	for _, text := range texts {
		lines = append(lines, Line{Text: text})
	}
	kept, apart, err := s.Propose(t.Context(), check, a, "模型 甲", lines)
	if err != nil {
		t.Fatal(err)
	}
	return kept, apart
}

// What is proposed is kept once, with its state, for the words of its article.
func TestPropose(t *testing.T) {
	x := indexOf(t, office())
	s, check, a := newStore(t), NewChecker(x), x.Corpus().Article("xiujia#2")
	if kept, apart := propose(t, s, check, a, "想歇几天得跟谁打招呼", "几天", " 手里的活交给谁 ", "手里的活交给谁？"); kept != 2 || apart != 1 {
		t.Errorf("%d, %d", kept, apart)
	}
	if kept, apart := propose(t, s, check, a, "手里的活交给谁", "休假审批表上哪领"); kept != 1 || apart != 0 {
		t.Errorf("again: %d, %d", kept, apart)
	}
	const want = "xiujia#2 想歇几天得跟谁打招呼 proposed\nxiujia#2 几天 apart\nxiujia#2 手里的活交给谁 proposed\nxiujia#2 休假审批表上哪领 proposed"
	if got := states(t, s, "xiujia"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	drafts, _ := s.Drafts("xiujia")
	if d := drafts[1]; d.Why != "太短，不到 4 个字" || d.From != "模型 甲" || d.Digest != a.WordsDigest() || !d.At.Equal(s.Now()) {
		t.Errorf("%+v", d)
	}
	other := *a
	other.Text = strings.Replace(a.Text, "休假", "年休假", 1)
	if !Drafted(drafts, a) || Drafted(drafts, &other) || Drafted(drafts, x.Corpus().Article("xiujia#1")) || len(Of(drafts, a, Proposed)) != 3 || len(Of(drafts, &other, Proposed)) != 0 {
		t.Error("drafts are not told by the words they are for")
	}
}

// A part that is not there makes a line one of the whole article.
func TestProposeParts(t *testing.T) {
	x := indexOf(t, office())
	s, a := newStore(t), x.Corpus().Article("xiujia#2")
	_, _, err := s.Propose(t.Context(), NewChecker(x), a, "手写", []Line{{"想歇几天得跟谁打招呼", corpus.Part{Paragraph: 1}}, {"手里的活交给谁", corpus.Part{Paragraph: 2, Item: 1}}})
	drafts, _ := s.Drafts("xiujia")
	if err != nil || drafts[0].Part != (corpus.Part{Paragraph: 1}) || drafts[1].Part != (corpus.Part{}) {
		t.Errorf("%+v, %v", drafts, err)
	}
}

// A state that is settled is the last one; a failure is on record and no draft.
func TestSettle(t *testing.T) {
	x := indexOf(t, office())
	s, check, a := newStore(t), NewChecker(x), x.Corpus().Article("xiujia#2")
	if err := s.Fail(t.Context(), a, "模型 甲", "回答看不懂"); err != nil {
		t.Fatal(err)
	}
	if drafts, _ := s.Drafts("xiujia"); Drafted(drafts, a) || drafts[0].State != Failed {
		t.Errorf("%+v", drafts)
	}
	propose(t, s, check, a, "想歇几天得跟谁打招呼", "手里的活交给谁")
	drafts, _ := s.Drafts("xiujia")
	if err := s.Settle(t.Context(), "xiujia", Of(drafts, a, Proposed)[:1], Approved); err != nil {
		t.Fatal(err)
	}
	if err := s.Settle(t.Context(), "xiujia", Of(drafts, a, Proposed)[1:], Declined); err != nil {
		t.Fatal(err)
	}
	if got := states(t, s, "xiujia"); got != "xiujia#2  failed\nxiujia#2 想歇几天得跟谁打招呼 approved\nxiujia#2 手里的活交给谁 declined" {
		t.Error(got)
	}
	if kept, _ := propose(t, s, check, a, "手里的活交给谁"); kept != 0 {
		t.Error("what nobody wanted is proposed again")
	}
}

// A program that was killed while it wrote leaves the rest readable, and to be gone on with.
func TestTornLine(t *testing.T) {
	x := indexOf(t, office())
	s, check, a := newStore(t), NewChecker(x), x.Corpus().Article("xiujia#2")
	propose(t, s, check, a, "想歇几天得跟谁打招呼", "手里的活交给谁")
	file := filepath.Join(s.Dir, "xiujia.jsonl")
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for cut := len(raw) - 1; cut > 0; cut -= 7 {
		if err := os.WriteFile(file, raw[:cut], 0o644); err != nil {
			t.Fatal(err)
		}
		propose(t, s, check, a, "想歇几天得跟谁打招呼", "手里的活交给谁")
		got := strings.Split(states(t, s, "xiujia"), "\n")
		if len(got) != 2 {
			t.Fatalf("cut at %d: %q", cut, got)
		}
	}
}

// Two programs that write at a time lose nothing; one that has to wait too long says so.
func TestStoreLock(t *testing.T) {
	x := indexOf(t, office())
	s, check := newStore(t), NewChecker(x)
	var wg sync.WaitGroup
	for _, key := range []string{"xiujia#1", "xiujia#2", "xiujia#3"} {
		wg.Go(func() {
			other := *s
			if _, _, err := other.Propose(t.Context(), check, x.Corpus().Article(key), "手写", []Line{{Text: "说不清楚的一件事"}}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := strings.Count(states(t, s, "xiujia"), "说不清楚的一件事"); got != 3 {
		t.Errorf("%d of 3 are there", got)
	}
	l := flock.New(filepath.Join(s.Dir, ".lock"))
	if ok, err := l.TryLock(); !ok || err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Fail(ctx, x.Corpus().Article("xiujia#1"), "", ""); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	s.Wait = time.Millisecond
	if err := s.Fail(t.Context(), x.Corpus().Article("xiujia#1"), "", ""); bot.CodeOf(err) != bot.Conflict {
		t.Errorf("%v", err)
	}
}

// A rule whose id is no file name has its drafts all the same, in the folder.
func TestStoreFile(t *testing.T) {
	s := newStore(t)
	if got := s.file(`../a\b`); filepath.Dir(got) != s.Dir {
		t.Error(got)
	}
	if drafts, err := s.Drafts("meiyou"); drafts != nil || err != nil {
		t.Errorf("%v, %v", drafts, err)
	}
}
