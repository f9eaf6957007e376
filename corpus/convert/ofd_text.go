package convert

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ofdMatrix maps coordinates of an object to those of what it stands in:
// x' = ax + cy + e, y' = bx + dy + f.
type ofdMatrix struct{ a, b, c, d, e, f float64 }

var ofdIdentity = ofdMatrix{a: 1, d: 1}

func (m ofdMatrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// in is m as seen from outside o, in which it stands.
func (m ofdMatrix) in(o ofdMatrix) ofdMatrix {
	x, y := o.apply(m.e, m.f)
	return ofdMatrix{o.a*m.a + o.c*m.b, o.b*m.a + o.d*m.b, o.a*m.c + o.c*m.d, o.b*m.c + o.d*m.d, x, y}
}

// place is the ofdMatrix of an object: its own, moved to its boundary.
func (g ofdGraphic) place() ofdMatrix {
	m := ofdIdentity
	if v := ofdNumbers(g.CTM); len(v) == 6 {
		m = ofdMatrix{v[0], v[1], v[2], v[3], v[4], v[5]}
	}
	if v := ofdNumbers(g.Boundary); len(v) >= 2 {
		m.e += v[0]
		m.f += v[1]
	}
	return m
}

func ofdNumbers(s string) (list []float64) {
	for f := range strings.FieldsSeq(s) {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
		list = append(list, v)
	}
	return list
}

// ofdWriter takes the runs of characters off a page.
type ofdWriter struct {
	units  map[string]ofdBlock
	runs   []pageLine
	aslant []string
	images int
	size   int // characters
	drawn  int // units
	full   bool
}

// Bounds of blocks in blocks, and of units that refer to units.
const (
	maxNesting = 16
	maxUnits   = 100_000
)

func (w *ofdWriter) block(b ofdBlock, in ofdMatrix, depth int) {
	if depth > maxNesting || w.full {
		return
	}
	w.images += len(b.Images)
	for _, t := range b.Texts {
		w.text(t, in)
	}
	for _, c := range b.Composites {
		if unit, ok := w.units[c.ResourceID]; ok && c.Visible != "false" {
			w.drawn++
			w.block(unit, c.place().in(in), depth+1)
		}
	}
	for _, inner := range b.Blocks {
		w.block(inner, in, depth+1)
	}
	w.full = w.full || w.size > MaxText || w.drawn > maxUnits
}

func (w *ofdWriter) text(t ofdTextObject, in ofdMatrix) {
	if t.Visible == "false" {
		return
	}
	m := t.place().in(in)
	var x, y float64
	for _, code := range t.Codes {
		if code.X != nil {
			x = *code.X
		}
		if code.Y != nil {
			y = *code.Y
		}
		text := []rune(strings.Trim(code.Text, "\r\n\t"))
		if w.size += len(text); len(text) == 0 || w.size > MaxText {
			continue
		}
		if math.Abs(m.b) > math.Abs(m.a)/10 && math.Abs(m.a) > math.Abs(m.b)/10 {
			w.aslant = append(w.aslant, string(text))
			continue
		}
		w.runs = append(w.runs, placed(text, x, y, t.Size, deltas(code.DeltaX, len(text)), deltas(code.DeltaY, len(text)), m)...)
	}
}

// deltas reads the steps from character to character; g N V is N times V.
func deltas(s string, most int) (list []float64) {
	fields := strings.Fields(s)
	for i := 0; i < len(fields) && len(list) < most; i++ {
		times := 1
		if fields[i] == "g" && i+2 < len(fields) {
			n, err := strconv.Atoi(fields[i+1])
			if err != nil {
				return list
			}
			times = min(n, most)
			i += 2
		}
		v, err := strconv.ParseFloat(fields[i], 64)
		if err != nil {
			return list
		}
		for range times {
			list = append(list, v)
		}
	}
	return list
}

// placed sets characters one after the other. A step down begins a new line, unless
// all go down: a column stays together. Where a line begins and ends is where its
// first and last characters do that are no spaces.
func placed(text []rune, x, y, size float64, dx, dy []float64, m ofdMatrix) (runs []pageLine) {
	upright := len(dx) == 0 && len(dy) > 0
	unit := math.Max(size, 0.1)
	var b strings.Builder
	startX, startY, end, ink := x, y, x, false
	emit := func() {
		if ink {
			px, py := m.apply(startX, startY)
			rx, _ := m.apply(end, startY)
			runs = append(runs, pageLine{text: b.String(), x: px, right: rx, y: py, size: unit * math.Hypot(m.c, m.d)})
		}
		b.Reset()
		ink = false
	}
	for i, r := range text {
		if !ink {
			startX, startY = x, y
		}
		b.WriteRune(r)
		step, down := advance(r)*unit, 0.0
		own := step
		if i < len(dx) {
			step = dx[i]
		}
		if i < len(dy) {
			down = dy[i]
		}
		if !unicode.IsSpace(r) {
			end, ink = x+own, true
		}
		if upright {
			continue
		}
		switch {
		case math.Abs(down) > unit/2:
			emit()
			x, y = x+step, y+down
			continue
		case step > own+unit/2 && i+1 < len(text) && !unicode.IsSpace(r) && !unicode.IsSpace(text[i+1]):
			b.WriteByte(' ')
		}
		x += step
	}
	emit()
	return runs
}

// advance is the width of a character, in its size.
func advance(r rune) float64 {
	if wide(r) {
		return 1
	}
	return 0.5
}

// ofdLinesOf puts runs on one baseline together, from the top down.
func ofdLinesOf(runs []pageLine) (lines []pageLine) {
	slices.SortStableFunc(runs, func(a, b pageLine) int { return cmp.Compare(a.y, b.y) })
	for len(runs) > 0 {
		n, size := 1, runs[0].size
		for n < len(runs) && runs[n].y-runs[0].y <= 0.4*math.Max(size, runs[n].size) {
			size = math.Max(size, runs[n].size)
			n++
		}
		lines = append(lines, ofdLine(runs[:n]))
		runs = runs[n:]
	}
	return lines
}

// ofdLine sets the runs of a line from left to right; what is far from what stands
// before it is a cell. A run drawn twice in one place, to look bold, is one.
func ofdLine(row []pageLine) pageLine {
	slices.SortStableFunc(row, func(a, b pageLine) int { return cmp.Compare(a.x, b.x) })
	line, last := row[0], row[0]
	var whole, piece strings.Builder
	add := func(text string) {
		whole.WriteString(text)
		piece.WriteString(text)
	}
	line.cells = []cell{{x: line.x, right: line.right}}
	add(line.text)
	for _, r := range row[1:] {
		if r.text == last.text && math.Abs(r.x-last.x) < 0.3*r.size {
			continue
		}
		end, _ := utf8.DecodeLastRuneInString(last.text)
		begin, _ := utf8.DecodeRuneInString(r.text)
		if r.x-last.right > r.size/2 && !unicode.IsSpace(end) && !unicode.IsSpace(begin) {
			add(" ")
		}
		if r.x-last.right > cellGap*math.Min(r.size, last.size) {
			line.cells[len(line.cells)-1].text = piece.String()
			line.cells = append(line.cells, cell{x: r.x})
			piece.Reset()
		}
		add(r.text)
		c := &line.cells[len(line.cells)-1]
		c.right = math.Max(c.right, r.right)
		line.right, line.size = math.Max(line.right, r.right), math.Max(line.size, r.size)
		last = r
	}
	line.cells[len(line.cells)-1].text = piece.String()
	line.text = strings.TrimSpace(whole.String())
	return line
}
