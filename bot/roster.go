package bot

import (
	"bytes"
	"crypto/rand"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// The columns of a roster, by their header.
var (
	rosterNeeds = []string{"编号", "姓名", "界别", "专委会", "身份"}
	rosterRoles = map[string]bool{"委员": false, "工作人员": true}
)

// RosterProblem is one row that cannot be taken.
type RosterProblem struct {
	Row  int // as the spreadsheet counts; 0: the file
	What string
}

// RosterError is everything that is wrong with a roster. Nothing of it is taken.
type RosterError struct{ Problems []RosterProblem }

func (e *RosterError) Error() string {
	lines := []string{fmt.Sprintf("花名册有 %d 处问题，一条也没有导入：", len(e.Problems))}
	for _, p := range e.Problems {
		if p.Row == 0 {
			lines = append(lines, "  "+p.What)
		} else {
			lines = append(lines, fmt.Sprintf("  第 %d 行：%s", p.Row, p.What))
		}
	}
	return strings.Join(lines, "\n")
}

// ReadRoster reads a roster from the content of an xlsx or csv file (UTF-8 or
// GBK), by the header in its first row. Every row that is wrong is in the
// *RosterError.
func ReadRoster(content []byte) ([]Member, error) {
	rows, err := rosterRows(content)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, &RosterError{[]RosterProblem{{0, "文件是空的"}}}
	}
	columns := map[string]int{}
	for i, name := range rows[0] {
		columns[strings.TrimSpace(strings.TrimPrefix(name, "\ufeff"))] = i
	}
	var bad RosterError
	for _, name := range rosterNeeds {
		if _, ok := columns[name]; !ok {
			bad.Problems = append(bad.Problems, RosterProblem{1, "没有“" + name + "”这一列；第一行要写列名：" + strings.Join(rosterNeeds, "、") + "（手机可有可无）"})
		}
	}
	if len(bad.Problems) > 0 {
		return nil, &bad
	}
	var list []Member
	first := map[string]int{} // the row of a number
	for i, row := range rows[1:] {
		if !slices.ContainsFunc(row, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			continue
		}
		m, problems := rosterMember(row, columns)
		if at, twice := first[m.Number]; twice && m.Number != "" {
			problems = append(problems, fmt.Sprintf("编号 %s 和第 %d 行重复", m.Number, at))
		}
		first[m.Number] = i + 2
		for _, what := range problems {
			bad.Problems = append(bad.Problems, RosterProblem{i + 2, what})
		}
		list = append(list, m)
	}
	if len(list) == 0 {
		bad.Problems = append(bad.Problems, RosterProblem{0, "只有列名，没有人"})
	}
	if len(bad.Problems) > 0 {
		return nil, &bad
	}
	return list, nil
}

func rosterMember(row []string, columns map[string]int) (m Member, problems []string) {
	cell := func(name string) string {
		i, ok := columns[name]
		if !ok || i >= len(row) {
			return ""
		}
		return strings.TrimSpace(row[i])
	}
	m = Member{Number: cell("编号"), Name: cell("姓名"), Sector: cell("界别"), Committee: cell("专委会"), Phone: cell("手机")}
	var known bool
	if m.Staff, known = rosterRoles[cell("身份")]; !known {
		problems = append(problems, fmt.Sprintf("身份 %q 请写“委员”或“工作人员”", cell("身份")))
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

// rosterRows reads the first sheet or the csv.
func rosterRows(content []byte) ([][]string, error) {
	if bytes.HasPrefix(content, []byte("PK")) {
		f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: 64 << 20})
		if err != nil {
			return nil, &RosterError{[]RosterProblem{{0, "不是完好的 xlsx 文件（" + err.Error() + "），请用 Excel 或 WPS 另存一次"}}}
		}
		rows, err := f.GetRows(f.GetSheetName(0))
		return rows, errors.Join(err, f.Close())
	}
	if bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")) {
		return nil, &RosterError{[]RosterProblem{{0, "这是老格式的 xls，请另存为 xlsx"}}}
	}
	if !utf8.Valid(content) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(content)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, &RosterError{[]RosterProblem{{0, "文字编码不认识，请另存为 UTF-8 的 csv 或者 xlsx"}}}
		}
		content = decoded
	}
	r := csv.NewReader(bytes.NewReader(content))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return nil, &RosterError{[]RosterProblem{{bad.Line, "引号不成对，或者格式不对"}}}
	}
	return rows, err
}

// codeLetters leave out what is mistaken for something else: 0 O, 1 I L, 8 B,
// 5 S, 2 Z, U V.
const codeLetters = "34679ACDEFGHJKMNPQRTWXY"

// NewCode is a random binding code of eight letters, of some 36 bits: with ten
// guesses an hour it is not guessed.
func NewCode() string {
	var code strings.Builder
	for code.Len() < 8 {
		var b [1]byte
		if _, err := rand.Read(b[:]); err != nil {
			panic(err) // never happens: crypto/rand.Read ends the program itself
		}
		if int(b[0]) < 256/len(codeLetters)*len(codeLetters) { // else the first letters would come more often
			code.WriteByte(codeLetters[int(b[0])%len(codeLetters)])
		}
	}
	return code.String()
}
