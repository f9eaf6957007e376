package convert

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// webLine is a line of a page as it is seen, and where it comes from.
type webLine struct {
	text    string
	nodes   []*html.Node // the texts it is put together of
	chars   int          // characters that are no space
	inLinks int          // of these, in links
	strong  bool         // a heading, a row of a table
	counted bool         // its number is the page's counting, not in its text
	wrapped bool         // it ends where the file's line does
}

// linked tells a line of a menu: most of it leads elsewhere.
func (l webLine) linked() bool { return 2*l.inLinks > l.chars }

// menu is 1 for a line of a menu, to sort by.
func (l webLine) menu() int {
	if l.linked() {
		return 1
	}
	return 0
}

var (
	articleLabelPattern = regexp.MustCompile(`^第[\s　]*[〇零○一二三四五六七八九十百千两0-9０-９]+[\s　]*[条條](?:之[一二三四五六七八九十]+)?`)
	divisionPattern     = regexp.MustCompile(`^(?:第[〇零一二三四五六七八九十百0-9]+[编編章节節]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[.．、])`)
)

// articleLabel is 第X条 at the start of a line, "" when there is none.
func articleLabel(line string) string { return articleLabelPattern.FindString(line) }

// marked tells a line that a paper counts by.
func marked(line string) bool { return articleLabel(line) != "" || divisionPattern.MatchString(line) }

// blocks are the elements that begin and end a line.
var blocks = atoms(atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd,
	atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer,
	atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hr, atom.Legend, atom.Li, atom.Main,
	atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot,
	atom.Th, atom.Thead, atom.Tr, atom.Ul)

var headings = atoms(atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)

func atoms(list ...atom.Atom) map[atom.Atom]bool {
	set := make(map[atom.Atom]bool, len(list))
	for _, a := range list {
		set[a] = true
	}
	return set
}

// lineWriter lays a part of a page out into lines.
type lineWriter struct {
	skip    map[*html.Node]bool
	lines   []webLine
	line    webLine
	text    strings.Builder
	last    rune // of text
	space   bool // white space is due before the next character
	broken  bool // that space held a line end of the file
	links   int  // how many links are open
	heading bool
	pre     bool
	size    int // bytes written
}

// webLines are the lines of a part of a page, without the parts in skip.
func webLines(n *html.Node, skip map[*html.Node]bool) []webLine {
	w := &lineWriter{skip: skip}
	w.node(n)
	w.end()
	return w.lines
}

func (w *lineWriter) node(n *html.Node) {
	if w.skip[n] || w.size > MaxText {
		return
	}
	switch {
	case n.Type == html.TextNode:
		w.write(n)
		return
	case n.DataAtom == atom.Br:
		w.end()
		return
	case n.DataAtom == atom.Table && isGrid(n):
		w.end()
		w.grid(n)
		return
	}
	block := blocks[n.DataAtom]
	links, heading, pre := w.links, w.heading, w.pre
	if block {
		w.end()
	}
	if n.DataAtom == atom.A && attr(n, "href") != "" {
		w.links++
	}
	w.heading = w.heading || headings[n.DataAtom]
	w.pre = w.pre || n.DataAtom == atom.Pre
	count := 0
	for c := range n.ChildNodes() {
		if n.DataAtom == atom.Ol && c.DataAtom == atom.Li {
			count++
			w.item(n, c, count)
			continue
		}
		w.node(c)
	}
	if block {
		w.end()
	}
	w.links, w.heading, w.pre = links, heading, pre
}

// item lays out an item of a counted list with the number a browser shows, unless
// it bears one of its own.
func (w *lineWriter) item(list, item *html.Node, count int) {
	w.end()
	at := len(w.lines)
	w.node(item)
	if at == len(w.lines) || strings.Contains(attr(list, "style"), "none") {
		return
	}
	if first := &w.lines[at]; !marked(first.text) && !first.linked() {
		start, err := strconv.Atoi(attr(list, "start"))
		if err != nil {
			start = 1
		}
		first.text = strconv.Itoa(start+count-1) + ". " + first.text
		first.counted = true
	}
}

// write appends a text; runs of white space are one space, as on the screen, and
// none between Han characters where only the file's line ended.
func (w *lineWriter) write(n *html.Node) {
	fresh := true
	for _, r := range n.Data {
		switch {
		case r == '\n' && w.pre:
			w.end()
			fresh = true
			continue
		case strings.ContainsRune(" \t\n", r) && !w.pre:
			w.space = true
			w.broken = w.broken || r == '\n'
			continue
		case r == '\u00a0':
			r = ' '
		}
		if w.space && w.text.Len() > 0 && !(w.broken && wide(w.last) && wide(r)) {
			w.text.WriteByte(' ')
		}
		w.space, w.broken = false, false
		w.text.WriteRune(r)
		w.last = r
		if unicode.IsSpace(r) {
			continue
		}
		if fresh {
			w.line.nodes = append(w.line.nodes, n)
			fresh = false
		}
		w.line.chars++
		if w.links > 0 {
			w.line.inLinks++
		}
	}
}

// wide tells the characters that Chinese is set in, which take no spaces between.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r < 0x3040 || r >= 0xff00 && r < 0xffef || strings.ContainsRune("“”‘’…—", r)
}

// trimWeb takes the space off a line's ends; pages add some that has no width.
func trimWeb(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' })
}

func (w *lineWriter) end() {
	if text := trimWeb(w.text.String()); w.line.chars > 0 && text != "" {
		w.line.text, w.line.strong, w.line.wrapped = text, w.heading, w.pre
		w.lines = append(w.lines, w.line)
		w.size += len(text) + 1
	}
	w.line = webLine{}
	w.text.Reset()
	w.space, w.broken, w.last = false, false, 0
}
