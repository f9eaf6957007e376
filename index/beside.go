package index

import (
	"context"
	"maps"

	"lianwen/corpus"
)

// Beside is an index of c in memory, to be asked what would be answered if c were the
// library: with the bridge of x, and with what x has stored where c has the same articles
// and lines. It is closed before x is.
func (x *Index) Beside(ctx context.Context, c *corpus.Corpus, progress func(done, total int)) (*Index, error) {
	y := &Index{corpus: c, units: indexable(c), names: newNames(c), synonyms: newSynonyms(c), bridge: x.bridge}
	if len(y.units) == 0 {
		return nil, ErrEmpty
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	y.measure()
	if !x.holdsAll(y) {
		return y.openMemory(Options{Progress: progress})
	}
	if err := x.guarded(ctx, func() error { return y.reads(x.stores) }); err != nil {
		return nil, err
	}
	return y, nil // whose stores are x's to close
}

// holdsAll reports whether x has stored just what y would.
func (x *Index) holdsAll(y *Index) bool {
	if len(x.units) != len(y.units) || x.damaged.Load() {
		return false
	}
	for i, a := range x.units {
		if !maps.Equal(document(a), document(y.units[i])) {
			return false
		}
	}
	return true
}
