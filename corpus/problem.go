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

// Problems are everything found in a library, in file order. Read and Open
// return them as their error when they leave nothing that could be used.
type Problems []Problem

// Error lists the problems, one a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// report collects what is found while reading. Errors keep what they are about
// out of the library, faults must be mended too but keep nothing out; warnings
// are shown by the check command and change nothing.
type report struct {
	errors, warnings Problems        // errors and faults in one list
	unread           map[string]bool // ids and names of rules that cannot be used: cites of them are not looked at
	out              set[string]     // files that cannot be used, wholly or in part
	unsound          set[any]        // the questions and replies that cannot be used, of files that hold several
	told             set[any]        // contents whose cites were reported
}

// set is a set whose zero value is empty and can be added to.
type set[T comparable] struct{ in map[T]bool }

func (s *set[T]) add(v T) {
	if s.in == nil {
		s.in = map[T]bool{}
	}
	s.in[v] = true
}

func (s *set[T]) has(v T) bool { return s.in[v] }

func (r *report) errorf(file string, line int, fix, format string, args ...any) {
	r.leaveOut(Problem{file, line, fmt.Sprintf(format, args...), fix})
}

// leaveOut reports what keeps a file out.
func (r *report) leaveOut(p Problem) {
	r.errors = append(r.errors, p)
	r.out.add(p.File)
}

func (r *report) faultf(file string, line int, fix, format string, args ...any) {
	r.errors = append(r.errors, Problem{file, line, fmt.Sprintf(format, args...), fix})
}

func (r *report) warnf(file string, line int, fix, format string, args ...any) {
	r.warnings = append(r.warnings, Problem{file, line, fmt.Sprintf(format, args...), fix})
}

// noRule says that a file of a rule gives none: nobody is to be sent to the cites
// of it. Its id is in what can be read of it, or else in its name.
func (r *report) noRule(file string, raw []byte) {
	r.unread[stem(file)], r.unread[plainID(file)] = true, true
	if m := idLinePattern.FindSubmatch(raw); m != nil {
		r.unread[string(m[1])] = true
	}
}

// noRuleOf says that a rule cannot be used.
func (r *report) noRuleOf(rule *Rule) {
	r.unread[rule.ID] = true
	for _, name := range rule.names() {
		r.unread[name] = true
	}
}

func (r *report) sort() {
	for _, ps := range []Problems{r.errors, r.warnings} {
		slices.SortStableFunc(ps, func(a, b Problem) int {
			return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
		})
	}
}
