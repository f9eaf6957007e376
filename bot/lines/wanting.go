package lines

import (
	"strings"

	"lianwen/corpus"
)

// Want is which articles lines are wanted for.
type Want struct {
	Lines int  // an article is to have
	Retry bool // those too for which it failed before, or was decided on too few
	Limit int  // of articles; 0 for none
}

// Wanting is what is to be asked, and what is not.
type Wanting struct {
	Requests []Request
	Enough   int            // articles that have enough lines
	Drafted  int            // … have drafts for their words that wait for a person
	Decided  int            // … have too few lines after a person decided on all drafts
	Failed   int            // … failed before
	Beyond   int            // … are beyond the limit
	Internal []*corpus.Rule // rules whose words may not be sent
}

// Requests are the requests for those of some articles in force that have too few lines,
// counted with those that were proposed.
func (s *Store) Requests(articles []*corpus.Article, want Want) (w Wanting, err error) {
	var rule *corpus.Rule
	var drafts []Draft
	for _, a := range articles {
		if a.Rule != rule {
			rule = a.Rule
			if rule.Internal {
				w.Internal = append(w.Internal, rule)
			}
			if drafts, err = s.Drafts(rule.ID); err != nil {
				return Wanting{}, err
			}
		}
		if !rule.Internal && draftable(a) {
			w.add(a, drafts, want)
		}
	}
	return w, nil
}

// draftable reports whether an article says anything that can be asked, and has a key
// that can be written down.
func draftable(a *corpus.Article) bool {
	_, err := corpus.ParseCite(a.Key())
	return err == nil && !a.Deleted && strings.TrimSpace(a.Body()) != ""
}

func (w *Wanting) add(a *corpus.Article, drafts []Draft, want Want) {
	have := a.Lines()
	for _, d := range Of(drafts, a, Proposed) {
		have = append(have, d.Text)
	}
	switch {
	case len(have) >= want.Lines:
		w.Enough++
	case len(Of(drafts, a, Proposed, Apart)) > 0:
		w.Drafted++
	case !want.Retry && Drafted(drafts, a):
		w.Decided++
	case !want.Retry && len(Of(drafts, a, Failed)) > 0:
		w.Failed++
	case want.Limit > 0 && len(w.Requests) == want.Limit:
		w.Beyond++
	default:
		w.Requests = append(w.Requests, Request{a, have, want.Lines - len(have)})
	}
}
