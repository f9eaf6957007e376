package corpus

import (
	"fmt"
	"hash"
	"maps"
	"slices"
	"strings"
)

// settle checks what only shows across files and takes out what cannot be used,
// so that the rest can. In the place of a rule that its file no longer gives
// comes the one of prev, if there is a prev and it had one.
//
// Everything is looked at twice: at first all of it, so that whatever is wrong
// is said at once, and then what is sound by itself, so that nothing of it rests
// on what is not.
func (c *Corpus) settle(prev *Corpus, digest hash.Hash, rep *report) {
	c.sortRules()
	spoilt := set[string]{maps.Clone(rep.out.in)} // by what stands in a file itself
	all := *c
	all.link(rep)
	if len(rep.errors) == 0 {
		*c = all
		return
	}
	c.dropUnsound(spoilt, rep)
	quiet, kept := &report{unread: rep.unread}, set[string]{}
	for out, first := spoilt, true; first || len(out.in) > 0; first = false {
		c.Rules = only(c.Rules, func(r *Rule) bool {
			if out.has(r.File) {
				rep.noRuleOf(r)
			}
			return !out.has(r.File)
		})
		c.keep(prev, out, &kept)
		out = c.linkRules(quiet)
	}
	slices.SortStableFunc(c.Rules, func(a, b *Rule) int { return strings.Compare(a.File, b.File) }) // kept ones too
	c.sortRules()
	c.resolveRefs(quiet)
	before := *c
	c.checkContents(quiet)
	c.noteOrphans(&before, rep)
	c.noteLeftOut(prev, digest, rep)
}

// dropUnsound takes out the contents that are wrong by themselves.
func (c *Corpus) dropUnsound(spoilt set[string], rep *report) {
	c.Stories = only(c.Stories, func(s *Story) bool { return !spoilt.has(s.File) })
	c.Notices = only(c.Notices, func(n *Notice) bool { return !spoilt.has(n.File) })
	c.Books = only(c.Books, func(b *Book) bool { return !spoilt.has(b.File) })
	c.Cases = only(c.Cases, func(k *Case) bool { return !spoilt.has(k.File) })
	c.Questions = only(c.Questions, func(q *Question) bool { return !rep.unsound.has(q) })
	c.replies = only(c.replies, func(r *Reply) bool { return !rep.unsound.has(r) })
}

// keep adds the rules that prev has of these files, once. Prev answers questions
// while this is read, so they are copied.
func (c *Corpus) keep(prev *Corpus, files set[string], kept *set[string]) {
	if prev == nil {
		return
	}
	for _, r := range prev.Rules {
		if files.has(r.File) && !kept.has(r.File) {
			c.Rules = append(c.Rules, r.copied())
		}
	}
	for file := range files.in {
		kept.add(file)
	}
}

// copied is r as it was read, before it was linked.
func (r *Rule) copied() *Rule {
	rule := *r
	rule.kept, rule.Articles = true, make([]*Article, len(r.Articles))
	for i, a := range r.Articles {
		article := *a
		article.Rule, article.Refs, article.Approved = &rule, nil, nil
		rule.Articles[i] = &article
	}
	return &rule
}

// noteOrphans says in one warning how many contents went with the rules they
// cite: to name each would bury what is to be mended.
func (c *Corpus) noteOrphans(before *Corpus, rep *report) {
	var gone []string
	leftOut(&gone, before.Questions, c.Questions, "道题", rep)
	leftOut(&gone, before.Stories, c.Stories, "则故事", rep)
	leftOut(&gone, before.Notices, c.Notices, "则提醒", rep)
	leftOut(&gone, before.Cases, c.Cases, "例案例", rep)
	if len(gone) > 0 {
		rep.warnf(".", 0, "制度改好以后会重新用上", "有 %s引用了没有用上的制度，也没有用上", strings.Join(gone, "、"))
	}
}

// leftOut adds how many of the contents that were not told of are gone.
func leftOut[T comparable](list *[]string, before, now []T, unit string, rep *report) {
	there, gone := set[T]{}, 0
	for _, item := range now {
		there.add(item)
	}
	for _, item := range before {
		if !there.has(item) && !rep.told.has(item) {
			gone++
		}
	}
	if gone > 0 {
		*list = append(*list, fmt.Sprintf("%d %s", gone, unit))
	}
}

// noteLeftOut names the files that are not used and those whose former rules
// are. What the corpus holds depends on these too, and so does its digest.
func (c *Corpus) noteLeftOut(prev *Corpus, digest hash.Hash, rep *report) {
	served, kept := set[string]{}, set[string]{}
	for _, r := range c.Rules {
		if r.kept {
			kept.add(r.File)
		} else {
			served.add(r.File)
		}
	}
	c.LeftOut = only(slices.Sorted(maps.Keys(rep.out.in)), func(file string) bool { return !served.has(file) })
	c.Kept = slices.Sorted(maps.Keys(kept.in))
	for _, file := range c.Kept {
		c.sums[file] = prev.sums[file]
		fmt.Fprintf(digest, "kept %q %x\n", file, c.sums[file])
	}
}
