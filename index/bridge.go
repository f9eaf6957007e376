package index

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"lianwen/corpus"
)

// A question that the library is not sure to answer is put to the bridge, and what
// answers it there says in official words what it is about: the bridgeBest articles,
// each in its first bridgeChars characters, the nth counting for 1 ÷ n. Those words
// are asked together with the question and count for bridgeMass of all it says
// itself, times how like it the closest asked-as line of the best article is: an
// answer that only shares words with the question says little; and for less, the more
// like it a line of the library's own is. Chosen on 100 questions over the texts of an
// office, and on those of the sample without its lines, with the phrasebook alone.
const (
	bridgeBest  = 3
	bridgeChars = 170
	bridgeMass  = 9.0
)

// OpenBridge returns an index for Options.Bridge of what comes with the program: the
// sample's rules and the phrasebook. It is stored under dir, apart from those of
// libraries, which make room for one another, and closed by whoever opened it, after
// those that use it.
func OpenBridge(ctx context.Context, dir string, opts Options) (*Index, error) {
	return Open(ctx, filepath.Join(dir, "bridge"), corpus.Bridge(), opts)
}

// bridging is how a question fared on the bridge.
type bridging struct {
	strength float64 // of the best article there, see decide
	like     float64 // … of its closest line, from 0 to 1
	ranked   []candidate
}

// askBridge puts a question to x, which is a bridge.
func (x *Index) askBridge(ctx context.Context, folded string) (bridging, error) {
	q, err := x.newQuestion(folded)
	if err != nil {
		return bridging{}, err
	}
	ranked, err := x.ranked(ctx, q, minRanked)
	if err != nil || len(ranked) == 0 {
		return bridging{}, err
	}
	b := bridging{strength: x.strength(ranked[0]), ranked: ranked[:min(bridgeBest, len(ranked))]}
	b.like, _ = q.like.closest(x.lines(ranked[0].unit))
	return b, nil
}

// overBridge returns a question with what the bridge says it is about; ok is false
// when it says nothing.
func (x *Index) overBridge(ctx context.Context, q *question) (over *question, ok bool, err error) {
	var b bridging
	err = x.bridge.guarded(ctx, func() (err error) {
		b, err = x.bridge.askBridge(ctx, q.folded)
		return err
	})
	if errors.Is(err, ErrDamaged) { // it is built again at the next start; till then it says nothing
		return nil, false, nil
	}
	if err != nil || b.like == 0 {
		return nil, false, err
	}
	more, err := x.officialTerms(b.ranked)
	if err != nil || len(more) == 0 {
		return nil, false, err
	}
	q.trace.over(x.bridge, b.ranked)
	own, mass := q.worth, 0.0
	for _, t := range more {
		mass += x.worth(t)
	}
	for i := range more {
		more[i].share *= bridgeMass * b.like * (1 - q.closest*q.closest) * own / mass
	}
	over = &question{folded: q.folded, terms: append(slices.Clone(q.terms), more...), kinds: q.kinds, meant: q.meant, before: q.before, hits: q.hits, trace: q.trace, over: b.strength}
	return over, true, nil
}

// officialTerms are the words of articles of the bridge.
func (x *Index) officialTerms(ranked []candidate) ([]term, error) {
	p, err := x.postings()
	if err != nil {
		return nil, err
	}
	var out []term
	at := map[string]int{}
	for n, c := range ranked {
		for _, text := range distinct(terms(x.bridge.official(c.unit))) {
			share := 1 / float64(n+1)
			if i, known := at[text]; known {
				out[i].share += share
				continue
			}
			df, err := p.frequency(text)
			if err != nil {
				return nil, err
			}
			at[text] = len(out)
			out = append(out, term{text: text, share: share, idf: x.idf(df), synonym: true, once: true})
		}
	}
	return out, nil
}

// official is how an article of a bridge puts what it is about.
func (x *Index) official(unit int) string {
	a := x.units[unit]
	text := []rune(fold(a.Heading + "\n" + strings.TrimPrefix(a.Text, a.Label)))
	return string(text[:min(bridgeChars, len(text))])
}
