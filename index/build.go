package index

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"golang.org/x/sync/errgroup"

	"lianwen/corpus"
)

// The fields of a document; see the package comment.
const (
	fieldBody  = "body"
	fieldAsked = "asked"
	fieldSound = "sound"
)

// textFields are the fields that ranking goes by.
var textFields = []string{fieldBody, fieldAsked}

// document is what of an article is indexed under each field.
func document(a *corpus.Article) map[string]string {
	asked := a.Lines()
	sounds := asked
	if a == a.Rule.Articles[0] { // who types a title by sound wants its beginning
		sounds = append(ruleNames(a.Rule), sounds...)
	}
	return map[string]string{
		fieldBody:  strings.Join(append(slices.Clone(a.Path), a.Heading, strings.TrimPrefix(a.Text, a.Label)), "\n"),
		fieldAsked: strings.Join(asked, "\n"),
		fieldSound: strings.Join(sounds, "\n"),
	}
}

func ruleNames(r *corpus.Rule) []string { return append([]string{r.Title}, r.Aliases...) }

// cut is a document with each field cut into what stands in the index for it.
func cut(a *corpus.Article) map[string]string {
	doc := map[string]string{}
	for name, text := range document(a) {
		var in []string
		if name == fieldSound {
			in = distinct(soundTerms(fold(text)))
		} else {
			in = layered(terms(fold(text)))
		}
		if len(in) > 0 {
			doc[name] = lines(in)
		}
	}
	return doc
}

func newMapping() mapping.IndexMapping {
	f := bleve.NewTextFieldMapping()
	f.Analyzer = termsAnalyzer
	f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = false, false, false, false
	f.SkipFreqNorm = true // layers tell how often; see tokenize.go
	doc := bleve.NewDocumentStaticMapping()
	for _, name := range append(slices.Clone(textFields), fieldSound) {
		doc.AddFieldMappingsAt(name, f)
	}
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	m.DefaultAnalyzer = termsAnalyzer
	return m
}

// maxShards is how many indexes the articles are divided into, so that as many
// processors build at once; minShard is how many articles are worth one.
const (
	maxShards = 2
	minShard  = 4096
)

// shardRange is the places of the articles of one shard.
type shardRange struct{ start, end int }

func shardRanges(n int) []shardRange {
	count := max(1, min(maxShards, n/minShard))
	ranges := make([]shardRange, count)
	for i := range ranges {
		ranges[i] = shardRange{n * i / count, n * (i + 1) / count}
	}
	return ranges
}

// buildShards calls build for every range, as many at a time as there are
// processors. The function it is given takes each document that was added.
func buildShards(n int, progress func(done, total int), build func(i int, r shardRange, added func()) error) error {
	var mu sync.Mutex
	done := 0
	added := func() {
		mu.Lock()
		defer mu.Unlock()
		if done++; progress != nil && (done%64 == 0 || done == n) {
			progress(done, n)
		}
	}
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, r := range shardRanges(n) {
		g.Go(func() error { return build(i, r, added) })
	}
	return g.Wait()
}

// sink takes documents: a builder on disk, or an index in memory.
type sink interface {
	Index(id string, data any) error
}

func fill(s sink, units []*corpus.Article, r shardRange, added func()) error {
	for u := r.start; u < r.end; u++ {
		if err := s.Index(strconv.Itoa(u), cut(units[u])); err != nil {
			return fmt.Errorf("index %s: %w", units[u].Key(), err)
		}
		added()
	}
	return nil
}

// buildMemory builds shards that live as long as the process.
func buildMemory(units []*corpus.Article, progress func(done, total int)) ([]bleve.Index, error) {
	stores := make([]bleve.Index, len(shardRanges(len(units))))
	err := buildShards(len(units), progress, func(i int, r shardRange, added func()) error {
		// NewMemOnly would make an index of bleve's older kind.
		store, err := bleve.NewUsing("", newMapping(), scorch.Name, scorch.Name, nil)
		if err != nil {
			return err
		}
		stores[i] = store
		batch := store.NewBatch()
		if err := fill(batch, units, r, added); err != nil {
			return err
		}
		return store.Batch(batch)
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("build index in memory: %w", err), closeStores(stores))
	}
	return stores, nil
}

// minBatch is how many documents are analyzed and held at a time: with 64 the
// first run over the sample peaks at two thirds of the memory that 128 needs,
// and takes as long.
const minBatch = 64

// buildDisk builds the shards in the folder path, which must not exist yet.
func buildDisk(path, scratch string, units []*corpus.Article, progress func(done, total int)) error {
	err := buildShards(len(units), progress, func(i int, r shardRange, added func()) error {
		builder, err := bleve.NewBuilder(shardPath(path, i), newMapping(), map[string]any{
			"buildPathPrefix": scratch, "batchSize": max(minBatch, len(units)/32),
		})
		if err != nil {
			return err
		}
		if err := fill(builder, units, r, added); err != nil {
			return err
		}
		return builder.Close()
	})
	if err != nil {
		return fmt.Errorf("build index: %w", err)
	}
	return nil
}

func shardPath(path string, i int) string { return filepath.Join(path, strconv.Itoa(i)) }
