package index

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const floorsHead = `# What search must reach in each class of judged questions: hit@1, hit@3 and mrr10
# no lower, the wrong ones no more. A run that falls short fails. -update takes over
# what is better and refuses all when anything is worse: to give something up, write
# the new figure here by hand and say in the commit what it was given up for.
`

// figures are what floors are set for, in the order of their columns.
var figures = [...]struct {
	name  string
	of    func(s Score) float64
	worse func(got, floor float64) bool
	verb  string // prints it
}{
	{"hit@1", func(s Score) float64 { return printed(s.Hit1) }, cmp.Less[float64], "%.3f"},
	{"hit@3", func(s Score) float64 { return printed(s.Hit3) }, cmp.Less[float64], "%.3f"},
	{"mrr10", func(s Score) float64 { return printed(s.MRR10) }, cmp.Less[float64], "%.3f"},
	{"answered_wrong", func(s Score) float64 { return float64(s.AnsweredWrong) }, greater, "%.0f"},
	{"refused_wrong", func(s Score) float64 { return float64(s.RefusedWrong) }, greater, "%.0f"},
}

func greater(got, floor float64) bool { return got > floor }

// printed is a share as it stands in the files, so that what was written down
// can be reached again.
func printed(share float64) float64 { return math.Round(share*1000) / 1000 }

// floors are the figures by class, and of all classes together.
type floors map[string]floor

type floor struct {
	line    int // in the file
	figures [len(figures)]float64
}

const allClasses = "all"

func floorsOf(r Report) floors {
	out := floors{}
	set := func(class string, s Score) {
		var f floor
		for i, figure := range figures {
			f.figures[i] = figure.of(s)
		}
		out[class] = f
	}
	for class, s := range r.Classes {
		set(class, s)
	}
	set(allClasses, r.Score)
	return out
}

func (fs floors) String() string {
	var b strings.Builder
	row := func(class string, cell func(i int) string) {
		fmt.Fprintf(&b, "%-13s", class)
		for i, figure := range figures {
			fmt.Fprintf(&b, " %*s", max(6, len(figure.name)), cell(i))
		}
		b.WriteByte('\n')
	}
	b.WriteString(floorsHead)
	row("class", func(i int) string { return figures[i].name })
	for _, class := range slices.Sorted(maps.Keys(fs)) {
		row(class, func(i int) string { return fmt.Sprintf(figures[i].verb, fs[class].figures[i]) })
	}
	return b.String()
}

func readFloors(file string) (floors, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	out := floors{}
	s := bufio.NewScanner(bytes.NewReader(raw))
	for line := 1; s.Scan(); line++ {
		cells := strings.Fields(s.Text())
		if len(cells) == 0 || strings.HasPrefix(cells[0], "#") || cells[0] == "class" {
			continue
		}
		if _, twice := out[cells[0]]; twice || len(cells) != 1+len(figures) {
			return nil, fmt.Errorf("%s:%d: want one line for %s, with %d figures", file, line, cells[0], len(figures))
		}
		f := floor{line: line}
		for i, cell := range cells[1:] {
			if f.figures[i], err = strconv.ParseFloat(cell, 64); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", file, line, err)
			}
		}
		out[cells[0]] = f
	}
	return out, s.Err()
}

// holdFloors returns what of a report is worse than the floors in file. With
// raise, the report's figures become the floors if none is.
func holdFloors(file string, r Report, raise bool) error {
	have, err := readFloors(file)
	if err != nil && !(raise && errors.Is(err, fs.ErrNotExist)) {
		return err
	}
	now := floorsOf(r)
	var short []error
	for _, class := range slices.SortedFunc(maps.Keys(have), func(a, b string) int { return have[a].line - have[b].line }) {
		floor := have[class]
		got, asked := now[class]
		if !asked {
			short = append(short, fmt.Errorf("%s:%d: no question of class %s; if that is meant, delete the line by hand", file, floor.line, class))
			continue
		}
		for i, f := range figures {
			if f.worse(got.figures[i], floor.figures[i]) {
				is, was := fmt.Sprintf(f.verb, got.figures[i]), fmt.Sprintf(f.verb, floor.figures[i])
				short = append(short, fmt.Errorf("%s:%d: %s of %s is %s, worse than its floor %s; if it must be, write %s there by hand", file, floor.line, f.name, class, is, was, is))
			}
		}
	}
	for _, class := range slices.Sorted(maps.Keys(now)) {
		if _, known := have[class]; !known && !raise {
			short = append(short, fmt.Errorf("%s: class %s has no floor; run with -update", file, class))
		}
	}
	if len(short) > 0 || !raise {
		return errors.Join(short...)
	}
	return os.WriteFile(file, []byte(now.String()), 0o644)
}

// holdRanking compares a report with testdata/<name>.floors and what was made
// of it with testdata/<name>.golden. Neither is updated below a floor.
func holdRanking(t *testing.T, name string, r Report, golden string) {
	t.Helper()
	err := holdFloors(filepath.Join("testdata", name+".floors"), r, *update)
	if err != nil {
		t.Error(err)
	}
	if err == nil || !*update {
		checkGolden(t, filepath.Join("testdata", name+".golden"), golden)
	}
}

