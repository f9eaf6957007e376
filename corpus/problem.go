package corpus

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing wrong in a library, in words for the person who edits it.
type Problem struct {
	File string // path inside the library
	Line int    // 1-based; 0 when the whole file is meant
	What string // what is wrong
	Fix  string // what to do
}

// Where is File, with the line when there is one.
func (p Problem) Where() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

func (p Problem) String() string {
	return p.Where() + ": " + p.What + "，" + p.Fix
}

// Problems is the error Read and Open return: everything found, in file order.
type Problems []Problem

// Error lists the problems, one a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// report collects what is found while reading. Errors keep a library from
// being used; warnings are shown by the check command and change nothing.
type report struct {
	errors, warnings Problems
	unread           map[string]bool // ids of rules whose files cannot be used: cites of them are not looked at
}

func (r *report) errorf(file string, line int, fix, format string, args ...any) {
	r.errors = append(r.errors, Problem{file, line, fmt.Sprintf(format, args...), fix})
}

func (r *report) warnf(file string, line int, fix, format string, args ...any) {
	r.warnings = append(r.warnings, Problem{file, line, fmt.Sprintf(format, args...), fix})
}

func (r *report) sort() {
	for _, ps := range []Problems{r.errors, r.warnings} {
		slices.SortStableFunc(ps, func(a, b Problem) int {
			return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
		})
	}
}
