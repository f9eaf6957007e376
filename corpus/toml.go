package corpus

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

// Mistake is one thing wrong in a text in TOML, in words for who wrote it. Values
// are never in it: they may be secrets.
type Mistake struct {
	Line      int
	Unknown   string // the key that nobody knows, table first; "" for any other mistake
	What, Fix string
	Lost      bool // what was meant is not plain, and is missing from what was read
}

// maxMistakes is how many mistakes are looked for.
const maxMistakes = 50

// MendTOML decodes text into v strictly and says everything that is wrong with
// it, not only what is met first: what was meant is put in the place of what is
// wrong where that is plain, and the rest is left out. mended is the text that v
// was decoded from in the end.
func MendTOML(text string, v any) (mended string, list []Mistake) {
	text = strings.TrimPrefix(text, "\ufeff")
	if !utf8.ValidString(text) {
		return "", []Mistake{{Line: badLine(text), What: "文件不是 UTF-8 编码（多半是 GBK）", Fix: "请用记事本打开，另存为 UTF-8 编码", Lost: true}}
	}
	m := mending{lines: strings.Split(text, "\n"), known: tomlKeys(reflect.TypeOf(v).Elem(), "")}
	m.gone, m.tried = make([]bool, len(m.lines)), make([]bool, len(m.lines))
	for range maxMistakes {
		fresh := reflect.New(reflect.TypeOf(v).Elem())
		err := toml.NewDecoder(strings.NewReader(m.text())).DisallowUnknownFields().Decode(fresh.Interface())
		if again := m.take(err); again {
			continue
		}
		reflect.ValueOf(v).Elem().Set(fresh.Elem())
		break
	}
	slices.SortStableFunc(m.list, func(a, b Mistake) int { return cmp.Compare(a.Line, b.Line) })
	return m.text(), m.list
}

// mending is a text on its way to one without mistakes.
type mending struct {
	lines       []string
	gone, tried []bool // lines that were left out, and that were put right
	known       []string
	list        []Mistake
}

func (m *mending) text() string { return strings.Join(m.lines, "\n") }

// drop leaves a line out.
func (m *mending) drop(i int) { m.lines[i], m.gone[i] = "", true }

// take takes up what a decoder says, and reports whether there may be more.
func (m *mending) take(err error) bool {
	var unknown *toml.StrictMissingError
	var bad *toml.DecodeError
	switch {
	case err == nil:
		return false
	case errors.As(err, &unknown):
		for _, e := range unknown.Errors {
			row, _ := e.Position()
			m.unknown(row-1, e.Key())
		}
		return true
	case errors.As(err, &bad):
		row, _ := bad.Position()
		return m.mend(min(max(row, 1), len(m.lines))-1, bad)
	}
	m.list = append(m.list, Mistake{Line: 1, What: "读不懂（" + err.Error() + "）", Fix: "请对照样例检查", Lost: true})
	return false
}

// unknown notes a key, and leaves it out; of a table that nobody knows, all of it.
func (m *mending) unknown(i int, key []string) {
	if m.gone[i] {
		return
	}
	name := strings.Join(key, ".")
	mistake := Mistake{Line: i + 1, Unknown: name, What: "不认识的项 " + name}
	mistake.Fix = m.meant(key)
	m.list = append(m.list, mistake)
	table := isHeader(m.lines[i])
	m.drop(i)
	for i++; table && i < len(m.lines) && !isHeader(m.lines[i]); i++ {
		m.drop(i)
	}
}

// meant says which known key an unknown one may be; "" when none is near.
func (m *mending) meant(key []string) string {
	name, last := strings.Join(key, "."), key[len(key)-1]
	for _, known := range m.known {
		table, own, nested := cutLast(known)
		switch {
		case own != last || known == name:
		case nested:
			return fmt.Sprintf("%s 要写在 [%s] 的下面", own, table)
		default:
			return fmt.Sprintf("%s 要写在所有 [ ] 的前面", own)
		}
	}
	table, own, _ := cutLast(name)
	for _, known := range m.known {
		switch in, is, _ := cutLast(known); {
		case in == table && near(own, is):
			return "是不是要写 " + is + "？请改正或删去"
		case table == "" && in != "" && near(own, in):
			return "是不是要写 [" + in + "]？请改正或删去"
		}
	}
	return ""
}

