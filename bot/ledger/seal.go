package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianwen/corpus"
)

// sealAction is what the audit calls it when rounds are sealed.
const sealAction = "seal"

// When rounds are sealed: long enough after they have closed that no answer is on its
// way, and not so often that the history is full of it.
const (
	sealAfter = 24 * time.Hour
	sealEvery = 7 * 24 * time.Hour
)

// seal is what the audit has of rounds that are sealed. The digest is that of the
// rounds with their answers, and of the leave and the corrections that were recorded
// since the seal before.
type seal struct {
	rounds             int
	excuse, correction int64 // the last ones it covers
	digest             string
}

func (s seal) detail() string {
	return fmt.Sprintf("%d %d %d %s", s.rounds, s.excuse, s.correction, s.digest)
}

func readSeal(detail string) (s seal, ok bool) {
	n, err := fmt.Sscanf(detail, "%d %d %d %s", &s.rounds, &s.excuse, &s.correction, &s.digest)
	return s, err == nil && n == 4
}

// sealRounds seals the rounds that have closed, once enough of them have. No answer to
// a sealed round is taken any more.
func (l *Ledger) sealRounds(ctx context.Context, tx *sql.Tx, now time.Time) error {
	var first int64
	due := `FROM round WHERE closes <= $1 AND NOT EXISTS (SELECT 1 FROM sealed WHERE sealed.round = round.id)`
	until := millis(now.Add(-sealAfter))
	err := tx.QueryRowContext(ctx, `SELECT COALESCE(MIN(closes), 0) `+due, until).Scan(&first)
	if err != nil || first == 0 || first > millis(now.Add(-sealEvery)) {
		return err
	}
	if err := errors.Join(l.lockAudit(ctx, tx), l.lockAnswers(ctx, tx)); err != nil {
		return err
	}
	var row int64
	if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(seq), 0) + 1 FROM audit`).Scan(&row); err != nil {
		return err
	}
	n, err := affected(ctx, tx, `INSERT INTO sealed (round, audit) SELECT id, CAST($2 AS BIGINT) `+due, until, row)
	if err != nil || n == 0 { // 0: another process has sealed them at this moment
		return err
	}
	s, err := l.within(tx).newSeal(ctx, row)
	if err != nil {
		return err
	}
	return l.note(ctx, tx, ClockActor, sealAction, s.detail(), now)
}

// newSeal is the seal of the rounds that the next row of the audit seals, and of all
// leave and corrections that no seal covers.
func (l *Ledger) newSeal(ctx context.Context, row int64) (s seal, err error) {
	before, err := l.lastSeal(ctx)
	if err != nil {
		return s, err
	}
	var from, to corpus.Date
	err = l.reader.QueryRowContext(ctx, `SELECT MIN(round), MAX(round), (SELECT COALESCE(MAX(seq), 0) FROM excuse), (SELECT COALESCE(MAX(seq), 0) FROM correction)
		FROM sealed WHERE audit = $1`, row).Scan(&from, &to, &s.excuse, &s.correction)
	if err != nil {
		return s, err
	}
	answers, err := l.Answers(ctx, from, to)
	if err != nil {
		return s, err
	}
	digests, err := l.roundDigests(ctx, from, to, answers)
	if err != nil {
		return s, err
	}
	return l.sealOf(ctx, row, before, s, digests)
}

// lockAnswers keeps answers from coming in until a transaction ends.
func (l *Ledger) lockAnswers(ctx context.Context, tx *sql.Tx) error {
	if !l.postgres {
		return nil
	}
	return exec(ctx, tx, `LOCK TABLE answer IN SHARE ROW EXCLUSIVE MODE`)
}

// lastSeal is the seal before; the zero one if there is none.
func (l *Ledger) lastSeal(ctx context.Context) (s seal, err error) {
	var detail string
	err = l.reader.QueryRowContext(ctx, `SELECT detail FROM audit WHERE action = $1 ORDER BY seq DESC LIMIT 1`, sealAction).Scan(&detail)
	if errors.Is(err, sql.ErrNoRows) {
		return s, nil
	}
	s, _ = readSeal(detail)
	return s, err
}

// sealOf is the seal of the rounds that a row of the audit has sealed, and of what
// stands between the seal before and s.
func (l *Ledger) sealOf(ctx context.Context, row int64, before, s seal, digests map[corpus.Date]string) (seal, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT round FROM sealed WHERE audit = $1 ORDER BY round`, row)
	days, err := collect(rows, err, text)
	if err != nil {
		return s, err
	}
	var lines []string
	for _, day := range days {
		lines = append(lines, digests[corpus.Date(day)])
	}
	if before.digest == "" { // the first has all up to its own, those of a former version too, which have no place
		before.excuse, before.correction = math.MinInt64, math.MinInt64
	}
	leave, err := l.encoded(ctx, `SELECT member, from_day, to_day, reason, actor, at, back, seq FROM excuse WHERE seq > $1 AND seq <= $2`, before.excuse, s.excuse)
	if err != nil {
		return s, err
	}
	corrections, err := l.encoded(ctx, `SELECT seq, round, member, standing, reason, actor, at, 0 FROM correction WHERE seq > $1 AND seq <= $2`, before.correction, s.correction)
	s.rounds, s.digest = len(days), digest(strings.Join(slices.Concat(lines, leave, corrections), "\n"))
	return s, err
}

