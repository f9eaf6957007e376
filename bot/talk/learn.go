package talk

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/corpus"
	"lianwen/index"
)

// How many kinds of questions in vain one message lists, of how many days, and how
// many settlements.
const (
	clustersShown  = 5
	unansweredDays = 30
	settledShown   = 5
)

// runUnanswered lists what was asked in vain most often.
func runUnanswered(ctx context.Context, t *turn, _ string) (string, error) {
	u, err := t.config.Desk.Unanswered(ctx, unansweredDays)
	if err != nil {
		return "", err
	}
	rated := fmt.Sprintf("评价：有用 %d 次，没用 %d 次。", u.Useful, u.Useless)
	if len(u.Clusters) == 0 {
		return fmt.Sprintf("最近 %d 天没有查不到的问题。\n%s", unansweredDays, rated), nil
	}
	lines := []string{fmt.Sprintf("最近 %d 天没有直接查到的问题，%d 类：", unansweredDays, len(u.Clusters))}
	listed := map[int][]string{}
	for _, c := range u.Clusters[:min(len(u.Clusters), clustersShown)] {
		listed[c.Number] = c.Wordings()
		lines = append(lines, fmt.Sprintf("%d %s（%d 次）", c.Number, strings.Join(c.Wordings(), "；也问："), c.Count))
		if c.Before != nil {
			what, detail := staff.SettlementInWords(*c.Before)
			lines = append(lines, fmt.Sprintf("  处理过（%d 号，%s %s），后来又问", c.Before.Number, what, detail))
		}
		lines = append(lines, "  "+c.Next())
	}
	if more := len(u.Clusters) - clustersShown; more > 0 {
		lines = append(lines, fmt.Sprintf("……还有 %d 类，请在服务器上运行 lianwen unanswered", more))
	}
	t.list(listed)
	first := u.Clusters[0].Number
	return strings.Join(append(lines, rated, fmt.Sprintf("回复“补问法 %d”“补同义词 %d 制度里的词 平时的词”“补应答 %d 回什么”“不归我们 %d 找谁”。", first, first, first, first)), "\n"), nil
}

// list lets staff name the questions that they were shown by their numbers, whatever
// the order is by then.
func (t *turn) list(listed map[int][]string) { t.state.listed, t.changed = listed, true }

// numbered is a number as people type it, and what stands behind it.
var numbered = regexp.MustCompile(`(?s)^(?:第\s*([0-9０-９]{1,6})\s*[类号]?|([0-9０-９]{1,6})(?:[类号](?:[\s　,，、:：]|$))?)[\s　,，、:：]*(.*)$`)

// typedNumber is the number that words begin with.
func typedNumber(words string) (n int, rest string, ok bool) {
	m := numbered.FindStringSubmatch(strings.TrimSpace(words))
	if m == nil {
		return 0, "", false
	}
	n, _ = strconv.Atoi(norm.NFKC.String(m[1] + m[2])) // digits, and not many
	return n, strings.TrimSpace(m[3]), n > 0
}

// named is a cluster by the number that staff have typed.
type named struct {
	staff.Cluster
	typed int
	rest  string // what stands behind the number
}

// cluster is the cluster whose number the words begin with. Of its wordings it has those
// that staff were shown; what they are shown now it will be when they go on about it.
func (t *turn) cluster(ctx context.Context, words, usage string) (c named, err error) {
	n, rest, ok := typedNumber(words)
	if !ok {
		return c, bot.Invalid.Sayf("请先发“未答问题”看有哪些，再写成“%s”，数字是哪一类。", usage)
	}
	c.typed, c.rest = n, rest
	shown, ok := t.state.listed[n]
	if !ok {
		c.Cluster, err = t.config.Desk.Cluster(ctx, unansweredDays, n, "")
		if err == nil {
			listed := maps.Clone(t.state.listed)
			if listed == nil {
				listed = map[int][]string{}
			}
			listed[n] = c.Wordings()
			t.list(listed)
		}
		return c, err
	}
	c.Cluster, err = t.config.Desk.Cluster(ctx, unansweredDays, 0, shown[0])
	c.Others = slices.DeleteFunc(c.Others, func(w string) bool { return !slices.Contains(shown, w) })
	return c, err
}

