package corpus

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// AskedDir is the folder of a library where approved asked-as lines are kept, a file
// for each rule.
const AskedDir = "asked"

// AskedFile is asked/<rule-id>.txt: how people ask for the articles of a rule, kept
// apart from its words.
type AskedFile struct {
	Comment  []string // what stands on top of it, each line with its #
	Sections []AskedSection
	Tail     []string // comments below the last section
}

// AskedSection is the lines of an article, or of a part of it.
type AskedSection struct {
	Number  Number
	Part    Part
	Label   string // for people, as 第三条第二款; not read
	Digest  string // of the words that the lines were approved for, see Article.WordsDigest; "" when nobody wrote it
	Lines   []AskedLine
	Comment []string
	At      int // its line in the file
}

// AskedLine is one way people ask.
type AskedLine struct {
	Text string
	From string // where it came from and who approved it; "" when nobody wrote it
	Part Part   // what of the article it is for
	At   int    // its line in the file
}

// Part is a paragraph of an article, or an item of one, counted from 1. The zero Part
// is the whole article.
type Part struct{ Paragraph, Item int }

// String is the part as a section of an asked file names it: 2, or 2.1.
func (p Part) String() string {
	switch {
	case p.Paragraph == 0:
		return ""
	case p.Item == 0:
		return fmt.Sprint(p.Paragraph)
	}
	return fmt.Sprintf("%d.%d", p.Paragraph, p.Item)
}

// Chinese is the part as citations print it: 第二款第一项.
func (p Part) Chinese() string {
	text := ""
	if p.Paragraph > 0 {
		text = "第" + FormatNumeral(p.Paragraph) + "款"
	}
	if p.Item > 0 {
		text += "第" + FormatNumeral(p.Item) + "项"
	}
	return text
}

// MaxAskedRunes is how long an asked-as line may be, in characters.
const MaxAskedRunes = 60

// arrow stands between a question and where it came from.
const arrow = "←"

// askedSection is the line that begins a section. People's keyboards write brackets
// and colons in full width.
var (
	askedSection  = regexp.MustCompile(`^[\[［【]([^\]］】]*)[\]］】]\s*(.*)$`)
	placePattern  = regexp.MustCompile(`^\s*([0-9a-z-]+)\s*(?:[:：]\s*([1-9]\d{0,2})(?:[.．]([1-9]\d{0,2}))?)?\s*$`)
	askedMarks    = regexp.MustCompile(`^(?:>\s*问\s*[：:]\s*)+`) // as rule files have it
	digestPattern = regexp.MustCompile(`(?:^|\s)([0-9a-fA-F]{8})$`)
)

// ParseAsked reads an asked file. What cannot be read is left out and is in the
// problems, whose file is the caller's to name.
func ParseAsked(src string) (*AskedFile, Problems) {
	p := askedParser{file: &AskedFile{}}
	for no, raw := range strings.Split(src, "\n") {
		p.no = no + 1
		p.line(trimSpace(raw))
	}
	p.file.Tail = p.comment
	return p.file, p.problems
}

// DecodeAsked reads the bytes of an asked file; ok is false when they are no text in
// UTF-8.
func DecodeAsked(raw []byte) (f *AskedFile, problems Problems, ok bool) {
	src, ok := decodeText("", raw, &report{})
	if !ok {
		return nil, nil, false
	}
	f, problems = ParseAsked(src)
	return f, problems, true
}

type askedParser struct {
	file     *AskedFile
	no       int
	open     bool     // there is a section for the lines to come
	skipping bool     // its first line was not to be read
	comment  []string // lines of the section they stand in, or of the one they stand above
	problems Problems
}

func (p *askedParser) problem(fix, what string, args ...any) {
	p.problems = append(p.problems, Problem{Line: p.no, What: fmt.Sprintf(what, args...), Fix: fix})
}

func (p *askedParser) line(text string) {
	switch {
	case text == "":
	case strings.HasPrefix(text, "#"):
		p.comment = append(p.comment, text)
	case strings.HasPrefix(text, "[") || strings.HasPrefix(text, "［") || strings.HasPrefix(text, "【"):
		p.section(text)
	case p.skipping:
	case !p.open:
		p.problem("请在它上面写一行 [条号]，如 [3] 第三条", "「%s」上面没有写是哪一条的", excerpt(text))
	default:
		question, from, _ := strings.Cut(text, arrow)
		s := &p.file.Sections[len(p.file.Sections)-1]
		s.Comment, p.comment = append(s.Comment, p.comment...), nil
		line := AskedLine{trimSpace(askedMarks.ReplaceAllString(trimSpace(question), "")), trimSpace(from), s.Part, p.no}
		if why := AskedFault(line.Text); why != "" {
			p.problem("请改正，或删去这一行", "%s", why)
			return
		}
		s.Lines = append(s.Lines, line)
	}
}

