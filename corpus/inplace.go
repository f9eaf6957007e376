package corpus

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Files of rules that people keep are changed in place: what is not meant stays byte for
// byte, and what comes of it is read again before anybody writes it.

// InPlaceError says why a rule file was not changed.
type InPlaceError struct{ Why string }

func (e *InPlaceError) Error() string { return "rule file not changed: " + e.Why }

// HeadingFault says why a text can be no heading; "" when it can, or is empty.
func HeadingFault(heading string) string {
	switch n := utf8.RuneCountInString(heading); {
	case n > MaxHeading:
		return fmt.Sprintf("条旨有 %d 个字，超过 %d 个字", n, MaxHeading)
	case strings.ContainsAny(heading, "【】。；！？") || strings.ContainsFunc(heading, unseenRune):
		return "条旨里不能有【】、句号、分号、换行和看不见的字符"
	case heading != trimSpace(heading):
		return "条旨前后不能有空格"
	}
	return ""
}

// unseenRune reports whether a character says nothing in a line that people read.
func unseenRune(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}

// SetHeading gives an article another heading in the bytes of the file that it was read
// from; "" for none.
func SetHeading(raw []byte, a *Article, heading string) ([]byte, error) {
	if why := HeadingFault(heading); why != "" {
		return nil, &InPlaceError{why}
	}
	f, err := openInPlace(raw, a)
	if err != nil {
		return nil, err
	}
	line := f.lines[a.Line-1]
	at := strings.Index(line, strings.TrimRight(firstLine(a.Text[:a.labelEnd()]), spaces))
	if a.Number.Annex > 0 && a.Number.Main == 0 || a.Number.Preamble || at < 0 {
		return nil, &InPlaceError{a.Label + "的名称是正文的一部分"}
	}
	at += len(strings.TrimRight(firstLine(a.Text[:a.labelEnd()]), spaces))
	f.lines[a.Line-1] = line[:at] + headed(line[at:], f.was.Heading != "", heading)
	f.was.Heading = heading
	return f.bytes()
}

// headed is what stands behind the label of an article, with a heading; has: it has one
// already.
func headed(rest string, has bool, heading string) string {
	if m := writtenHeading.FindStringSubmatch(rest); m != nil && has {
		if heading == "" {
			return m[1] + rest[len(m[0]):]
		}
		return m[1] + "【" + heading + "】" + rest[len(m[1])+len("【】")+len(m[2]):]
	}
	if heading == "" {
		return rest
	}
	gap := rest[:len(rest)-len(strings.TrimLeft(rest, " \t　"))]
	behind := gap
	if trimSpace(rest) == "" { // the words begin on the next line
		behind = ""
	}
	return gap + "【" + heading + "】" + behind + rest[len(gap):]
}

// DropAsked takes an asked-as line of an article out of the bytes of its file. It returns
// the line as it stood there, and how many lines below the beginning of the article.
func DropAsked(raw []byte, a *Article, text string) (changed []byte, line string, below int, err error) {
	f, err := openInPlace(raw, a)
	if err != nil {
		return nil, "", 0, err
	}
	for i := a.Line; i < f.end(); i++ {
		if l := classify(f.lines[i]); l.kind != lineAsked || l.text != text {
			continue
		}
		line = f.lines[i]
		f.lines = slices.Delete(f.lines, i, i+1)
		f.forget(text)
		changed, err = f.bytes()
		return changed, line, i - a.Line, err
	}
	return nil, "", 0, &InPlaceError{"没有找到「" + text + "」"}
}

// PutAsked puts back what DropAsked has taken.
func PutAsked(raw []byte, a *Article, line string, below int) ([]byte, error) {
	f, err := openInPlace(raw, a)
	if err != nil {
		return nil, err
	}
	l := classify(line)
	if at := a.Line + below; l.kind == lineAsked && below >= 0 && at <= len(f.lines) {
		f.lines = slices.Insert(f.lines, at, line)
		f.asks = l.text
		return f.bytes()
	}
	return nil, &InPlaceError{"不是原来的样子"}
}

