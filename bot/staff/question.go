package staff

import (
	"context"
	"slices"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// Suspended are the questions that are not asked because their articles have
// changed, in the order of the library.
func (d *Desk) Suspended(ctx context.Context) ([]*corpus.Question, error) {
	c, release := d.Library()
	defer release()
	ids, err := d.Reviewer.Suspended(ctx, c)
	return slices.DeleteFunc(slices.Clone(c.Questions), func(q *corpus.Question) bool { return !ids[q.ID] }), err
}

// Approve ends the suspension of the questions with these ids, whose case does
// not matter, or of all when there are none; it approves all of them or none.
// It returns what was approved.
func (d *Desk) Approve(ctx context.Context, actor ledger.Actor, ids ...string) ([]*corpus.Question, error) {
	list, err := d.Suspended(ctx)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, bot.NotFound.Sayf("没有停用的题，一道也没有核准。")
	}
	chosen := list
	if len(ids) > 0 {
		chosen = nil
	}
	for _, id := range ids {
		i := slices.IndexFunc(list, func(q *corpus.Question) bool { return strings.EqualFold(q.ID, id) })
		if i < 0 {
			return nil, bot.NotFound.Sayf("“%s”不是停用的题，一道也没有核准。停用的题有：%s。", id, someIDs(list))
		}
		chosen = append(chosen, list[i])
	}
	c, release := d.Library()
	defer release()
	for _, q := range chosen {
		if err := d.Reviewer.Approve(ctx, c, q, actor); err != nil {
			return nil, err
		}
	}
	return chosen, nil
}

// someIDs are the first ids of a list.
func someIDs(list []*corpus.Question) string {
	const most = 5
	var ids []string
	for _, q := range list[:min(len(list), most)] {
		ids = append(ids, q.ID)
	}
	text := strings.Join(ids, "、")
	if len(list) > most {
		text += " 等"
	}
	return text
}

// Cites are the articles that a question rests on, in one line.
func Cites(q *corpus.Question) string {
	var cites []string
	for _, cite := range q.Cites {
		cites = append(cites, cite.String())
	}
	return strings.Join(cites, "、")
}
