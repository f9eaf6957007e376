package staff

import (
	"cmp"
	"slices"
	"strings"
	"time"
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

// leastLookers is how many people have to go on from an answer to another article
// before that is worth a look; one may be curious.
const leastLookers = 2

// gathering is clusters into which questions are being put. A question is held
// against the clusters that have one of its rarer pairs of characters: one that
// is alike cannot but have one.
type gathering struct {
	most   int // looks a question
	groups []*group
	pairs  [][]int        // of the first question of each cluster
	same   map[string]int // by wording, the cluster it went to last

	ids     map[[2]rune]int // of pairs
	holders [][]int         // by pair, the clusters whose first question has it
	asked   []int           // by pair, the number of the last question that had it
	looked  []int           // by cluster, … that was held against it
	number  int             // of the question
}

// group is a cluster that is being made.
type group struct {
	Cluster
	vain, open int                  // how often it was asked in vain, and of that since something was done about it
	lookers    map[string]time.Time // who went on from an answer, and when last
}

// settled reports whether what was asked at a time is settled.
func (g *group) settled(at time.Time) bool {
	return g.Before != nil && !at.After(g.Before.At.Add(TakesEffect))
}

// seen notes that a question was asked, and reports whether that is still open.
func (g *group) seen(question string, at time.Time) (open bool) {
	if at.After(g.Last) {
		g.Last = at
	}
	if g.settled(at) {
		return false
	}
	if g.First.IsZero() || at.Before(g.First) {
		g.First = at
	}
	if question != g.Question && len(g.Others) < 3 && !slices.Contains(g.Others, question) {
		g.Others = append(g.Others, question)
	}
	return true
}

// total is how often it was asked, before something was done about it too.
func (g *group) total() int { return g.vain + len(g.lookers) }

// count makes up how often it was asked since.
func (g *group) count() {
	since := 0
	for _, at := range g.lookers {
		if !g.settled(at) {
			since++
		}
	}
	if g.Count = g.open; g.open > 0 || since >= leastLookers {
		g.Count += since
	}
}

// settle begins a cluster with a question that something was done about.
func (g *gathering) settle(s *ledger.Settlement) {
	i, known := g.same[s.Question]
	if !known {
		g.number++
		i = g.begin(s.Question, g.pairsOf(s.Question))
		g.same[s.Question] = i
	}
	g.groups[i].Before = s
}

// place finds the cluster that a question belongs to, or begins one.
func (g *gathering) place(question string) *group {
	g.number++
	i, known := g.same[question]
	if !known || g.groups[i].Question != question { // else nothing is more like it
		pairs := g.pairsOf(question)
		if i = g.mostLike(pairs, i, known); i < 0 {
			i = g.begin(question, pairs)
		}
		g.same[question] = i
	}
	return g.groups[i]
}

// add puts a question into a cluster.
func (g *gathering) add(q ledger.Asked) {
	c := g.place(q.Question)
	c.vain++
	if !c.seen(q.Question, q.At) {
		return
	}
	c.open++
	c.Found = c.Found || q.Outcome == ledger.AskedChoices
	if q.Cite != "" && !slices.Contains(c.Useless, q.Cite) {
		c.Useless = append(c.Useless, q.Cite)
	}
}

// choose puts what was chosen after a question to the question. After an answer that
// is all that there is of it.
func (g *gathering) choose(c ledger.Chosen) {
	to := g.place(c.Question)
	if c.Outcome == ledger.AskedAnswered {
		if to.lookers == nil {
			to.lookers = map[string]time.Time{}
		}
		to.lookers[c.Asker] = c.At
		to.Found = to.seen(c.Question, c.At) || to.Found
	}
	if to.settled(c.At) {
		return
	}
	i := slices.IndexFunc(to.Chosen, func(have Choice) bool { return have.Cite == c.Cite })
	if i < 0 {
		i = len(to.Chosen)
		to.Chosen = append(to.Chosen, Choice{Cite: c.Cite})
	}
	to.Chosen[i].Count++
}

// begin begins a cluster with its first question.
func (g *gathering) begin(question string, pairs []int) int {
	i := len(g.groups)
	g.groups = append(g.groups, &group{Cluster: Cluster{Question: question}})
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