// encoded are rows of eight columns, each as a text, in an order that does not depend
// on the database.
func (l *Ledger) encoded(ctx context.Context, query string, args ...any) ([]string, error) {
	rows, err := l.reader.QueryContext(ctx, query, args...)
	list, err := collect(rows, err, func(row scanner) (string, error) {
		var v [8]string
		err := row.Scan(&v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7])
		raw, err2 := json.Marshal(v)
		return string(raw), errors.Join(err, err2)
	})
	slices.Sort(list)
	return list, err
}

// roundDigests are the digests of the rounds of some days, each with its answers, as
// they stand in the table. Of a round that is sealed, or in a closed period, neither
// ever changes.
func (l *Ledger) roundDigests(ctx context.Context, from, to corpus.Date, answers []Answer) (map[corpus.Date]string, error) {
	lines := map[corpus.Date][]string{}
	for _, a := range answers {
		line := strconv.AppendQuote(nil, a.Member)
		for _, n := range []int64{int64(a.Choice), boolean(a.Correct), millis(a.At)} {
			line = strconv.AppendInt(append(line, ' '), n, 10)
		}
		lines[a.Round] = append(lines[a.Round], string(strconv.AppendQuote(append(line, ' '), a.Channel)))
	}
	digests := map[corpus.Date]string{}
	rows, err := l.reader.QueryContext(ctx, `SELECT id, question, text, options, answer, explanation, cites, opened, closes, void FROM round WHERE id >= $1 AND id <= $2`, string(from), string(to))
	_, err = collect(rows, err, func(row scanner) (day corpus.Date, err error) {
		var v [10]string
		if err := row.Scan(&v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7], &v[8], &v[9]); err != nil {
			return "", err
		}
		day = corpus.Date(v[0])
		own := lines[day]
		slices.Sort(own) // not by the database: its order depends on its language
		raw, err := json.Marshal(v)
		digests[day] = digest(string(raw) + strings.Join(own, "\n"))
		return day, err
	})
	return digests, err
}

// sources is the digest of the rounds of some days.
func sources(digests map[corpus.Date]string, from, to corpus.Date) string {
	var lines []string
	for day, d := range digests {
		if from <= day && day <= to {
			lines = append(lines, string(day)+" "+d)
		}
	}
	slices.Sort(lines)
	return digest(strings.Join(lines, "\n"))
}

// verifySeals is nil where what is sealed is as it was then.
func (l *Ledger) verifySeals(ctx context.Context, deeds []sealDeed, digests map[corpus.Date]string) error {
	var before seal
	for _, d := range deeds {
		s, ok := readSeal(d.detail)
		now, err := l.sealOf(ctx, d.row, before, s, digests)
		if err != nil {
			return err
		}
		if !ok || now != s {
			return &TamperError{
				fmt.Sprintf("操作记录第 %d 条封存的 %d 道题的作答，或者这以前登记的请假、更正，和封存时不一样", d.row, s.rounds),
				"有人绕过程序改了题、作答、请假或者更正", compareBackup,
			}
		}
		before = s
	}
	return nil
}

// sealDeed is a row of the audit that seals.
type sealDeed struct {
	row    int64
	detail string
}
