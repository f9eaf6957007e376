package convert

import (
	"context"
	"math"

	"github.com/ledongthuc/pdf"
)

// Bounds of one page.
const (
	mostContent = 24 << 20 // bytes of its drawing
	mostGlyphs  = 200_000
	deepForms   = 12
	mostForms   = 2_000
	deepState   = 512
)

// matrix maps points: x' = ax+cy+e, y' = bx+dy+f.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// times is m, then n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

// graphics is the state that q keeps and Q brings back.
type graphics struct {
	at                     matrix
	font                   *pdfFont
	size, scale            float64
	charSpace, wordSpace   float64
	leading, rise          float64
	hidden                 bool
	textMatrix, lineMatrix matrix
}

// drawn is a glyph with the matrix it is drawn by.
type drawn struct {
	text   string
	at     matrix // maps the em square to the page
	width  float64
	hidden bool
	run    int
}

// painter goes through what a page draws and keeps the text.
type painter struct {
	ctx    context.Context
	fonts  map[string]*pdfFont // of the whole paper, by what they say of themselves
	here   map[string]*pdfFont // of the resources in force, by name
	state  graphics
	stack  []graphics
	glyphs []drawn
	images float64 // how much of the page they cover, in its own unit
	paths  int
	forms  int
	run    int
	broken bool // a part could not be read, or was too much
}

// paint reads a content stream; resources are what its names mean.
func (p *painter) paint(content []byte, resources pdf.Value, depth int) {
	outer := p.here
	p.here = map[string]*pdfFont{}
	defer func() { p.here = outer }()
	l := &lexer{data: content}
	var args []operand
	for {
		o := l.next(0)
		switch {
		case o.kind == 0 || p.ctx.Err() != nil:
			p.broken = p.broken || l.over
			return
		case len(p.glyphs) > mostGlyphs:
			p.broken = true
			return
		case o.kind != 'o':
			if args = append(args, o); len(args) > 64 {
				args = args[1:]
			}
			continue
		}
		switch o.text {
		case "BI":
			p.image()
			l.skipImage()
		case "Do":
			p.draw(resources.Key("XObject").Key(textOf(args)), resources, depth)
		case "Tf":
			if len(args) >= 2 {
				p.state.font, p.state.size = p.font(resources, args[0].text), args[1].num
			}
		default:
			p.operate(o.text, args)
		}
		args = args[:0]
	}
}

func textOf(args []operand) string {
	if len(args) == 0 {
		return ""
	}
	return args[len(args)-1].text
}

// font is the font of a name. Fonts that say the same of themselves are the same.
func (p *painter) font(resources pdf.Value, name string) *pdfFont {
	if f, ok := p.here[name]; ok {
		return f
	}
	v := resources.Key("Font").Key(name)
	key := v.String()
	f, ok := p.fonts[key]
	if !ok {
		f = newPDFFont(v)
		p.fonts[key] = f
	}
	p.broken = p.broken || f.broken
	p.here[name] = f
	return f
}

// draw draws an object from outside the stream: a form is a stream of its own.
func (p *painter) draw(v, resources pdf.Value, depth int) {
	switch v.Key("Subtype").Name() {
	case "Image":
		p.image()
	case "Form":
		if p.forms++; depth >= deepForms || p.forms > mostForms {
			p.broken = true
			return
		}
		content, err := streamData(v, mostContent)
		if err != nil {
			p.broken = true
		}
		if own := v.Key("Resources"); own.Kind() == pdf.Dict {
			resources = own
		}
		before, below := p.state, len(p.stack)
		if m := v.Key("Matrix"); m.Len() == 6 {
			p.state.at = matrix{m.Index(0).Float64(), m.Index(1).Float64(), m.Index(2).Float64(),
				m.Index(3).Float64(), m.Index(4).Float64(), m.Index(5).Float64()}.times(p.state.at)
		}
		p.paint(content, resources, depth+1)
		p.state, p.stack = before, p.stack[:min(below, len(p.stack))]
	}
}

// image draws a picture, which is the unit square.
func (p *painter) image() {
	p.images += math.Abs(p.state.at.a*p.state.at.d - p.state.at.b*p.state.at.c)
}

// show draws a string.
func (p *painter) show(s string) {
	g := &p.state
	if g.font == nil {
		g.font = newPDFFont(pdf.Value{})
	}
	if len(s) > mostGlyphs {
		s, p.broken = s[:mostGlyphs], true
	}
	p.run++
	for _, c := range g.font.chars(s) {
		em := matrix{g.size * g.scale, 0, 0, g.size, 0, g.rise}
		p.glyphs = append(p.glyphs, drawn{c.text, em.times(g.textMatrix).times(g.at), c.width, g.hidden, p.run})
		move := c.width*g.size + g.charSpace
		if c.space {
			move += g.wordSpace
		}
		p.move(move * g.scale)
	}
}

func (p *painter) move(x float64) {
	p.state.textMatrix = matrix{1, 0, 0, 1, x, 0}.times(p.state.textMatrix)
}

// upright turns a page so that most of its text stands upright: a wide table is
// drawn lying on its side.
func upright(glyphs []drawn) (quarters int) {
	var count [4]int
	for _, g := range glyphs {
		if n, ok := g.quarter(); ok {
			count[n]++
		}
	}
	for n := range count {
		if count[n] > count[quarters] {
			quarters = n
		}
	}
	return quarters
}

// quarter is which way a glyph's line runs, in quarters of a turn; false when aslant.
func (g drawn) quarter() (int, bool) {
	turn := math.Atan2(g.at.b, g.at.a) / (math.Pi / 2)
	n := math.Round(turn)
	return (int(n) + 4) % 4, math.Abs(turn-n) < 0.05
}