// inPlace is a rule file that is being changed.
type inPlace struct {
	file  string
	lines []string // with their ends
	rules []*Rule  // as they are to be read
	was   *Article // of these: the one that is changed
	asks  string   // a line that was has more, wherever it stands; "" for none
}

func openInPlace(raw []byte, a *Article) (*inPlace, error) {
	f := &inPlace{file: a.Rule.File, lines: rawLines(string(raw)), rules: rulesIn(a.Rule.File, raw)}
	for _, r := range f.rules {
		if i := slices.IndexFunc(r.Articles, func(o *Article) bool { return o.Line == a.Line && o.Number == a.Number && o.Text == a.Text }); i >= 0 {
			f.was = r.Articles[i]
		}
	}
	if f.was == nil || a.Line < 1 || a.Line > len(f.lines) {
		return nil, &InPlaceError{"不是原来的样子"}
	}
	return f, nil
}

// end is the line on which the article behind the changed one begins, from 0.
func (f *inPlace) end() int {
	end := len(f.lines)
	for _, r := range f.rules {
		for _, a := range r.Articles {
			if a.Line > f.was.Line {
				end = min(end, a.Line-1)
			}
		}
	}
	return end
}

// rulesIn are the rules of a file by itself; none of a file that has no lines of its own
// for articles.
func rulesIn(file string, raw []byte) []*Rule {
	rep := &report{unread: map[string]bool{}}
	src, ok := decodeText(file, raw, rep)
	if !ok || kindOf(file) != ruleFile {
		return nil
	}
	c := &Corpus{}
	c.parse(entry{path: file, kind: ruleFile}, src, rep)
	return c.Rules
}

// rawLines are the lines of a file as they are counted, each with what ends it.
func rawLines(src string) (lines []string) {
	for src != "" {
		end := strings.IndexAny(src, "\r\n") + 1
		switch {
		case end == 0:
			end = len(src)
		case strings.HasPrefix(src[end-1:], "\r\n"):
			end++
		}
		lines, src = append(lines, src[:end]), src[end:]
	}
	return lines
}

// forget takes a line from the changed article and its parts, once each.
func (f *inPlace) forget(text string) {
	drop := func(lines []string) []string {
		if i := slices.Index(lines, text); i >= 0 {
			return slices.Delete(slices.Clone(lines), i, i+1)
		}
		return lines
	}
	f.was.AskedAs = drop(f.was.AskedAs)
	for p := range f.was.Paragraphs {
		part := &f.was.Paragraphs[p]
		part.AskedAs = drop(part.AskedAs)
		for k := range part.Items {
			part.Items[k].AskedAs = drop(part.Items[k].AskedAs)
		}
	}
}

// bytes is the changed file, if it reads as it should and nothing else has changed.
func (f *inPlace) bytes() ([]byte, error) {
	raw := []byte(strings.Join(f.lines, ""))
	again := rulesIn(f.file, raw)
	if f.asks != "" {
		g := inPlace{was: f.was}
		for _, r := range again {
			if a := r.Article(f.was.Number); a != nil && a.Text == f.was.Text {
				g.was = a
			}
		}
		if g.was == f.was || !slices.Contains(g.was.AskedAs, f.asks) {
			return nil, &InPlaceError{"不是原来的样子"}
		}
		g.forget(f.asks)
	}
	if !slices.Equal(printRules(f.rules), printRules(again)) {
		return nil, &InPlaceError{"照这样改会动到别的字"}
	}
	return raw, nil
}

// printRules is all that rules say, an article each, but for where it stands in the file.
func printRules(rules []*Rule) (out []string) {
	for _, r := range rules {
		head := *r
		head.Articles = nil
		out = append(out, fmt.Sprintf("%+v", head))
		for _, a := range r.Articles {
			out = append(out, fmt.Sprintf("%v %q %q %q %q %+q %q %v", a.Number, a.Label, a.Heading, a.Path, a.Text, a.Paragraphs, a.AskedAs, a.Deleted))
		}
	}
	return out
}
