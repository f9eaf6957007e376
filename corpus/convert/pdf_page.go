package convert

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/ledongthuc/pdf"
)

const (
	mostCmap  = 4 << 20
	mostNodes = 3 * MaxPage // of the tree of pages
	deepNodes = 64
)

// pdfPage is a page with what it has from the nodes above it.
type pdfPage struct {
	v              pdf.Value
	resources, box pdf.Value
	turn           int // degrees, clockwise
}

// pageTree collects the pages in order.
type pageTree struct {
	pages []pdfPage
	nodes int
}

func (t *pageTree) walk(node pdfPage, depth int) error {
	if t.nodes++; t.nodes > mostNodes || depth > deepNodes || len(t.pages) > MaxPage {
		return errorf("请拆成几份再导入", "文件超过 %d 页", MaxPage)
	}
	if own := node.v.Key("Resources"); own.Kind() == pdf.Dict {
		node.resources = own
	}
	for _, key := range []string{"MediaBox", "CropBox"} {
		if own := node.v.Key(key); own.Len() == 4 {
			node.box = own
		}
	}
	if own := node.v.Key("Rotate"); own.Kind() == pdf.Integer {
		node.turn = int(own.Int64()%360+360) % 360
	}
	kids := node.v.Key("Kids")
	if kids.Kind() != pdf.Array {
		if node.v.Kind() == pdf.Dict {
			t.pages = append(t.pages, node)
		}
		return nil
	}
	for i := range kids.Len() {
		child := node
		child.v = kids.Index(i)
		if err := t.walk(child, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// scanned is what a page turned out to hold.
type scanned struct {
	sheet
	garbled, glyphs int
	hidden          int    // glyphs that are not seen: a scanner's own recognition
	aslant          string // text that was left out because it runs another way
	scan            bool   // it is a picture of a page
	broken          bool
}

// read takes the text off a page.
func (pg pdfPage) read(ctx context.Context, number int, fonts map[string]*pdfFont) (s scanned) {
	left, bottom, right, top := pg.corners()
	p := &painter{ctx: ctx, fonts: fonts}
	p.state = graphics{at: turned(pg.turn/90, left, bottom, right, top), scale: 1, textMatrix: identity, lineMatrix: identity}
	pg.paint(p)
	s.width, s.height = right-left, top-bottom
	if pg.turn%180 != 0 {
		s.width, s.height = s.height, s.width
	}
	if q := upright(p.glyphs); q != 0 {
		again := turned(q, 0, 0, s.width, s.height)
		for i := range p.glyphs {
			p.glyphs[i].at = p.glyphs[i].at.times(again)
		}
		if q%2 != 0 {
			s.width, s.height = s.height, s.width
		}
	}
	s.broken = p.broken
	s.set(number, p.glyphs)
	s.scan = s.glyphs == 0 && (p.images > 0 || p.paths > somePaths) ||
		s.glyphs < someGlyphs && s.hidden == 0 && p.images > s.width*s.height/2
	return s
}

// paint goes through what the page draws. The library panics on what it cannot read;
// what came before stays.
func (pg pdfPage) paint(p *painter) {
	defer func() {
		if recover() != nil {
			p.broken = true
		}
	}()
	contents := pg.v.Key("Contents")
	if contents.Kind() == pdf.Null && slices.Contains(pg.v.Keys(), "Contents") {
		p.broken = true // it is not in the file
		return
	}
	content, err := contentOf(contents)
	p.broken = err != nil
	p.paint(content, pg.resources, 0)
}

// A page that is a picture may still have a stamp or a number set over it, and one
// that has been drawn by a pen plotter has no picture.
const (
	someGlyphs = 40
	somePaths  = 20
)

// set turns drawn glyphs to lines.
func (s *scanned) set(number int, glyphs []drawn) {
	var stand []glyph
	var aslant strings.Builder
	for _, g := range glyphs {
		if g.text == "" {
			continue
		}
		x, y := g.at.e, s.height-g.at.f
		size := math.Hypot(g.at.c, g.at.d)
		if n, ok := g.quarter(); !ok || n != 0 {
			if !blank(g.text) {
				aslant.WriteString(g.text)
			}
			continue
		}
		if math.IsNaN(x+y+size) || math.IsInf(x+y+size, 0) || size == 0 {
			s.broken = true
			continue
		}
		if s.glyphs++; g.hidden {
			s.hidden++
		}
		if garbled(g.text) {
			s.garbled++
		}
		stand = append(stand, glyph{g.text, x, x + g.width*g.at.a, y, size, g.run})
	}
	s.aslant = aslant.String()
	s.lines = linesOf(number, stand)
}

// corners is the visible part of the page; A4 when the paper does not say.
func (pg pdfPage) corners() (left, bottom, right, top float64) {
	b := pg.box
	left, bottom = min(b.Index(0).Float64(), b.Index(2).Float64()), min(b.Index(1).Float64(), b.Index(3).Float64())
	right, top = max(b.Index(0).Float64(), b.Index(2).Float64()), max(b.Index(1).Float64(), b.Index(3).Float64())
	if right-left < 1 || top-bottom < 1 {
		return 0, 0, 595, 842
	}
	return left, bottom, right, top
}

// turned maps the page to one with its lower left corner at the origin, turned
// clockwise by quarters.
func turned(quarters int, left, bottom, right, top float64) matrix {
	switch quarters {
	case 1:
		return matrix{0, -1, 1, 0, -bottom, right}
	case 2:
		return matrix{-1, 0, 0, -1, right, top}
	case 3:
		return matrix{0, 1, -1, 0, top, -left}
	}
	return matrix{1, 0, 0, 1, -left, -bottom}
}

// contentOf is the drawing of a page, whose streams are read as one.
func contentOf(v pdf.Value) ([]byte, error) {
	if v.Kind() == pdf.Stream {
		return streamData(v, mostContent)
	}
	var all []byte
	for i := range v.Len() {
		part, err := streamData(v.Index(i), mostContent-len(all))
		all = append(append(all, part...), '\n')
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// streamData unpacks a stream, what can be had of it when it is broken.
func streamData(v pdf.Value, limit int) (data []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("read stream: %v", p)
		}
	}()
	if v.Kind() == pdf.Null {
		return nil, nil
	}
	data, err = io.ReadAll(io.LimitReader(v.Reader(), int64(limit)+1))
	if len(data) > limit {
		return data[:limit], fmt.Errorf("read stream: more than %d bytes", limit)
	}
	if err != nil {
		err = fmt.Errorf("read stream: %w", err)
	}
	return data, err
}
