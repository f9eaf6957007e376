package convert

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// webPage is a parsed page without what is never text.
type webPage struct {
	root, body *html.Node
	title      string
	readings   int       // pronunciations above characters, left out
	left       []webLine // menus, forms, hidden parts
}

func newPage(root *html.Node) *webPage {
	p := &webPage{root: root, body: findElement(root, atom.Body)}
	if t := findElement(root, atom.Title); t != nil && t.FirstChild != nil {
		p.title = strings.Join(strings.Fields(t.FirstChild.Data), " ")
	}
	if p.body == nil { // a page of frames
		p.body = root
	}
	p.strip(p.body)
	p.sift()
	return p
}

func findElement(n *html.Node, a atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.DataAtom == a && d.Type == html.ElementNode {
			return d
		}
	}
	return nil
}

func countHan(s string) int {
	n := 0
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

// never are the elements whose content is no text of the page.
var never = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true, atom.Object: true,
	atom.Svg: true, atom.Select: true, atom.Textarea: true, atom.Button: true, atom.Rt: true, atom.Rp: true, atom.Rtc: true,
	atom.Head: true, atom.Noframes: true, atom.Datalist: true, atom.Canvas: true, atom.Audio: true, atom.Video: true,
}

// strip takes out what is never text.
func (p *webPage) strip(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.CommentNode, c.Type == html.ElementNode && never[c.DataAtom]:
			if c.DataAtom == atom.Rt {
				p.readings++
			}
			n.RemoveChild(c)
		default:
			p.strip(c)
		}
		c = next
	}
}

// sift takes out menus, forms and hidden parts, except those that hold most of the
// page or articles that are nowhere else: whole sites stand in one form, and a
// script that no longer runs would have shown what is hidden.
func (p *webPage) sift() {
	seen := map[string]bool{}
	look := func(n *html.Node) []*html.Node {
		inner := asides(n, nil)
		skip := make(map[*html.Node]bool, len(inner))
		for _, c := range inner {
			skip[c] = true
		}
		for _, l := range webLines(n, skip) {
			seen[articleLabel(l.text)] = true
		}
		return inner
	}
	fresh := func(l webLine) bool { return !l.linked() && articleLabel(l.text) != "" && !seen[articleLabel(l.text)] }
	all := countHan(nodeText(p.body))
	for queue := look(p.body); len(queue) > 0; {
		n := queue[0]
		queue = queue[1:]
		lines := webLines(n, nil)
		if 2*countHan(nodeText(n)) > all || slices.ContainsFunc(lines, fresh) {
			lay(n)
			queue = append(queue, look(n)...)
			continue
		}
		n.Parent.RemoveChild(n)
		p.left = append(p.left, lines...)
	}
}

// asides adds the outermost parts under n that are no part of an article.
func asides(n *html.Node, list []*html.Node) []*html.Node {
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && surroundings(c) {
			list = append(list, c)
		} else {
			list = asides(c, list)
		}
	}
	return list
}

func nodeText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// lay makes a part that is the page after all look like one.
func lay(n *html.Node) {
	if n.DataAtom == atom.Form || n.DataAtom == atom.Nav || n.DataAtom == atom.Dialog {
		n.Data, n.DataAtom = "div", atom.Div
	}
	n.Attr = nil
}

func surroundings(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Form, atom.Dialog:
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if strings.EqualFold(a.Val, "true") {
				return true
			}
		case "role":
			if a.Val == "navigation" || a.Val == "search" {
				return true
			}
		case "style":
			style := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
