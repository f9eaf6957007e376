package shelf

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/corpus"
)

// Edit is a change of what helps finding: an ArticleEdit, a GroupEdit or a ReplyEdit. It
// names what it was made from; when that is not there any more, it is refused with
// bot.Conflict, which says what is there now, and nothing is written.
type Edit interface{ plan(w *workspace) error }

// workspace is the library while an edit is worked out: nothing is written yet.
type workspace struct {
	*Shelf
	c     *corpus.Corpus // as it is
	files map[string][]byte
	entry Entry
}

// Edit makes a change, on record. Whatever cannot be written leaves the library as it was.
func (s *Shelf) Edit(ctx context.Context, e Edit) (Entry, error) {
	if err := s.folder(); err != nil {
		return Entry{}, err
	}
	unlock, err := s.lock(ctx)
	if err != nil {
		return Entry{}, err
	}
	defer unlock()
	w, _, err := s.work(e)
	if err != nil {
		return Entry{}, err
	}
	return w.entry, w.save()
}

// Foresee reads the library as it would be with a change, and says what that is; it
// changes nothing.
func (s *Shelf) Foresee(ctx context.Context, e Edit) (*corpus.Corpus, Entry, error) {
	if err := s.folder(); err != nil {
		return nil, Entry{}, err
	}
	unlock, err := s.lock(ctx)
	if err != nil {
		return nil, Entry{}, err
	}
	defer unlock()
	w, after, err := s.work(e)
	if err != nil {
		return nil, Entry{}, err
	}
	return after, w.entry, nil
}

// work works out an edit of the library as it is now. What would not be read again as it
// should is refused.
func (s *Shelf) work(e Edit) (*workspace, *corpus.Corpus, error) {
	c, err := s.Library()
	if err != nil {
		return nil, nil, err
	}
	if c == nil {
		return nil, nil, bot.NotFound.Sayf("制度库 %s 里还没有制度。请先导入。", s.Dir)
	}
	w := &workspace{Shelf: s, c: c, files: map[string][]byte{}, entry: Entry{At: s.now().Truncate(time.Second), Who: s.Who, ID: newID()}}
	if err := e.plan(w); err != nil {
		return nil, nil, err
	}
	if len(w.files) == 0 {
		return nil, nil, bot.Conflict.Sayf("和制度库里现在的一样，没有要改的。")
	}
	after, err := corpus.OpenWith(s.Dir, w.files)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range after.Faults {
		if _, ours := w.files[p.File]; ours && !slices.ContainsFunc(c.Faults, func(o corpus.Problem) bool { return o.File == p.File && o.What == p.What }) {
			return nil, nil, bot.Invalid.Sayf("这样改了以后 %s 第 %d 行有问题：%s，%s。没有改。", p.File, p.Line, p.What, p.Fix)
		}
	}
	return w, after, nil
}

// newID is by what an entry can be taken back.
func newID() string { return strings.ToLower(rand.Text()[:10]) }

// file is a file of the library as it is to be; nil when there is none.
func (w *workspace) file(name string) ([]byte, error) {
	if raw, ok := w.files[name]; ok {
		return raw, nil
	}
	raw, err := os.ReadFile(filepath.Join(w.Dir, filepath.FromSlash(name)))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, unwritable(err)
	}
	return raw, nil
}

// sound refuses to change a file that has faults.
func (w *workspace) sound(name string) error {
	if i := slices.IndexFunc(w.c.Faults, func(p corpus.Problem) bool { return p.File == name }); i >= 0 {
		p := w.c.Faults[i]
		return bot.Conflict.Sayf("%s 有问题，先改好才能在这里改。第 %d 行：%s，%s。", name, p.Line, p.What, p.Fix)
	}
	return nil
}

// save writes the files, all or none, and puts the change on record.
func (w *workspace) save() error {
	was := map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(w.files)) {
		raw, err := os.ReadFile(filepath.Join(w.Dir, filepath.FromSlash(name)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return errors.Join(unwritable(err), w.back(was))
		}
		if err := w.write(name, w.files[name]); err != nil {
			return errors.Join(err, w.back(was))
		}
		was[name] = raw
	}
	if err := w.record(w.entry); err != nil {
		return errors.Join(err, w.back(was))
	}
	return nil
}

// back puts files back as they were; nil for one that was not there.
func (w *workspace) back(was map[string][]byte) error {
	var failed error
	for name, raw := range was {
		if raw == nil {
			failed = errors.Join(failed, os.Remove(filepath.Join(w.Dir, filepath.FromSlash(name))))
			continue
		}
		failed = errors.Join(failed, w.write(name, raw))
	}
	return failed
}

// changedBy says who changed something last, and when, as the log has it; "" when nobody
// did so here.
func (w *workspace) changedBy(about func(Entry) bool) (string, error) {
	log, err := w.Log("")
	if err != nil {
		return "", err
	}
	for _, e := range slices.Backward(log) {
		if e.ID != "" && about(e) {
			return "（" + strings.TrimPrefix(e.Who, "web:") + " " + e.At.In(w.now().Location()).Format("1月2日15:04") + " 改的）", nil
		}
	}
	return "", nil
}
