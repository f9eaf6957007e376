package index

import (
	"slices"
	"strings"
	"testing"
)

// A pair stands in the index again for every layer that its number reaches.
func TestLayered(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, in, want string
	}{
		{"each once", "提 提案 案", "提 提案 案"},
		{"a pair twice", "提案 提案", "提案 提案1+"},
		{"in order of reaching", "提案 公车 提案 公车 提案", "提案 公车 提案1+ 公车1+ 提案2+"},
		{"a character only once", "提 提 提", "提"},
		{"words like pairs", "app app 十二 a a", "app app1+ 十二 a a1+"},
		{"all layers, none above", strings.Repeat("提案 ", 40), "提案 提案1+ 提案2+ 提案3+ 提案4+ 提案5+"},
		{"nine times is not ten", strings.Repeat("提案 ", 9), "提案 提案1+ 提案2+ 提案3+ 提案4+"},
		{"nothing", "", ""},
	} {
		if got := strings.Join(layered(strings.Fields(tt.in)), " "); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

// What stands for a layer can never be said, whatever the term: 0071 is a term,
// 0071+ is none.
func TestLayerTermIsNoTerm(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, term := range []string{"提", "提案", "app", "007"} {
		for n := range layers {
			name := layerTerm(term, n)
			if n == 0 && name != term || n > 0 && slices.Contains(terms(fold(name)), name) || seen[name] {
				t.Errorf("layer %d of %s is %s", n, term, name)
			}
			seen[name] = true
		}
	}
}

func TestTextLength(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"": 0, "，。 \n": 0, "提案": 2, "提案，截止": 4, "app": 1, "app登录": 3, "登录app": 3, "two words": 2,
		"第12条": 3, "3.5": 2, "U盘b": 3, "кто там": 2,
	} {
		if got := textLength(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}
