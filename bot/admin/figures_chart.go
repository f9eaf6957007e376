package admin

import (
	"fmt"

	"lianwen/bot/office"
	"lianwen/bot/staff"
)

// chart is the months as bars, 应参 beside 实参, in the units of an SVG.
type chart struct {
	Width, Height, Base int
	Lines               []chartLine
	Months              []chartMonth
	Summary             string // what it shows, for who does not see it
}

// chartLine is a line behind the bars, at a number.
type chartLine struct{ Y, Number int }

// chartMonth is the bars of a month.
type chartMonth struct {
	Due, Took    bar
	X            int // the middle
	Name, Rate   string
	Year         string // where it begins
	DueN, TookN  int
	RateY, NameY int
}

// bar is a rectangle on the base line.
type bar struct{ X, Y, Width, Height int }

// The measures of the chart.
const (
	chartTop    = 34 // room for what stands above the bars
	chartTall   = 190
	chartLeft   = 56
	chartBottom = 44
	monthWide   = 64
	barWide     = 22
)

// newChart draws months; nil where there are none.
func newChart(months []staff.MonthFigures) *chart {
	if len(months) == 0 {
		return nil
	}
	most := 1
	for _, m := range months {
		most = max(most, m.Due())
	}
	step := niceStep(most)
	top := (most + step - 1) / step * step
	c := &chart{Width: chartLeft + monthWide*len(months) + 12, Height: chartTop + chartTall + chartBottom, Base: chartTop + chartTall}
	for n := 0; n <= top; n += step {
		c.Lines = append(c.Lines, chartLine{c.Base - chartTall*n/top, n})
	}
	year := ""
	for i, m := range months {
		left := chartLeft + monthWide*i + (monthWide-2*barWide-2)/2
		up := func(x, n int) bar {
			tall := chartTall * n / top
			return bar{x, c.Base - tall, barWide, tall}
		}
		at := chartMonth{
			Due: up(left, m.Due()), Took: up(left+barWide+2, m.Took), X: left + barWide + 1, Name: month(m), Rate: office.Rate(m.Counts),
			DueN: m.Due(), TookN: m.Counts.Took, NameY: c.Base + 18,
		}
		at.RateY = at.Due.Y - 7
		if y := string(m.From[:4]); y != year {
			year, at.Year = y, y+"年"
		}
		c.Months = append(c.Months, at)
	}
	c.Summary = fmt.Sprintf("%s到%s，每个月两根柱：左边是应参人次，右边是实参人次，上面写着参与率。数字在下面的表里。", office.MonthName(months[0].From), office.MonthName(months[len(months)-1].From))
	return c
}

// month is 3月.
func month(m staff.MonthFigures) string {
	return office.MonthName(m.From)[len("2006年"):]
}

// niceStep is a round number of which about four make up so many.
func niceStep(most int) int {
	step := 1
	for {
		for _, times := range []int{1, 2, 5} {
			if step*times*4 >= most {
				return step * times
			}
		}
		step *= 10
	}
}
