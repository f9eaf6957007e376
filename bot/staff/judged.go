package staff

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/gofrs/flock"
	"github.com/google/renameio/v2/maybe"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
	"lianwen/index"
)

// OfficeClass is the class of the judged questions that staff have put down.
const OfficeClass = "office"

// mostJudged is how long a judged question may be, in characters.
const mostJudged = 500

// JudgedQuestions are the questions of which staff know the answer.
type JudgedQuestions struct {
	Usable []index.Judged // every article that they want is in force
	Lost   []index.Judged // … some are not any more
	Unread int            // lines that cannot be read
}

// Judged are the questions of d.JudgedFile, against a corpus. What cannot be used is
// set apart: rules are revised, and that must keep nobody from asking the others.
func (d *Desk) Judged(c *corpus.Corpus) (j JudgedQuestions, err error) {
	lines, err := d.judgedLines()
	if err != nil {
		return j, err
	}
	for _, line := range lines {
		q, ok := readJudged(line)
		switch {
		case !ok && len(bytes.TrimSpace(line)) > 0:
			j.Unread++
		case !ok:
		case slices.ContainsFunc(q.Want, func(key string) bool { return !inForce(c.Article(key)) }):
			j.Lost = append(j.Lost, q)
		default:
			j.Usable = append(j.Usable, q)
		}
	}
	return j, nil
}

func inForce(a *corpus.Article) bool { return a != nil && !a.Deleted && !a.Rule.Repealed }

func readJudged(line []byte) (q index.Judged, ok bool) {
	err := json.Unmarshal(line, &q)
	return q, err == nil && (strings.TrimSpace(q.Q) == "") != (len(q.Turns) == 0)
}

// judgedLines are the lines of the file, each with its end; none when there is no file.
func (d *Desk) judgedLines() (lines [][]byte, err error) {
	if d.JudgedFile == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(d.JudgedFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read judged questions: %w", err)
	}
	return slices.Collect(bytes.Lines(raw)), nil
}

// Judge puts down that an article answers a question, for all revisions to come. One
// that is down already is refused.
func (d *Desk) Judge(ctx context.Context, actor ledger.Actor, question string, a *corpus.Article) error {
	question = strings.TrimSpace(question)
	if err := d.judgeable(ctx, actor, question); err != nil {
		return err
	}
	if !inForce(a) || a.Number == (corpus.Number{}) {
		return bot.NotFound.Sayf("这一条现在没有了，或者不能单独引用，没有记。请再试一次这个问题。")
	}
	return d.changingJudged(ctx, func() error {
		lines, err := d.judgedLines()
		if err != nil {
			return err
		}
		for _, line := range lines {
			if q, ok := readJudged(line); ok && corpus.SameLine(q.Q, question) {
				return bot.Conflict.Sayf("“%s”已经记过了，应由 %s 答，没有再记。要改，请先在检验题里去掉它。", question, strings.Join(q.Want, "、"))
			}
		}
		line, err := json.Marshal(struct {
			Q     string   `json:"q"`
			Want  []string `json:"want"`
			Class string   `json:"class"`
		}{question, []string{a.Key()}, OfficeClass})
		if err != nil {
			return fmt.Errorf("put down judged question: %w", err)
		}
		now := append(slices.Clone(lines), append(line, '\n'))
		if n := len(lines); n > 0 && !bytes.HasSuffix(lines[n-1], []byte("\n")) { // an editor has left it so
			now[n-1] = append(slices.Clone(lines[n-1]), '\n')
		}
		return d.rewriteJudged(ctx, lines, now, func() error { return d.Ledger.Note(ctx, actor, "judge question", a.Key(), d.Now()) })
	})
}

// rewriteJudged puts lines in the place of those of the file, wholly or not at all, and
// back if that cannot be put on record.
func (d *Desk) rewriteJudged(ctx context.Context, was, now [][]byte, record func() error) error {
	write := func(lines [][]byte) error {
		if err := maybe.WriteFile(d.JudgedFile, bytes.Join(lines, nil), 0o644); err != nil {
			return fmt.Errorf("write judged questions: %w", err)
		}
		return nil
	}
	if err := errors.Join(ctx.Err(), write(now)); err != nil {
		return err
	}
	if err := record(); err != nil {
		return errors.Join(err, write(was))
	}
	return nil
}

// judgeable refuses what cannot be a judged question: whoever has the file reads it.
func (d *Desk) judgeable(ctx context.Context, actor ledger.Actor, question string) error {
	if _, err := d.Shelf(actor); err != nil {
		return err
	}
	names, err := d.names(ctx)
	switch n := utf8.RuneCountInString(question); {
	case err != nil:
		return err
	case d.JudgedFile == "":
		return bot.Unavailable.Sayf("没有地方记检验题，没有记。请在配置里写 judged_questions。")
	case n == 0, n > mostJudged, strings.ContainsFunc(question, unicode.IsControl), !utf8.ValidString(question), !strings.ContainsFunc(question, unicode.IsLetter):
		return bot.Invalid.Sayf("检验题要写 1 到 %d 个字，写成一行，没有记。", mostJudged)
	}
	if what := personal(question, names); what != "" {
		return bot.Invalid.Sayf("“%s”里有%s，没有记。请换个没有它的说法。", question, what)
	}
	if HoldsCode(question) {
		return bot.Invalid.Sayf("这句话里像是有绑定码，没有记。")
	}
	return nil
}

// Unjudge takes a question out of the file again that staff have put down.
func (d *Desk) Unjudge(ctx context.Context, actor ledger.Actor, question string) error {
	return d.changingJudged(ctx, func() error {
		lines, err := d.judgedLines()
		if err != nil {
			return err
		}
		i := slices.IndexFunc(lines, func(line []byte) bool {
			q, ok := readJudged(line)
			return ok && q.Class == OfficeClass && q.Q == question
		})
		if i < 0 {
			return bot.NotFound.Sayf("“%s”不在这里记下的检验题里，没有动。写在别的文件里的，请改那个文件。", question)
		}
		q, _ := readJudged(lines[i])
		return d.rewriteJudged(ctx, lines, slices.Delete(slices.Clone(lines), i, i+1), func() error {
			return d.Ledger.Note(ctx, actor, "unjudge question", strings.Join(q.Want, "、"), d.Now())
		})
	})
}

// changingJudged does something while no other program changes the file.
func (d *Desk) changingJudged(ctx context.Context, do func() error) error {
	if d.JudgedFile == "" {
		return bot.NotFound.Sayf("没有检验题。")
	}
	if err := os.MkdirAll(filepath.Dir(d.JudgedFile), 0o755); err != nil {
		return fmt.Errorf("make folder of judged questions: %w", err)
	}
	l := flock.New(d.JudgedFile + ".lock")
	waiting, cancel := context.WithTimeout(ctx, judgedPatience)
	defer cancel()
	ok, err := l.TryLockContext(waiting, 20*time.Millisecond)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, context.DeadlineExceeded), err == nil && !ok:
		return bot.Conflict.Sayf("有人正在改检验题，没有办。请再试一次。")
	case err != nil:
		return fmt.Errorf("lock judged questions: %w", err)
	}
	defer func() { _ = l.Unlock() }() // the file stays: another may be waiting for it
	return do()
}

// judgedPatience is how long a change of the judged questions waits for another.
const judgedPatience = 5 * time.Second
