package staff

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lianwen/bot/ledger"
)

// How many clusters one question is held against: at least so many, and as many
// as all questions together share. Among some thousand questions nothing is left
// out; among a hundred thousand a question may begin a cluster of its own though
// one that is like it hides among many that are a little like it.
const (
	leastLooks = 100
	allLooks   = 1 << 24
)

// gathering is clusters into which questions are being put. A question is held
// against the clusters that have one of its rarer pairs of characters: one that
// is alike cannot but have one.
type gathering struct {
	most     int // looks a question
	clusters []Cluster
	pairs    [][]int        // of the first question of each cluster
	same     map[string]int // by wording, the cluster it went to last

	ids     map[[2]rune]int // of pairs
	holders [][]int         // by pair, the clusters whose first question has it
	asked   []int           // by pair, the number of the last question that had it
	looked  []int           // by cluster, … that was held against it
	number  int             // of the question
}

// add puts a question into a cluster.
func (g *gathering) add(q ledger.Asked) {
	g.number++
	i, known := g.same[q.Question]
	if !known || g.clusters[i].Question != q.Question { // else nothing is more like it
		pairs := g.pairsOf(q.Question)
		if i = g.mostLike(pairs, i, known); i < 0 {
			i = g.begin(q, pairs)
		}
		g.same[q.Question] = i
	}
	c := &g.clusters[i]
	if q.Question != c.Question && len(c.Others) < 3 && !slices.Contains(c.Others, q.Question) {
		c.Others = append(c.Others, q.Question)
	}
	c.Count++
	c.Last = q.At
	c.Found = c.Found || q.Outcome == ledger.AskedChoices
	if q.Cite != "" && !slices.Contains(c.Useless, q.Cite) {
		c.Useless = append(c.Useless, q.Cite)
	}
}

// begin begins a cluster with its first question.
func (g *gathering) begin(q ledger.Asked, pairs []int) int {
	i := len(g.clusters)
	g.clusters = append(g.clusters, Cluster{Question: q.Question, First: q.At})
	g.pairs = append(g.pairs, pairs)
	g.looked = append(g.looked, g.number)
	for _, p := range pairs {
		g.holders[p] = append(g.holders[p], i)
	}
	return i
}

// mostLike is the cluster whose first question is most like one with these
// pairs, -1 when none is alike. Its wording may be known to have gone to one.
func (g *gathering) mostLike(pairs []int, last int, known bool) (best int) {
	best = -1
	share := alike
	look := func(i int) {
		if g.looked[i] == g.number {
			return
		}
		g.looked[i] = g.number
		if s := g.share(i, len(pairs)); s > share || s == share && i > best {
			best, share = i, s
		}
	}
	if known {
		look(last)
	}
	rarest := slices.Clone(pairs)
	slices.SortFunc(rarest, func(a, b int) int { return cmp.Compare(len(g.holders[a]), len(g.holders[b])) })
	// Whoever is alike has so many of the pairs that it has one of these.
	most := (alikeOf*len(pairs) + alikeAll - 1) / alikeAll
	left := g.most
	for _, p := range rarest[:min(len(pairs), len(pairs)-most+1)] {
		holders := g.holders[p]
		holders = holders[max(0, len(holders)-left):]
		left -= len(holders)
		for _, i := range holders {
			look(i)
		}
	}
	return best
}

// share is the share of pairs that the first question of a cluster has in common
// with the question that is being put, which has so many, of those that either
// has.
func (g *gathering) share(i, pairs int) float64 {
	own := len(g.pairs[i])
	if alikeAll*min(own, pairs) < alikeOf*max(own, pairs) || pairs == 0 { // one is too short to be like the other
		return 0
	}
	both := 0
	for _, p := range g.pairs[i] {
		if g.asked[p] == g.number {
			both++
		}
	}
	return float64(both) / float64(own+pairs-both)
}

// pairsOf are the pairs of neighbouring letters and digits of a question, each
// once; a letter alone makes one by itself.
func (g *gathering) pairsOf(q string) (pairs []int) {
	runes := []rune(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(q)))
	if len(runes) == 1 {
		runes = append(runes, 0)
	}
	for i := 1; i < len(runes); i++ {
		pair := [2]rune{runes[i-1], runes[i]}
		id, known := g.ids[pair]
		if !known {
			id = len(g.ids)
			g.ids[pair] = id
			g.holders, g.asked = append(g.holders, nil), append(g.asked, 0)
		}
		if g.asked[id] != g.number {
			g.asked[id] = g.number
			pairs = append(pairs, id)
		}
	}
	return pairs
}
