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

// change is what a settlement has changed in the library, as the ledger keeps it.
type change struct {
	Official string   `json:"official,omitempty"` // of synonyms
	Words    []string `json:"words,omitempty"`
	Text     string   `json:"text,omitempty"`  // what is said
	Block    string   `json:"block,omitempty"` // … as the file has it
}

// kindWords are the kinds of settlement in words.
var kindWords = map[ledger.SettlementKind]string{
	ledger.SettledLine: "补问法", ledger.SettledSynonym: "补同义词", ledger.SettledReply: "补应答", ledger.SettledNotOurs: "不归我们",
}

// AddSynonyms lets everyday words stand for an official one, from the next reading of
// the library on. It settles a cluster, or none. The number undoes it.
func (d *Desk) AddSynonyms(ctx context.Context, actor ledger.Actor, c Cluster, official string, words []string) (number int, err error) {
	s, err := d.shelf(actor)
	if err != nil {
		return 0, err
	}
	if err := s.AddSynonyms(ctx, official, words); err != nil {
		return 0, err
	}
	ch := change{Official: official, Words: words}
	return d.settle(ctx, actor, ledger.SettledSynonym, c, ch, func(ctx context.Context) error { return s.RemoveSynonyms(ctx, official, words) })
}

// AddReply answers the wordings of a cluster, which ask nothing about the rules, with a
// text from now on.
func (d *Desk) AddReply(ctx context.Context, actor ledger.Actor, c Cluster, text string) (number int, err error) {
	return d.reply(ctx, actor, ledger.SettledReply, c, strings.TrimSpace(text))
}

// NotOurs answers the wordings of a cluster with that it is none of the committee's
// business, and whom to ask; "" for whoever is asked when nothing is found.
func (d *Desk) NotOurs(ctx context.Context, actor ledger.Actor, c Cluster, whom string) (number int, err error) {
	text := "这件事不归我们管，制度里没有规定。不知道该找谁的，可问{经办}。"
	if whom = strings.TrimRight(strings.TrimPrefix(strings.TrimSpace(whom), "找"), "。"); whom != "" {
		text = "这件事不归我们管，请找" + whom + "。"
	}
	return d.reply(ctx, actor, ledger.SettledNotOurs, c, text)
}

func (d *Desk) reply(ctx context.Context, actor ledger.Actor, kind ledger.SettlementKind, c Cluster, text string) (number int, err error) {
	s, err := d.shelf(actor)
	if err != nil {
		return 0, err
	}
	from, err := d.signed(ctx, actor)
	if err != nil {
		return 0, err
	}
	block, err := s.AddReply(ctx, c.Wordings(), text, from)
	if err != nil {
		return 0, err
	}
	return d.settle(ctx, actor, kind, c, change{Text: text, Block: block}, func(ctx context.Context) error { return s.RemoveReply(ctx, block) })
}

// settle records what was changed in the library; if it cannot be recorded, back takes
// the change back.
func (d *Desk) settle(ctx context.Context, actor ledger.Actor, kind ledger.SettlementKind, c Cluster, ch change, back func(context.Context) error) (number int, err error) {
	raw, err := json.Marshal(ch)
	if err == nil {
		number, err = d.Ledger.Settle(ctx, ledger.Settlement{At: d.Now(), Actor: actor, Kind: kind, Question: c.Question, Change: string(raw)}, ch.detail())
	}
	if err != nil {
		return 0, errors.Join(err, back(context.WithoutCancel(ctx)))
	}
	return number, nil
}

// detail is what was changed, in one line, without what was asked.
func (ch change) detail() string {
	if ch.Official != "" {
		return ch.Official + " ← " + strings.Join(ch.Words, " ")
	}
	return ch.Text
}

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
// again. What was changed by hand since is left as it is, and then nothing is undone.
func (d *Desk) Undo(ctx context.Context, actor ledger.Actor, number int) (ledger.Settlement, error) {
	list, err := d.Settled(ctx)
	if err != nil {
		return ledger.Settlement{}, err
	}
	i := slices.IndexFunc(list, func(s ledger.Settlement) bool { return s.Number == number })
	if i < 0 {
		return ledger.Settlement{}, bot.NotFound.Sayf("没有 %d 号处理，或者已经撤销过了，什么也没有做。", number)
	}
	done := list[i]
	var ch change
	if err := json.Unmarshal([]byte(done.Change), &ch); err != nil {
		return done, fmt.Errorf("read settlement %d: %w", number, err)
	}
	s, err := d.shelf(actor)
	if err != nil {
		return done, err
	}
	take, put := ch.undoing(s)
	if err := take(ctx); err != nil {
		return done, err
	}
	if err := d.Ledger.Unsettle(ctx, number, actor, d.Now()); err != nil {
		return done, errors.Join(err, put(context.WithoutCancel(ctx)))
	}
	return done, nil
}

// undoing are what takes a change back, and what makes it again.
func (ch change) undoing(s *shelf.Shelf) (take, put func(context.Context) error) {
	if ch.Official != "" {
		return func(ctx context.Context) error { return s.RemoveSynonyms(ctx, ch.Official, ch.Words) },
			func(ctx context.Context) error { return s.AddSynonyms(ctx, ch.Official, ch.Words) }
	}
	return func(ctx context.Context) error { return s.RemoveReply(ctx, ch.Block) },
		func(ctx context.Context) error { return s.RestoreReply(ctx, ch.Block) }
}

// shelf is the library to be changed.
func (d *Desk) shelf(actor ledger.Actor) (*shelf.Shelf, error) {
	if d.Dir == "" {
		return nil, bot.Invalid.Sayf("现在用的是自带的示例制度库，不能改。请先运行 lianwen library init 文件夹，把那个文件夹写进配置的 library。")
	}
	return &shelf.Shelf{Dir: d.Dir, Who: string(actor), Now: d.Now}, nil
}

// signed says where something comes from, and who decided it when.
func (d *Desk) signed(ctx context.Context, actor ledger.Actor) (string, error) {
	kind, name, _ := strings.Cut(string(actor), " ")
	if kind == "staff" {
		members, err := d.Ledger.Members(ctx)
		if err != nil {
			return "", err
		}
		if m, ok := numbered(members, name); ok {
			name = m.Name
		}
	}
	return strings.TrimSpace("未答问题，"+name) + " " + string(d.Today()), nil
}
