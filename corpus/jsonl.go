package corpus

import (
	"encoding/json"
	"strings"
)

// bulkLine is one article of a JSONL file.
type bulkLine struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// nationPrefix is left out as often as it is written: 民法典 and
// 中华人民共和国民法典 are one law.
const nationPrefix = "中华人民共和国"

// parseJSONL reads bulk articles, one JSON object a line. The title's 第X条 is
// split off; what is left names the rule. Numbering is not checked: such data
// is often a selection.
func parseJSONL(file, src string, rep *report) []*Rule {
	var rules []*Rule
	byTitle := map[string]*Rule{}
	no := 0
	for raw := range strings.Lines(src) {
		no++
		if trimSpace(raw) == "" {
			continue
		}
		var l bulkLine
		if err := json.Unmarshal([]byte(raw), &l); err != nil {
			rep.errorf(file, no, `每行应为 {"id":"…","title":"…","text":"…"}`, "不是一行完整的 JSON（%v）", err)
			continue
		}
		var missing []string
		for _, f := range [][2]string{{"id", l.ID}, {"title", l.Title}, {"text", l.Text}} {
			if trimSpace(f[1]) == "" {
				missing = append(missing, f[0])
			}
		}
		if len(missing) > 0 {
			rep.errorf(file, no, "请补上", "缺 %s", strings.Join(missing, "、"))
			continue
		}
		title, number, label := splitBulkTitle(l.Title)
		key := strings.TrimPrefix(title, nationPrefix)
		rule := byTitle[key]
		if rule == nil {
			rule = &Rule{ID: title, Title: title, Category: "文件", File: file, plain: true, bulk: true}
			byTitle[key] = rule
			rules = append(rules, rule)
		}
		text := trimSpace(l.Text)
		rule.Articles = append(rule.Articles, &Article{
			Rule: rule, Number: number, Label: label, Text: text, Line: no,
			Paragraphs: splitParagraphs(text), key: l.ID,
		})
	}
	return rules
}

// splitBulkTitle divides 民法典第四百六十五条 into the rule's title and the number.
func splitBulkTitle(s string) (title string, n Number, label string) {
	s = trimSpace(s)
	for i := strings.LastIndex(s, "第"); i > 0; i = strings.LastIndex(s[:i], "第") {
		m := articlePattern.FindStringSubmatch(s[i:])
		if m == nil || trimSpace(s[i+len(m[0]):]) != "" {
			continue
		}
		if number, ok := articleNumber(m[1], m[2]); ok {
			return NormalizeTitle(s[:i]), number, s[i:]
		}
	}
	return NormalizeTitle(s), Number{}, ""
}
