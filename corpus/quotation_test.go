package corpus

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

var (
	sampleStart   = regexp.MustCompile(`^(?:## )?(第[一二三四五六七八九十百零]+条(?:之[一二三四五六七八九十]+)?|附件[0-9]*|[一二三四五六七八九十]+、)`)
	sampleEnd     = regexp.MustCompile(`^(第[一二三四五六七八九十百零]+条(?:之[一二三四五六七八九十]+)?[ 　]|#)`)
	sampleHeading = regexp.MustCompile(`^(第[一二三四五六七八九十百零]+条 |[一二三四五六七八九十]+、)【[^】]+】 ?`)
)

// The quotation test: every article is cut out of the raw file a second time,
// from its label's line to the line before the next article or chapter, and has
// to be the same bytes but for its heading and the lines that people ask.
func TestSampleQuotations(t *testing.T) {
	c, fsys, n := readSample(t), Sample(), 0
	for _, r := range c.Rules {
		raw, err := fs.ReadFile(fsys, r.File)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(string(raw), "\n")
		covered := map[int]bool{}
		for _, a := range r.Articles {
			start := a.Line - 1
			if m := sampleStart.FindStringSubmatch(lines[start]); m == nil || a.Number.IsArticle() && r.Kind == Regulation && m[1] != a.Label {
				t.Errorf("%s:%d: %s does not start there: %q", r.File, a.Line, a.Label, lines[start])
				continue
			}
			end := start + 1
			for end < len(lines) && !ends(r, a, lines[end]) {
				end++
			}
			var text []string // without the lines that people ask, the blank ones around them, and the heading
			for _, line := range lines[start:end] {
				if !strings.HasPrefix(line, "> 问") && (line != "\n" || a.Number.Annex > 0 && len(text) == 1) {
					text = append(text, line)
				}
			}
			want := sampleHeading.ReplaceAllString(strings.TrimPrefix(strings.Join(text, ""), "## "), "$1")
			if want = strings.TrimRight(want, "\n"); a.Text != want {
				t.Errorf("%s:%d: %s\n got %q\nfile %q", r.File, a.Line, a.Label, a.Text, want)
			}
			for _, p := range a.Paragraphs {
				if !strings.Contains(a.Text, p.Text) {
					t.Errorf("%s: a paragraph is not a part of it: %q", a.Citation(), p.Text)
				}
			}
			for i := start; i < end; i++ {
				covered[i] = true
			}
			n++
		}
		checkCovered(t, r, lines, covered)
	}
	if n < 500 {
		t.Errorf("only %d articles were compared", n)
	}
}

func ends(r *Rule, a *Article, line string) bool {
	if r.Kind == Prohibitions && prohibitionPat.MatchString(line) {
		return true
	}
	if a.Number.Annex > 0 {
		return strings.HasPrefix(line, "## 附件")
	}
	return sampleEnd.MatchString(line)
}

// checkCovered fails for a line of the body that no article holds: text that
// nobody would ever be shown.
func checkCovered(t *testing.T, r *Rule, lines []string, covered map[int]bool) {
	t.Helper()
	fences := 0
	for i, line := range lines {
		switch line = strings.TrimSpace(line); {
		case line == fence:
			fences++
		case fences == 2 && line != "" && !covered[i] && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "> 问"):
			t.Errorf("%s:%d: in no article: %s", r.File, i+1, line)
		}
	}
}
