package index

import (
	"context"
	"errors"
	"testing"
)

// Near ranks as Search does, with scores; what Search would look up it compares.
func TestNear(t *testing.T) {
	x := openSample(t)
	const asked = "年假一年能休多少天"
	res, err := x.Search(t.Context(), Query{Text: asked, Depth: 5})
	if err != nil {
		t.Fatal(err)
	}
	near, outcome, err := x.Near(t.Context(), asked, 5)
	if err != nil || len(near) != 5 || outcome != res.Outcome {
		t.Fatalf("%v, %v, %v, want %v", near, outcome, err, res.Outcome)
	}
	for i, n := range near {
		if n.Article != res.Ranked[i] || i > 0 && n.Score > near[i-1].Score || n.Score <= 0 {
			t.Errorf("%d: %s %v, want %s", i, n.Article.Key(), n.Score, res.Ranked[i].Key())
		}
	}
	if near, _, err := x.Near(t.Context(), "提案工作条例第五条", 1); err != nil || len(near) != 1 {
		t.Errorf("a citation: %v, %v", near, err)
	}
	if near, outcome, err := x.Near(t.Context(), "？", 5); err != nil || near != nil || outcome != None {
		t.Errorf("nothing to compare: %v, %v, %v", near, outcome, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := x.Near(ctx, asked, 5); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
}

func TestVague(t *testing.T) {
	for text, want := range map[string]bool{"怎么办": true, "请问应该怎么办呢？": true, "怎么请假": false, "": true, "请假": false} {
		if Vague(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
