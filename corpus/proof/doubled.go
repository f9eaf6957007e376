package proof

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"lianwen/corpus"
)

// sameRun is how many characters in a row two rules must share to say the same: beyond
// that it is no set phrase. Measured as alikeShare was: with 20, half of what is found is
// references and formulas, with 24 one in five, with 28 some of what stands twice is missed.
const sameRun = 24

// formulas begin what every rule or law says in the same words.
var formulas = regexp.MustCompile(`负责解释|马克思列宁主义|直接负责的主管人员|依法追究刑事责任|联合印发的`)

// doubled looks for asked-as lines that stand twice and for rules that say the same.
func (k *check) doubled() {
	if k.c.Bulk() { // nobody would mend a collection from elsewhere
		return
	}
	first := map[string]*corpus.Article{}
	for _, a := range k.articles {
		for _, line := range a.Lines() {
			k.looked.Lines++
			key := strings.ToLower(bare(line))
			other := first[key]
			if other == nil {
				first[key] = a
				continue
			}
			file, from := lineAt(a, line)
			what := fmt.Sprintf("问法「%s」在%s写了两遍", excerpt(line), a.Citation())
			if other != a {
				what = fmt.Sprintf("问法「%s」既在%s，又在%s", excerpt(line), other.Citation(), a.Citation())
			}
			k.add(Finding{Kind: Doubled, Must: true, Where: a.Key(), File: file, What: what, Fix: "请只留一处"}, from, line)
		}
	}
	k.sameTwice()
}

// lineAt is the file that an asked-as line stands in, and where to look for it.
func lineAt(a *corpus.Article, line string) (file string, from int) {
	for _, l := range a.Approved {
		if l.Text == line && !slices.Contains(a.AskedAs, line) {
			return corpus.AskedDir + "/" + a.Rule.ID + ".txt", l.At
		}
	}
	return a.Rule.File, a.Line
}

// runs are words in a row with where they were met first, and pairs that were told of.
type runs struct {
	first map[string]passage
	told  map[[2]*corpus.Article]bool
}

// sameTwice looks for words in a row that stand in two rules. What two rules say of a
// third is the same for good reason, so a title ends a run.
func (k *check) sameTwice() {
	seen := runs{map[string]passage{}, map[[2]*corpus.Article]bool{}}
	for _, p := range k.passages {
		if formulas.MatchString(p.text) {
			continue
		}
		for _, part := range titlePattern.Split(p.text, -1) {
			words := []rune(bare(part))
			for i := 0; i+sameRun <= len(words); i++ {
				k.sameRun(seen, p, string(words[i:i+sameRun]))
			}
		}
	}
}

// sameRun takes up a run of a sentence.
func (k *check) sameRun(seen runs, p passage, run string) {
	other, met := seen.first[run]
	if !met {
		seen.first[run] = p
		return
	}
	pair := [2]*corpus.Article{other.of, p.of}
	if other.of.Rule == p.of.Rule || seen.told[pair] || refersTo(other.of, p.of) || refersTo(p.of, other.of) {
		return
	}
	seen.told[pair] = true
	k.add(Finding{Kind: Doubled, Where: other.of.Key() + " " + p.of.Key(), File: other.of.Rule.File,
		What: fmt.Sprintf("%s和%s说的一样：「%s……」", other.of.Citation(), p.of.Citation(), run), Fix: "请只在一部里规定，另一部引用"}, other.of.Line, other.text)
}

// bare is a text without marks and spaces.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// refersTo reports whether an article names the rule of another.
func refersTo(a, b *corpus.Article) bool { return strings.Contains(a.Text, "《"+b.Rule.Title+"》") }
