package admin

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"lianwen/bot"
	"lianwen/corpus"
)

// articleView is an article as it is quoted, with what belongs to it.
type articleView struct {
	*corpus.Article
	Words []word
	Asked []string // how people ask for it
	Path  string   // its own page; "" none
	Lines string   // where its lines are edited; "" they cannot be
}

// word is a piece of an article's text: all of them are the text, byte for byte.
type word struct {
	Text  string
	Href  string // where a reference leads; "" nowhere
	Label bool   // the article's own number
}

// viewOf puts an article into words, for somebody who may edit or not.
func viewOf(a *corpus.Article, edit bool) articleView {
	v := articleView{Article: a, Words: wordsOf(a), Asked: a.Lines(), Path: articlePath(a)}
	if edit && v.Path != "" && !a.Rule.Repealed && !a.Deleted && !strings.ContainsAny(a.Rule.ID, `/\`) {
		v.Lines = "/rules/" + url.PathEscape(a.Rule.ID) + "/" + a.Number.String() + "/lines"
	}
	return v
}

// wordsOf divides an article's text where references and its number are.
func wordsOf(a *corpus.Article) (words []word) {
	at := 0
	if strings.HasPrefix(a.Text, a.Label) && a.Label != "" {
		at = len(a.Label)
		words = append(words, word{Text: a.Label, Href: articlePath(a), Label: true})
	}
	for _, ref := range a.Refs {
		i := strings.Index(a.Text[at:], ref.Text)
		if i < 0 || ref.Target == nil {
			continue
		}
		if i > 0 {
			words = append(words, word{Text: a.Text[at : at+i]})
		}
		words = append(words, word{Text: ref.Text, Href: articlePath(ref.Target)})
		at += i + len(ref.Text)
	}
	if at < len(a.Text) {
		words = append(words, word{Text: a.Text[at:]})
	}
	return words
}

// articlePage is what the page of one article shows.
type articlePage struct {
	articleView
	Status       string
	RulePath     string
	Before, Next *articleView
	CitedBy      []articleView
	Older        []versionLink // the article in other versions of the rule
}

func (s *Server) showArticle(w http.ResponseWriter, r *http.Request) error {
	c, rule, release, err := s.ruleOf(r)
	if err != nil {
		return err
	}
	defer release()
	a, err := articleOf(rule, r.PathValue("number"))
	if err != nil {
		return err
	}
	p := articlePage{articleView: viewOf(a, mayEdit(r)), Status: status(rule), RulePath: rulePath(rule), CitedBy: citedBy(c, a)}
	for step, to := range map[int]**articleView{-1: &p.Before, 1: &p.Next} {
		if n := a.Neighbour(step); n != nil {
			v := viewOf(n, false)
			*to = &v
		}
	}
	for _, v := range versionsOf(c, rule) {
		if o := v.Rule.Article(a.Number); o != nil && !v.Here {
			p.Older = append(p.Older, versionLink{Rule: v.Rule, Href: articlePath(o)})
		}
	}
	return s.render(w, r, "article", a.Citation(), p)
}

// articleOf is the article of a rule that an address names.
func articleOf(rule *corpus.Rule, number string) (*corpus.Article, error) {
	if n, part, ok := corpus.ParsePlace(number); ok && part == (corpus.Part{}) {
		if a := rule.Article(n); a != nil {
			return a, nil
		}
	}
	return nil, bot.NotFound.Sayf("《%s》没有这一条。请从制度的目录进入。", rule.Title)
}

// citedBy are the articles in force that refer to one. A library has some thousand
// articles with a reference each at most; articles in bulk have none.
func citedBy(c *corpus.Corpus, a *corpus.Article) (list []articleView) {
	for _, r := range c.Rules {
		if r.Repealed {
			continue
		}
		for _, other := range r.Articles {
			if other != a && slices.ContainsFunc(other.Refs, func(ref corpus.Ref) bool { return ref.Target == a }) {
				list = append(list, viewOf(other, false))
			}
		}
	}
	return list
}
