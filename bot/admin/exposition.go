package admin

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// expositionType is the format in which Prometheus and those like it read figures.
const expositionType = "text/plain; version=0.0.4; charset=utf-8"

// exposition is figures in that format. The client library would write the same and add
// 1.4 MB to a program that has not got as much to spare.
type exposition struct{ bytes.Buffer }

// family begins the figures of a name.
func (e *exposition) family(name, kind, help string) {
	fmt.Fprintf(e, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

// gauge is a family of one figure.
func (e *exposition) gauge(name, help string, value float64) {
	e.family(name, "gauge", help)
	e.sample(name, value)
}

// labelEscapes are what must not stand in the value of a label.
var labelEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// sample is one figure; labels are names and values in turn.
func (e *exposition) sample(name string, value float64, labels ...string) {
	e.WriteString(name)
	for i := 0; i+1 < len(labels); i += 2 {
		fmt.Fprintf(e, `%c%s="%s"`, "{,"[min(i, 1)], labels[i], labelEscapes.Replace(labels[i+1]))
	}
	if len(labels) > 0 {
		e.WriteByte('}')
	}
	e.WriteString(" " + number(value) + "\n")
}

// number is a figure as it is written.
func number(value float64) string { return strconv.FormatFloat(value, 'g', -1, 64) }

// bounds are those of the buckets of a histogram, in seconds.
var bounds = []float64{.005, .01, .025, .05, .1, .15, .25, .5, 1, 5, 30}

// histogram is how many answers took how long.
type histogram struct {
	within []int // by bound, those of lower bounds among them
	all    int
	sum    float64
}

func newHistogram() *histogram { return &histogram{within: make([]int, len(bounds))} }

func (h *histogram) observe(seconds float64) {
	h.all++
	h.sum += seconds
	for i, bound := range bounds {
		if seconds <= bound {
			h.within[i]++
		}
	}
}

// histogram is all figures of a histogram; labels as of sample.
func (e *exposition) histogram(name string, h *histogram, labels ...string) {
	for i, bound := range bounds {
		e.sample(name+"_bucket", float64(h.within[i]), append(labels, "le", number(bound))...)
	}
	e.sample(name+"_bucket", float64(h.all), append(labels, "le", "+Inf")...)
	e.sample(name+"_sum", h.sum, labels...)
	e.sample(name+"_count", float64(h.all), labels...)
}
