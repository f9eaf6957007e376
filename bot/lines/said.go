package lines

import (
	"regexp"
	"strings"

	"lianwen/corpus"
)

// How sure it is that a line of an answer is meant as a question.
const (
	talk   = iota // what models say besides
	ends          // it ends with a question mark
	listed        // it stands in a list, or in quotation marks
	asked         // it begins with 问：, as was wanted
)

// said is a line of an answer.
type said struct {
	text string
	part corpus.Part
	sure int
}

const numberOfPart = `([1-9]\d{0,2})(?:[.．]([1-9]\d{0,2}))?`

var (
	askedStart = regexp.MustCompile(`^(?:问|问法|问句|[Qq])\s*\d{0,3}\s*(?:[\[［【〔（(]\s*` + numberOfPart + `\s*[\]］】〕）)])?\s*[:：]\s*(.*)$`)
	partStart  = regexp.MustCompile(`^[\[［〔]\s*` + numberOfPart + `\s*[\]］〕]\s*(.*)$`)
	listMark   = regexp.MustCompile(`^(?:[-+•·●○▪*]+|\d{1,3}[、)）]|\d{1,3}[.．]|[（(]\d{1,3}[)）]|[①-⑳])`)
)

// readSaid reads a line, whatever a model has put around it.
func readSaid(line string) said {
	line = strings.TrimLeft(strings.ReplaceAll(strings.TrimSpace(line), "**", ""), ">#` \t　")
	s := said{text: line}
	if rest, ok := unlisted(line); ok {
		s.text, s.sure = rest, listed
	}
	if m := partStart.FindStringSubmatch(s.text); m != nil {
		s.part, s.text, s.sure = partOf(m[1], m[2]), m[3], listed
	}
	if m := askedStart.FindStringSubmatch(s.text); m != nil {
		s.text, s.sure = m[3], asked
		if m[1] != "" {
			s.part = partOf(m[1], m[2])
		}
	}
	s.text = strings.TrimRight(s.text, ",，;；` \t　")
	if bare, ok := unquoted(s.text); ok {
		s.text, s.sure = bare, max(s.sure, listed)
	}
	if strings.HasSuffix(s.text, "？") || strings.HasSuffix(s.text, "?") {
		s.sure = max(s.sure, ends)
	}
	s.text = strings.Join(strings.Fields(s.text), " ")
	return s
}

// unlisted takes the mark of a list off a line; 1.5 begins none.
func unlisted(line string) (rest string, ok bool) {
	mark := listMark.FindString(line)
	rest = line[len(mark):]
	number := strings.HasSuffix(mark, ".") || strings.HasSuffix(mark, "．")
	if mark == "" || number && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
		return line, false
	}
	return strings.TrimSpace(rest), true
}

// quotes are the marks that may stand around a line.
var quotes = [][2]string{{"「", "」"}, {"『", "』"}, {"“", "”"}, {"‘", "’"}, {`"`, `"`}, {"'", "'"}}

// unquoted takes the marks from around a line, not those of a word in it.
func unquoted(line string) (bare string, ok bool) {
	for _, q := range quotes {
		inner, begins := strings.CutPrefix(line, q[0])
		inner, finishes := strings.CutSuffix(inner, q[1])
		if begins && finishes && !strings.Contains(inner, q[0]) && !strings.Contains(inner, q[1]) {
			return strings.TrimSpace(inner), true
		}
	}
	return line, false
}

func partOf(paragraph, item string) corpus.Part {
	p, _ := corpus.ParseNumeral(paragraph) // digits, as the patterns have them, or nothing
	k, _ := corpus.ParseNumeral(item)
	return corpus.Part{Paragraph: p, Item: k}
}

const (
	anyPlace = `#(?:[1-9][0-9-]*|annex-[0-9-]+|preamble)`
	digest   = `([0-9a-f]{8})`
)

// keyPatterns are an article's key with the digest of its words, as a prompt has them:
// in brackets, maybe without the digest; or bare.
var keyPatterns = []*regexp.Regexp{
	regexp.MustCompile(`[【\[［〔]\s*([^\s#@【】\[\]]+` + anyPlace + `)(?:[\s，,:：]+` + digest + `)?\s*[】\]］〕]`),
	regexp.MustCompile(`([\p{Han}A-Za-z0-9_-]+` + anyPlace + `)[\s，,]+` + digest + `(?:[^0-9a-z]|$)`),
}

// keyIn finds the key that a line of an answer names.
func keyIn(line string) (key, digest string, ok bool) {
	if askedStart.MatchString(strings.TrimSpace(line)) {
		return "", "", false
	}
	for _, p := range keyPatterns {
		if m := p.FindStringSubmatch(line); m != nil {
			return m[1], m[2], true
		}
	}
	return "", "", false
}
