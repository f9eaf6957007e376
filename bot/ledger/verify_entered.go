package ledger

import (
	"context"
	"fmt"
	"slices"
)

// Actions of the audit about what staff and members enter, each beside a row of its own.
const (
	excuseAction   = "excuse"
	takeBackAction = "take leave back"
	correctAction  = "correct"
)

// detail is a leave as the audit has it.
func (l Leave) detail() string { return fmt.Sprintf("%s %s %s", l.Member, l.From, l.To) }

// action is what the audit calls a leave.
func (l Leave) action() string {
	if l.Back {
		return takeBackAction
	}
	return excuseAction
}

// detail is a correction as the audit has it.
func (c Correction) detail() string {
	return fmt.Sprintf("%s %s %s: %s", c.Round, c.Member, c.Standing, c.Reason)
}

// entered is a row of the audit as far as the row that it tells of has it too.
func entered(at int64, actor Actor, action, detail string) string {
	return fmt.Sprintf("%d %q %s %q", at, string(actor), action, detail)
}

// verifyEntered is nil where the leave and the corrections that no seal covers yet are
// those of which the audit tells since the last seal.
func (l *Ledger) verifyEntered(ctx context.Context, last seal, told []string) error {
	rows, err := l.reader.QueryContext(ctx, `SELECT member, from_day, to_day, actor, back, at FROM excuse WHERE seq > $1`, last.excuse)
	leaves, err := collect(rows, err, func(row scanner) (string, error) {
		var e Leave
		var back, at int64
		err := row.Scan(&e.Member, &e.From, &e.To, &e.Actor, &back, &at)
		e.Back = back != 0
		return entered(at, e.Actor, e.action(), e.detail()), err
	})
	if err != nil {
		return err
	}
	rows, err = l.reader.QueryContext(ctx, `SELECT round, member, standing, reason, actor, at FROM correction WHERE seq > $1`, last.correction)
	corrections, err := collect(rows, err, func(row scanner) (string, error) {
		var c Correction
		var at int64
		err := row.Scan(&c.Round, &c.Member, &c.Standing, &c.Reason, &c.Actor, &at)
		return entered(at, c.Actor, correctAction, c.detail()), err
	})
	if err != nil {
		return err
	}
	have := slices.Concat(leaves, corrections)
	slices.Sort(have)
	slices.Sort(told)
	if !slices.Equal(have, told) {
		return &TamperError{
			fmt.Sprintf("最近一次封存以后登记的请假、更正有 %d 条，操作记录里的是 %d 条，或者内容不一样", len(have), len(told)),
			"有人绕过程序加了、改了、删了请假或者更正", compareBackup,
		}
	}
	return nil
}