func (p *askedParser) section(text string) {
	s, ok := readSection(text)
	if p.open, p.skipping = ok, !ok; !ok {
		p.problem("请写成 [3]、[133-1]、[annex-1] 或 [5:2.1]（第五条第二款第一项）", "「%s」里的条号看不懂，下面的问法没有用上", excerpt(text))
		return
	}
	s.At = p.no
	if len(p.file.Sections) == 0 {
		p.file.Comment = append(p.file.Comment, p.comment...)
	} else {
		s.Comment = p.comment
	}
	p.comment = nil
	p.file.Sections = append(p.file.Sections, s)
}

func readSection(text string) (s AskedSection, ok bool) {
	m := askedSection.FindStringSubmatch(text)
	if m == nil {
		return s, false
	}
	if s.Number, s.Part, ok = ParsePlace(m[1]); !ok {
		return s, false
	}
	s.Label = trimSpace(m[2])
	if d := digestPattern.FindStringSubmatch(s.Label); d != nil {
		s.Digest, s.Label = strings.ToLower(d[1]), trimSpace(strings.TrimSuffix(s.Label, d[1]))
	}
	return s, true
}

// ParsePlace reads the number of an article, as citations write it, and a part of it:
// 3, annex-1-3, 5:2.1.
func ParsePlace(text string) (n Number, p Part, ok bool) {
	m := placePattern.FindStringSubmatch(text)
	if m == nil {
		return n, p, false
	}
	cite, err := ParseCite("x#" + m[1])
	if err != nil {
		return n, p, false
	}
	p.Paragraph, _ = ParseNumeral(m[2]) // digits, as the pattern has it, or nothing
	p.Item, _ = ParseNumeral(m[3])
	return cite.Number, p, true
}

// FormatAsked writes an asked file. Of a section without lines only the comment is
// written.
func FormatAsked(f *AskedFile) string {
	var b strings.Builder
	put := func(lines ...string) {
		for _, line := range lines {
			b.WriteString(line + "\n")
		}
	}
	comment, above := slices.Clone(f.Comment), 0
	for _, s := range f.Sections {
		comment = append(comment, s.Comment...)
		if len(s.Lines) == 0 {
			continue
		}
		if above++; above == 1 && len(comment) > 0 {
			comment = append(comment, "")
		} else if above > 1 {
			put("")
		}
		put(comment...)
		comment = nil
		put(s.head())
		for _, line := range s.Lines {
			put(line.String())
		}
	}
	if comment = append(comment, f.Tail...); len(comment) > 0 && above > 0 {
		put("")
	}
	put(comment...)
	return b.String()
}

// After reports whether the section is for what stands behind that of another.
func (s AskedSection) After(other AskedSection) bool {
	n, o := s.Number, other.Number // a preamble has no Main and so comes first
	return cmp.Or(cmp.Compare(n.Annex, o.Annex), cmp.Compare(n.Main, o.Main), cmp.Compare(n.Sub, o.Sub),
		cmp.Compare(s.Part.Paragraph, other.Part.Paragraph), cmp.Compare(s.Part.Item, other.Part.Item)) > 0
}

func (s AskedSection) head() string {
	place := s.Number.String()
	if s.Part != (Part{}) {
		place += ":" + s.Part.String()
	}
	return strings.TrimRight(strings.TrimRight("["+place+"] "+s.Label, " ")+" "+s.Digest, " ")
}

// String is the line as the file has it.
func (l AskedLine) String() string {
	if l.From == "" {
		return l.Text
	}
	return l.Text + " " + arrow + " " + l.From
}

// AskedFault says why a text can be no asked-as line; "" when it can.
func AskedFault(text string) string {
	switch n := utf8.RuneCountInString(text); {
	case n > MaxAskedRunes:
		return fmt.Sprintf("问法有 %d 字，超过 %d 字", n, MaxAskedRunes)
	case trimSpace(text) == "":
		return "没有问句"
	case strings.ContainsAny(text, "\r\n"+arrow) || strings.ContainsAny(text[:1], "#[") || strings.HasPrefix(text, "【") || strings.HasPrefix(text, "［"):
		return "问法里不能有换行和 " + arrow + "，也不能以 #、[ 开头"
	}
	return ""
}
