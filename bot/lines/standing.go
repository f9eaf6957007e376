package lines

import (
	"cmp"
	"slices"

	"lianwen/corpus"
)

// Enough is how many lines an article should have: fewer are thin. People ask for one
// thing in more ways than anybody thinks of at once.
const Enough = 5

// Thin reports whether an article has fewer lines than it should.
func Thin(a *corpus.Article) bool { return len(a.Lines()) < Enough }

// Standing is how far the lines of a rule are.
type Standing struct {
	Rule      *corpus.Rule
	Articles  int // with a number and words
	WithLines int // articles that have any
	Thin      int // articles that have too few
	Decided   int // … of those, articles whose drafts were decided on and were too few
	Lines     int // that answer
	Waiting   int // drafts for a person to look at
	Apart     int // drafts set apart
	Failed    int // articles for which nothing could be made
	Suspended int // lines whose article has changed, or is gone
}

// ForPerson is how many lines a person can decide on now, those set apart among them.
func (s Standing) ForPerson() int { return s.Waiting + s.Apart + s.Suspended }

// Standings are how far rules of a library are, where a person can do most for the bot
// first: what waits for a decision, then what is thin.
func (s *Store) Standings(c *corpus.Corpus, rules []*corpus.Rule) ([]Standing, error) {
	var out []Standing
	for _, r := range rules {
		drafts, err := s.Drafts(r.ID)
		if err != nil {
			return nil, err
		}
		st := Standing{Rule: r}
		for _, a := range Articles(r) {
			st.add(a, drafts)
		}
		for _, w := range c.Suspended {
			if w.Rule == r.ID {
				st.Suspended += len(w.Lines)
			}
		}
		out = append(out, st)
	}
	slices.SortStableFunc(out, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(b.ForPerson(), a.ForPerson()), cmp.Compare(b.Thin, a.Thin))
	})
	return out, nil
}

func (s *Standing) add(a *corpus.Article, drafts []Draft) {
	n := len(a.Lines())
	s.Articles, s.Lines = s.Articles+1, s.Lines+n
	if n > 0 {
		s.WithLines++
	}
	if Thin(a) {
		s.Thin++
		if Decided(drafts, a) {
			s.Decided++
		}
	}
	s.Waiting += len(Of(drafts, a, Proposed))
	s.Apart += len(Of(drafts, a, Apart))
	if len(Of(drafts, a, Failed)) > 0 && !Drafted(drafts, a) {
		s.Failed++
	}
}

// Articles are the articles of a rule that lines can be approved for.
func Articles(r *corpus.Rule) []*corpus.Article {
	var out []*corpus.Article
	for _, a := range r.Articles {
		if !a.Deleted && a.Number != (corpus.Number{}) {
			out = append(out, a)
		}
	}
	return out
}
