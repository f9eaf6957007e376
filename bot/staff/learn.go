package staff

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/shelf"
	"lianwen/corpus"
)

// change is what a settlement has changed in the library, as the ledger keeps it.
type change struct {
	Lines    []linesOf `json:"lines,omitempty"`
	Official string    `json:"official,omitempty"` // of synonyms
	Words    []string  `json:"words,omitempty"`
	Text     string    `json:"text,omitempty"`  // what is said
	Block    string    `json:"block,omitempty"` // … as the file has it
}

// linesOf is the lines that a rule's articles were given.
type linesOf struct {
	Rule string             `json:"rule"`
	Came []shelf.LineChange `json:"came"`
}

// kindWords are the kinds of settlement in words.
var kindWords = map[ledger.SettlementKind]string{
	ledger.SettledLine: "补问法", ledger.SettledSynonym: "补同义词", ledger.SettledReply: "补应答", ledger.SettledNotOurs: "不归我们",
}

// Place is an article, or a part of one.
type Place struct {
	Article *corpus.Article
	Part    corpus.Part
}

// AddLines gives the wordings of a cluster to articles as asked-as lines: to all of
// them, or to none. It returns how many lines that are, and the number that undoes it.
func (d *Desk) AddLines(ctx context.Context, actor ledger.Actor, c Cluster, places []Place) (number, lines int, err error) {
	return d.addLines(ctx, actor, fromUnanswered, c, places)
}

// AddTried gives an article a question that somebody has tried as an asked-as line. The
// number undoes it.
func (d *Desk) AddTried(ctx context.Context, actor ledger.Actor, question string, to Place) (number int, err error) {
	c := Cluster{Question: strings.TrimSpace(question)}
	list, err := d.Settled(ctx)
	if err != nil {
		return 0, err
	}
	for _, s := range slices.Backward(list) { // it may answer for several articles
		if s.Question == c.Question {
			c.Before = &s
		}
	}
	number, _, err = d.addLines(ctx, actor, fromTrial, c, []Place{to})
	return number, err
}

// Where staff had a question from, as the library says of it.
const (
	fromUnanswered = "未答问题"
	fromTrial      = "试问"
)

func (d *Desk) addLines(ctx context.Context, actor ledger.Actor, source string, c Cluster, places []Place) (number, lines int, err error) {
	s, err := d.Shelf(actor)
	if err != nil {
		return 0, 0, err
	}
	if err := d.impersonal(ctx, c); err != nil {
		return 0, 0, err
	}
	from, err := d.signed(ctx, actor, source)
	if err != nil {
		return 0, 0, err
	}
	var ch, fresh change // fresh is what was not there
	for _, rule := range rulesOf(places) {
		var asked []shelf.Asked
		for _, p := range places {
			if p.Article.Rule.ID == rule {
				asked = append(asked, shelf.Asked{Article: p.Article, Lines: c.lines(p.Part, from)})
			}
		}
		came, there, err := s.LearnLines(ctx, rule, asked)
		if err != nil {
			_, undone := fresh.takeLines(context.WithoutCancel(ctx), s)
			return 0, 0, errors.Join(err, undone)
		}
		if len(came) > 0 {
			ch.Lines = append(ch.Lines, linesOf{rule, came})
			lines += len(came)
		}
		if !there {
			fresh.Lines = append(fresh.Lines, linesOf{rule, came})
		}
	}
	if lines == 0 || fresh.Lines == nil && ch.recorded(c.Before) {
		return 0, 0, bot.Conflict.Sayf("“%s”已经是这条的问法了，没有再加。还是查不到的，请看批准过的问法是不是停用了。", c.Question)
	}
	number, err = d.settle(ctx, actor, ledger.SettledLine, c, ch, func(ctx context.Context) error {
		_, err := fresh.takeLines(ctx, s)
		return err
	})
	return number, lines, err
}

// recorded reports whether a settlement has changed just that.
func (ch change) recorded(s *ledger.Settlement) bool {
	raw, err := json.Marshal(ch)
	return err == nil && s != nil && s.Change == string(raw)
}

// lines are the wordings of a cluster as lines for a part of an article.
func (c Cluster) lines(part corpus.Part, from string) (list []corpus.AskedLine) {
	for _, text := range c.Wordings() {
		list = append(list, corpus.AskedLine{Text: text, From: from, Part: part})
	}
	return list
}

