package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianwen/corpus"
)

// suspendedShown is how many suspended questions one message lists.
const suspendedShown = 5

// Suspended are the questions of a library that are not asked now.
func Suspended(ctx context.Context, records ReviewRecords, c *corpus.Corpus) ([]*corpus.Question, error) {
	ids, err := suspendedIDs(ctx, records)
	if err != nil {
		return nil, err
	}
	var list []*corpus.Question
	for _, q := range c.Questions {
		if ids[q.ID] {
			list = append(list, q)
		}
	}
	return list, nil
}

// suspended is Suspended, after a look at the library as it is now.
func (b *turn) suspended(ctx context.Context) ([]*corpus.Question, error) {
	if err := b.review.Look(ctx, b.corpus); err != nil {
		return nil, err
	}
	return Suspended(ctx, b.config.Records, b.corpus)
}

// runSuspended lists the questions whose articles have changed.
func runSuspended(ctx context.Context, b *turn) (string, error) {
	list, err := b.suspended(ctx)
	if err != nil {
		return "", err
	}
	if len(list) == 0 {
		return "没有停用的题。", nil
	}
	lines := []string{fmt.Sprintf("依据的条文有改动、等着核对的题 %d 道，核对以前不出：", len(list))}
	for _, q := range list[:min(len(list), suspendedShown)] {
		cites := make([]string, len(q.Cites))
		for i, cite := range q.Cites {
			cites[i] = cite.String()
		}
		lines = append(lines, fmt.Sprintf("%s %s（%s）", q.ID, shortened(q.Text), strings.Join(cites, "、")))
	}
	if len(list) > suspendedShown {
		lines = append(lines, fmt.Sprintf("……还有 %d 道", len(list)-suspendedShown))
	}
	return strings.Join(append(lines, "题目、答案还对的，回复“核准 编号”；不对的，改题以后再核准。"), "\n"), nil
}

// runApprove ends the suspension of one question or of all.
func runApprove(ctx context.Context, b *turn, id string) (string, error) {
	list, err := b.suspended(ctx)
	if err != nil {
		return "", err
	}
	actor, err := b.actor(ctx)
	if err != nil {
		return "", err
	}
	switch {
	case len(list) == 0:
		return "", Sayf("没有停用的题。")
	case id == "":
		return "", Sayf("请写上题的编号，如“核准 %s”；回复“停用的题”看有哪些。", list[0].ID)
	case id != "全部":
		i := slices.IndexFunc(list, func(q *corpus.Question) bool { return strings.EqualFold(q.ID, id) })
		if i < 0 {
			return "", Sayf("没有编号为“%s”的停用的题。回复“停用的题”看有哪些，再回复“核准 编号”。", id)
		}
		list = list[i : i+1]
	}
	for _, q := range list {
		if err := Approve(ctx, b.config.Records, q, b.corpus, actor, b.config.Now()); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("已核准 %d 道题，可以再出。题目没有改过、还没有截止的那一轮恢复作答。", len(list)), nil
}

// reindexPatience is how long the reply to 重建索引 waits for the result; what
// takes longer is told when it is done.
const (
	reindexPatience = 3 * time.Second
	tellWithin      = 10 * time.Minute
)

// runReindex has the index built anew beside the one that answers.
func runReindex(ctx context.Context, b *turn) (string, error) {
	if b.config.Reindex == nil {
		return "", Sayf("这里不能重建索引。请在服务器上运行 lianwen index --rebuild。")
	}
	actor, err := b.actor(ctx)
	if err != nil {
		return "", err
	}
	result, ok := b.config.Reindex()
	if !ok {
		return "正在重建，还没有做完；做完会告诉要求重建的人。", nil
	}
	if err := b.config.Records.Note(ctx, actor, "reindex", "", b.config.Now()); err != nil {
		return "", err
	}
	select {
	case text := <-result:
		b.keepReindexed(text)
		return text, nil
	case <-time.After(reindexPatience):
	}
	out := Outgoing{To: b.in.Conversation}
	go func() {
		text, ok := <-result
		if !ok {
			return // the program is being stopped
		}
		b.keepReindexed(text)
		out.Text = text
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tellWithin)
		defer cancel()
		if err := b.config.Tell(ctx, out); err != nil {
			b.config.Log.Warn("重建索引的结果没有告诉到", "结果", text, "err", err)
		}
	}()
	return "正在重建索引，期间照常回答，做完告诉您；安静时段不发消息，请发“状态”查看。", nil
}

// keepReindexed keeps how it went for 状态.
func (b *turn) keepReindexed(text string) {
	text = "上次重建（" + b.config.Now().In(b.config.Location).Format("1月2日15:04") + "）：" + text
	b.reindexed.Store(&text)
}
