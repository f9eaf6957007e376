package staff

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/shelf"
)

// SettlementInWords is a settlement as people read it: what was done, and to what.
func SettlementInWords(s ledger.Settlement) (what, detail string) {
	var ch change
	if err := json.Unmarshal([]byte(s.Change), &ch); err != nil {
		return kindWords[s.Kind], s.Change // as a newer version has it
	}
	return kindWords[s.Kind], ch.detail()
}

// Settled is what was done about questions in vain and not undone, the last first.
func (d *Desk) Settled(ctx context.Context) ([]ledger.Settlement, error) {
	list, err := d.Ledger.Settlements(ctx)
	slices.Reverse(list)
	return slices.DeleteFunc(list, func(s ledger.Settlement) bool { return !s.Undone.IsZero() }), err
}

// Undo takes back what a settlement has changed in the library and opens its cluster
// again. What was changed by hand since is left as it is, and then nothing is undone;
// what is not there any more is no reason not to open the cluster.
func (d *Desk) Undo(ctx context.Context, actor ledger.Actor, number int) (ledger.Settlement, error) {
	list, err := d.Settled(ctx)
	if err != nil {
		return ledger.Settlement{}, err
	}
	i := slices.IndexFunc(list, func(s ledger.Settlement) bool { return s.Number == number })
	if i < 0 {
		return ledger.Settlement{}, notSettled(number)
	}
	done := list[i]
	var ch change
	if err := json.Unmarshal([]byte(done.Change), &ch); err != nil {
		return done, fmt.Errorf("read settlement %d: %w", number, err)
	}
	s, err := d.Shelf(actor)
	if err != nil {
		return done, err
	}
	take, put := ch.undoing(s)
	switch err := take(ctx); {
	case errors.Is(err, shelf.ErrGone):
		put = func(context.Context) error { return nil }
	case err != nil:
		return done, err
	}
	switch err := d.Ledger.Unsettle(ctx, number, actor, d.Now()); {
	case errors.Is(err, ledger.ErrNotSettled): // another has done so meanwhile
		return done, notSettled(number)
	case err != nil:
		return done, errors.Join(err, put(context.WithoutCancel(ctx)))
	}
	return done, nil
}

func notSettled(number int) error {
	return bot.NotFound.Sayf("没有 %d 号处理，或者已经撤销过了，什么也没有做。", number)
}

// detail is what was changed, in one line, without what was asked.
func (ch change) detail() string {
	var cites []string
	for _, of := range ch.Lines {
		for _, line := range of.Came {
			if cite := of.Rule + "#" + line.Number; !slices.Contains(cites, cite) {
				cites = append(cites, cite)
			}
		}
	}
	switch {
	case len(cites) > 0:
		return strings.Join(cites, "、")
	case ch.Official != "":
		return ch.Official + " ← " + strings.Join(ch.Words, " ")
	}
	return ch.Text
}

// undoing are what takes a change back, and what makes it again.
func (ch change) undoing(s *shelf.Shelf) (take, put func(context.Context) error) {
	switch {
	case len(ch.Lines) > 0:
		var taken change
		take = func(ctx context.Context) (err error) {
			taken, err = ch.takeLines(ctx, s)
			return err
		}
		return take, func(ctx context.Context) error { return taken.putLines(ctx, s) }
	case ch.Official != "":
		return func(ctx context.Context) error { return s.RemoveSynonyms(ctx, ch.Official, ch.Words) },
			func(ctx context.Context) error { return s.AddSynonyms(ctx, ch.Official, ch.Words) }
	}
	return func(ctx context.Context) error { return s.RemoveReply(ctx, ch.Block) },
		func(ctx context.Context) error { return s.RestoreReply(ctx, ch.Block) }
}

// takeLines takes the lines out of the files of all rules, or of none. Files where they
// are not any more are passed over. It returns what it has taken.
func (ch change) takeLines(ctx context.Context, s *shelf.Shelf) (taken change, err error) {
	for _, of := range ch.Lines {
		err := s.TakeLines(ctx, of.Rule, of.Came)
		switch {
		case err == nil:
			taken.Lines = append(taken.Lines, of)
		case !errors.Is(err, shelf.ErrGone):
			return change{}, errors.Join(err, taken.putLines(context.WithoutCancel(ctx), s))
		}
	}
	return taken, nil
}

// putLines puts the lines back as they were.
func (ch change) putLines(ctx context.Context, s *shelf.Shelf) error {
	for _, of := range ch.Lines {
		if err := s.PutLines(ctx, of.Rule, of.Came); err != nil {
			return err
		}
	}
	return nil
}
