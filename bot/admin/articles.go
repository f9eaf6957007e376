package admin

import (
	"context"
	"net/http"
	"strings"

	"lianwen/bot"
	"lianwen/bot/talk"
	"lianwen/corpus"
	"lianwen/index"
)

// picksShown is how many articles are offered to pick one of.
const picksShown = 8

// pick is an article to be picked.
type pick struct{ Key, Digest, Citation, Heading, Text, Note string }

// Value is what a form sends for it: which article, and of what words.
func (p pick) Value() string { return p.Key + " " + p.Digest }

// picked is the article that a form has sent, if it has the words that whoever picked it
// was shown.
func (s *Server) picked(value string) (*corpus.Article, error) {
	key, digest, _ := strings.Cut(value, " ")
	a := s.liveArticle(key)
	switch {
	case a == nil:
		return nil, bot.NotFound.Sayf("没有选该由哪一条答，或者那一条现在没有了，什么也没有做。请再选一条。")
	case a.WordsDigest() != digest:
		return nil, bot.Conflict.Sayf("%s刚刚改过，什么也没有做。下面是现在的文字，请再看一遍。", a.Citation())
	}
	return a, nil
}

func newPick(a *corpus.Article, note string) pick {
	return pick{a.Key(), a.WordsDigest(), a.Citation(), a.Heading, beginning(strings.TrimSpace(strings.TrimPrefix(a.Text, a.Label))), note}
}

func (p pick) same(o pick) bool { return p.Key == o.Key }

// findArticles are the articles nearest to what somebody has typed, which may be a
// citation.
func (s *Server) findArticles(ctx context.Context, text string) (picks []pick, err error) {
	runes := []rune(text)
	x, release := s.Live.Acquire()
	defer release()
	res, err := x.Search(ctx, index.Query{Text: string(runes[:min(len(runes), talk.MaxQuestionRunes)]), Depth: picksShown})
	if err != nil {
		return nil, err
	}
	var list []*corpus.Article
	if a := x.Corpus().Article(strings.TrimSpace(text)); a != nil {
		list = append(list, a)
	}
	for _, h := range res.Hits {
		list = append(list, h.Article)
	}
	seen := map[*corpus.Article]bool{}
	for _, a := range append(list, res.Ranked...) {
		if !seen[a] && !a.Deleted && !a.Rule.Repealed && a.Number != (corpus.Number{}) && len(picks) < picksShown {
			picks = append(picks, newPick(a, ""))
		}
		seen[a] = true
	}
	return picks, nil
}

// showArticles lists articles to pick one of, for a part of a page.
func (s *Server) showArticles(w http.ResponseWriter, r *http.Request) error {
	text := strings.TrimSpace(r.FormValue("q"))
	if text == "" {
		return s.partial(w, r, "cluster", "found", clusterPage{})
	}
	picks, err := s.findArticles(r.Context(), text)
	if err != nil {
		return err
	}
	return s.partial(w, r, "cluster", "found", clusterPage{Found: picks, Query: text})
}
