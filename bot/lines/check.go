package lines

import (
	"context"
	"fmt"
	"slices"

	"lianwen/corpus"
	"lianwen/index"
)

// Checker checks lines against a library, before a person sees them. What it sets apart
// a person may still take: it must let through nearly all good lines, and need not catch
// every bad one.
//
// It looks at the words of a line by themselves and against its article (words.go), and
// for whether the line leads elsewhere: a line that is more like another article than
// like its own would draw other people's questions away from that (Gospodinov, MacAvaney
// and Macdonald, Doc2Query--: When Less is More, ECIR 2023). The index it asks has none of
// the lines. That a line finds nothing is no fault: everyday words that no article has
// are what lines are for.
type Checker struct{ x *index.Index }

// NewChecker checks against what an index holds.
func NewChecker(x *index.Index) *Checker { return &Checker{x} }

// What tells that a line leads elsewhere. Chosen on the sample, whose 18,000 lines are
// taken for right: with all lines taken out of the library, 34 in 100 of them find their
// own article first and 74 among the first 20; given to the next article of the rule, 2
// and 39. So a line by itself is set apart only when another article answers it and is
// much nearer, or when nothing of its own rule is among the first 60: that holds for
// 4 in 100 right lines, 12 in 100 of those given to the next article, 52 of those given to
// another rule. The lines of an article together tell much more, for what they have in
// common adds up: 1 in 100 articles' own lines are nearer to another article by
// batchAhead, 58 in 100 of those given to the next article, 99 of those given to another
// rule. How the check does as a whole is in measure_test.go.
const (
	looked     = 60   // how many of the nearest articles are looked at
	ahead      = 1.75 // how many times as near another article is that answers
	batchLeast = 5    // how many lines are enough to be looked at together
	batchAhead = 1.75 // how many times as near another article is to all of them
)

// likeAnother is how like two lines are that say the same, as the share of pairs of
// characters they have in common (Dice). Of the sample's lines 1 in 1,000 is so like
// another of its article, 4 in 1,000 so like one of another article.
const likeAnother = 0.8

// Check says of each line why it is to be set apart; "" of one that may be shown to a
// person.
func (c *Checker) Check(ctx context.Context, a *corpus.Article, lines []Line) ([]string, error) {
	why := make([]string, len(lines))
	sums, together := map[*corpus.Article]float64{}, 0
	for i, l := range lines {
		if why[i] = inWords(a, l.Text); why[i] != "" {
			continue
		}
		near, outcome, err := c.x.Near(ctx, l.Text, looked)
		if err != nil {
			return nil, fmt.Errorf("check line of %s: %w", a.Key(), err)
		}
		if why[i] = alike(a, near, l.Text, lines[:i], why); why[i] == "" {
			why[i] = elsewhere(a, near, outcome)
		}
		if len(near) > 0 {
			together++
		}
		for _, n := range near {
			sums[n.Article] += n.Score / near[0].Score
		}
	}
	if other := leader(sums, a); together >= batchLeast && other != nil && sums[other] >= batchAhead*sums[a] {
		for i := range why {
			if why[i] == "" {
				why[i] = fmt.Sprintf("这一条的 %d 句合起来更像%s，会不会放错了条", len(lines), other.Citation())
			}
		}
	}
	return why, nil
}

// leader is the article with the highest sum besides a; of equals the first in the
// library.
func leader(sums map[*corpus.Article]float64, a *corpus.Article) (other *corpus.Article) {
	for b, sum := range sums {
		if b != a && (other == nil || sum > sums[other] || sum == sums[other] && b.Key() < other.Key()) {
			other = b
		}
	}
	return other
}

// elsewhere says where a line leads, if not to its own article; near are the articles
// nearest to it.
func elsewhere(a *corpus.Article, near []index.Scored, outcome index.Outcome) string {
	if len(near) == 0 || outcome == index.None {
		return ""
	}
	own := slices.IndexFunc(near, func(n index.Scored) bool { return n.Article == a })
	score := near[len(near)-1].Score // the most that one can have that is not among them
	if own >= 0 {
		score = near[own].Score
	}
	answers := outcome == index.Answered && near[0].Score >= ahead*score
	nowhere := len(near) == looked && !slices.ContainsFunc(near, func(n index.Scored) bool { return n.Article.Rule == a.Rule })
	if answers || nowhere {
		return "更像是问" + near[0].Article.Citation()
	}
	return ""
}

// alike says which line a line repeats: one of its own article, of one near to it, or
// one that stands before it in the same proposal.
func alike(a *corpus.Article, near []index.Scored, text string, before []Line, why []string) string {
	pairs := pairsOf(text)
	find := func(lines []string) string {
		if i := slices.IndexFunc(lines, func(l string) bool { return dice(pairs, pairsOf(l)) >= likeAnother }); i >= 0 {
			return lines[i]
		}
		return ""
	}
	if l := find(a.Lines()); l != "" {
		return "和已有的「" + l + "」差不多"
	}
	for i, l := range before {
		if why[i] == "" && find([]string{l.Text}) != "" {
			return "和这一批里的「" + l.Text + "」差不多"
		}
	}
	for _, n := range near {
		if n.Article == a {
			continue
		}
		if l := find(n.Article.Lines()); l != "" {
			return fmt.Sprintf("%s已有「%s」，差不多", n.Article.Citation(), l)
		}
	}
	return ""
}

// pairsOf counts the pairs of neighbouring characters of a line.
func pairsOf(line string) map[string]int {
	pairs := map[string]int{}
	rs := []rune(bare(line))
	for i := range len(rs) - 1 {
		pairs[string(rs[i:i+2])]++
	}
	return pairs
}

func dice(a, b map[string]int) float64 {
	common, all := 0, 0
	for p, n := range a {
		common += min(n, b[p])
		all += n
	}
	for _, n := range b {
		all += n
	}
	if all == 0 {
		return 0
	}
	return 2 * float64(common) / float64(all)
}
