package proof

import (
	"testing"

	"lianwen/corpus"
)

// The sample is clean by its own check: what is only doubtful in it has been looked at,
// and facts.toml says why it stays.
func TestSampleClean(t *testing.T) {
	c, err := corpus.Read(corpus.Sample())
	if err != nil {
		t.Fatal(err)
	}
	r := Check(c, corpus.Sample(), today)
	for _, f := range r.Findings {
		t.Errorf("%s:%d: %s，%s", f.File, f.Line, f.What, f.Fix)
	}
	if len(r.Accepted) != len(c.Accepted) || r.Looked.Facts < 30 || r.Looked.Articles < 700 {
		t.Errorf("%d of %d accepted; looked at %+v", len(r.Accepted), len(c.Accepted), r.Looked)
	}
}
