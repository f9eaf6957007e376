package convert

// operate carries out the operators that bear on where text stands.
func (p *painter) operate(op string, args []operand) {
	g := &p.state
	n := func(i int) float64 {
		if i < len(args) {
			return args[i].num
		}
		return 0
	}
	switch op {
	case "cm", "Tm":
		if len(args) != 6 {
			return
		}
		m := matrix{n(0), n(1), n(2), n(3), n(4), n(5)}
		if op == "cm" {
			g.at = m.times(g.at)
		} else {
			g.textMatrix, g.lineMatrix = m, m
		}
	case "q":
		if len(p.stack) < deepState {
			p.stack = append(p.stack, *g)
		}
	case "Q":
		if last := len(p.stack) - 1; last >= 0 {
			text, line := g.textMatrix, g.lineMatrix
			*g, p.stack = p.stack[last], p.stack[:last]
			g.textMatrix, g.lineMatrix = text, line
		}
	case "BT":
		g.textMatrix, g.lineMatrix = identity, identity
	case "f", "F", "f*", "B", "B*", "b", "b*", "sh":
		p.paths++
	case "Tj", "TJ", "'", "\"":
		p.showing(op, args)
	default:
		p.setText(op, n)
	}
}

// setText carries out the operators that set how text is drawn, and where.
func (p *painter) setText(op string, n func(int) float64) {
	g := &p.state
	switch op {
	case "Tc":
		g.charSpace = n(0)
	case "Tw":
		g.wordSpace = n(0)
	case "Tz":
		g.scale = n(0) / 100
	case "TL":
		g.leading = n(0)
	case "Ts":
		g.rise = n(0)
	case "Tr":
		g.hidden = n(0) == 3
	case "TD":
		g.leading = -n(1)
		p.line(n(0), n(1))
	case "Td":
		p.line(n(0), n(1))
	case "T*":
		p.line(0, -g.leading)
	}
}

// showing carries out the operators that draw text.
func (p *painter) showing(op string, args []operand) {
	switch op {
	case "\"":
		if len(args) == 3 {
			p.state.wordSpace, p.state.charSpace = args[0].num, args[1].num
		}
		fallthrough
	case "'":
		p.line(0, -p.state.leading)
		fallthrough
	case "Tj":
		p.show(textOf(args))
	case "TJ":
		if len(args) == 0 {
			return
		}
		for _, o := range args[len(args)-1].list {
			switch o.kind {
			case 's':
				p.show(o.text)
			case 'n':
				p.move(-o.num / 1000 * p.state.size * p.state.scale)
			}
		}
	}
}

func (p *painter) line(x, y float64) {
	p.state.lineMatrix = matrix{1, 0, 0, 1, x, y}.times(p.state.lineMatrix)
	p.state.textMatrix = p.state.lineMatrix
}
