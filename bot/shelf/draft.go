package shelf

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lianwen/corpus"
)

// Action is what publishing a draft does to the library.
type Action int

// The actions.
const (
	Add     Action = iota // a rule that was not there
	Revise                // a new version; the old one is kept as repealed
	Correct               // other words, or other facts, for the version that is there
	Archive               // an older version than the one in force, kept as repealed
	Keep                  // the library has it as it is
	Refuse                // it cannot come in; Why says why
)

// String is the action in a word.
func (a Action) String() string {
	return [...]string{Add: "新增", Revise: "修订", Correct: "更正", Archive: "存为旧版", Keep: "未变", Refuse: "不能导入"}[a]
}

// Writes reports whether publishing the draft writes anything.
func (a Action) Writes() bool { return a != Keep && a != Refuse }

// Draft is one rule of a paper as it would be published.
type Draft struct {
	Rule       *corpus.Rule
	Old        *corpus.Rule       // the version in force it takes the place of; nil for a new rule
	Comparison *corpus.Comparison // with Old, where it takes its place
	Action     Action
	Why        string   // of Refuse and Keep, when there is something to say
	Facts      []string // what of title, number and days is not as it was
	Doubts     []string // what a person should look at in the paper
	file, text string   // what is to be written
}

// Plan is what importing papers would do to a library.
type Plan struct {
	Papers []*Paper
	Faults corpus.Problems // of the library as it is
	stamp  string          // of the library when it was looked at
}

// Plan works out what publishing papers would do. Nothing is written. replace allows
// a paper to take the place of a rule it has little in common with.
func (s *Shelf) Plan(papers []*Paper, replace bool) (*Plan, error) {
	if err := s.folder(); err != nil {
		return nil, err
	}
	stamp, err := s.stamp()
	if err != nil {
		return nil, err
	}
	have, err := s.Library()
	if err != nil {
		return nil, err
	}
	plan := &Plan{Papers: papers, stamp: stamp}
	w := &planner{shelf: s, have: have, replace: replace, taken: map[string]bool{}}
	if have != nil {
		plan.Faults = have.Faults
		for _, r := range have.Rules {
			w.taken[r.ID] = true
		}
	}
	for _, group := range byTitle(papers) {
		w.group(group)
	}
	return plan, nil
}

// entry is a draft and its paper.
type entry struct {
	*Draft
	paper *Paper
}

// byTitle makes the drafts of papers; those of one title stand together, the one
// that takes effect last first.
func byTitle(papers []*Paper) [][]entry {
	var groups [][]entry
	at := map[string]int{}
	for _, p := range papers {
		p.Drafts = nil
		if p.Problem != "" {
			continue
		}
		for _, r := range p.Found.Rules {
			d := &Draft{Rule: r}
			p.Drafts = append(p.Drafts, d)
			title := corpus.NormalizeTitle(r.Title)
			i, ok := at[title]
			if !ok {
				i, at[title] = len(groups), len(groups)
				groups = append(groups, nil)
			}
			groups[i] = append(groups[i], entry{d, p})
		}
	}
	for _, g := range groups {
		slices.SortStableFunc(g, func(a, b entry) int { return strings.Compare(string(b.Rule.Effective), string(a.Rule.Effective)) })
	}
	return groups
}

// planner settles drafts against the library.
type planner struct {
	shelf   *Shelf
	have    *corpus.Corpus // nil: there is none yet
	replace bool
	taken   map[string]bool // ids
}

// group settles the papers of one title: the latest as the rule, those before it as
// its older versions.
func (w *planner) group(g []entry) {
	first := g[0]
	w.settle(first)
	for _, e := range g[1:] {
		r := e.Rule
		switch {
		case corpus.Compare(first.Rule, r).Empty() && (r.Effective == "" || r.Effective == first.Rule.Effective):
			e.keep("与 %s 相同", filepath.Base(first.paper.File))
		case r.Effective == "" || r.Effective == first.Rule.Effective || first.Action == Refuse:
			e.refuse("这一批里另有一份《%s》（%s），看不出哪份在先，请只留一份再导入", r.Title, filepath.Base(first.paper.File))
		default:
			w.archive(e, first.Rule)
		}
	}
}

func (d *Draft) refuse(format string, args ...any) {
	d.Action, d.Why = Refuse, fmt.Sprintf(format, args...)
}

func (d *Draft) keep(format string, args ...any) {
	d.Action, d.Why = Keep, fmt.Sprintf(format, args...)
}

