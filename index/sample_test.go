package index

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"lianwen/corpus"
)

// sampleDir holds the generation of the sample library that sharedSample and
// ownSample open.
var sampleDir string

func TestMain(m *testing.M) {
	code, err := inSampleDir(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func inSampleDir(run func() int) (code int, err error) {
	if sampleDir, err = os.MkdirTemp("", "lianwen-index-"); err != nil {
		return 1, err
	}
	defer func() {
		if removed := os.RemoveAll(sampleDir); err == nil {
			err = removed
		}
	}()
	return run(), nil
}

var sharedSample = sync.OnceValues(func() (*Index, error) {
	c, err := corpus.Open("")
	if err != nil {
		return nil, err
	}
	return Open(context.Background(), sampleDir, c, Options{})
})

// openSample returns the index of the sample library that all tests share:
// building it takes longer than most of them. It is never closed, and nobody
// may change it.
func openSample(t testing.TB) *Index {
	t.Helper()
	x, err := sharedSample()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// ownSample opens the files of the shared sample once more, as an index whose
// parameters the test may change.
func ownSample(t testing.TB) *Index {
	t.Helper()
	x := open(t, sampleDir, openSample(t).Corpus(), Options{})
	if x.Built != Reused {
		t.Fatalf("the sample was built again: %v", x.Built)
	}
	return x
}

// openIndex builds an index of c in a folder of the test.
func openIndex(t testing.TB, c *corpus.Corpus) *Index {
	t.Helper()
	return open(t, t.TempDir(), c, Options{})
}

func open(t testing.TB, dir string, c *corpus.Corpus, opts Options) *Index {
	t.Helper()
	x, err := Open(context.Background(), dir, c, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func search(t testing.TB, x *Index, q string) Result {
	t.Helper()
	res, err := x.Search(context.Background(), Query{Text: q})
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return res
}

func keys(hits []Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, h.Article.Key())
	}
	return out
}

func finds(t testing.TB, x *Index, q, key string) {
	t.Helper()
	if got := keys(search(t, x, q).Hits); len(got) == 0 || got[0] != key {
		t.Errorf("%s: got %v, want %s", q, got, key)
	}
}
