package index

import (
	"context"
	"database/sql"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/cjk" // the analyzer of that name
	api "github.com/blevesearch/bleve_index_api"
	_ "modernc.org/sqlite" // the driver of that name

	"lianwen/corpus"
)

// The comparisons need articles and judged questions that are not ours to
// keep: JSONL files named by these variables. See CONTRIBUTING.
const (
	envArticles  = "LIANWEN_TEST_ARTICLES"
	envQuestions = "LIANWEN_TEST_QUESTIONS"
)

// engine is a way to search: it answers a question with the keys of the best
// hundred articles, best first.
type engine struct {
	name  string
	build time.Duration
	bytes int64
	ask   func(q string) ([]string, error)

	index *Index  // of ours
	kept  float64 // of the ten best, by the budget

	took []time.Duration
	mrr  float64
	hit1 float64
	all  float64 // recall@100
}

// BenchmarkCompare builds one index of each kind over the same articles and
// asks all the same questions, one after the other, so that a noisy machine
// disturbs them alike.
func BenchmarkCompare(b *testing.B) {
	c, questions := compared(b)
	engines := []*engine{ours(b, c), stock(b, c, api.TFIDFScoring), stock(b, c, api.BM25Scoring), fts5(b, c)}
	for range b.N {
		for _, e := range engines {
			e.took, e.mrr, e.hit1, e.all = nil, 0, 0, 0
		}
		for _, j := range questions {
			for _, e := range engines {
				e.judge(b, c, j)
			}
		}
	}
	b.ReportMetric(0, "ns/op")
	for _, e := range engines {
		b.Run(e.name, func(b *testing.B) { e.report(b, len(questions)) })
	}
}

func compared(b *testing.B) (*corpus.Corpus, []Judged) {
	b.Helper()
	articles, file := os.Getenv(envArticles), os.Getenv(envQuestions)
	if articles == "" || file == "" {
		b.Skipf("set %s and %s to JSONL files", envArticles, envQuestions)
	}
	c, err := corpus.Open(articles)
	if err != nil {
		b.Fatal(err)
	}
	return c, readJudgedFrom(b, c, file)
}

// judge asks a question and counts as found what is wanted or a copy of it
// (bulk data holds some articles several times; ours are shown once).
func (e *engine) judge(b *testing.B, c *corpus.Corpus, j Judged) {
	start := time.Now()
	got, err := e.ask(j.Q)
	e.took = append(e.took, time.Since(start))
	if err != nil {
		b.Fatalf("%s: %s: %v", e.name, j.Q, err)
	}
	wanted := map[identity]int{}
	for _, key := range j.Want {
		wanted[identify(c.Article(key))]++
	}
	first, found, place := 0, 0, 0
	seen := map[identity]bool{}
	for _, key := range got {
		id := identify(c.Article(key))
		if seen[id] {
			continue
		}
		seen[id] = true
		place++
		if found += wanted[id]; wanted[id] > 0 && first == 0 {
			first = place
		}
	}
	if len(j.Want) == 0 || first == 0 {
		return
	}
	if first == 1 {
		e.hit1++
	}
	if first <= 10 {
		e.mrr += 1 / float64(first)
	}
	e.all += float64(found) / float64(len(j.Want))
}

func (e *engine) report(b *testing.B, n int) {
	slices.Sort(e.took)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(e.build.Seconds(), "build-s")
	b.ReportMetric(float64(e.bytes)/1e6, "MB")
	b.ReportMetric(milliseconds(e.took[len(e.took)/2]), "p50-ms")
	b.ReportMetric(milliseconds(e.took[len(e.took)*99/100]), "p99-ms")
	if e.kept > 0 {
		b.ReportMetric(e.kept, "kept")
	}
	if e.all > 0 {
		b.ReportMetric(e.hit1/float64(n), "hit@1")
		b.ReportMetric(e.mrr/float64(n), "MRR@10")
		b.ReportMetric(e.all/float64(n), "R@100")
	}
}

func ours(b *testing.B, c *corpus.Corpus) *engine {
	dir := b.TempDir()
	start := time.Now()
	x, err := Open(context.Background(), dir, c, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { x.Close() })
	return &engine{name: "lianwen", index: x, build: time.Since(start), bytes: size(b, dir), ask: func(q string) ([]string, error) {
		res, err := x.Search(context.Background(), Query{Text: q, Depth: evalDepth})
		var keys []string
		for _, a := range res.Ranked {
			keys = append(keys, a.Key())
		}
		return keys, err
	}}
}

// stock is bleve as it comes: its builder and its cjk analyzer, nothing stored.
func stock(b *testing.B, c *corpus.Corpus, scoring string) *engine {
	f := bleve.NewTextFieldMapping()
	f.Analyzer = "cjk"
	f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = false, false, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("text", f)
	m := bleve.NewIndexMapping()
	m.DefaultMapping, m.DefaultAnalyzer, m.ScoringModel = doc, "cjk", scoring
	dir := filepath.Join(b.TempDir(), "bleve")
	start := time.Now()
	builder, err := bleve.NewBuilder(dir, m, nil)
	if err != nil {
		b.Fatal(err)
	}
	for _, a := range indexable(c) {
		if err := builder.Index(a.Key(), map[string]string{"text": a.Text}); err != nil {
			b.Fatal(err)
		}
	}
	if err := builder.Close(); err != nil {
		b.Fatal(err)
	}
	x, err := bleve.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { x.Close() })
	return &engine{name: "bleve-cjk-" + scoring, build: time.Since(start), bytes: size(b, dir), ask: func(q string) ([]string, error) {
		match := bleve.NewMatchQuery(q)
		match.SetField("text")
		res, err := x.Search(bleve.NewSearchRequestOptions(match, evalDepth, 0, false))
		if err != nil {
			return nil, err
		}
		var keys []string
		for _, h := range res.Hits {
			keys = append(keys, h.ID)
		}
		return keys, nil
	}}
}

// fts5 is SQLite's full text search over pairs of characters, with its bm25.
func fts5(b *testing.B, c *corpus.Corpus) *engine {
	dir := b.TempDir()
	start := time.Now()
	db, err := sql.Open("sqlite", filepath.Join(dir, "fts.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	if _, err := db.Exec(`CREATE VIRTUAL TABLE t USING fts5(key UNINDEXED, text, content='', contentless_unindexed=1)`); err != nil {
		b.Fatal(err)
	}
	tx, err := db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	pairs := func(s string) []string {
		return slices.DeleteFunc(terms(fold(s)), func(t string) bool { return isSingle(t) })
	}
	for i, a := range indexable(c) {
		if _, err := tx.Exec(`INSERT INTO t(rowid, key, text) VALUES (?, ?, ?)`, i+1, a.Key(), strings.Join(pairs(a.Text), " ")); err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	build := time.Since(start)
	return &engine{name: "sqlite-fts5-bm25", build: build, bytes: size(b, dir), ask: func(q string) ([]string, error) {
		in := distinct(pairs(q))
		if len(in) == 0 {
			return nil, nil
		}
		rows, err := db.Query(`SELECT key FROM t WHERE t MATCH ? ORDER BY bm25(t) LIMIT ?`, `"`+strings.Join(in, `" OR "`)+`"`, evalDepth)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var keys []string
		for rows.Next() {
			var key string
			if err := rows.Scan(&key); err != nil {
				return nil, err
			}
			keys = append(keys, key)
		}
		return keys, rows.Err()
	}}
}

func size(b *testing.B, dir string) int64 {
	total := int64(0)
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		total += info.Size()
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return total
}
