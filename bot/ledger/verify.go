package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"lianwen/corpus"
)

// ErrTampered means that the audit, or what stands under it, is not as it was
// written.
var ErrTampered = errors.New("the audit was changed")

// TamperError says what is not as it was written, what that means and what to do,
// for people.
type TamperError struct{ What, Means, Fix string }

func (e *TamperError) Error() string { return e.What }

// Is makes it an ErrTampered.
func (e *TamperError) Is(target error) bool { return target == ErrTampered }

// What to do about a row, and about rows that are gone.
const (
	compareBackup = "请查明是谁直接改了数据库，与备份对照；要换回备份，用 lianwen restore 备份文件 --replace"
	restoreEnd    = "请查明是谁直接改了数据库，或者换上了旧的文件；有更新的备份的，用 lianwen restore 备份文件 --replace 恢复，没有的，确认以后用 lianwen restore --accept（记在操作记录里）"
)

func rowTampered(row int, why string) error {
	return &TamperError{
		fmt.Sprintf("操作记录第 %d 条%s", row, why),
		fmt.Sprintf("第 %d 条被改过、删过，或者前面插进了别的", row),
		compareBackup,
	}
}

// Verify checks the audit from its first row on, whether the heads that are kept
// outside of it are rows of it, and whether what is sealed and closed is what it was. It
// returns how many rows the audit has; what is not as it was written is a
// *TamperError. What it cannot notice is in the comment of the package.
func (l *Ledger) Verify(ctx context.Context) (rows int, err error) {
	kept, err := l.keptHeads() // before the rows: what is added meanwhile is too much for them, never too little
	if err == nil {
		err = l.still(ctx, func(l *Ledger) error {
			rows, err = l.verify(ctx, kept)
			return err
		})
	}
	if err != nil && !errors.Is(err, ErrTampered) {
		err = fmt.Errorf("read audit: %w", err)
	}
	return rows, err
}

// still runs f on the ledger as it is at one moment.
func (l *Ledger) still(ctx context.Context, f func(*Ledger) error) (err error) {
	db, shared := l.reader.(*sql.DB)
	if !shared { // it is seen by a transaction already
		return f(l)
	}
	options := &sql.TxOptions{ReadOnly: true}
	if l.postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	tx, err := db.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	return f(l.within(tx))
}

func (l *Ledger) verify(ctx context.Context, kept []keptHead) (int, error) {
	written, err := originIn(ctx, l.reader)
	if err != nil {
		return 0, err
	}
	c := chain{kept: map[int64]string{}}
	for _, k := range kept {
		c.kept[k.Row] = ""
	}
	if err := l.follow(ctx, &c); err != nil {
		return c.rows, err
	}
	if int64(c.rows) < written.Audited && !l.accepting {
		return c.rows, &TamperError{
			fmt.Sprintf("操作记录只有 %d 条，写下过 %d 条", c.rows, written.Audited), "末尾的操作记录被删去了", restoreEnd,
		}
	}
	if err := c.hold(kept); err != nil {
		return c.rows, err
	}
	if len(c.seals)+len(c.closings) == 0 {
		return c.rows, nil
	}
	answers, err := l.Answers(ctx, "", lastDay)
	if err != nil {
		return c.rows, err
	}
	digests, err := l.roundDigests(ctx, "", lastDay, answers)
	if err == nil {
		err = l.verifySeals(ctx, c.seals, digests)
	}
	if n := len(c.seals); err == nil && n > 0 { // before there were seals other versions may have told otherwise
		last, _ := readSeal(c.seals[n-1].detail)
		err = l.verifyEntered(ctx, last, c.entered)
	}
	if err == nil {
		err = l.verifyClosed(ctx, c.closings, digests, answers)
	}
	return c.rows, err
}

// lastDay is behind all days.
const lastDay corpus.Date = "9999-12-31"

// chain is what is found on the way along the audit.
type chain struct {
	rows     int
	kept     map[int64]string // the hashes of the rows that were kept elsewhere
	returns  []Return
	seals    []sealDeed
	entered  []string   // leave and corrections of which is told since the last seal
	closings []auditRow // closings, and what was numbered behind them
}

// follow checks the chain that the rows are.
func (l *Ledger) follow(ctx context.Context, c *chain) error {
	list, err := l.reader.QueryContext(ctx, `SELECT seq, at, actor, action, detail, previous, hash FROM audit ORDER BY seq`)
	if err != nil {
		return err
	}
	defer list.Close()
	previous := ""
	for list.Next() {
		var r auditRow
		var hash string
		if err := list.Scan(&r.Seq, &r.At, &r.Actor, &r.Action, &r.Detail, &r.Previous, &hash); err != nil {
			return rowTampered(c.rows+1, fmt.Sprintf("读不出来（%v）", err))
		}
		if c.rows++; r.Seq != int64(c.rows) || r.Previous != previous || hash != r.hash() {
			return rowTampered(c.rows, "和写下时不一样")
		}
		if _, wanted := c.kept[r.Seq]; wanted {
			c.kept[r.Seq] = hash
		}
		c.meet(r)
		previous = hash
	}
	return list.Err()
}

// meet takes note of a row that tells of other rows.
func (c *chain) meet(row auditRow) {
	d := Deed{fromMillis(row.At), row.Actor, row.Action, row.Detail}
	if r, ok := ReadReturn(d); ok {
		c.returns = append(c.returns, r)
	}
	switch d.Action {
	case sealAction:
		c.seals, c.entered = append(c.seals, sealDeed{row.Seq, row.Detail}), nil
	case excuseAction, takeBackAction, correctAction:
		c.entered = append(c.entered, entered(row.At, row.Actor, row.Action, row.Detail))
	case closedAction, changedAction:
		c.closings = append(c.closings, row)
	}
}

// hold is nil where the heads that were kept are rows of the chain, or went with a
// ledger that was put aside.
func (c *chain) hold(kept []keptHead) error {
	for _, k := range kept {
		hash := c.kept[k.Row]
		if _, told := tells(c.returns, k.Head); hash == k.Hash || told {
			continue
		}
		if hash == "" {
			return &TamperError{
				fmt.Sprintf("操作记录只有 %d 条，%s记着第 %d 条（校验 %s）", c.rows, k.where, k.Row, k.Short()),
				"末尾的操作记录被删去了，连同记着的总数，或者台账换成了旧的", restoreEnd,
			}
		}
		return &TamperError{
			fmt.Sprintf("操作记录第 %d 条的校验是 %s，%s记着 %s", k.Row, Head{Hash: hash}.Short(), k.where, k.Short()),
			"从某一条起，操作记录被整段改写过", compareBackup,
		}
	}
	return nil
}

// keptHead is a head that is kept outside of the audit.
type keptHead struct {
	Head
	where string // for people
}

// keptHeads are all that are known here.
func (l *Ledger) keptHeads() ([]keptHead, error) {
	if l.looking {
		return l.kept, nil
	}
	return l.beside.keptHeads()
}

func (b *beside) keptHeads() ([]keptHead, error) {
	o, had, err := b.read()
	if errors.Is(err, ErrUnmarked) { // is said by whoever opens the ledger
		return nil, nil
	}
	if err != nil || !had {
		return nil, err
	}
	var list []keptHead
	if o.Head.Row > 0 {
		list = append(list, keptHead{o.Head, "旁边的 ledger.id "})
	}
	backups, err := b.backups(o.ID)
	for _, backup := range backups {
		if backup.Head.Row > 0 {
			list = append(list, keptHead{backup.Head, "备份 " + backup.File + " "})
		}
	}
	return list, err
}
