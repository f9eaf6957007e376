package corpus

import (
	"regexp"
	"strings"
)

// Ref is a reference from one article to another, as in 依照本办法第九条 or
// 按照《提案工作条例》第五条第二款.
type Ref struct {
	Text   string   // the words of the reference, a substring of the article's text
	Title  string   // the rule named; "" for the article's own rule
	Target *Article // nil when the rule named is not in the library
}

var (
	refPattern  = regexp.MustCompile(`(?:《([^《》]{2,60})》|本(?:办法|条例|规则|制度|细则|通则|规定|章程|准则|法))(第[` + numeralClass + `]+条(?:之[` + numeralClass + `]+)?)`)
	refTail     = regexp.MustCompile(`^(?:第[` + numeralClass + `]+款(?:[、和至]第[` + numeralClass + `]+款)*)?(?:第[（(]?[` + numeralClass + `]+[）)]?项)?`)
	refContinue = regexp.MustCompile(`^(?:、|和|与|及|至|或者|或)(第[` + numeralClass + `]+条(?:之[` + numeralClass + `]+)?)`)
)

// resolveRefs finds the references in every article and what they point to. A
// reference into the rule itself, or into another rule of the library, must
// have its article; the text is fit to be quoted all the same. A rule that the
// library does not hold is somebody else's.
func (c *Corpus) resolveRefs(rep *report) {
	for _, rule := range c.Rules {
		if rule.bulk {
			continue
		}
		for _, a := range rule.Articles {
			c.articleRefs(a, rep)
		}
	}
}

func (c *Corpus) articleRefs(a *Article, rep *report) {
	for _, m := range refPattern.FindAllStringSubmatchIndex(a.Text, -1) {
		title := ""
		target := a.Rule
		if m[2] >= 0 {
			title = a.Text[m[2]:m[3]]
			target = c.RuleByName(title)
		}
		start, end := m[0], m[1]
		label := a.Text[m[4]:m[5]]
		for {
			end += len(refTail.FindString(a.Text[end:]))
			c.addRef(a, title, target, start, end, label, rep)
			next := refContinue.FindStringSubmatch(a.Text[end:])
			if next == nil {
				break
			}
			label = next[1]
			start = end + strings.Index(a.Text[end:], label)
			end = start + len(label)
		}
	}
}

func (c *Corpus) addRef(a *Article, title string, rule *Rule, start, end int, label string, rep *report) {
	text := a.Text[start:end]
	ref := Ref{Text: text, Title: title}
	line := a.Line + strings.Count(a.Text[:start], "\n")
	m := articlePattern.FindStringSubmatch(label)
	number, ok := articleNumber(m[1], m[2])
	switch {
	case rule == nil:
		if !a.Rule.plain && !rep.unread[NormalizeTitle(title)] {
			rep.warnf(a.Rule.File, line, "如是外部文件可不理会，否则请改正名称", "%s引用的《%s》不在制度库里", a.Label, title)
		}
	case !ok || rule.Article(number) == nil:
		what := "%s引用「%s」，但《%s》没有%s"
		if a.Rule.plain || a.Rule.Original != "" { // an official text is quoted as it is
			rep.warnf(a.Rule.File, line, "请核对原文", what, a.Label, text, rule.Title, label)
			break
		}
		rep.faultf(a.Rule.File, line, "请改正条号", what, a.Label, text, rule.Title, label)
	default:
		ref.Target = rule.Article(number)
	}
	a.Refs = append(a.Refs, ref)
}
