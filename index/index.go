package index

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"sync"
	"sync/atomic"
	"time"
	"unicode"

	"github.com/blevesearch/bleve/v2"
	api "github.com/blevesearch/bleve_index_api"

	"lianwen/corpus"
)

// MaxHits is the most hits a Result holds.
const MaxHits = 5

// Index answers questions about one corpus. Its methods may be called from any
// number of goroutines until Close.
type Index struct {
	corpus *corpus.Corpus
	units  []*corpus.Article // what is indexed; a document's id is its place here
	names  names

	stores   []bleve.Index // the shards; document numbers count through them
	readers  []api.IndexReader
	place    []uint32 // document number → place in units
	docs     []uint32 // … and back
	rules    []ruleSpan
	ruleOf   []uint32 // place in units → place in rules
	synonyms synonyms

	chars       map[rune]bool // the Han characters of the articles
	bySound     map[string][]rune
	bySoundOnce sync.Once

	bridge *Index // where questions are put that are not sure to be answered; may be nil

	uneven  bool      // some articles have asked-as lines, some lack them: see thin.go
	lacking []float32 // by place: the share of the lines it should have that an article lacks
	makeUp  float32   // what its text counts for besides, where it has none

	damaged atomic.Bool // the store cannot be read any more: see guarded

	folded  []atomic.Pointer[[]line]    // by place: asked-as lines; see lines
	divided []atomic.Pointer[[]passage] // by place; see passages

	params  params
	lengths map[string][]float32 // by text field and place: see textLength
	// By text field and place, BM25's k1 × (1 - b + b × length ÷ mean length);
	// singleDiscounts with the b of single characters.
	discounts, singleDiscounts map[string][]float32

	// Built tells how the index came to be: reused from disk, built there, or
	// built in memory.
	Built Origin
}

// ruleSpan is where in units a rule's articles stand.
type ruleSpan struct {
	start, end int
	cited      float32 // ln(1+n) of the n rules that name it, times the most a term can be worth
}

// Origin is how an open index came to be.
type Origin int

// The origins of an index.
const (
	Reused   Origin = iota // found on disk, fits the corpus
	OnDisk                 // built now and stored
	InMemory               // built now, kept in memory: the folder cannot be written
)

// Options for Open. The zero value is fit for use.
type Options struct {
	Rebuild  bool                  // build even if a fitting index is stored
	Progress func(done, total int) // called while building, if set
	Log      *slog.Logger          // what had to be rebuilt, and why; nil discards
	// Bridge is where questions are put that the corpus is not sure to answer: see
	// OpenBridge. nil: nowhere.
	Bridge *Index
}

// Query is a question as a person put it.
type Query struct {
	Text string
	Rule *corpus.Rule // the rule last talked about, for 「第十二条」 by itself; may be nil
	// Before is what was said before, for messages that lean on it; see leans.
	Before Said
	// Depth is how many articles Result.Ranked is to hold, whatever the
	// outcome; 0 for none. Answering needs no ranking beyond the hits.
	Depth int

	trace *trace // notes how it was ranked; nil: nobody wants to know
}

// Outcome is how sure an answer is.
type Outcome int

// The outcomes of a search.
const (
	None     Outcome = iota // nothing in the corpus is near the question
	Choices                 // some articles are near it; none is sure to answer it
	Answered                // the first hit answers it, or was asked for by name
)

// String is the outcome as the command line prints it.
func (o Outcome) String() string {
	return [...]string{"none", "choices", "answered"}[o]
}

// Hit is one article found.
type Hit struct {
	Article *corpus.Article
	Score   float64
	Quote   string   // the part that answers: a substring of Article.Text, or all of it
	Part    string   // the part of the article that was asked for by its number: 第二款第三项
	Leads   []string // what Quote depends on, from the outside in: what opens its list, its table's head

	passages []corpus.Passage // of the article; none when it was asked for by number
	fitting  []int            // which of them fit the question, best first: see Index.fitting
	more     int              // how many of fitting, behind the first, answer further questions
}