// settle decides what a draft is to the library, and composes its file.
func (w *planner) settle(e entry) {
	r := e.Rule
	versions := w.versions(r.Title)
	e.Old = inForce(versions)
	e.doubts(e.paper, w.have, w.shelf.today())
	if other := w.named(r.Title); other != nil && !slices.Contains(versions, other) {
		e.refuse("《%s》是制度库里《%s》的别名，请先改其中一个的名称或别名", r.Title, other.Title)
		return
	}
	switch old := e.Old; {
	case old == nil && len(versions) > 0:
		w.returning(e, versions)
	case old == nil:
		w.add(e)
	case r.Repealed:
		e.refuse("纸上写着已废止。要把库里的《%s》标为废止，请到网页的“制度”那一部里标，或运行 lianwen library repeal %s", old.Title, old.ID)
	case w.own(e.Draft):
		w.supersede(e, versions)
	}
	if e.Action.Writes() {
		w.compose(e)
	}
}

// versions are all versions that the library has of a title.
func (w *planner) versions(title string) []*corpus.Rule {
	if w.have == nil {
		return nil
	}
	title = corpus.NormalizeTitle(title)
	var out []*corpus.Rule
	for _, r := range w.have.Rules {
		if corpus.NormalizeTitle(r.Title) == title {
			out = append(out, r)
		}
	}
	return out
}

func inForce(versions []*corpus.Rule) *corpus.Rule {
	if i := slices.IndexFunc(versions, func(r *corpus.Rule) bool { return !r.Repealed }); i >= 0 {
		return versions[i]
	}
	return nil
}

func (w *planner) named(title string) *corpus.Rule {
	if w.have == nil {
		return nil
	}
	return w.have.RuleByName(title)
}

// add gives a new rule an id and a file that nothing has.
func (w *planner) add(e entry) {
	name := nameOf(e.Rule.Title)
	if e.paper.own {
		name = e.Rule.ID // which others cite
	}
	file := rulesDir + "/" + name + ".md"
	if !w.taken[name] && w.exists(file) {
		e.refuse("制度库的 %s 有问题，没有用上，多半就是这一部。请先改好（运行 lianwen check），或移走", file)
		return
	}
	for name = uniqueName(name, w.taken); w.exists(rulesDir + "/" + name + ".md"); name = uniqueName(name, w.taken) {
		w.taken[name] = true // by a file that is not used
	}
	w.taken[name] = true
	e.Rule.ID, e.file = name, rulesDir+"/"+name+".md"
}

func (w *planner) exists(name string) bool {
	_, err := os.Lstat(filepath.Join(w.shelf.Dir, filepath.FromSlash(name)))
	return err == nil
}

// own refuses what would overwrite a file that people keep by hand.
func (w *planner) own(d *Draft) bool {
	old := d.Old
	shares := slices.ContainsFunc(w.have.Rules, func(r *corpus.Rule) bool { return r != old && r.File == old.File })
	if !strings.HasPrefix(old.File, rulesDir+"/") || shares || !corpus.IsID(old.ID) {
		d.refuse("《%s》在制度库的 %s 里，是直接放进去的文件。请先把它移出制度库，再导入", d.Rule.Title, old.File)
		return false
	}
	return true
}

// archive makes a draft an older version of now.
func (w *planner) archive(e entry, now *corpus.Rule) {
	r := e.Rule
	r.ID, r.Repealed, r.Until = now.ID, true, now.Effective
	e.Action, e.file = Archive, versionFile(rulesDir+"/"+now.ID+".md", r.Effective)
	if w.exists(e.file) {
		e.refuse("制度库里已有 %s 起施行的旧版（%s），文字不同。请核对是哪一份", r.Effective.Chinese(), e.file)
		return
	}
	w.compose(e)
}

// compose writes out the file of a draft.
func (w *planner) compose(e entry) {
	e.Rule.Original = originalPath(e.Rule.ID, e.paper)
	text, err := corpus.Format(e.Rule)
	switch {
	case err != nil:
		e.refuse("写成制度文件再读回来，和原文不完全一样，没有导入。请把原文告诉维护人员")
	case len(text) > corpus.MaxFile:
		e.refuse("写成的制度文件超过 %d MB。请拆成几部", corpus.MaxFile>>20)
	default:
		e.text = text
	}
}

// versionFile is where a version that is not in force is kept, beside the one that is.
func versionFile(file string, effective corpus.Date) string {
	day := string(effective)
	if day == "" {
		day = "0"
	}
	return strings.TrimSuffix(file, filepath.Ext(file)) + "@" + day + ".md"
}
