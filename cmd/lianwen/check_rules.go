package main

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"lianwen/corpus"
)

// jsonRule is what of a rule in force can be compared with the paper.
type jsonRule struct {
	ID        string      `json:"id"`
	Title     string      `json:"title"`
	Document  string      `json:"document"`
	Issued    corpus.Date `json:"issued"`
	Effective corpus.Date `json:"effective"`
	Articles  int         `json:"articles"`            // without preamble and annexes
	Annexed   int         `json:"annexed,omitempty"`   // articles of rules in its annexes
	Last      string      `json:"last"`                // the last article's number as printed
	Numbering string      `json:"numbering,omitempty"` // how articles are numbered, when not 第一条
	File      string      `json:"file"`
}

// rulesShown is how many rules are listed for people.
const rulesShown = 200

// listRules lists the rules in force, then the lists of prohibitions.
func listRules(c *corpus.Corpus) []jsonRule {
	list := []jsonRule{}
	rules, prohibitions := c.RulesInForce()
	for _, r := range append(rules, prohibitions...) {
		line := jsonRule{ID: r.ID, Title: r.Title, Document: r.Document, Issued: r.Issued, Effective: r.Effective, File: r.File}
		if r.Numbering != corpus.ByArticle {
			line.Numbering = r.Numbering.String()
		}
		for _, a := range r.Articles {
			switch {
			case a.Number.IsArticle(), a.Number == (corpus.Number{}): // of bulk articles
				line.Articles++
				line.Last = a.Label
			case a.Number.Main > 0:
				line.Annexed++
			}
		}
		list = append(list, line)
	}
	return list
}

// rulesTable lays rules out in columns.
func rulesTable(list []jsonRule) string {
	if len(list) == 0 {
		return ""
	}
	rows := [][]string{{"制度", "文号", "施行", "条数", "最后一条"}}
	for _, r := range list[:min(len(list), rulesShown)] {
		row := []string{"《" + r.Title + "》", r.Document, string(r.Effective), strconv.Itoa(r.Articles), r.last()}
		for i, cell := range row {
			if row[i] = oneLine(cell); cell == "" {
				row[i] = "—"
			}
		}
		rows = append(rows, row)
	}
	var b strings.Builder
	b.WriteString("请与纸上的核对：\n")
	b.WriteString(aligned(rows))
	if more := len(list) - rulesShown; more > 0 {
		fmt.Fprintf(&b, "  ……还有 %d 部，全部的见 lianwen check --json\n", more)
	}
	return b.String()
}

// last is the last article for people, and what is unusual about the numbers.
func (r jsonRule) last() string {
	text := r.Last
	if r.Numbering != "" {
		text += "（以「" + r.Numbering + "」编号）"
	}
	if r.Annexed > 0 {
		text += fmt.Sprintf("，附件另有%d条", r.Annexed)
	}
	return text
}

// aligned lays out rows of cells in columns, as wide as a terminal shows them.
func aligned(rows [][]string) string {
	var columns []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(columns) {
				columns = append(columns, 0)
			}
			columns[i] = max(columns[i], columnsOf(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		line := " "
		for i, cell := range row {
			line += " " + cell + strings.Repeat(" ", columns[i]-columnsOf(cell))
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// columnsOf is how many columns of a terminal a text takes: a Chinese character
// takes two.
func columnsOf(text string) int {
	n := 0
	for _, r := range text {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
