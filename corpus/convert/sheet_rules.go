package convert

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lianwen/corpus"
)

// sheets writes tables as the text of rules, or as tables where they are none.
func (d *Document) sheets(list []grid) error {
	var b strings.Builder
	for _, s := range list {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		at, cols := s.header()
		text := s.textColumn()
		switch {
		case at >= 0:
			d.rules(&b, s, at, cols)
		case text >= 0:
			d.lines(&b, s, text)
		default:
			d.table(&b, s)
		}
		if b.Len() > MaxText {
			return errorf("请拆成几份再导入", "表格里的文字超过 %d MB", MaxText/mebibyte)
		}
	}
	d.Text = b.String()
	return nil
}

// columns are where a table of articles has what; -1 for what it has not.
type columns struct{ number, content, rule, chapter int }

// The names of the columns, the surer ones first.
var (
	numberNames  = []string{"条号", "编号", "序号"}
	contentNames = []string{"内容", "条文", "正文", "条文内容"}
	ruleNames    = []string{"制度名称", "制度", "标题"}
	chapterNames = []string{"章", "章节"}
)

// headerRows is how far down the names of the columns may stand.
const headerRows = 10

// header finds the row that names the columns; -1 when there is none.
func (s grid) header() (int, columns) {
	for i, row := range s.rows[:min(len(s.rows), headerRows)] {
		find := func(names []string) int {
			for _, name := range names {
				if at := slices.IndexFunc(row, func(c string) bool { return strings.Join(strings.Fields(c), "") == name }); at >= 0 {
					return at
				}
			}
			return -1
		}
		c := columns{find(numberNames), find(contentNames), find(ruleNames), find(chapterNames)}
		if c.number >= 0 && c.content >= 0 {
			return i, c
		}
	}
	return -1, columns{}
}

func (s grid) cell(row, col int) string {
	if col < 0 || col >= len(s.rows[row]) {
		return ""
	}
	return strings.TrimSpace(oneLineEnd(s.rows[row][col]))
}

// repeats tells whether a row is the header once more, for the next printed page.
func (s grid) repeats(row, header int, c columns) bool {
	return s.cell(row, c.number) == s.cell(header, c.number) && s.cell(row, c.content) == s.cell(header, c.content)
}

// givenName are the names that sheets have when nobody named them.
var givenName = regexp.MustCompile(`^(?i:sheet|工作表|表)\s*[0-9]*$`)

// title writes the sheet's name above it, if somebody gave it one.
func (s grid) title(b *strings.Builder) {
	if s.name != "" && !givenName.MatchString(s.name) {
		b.WriteString(s.name + "\n")
	}
}

// ruleText is one rule of a table that may hold several.
type ruleText struct {
	title, chapter string
	lines          []string
}

// rules writes a table of articles: of each rule its title, chapters and articles,
// the rules in the order in which they first appear.
func (d *Document) rules(b *strings.Builder, s grid, at int, c columns) {
	if c.rule < 0 && at == 0 {
		s.title(b)
	}
	for _, row := range s.rows[:at] {
		b.WriteString(strings.Join(strings.Fields(strings.Join(row, " ")), " ") + "\n")
	}
	var order []*ruleText
	byTitle := map[string]*ruleText{}
	title, odd := "", []string(nil)
	for i := at + 1; i < len(s.rows); i++ {
		if s.repeats(i, at, c) {
			continue
		}
		if t := s.cell(i, c.rule); t != "" {
			title = t
		}
		r := byTitle[title]
		if r == nil {
			r = &ruleText{title: title}
			byTitle[title] = r
			order = append(order, r)
		}
		if chapter := s.cell(i, c.chapter); chapter != "" && chapter != r.chapter {
			r.chapter = chapter
			r.lines = append(r.lines, chapter)
		}
		line, ok := articleLine(s.cell(i, c.number), s.cell(i, c.content))
		if !ok {
			odd = append(odd, s.cell(i, c.number))
		}
		if line != "" {
			r.lines = append(r.lines, line)
		}
	}
	writeRules(b, order)
	if len(odd) > 0 {
		d.note(Doubt, s.name, "%s有 %d 行的条号不是第几条，照原样写在前面，如「%s」", s.called(), len(odd), clip(odd[0], 20))
	}
	d.unused(s, at, c)
}