// Result is what Search found, best first. Named is set when the question
// named a rule; Number when it named an article by number.
type Result struct {
	Outcome Outcome
	Hits    []Hit
	Named   *corpus.Rule
	Number  corpus.Number
	Nearest []*corpus.Rule    // rules worth a look when nothing was found
	Near    []*corpus.Article // … and articles, if any is
	Ranked  []*corpus.Article
	Guess   bool   // the hits only sound like the question
	Unknown string // the rule that was cited and is not in the library, as it was named
	Missing string // 第九款: the part of the article that was named and does not exist
	Took    time.Duration
	// Answers is how many of the first hits each answer a question of their own,
	// when the message had several; else 0.
	Answers int
	Vague   bool // nothing but words of asking, and nothing before that they could ask about
	More    bool // more places were cited than are shown
	Leaned  bool // the message was asked together with what was said before it
}

// Exact reports whether an article was asked for by its number.
func (r Result) Exact() bool { return r.Number != (corpus.Number{}) }

// Corpus returns what the index was built from.
func (x *Index) Corpus() *corpus.Corpus { return x.corpus }

// Close releases the index. Searches still running make it unsafe.
func (x *Index) Close() error {
	if err := errors.Join(x.closeReaders(), closeStores(x.stores)); err != nil {
		return fmt.Errorf("close index: %w", err)
	}
	return nil
}

// Search answers one question. An empty question, or one without a single
// searchable character, has outcome None. ErrDamaged: the store is spoilt.
func (x *Index) Search(ctx context.Context, q Query) (Result, error) {
	start := time.Now()
	folded := unspaced(fold(q.Text))
	res, ok := x.lookup(folded, q.Rule)
	if ok {
		for _, h := range res.Hits {
			res.Ranked = append(res.Ranked, h.Article)
		}
	} else {
		err := x.guarded(ctx, func() (err error) {
			res, err = x.rank(ctx, folded, q)
			return err
		})
		if err != nil {
			return Result{}, fmt.Errorf("search: %w", err)
		}
	}
	res.Took = time.Since(start)
	return res, nil
}

// units lists what of a corpus is indexed.
func indexable(c *corpus.Corpus) []*corpus.Article {
	var units []*corpus.Article
	for _, r := range c.Rules {
		if r.Repealed {
			continue
		}
		for _, a := range r.Articles {
			if !a.Deleted {
				units = append(units, a)
			}
		}
	}
	return units
}

// measure learns about the units what ranking needs besides their terms. It
// takes less time than reading it from disk would save.
func (x *Index) measure() {
	citedBy := x.corpus.CitedBy()
	x.ruleOf = make([]uint32, len(x.units))
	for u, a := range x.units {
		if u == 0 || a.Rule != x.units[u-1].Rule {
			cited := math.Log1p(float64(citedBy[a.Rule])) * math.Log(1+float64(len(x.units)))
			x.rules = append(x.rules, ruleSpan{start: u, cited: float32(cited)})
		}
		x.ruleOf[u] = uint32(len(x.rules) - 1)
		x.rules[len(x.rules)-1].end = u + 1
	}
	x.lengths = map[string][]float32{}
	for _, name := range textFields {
		x.lengths[name] = make([]float32, len(x.units))
	}
	x.folded = make([]atomic.Pointer[[]line], len(x.units))
	x.divided = make([]atomic.Pointer[[]passage], len(x.units))
	x.chars = map[rune]bool{}
	for u, a := range x.units {
		for name, text := range document(a) {
			for _, r := range text {
				if unicode.Is(unicode.Han, r) {
					x.chars[r] = true
				}
			}
			if lengths := x.lengths[name]; lengths != nil {
				lengths[u] = float32(textLength(text))
			}
		}
	}
	x.measureLines()
	x.use(defaults)
}

// use makes p the parameters of ranking.
func (x *Index) use(p params) {
	x.params = p
	x.discounts, x.singleDiscounts = map[string][]float32{}, map[string][]float32{}
	for name, lengths := range x.lengths {
		sum, having := 0.0, 0
		for _, n := range lengths {
			if sum += float64(n); n > 0 {
				having++
			}
		}
		if having == 0 {
			continue
		}
		mean := sum / float64(having)
		f := p.fields[name]
		discounts := func(b float64) []float32 {
			out := make([]float32, len(lengths))
			for u, n := range lengths {
				out[u] = float32(f.k1 * (1 - b + b*float64(n)/mean))
			}
			return out
		}
		x.discounts[name], x.singleDiscounts[name] = discounts(f.b), discounts(f.singleB)
	}
}
