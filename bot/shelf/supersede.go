package shelf

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"

	"lianwen/corpus"
	"lianwen/corpus/convert"
)

// returning settles a paper whose rule the library has only as repealed.
func (w *planner) returning(e entry, versions []*corpus.Rule) {
	r := e.Rule
	r.ID = versions[0].ID
	for _, v := range versions {
		if v.Effective == r.Effective || corpus.Compare(v, r).Empty() {
			e.keep("制度库里有这一版（%s），标为废止；要重新用它，请撤回废止（网页的“变动”，或 lianwen library undo），或把它的 status 改为 in-force", v.File)
			return
		}
	}
	if e.file = rulesDir + "/" + r.ID + ".md"; w.exists(e.file) {
		e.file = versionFile(e.file, r.Effective)
	}
}

// supersede settles a paper whose rule is in force.
func (w *planner) supersede(e entry, versions []*corpus.Rule) {
	old, r := e.Old, e.Rule
	if r.Effective != "" && r.Effective < old.Effective {
		for _, v := range versions {
			if v.Effective == r.Effective && corpus.Compare(v, r).Empty() {
				r.ID = v.ID
				e.keep("是旧版，制度库里已有（%s）", v.File)
				return
			}
		}
		w.archive(e, old)
		return
	}
	for _, v := range versions {
		if v != old && v.Effective == r.Effective && r.Effective != "" {
			e.refuse("制度库里有这一版（%s），标为废止；要重新用它，请把它的 status 改为 in-force，把现行的改为 repealed", v.File)
			return
		}
	}
	r.ID, e.file = old.ID, old.File
	e.Comparison = corpus.Compare(old, r)
	e.Facts = changedFacts(old, r)
	if e.Action = w.action(e.Draft); e.Action == Keep {
		return
	}
	if _, _, removed, _, same := e.Comparison.Counts(); !w.replace && Articles(old) > 3 && (removed > Articles(old)/2 || r.Numbering != old.Numbering && same == 0) {
		e.refuse("和现行的差别太大（删去 %d 条，共 %d 条），多半是修改决定或印发通知，不是全文。确实要换，请选“和现行的差别很大也换上”（命令行加 --replace）", removed, Articles(old))
		return
	}
	inherit(e.Draft)
}

// changedFacts says what a paper gives otherwise than the version in force.
func changedFacts(old, r *corpus.Rule) []string {
	var out []string
	fact := func(what, was, is string) {
		if is != "" && is != was {
			out = append(out, fmt.Sprintf("%s：%s → %s", what, cmp.Or(was, "无"), is))
		}
	}
	fact("名称", old.Title, r.Title)
	fact("文号", old.Document, r.Document)
	fact("印发", string(old.Issued), string(r.Issued))
	fact("施行", string(old.Effective), string(r.Effective))
	return out
}

// action tells a new version from a correction of the one that is there: a new
// version says so by the day it takes effect, or by its number.
func (w *planner) action(d *Draft) Action {
	old, r := d.Old, d.Rule
	same := d.Comparison.Empty()
	switch {
	case same && len(d.Facts) == 0:
		return Keep
	case r.Effective > old.Effective && (old.Effective != "" || !same):
		return Revise
	case r.Effective == "" && r.Document != "" && r.Document != old.Document && !same:
		for _, day := range []corpus.Date{r.Issued, w.shelf.today()} {
			if day > old.Effective {
				r.Effective = day
				return Revise
			}
		}
	}
	r.Effective = cmp.Or(r.Effective, old.Effective)
	return Correct
}