// runAddLines makes a cluster's wordings lines of articles, or asks of which.
func runAddLines(ctx context.Context, t *turn, words string) (string, error) {
	c, err := t.cluster(ctx, words, "补问法 1 提案条例第五条")
	if err != nil {
		return "", err
	}
	if c.rest == "" {
		return t.proposeArticles(ctx, c)
	}
	places, err := t.placesNamed(ctx, c.rest)
	if err != nil {
		return "", err
	}
	actor, err := t.actor(ctx)
	if err != nil {
		return "", err
	}
	number, lines, err := t.config.Desk.AddLines(ctx, actor, c.Cluster, places)
	if err != nil {
		return "", err
	}
	var names []string
	for _, p := range places {
		names = append(names, p.Article.Citation())
	}
	return fmt.Sprintf("补上了：%s，问法 %d 句（%s）。%s", strings.Join(names, "、"), lines, strings.Join(c.Wordings(), "；"), undoable(number)), nil
}

// undoable says from when on something holds, and how it is undone.
func undoable(number int) string {
	return fmt.Sprintf("一分钟以内生效；回复“撤销 %d”取消。", number)
}

// proposeArticles offers what people went on to after a question, and what the index
// finds near it, for a digit to confirm.
func (t *turn) proposeArticles(ctx context.Context, c named) (string, error) {
	const most = 4
	res, err := t.index.Search(ctx, index.Query{Text: c.Question})
	if err != nil {
		return "", fmt.Errorf("look for what is near: %w", err)
	}
	lines := []string{fmt.Sprintf("“%s”该由哪一条答？回复数字就给它补上：", strings.Join(c.Wordings(), "；"))}
	var messages []string
	offer := func(a *corpus.Article, note string) {
		message := fmt.Sprintf("补问法 %d ", c.typed)
		if a == nil || a.Rule.Repealed || len(messages) == most || slices.Contains(messages, message+a.Key()) {
			return
		}
		messages = append(messages, message+a.Key())
		lines = append(lines, fmt.Sprintf("%d %s%s", len(messages), headline(a, nil), note))
	}
	for _, choice := range c.Chosen {
		offer(t.corpus.Article(choice.Cite), fmt.Sprintf("（问的人有 %d 次看了它）", choice.Count))
	}
	for _, h := range res.Hits {
		offer(h.Article, "")
	}
	for _, a := range res.Near {
		offer(a, "")
	}
	t.choices(messages)
	if len(messages) == 0 {
		lines = []string{fmt.Sprintf("没有找到和“%s”相近的条文。", c.Question)}
	}
	return strings.Join(append(lines, fmt.Sprintf("是别的条，请写明，如“补问法 %d 提案条例第五条”。", c.typed)), "\n"), nil
}

// placesNamed are articles by their keys, or by their rule and number.
func (t *turn) placesNamed(ctx context.Context, said string) (places []staff.Place, err error) {
	if strings.Contains(said, "#") {
		for _, key := range strings.FieldsFunc(said, func(r rune) bool { return strings.ContainsRune(" 、，,；;", r) }) {
			a := t.corpus.Article(key)
			if a == nil {
				return nil, bot.NotFound.Sayf("制度库里没有 %s 这一条，什么也没有加。", key)
			}
			places = append(places, staff.Place{Article: a})
		}
		return places, nil
	}
	res, err := t.index.Search(ctx, index.Query{Text: said, Rule: t.lastRule()})
	if err != nil {
		return nil, fmt.Errorf("find article: %w", err)
	}
	if res.Outcome != index.Answered || !res.Exact() || res.Missing != "" || res.More {
		return nil, bot.NotFound.Sayf("没有找到“%s”这一条，什么也没有加。请写制度名称和条号，如“补问法 1 提案条例第五条”。", said)
	}
	for _, h := range res.Hits {
		places = append(places, staff.Place{Article: h.Article})
	}
	return places, nil
}

