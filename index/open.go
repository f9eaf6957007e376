package index

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
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
	x := &Index{corpus: c, units: indexable(c), names: newNames(c), groups: newGroups(c)}
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

func (x *Index) openStored(path string) (err error) {
	if _, err := readManifest(path, x.corpus); err != nil {
		return err
	}
	// The checksums held; a store that still cannot be read must not take the
	// process down with it.
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("open index %s: %v", path, r)
		}
	}()
	store, err := bleve.OpenUsing(path, map[string]any{"read_only": true, "bolt_timeout": "5s"})
	if err != nil {
		return fmt.Errorf("open index %s: %w", path, err)
	}
	return x.attach(store)
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
	store, err := buildMemory(x.units, opts.Progress)
	if err != nil {
		return nil, err
	}
	if err := x.attach(store); err != nil {
		return nil, err
	}
	x.Built = InMemory
	return x, nil
}

// attach makes store the one that answers, and learns which of its document
// numbers stands for which article.
func (x *Index) attach(store bleve.Index) error {
	inner, err := store.Advanced()
	if err != nil {
		return errors.Join(fmt.Errorf("open index: %w", err), store.Close())
	}
	reader, err := inner.Reader()
	if err != nil {
		return errors.Join(fmt.Errorf("open index: %w", err), store.Close())
	}
	place, err := places(reader, len(x.units))
	if err != nil {
		return errors.Join(err, reader.Close(), store.Close())
	}
	x.store, x.reader, x.place = store, reader, place
	x.docs = make([]uint32, len(x.units))
	for doc, unit := range place {
		x.docs[unit] = uint32(doc)
	}
	return nil
}

// places maps the store's document numbers to the n articles.
func places(reader api.IndexReader, n int) ([]uint32, error) {
	ids, err := reader.DocIDReaderAll()
	if err != nil {
		return nil, fmt.Errorf("read index: %w", err)
	}
	defer ids.Close()
	place := make([]uint32, n)
	found := make([]bool, n)
	for seen := 0; ; seen++ {
		id, err := ids.Next()
		if err != nil {
			return nil, fmt.Errorf("read index: %w", err)
		}
		if id == nil && seen != n {
			return nil, fmt.Errorf("read index: %d documents for %d articles", seen, n)
		}
		if id == nil {
			return place, nil
		}
		name, err := reader.ExternalID(id)
		if err != nil {
			return nil, fmt.Errorf("read index: %w", err)
		}
		unit, err := strconv.Atoi(name)
		if err != nil || unit < 0 || unit >= n || found[unit] || id.Value() >= uint64(n) {
			return nil, fmt.Errorf("read index: unknown document %q", name)
		}
		found[unit] = true
		place[id.Value()] = uint32(unit)
	}
}
