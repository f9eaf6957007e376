package office

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lianwen/bot"
)

// maxTitles is how many rows may stand above the names of the columns: a title,
// who filled the form in, an explanation.
const maxTitles = 20

// findHeader finds the row that names the columns: the first that has all that
// are needed, or the one that has most. rest are the rows below it.
func findHeader(t *table, f form, bad *FormError) (h *header, rest []row) {
	best, most := 0, -1
	for i, r := range t.rows[:min(len(t.rows), maxTitles+1)] {
		n, where := 0, columnsByName(r)
		for _, name := range f.needs {
			n += min(1, len(where[bot.Key(name)]))
		}
		if n > most {
			best, most = i, n
		}
	}
	names := t.rows[best]
	h = &header{table: t, form: f, row: names.number, columns: map[string]int{}}
	where := columnsByName(names)
	for _, name := range append(slices.Clone(f.needs), f.optional...) {
		h.findColumn(name, where[bot.Key(name)], bad)
	}
	h.learnMerged()
	for _, a := range t.merged { // names of columns two rows high
		if a.rows.first == names.number && slices.Contains(h.ownColumns(), a.columns.first) {
			h.row = max(h.row, a.rows.last)
		}
	}
	if best > 0 && len(bad.Problems) == 0 {
		bad.Notes = append(bad.Notes, fmt.Sprintf("列名在第 %d 行，上面的 %d 行当作标题。", names.number, best))
	}
	i := slices.IndexFunc(t.rows, func(r row) bool { return r.number > h.row })
	if i < 0 {
		return h, nil
	}
	return h, t.rows[i:]
}

// longestName is the most bytes that a column's name may have, line breaks and
// all.
const longestName = 100

// columnsByName are the columns of a row by the key of what stands in them.
func columnsByName(r row) map[string][]int {
	where := map[string][]int{}
	for _, c := range r.cells {
		if len(c.text) <= longestName {
			where[bot.Key(c.text)] = append(where[bot.Key(c.text)], c.column)
		}
	}
	return where
}

// findColumn learns where the column of a name is, if it is in one place.
func (h *header) findColumn(name string, at []int, bad *FormError) {
	switch {
	case len(at) == 1:
		h.columns[name] = at[0]
	case len(at) > 1:
		var where []string
		for _, column := range at {
			where = append(where, letters(column)+h.hiddenMark(column))
		}
		bad.add(h.row, "“%s”有 %d 列（%s），不知道用哪一列，请删去或改名", name, len(at), strings.Join(where, "、"))
	case slices.Contains(h.needs, name):
		bad.add(h.row, "没有“%s”这一列；第一行要写列名：%s%s", name, strings.Join(h.needs, "、"), h.hint)
	}
}

func (h *header) hiddenMark(column int) string {
	if h.isHidden(column) {
		return "，隐藏"
	}
	return ""
}

func (h *header) isHidden(column int) bool {
	return slices.ContainsFunc(h.hiddenColumns, func(s span) bool { return s.has(column) })
}

func (h *header) ownColumns() (list []int) {
	for _, column := range h.columns {
		list = append(list, column)
	}
	return list
}

// learnMerged sorts the merged cells below the header by the columns they touch.
func (h *header) learnMerged() {
	h.merged = map[string][]area{}
	for name, column := range h.columns {
		for _, a := range h.table.merged {
			if a.columns.has(column) && a.rows.first > h.row {
				h.merged[name] = append(h.merged[name], a)
			}
		}
		slices.SortFunc(h.merged[name], func(a, b area) int { return a.rows.first - b.rows.first })
	}
}

// notes say what was done with what nobody sees, and with merged cells.
func (h *header) notes(lines []line) (notes []string) {
	var hidden []int
	for _, l := range lines {
		if l.row.hidden {
			hidden = append(hidden, l.number)
		}
	}
	if len(hidden) > 0 {
		notes = append(notes, fmt.Sprintf("第 %s 行是隐藏的（多半是筛选），也读入了。", runs(hidden)))
	}
	for _, name := range h.used() {
		if column := h.columns[name]; h.isHidden(column) {
			notes = append(notes, fmt.Sprintf("“%s”这一列（%s 列）是隐藏的，也读入了。", name, letters(column)))
		}
		var down, across []int
		for _, l := range lines {
			switch a, ok := h.mergedAt(l.number, name); {
			case !ok:
			case a.columns.first != h.columns[name]:
				across = append(across, l.number)
			case a.rows.first < l.number && !slices.Contains(h.single, name):
				down = append(down, l.number)
			}
		}
		if len(down) > 0 {
			notes = append(notes, fmt.Sprintf("“%s”有合并的单元格，第 %s 行按合并的内容算。", name, runs(down)))
		}
		if len(across) > 0 {
			notes = append(notes, fmt.Sprintf("“%s”和左边的格子合并了，第 %s 行按空白算。", name, runs(across)))
		}
	}
	return notes
}

// runs writes numbers that ascend: 2、5–7.
func runs(numbers []int) string {
	var parts []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		text := strconv.Itoa(numbers[i])
		if j > i {
			text += "–" + strconv.Itoa(numbers[j])
		}
		parts = append(parts, text)
		i = j + 1
	}
	return strings.Join(parts, "、")
}