// rulesOf are the ids of the rules of some places, each once.
func rulesOf(places []Place) (ids []string) {
	for _, p := range places {
		if !slices.Contains(ids, p.Article.Rule.ID) {
			ids = append(ids, p.Article.Rule.ID)
		}
	}
	return ids
}

// AddSynonyms lets everyday words stand for an official one, from the next reading of
// the library on. It settles a cluster, or none. The number undoes it.
func (d *Desk) AddSynonyms(ctx context.Context, actor ledger.Actor, c Cluster, official string, words []string) (number int, err error) {
	s, err := d.Shelf(actor)
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
	text = strings.TrimSpace(text)
	if last, _ := utf8.DecodeLastRuneInString(text); unicode.IsLetter(last) || unicode.IsDigit(last) { // a command loses its full stop
		text += "。"
	}
	return d.reply(ctx, actor, ledger.SettledReply, c, text)
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
	s, err := d.Shelf(actor)
	if err != nil {
		return 0, err
	}
	if err := d.impersonal(ctx, c); err != nil {
		return 0, err
	}
	from, err := d.signed(ctx, actor, fromUnanswered)
	if err != nil {
		return 0, err
	}
	var say []string
	for _, w := range c.Wordings() {
		w = strings.TrimRight(w, "？? ")
		for _, w := range []string{w, w + "？"} { // with the mark it is another sentence to whoever compares
			if w != "" && !slices.Contains(say, w) {
				say = append(say, w)
			}
		}
	}
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ") // lists show it in one line
	block, err := s.AddReply(ctx, say, text, from)
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
		s := ledger.Settlement{At: d.Now(), Actor: actor, Kind: kind, Question: c.Question, Change: string(raw)}
		if c.Before != nil {
			s.After = c.Before.Number
		}
		number, err = d.Ledger.Settle(ctx, s, ch.detail())
	}
	if err == nil {
		return number, nil
	}
	undone := back(context.WithoutCancel(ctx))
	if errors.Is(err, ledger.ErrSettled) && undone == nil {
		return 0, d.settledMeanwhile(ctx, c.Question)
	}
	return 0, errors.Join(err, undone)
}

// settledMeanwhile says who has settled a question, and how.
func (d *Desk) settledMeanwhile(ctx context.Context, question string) error {
	list, err := d.Settled(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(s ledger.Settlement) bool { return s.Question == question })
	if i < 0 {
		return bot.Conflict.Sayf("“%s”刚刚有人处理过，什么也没有做。请再看一遍。", question)
	}
	return d.alreadySettled(list[i])
}

// alreadySettled refuses what is done: it says by whom, when and how.
func (d *Desk) alreadySettled(s ledger.Settlement) error {
	what, detail := SettlementInWords(s)
	return bot.Conflict.Sayf("“%s”已经处理过（%d 号，%s，%s %s：%s），什么也没有做。要改，先撤销 %d。",
		s.Question, s.Number, what, actorInWords(s.Actor), s.At.In(d.Location).Format("1月2日15:04"), detail, s.Number)
}

// Shelf is the library, to be changed.
func (d *Desk) Shelf(actor ledger.Actor) (*shelf.Shelf, error) {
	if d.Dir == "" {
		return nil, bot.Invalid.Sayf("这里的制度库不能改：用的是自带的示例，或者正在试演。请先运行 lianwen library init 文件夹，把那个文件夹写进配置的 library。")
	}
	return &shelf.Shelf{Dir: d.Dir, Who: string(actor), Now: d.Now}, nil
}

// signed says where something comes from, and who decided it when.
func (d *Desk) signed(ctx context.Context, actor ledger.Actor, source string) (string, error) {
	kind, name, _ := strings.Cut(string(actor), " ")
	if account, ok := strings.CutPrefix(string(actor), string(ledger.WebActor(""))); ok {
		kind, name = "", account
	}
	if kind == "staff" {
		members, err := d.Ledger.Members(ctx)
		if err != nil {
			return "", err
		}
		if m, ok := numbered(members, name); ok {
			name = m.Name
		}
	}
	return strings.TrimSpace(source+"，"+name) + " " + string(d.Today()), nil
}