// inherit gives a new version what staff have written about the old one: about the
// rule, and about the articles whose words did not change.
func inherit(d *Draft) {
	old, r := d.Old, d.Rule
	r.Category, r.Contact = cmp.Or(old.Category, r.Category), cmp.Or(r.Contact, old.Contact)
	r.Internal = r.Internal || old.Internal
	r.Document, r.Issued = cmp.Or(r.Document, old.Document), cmp.Or(r.Issued, old.Issued)
	for _, alias := range old.Aliases {
		if !slices.Contains(r.Aliases, alias) {
			r.Aliases = append(r.Aliases, alias)
		}
	}
	lost := 0
	for _, a := range old.Articles {
		next := d.Comparison.Successor(a)
		if next == nil {
			if a.Heading != "" || len(a.AskedAs) > 0 {
				lost++
			}
			continue
		}
		next.Heading = cmp.Or(next.Heading, a.Heading)
		inheritLines(a, next)
	}
	if lost > 0 {
		d.Doubts = append(d.Doubts, fmt.Sprintf("有 %d 条改了或删了，原来给它写的条旨、问法没有跟过来，旧版里还有", lost))
	}
	if n := suspends(old, r); n > 0 {
		d.Doubts = append(d.Doubts, fmt.Sprintf("有 %d 条改了或删了，批准过的问法先不用。导入以后请到网页的“问法草稿”再批准，或运行 lianwen lines approve %s", n, old.ID))
	}
}

// suspends is how many articles with approved lines have no words in a new version that
// these would go with.
func suspends(old, next *corpus.Rule) int {
	words := map[string]bool{}
	for _, a := range next.Articles {
		words[a.WordsDigest()] = true
	}
	n := 0
	for _, a := range old.Articles {
		if len(a.Approved) > 0 && !words[a.WordsDigest()] {
			n++
		}
	}
	return n
}

// inheritLines gives an article the asked-as lines of one with the same words, those
// of a paragraph or an item to the same, where it has one.
func inheritLines(a, next *corpus.Article) {
	add := func(to *[]string, lines []string) {
		for _, line := range lines {
			if !slices.Contains(*to, line) {
				*to = append(*to, line)
			}
		}
	}
	add(&next.AskedAs, a.AskedAs)
	for i := range a.Paragraphs {
		from := &a.Paragraphs[i]
		k := slices.IndexFunc(next.Paragraphs, func(p corpus.Paragraph) bool { return corpus.SameWords(p.Text, from.Text) })
		if k < 0 {
			continue
		}
		to := &next.Paragraphs[k]
		add(&to.AskedAs, from.AskedAs)
		for n := range min(len(from.Items), len(to.Items)) {
			add(&to.Items[n].AskedAs, from.Items[n].AskedAs)
		}
	}
}

var (
	repealClause = regexp.MustCompile(`《([^《》]{2,60})》(?:（[^（）]*）)?[^。；]{0,30}(?:同时|予以|即行)?废止`)
)

// doubts are what a person should look at: how the file was read, days that were not
// found, rules that this one may take the place of.
func (d *Draft) doubts(p *Paper, have *corpus.Corpus, today corpus.Date) {
	r := d.Rule
	for _, n := range p.Notes {
		if n.Kind == convert.Doubt {
			d.Doubts = append(d.Doubts, n.What)
		}
	}
	if r.Effective > today {
		d.Doubts = append(d.Doubts, fmt.Sprintf("%s 才施行，导入以后就按它回答；还要按旧版回答的，请到时再导入", r.Effective.Chinese()))
	}
	if r.Effective == "" {
		d.Doubts = append(d.Doubts, "没有认出施行日期")
	}
	if have == nil {
		return
	}
	texts := map[string]bool{}
	for _, a := range r.Articles {
		texts[a.Body()] = true
		for _, m := range repealClause.FindAllStringSubmatch(a.Text, -1) {
			if other := have.RuleByName(m[1]); other != nil && other != d.Old {
				d.Doubts = append(d.Doubts, fmt.Sprintf("它废止了《%s》，制度库里那一部还是现行：导入以后请到网页的“制度”把它标为废止，或运行 lianwen library repeal %s", other.Title, other.ID))
			}
		}
	}
	rules, _ := have.RulesInForce()
	for _, other := range rules {
		same := 0
		for _, a := range other.Articles {
			if texts[a.Body()] {
				same++
			}
		}
		if other != d.Old && same > 2 && same*2 > len(other.Articles) {
			d.Doubts = append(d.Doubts, fmt.Sprintf("有 %d 条和《%s》一样，是不是同一部改了名称？旧的要标为废止：lianwen library repeal %s", same, other.Title, other.ID))
		}
	}
}
