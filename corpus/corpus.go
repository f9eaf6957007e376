package corpus

import (
	"crypto/sha256"
	"path"
	"slices"
	"strings"
)

// Corpus is a library, read and checked.
type Corpus struct {
	Rules     []*Rule // every version, in the order of their files
	Stories   []*Story
	Notices   []*Notice
	Books     []*Book
	Cases     []*Case
	Questions []*Question
	Synonyms  []Synonyms
	Facts     []*Fact     // of FactsFile, with the two that follow
	Terms     []*Term     // words that should not stand in the texts
	Accepted  []Accepted  // findings that are left as they are
	Digest    string      // SHA-256 of what was read, file by file, in hexadecimal
	Faults    Problems    // what must be mended; most of them keep a file out, see LeftOut
	Warnings  Problems    // what deserves a look but keeps nothing from being used
	LeftOut   []string    // files that are not used, wholly or in part, because of a fault
	Borrowed  []string    // kinds of content that are the sample's, see StoriesKind
	Kept      []string    // those of LeftOut whose rules are used as they were before
	Suspended []Suspended // approved asked-as lines that answer nobody

	replies []*Reply // see Replies
	asked   []askedSource
	sums    map[string][sha256.Size]byte // of the files of rules

	byID   map[string][]*Rule  // all versions of one id, the one in force first
	byKey  map[string]*Article // see Article.Key
	byName map[string]*Rule    // title and aliases of rules in force
}

// Kind tells what sort of rule a rule is.
type Kind int

// The kinds of rule.
const (
	Regulation   Kind = iota // numbered articles, 第一条 …
	Prohibitions             // a list of prohibitions, 一、不准 …
)

// Rule is one rule (制度) in one version.
type Rule struct {
	ID        string // stable; citations and records use it
	Title     string // without 《》
	Aliases   []string
	Document  string // 文号; "" when unknown
	Issued    Date
	Effective Date
	Repealed  bool
	Until     Date // the day from which a repealed version no longer holds; "" when unknown
	Category  string
	Contact   string // the office in charge (经办); "" when nobody wrote it
	Original  string // the paper it was imported from, a path inside the library; "" for none
	Sample    bool   // example text, to be marked as such wherever it is shown
	Internal  bool   // its words are not to leave the office, to a language model say
	Kind      Kind
	Numbering Style  // how its articles are numbered
	File      string // path inside the library
	Articles  []*Article

	plain bool // read without front matter: nobody maintains it in our format
	bulk  bool // read from JSONL: a selection of articles with ids of their own
	kept  bool // of a former reading, because its file can no longer be used
}

// Article is one citable part of a rule: an article (条), a prohibition, the
// preamble or an annex.
type Article struct {
	Rule       *Rule
	Number     Number
	Label      string // as printed: 第十二条, 总纲, 附件1
	Heading    string // what it is about (条旨), or an annex's name; "" when nobody wrote it, see About
	Path       []string
	Text       string // byte for byte as in the source, label included; heading and asked-as lines are none of it
	Paragraphs []Paragraph
	AskedAs    []string    // how people ask for it or a part of it, as its file says; see Lines
	Approved   []AskedLine // … and as asked/<rule-id>.txt says: no part of the rule file
	Refs       []Ref
	Deleted    bool // （删去）: keeps its number, holds nothing
	Line       int  // where it starts in Rule.File

	key string
}

// Paragraph is a 款. All texts are substrings of Article.Text.
type Paragraph struct {
	Text    string // with its items
	Items   []Item
	AskedAs []string // how people ask for this paragraph alone
}

// Item is a 项, （一）…, with the numbered lines (目) under it.
type Item struct {
	Text    string // with its sub-items
	Sub     []string
	AskedAs []string // how people ask for this item alone
}

// Key is the article's citation as question files and records write it:
// ti-an#12 for the version in force, ti-an#12@2019-03-01 for an older one. In
// a corpus of bulk articles (JSONL) it is the id the file gave.
func (a *Article) Key() string { return a.key }

// Citation is how the article is named to people: 《提案工作条例》第十二条.
func (a *Article) Citation() string { return "《" + a.Rule.Title + "》" + a.Label }

// Story is an integrity story (廉政故事).
type Story struct {
	ID, Title, Period, Source, Theme string
	Text                             string
	Cites                            []Cite
	Sample                           bool
	File                             string

	idLine, citesLine int
}

