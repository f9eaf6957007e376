package corpus

import (
	"path"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// preambleNames are the headings under which real documents put text that
// stands before 第一条 and is part of the document.
var preambleNames = map[string]bool{"总纲": true, "序言": true, "序": true, "前言": true, "引言": true}

// preambleName is a line as preambleNames writes it: 总　纲 and **总纲** are 总纲.
func preambleName(s string) string {
	return strings.Join(strings.Fields(strings.Trim(s, "*_")), "")
}

var (
	documentPattern  = regexp.MustCompile(`[\p{Han}]{0,12}[〔\[［(（]\d{4}[〕\]］)）]\s*\d{1,4}\s*号`)
	effectivePattern = regexp.MustCompile(`(?:^|[，。；、】\s]|本[\p{Han}]{1,6})自\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日起(?:施行|实施|执行|生效)`)
	titleEndPattern  = regexp.MustCompile(`(?:条例|办法|规则|制度|细则|规定|章程|通则|准则|公约|法|决定|意见|解释|守则)(?:（(?:试行|暂行|修订)）)?$`)
	contentsPattern  = regexp.MustCompile(`^目[\s　]*[录次]$`)
	boldLabel        = regexp.MustCompile(`(?m)^([ \t　]*)\*\*(第[ \t　]*[` + numeralClass + `]+[ \t　]*条(?:之[` + numeralClass + `]+)?)\*\*`)
	pathUnsafe       = regexp.MustCompile(`[/#@\s　]+`)
)

// parsePlain reads an official text without front matter: a title, perhaps a
// document number, a note of adoption, a table of contents and a preamble,
// then 第一条 …. What stands before 第一条 and is no preamble is not kept.
func parsePlain(file, src string, rep *report) *Rule {
	rule := &Rule{File: file, plain: true, Category: "文件", ID: plainID(file)}
	src = boldLabel.ReplaceAllString(src, "$1$2") // markup, no words
	rest, first := plainHead(rule, src)
	if !titleEndPattern.MatchString(rule.Title) {
		if title := laterTitle(rest); title != "" {
			rule.Title = title
		}
	}
	if rule.Title = bareTitle(rule.Title); rule.Title == "" {
		rule.Title = stem(file)
		rep.warnf(file, 1, "请在第一行写上标题", "没有认出标题，用文件名代替")
	}
	parseBody(rule, rest, first, rep)
	for i := len(rule.Articles) - 1; i >= 0 && rule.Effective == ""; i-- {
		if m := effectivePattern.FindStringSubmatch(rule.Articles[i].Text); m != nil {
			rule.Effective = isoDate(m[1], m[2], m[3])
		}
	}
	return rule
}

// plainHead takes title and document number off the top of src. It returns
// what follows and the number of its first line.
func plainHead(rule *Rule, src string) (rest string, line int) {
	offset, line := 0, 1
	yaml := false // between the --- that other tools put above a text
	for raw := range strings.Lines(src) {
		l := classify(raw)
		if mark := l.text == "---"; yaml || mark && line == 1 {
			yaml = !mark || line == 1
			offset += len(raw)
			line++
			continue
		}
		name := strings.Trim(trimSpace(strings.TrimLeft(l.text, "#")), "*_")
		switch {
		case l.kind == lineBlank:
		case rule.Document == "" && documentPattern.MatchString(name) && utf8.RuneCountInString(name) <= 30:
			rule.Document = documentPattern.FindString(name)
		case l.kind != lineText && !(l.kind == lineHeading && l.marked) || contentsPattern.MatchString(name) || !short(name):
			return src[offset:], line
		case rule.Title == "":
			rule.Title = name
		case !titleEndPattern.MatchString(rule.Title) && titleEndPattern.MatchString(name):
			rule.Title += name // 「……委员会」 and 「……条例」 on two lines
		default:
			return src[offset:], line
		}
		offset += len(raw)
		line++
	}
	return src[offset:], line
}

// bareTitle drops 《》 around a title: they are printed with it.
func bareTitle(s string) string {
	if strings.HasPrefix(s, "《") && strings.Count(s, "《") == 1 {
		return strings.TrimSuffix(strings.TrimPrefix(s, "《"), "》")
	}
	return s
}

// plainID makes an id of a file's path: nothing in the text is sure to be stable.
func plainID(file string) string {
	return pathUnsafe.ReplaceAllString(strings.TrimSuffix(file, path.Ext(file)), "-")
}

// laterTitle finds the title of a rule that has a decree or the notice of its
// issue above it: the last line before the text that ends as titles do.
func laterTitle(src string) string {
	title := ""
	for raw := range strings.Lines(src) {
		l := classify(raw)
		name := strings.Trim(l.text, "#*_ ")
		switch {
		case l.kind != lineText && l.kind != lineBlank && l.kind != lineAnnex && !l.marked, contentsPattern.MatchString(name), preambleNames[preambleName(name)]:
			return title
		case short(name) && titleEndPattern.MatchString(name):
			title = name
		}
	}
	return title
}

// beginPreamble starts the citable part before 第一条. A table of contents
// names it too; only the last mention keeps its text.
func (b *body) beginPreamble(l bodyLine, offset, no int) {
	b.finish()
	b.rule.Articles = nil
	a := &Article{Rule: b.rule, Number: Number{Preamble: true}, Label: l.text, Line: no}
	b.open(a, offset+l.offset, offset+l.offset+len(l.text))
	clear(b.path[:])
}

func isoDate(y, m, d string) Date {
	pad := func(s string) string {
		if len(s) == 1 {
			return "0" + s
		}
		return s
	}
	day := y + "-" + pad(m) + "-" + pad(d)
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return ""
	}
	return Date(day)
}

// stem is a path's last element without its extension.
func stem(file string) string {
	base := file[strings.LastIndex(file, "/")+1:]
	if i := strings.LastIndex(base, "."); i > 0 {
		base = base[:i]
	}
	return base
}
