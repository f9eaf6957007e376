package index

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"

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
	sounds := a.AskedAs
	if a == a.Rule.Articles[0] { // who types a title by sound wants its beginning
		sounds = append(ruleNames(a.Rule), sounds...)
	}
	return map[string]string{
		fieldBody:  strings.Join(append(slices.Clone(a.Path), a.Heading, strings.TrimPrefix(a.Text, a.Label)), "\n"),
		fieldAsked: strings.Join(a.AskedAs, "\n"),
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

// sink takes documents: a builder on disk, or an index in memory.
type sink interface {
	Index(id string, data any) error
}

// fill gives all documents to s, in order. They are cut by as many goroutines
// as there are processors, a few ahead of the writing.
func fill(s sink, units []*corpus.Article, progress func(done, total int)) error {
	const block = 64
	type job struct {
		from int
		docs chan []map[string]string
	}
	jobs := make(chan job)
	ordered := make(chan job, 2*runtime.GOMAXPROCS(0))
	stop := make(chan struct{})
	defer close(stop)
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for j := range jobs {
				var docs []map[string]string
				for _, a := range units[j.from:min(j.from+block, len(units))] {
					docs = append(docs, cut(a))
				}
				j.docs <- docs
			}
		}()
	}
	go func() {
		defer close(ordered)
		defer close(jobs)
		for from := 0; from < len(units); from += block {
			j := job{from, make(chan []map[string]string, 1)}
			select {
			case <-stop:
				return
			case ordered <- j:
			}
			select {
			case <-stop:
				return
			case jobs <- j:
			}
		}
	}()
	for j := range ordered {
		docs := <-j.docs
		for i, doc := range docs {
			if err := s.Index(strconv.Itoa(j.from+i), doc); err != nil {
				return fmt.Errorf("index %s: %w", units[j.from+i].Key(), err)
			}
		}
		if progress != nil {
			progress(j.from+len(docs), len(units))
		}
	}
	return nil
}

// buildMemory builds an index that lives as long as the process.
func buildMemory(units []*corpus.Article, progress func(done, total int)) (bleve.Index, error) {
	// NewMemOnly would make an index of bleve's older kind.
	store, err := bleve.NewUsing("", newMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("build index in memory: %w", err)
	}
	batch := store.NewBatch()
	if err := fill(batch, units, progress); err != nil {
		return nil, err
	}
	if err := store.Batch(batch); err != nil {
		return nil, fmt.Errorf("build index in memory: %w", err)
	}
	return store, nil
}

// minBatch is how many documents are analyzed and held at a time: with 64 the
// first run over the sample peaks at two thirds of the memory that 128 needs,
// and takes as long.
const minBatch = 64

// buildDisk builds an index in the folder path, which must not exist yet.
func buildDisk(path, scratch string, units []*corpus.Article, progress func(done, total int)) error {
	builder, err := bleve.NewBuilder(path, newMapping(), map[string]any{
		"buildPathPrefix": scratch, "batchSize": max(minBatch, len(units)/16),
	})
	if err != nil {
		return fmt.Errorf("build index: %w", err)
	}
	if err := fill(builder, units, progress); err != nil {
		return err
	}
	if err := builder.Close(); err != nil {
		return fmt.Errorf("build index: %w", err)
	}
	return nil
}