// Notice is a reminder (廉政提醒) before a festival, for one audience.
type Notice struct {
	ID       string
	Festival string // 元旦 春节 清明 五一 端午 中秋 国庆
	Audience string // 机关干部 企业界委员 全体
	Text     string
	Cites    []Cite
	Sample   bool
	File     string

	idLine, citesLine int
}

// Question is a single-choice question (题).
type Question struct {
	ID          string
	Text        string
	Options     []string // 3 or 4, without letters
	Answer      int      // index into Options
	Explanation string
	Cites       []Cite // the article that decides it
	File        string
	Line        int
}

// Synonyms is a group of words that mean the same to people who ask. The first
// is the word the rules use.
type Synonyms struct {
	Words []string
	File  string
	Line  int
}

// Bulk reports whether the corpus is articles in bulk, from elsewhere (JSONL).
func (c *Corpus) Bulk() bool {
	return !slices.ContainsFunc(c.Rules, func(r *Rule) bool { return !r.bulk })
}

// Paper is what people know the rule's paper by: the name of the file it was
// imported from, else its file in the library.
func (r *Rule) Paper() string {
	base := path.Base(r.Original)
	if _, name, ok := strings.Cut(base, "-"); ok && r.Original != "" { // what stands before is its digest
		return name
	}
	return r.File
}

// RulesInForce returns the rules in force in the order of their files, the
// prohibitions apart from the rest.
func (c *Corpus) RulesInForce() (rules []*Rule, prohibitions []*Rule) {
	for _, r := range c.Rules {
		switch {
		case r.Repealed:
		case r.Kind == Prohibitions:
			prohibitions = append(prohibitions, r)
		default:
			rules = append(rules, r)
		}
	}
	return rules, prohibitions
}

// ArticlesInForce is how many articles the rules in force have, those of rules in
// their annexes too; annexes without articles and the lists of prohibitions are not
// counted.
func (c *Corpus) ArticlesInForce() int {
	n := 0
	rules, _ := c.RulesInForce()
	for _, r := range rules {
		for _, a := range r.Articles {
			if a.Number.Main > 0 || a.Number == (Number{}) {
				n++
			}
		}
	}
	return n
}

// RuleByID returns the version in force of a rule (or, when all are repealed,
// the newest), or nil.
func (c *Corpus) RuleByID(id string) *Rule {
	if versions := c.byID[id]; len(versions) > 0 {
		return versions[0]
	}
	return nil
}

// RuleByName returns the rule in force with this very title or alias, with or
// without 《》, or nil.
func (c *Corpus) RuleByName(name string) *Rule {
	return c.byName[NormalizeTitle(name)]
}

// Names returns every name a rule in force is known by, normalized as
// NormalizeTitle does. The map is shared: do not change it.
func (c *Corpus) Names() map[string]*Rule { return c.byName }

// Article finds an article by its Key or any other spelling of its citation,
// or returns nil.
func (c *Corpus) Article(key string) *Article {
	if a := c.byKey[key]; a != nil {
		return a
	}
	cite, err := ParseCite(key)
	if err != nil {
		return nil
	}
	return c.Resolve(cite)
}

// Resolve finds the article a cite names, or returns nil. A cite without
// Effective means the version in force.
func (c *Corpus) Resolve(cite Cite) *Article {
	for _, r := range c.byID[cite.Rule] {
		if cite.Effective == "" || cite.Effective == r.Effective {
			return r.Article(cite.Number)
		}
	}
	return nil
}

// Article returns the rule's part with this number, or nil.
func (r *Rule) Article(n Number) *Article {
	for _, a := range r.Articles {
		if a.Number == n {
			return a
		}
	}
	return nil
}

// Neighbour returns the article step places after a (before, if negative), or
// nil at either end of the rule.
func (a *Article) Neighbour(step int) *Article {
	for i, other := range a.Rule.Articles {
		if other == a && i+step >= 0 && i+step < len(a.Rule.Articles) {
			return a.Rule.Articles[i+step]
		}
	}
	return nil
}

var titleMarks = strings.NewReplacer("《", "", "》", "", "〈", "", "〉", "", "“", "", "”", "", "\"", "", "「", "", "」", "", " ", "", "　", "")

// NormalizeTitle drops book-title marks, quotation marks and spaces, so that
// 《会议纪律“十不准”》 and 会议纪律"十不准" are one name.
func NormalizeTitle(s string) string { return titleMarks.Replace(s) }
