package corpus

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// link fills the lookups of c and reports what only shows across files: ids,
// names and keys used twice, cites and references that lead nowhere.
func (c *Corpus) link(rep *report) {
	c.linkRules(rep)
	c.linkArticles(rep)
	c.resolveRefs(rep)
	c.checkContents(rep)
}

func (c *Corpus) linkRules(rep *report) {
	c.byID, c.byName = map[string][]*Rule{}, map[string]*Rule{}
	for _, r := range c.Rules {
		for _, other := range c.byID[r.ID] {
			switch {
			case other.Effective == r.Effective:
				rep.errorf(r.File, 1, "请给其中一个换 id（旧版本应有不同的 effective）", "id %q 与 %s 重复", r.ID, other.File)
			case !other.Repealed && !r.Repealed:
				rep.errorf(r.File, 1, "请把旧版本的 status 改为 repealed", "id %q 有两个现行版本，另一个是 %s", r.ID, other.File)
			}
		}
		c.byID[r.ID] = append(c.byID[r.ID], r)
		if r.Repealed {
			continue
		}
		for _, name := range append([]string{r.Title}, r.Aliases...) {
			name = NormalizeTitle(name)
			other := c.byName[name]
			if other != nil && other != r {
				if !r.plain || !other.plain {
					rep.errorf(r.File, 1, "请改其中一个名称或别名", "名称「%s」与 %s 重复", name, other.File)
					continue
				}
				rep.warnf(r.File, 1, "如是新旧两版，请把旧版移出制度库", "名称「%s」与 %s 重复", name, other.File)
				if other.Effective > r.Effective {
					continue
				}
			}
			c.byName[name] = r
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
}

func (c *Corpus) linkArticles(rep *report) {
	c.byKey = map[string]*Article{}
	for _, r := range c.Rules {
		for _, a := range r.Articles {
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
				}
				continue // in a rule file the number was reported already
			}
			c.byKey[a.key] = a
		}
	}
}

// otherPlace is where other stands, as seen from r's file.
func otherPlace(r *Rule, other *Article) string {
	if other.Rule.File == r.File {
		return fmt.Sprintf("第 %d 行", other.Line)
	}
	return fmt.Sprintf(" %s 第 %d 行", other.Rule.File, other.Line)
}

func (c *Corpus) checkContents(rep *report) {
	ids := map[string]string{}
	check := func(kind, id, file string, line, citesLine int, cites []Cite) {
		if other, ok := ids[kind+id]; ok {
			rep.errorf(file, line, "请换一个 id", "%s id %q 与 %s 重复", kind, id, other)
		}
		ids[kind+id] = file
		for _, cite := range cites {
			if c.Resolve(cite) == nil && !rep.unread[cite.Rule] {
				rep.errorf(file, citesLine, "请改正条号，或补上那一条", "引用 %s 找不到对应的条", cite)
			}
		}
	}
	for _, s := range c.Stories {
		check("故事", s.ID, s.File, s.idLine, s.citesLine, s.Cites)
	}
	for _, n := range c.Notices {
		check("提醒", n.ID, n.File, n.idLine, n.citesLine, n.Cites)
	}
	for _, b := range c.Books {
		check("荐书", b.ID, b.File, b.idLine, 0, nil)
	}
	for _, k := range c.Cases {
		check("案例", k.ID, k.File, k.idLine, k.citesLine, k.Cites)
	}
	for _, q := range c.Questions {
		check("题", q.ID, q.File, q.Line, q.Line, q.Cites)
	}
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
