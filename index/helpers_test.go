package index

import (
	"testing"

	"lianwen/corpus"
)

func mustCite(t *testing.T, s string) corpus.Cite {
	t.Helper()
	c, err := corpus.ParseCite(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
