package corpus

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// link fills the lookups of c and reports what only shows across files: ids,
// names and keys used twice, cites and references that lead nowhere. Contents
// that cannot be used are taken out, rules are not.
func (c *Corpus) link(rep *report) {
	c.linkRules(rep)
	c.resolveRefs(rep)
	c.checkContents(rep)
}

// linkRules fills the lookups of rules and articles. It returns the files of
// those that clash with one that comes before and so cannot be used; what was
// kept of a former reading comes last.
func (c *Corpus) linkRules(rep *report) (clashing set[string]) {
	c.byID, c.byName, c.byKey = map[string][]*Rule{}, map[string]*Rule{}, map[string]*Article{}
	for _, kept := range []bool{false, true} {
		for _, r := range c.Rules {
			switch {
			case r.kept != kept:
			case c.clashes(r, rep):
				clashing.add(r.File)
				rep.noRuleOf(r)
			default:
				c.byID[r.ID] = append(c.byID[r.ID], r)
				c.linkNames(r, rep)
			}
		}
	}
	for _, versions := range c.byID {
		slices.SortStableFunc(versions, func(a, b *Rule) int {
			if a.Repealed != b.Repealed {
				if b.Repealed {
					return -1
				}
				return 1
			}
			return strings.Compare(string(b.Effective), string(a.Effective))
		})
	}
	for _, r := range c.Rules {
		if c.linkArticles(r, rep) {
			clashing.add(r.File)
		}
	}
	return clashing
}

// clashes reports whether r has the id or a name of a rule that is linked.
func (c *Corpus) clashes(r *Rule, rep *report) bool {
	before := len(rep.errors)
	for _, other := range c.byID[r.ID] {
		switch {
		case other.Effective == r.Effective:
			rep.errorf(r.File, 1, "请删去其中一个，或改正它的 effective（同一部制度的旧版本施行日期不同）；不是同一部制度的，给其中一个换 id", "id %q 与 %s 重复", r.ID, other.File)
		case !other.Repealed && !r.Repealed:
			rep.errorf(r.File, 1, "请把旧版本的 status 改为 repealed", "id %q 有两个现行版本，另一个是 %s", r.ID, other.File)
		}
	}
	for _, name := range r.names() {
		if other := c.byName[name]; other != nil && (!r.plain || !other.plain) {
			rep.errorf(r.File, 1, "请改其中一个名称或别名", "名称「%s」与 %s 重复", name, other.File)
		}
	}
	return len(rep.errors) > before
}

// linkNames links the names of r. Of two plain texts of one name the newer has it.
func (c *Corpus) linkNames(r *Rule, rep *report) {
	for _, name := range r.names() {
		other := c.byName[name]
		if other != nil && other != r {
			rep.warnf(r.File, 1, "如是新旧两版，请把旧版移出制度库", "名称「%s」与 %s 重复", name, other.File)
			if other.Effective > r.Effective {
				continue
			}
		}
		c.byName[name] = r
	}
}

// names are what a rule in force is known by, normalized.
func (r *Rule) names() []string {
	if r.Repealed {
		return nil
	}
	names := []string{NormalizeTitle(r.Title)}
	for _, alias := range r.Aliases {
		names = append(names, NormalizeTitle(alias))
	}
	return names
}

// linkArticles gives the articles of r their keys. It reports whether one of
// them has the id of another, which only those that bring their own can.
func (c *Corpus) linkArticles(r *Rule, rep *report) (clash bool) {
	for _, a := range r.Articles {
		a.Refs = nil
		if !r.bulk {
			cite := Cite{Rule: r.ID, Number: a.Number}
			if c.RuleByID(r.ID) != r {
				cite.Effective = r.Effective
			}
			a.key = cite.String()
		}
		if other := c.byKey[a.key]; other != nil {
			if r.bulk {
				rep.errorf(r.File, a.Line, "请给其中一条换 id", "id %q 与%s重复", a.key, otherPlace(r, other))
				clash = true
			}
			continue // in a rule file the number was reported already
		}
		c.byKey[a.key] = a
	}
	return clash
}