func writeRules(b *strings.Builder, order []*ruleText) {
	for i, r := range order {
		if i > 0 {
			b.WriteByte('\n')
		}
		if r.title != "" {
			b.WriteString(r.title + "\n")
		}
		for _, l := range r.lines {
			b.WriteString(l + "\n")
		}
	}
}

var headingCell = regexp.MustCompile(`^第.{1,5}[编編章节節]|^[（(]|^附[则件]`)

var numberCell = regexp.MustCompile(`^第?\s*([〇零○一二三四五六七八九十百千两0-9０-９]+)\s*[条條]?(?:\s*之\s*([一二三四五六七八九十0-9]+))?[.．、]?$`)

// articleLabelOf is 第十二条 for 12, 十二 and 第12条.
func articleLabelOf(cell string) (string, bool) {
	m := numberCell.FindStringSubmatch(cell)
	if m == nil {
		return "", false
	}
	n, ok := corpus.ParseNumeral(m[1])
	if !ok {
		return "", false
	}
	label := "第" + corpus.FormatNumeral(n) + "条"
	if m[2] == "" {
		return label, true
	}
	sub, ok := corpus.ParseNumeral(m[2])
	return label + "之" + corpus.FormatNumeral(sub), ok
}

// articleLine puts number and content together. A label that the content bears
// itself is not written twice; where the two differ, the first column only counts
// the rows. It reports false when the number is none and no heading either.
func articleLine(number, content string) (string, bool) {
	label, ok := articleLabelOf(number)
	own := articleLabel(content)
	ownLabel, _ := articleLabelOf(own)
	switch {
	case number == "" || ok && own != "" && ownLabel != label:
		return content, true
	case content == "":
		return number, true
	case !ok:
		return number + " " + content, headingCell.MatchString(number)
	case own != "":
		content = strings.TrimLeft(content[len(own):], " \t　")
	}
	return strings.TrimSpace(label + " " + content), true
}

// unused tells of the columns that hold words and are not in the text.
func (d *Document) unused(s grid, at int, c columns) {
	cells := map[int]int{}
	for i := at + 1; i < len(s.rows); i++ {
		if s.repeats(i, at, c) {
			continue
		}
		for col := range s.rows[i] {
			if col != c.number && col != c.content && col != c.rule && col != c.chapter && s.cell(i, col) != "" {
				cells[col]++
			}
		}
	}
	var names []string
	for col := range maxColumns {
		if cells[col] == 0 {
			continue
		}
		name := s.cell(at, col)
		if name == "" {
			name = fmt.Sprintf("第%d列", col+1)
		}
		names = append(names, fmt.Sprintf("「%s」（%d 格）", name, cells[col]))
	}
	if len(names) > 0 {
		d.note(Dropped, s.name, "%s里没有收入的列：%s", s.called(), clip(strings.Join(names, ""), mostQuoted))
	}
}

// table writes a table that is none of articles row by row.
func (d *Document) table(b *strings.Builder, s grid) {
	s.title(b)
	width := 0
	for _, row := range s.rows {
		width = max(width, len(row))
	}
	for i, row := range s.rows {
		full := append(slices.Clone(row), make([]string, width-len(row))...)
		b.WriteString(tableRow(full) + "\n")
		if i == 0 {
			b.WriteString(tableRule(width) + "\n")
		}
	}
	d.note(Doubt, s.name, "%s里没有找到「条号」和「内容」两列，一行一行照原样写下", s.called())
}
