package convert

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// read chooses the lines of the page that are the paper. Readability proposes; what
// it cleans away in the midst of an article, or an article it leaves outside, is
// taken back.
func (p *webPage) read(doc *Document) error {
	lines := webLines(p.body, nil)
	keep := p.proposed(lines)
	box := p.container(lines, keep)
	first, last := len(lines), -1 // of the paper proper
	for i, l := range lines {
		if keep[i] && (marked(l.text) || sentence(l)) {
			first, last = min(first, i), i
		}
	}
	for i, l := range lines {
		switch {
		case !l.within(box):
			keep[i] = false
		case i > first && i < last:
			keep[i] = keep[i] || !l.linked() && !around(l)
		default:
			keep[i] = !around(l) && (keep[i] || !l.linked() && (marked(l.text) || l.strong || sentence(l)))
		}
	}
	p.keepTitle(lines, keep)
	var text strings.Builder
	var left []webLine
	counted := 0
	for i, l := range lines {
		if !keep[i] {
			left = append(left, l)
			continue
		}
		if text.Len()+len(l.text) > MaxText {
			return errorf("请拆成几份再导入", "网页里的文字超过 %d MB", MaxText/mebibyte)
		}
		if l.counted {
			counted++
		}
		doc.Wrapped = doc.Wrapped || l.wrapped
		text.WriteString(l.text)
		text.WriteByte('\n')
	}
	doc.Text = text.String()
	p.notes(doc, append(left, p.left...), counted, box)
	return nil
}

// tag is the attribute that carries a text's number through readability, which
// works on copies and keeps what attributes it does not know.
const tag = "data-lianwen"

// maxElements bounds what readability is asked to weigh.
const maxElements = 200_000

// proposed tells which lines readability takes for the article, whole lines or none.
func (p *webPage) proposed(lines []webLine) []bool {
	number := map[*html.Node]int{}
	for i, l := range lines {
		for _, n := range l.nodes {
			number[n] = i
		}
	}
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxElements
	keep := make([]bool, len(lines))
	article, err := parser.ParseAndMutate(tagged(p.root, number), &url.URL{})
	if err != nil || article.Node == nil {
		return keep
	}
	for d := range article.Node.Descendants() {
		if d.DataAtom == atom.Span {
			if i, err := strconv.Atoi(attr(d, tag)); err == nil && i >= 0 && i < len(keep) {
				keep[i] = true
			}
		}
	}
	return keep
}

// tagged copies a tree, with each numbered text in a span of its own.
func tagged(n *html.Node, number map[*html.Node]int) *html.Node {
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace, Attr: append([]html.Attribute(nil), n.Attr...)}
	for child := range n.ChildNodes() {
		c.AppendChild(tagged(child, number))
	}
	i, ok := number[n]
	if !ok {
		return c
	}
	span := &html.Node{Type: html.ElementNode, DataAtom: atom.Span, Data: "span", Attr: []html.Attribute{{Key: tag, Val: strconv.Itoa(i)}}}
	span.AppendChild(c)
	return span
}

// container is the smallest part of the page that holds the proposed lines and all
// that is plainly of the same paper: every article, and whole sentences when there
// are many.
func (p *webPage) container(lines []webLine, keep []bool) *html.Node {
	var box *html.Node
	grow := func(take func(int, webLine) bool) {
		for i, l := range lines {
			if take(i, l) {
				for _, n := range l.nodes {
					box = common(box, n)
				}
			}
		}
	}
	grow(func(i int, _ webLine) bool { return keep[i] })
	grow(func(_ int, l webLine) bool { return !l.linked() && articleLabel(l.text) != "" })
	inside, outside := 0, 0
	for _, l := range lines {
		switch {
		case !sentence(l):
		case box != nil && l.within(box):
			inside += countHan(l.text)
		default:
			outside += countHan(l.text)
		}
	}
	if 10*outside > inside {
		grow(func(_ int, l webLine) bool { return sentence(l) })
	}
	if box == nil {
		return p.body
	}
	return box
}

// common is the smallest element that holds both.
func common(box, n *html.Node) *html.Node {
	if box == nil {
		return n.Parent
	}
	for up := range n.Ancestors() {
		if up == box {
			return box
		}
	}
	for up := range box.Ancestors() {
		for other := range n.Ancestors() {
			if up == other {
				return up
			}
		}
	}
	return box
}