// otherPlace is where other stands, as seen from r's file.
func otherPlace(r *Rule, other *Article) string {
	if other.Rule.File == r.File {
		return fmt.Sprintf("第 %d 行", other.Line)
	}
	return fmt.Sprintf(" %s 第 %d 行", other.Rule.File, other.Line)
}

// checkSynonyms warns of words that are in two groups: the first counts.
func (c *Corpus) checkSynonyms(rep *report) {
	groups := map[string]Synonyms{}
	for _, g := range c.Synonyms {
		for _, w := range g.Words {
			first, twice := groups[w]
			switch {
			case !twice:
				groups[w] = g
			case first.File == g.File:
				rep.warnf(g.File, g.Line, "请把两行并成一行，或删去一处", "「%s」第 %d 行已经有了，这里的不算", w, first.Line)
			default:
				rep.warnf(g.File, g.Line, "请把两行并成一行，或删去一处", "「%s」%s 第 %d 行已经有了，这里的不算", w, first.File, first.Line)
			}
		}
	}
}

// checkContents takes out what has the id of another or cites what is not there.
func (c *Corpus) checkContents(rep *report) {
	c.checkSynonyms(rep)
	ids := map[string]string{}
	sound := func(item any, kind, id, file string, line, citesLine int, cites []Cite) bool {
		ok := true
		if other, twice := ids[kind+id]; twice {
			rep.errorf(file, line, "请换一个 id", "%s id %q 与 %s 重复", kind, id, other)
			rep.told.add(item)
			ok = false
		}
		ids[kind+id] = file
		for _, cite := range cites {
			if c.Resolve(cite) != nil {
				continue
			}
			ok = false
			if !rep.unread[cite.Rule] {
				rep.errorf(file, citesLine, "请改正条号，或补上那一条", "引用 %s 找不到对应的条", cite)
				rep.told.add(item)
			}
		}
		return ok
	}
	c.Stories = only(c.Stories, func(s *Story) bool {
		return sound(s, "故事", s.ID, s.File, s.idLine, s.citesLine, s.Cites)
	})
	c.Notices = only(c.Notices, func(n *Notice) bool {
		return sound(n, "提醒", n.ID, n.File, n.idLine, n.citesLine, n.Cites)
	})
	c.Books = only(c.Books, func(b *Book) bool { return sound(b, "荐书", b.ID, b.File, b.idLine, 0, nil) })
	c.Cases = only(c.Cases, func(k *Case) bool { return sound(k, "案例", k.ID, k.File, k.idLine, k.citesLine, k.Cites) })
	c.Questions = only(c.Questions, func(q *Question) bool { return sound(q, "题", q.ID, q.File, q.Line, q.Line, q.Cites) })
}

// only is a new list of those that fit.
func only[T any](list []T, fits func(T) bool) (kept []T) {
	for _, item := range list {
		if fits(item) {
			kept = append(kept, item)
		}
	}
	return kept
}

// sortRules orders rules as a reader expects them: by document number's
// natural order where files share one category, the files' order otherwise.
func (c *Corpus) sortRules() {
	order := map[string]int{}
	for _, r := range c.Rules {
		if _, ok := order[r.Category]; !ok || documentOrder(r) < order[r.Category] {
			order[r.Category] = documentOrder(r)
		}
	}
	slices.SortStableFunc(c.Rules, func(a, b *Rule) int {
		return cmp.Or(
			cmp.Compare(order[a.Category], order[b.Category]),
			strings.Compare(a.Category, b.Category),
			cmp.Compare(documentOrder(a), documentOrder(b)),
		)
	})
}

// documentOrder is the serial number in 示例〔2026〕12号; rules without one come last.
func documentOrder(r *Rule) int {
	m := serialPattern.FindStringSubmatch(r.Document)
	if m == nil {
		return MaxNumeral
	}
	n, _ := ParseNumeral(m[1])
	return n
}