// measured is a report of two classes that stands exactly on written.
func measured() Report {
	return Report{
		Score: Score{N: 9, Hit1: 0.75, Hit3: 0.875, MRR10: 0.8, AnsweredWrong: 1, RefusedWrong: 2},
		Classes: map[string]Score{
			"typo":      {N: 8, Hit1: 0.66667, Hit3: 0.8749999, MRR10: 0.8, RefusedWrong: 2},
			"near-miss": {N: 1, AnsweredWrong: 1},
		},
	}
}

const written = floorsHead + `class          hit@1  hit@3  mrr10 answered_wrong refused_wrong
all            0.750  0.875  0.800              1             2
near-miss      0.000  0.000  0.000              1             0
typo           0.667  0.875  0.800              0             2
`

// What is worse fails and is never written down, alone or beside what is
// better; what is better is written down when that is asked for.
func TestFloors(t *testing.T) {
	t.Parallel()
	typo := func(change func(s *Score)) func(r *Report) {
		return func(r *Report) {
			s := r.Classes["typo"]
			change(&s)
			r.Classes["typo"] = s
		}
	}
	for _, tt := range []struct {
		name   string
		change func(r *Report)
		want   string // of the complaints, what the first says; "" for none
		raised string // what -update makes of the line of typo; "" when it stays
	}{
		{"as it was", func(*Report) {}, "", ""},
		{"hit@1 lower", typo(func(s *Score) { s.Hit1 = 0.66649 }), ":8: hit@1 of typo is 0.666, worse than its floor 0.667; if it must be, write 0.666 there", ""},
		{"hit@3 lower", typo(func(s *Score) { s.Hit3 = 0.874 }), ":8: hit@3 of typo is 0.874,", ""},
		{"mrr10 lower", typo(func(s *Score) { s.MRR10 = 0.799 }), ":8: mrr10 of typo is 0.799,", ""},
		{"one answered more", typo(func(s *Score) { s.AnsweredWrong = 1 }), ":8: answered_wrong of typo is 1, worse than its floor 0; if it must be, write 1 there", ""},
		{"one refused more", typo(func(s *Score) { s.RefusedWrong = 3 }), ":8: refused_wrong of typo is 3,", ""},
		{"all together lower", func(r *Report) { r.Hit1 = 0.7 }, ":6: hit@1 of all is 0.700,", ""},
		{"better", typo(func(s *Score) { s.Hit1, s.RefusedWrong = 0.7, 1 }), "", "typo           0.700  0.875  0.800              0             1"},
		{"better and worse", typo(func(s *Score) { s.Hit1, s.MRR10 = 0.9, 0.5 }), ":8: mrr10 of typo is 0.500,", ""},
		{"a class gone", func(r *Report) { delete(r.Classes, "near-miss") }, ":7: no question of class near-miss;", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := measured()
			tt.change(&r)
			for _, raise := range []bool{false, true} {
				file, want := writeFloors(t, written), written
				if raise && tt.raised != "" {
					want = strings.Replace(written, "typo           0.667  0.875  0.800              0             2", tt.raised, 1)
				}
				complains(t, holdFloors(file, r, raise), tt.want)
				if got := read(t, file); got != want {
					t.Errorf("raise %v, the file now:\n%s", raise, got)
				}
			}
		})
	}
}

// A floor lowered by hand counts; a class without one is told of, and gets one.
func TestFloorsByHand(t *testing.T) {
	t.Parallel()
	worse := measured()
	worse.Classes["typo"] = Score{Hit1: 0.5, Hit3: 0.875, MRR10: 0.8, RefusedWrong: 2}
	complains(t, holdFloors(writeFloors(t, strings.Replace(written, "0.667", "0.500", 1)), worse, false), "")

	more := measured()
	more.Classes["pinyin"] = Score{Hit1: 1, Hit3: 1, MRR10: 1}
	file := writeFloors(t, written)
	complains(t, holdFloors(file, more, false), "class pinyin has no floor; run with -update")
	complains(t, holdFloors(file, more, true), "")
	complains(t, holdFloors(file, more, false), "")

	missing := filepath.Join(t.TempDir(), "none.floors")
	if err := holdFloors(missing, measured(), false); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	complains(t, holdFloors(missing, measured(), true), "")
	if got := read(t, missing); got != written {
		t.Errorf("the first floors:\n%s", got)
	}
	for _, broken := range []string{"typo 0.5 0.5\n", "typo 0.5 0.5 0.5 many 0\n", "typo 0 0 0 0 0\ntypo 0 0 0 0 0\n"} {
		file := writeFloors(t, broken)
		if err := holdFloors(file, measured(), true); err == nil || read(t, file) != broken {
			t.Errorf("%q: %v", broken, err)
		}
	}
}

func complains(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("unexpected: %v", err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n")):
		t.Errorf("got %v, want only …%s…", err, want)
	}
}

func writeFloors(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "test.floors")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func read(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
