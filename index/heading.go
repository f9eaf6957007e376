package index

import (
	"math"
	"regexp"
	"strings"

	"lianwen/corpus"
)

// Every rule has articles that say why there is a rule, whom it is for, who
// explains it and since when it holds. They share the words of the whole rule and
// answer hardly anything else.
var (
	formalPattern = regexp.MustCompile(`制定本\p{Han}{1,2}。?|^第\S+条\s+本\p{Han}{1,2}适用于|本\p{Han}{1,2}(?:由[^。]{2,24})?负责解释|本\p{Han}{1,2}自[^。]{2,24}(?:起|之日)?(?:施行|实施|执行)`)
	asksFormal    = regexp.MustCompile(`目的|为什么|为何|为啥|凭什么|依据|根据什么|适用|管得着|管不管|管哪|解释|施行|生效|实施|执行|作废|废止|什么时候起|何时起|算数|效力|第一条|本办法|以什么为准`)
)

// maxFormal is how long an article may be, in bytes, that holds nothing else.
const maxFormal = 420

// formalShare is what the score of such an article counts for where it was not
// asked for; likeEnough is how like the question its asked-as lines must be for
// that.
const (
	formalShare = 0.75
	likeEnough  = 0.55
)

func isFormal(a *corpus.Article) bool {
	return len(a.Text) <= maxFormal && strings.Contains(a.Text, "本") && formalPattern.MatchString(a.Text)
}

// demoteFormal lets formal articles stand behind others unless they were asked
// for.
func (x *Index) demoteFormal(q *question, ranked []candidate) {
	if asksFormal.MatchString(q.folded) {
		return
	}
	looked := ranked[:min(linesLooked, len(ranked))]
	for i, c := range looked {
		if isFormal(x.units[c.unit]) && q.like.lines(x.lines(c.unit)) < likeEnough {
			looked[i].score *= formalShare
		}
	}
	byScore(looked)
}

// likeHeading is how like a question an article's heading is, from 0 to 1: the
// share of what it says that the heading has, times the root of the share of the
// heading that it says.
func (x *Index) likeHeading(unit int, q *question) float64 {
	heading := fold(x.units[unit].Heading)
	if heading == "" || q.worth == 0 {
		return 0
	}
	covered, said := 0.0, 0
	for _, t := range q.terms {
		if t.scaffold || t.aside || !strings.Contains(heading, t.text) {
			continue
		}
		covered += x.worth(t)
		if t.single() {
			said++
		}
	}
	return covered / q.worth * math.Sqrt(min(1, float64(said)/float64(max(1, textLength(heading)))))
}

// What a heading that says the question and nothing else adds, as a share of the
// best score: more where the question has few words, and those are its subject.
const (
	headingShare = 0.2
	subjectShare = 0.3
)

// byHeadings adds to the best what their headings say for them.
func (x *Index) byHeadings(q *question, ranked []candidate) {
	if len(ranked) == 0 {
		return
	}
	top := headingShare * ranked[0].score
	if ownWords(q.terms) < levelWords {
		top = subjectShare * ranked[0].score
	}
	looked := ranked[:min(linesLooked, len(ranked))]
	for i, c := range looked {
		looked[i].score += top * x.likeHeading(c.unit, q)
	}
	byScore(looked)
}
