package talk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lianwen/bot"
	"lianwen/corpus"
)

// pageRules is how many rules a page of the contents lists; with its heading
// and 下一页 that makes bot.MaxLines.
const pageRules = 6

// runContents lists the categories, or the rules of one.
func runContents(_ context.Context, t *turn, arg string) (string, error) {
	rules, lists := t.corpus.RulesInForce()
	rules = append(rules, lists...)
	var categories []string
	byCategory := map[string][]*corpus.Rule{}
	for _, r := range rules {
		category := cmp.Or(r.Category, "其他")
		if byCategory[category] == nil {
			categories = append(categories, category)
		}
		byCategory[category] = append(byCategory[category], r)
	}
	name, page := splitPage(arg)
	if name == "" && len(categories) == 1 {
		name = categories[0]
	}
	if name != "" {
		if byCategory[name] == nil {
			return "", bot.NotFound.Sayf("没有“%s”这一类。分类有：%s。", name, strings.Join(categories, "、"))
		}
		return t.contentsPage(name, byCategory[name], page), nil
	}
	text := fmt.Sprintf("现行制度 %d 部，回复数字看一类：", len(rules))
	var messages []string
	start := (page - 1) * pageRules
	if start >= len(categories) {
		start = 0
	}
	for i, c := range categories[start:min(start+pageRules, len(categories))] {
		text += fmt.Sprintf("\n%d %s（%d部）", i+1, c, len(byCategory[c]))
		messages = append(messages, "目录 "+c)
	}
	if start+pageRules < len(categories) {
		messages = append(messages, fmt.Sprintf("目录 %d", page+1))
		text += fmt.Sprintf("\n%d 下一页", len(messages))
	}
	t.choices(messages)
	return text, nil
}

// splitPage takes a page number off the end of 目录's words.
func splitPage(arg string) (name string, page int) {
	words := strings.Fields(arg)
	if len(words) > 0 {
		if n, err := strconv.Atoi(words[len(words)-1]); err == nil && n > 0 {
			return strings.Join(words[:len(words)-1], " "), n
		}
	}
	return strings.Join(words, " "), 1
}

func (t *turn) contentsPage(name string, rules []*corpus.Rule, page int) string {
	start := (page - 1) * pageRules
	if start >= len(rules) {
		start, page = 0, 1
	}
	text := fmt.Sprintf("%s类制度 %d 部，回复数字查看：", name, len(rules))
	var messages []string
	for i, r := range rules[start:min(start+pageRules, len(rules))] {
		text += fmt.Sprintf("\n%d《%s》", i+1, r.Title)
		messages = append(messages, "看《"+r.Title+"》")
	}
	if start+pageRules < len(rules) {
		messages = append(messages, fmt.Sprintf("目录 %s %d", name, page+1))
		text += fmt.Sprintf("\n%d 下一页", len(messages))
	}
	t.choices(messages)
	return text
}

// runRule shows one rule's particulars.
func runRule(_ context.Context, t *turn, arg string) (string, error) {
	name := strings.TrimSpace(arg)
	rule := t.corpus.RuleByName(name)
	switch {
	case rule == nil && name == "":
		if rule = t.lastRule(); rule == nil {
			return "", bot.NotFound.Sayf("请写上制度名称，如“看《提案工作条例》”；回复“目录”看有哪些制度。")
		}
	case rule == nil:
		return "", bot.NotFound.Sayf("制度库里没有《%s》。回复“目录”看有哪些制度。", corpus.NormalizeTitle(name))
	}
	return t.ruleOverview(rule, true), nil
}

func (t *turn) ruleOverview(r *corpus.Rule, talk bool) string {
	lines := []string{"《" + r.Title + "》", sourceLine(r)}
	count := 0
	var chapters []string
	for _, a := range r.Articles {
		if a.Number.IsArticle() {
			count++
		}
		if len(a.Path) > 0 && !slices.Contains(chapters, a.Path[0]) {
			chapters = append(chapters, a.Path[0])
		}
	}
	summary := fmt.Sprintf("共 %d 条", count)
	if len(chapters) > 0 {
		summary += "：" + strings.Join(chapters, "、")
	}
	lines = append(lines, summary)
	if len(r.Aliases) > 0 {
		lines = append(lines, "也叫："+strings.Join(r.Aliases, "、"))
	}
	first := r.Articles[0]
	if talk {
		lines = append(lines, "回复条号看原文，如“第三条”；回复 1 从"+first.Label+"看起。")
	}
	t.moreChoices([]string{"全文 " + first.Key()})
	t.about(r)
	return bot.Marked(lines, r.Sample)
}

// prohibitionsPage is how many prohibitions one message shows: with heading,
// source and mark it makes bot.MaxLines.
const prohibitionsPage = 5

// runProhibitions quotes the list of prohibitions, five a message.
func runProhibitions(_ context.Context, t *turn, arg string) (string, error) {
	_, lists := t.corpus.RulesInForce()
	if len(lists) == 0 {
		return "", bot.NotFound.Sayf("制度库里没有会议纪律“十不准”。回复“目录”看有哪些制度。")
	}
	list := lists[0]
	start := 0
	if _, page := splitPage(arg); (page-1)*prohibitionsPage < len(list.Articles) {
		start = (page - 1) * prohibitionsPage
	}
	end := min(start+prohibitionsPage, len(list.Articles))
	lines := []string{"《" + list.Title + "》（" + strings.TrimPrefix(sourceLine(list), "出处：") + "）"}
	for _, a := range list.Articles[start:end] {
		lines = append(lines, a.Text)
	}
	var messages []string
	if end < len(list.Articles) {
		lines = append(lines, fmt.Sprintf("回复数字：1 看第%s至第%s条", corpus.FormatNumeral(end+1), corpus.FormatNumeral(min(end+prohibitionsPage, len(list.Articles)))))
		messages = append(messages, fmt.Sprintf("十不准 %d", end/prohibitionsPage+1))
	}
	t.choices(messages)
	t.shown(list.Articles[start])
	return bot.Marked(lines, list.Sample), nil
}
