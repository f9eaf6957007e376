package index

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2"
	api "github.com/blevesearch/bleve_index_api"

	"lianwen/corpus"
)

// ErrEmpty is returned by Open for a corpus without a single article in force.
var ErrEmpty = errors.New("the library has no article in force")

// Open returns an index of c, stored under dir. It reuses the one that is
// there if it fits c and this program, and builds it otherwise. When dir
// cannot be written the index is built in memory; Built says so.
func Open(ctx context.Context, dir string, c *corpus.Corpus, opts Options) (*Index, error) {
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	x := &Index{corpus: c, units: indexable(c), names: newNames(c), synonyms: newSynonyms(c), bridge: opts.Bridge}
	if len(x.units) == 0 {
		return nil, ErrEmpty
	}
	x.measure()
	path := generationPath(dir, c)
	if !opts.Rebuild {
		err := x.openStored(path)
		if err == nil {
			now := time.Now() // sweep keeps what was used lately
			_ = os.Chtimes(path, now, now)
			return x, nil
		}
		if !errors.Is(err, errStale) {
			opts.Log.Warn("索引不可用，重新建立", "path", path, "err", err)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := x.buildStored(path, opts); err != nil {
		opts.Log.Warn("索引不能写入磁盘，改在内存中建立", "path", path, "err", err)
		return x.openMemory(opts)
	}
	return x, nil
}

// Blank is an index of a library that has nothing yet, for a program that people put
// their rules in by: it finds nothing until Live.Revise puts another in its place,
// which then goes over the bridge that this was given; nil: none.
func Blank(bridge *Index) (*Index, error) {
	c := &corpus.Corpus{}
	x := &Index{corpus: c, names: newNames(c), synonyms: newSynonyms(c), bridge: bridge}
	x.measure()
	return x.openMemory(Options{})
}

func (x *Index) openStored(path string) (err error) {
	if _, err := readManifest(path, x.corpus); err != nil {
		return err
	}
	// The checksums held; a store that still cannot be read must not take the
	// process down with it.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("open index %s: %v", path, r)
		}
	}()
	var stores []bleve.Index
	for i := range shardRanges(len(x.units)) {
		store, err := bleve.OpenUsing(shardPath(path, i), map[string]any{"read_only": true, "bolt_timeout": "5s"})
		if err != nil {
			return errors.Join(fmt.Errorf("open index %s: %w", path, err), closeStores(stores))
		}
		stores = append(stores, store)
	}
	return x.attach(stores)
}

func (x *Index) buildStored(path string, opts Options) error {
	if err := writeGeneration(path, x.corpus, x.units, opts); err != nil {
		return err
	}
	var err error
	for range openAttempts {
		if err = x.openStored(path); err == nil {
			x.Built = OnDisk
			sweep(filepath.Dir(path), path)
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}

// openAttempts allows for other processes that put a generation of their own
// in place while this one opens it.
const openAttempts = 3

func (x *Index) openMemory(opts Options) (*Index, error) {
	stores, err := buildMemory(x.units, opts.Progress)
	if err != nil {
		return nil, err
	}
	if err := x.attach(stores); err != nil {
		return nil, err
	}
	x.Built = InMemory
	return x, nil
}

// attach makes stores the ones that answer, and x's own. It closes them if it fails.
func (x *Index) attach(stores []bleve.Index) error {
	if err := x.reads(stores); err != nil {
		return errors.Join(err, closeStores(stores))
	}
	x.stores = stores
	return nil
}

// reads opens readers of stores, and learns which of their document numbers stands for
// which article.
func (x *Index) reads(stores []bleve.Index) (err error) {
	x.place, x.docs = make([]uint32, len(x.units)), make([]uint32, len(x.units))
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("open index: %w", err), x.closeReaders())
		}
	}()
	base := 0
	for _, store := range stores {
		inner, err := store.Advanced()
		if err != nil {
			return err
		}
		reader, err := inner.Reader()
		if err != nil {
			return err
		}
		x.readers = append(x.readers, reader)
		n, err := x.learnPlaces(reader, base)
		if err != nil {
			return err
		}
		base += n
	}
	if base != len(x.units) {
		return fmt.Errorf("%d documents for %d articles", base, len(x.units))
	}
	return nil
}

// learnPlaces reads the ids of a shard's documents, whose numbers count from
// base, and returns how many they are.
func (x *Index) learnPlaces(reader api.IndexReader, base int) (int, error) {
	ids, err := reader.DocIDReaderAll()
	if err != nil {
		return 0, err
	}
	defer ids.Close()
	for n := 0; ; n++ {
		id, err := ids.Next()
		if err != nil || id == nil {
			return n, err
		}
		name, err := reader.ExternalID(id)
		if err != nil {
			return n, err
		}
		unit, err := strconv.Atoi(name)
		doc := base + int(id.Value())
		if err != nil || unit < 0 || max(unit, doc) >= len(x.units) {
			return n, fmt.Errorf("unknown document %q", name)
		}
		x.place[doc], x.docs[unit] = uint32(unit), uint32(doc)
	}
}

func (x *Index) closeReaders() error {
	var err error
	for _, r := range x.readers {
		err = errors.Join(err, r.Close())
	}
	x.readers = nil
	return err
}

func closeStores(stores []bleve.Index) error {
	var err error
	for _, s := range stores {
		if s != nil {
			err = errors.Join(err, s.Close())
		}
	}
	return err
}
