package admin

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"lianwen/bot/lines"
	"lianwen/corpus"
)

// counted is what a rule of a library comes to.
type counted struct {
	*corpus.Rule
	Numbered, Asked, Thin int // articles, lines, articles with too few lines
	Problems, Older       int
	names                 string // what it is found by
}

// tree is the rules of a library in the order of the page. It is made once for a
// library: to count the lines of one with tens of thousands of articles takes a while.
type tree struct {
	mu     sync.Mutex
	digest string
	rules  []counted
}

// of is the rules of a library.
func (t *tree) of(c *corpus.Corpus) []counted {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.digest != c.Digest || t.rules == nil {
		t.digest, t.rules = c.Digest, count(c)
	}
	return t.rules
}

// count counts, and puts those in force first, by their categories in the order in
// which these come.
func count(c *corpus.Corpus) []counted {
	problems, categories := map[string]int{}, map[string]int{}
	for _, p := range slices.Concat(c.Faults, c.Warnings) {
		problems[p.File]++
	}
	rules := []counted{}
	versions := map[string]int{}
	for _, r := range c.Rules {
		versions[r.ID]++
		if c.RuleByID(r.ID) != r {
			continue
		}
		if _, ok := categories[r.Category]; !ok {
			categories[r.Category] = len(categories)
		}
		one := counted{Rule: r, Problems: problems[r.File], names: strings.ToLower(strings.Join(append([]string{r.ID, r.Title, r.Document, r.Contact, r.Category}, r.Aliases...), "\n"))}
		for _, a := range lines.Articles(r) {
			one.Numbered++
			one.Asked += len(a.Lines())
			if !r.Repealed && lines.Thin(a) {
				one.Thin++
			}
		}
		rules = append(rules, one)
	}
	for i := range rules {
		rules[i].Older = versions[rules[i].ID] - 1
	}
	slices.SortStableFunc(rules, func(a, b counted) int {
		if a.Repealed != b.Repealed {
			if b.Repealed {
				return -1
			}
			return 1
		}
		return cmp.Compare(categories[a.Category], categories[b.Category])
	})
	return rules
}

// rulesOf is how many rules the page shows at a time.
const rulesOf = 100

// treeView is what the page of all rules shows.
type treeView struct {
	Query    string
	InForce  []group
	Gone     []group
	Found    int
	Pages    []pageLink
	Rules    int // in force
	Articles int
	Repealed int
	Sample   bool // of the rules in force, some are the sample's
	Fixed    bool // nothing can be changed here
	Empty    bool
	Bulk     bool
	Waiting  int // lines for a person to decide on
	Faults   corpus.Problems
	Hints    int // problems that keep nothing from being used
	Fresh    bool
}

// group is rules of a category.
type group struct {
	Name  string
	Rules []ruleRow
}

// ruleRow is a rule and what of it waits for a person.
type ruleRow struct {
	counted
	Path    string
	Waiting int
}

func (s *Server) showRules(w http.ResponseWriter, r *http.Request) error {
	c, release := s.Desk.Library()
	defer release()
	all := s.tree.of(c)
	v := treeView{Query: strings.TrimSpace(r.URL.Query().Get("q")), Fixed: s.Desk.Dir == "", Empty: len(c.Rules) == 0, Bulk: c.Bulk(), Faults: c.Faults, Hints: len(c.Warnings), Articles: c.ArticlesInForce()}
	found := all
	if v.Query != "" {
		key := strings.ToLower(v.Query)
		found = slices.DeleteFunc(slices.Clone(all), func(one counted) bool { return !strings.Contains(one.names, key) })
	}
	for _, one := range all {
		if one.Repealed {
			v.Repealed++
			continue
		}
		v.Rules++
		v.Sample = v.Sample || one.Sample
	}
	v.Found = len(found)
	here := min(max(1, formNumber(r.URL.Query().Get("page"))), max(1, (len(found)+rulesOf-1)/rulesOf))
	for i := 0; len(found) > rulesOf && i*rulesOf < len(found); i++ {
		q := url.Values{"page": {strconv.Itoa(i + 1)}}
		if v.Query != "" {
			q.Set("q", v.Query)
		}
		v.Pages = append(v.Pages, pageLink{strconv.Itoa(i + 1), "/rules?" + q.Encode(), i+1 == here})
	}
	var err error
	if v.InForce, v.Gone, v.Waiting, err = s.groups(c, found[(here-1)*rulesOf:min(here*rulesOf, len(found))]); err != nil {
		return err
	}
	if v.Fresh, err = s.changedJustNow(); err != nil {
		return err
	}
	return s.render(w, r, "rules", "制度", v)
}

// groups puts rules under their categories, with what waits for a person.
func (s *Server) groups(c *corpus.Corpus, rules []counted) (inForce, gone []group, waiting int, err error) {
	plain := make([]*corpus.Rule, len(rules))
	for i, one := range rules {
		plain[i] = one.Rule
	}
	standings, err := s.Lines.Standings(c, plain)
	if err != nil {
		return nil, nil, 0, err
	}
	forPerson := map[*corpus.Rule]int{}
	for _, st := range standings {
		forPerson[st.Rule] = st.ForPerson()
		waiting += st.ForPerson()
	}
	for _, one := range rules {
		list := &inForce
		if one.Repealed {
			list = &gone
		}
		if n := len(*list); n == 0 || (*list)[n-1].Name != one.Category {
			*list = append(*list, group{Name: one.Category})
		}
		last := &(*list)[len(*list)-1]
		last.Rules = append(last.Rules, ruleRow{one, "/rules/" + url.PathEscape(one.ID), forPerson[one.Rule]})
	}
	return inForce, gone, waiting, nil
}

// freshFor is how long the index may take to follow the library.
const freshFor = time.Minute

// changedJustNow reports whether the library was changed so shortly ago that what is
// answered may not be from it yet.
func (s *Server) changedJustNow() (bool, error) {
	log, err := s.Desk.Publications("")
	if err != nil || len(log) == 0 {
		return false, err
	}
	return s.Desk.Now().Sub(log[len(log)-1].At) < freshFor, nil
}

// formNumber is a number that came with an address; 0 when it is none.
func formNumber(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
