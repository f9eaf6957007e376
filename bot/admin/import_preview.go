package admin

import (
	"net/http"
	"slices"
	"strconv"

	"lianwen/bot"
	"lianwen/bot/shelf"
	"lianwen/corpus"
	"lianwen/corpus/convert"
)

// previewView is what the page of a preview shows.
type previewView struct {
	Job, Summary        string
	Writes              int
	Papers              []paperView
	Faults              corpus.Problems // of the library as it is
	Simplified, Replace bool
}

// paperView is one paper.
type paperView struct {
	*shelf.Paper
	Notes  []convert.Note // what came in besides the words, or did not
	Doubts []convert.Note // where it may not have been read as it stands
	Drafts []ruleDraft
	Left   corpus.Problems // what was not taken up, where it stood
}

// ruleDraft is one rule of a paper as it would stand.
type ruleDraft struct {
	*shelf.Draft
	Number          int // among all of the preview
	Path            string
	Facts, Contents string
	Changed         []string // of what it says of itself
	Doubts          []string
	Compared        *comparison
	Long            bool // its changes are many: they are on its own page
}

// inline is how many articles that changed are shown in a preview, of one rule.
const inline = 60

func (s *Server) showPreview(w http.ResponseWriter, r *http.Request) error {
	p, err := s.previewOf(r)
	if err != nil {
		return err
	}
	v := previewOfPlan(p.plan, r.PathValue("job"))
	v.Simplified, v.Replace = p.Options.Simplified, p.Replace
	return s.render(w, r, "importpreview", "导入预览", v)
}

// previewOfPlan puts a plan into words.
func previewOfPlan(plan *shelf.Plan, job string) previewView {
	sum := shelf.Summarize(plan.Papers)
	v := previewView{Job: job, Summary: sum.Sentence(), Writes: sum.Writes(), Faults: plan.Faults}
	n := 0
	for _, paper := range plan.Papers {
		one := paperView{Paper: paper, Left: paper.Found.Hints}
		for _, note := range paper.Notes {
			if note.Kind == convert.Doubt {
				one.Doubts = append(one.Doubts, note)
			} else {
				one.Notes = append(one.Notes, note)
			}
		}
		for _, d := range paper.Drafts {
			n++
			draft := draftOf(d, v.Job, n)
			draft.Doubts = slices.DeleteFunc(draft.Doubts, func(doubt string) bool { // said of the paper, with their place
				return slices.ContainsFunc(one.Doubts, func(note convert.Note) bool { return note.What == doubt })
			})
			one.Drafts = append(one.Drafts, draft)
		}
		v.Papers = append(v.Papers, one)
	}
	return v
}

// draftOf puts a draft into words.
func draftOf(d *shelf.Draft, job string, number int) ruleDraft {
	v := ruleDraft{Draft: d, Number: number, Path: "/import/" + job + "/" + strconv.Itoa(number), Changed: d.Facts, Doubts: slices.Clone(d.Doubts), Contents: shelf.Contents(d.Rule)}
	for i, fact := range shelf.Facts(d.Rule) {
		if i > 0 {
			v.Facts += "，"
		}
		v.Facts += fact
	}
	if d.Comparison == nil || !d.Action.Writes() || d.Comparison.Empty() {
		return v
	}
	changed, added, removed, renumbered, _ := d.Comparison.Counts()
	if v.Long = changed+added+removed+renumbered > inline; !v.Long {
		v.Compared = compare(d.Comparison)
	}
	return v
}

// Writes reports whether publishing would write it.
func (d ruleDraft) Writes() bool { return d.Action.Writes() }

// Refused reports whether it cannot come in.
func (d ruleDraft) Refused() bool { return d.Action == shelf.Refuse }

// ruleDraftPage is what the page of one rule of a preview shows.
type ruleDraftPage struct {
	ruleDraft
	Job      string
	Sections []section
	Whole    *comparison
}

// showDraft shows the whole text of a rule as it would stand, by itself or in the place
// of a preview where it is unfolded.
func (s *Server) showRuleDraft(w http.ResponseWriter, r *http.Request) error {
	p, err := s.previewOf(r)
	if err != nil {
		return err
	}
	number, n := formNumber(r.PathValue("rule")), 0
	for _, paper := range p.plan.Papers {
		for _, d := range paper.Drafts {
			if n++; n != number {
				continue
			}
			page := ruleDraftPage{ruleDraft: draftOf(d, r.PathValue("job"), n), Job: r.PathValue("job"), Sections: sectionsOf(d.Rule, 0, len(d.Rule.Articles), false)}
			if r.Header.Get("HX-Request") != "" {
				return s.partial(w, r, "ruledraft", "whole", page)
			}
			if d.Comparison != nil && d.Action.Writes() && !d.Comparison.Empty() {
				page.Whole = compare(d.Comparison)
			}
			return s.render(w, r, "ruledraft", "《"+d.Rule.Title+"》导入以后", page)
		}
	}
	return bot.NotFound.Sayf("预览里没有这一部。请回到预览。")
}
