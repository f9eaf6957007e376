package corpus

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestPapers reads the papers of testdata/papers.txtar: title, number, days and every
// article must be what stands beside them, white space aside, with no fault.
func TestPapers(t *testing.T) {
	archive, err := txtar.ParseFile(filepath.Join("testdata", "papers.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		paper, want := archive.Files[i], archive.Files[i+1]
		t.Run(strings.TrimSuffix(paper.Name, ".txt"), func(t *testing.T) {
			got := Recognise("文件.txt", string(paper.Data), false)
			if len(got.Faults) > 0 && !strings.Contains(string(want.Data), "#FAULT") {
				t.Fatal(got.Faults)
			} else if len(got.Faults) > 0 {
				return
			}
			var said []string
			for _, r := range got.Rules {
				said = append(said, describe(r, string(want.Data)))
			}
			if is, should := strings.Join(said, "----\n"), normal(string(want.Data)); is != should {
				t.Errorf("got\n%s\nwant\n%s", is, should)
			}
		})
	}
}

// describe writes a rule as the file beside its paper does, as far as that goes.
func describe(r *Rule, want string) string {
	var b strings.Builder
	fmt.Fprintln(&b, bare(r.Title))
	for _, fact := range [][2]string{{"document", r.Document}, {"issued", string(r.Issued)}, {"effective", string(r.Effective)}} {
		if strings.Contains(ofRule(want, r.Title), "#"+fact[0]) {
			fmt.Fprintln(&b, strings.TrimSpace("#"+fact[0]+" "+fact[1]))
		}
	}
	if strings.Contains(want, "#paragraphs") {
		b.WriteString("#paragraphs")
		for _, a := range r.Articles {
			if strings.Contains(want, " "+a.Label+" ") {
				fmt.Fprintf(&b, " %s %d", a.Label, len(a.Paragraphs))
			}
		}
		b.WriteString("\n")
	}
	for _, a := range r.Articles {
		fmt.Fprintln(&b, a.Label+"\t"+bare(a.Text))
	}
	return b.String()
}

// ofRule is the part of a description that is about the rule with a title.
func ofRule(want, title string) string {
	for part := range strings.SplitSeq(want, "----\n") {
		if strings.HasPrefix(bare(part), bare(title)) {
			return part
		}
	}
	return ""
}

// normal is a description with the white space of its texts taken out.
func normal(want string) string {
	var b strings.Builder
	for _, line := range strings.Split(strings.TrimRight(want, "\n"), "\n") {
		label, text, labelled := strings.Cut(line, "\t")
		switch {
		case labelled:
			b.WriteString("\n" + label + "\t" + bare(text))
		case strings.HasPrefix(line, "#"):
			b.WriteString("\n" + strings.TrimRight(line, " "))
		case line == "----":
			b.WriteString("\n----\n")
		default: // a title, a further paragraph
			b.WriteString(bare(line))
		}
	}
	return b.String() + "\n"
}