func (l webLine) within(box *html.Node) bool {
	for _, n := range l.nodes {
		for up := range n.Ancestors() {
			if up == box {
				return true
			}
		}
	}
	return false
}

// sentence tells a line of prose from the labels and captions of a page.
func sentence(l webLine) bool {
	return !l.linked() && !around(l) && countHan(l.text) >= 12 && strings.ContainsAny(l.text, "。；")
}

var aroundPattern = regexp.MustCompile(`^[\[【（(\s]*(?:责任编辑|编辑|上一[篇条]|下一[篇条]|分享到|相关(?:链接|文章|阅读|报道|法规)|版权所有|主办单位|主办|承办单位|承办|技术支持|网站标识码|字体|字号|浏览(?:次数|量)?|阅读(?:次数|量)?|点击(?:数|次数|量)?|访问量|信息来源|文章来源|来源|发布(?:时间|日期|人)|作者|当前位置|您?(?:现在)?的?(?:所在)?位置)\s*[】\])）]?\s*[:：]|^版权所有|ICP备|公网安备|Copyright|©|` +
	`^(?:[\[【（(｜|·\s]*(?:打印|关闭|收藏|分享|返回|本页|此页|窗口|顶部|微信|微博|字体|大|中|小)[\]】）)｜|·:：\s]*)+$`)

// around knows the lines that pages set above and below an article by how they
// begin, 来源：…, or by what they are made of, 【打印】【关闭】.
func around(l webLine) bool {
	return utf8.RuneCountInString(l.text) <= 80 && !marked(l.text) && !strings.HasSuffix(l.text, "。") && aroundPattern.MatchString(l.text)
}

// keepTitle takes the heading that stands above the article, outside its container:
// the longest line up there that the page's title repeats.
func (p *webPage) keepTitle(lines []webLine, keep []bool) {
	title, best := letters(p.title), -1
	for i, l := range lines {
		name := letters(l.text)
		if countHan(name) < 4 || !strings.Contains(title, name) || l.linked() {
			if keep[i] {
				break
			}
			continue
		}
		if keep[i] {
			return // it is there already
		}
		if best < 0 || len(name) > len(letters(lines[best].text)) {
			best = i
		}
	}
	if best >= 0 {
		keep[best] = true
	}
}

// letters leaves of a line what a title is compared by.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// notes tells what of the page is not in the text, menus last.
func (p *webPage) notes(doc *Document, left []webLine, counted int, box *html.Node) {
	if len(left) > 0 {
		var some []string
		slices.SortStableFunc(left, func(a, b webLine) int { return cmp.Compare(a.menu(), b.menu()) })
		for _, l := range left {
			if len(some) < 6 && letters(l.text) != "" {
				some = append(some, "「"+clip(l.text, 20)+"」")
			}
		}
		doc.note(Dropped, "", "网页上有 %d 行没有取（菜单、页脚等），如%s", len(left), strings.Join(some, ""))
	}
	for _, l := range left {
		if sentence(l) || articleLabel(l.text) != "" && !l.linked() {
			doc.note(Doubt, "", "没有取的行里有成句的话，请核对：「%s」", clip(l.text, 60))
			break
		}
	}
	pictures := 0
	for d := range box.Descendants() {
		if d.DataAtom == atom.Img && (d.Parent == nil || d.Parent.DataAtom != atom.A) {
			pictures++
		}
	}
	if pictures > 0 {
		doc.note(Dropped, "", "正文里有 %d 张图片没有取，图片里的字不在文本里", pictures)
	}
	if p.readings > 0 {
		doc.note(Dropped, "", "去掉了 %d 处注在字上面的读音", p.readings)
	}
	if counted > 0 {
		doc.note(Added, "", "%d 行开头的编号是网页自动编的", counted)
	}
}

// clip is the beginning of a line, for a note.
func clip(s string, most int) string {
	r := []rune(strings.ReplaceAll(s, "\n", " "))
	if len(r) <= most {
		return string(r)
	}
	return fmt.Sprintf("%s…", string(r[:most]))
}
