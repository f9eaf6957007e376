package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"
)

// Suspended is lines of an asked file that answer nobody, because what they were
// approved for is not there any more. They wait in their file.
type Suspended struct {
	AskedSection
	Rule string // the id that the file names
	File string
	Now  *Article // what has the number now, in other words; nil when there is none
	Why  string   // for people: 条文改过
}

// Lines are all the ways people ask for the article or a part of it: those of its own
// file and those approved.
func (a *Article) Lines() []string { return a.linesOf(Part{}, a.AskedAs) }

// linesOf adds to the lines that a part has in its own file those approved for it, or
// for the paragraph it is an item of.
func (a *Article) linesOf(p Part, own []string) []string {
	own = own[:len(own):len(own)]
	for _, l := range a.Approved {
		if p == (Part{}) || l.Part.Paragraph == p.Paragraph && (l.Part.Item == 0 || l.Part.Item == p.Item) {
			own = append(own, l.Text)
		}
	}
	return own
}

// Has reports whether the article has a part.
func (a *Article) Has(p Part) bool {
	switch {
	case p.Paragraph == 0:
		return p.Item == 0
	case p.Paragraph < 0 || p.Item < 0 || p.Paragraph > len(a.Paragraphs):
		return false
	}
	return p.Item <= len(a.Paragraphs[p.Paragraph-1].Items)
}

// WordsDigest tells the words of the article from others, whatever its number and
// however they are set: the first 8 hexadecimal digits of the SHA-256 of Body without
// white space.
func (a *Article) WordsDigest() string {
	words := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune(spaces, r) {
			return -1
		}
		return r
	}, a.Body())
	sum := sha256.Sum256([]byte(words))
	return hex.EncodeToString(sum[:4])
}

// SameLine reports whether two asked-as lines say the same but for spaces and the
// mark at their end.
func SameLine(a, b string) bool { return bareLine(a) == bareLine(b) }

func bareLine(s string) string { return strings.TrimRight(folded(s), "?。!，,.") }

// askedSource is an asked file as it was read.
type askedSource struct {
	path string
	*AskedFile
}

func parseAskedFile(file, src string, rep *report) askedSource {
	f, problems := ParseAsked(src)
	for _, p := range problems {
		rep.warnf(file, p.Line, p.Fix, "%s", p.What)
	}
	return askedSource{file, f}
}

// giveAsked gives the lines of the asked files to the articles in force.
func (c *Corpus) giveAsked(rep *report) {
	for _, f := range c.asked {
		id := stem(f.path)
		rule := c.RuleByID(id)
		for _, s := range f.Sections {
			if len(s.Lines) == 0 {
				continue
			}
			a, now, why := placeOf(rule, s)
			if rule == nil && rep.unread[id] {
				why = whyUnread
			}
			if a != nil {
				a.approve(f.path, s, rep)
				continue
			}
			c.Suspended = append(c.Suspended, Suspended{s, id, f.path, now, why})
			rep.warnf(f.path, s.At, waitingFix(id, why), "%s的 %d 条问法没有用上：%s", s.place(), len(s.Lines), why)
		}
	}
}

// Why lines are suspended, for people.
const (
	whyChanged = "条文改过，要重新批准"
	whyGone    = "现行的制度里没有这一条了"
	whyUnknown = "制度库里没有这部制度"
	whyUnread  = "这部制度的文件有问题，没有用上"
	whyRepeal  = "这部制度已经废止"
)

func waitingFix(rule, why string) string {
	switch why {
	case whyChanged:
		return "请运行 lianwen lines approve " + rule
	case whyUnread:
		return "制度改好以后会重新用上"
	case whyUnknown:
		return "请看文件名是不是制度的 id，或移出制度库"
	}
	return "不再用的，请从文件里删去"
}

// placeOf finds the article that a section is for; when there is none, now is what has
// its number.
func placeOf(rule *Rule, s AskedSection) (a, now *Article, why string) {
	switch {
	case rule == nil:
		return nil, nil, whyUnknown
	case rule.Repealed:
		return nil, nil, whyRepeal
	}
	if now = rule.Article(s.Number); now != nil && now.Deleted {
		now = nil
	}
	switch a = s.In(rule); {
	case a != nil:
		return a, now, ""
	case now == nil:
		return nil, nil, whyGone
	}
	return nil, now, whyChanged
}

// In is the article of a rule that has the words that the section's lines were approved
// for: under its own number, or else under another. Where nobody wrote down which words,
// the number tells. nil when there is none.
func (s AskedSection) In(rule *Rule) *Article {
	has := func(a *Article) bool { return !a.Deleted && a.WordsDigest() == s.Digest }
	a := rule.Article(s.Number)
	switch {
	case a != nil && (has(a) || s.Digest == "" && !a.Deleted):
		return a
	case s.Digest == "":
		return nil
	}
	if i := slices.IndexFunc(rule.Articles, has); i >= 0 {
		return rule.Articles[i]
	}
	return nil
}

// place is how people call what a section is for.
func (s AskedSection) place() string { return s.Number.Chinese() + s.Part.Chinese() }

// approve takes the lines of a section.
func (a *Article) approve(file string, s AskedSection, rep *report) {
	if !a.Has(s.Part) {
		rep.warnf(file, s.At, "请改正款、项的序号", "%s没有%s，下面的问法没有用上", a.Label, s.Part.Chinese())
		return
	}
	for _, l := range s.Lines {
		if slices.ContainsFunc(a.Lines(), func(have string) bool { return SameLine(have, l.Text) }) {
			rep.warnf(file, l.At, "请删去一行", "「%s」在%s写了两遍", excerpt(l.Text), a.Label)
		} else {
			a.Approved = append(a.Approved, l)
		}
	}
}
