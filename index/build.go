package index

import (
	"fmt"
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
	fieldHead  = "head"
	fieldSound = "sound"
)

// textFields are the fields that ranking goes by.
var textFields = []string{fieldBody, fieldAsked, fieldHead}

// document is what of an article is indexed under each field.
func document(a *corpus.Article) map[string]string {
	names := append([]string{a.Rule.Title}, a.Rule.Aliases...)
	head := append(append(slices.Clone(names), a.Path...), a.Heading)
	return map[string]string{
		fieldBody:  strings.TrimPrefix(a.Text, a.Label),
		fieldAsked: strings.Join(a.AskedAs, "\n"),
		fieldHead:  strings.Join(head, "\n"),
		fieldSound: strings.Join(append(names, a.AskedAs...), "\n"),
	}
}

func newMapping() mapping.IndexMapping {
	doc := bleve.NewDocumentStaticMapping()
	for _, name := range textFields {
		doc.AddFieldMappingsAt(name, newFieldMapping(textAnalyzer))
	}
	doc.AddFieldMappingsAt(fieldSound, newFieldMapping(soundAnalyzer))
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	m.DefaultAnalyzer = textAnalyzer
	return m
}

func newFieldMapping(analyzer string) *mapping.FieldMapping {
	f := bleve.NewTextFieldMapping()
	f.Analyzer = analyzer
	f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = false, false, false, false
	return f
}

// meanLengths is the mean number of terms of each text field, over all documents.
// bleve's own figure counts distinct terms and is of no use for BM25.
func meanLengths(units []*corpus.Article) map[string]float64 {
	mean := map[string]float64{}
	for _, a := range units {
		doc := document(a)
		for _, name := range textFields {
			mean[name] += float64(len(terms(fold(doc[name])))) / float64(len(units))
		}
		mean[fieldSound] += float64(len(doc[fieldSound])) / float64(len(units)) // only whether there is any
	}
	return mean
}

// sink takes documents: a builder on disk, or an index in memory.
type sink interface {
	Index(id string, data any) error
}

func fill(s sink, units []*corpus.Article, progress func(done, total int)) error {
	for i, a := range units {
		if err := s.Index(strconv.Itoa(i), document(a)); err != nil {
			return fmt.Errorf("index %s: %w", a.Key(), err)
		}
		if progress != nil && (i%64 == 63 || i == len(units)-1) {
			progress(i+1, len(units))
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
