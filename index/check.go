package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"lianwen/corpus"
)

// ErrNotStored means that no index of a corpus is stored: the next question
// builds one.
var ErrNotStored = errors.New("no index is stored")

// checkWords is how many characters of an article it is looked for by.
const checkWords = 40

// Check looks whether the index of c that is stored under dir is whole and finds
// what is in it. It changes nothing.
func Check(ctx context.Context, dir string, c *corpus.Corpus) (err error) {
	x := &Index{corpus: c, units: indexable(c), names: newNames(c), synonyms: newSynonyms(c)}
	if len(x.units) == 0 {
		return ErrNotStored
	}
	path := generationPath(dir, c)
	if _, err := os.Stat(path); err != nil {
		return ErrNotStored
	}
	x.measure()
	if err := x.openStored(path); errors.Is(err, errStale) {
		return ErrNotStored
	} else if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	longest := slices.MaxFunc(x.units, func(a, b *corpus.Article) int { return len(a.Text) - len(b.Text) })
	words := []rune(longest.Text)
	res, err := x.rank(ctx, fold(string(words[:min(len(words), checkWords)])), Query{Depth: 1})
	if err == nil && len(res.Ranked) == 0 {
		err = fmt.Errorf("the words of %s find nothing", longest.Citation())
	}
	return err
}