func cutLast(key string) (table, own string, nested bool) {
	i := strings.LastIndexByte(key, '.')
	return key[:max(i, 0)], key[i+1:], i >= 0
}

// headerPattern is the name in the head of a table, whatever is around it.
var headerPattern = regexp.MustCompile(`[A-Za-z0-9_.-]+`)

func isHeader(line string) bool {
	line = trimSpace(line)
	return strings.HasPrefix(line, "[") || strings.HasPrefix(line, "【") || strings.HasPrefix(line, "［")
}

// mend deals with one mistake in a line.
func (m *mending) mend(i int, bad *toml.DecodeError) bool {
	line := m.lines[i]
	if meant, marks := inASCII(line); marks != "" && !m.tried[i] {
		m.lines[i], m.tried[i] = meant, true
		m.list = append(m.list, Mistake{Line: i + 1, What: about(line) + "用了中文（全角）标点 " + marks, Fix: "请改成英文标点，如 contact = \"办公室\""})
		return true
	}
	if i > 0 && m.gone[i-1] && !assigns(line) && !isHeader(line) { // the rest of what was left out
		m.drop(i)
		return true
	}
	if start := m.opened(i); start >= 0 && strings.Contains(bad.Error(), "array") && assigns(line) {
		m.list = append(m.list, Mistake{Line: start + 1, What: about(m.lines[start]) + "方括号 [ ] 没有成对", Fix: "请在列表末尾补上 ]", Lost: true})
		for ; start < i; start++ {
			m.drop(start)
		}
		return true
	}
	mistake := explainTOML(i+1, line, bad)
	mistake.Lost = true
	m.list = append(m.list, mistake)
	m.drop(i)
	if name := headerPattern.FindString(line); isHeader(line) && name != "" {
		m.lines[i] = "[" + name + "]" // what follows belongs to it
		if strings.HasPrefix(trimSpace(line), "[[") {
			m.lines[i] = "[[" + name + "]]"
		}
		ok := !m.tried[i]
		m.tried[i] = true
		return ok
	}
	return !isHeader(line) && !strings.Contains(bad.Error(), "multiline")
}

// opened is the line above i in which a list begins that has no end by then; -1
// when there is none.
func (m *mending) opened(i int) int {
	for i--; i >= 0; i-- {
		if assigns(m.lines[i]) {
			if strings.Count(m.lines[i], "[") > strings.Count(m.lines[i], "]") {
				return i
			}
			return -1
		}
	}
	return -1
}

// assignment begins a line that sets a key.
var assignment = regexp.MustCompile(`^\s*([A-Za-z0-9_.-]+)\s*=\s*(.*)$`)

func assigns(line string) bool { return assignment.MatchString(line) }

// about begins a sentence about a line: the key that it sets, if that is plain.
func about(line string) string {
	if m := regexp.MustCompile(`^\s*([A-Za-z0-9_.-]+)`).FindStringSubmatch(line); m != nil {
		return m[1] + " "
	}
	return ""
}

// tomlKeys are the keys of a type, table first; none of one without fields.
func tomlKeys(t reflect.Type, table string) (keys []string) {
	if t.Kind() != reflect.Struct {
		return nil
	}
	for _, field := range reflect.VisibleFields(t) {
		name := field.Tag.Get("toml")
		if name == "" {
			continue
		}
		of := field.Type
		for of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if of.Kind() == reflect.Struct && of != reflect.TypeFor[toml.LocalDate]() {
			keys = append(keys, tomlKeys(of, table+name+".")...)
			continue
		}
		keys = append(keys, table+name)
	}
	return keys
}
