package lines

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lianwen/corpus"
)

// MaxLines is how many lines are taken of an answer for one article.
const MaxLines = 20

// leastCopy is how many characters are no chance when an article has them just so.
const leastCopy = 10

// Answer is what of an answer can be used for an article.
type Answer struct {
	Lines []Line
	Notes []string // what was left out of it, for people
	Why   string   // why nothing of it can be used; "" when something can
}

var (
	thoughts  = regexp.MustCompile(`(?s)^\s*<think>.*?</think>`) // of models that think aloud
	ordinal   = regexp.MustCompile(`第[零〇一二三四五六七八九十百千0-9０-９]+条`)
	declining = regexp.MustCompile(`(?i)抱歉|对不起|很遗憾|(?:无法|不能|不便|不宜|拒绝)(?:为您|为你|给您|给你|就此)?(?:提供|回答|协助|完成|生成|处理|帮)|i['’]m sorry|i am sorry|as an ai|i can(?:no|['’])t`)
)

// ReadAnswer reads what a model said when it was asked for lines for one article.
func ReadAnswer(a *corpus.Article, text string) Answer {
	text = strings.TrimSpace(thoughts.ReplaceAllString(strings.ToValidUTF8(text, ""), ""))
	if text == "" {
		return Answer{Why: "没有回答"}
	}
	var all []said
	for line := range strings.Lines(text) {
		if key, _, ok := keyIn(line); ok && key != a.Key() {
			return Answer{Why: fmt.Sprintf("答的是另一条（%s）", key)}
		} else if s := readSaid(line); !ok && s.sure > talk {
			all = append(all, s)
		}
	}
	surest := talk
	for _, s := range all {
		surest = max(surest, s.sure)
	}
	if surest < asked && declining.MatchString(text) {
		return Answer{Why: "模型不肯答：" + excerpt(text)}
	}
	v := &sieve{a: a, body: bareWords(a.Text)}
	for _, s := range all {
		if s.sure == surest {
			v.take(s)
		} else if s.sure == listed {
			v.unmarked++
		}
	}
	return v.answer(text)
}

// sieve tells lines from what only looks like them.
type sieve struct {
	a         *corpus.Article
	body      string // without spaces and marks
	copied    int    // lines that are words of the article
	foreign   int    // … not Chinese
	elsewhere string // an article's number that one has
	faulty    string // what is wrong with one, otherwise
	lines     []Line
	beyond    int // lines that are too many
	unmarked  int // items of a list that do not begin with 问：, while others do
}

// answer is what was taken out of an answer.
func (v *sieve) answer(text string) Answer {
	if len(v.lines) == 0 {
		return Answer{Why: v.why(text)}
	}
	var notes []string
	add := func(n int, what string) {
		if n > 0 {
			notes = append(notes, fmt.Sprintf(what, n))
		}
	}
	add(v.beyond, fmt.Sprintf("只取前 %d 句，还有 %%d 句没有要", MaxLines))
	add(v.copied, "%d 句照抄条文，没有要")
	add(v.foreign, "%d 句不是中文，没有要")
	add(v.unmarked, "%d 行没有写「问：」，没有要")
	if v.elsewhere != "" {
		notes = append(notes, "写了条号（"+v.elsewhere+"）的没有要")
	}
	if v.faulty != "" {
		notes = append(notes, "有的没有要："+v.faulty)
	}
	return Answer{Lines: v.lines, Notes: notes}
}

// take takes a line, or counts why not.
func (v *sieve) take(s said) {
	bare := bareWords(s.text)
	switch fault := corpus.AskedFault(s.text); {
	case bare == "":
	case !strings.ContainsFunc(s.text, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
		v.foreign++
	case v.copy(bare):
		v.copied++
	case ordinal.MatchString(s.text):
		v.elsewhere = ordinal.FindString(s.text)
	case fault != "":
		v.faulty = fault
	case slices.ContainsFunc(v.lines, func(l Line) bool { return corpus.SameLine(l.Text, s.text) }):
	case len(v.lines) == MaxLines:
		v.beyond++
	default:
		v.lines = append(v.lines, Line{s.text, v.part(s.part)})
	}
}

// copy reports whether words are the article's own.
func (v *sieve) copy(bare string) bool {
	return utf8.RuneCountInString(bare) >= leastCopy && strings.Contains(v.body, bare)
}

// repeated reports whether a line of an answer is the article's.
func (v *sieve) repeated(text string) bool {
	for line := range strings.Lines(text) {
		if v.copy(bareWords(line)) {
			return true
		}
	}
	return false
}

// part is the part that a line is for: the whole article when it has no such part, or
// is of one piece.
func (v *sieve) part(p corpus.Part) corpus.Part {
	if !v.a.Has(p) || p == (corpus.Part{Paragraph: 1}) && len(v.a.Paragraphs) == 1 {
		return corpus.Part{}
	}
	return p
}

// why says why nothing of an answer was taken.
func (v *sieve) why(text string) string {
	switch {
	case v.elsewhere != "" && v.elsewhere != v.a.Label:
		return "说的是另一条（" + v.elsewhere + "）"
	case v.copied > 0, v.repeated(text):
		return "把条文抄了一遍"
	case v.foreign > 0, !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
		return "不是用中文答的：" + excerpt(text)
	case v.elsewhere != "":
		return "问法里写着条号（" + v.elsewhere + "）"
	case v.faulty != "":
		return v.faulty
	}
	return "没有按要求的格式答（每行以「问：」开头）：" + excerpt(text)
}

// bareWords is a text without spaces and marks.
func bareWords(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// excerpt is the beginning of a text as one line.
func excerpt(text string) string {
	const most = 30 // characters
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}