// runAddSynonyms lets everyday words stand for an official one.
func runAddSynonyms(ctx context.Context, t *turn, words string) (string, error) {
	c, err := t.cluster(ctx, words, "补同义词 1 委员 代表")
	if err != nil {
		return "", err
	}
	group := strings.Fields(c.rest)
	if len(group) < 2 {
		return "", bot.Invalid.Sayf("请写上制度里的词和平时的词，用空格隔开，如“补同义词 1 委员 代表”。")
	}
	actor, err := t.actor(ctx)
	if err != nil {
		return "", err
	}
	number, err := t.config.Desk.AddSynonyms(ctx, actor, c.Cluster, group[0], group[1:])
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("补上了：问“%s”，也按制度里的“%s”查。%s", strings.Join(group[1:], "”“"), group[0], undoable(number)), nil
}

// runAddReply answers a cluster with words of staff's own.
func runAddReply(ctx context.Context, t *turn, words string) (string, error) {
	return t.settleReply(ctx, words, "补应答 1 食堂七点开门。", t.config.Desk.AddReply)
}

// runNotOurs answers a cluster with whom to ask instead.
func runNotOurs(ctx context.Context, t *turn, words string) (string, error) {
	return t.settleReply(ctx, words, "不归我们 1 区民政局", t.config.Desk.NotOurs)
}

func (t *turn) settleReply(ctx context.Context, words, usage string, settle func(context.Context, ledger.Actor, staff.Cluster, string) (int, error)) (string, error) {
	c, err := t.cluster(ctx, words, usage)
	if err != nil {
		return "", err
	}
	actor, err := t.actor(ctx)
	if err != nil {
		return "", err
	}
	number, err := settle(ctx, actor, c.Cluster, c.rest)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("补上了：问“%s”（整句是这样才算），按您定的回。%s", strings.Join(c.Wordings(), "”“"), undoable(number)), nil
}

// runUndo takes a settlement back, or lists the last ones.
func runUndo(ctx context.Context, t *turn, words string) (string, error) {
	if words == "" {
		return t.listSettled(ctx)
	}
	n, rest, ok := typedNumber(words)
	if !ok || rest != "" {
		return "", bot.Invalid.Sayf("请写上几号，如“撤销 1”；回复“撤销”看有哪些。")
	}
	actor, err := t.actor(ctx)
	if err != nil {
		return "", err
	}
	s, err := t.config.Desk.Undo(ctx, actor, n)
	if err != nil {
		return "", err
	}
	what, detail := staff.SettlementInWords(s)
	return fmt.Sprintf("撤销了 %d 号：%s（%s）。一分钟以内生效。", n, what, detail), nil
}

func (t *turn) listSettled(ctx context.Context) (string, error) {
	list, err := t.config.Desk.Settled(ctx)
	if err != nil {
		return "", err
	}
	if len(list) == 0 {
		return "没有处理过的未答问题。", nil
	}
	lines := []string{fmt.Sprintf("处理过的未答问题 %d 件，最近的在前：", len(list))}
	for _, s := range list[:min(len(list), settledShown)] {
		what, detail := staff.SettlementInWords(s)
		lines = append(lines, fmt.Sprintf("%d 号 %s %s：%s（%s）", s.Number, s.At.In(t.config.Location).Format("1月2日"), what, shortened(s.Question), shortened(detail)))
	}
	return strings.Join(append(lines, fmt.Sprintf("回复“撤销 %d”取消一件。", list[0].Number)), "\n"), nil
}
