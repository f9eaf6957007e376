package index

import (
	"context"
	"fmt"
	"log/slog"
	"time"

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

	store  bleve.Index
	reader api.IndexReader
	place  []int // document number in the store → place in units
	mean   map[string]float64
	groups []synonymGroup
	params params

	// Built tells how the index came to be: reused from disk, built there, or
	// built in memory.
	Built Origin
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
}

// Query is a question as a person put it.
type Query struct {
	Text string
	Rule *corpus.Rule // the rule last talked about, for 「第十二条」 by itself; may be nil
	// Depth is how many articles Result.Ranked is to hold, whatever the
	// outcome; 0 for none. Answering needs no ranking beyond the hits.
	Depth int
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
	Quote   string // the part that answers: a substring of Article.Text, or all of it
	Lead    string // when Quote is one item of a list: the line that opens the list
}

// Result is what Search found, best first. Named is set when the question
// named a rule; Number when it named an article by number.
type Result struct {
	Outcome Outcome
	Hits    []Hit
	Named   *corpus.Rule
	Number  corpus.Number
	Nearest []*corpus.Rule // rules worth a look when nothing was found
	Ranked  []*corpus.Article
	Guess   bool   // the hits only sound like the question
	Missing string // 第九款: the part of the article that was named and does not exist
	Took    time.Duration
}

// Corpus returns what the index was built from.
func (x *Index) Corpus() *corpus.Corpus { return x.corpus }

// Close releases the index. Searches still running make it unsafe.
func (x *Index) Close() error {
	if err := x.reader.Close(); err != nil {
		return fmt.Errorf("close index reader: %w", err)
	}
	if err := x.store.Close(); err != nil {
		return fmt.Errorf("close index: %w", err)
	}
	return nil
}

// Search answers one question. An empty question, or one without a single
// searchable character, has outcome None.
func (x *Index) Search(ctx context.Context, q Query) (Result, error) {
	start := time.Now()
	folded := fold(q.Text)
	res, ok := x.lookup(folded, q.Rule)
	if ok {
		for _, h := range res.Hits {
			res.Ranked = append(res.Ranked, h.Article)
		}
	} else {
		var err error
		if res, err = x.rank(ctx, folded, q.Depth); err != nil {
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
