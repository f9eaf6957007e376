package index

import (
	"slices"
	"testing"
	"testing/fstest"

	"lianwen/corpus"
)

// titled is a library of rules with one article each; the titles are their ids.
func titled(t *testing.T, titles ...string) *corpus.Corpus {
	t.Helper()
	files := fstest.MapFS{}
	for _, title := range titles {
		files[title+".txt"] = &fstest.MapFile{Data: []byte(title + "\n第一条 " + title + "的条文。\n")}
	}
	c, err := corpus.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A title that is nobody's means the one it is like, if it is like no other as
// much; those it is like when there are several; and none when it is like none.
func TestLookupLike(t *testing.T) {
	t.Parallel()
	one := []string{"机关值班管理办法", "机关印章管理办法", "公务接待管理办法"}
	two := append(slices.Clone(one), "夜间值班管理办法")
	for _, tt := range []struct {
		name, question string
		titles         []string
		outcome        Outcome
		want           []string
	}{
		{"like one", "值班管理办法第一条", one, Answered, []string{"机关值班管理办法#1"}},
		{"like one, not by much", "值班办法第一条", one, Choices, []string{"机关值班管理办法#1"}},
		{"like two, and a little like others", "值班管理办法第一条", two, Choices, []string{"夜间值班管理办法#1", "机关值班管理办法#1"}},
		{"like one without such an article", "值班管理办法第二条", one, None, nil},
		{"like two without such an article", "值班管理办法第二条", two, None, nil},
		{"the only rule", "值班管理办法第一条", one[:1], Answered, []string{"机关值班管理办法#1"}},
	} {
		x := openIndex(t, titled(t, tt.titles...))
		res, ok := x.lookup(fold(tt.question), nil)
		if got := keys(res.Hits); !ok || res.Outcome != tt.outcome || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v %v %v, want %v %v", tt.name, ok, res.Outcome, got, tt.outcome, tt.want)
		}
	}
	x := openIndex(t, titled(t, two...))
	if res, ok := x.lookup(fold("食堂办法第一条"), nil); !ok || res.Outcome != None || res.Unknown != "食堂办法" || len(res.Hits) > 0 {
		t.Errorf("like none: %+v", res)
	}
}

func TestAlike(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		want float64
	}{
		{"提案", "提案", 1},
		{"提案", "公车", 0},
		{"", "", 0},
		{"提案", "", 0},
		{"提案", "提案案", 2 * 3.0 / 8}, // 提 提案 案 and 提 提案 案 案案 案
		{"提案", "案提", 2 * 2.0 / 6},  // the pairs differ
	} {
		if got, back := alike(tt.a, tt.b), alike(tt.b, tt.a); got != tt.want || back != tt.want {
			t.Errorf("%s and %s: %v and %v, want %v", tt.a, tt.b, got, back, tt.want)
		}
	}
}
