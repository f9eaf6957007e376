package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"lianwen/bot"
	"lianwen/bot/lines"
	"lianwen/bot/shelf"
	"lianwen/corpus"
)

// approvalKeys says what can be typed, for people.
const approvalKeys = "回车 全要（核对没过的除外）；1 3 只要这几句；-2 除了这句都要；0 都不要；s 先放着；q 结束。条文改过的还可以写 #6，把原来的问法给第六条。"

// approval is a person deciding on one article after another.
type approval struct {
	w   *linesWork
	in  *bufio.Reader
	out io.Writer
	by  string

	took, left, skipped int
	changed             bool // the library has been
}

// all goes through a list until it ends, or the person does.
func (p *approval) all(ctx context.Context, list []pending) error {
	if _, err := fmt.Fprintf(p.out, "有 %d 条等着看。%s\n", len(list), approvalKeys); err != nil {
		return err
	}
	done := 0
	for i, one := range list {
		if err := p.show(i+1, len(list), one); err != nil {
			return err
		}
		end, err := p.one(ctx, one)
		if err != nil {
			return err
		}
		if end {
			break
		}
		done++
	}
	text := fmt.Sprintf("批准了 %d 句，不要的 %d 句，放着 %d 条", p.took, p.left, p.skipped)
	if n := len(list) - done; n > 0 {
		text += fmt.Sprintf("，还有 %d 条没有看", n)
	}
	if p.changed {
		text += "。反悔的请运行 lianwen lines remove --last"
	}
	_, err := fmt.Fprintln(p.out, text+"。")
	return err
}

// shownRunes is how much of an article is shown, in characters: enough to tell what it
// is about.
const shownRunes = 160

func (p *approval) show(i, n int, one pending) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%d/%d ", i, n)
	switch {
	case one.article == nil:
		fmt.Fprintf(&b, "%s没有这一条了（%s），原来的问法：\n", one.was.Rule, one.was.Number.Chinese())
	case one.was != nil:
		fmt.Fprintf(&b, "%s 条文改过，现在是：\n%s\n原来的问法还用不用：\n", one.article.Citation(), cutText(one.article.Text))
	default:
		fmt.Fprintf(&b, "%s（已有 %d 句）\n%s\n", one.article.Citation(), len(one.article.Lines()), cutText(one.article.Text))
	}
	for k, text := range one.lines() {
		fmt.Fprintf(&b, "  %d %s\n", k+1, text)
	}
	_, err := io.WriteString(p.out, b.String())
	return err
}

func cutText(text string) string {
	if r := []rune(text); len(r) > shownRunes {
		return string(r[:shownRunes]) + "……"
	}
	return text
}

// one asks until the answer can be understood, and does what it says; end is whether the
// person wants no more.
func (p *approval) one(ctx context.Context, one pending) (end bool, err error) {
	for {
		if _, err := fmt.Fprint(p.out, "要哪几句？"); err != nil {
			return true, err
		}
		answer, err := readLine(ctx, p.in)
		if err != nil || answer == "" { // the input has ended, which is no answer
			return true, err
		}
		switch answer = strings.TrimSpace(answer); answer {
		case "q", "Q":
			return true, nil
		case "s", "S":
			p.skipped++
			return false, nil
		}
		err = p.decide(ctx, one, answer)
		if bot.CodeOf(err) == 0 {
			return false, err
		}
		if _, err := fmt.Fprintln(p.out, bot.Say(err)); err != nil { // what cannot be done can be answered again
			return true, err
		}
	}
}

// decide does what an answer says.
func (p *approval) decide(ctx context.Context, one pending, answer string) error {
	to := one.article
	if place, other := strings.CutPrefix(answer, "#"); other && one.was != nil {
		s, err := p.w.scope(one.was.Rule + "#" + place)
		if err != nil {
			return err
		}
		to, answer = s.article, ""
	}
	all := len(one.lines())
	passed := one.passed
	if one.was != nil {
		passed = all
	}
	take, err := chosen(answer, passed, all)
	if err != nil {
		return err
	}
	if to == nil && len(take) > 0 {
		return bot.Invalid.Sayf("这一条已经没有了，不能再给它。请写 #条号 给另一条，或者 0 都不要。")
	}
	if one.was != nil {
		return p.reapprove(ctx, one, to, take)
	}
	choice := lines.Choice{Article: one.article}
	for i, d := range one.drafts {
		if slices.Contains(take, i) {
			choice.Take = append(choice.Take, d)
		} else { // what was set apart too: it has been seen
			choice.Leave = append(choice.Leave, d)
		}
	}
	n, err := p.w.store.Approve(ctx, p.w.lib, to.Rule.ID, p.by, []lines.Choice{choice})
	p.took, p.left, p.changed = p.took+n, p.left+len(choice.Leave), p.changed || n > 0
	return err
}

func (p *approval) reapprove(ctx context.Context, one pending, to *corpus.Article, take []int) error {
	asked := shelf.Asked{Article: to}
	for _, i := range take {
		l := one.was.Lines[i]
		if l.From = p.w.store.Provenance(l.From, p.by); !to.Has(l.Part) {
			l.Part = corpus.Part{}
		}
		asked.Lines = append(asked.Lines, l)
	}
	if err := p.w.lib.Reapprove(ctx, *one.was, asked); err != nil {
		return err
	}
	p.took, p.left, p.changed = p.took+len(take), p.left+len(one.was.Lines)-len(take), true
	return nil
}

// chosen reads which of the lines are meant, from 0: of all of them the first passed are
// those an empty answer takes.
func chosen(answer string, passed, all int) ([]int, error) {
	rest, except := strings.CutPrefix(strings.TrimSpace(answer), "-")
	var named []int
	for _, field := range strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(" ,，、　", r) }) {
		n, err := strconv.Atoi(strings.TrimPrefix(field, "-"))
		if err != nil || n < 0 || n > all {
			return nil, bot.Invalid.Sayf("看不懂「%s」。%s", answer, approvalKeys)
		}
		named = append(named, n-1)
	}
	if except || len(named) == 0 {
		var out []int
		for i := range passed {
			if !slices.Contains(named, i) {
				out = append(out, i)
			}
		}
		return out, nil
	}
	slices.Sort(named)
	return slices.DeleteFunc(slices.Compact(named), func(i int) bool { return i < 0 }), nil
}
