package office

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// rosterForm is a roster, rosterRoles are who may be in it.
var (
	rosterForm = form{
		name: "花名册", needs: []string{"编号", "姓名", "界别", "专委会", "身份"}, optional: []string{"手机"},
		single: []string{"编号", "姓名"}, hint: "（手机可有可无）",
	}
	rosterRoles = map[string]bool{"委员": false, "工作人员": true}
)

// ReadRoster reads a roster from the content of an xlsx or csv file (UTF-8 or
// GBK), by the names of its columns. notes say what it did that the file does not
// say: which sheet it read, what was hidden or merged, which numbers it took for
// others. Every row that is wrong is in the *FormError.
func ReadRoster(content []byte) (list []ledger.Member, notes []string, err error) {
	bad := &FormError{Form: rosterForm.name}
	var wide, spread changes
	first := map[string]int{} // the row of a number
	for _, l := range readForm(content, rosterForm, bad) {
		m, problems := rosterMember(l)
		wide.note(l.cell("编号"), m.Number)
		spread.note(l.cell("姓名"), m.Name)
		if at, twice := first[bot.Key(m.Number)]; twice && m.Number != "" {
			problems = append(problems, fmt.Sprintf("编号 %s 和第 %d 行重复", m.Number, at))
		}
		first[bot.Key(m.Number)] = l.number
		for _, what := range problems {
			bad.add(l.number, "%s", what)
		}
		list = append(list, m)
	}
	if len(bad.Problems) > 0 {
		return nil, nil, bad
	}
	return list, append(bad.Notes, append(wide.say("编号里的全角字符按半角算"), spread.say("姓名中间的空格去掉了")...)...), nil
}

func rosterMember(l line) (m ledger.Member, problems []string) {
	m = ledger.Member{
		Number: narrow(l.cell("编号")), Name: personal(l.cell("姓名")), Sector: l.cell("界别"), Committee: l.cell("专委会"), Phone: narrow(l.cell("手机")),
	}
	var known bool
	if m.Staff, known = rosterRoles[bot.Key(l.cell("身份"))]; !known {
		problems = append(problems, fmt.Sprintf("身份 %q 请写“委员”或“工作人员”", l.cell("身份")))
	}
	if m.Name == "" {
		problems = append(problems, "没有姓名（合并的单元格请拆开，每行都写）")
	}
	switch {
	case m.Number == "":
		problems = append(problems, "没有编号（合并的单元格请拆开，每行都写）")
	case scientific(m.Number):
		problems = append(problems, fmt.Sprintf("编号 %s 被表格改成了科学记数法，请把这一列设为文本再填", m.Number))
	case strings.ContainsAny(m.Number, " \t\n") || utf8.RuneCountInString(m.Number) > 20:
		problems = append(problems, fmt.Sprintf("编号 %q 里不能有空格，最多 20 个字符", m.Number))
	}
	if scientific(m.Phone) {
		problems = append(problems, fmt.Sprintf("手机 %s 被表格改成了科学记数法，请把这一列设为文本再填", m.Phone))
	}
	return m, problems
}

// scientific reports whether a spreadsheet has mangled a long number.
func scientific(s string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(s), "E+")
	return ok && mantissa != "" && strings.Trim(mantissa+exponent, "0123456789.") == ""
}

// changes counts what was taken for something a little else than it says.
type changes struct {
	count   int
	example string
}

func (c *changes) note(from, to string) {
	if from == to {
		return
	}
	if c.count++; c.count == 1 {
		c.example = from + " → " + to
	}
}

func (c *changes) say(what string) []string {
	if c.count == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%s：%d 处，如 %s。", what, c.count, c.example)}
}
