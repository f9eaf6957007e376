package corpus

import (
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// explainTOML says what is wrong with a line, by the line itself: a decoder names
// the character at which it gave up, which is seldom the mistake.
func explainTOML(row int, line string, bad *toml.DecodeError) Mistake {
	said := bad.Error()
	if key := strings.Join(bad.Key(), "."); key != "" {
		return explainValue(row, key, said)
	}
	mistake := func(what, fix string) Mistake { return Mistake{Line: row, What: about(line) + what, Fix: fix} }
	m := assignment.FindStringSubmatch(line)
	switch {
	case isHeader(line):
		return mistake("方括号不成对，或者名称不对", "请写成 [wechat] 或 [[push]] 这样，名称只用英文字母、数字和 _")
	case m == nil && strings.Contains(line, ":") && !strings.Contains(line, "="):
		return mistake("后面用了冒号", "请用等号，如 contact = \"办公室\"")
	case m == nil && !strings.Contains(line, "="):
		return mistake("这一行没有等号，不是 名称 = 值", "请改正，或在行首加 # 注释掉")
	case m == nil:
		return mistake("等号左边的写法不对", "名称只用英文字母、数字和 _，请对照样例改正")
	case strings.Contains(said, "escape"):
		return mistake(`引号里有反斜杠 \`, `请写成 / 或者两个 \\，或者把双引号换成单引号`)
	case strings.Contains(said, "control characters"):
		return mistake("引号里有看不见的控制字符", "请重新输入这一行")
	case strings.Contains(said, "multiline"):
		return mistake(`三个引号 """ 没有成对`, `请在文字末尾补上 """`)
	case strings.Contains(said, "unterminated"), strings.Contains(said, "new lines"):
		return mistake("引号不成对", "请在文字两头各写一个英文引号，如 contact = \"办公室\"")
	case looksLikeDate.MatchString(m[2]):
		return mistake("日期写法不对", "请写成 2026-02-01")
	case strings.EqualFold(m[2], "true") || strings.EqualFold(m[2], "false") || m[2] == "是" || m[2] == "否":
		return mistake("的写法不对，应为 true 或 false", "请写小写的 true 或 false，不加引号")
	case strings.Contains(said, "array"):
		return mistake("列表的写法不对", `请写成 ["甲", "乙"]，每项加英文引号，用英文逗号隔开`)
	case strings.Contains(said, "start of value"), strings.Contains(said, "must be quoted"):
		return mistake("的值没有加引号", "文字请加英文引号，如 contact = \"办公室\"；数字和 true、false 不加")
	case strings.Contains(said, "leading zeroes"):
		return mistake("的数字前面多了 0", "请去掉前面的 0；如果是文字，请加英文引号")
	case strings.Contains(said, "expected newline"):
		return mistake("的值后面多了东西", "一行只写一项，说明请写在 # 后面")
	}
	why, _, _ := strings.Cut(strings.TrimPrefix(said, "toml: "), " U+") // which character it is may be a secret
	return mistake("写法不对（"+why+"）", "请对照样例改正")
}

var looksLikeDate = regexp.MustCompile(`^\d{4}\s*[-/.年]`)

// explainValue says what is wrong with a value that is understood and does not fit.
func explainValue(row int, key, said string) Mistake {
	switch {
	case strings.Contains(said, "already"):
		return Mistake{Line: row, What: key + " 写了两次", Fix: "请删去一个"}
	case strings.Contains(said, "date"):
		return Mistake{Line: row, What: key + " 的日期不对", Fix: "请写成 2026-02-01 这样有的日期"}
	}
	should := ""
	for kind, is := range tomlKinds {
		if strings.HasSuffix(said, "of type "+kind) {
			should = "，应为" + is
		}
	}
	return Mistake{Line: row, What: key + " 的值类型不对" + should, Fix: "请对照样例改正：文字要带英文引号，数字和 true、false 不带"}
}

// tomlKinds says what a value of some Go type is written like.
var tomlKinds = map[string]string{
	"string": "引号里的文字", "[]string": `列表，如 ["甲", "乙"]`, "bool": " true 或 false", "toml.LocalDate": "日期，如 2026-02-01",
	"int": "整数", "float64": "数字",
}

// The marks that a Chinese keyboard writes where TOML has others.
var (
	chineseQuotes = `“”„‟＂「」『』‘’＇`
	asciiMarks    = map[rune]rune{'＝': '=', '，': ',', '、': ',', '【': '[', '】': ']', '［': '[', '］': ']', '＃': '#', '　': ' ', '．': '.', '－': '-'}
)

// inASCII writes a line with the marks that TOML knows, and says which others it
// had; what stands in quotes, and behind #, stays as it is.
func inASCII(line string) (meant, marks string) {
	var w retyping
	for i, r := range line {
		if w.quote == 0 && r == '#' {
			w.b.WriteString(line[i:])
			break
		}
		w.take(r)
	}
	meant = w.b.String()
	if end := strings.TrimRight(meant, " \t\r"); w.quote == '"' { // "办公室”
		for _, r := range chineseQuotes {
			if rest, ok := strings.CutSuffix(end, string(r)); ok {
				w.note(r)
				return rest + `"`, w.marks
			}
		}
	}
	if w.marks == "" && meant != line {
		return meant, "空格" // which nobody would see
	}
	return meant, w.marks
}

// retyping is a line that is typed again.
type retyping struct {
	b       strings.Builder
	marks   string // those that TOML has others for
	quote   rune   // the one that opened what is quoted; 0 outside
	escaped bool
}

func (w *retyping) note(r rune) {
	if !strings.ContainsRune(w.marks, r) && r != '　' {
		w.marks += string(r)
	}
}

func (w *retyping) take(r rune) {
	typed, isChinese := r, strings.ContainsRune(chineseQuotes, r)
	switch {
	case w.quote == 0 && isChinese:
		w.quote, typed = r, '"'
	case w.quote == 0 && (r == '"' || r == '\''):
		w.quote = r
	case w.quote == 0 && r >= '０' && r <= '９':
		typed = r - '０' + '0'
	case w.quote == 0 && asciiMarks[r] != 0:
		typed = asciiMarks[r]
	case w.quote != 0 && r == w.quote && !w.escaped, strings.ContainsRune(chineseQuotes, w.quote) && (isChinese || r == '"'):
		if w.quote = 0; isChinese {
			typed = '"'
		}
	}
	if typed != r {
		w.note(r)
	}
	w.escaped = w.quote == '"' && r == '\\' && !w.escaped
	w.b.WriteRune(typed)
}

// near reports whether two names differ by what a slip of the finger does: one
// letter wrong, missing, or too many, two in the wrong order; long names by two.
func near(a, b string) bool {
	slips := 1
	if len(a) > 6 {
		slips = 2
	}
	return distance([]rune(strings.ToLower(a)), []rune(strings.ToLower(b))) <= slips
}

// distance is how many letters have to be changed, put in, taken out or
// exchanged with the next to make one name the other.
func distance(a, b []rune) int {
	before, last := []int{}, make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			change := 1
			if a[i] == b[j] {
				change = 0
			}
			row[j+1] = min(last[j]+change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
