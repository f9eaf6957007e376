package corpus

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of the contents that are pushed to people, in characters.
const (
	MaxStoryRunes  = 400
	MaxNoticeRunes = 180
)

// Festivals and Audiences are what a notice may be for.
var (
	Festivals = []string{"元旦", "春节", "清明", "五一", "端午", "中秋", "国庆"}
	Audiences = []string{"全体", "机关干部", "企业界委员"}
)

func parseStory(file, src string, rep *report) *Story {
	var h storyHeader
	body, line, ok := splitFrontMatter(file, src, &h, rep)
	if !ok {
		return nil
	}
	s := &Story{
		ID: h.ID, Title: h.Title, Period: h.Period, Source: h.Source, Theme: h.Theme,
		Text: trimSpace(body), Cites: parseCites(file, keyLine(src, "cites"), h.Cites, rep), Sample: h.Sample, File: file,
		idLine: keyLine(src, "id"), citesLine: keyLine(src, "cites"),
	}
	if s.Title == "" {
		rep.errorf(file, keyLine(src, "title"), "请写上 title", "故事缺标题")
	}
	if s.Source == "" {
		rep.errorf(file, keyLine(src, "source"), "请写上 source", "故事缺出处")
	}
	checkText(file, s.idLine, line, s.ID, s.Text, MaxStoryRunes, rep)
	return s
}

func parseNotice(file, src string, rep *report) *Notice {
	var h noticeHeader
	body, line, ok := splitFrontMatter(file, src, &h, rep)
	if !ok {
		return nil
	}
	n := &Notice{
		ID: h.ID, Festival: h.Festival, Audience: h.Audience,
		Text: trimSpace(body), Cites: parseCites(file, keyLine(src, "cites"), h.Cites, rep), Sample: h.Sample, File: file,
		idLine: keyLine(src, "id"), citesLine: keyLine(src, "cites"),
	}
	if !slices.Contains(Festivals, n.Festival) {
		rep.errorf(file, keyLine(src, "festival"), "请写下列之一："+strings.Join(Festivals, "、"), "festival %q 不认识", n.Festival)
	}
	if !slices.Contains(Audiences, n.Audience) {
		rep.errorf(file, keyLine(src, "audience"), "请写下列之一："+strings.Join(Audiences, "、"), "audience %q 不认识", n.Audience)
	}
	checkText(file, n.idLine, line, n.ID, n.Text, MaxNoticeRunes, rep)
	return n
}

// checkText checks what stories and notices have in common.
func checkText(file string, idLine, line int, id, text string, limit int, rep *report) {
	if !idPattern.MatchString(id) {
		rep.errorf(file, idLine, "请写成小写字母、数字和短横线", "id %q 不合要求", id)
	}
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		rep.errorf(file, line, "请写上正文", "没有正文")
	case n > limit:
		rep.errorf(file, line, "请压缩正文", "正文 %d 字，超过 %d 字", n, limit)
	}
}

func parseCites(file string, line int, texts []string, rep *report) []Cite {
	var cites []Cite
	for _, text := range texts {
		cite, err := ParseCite(text)
		if err != nil {
			rep.errorf(file, line, "请改正", "%v", err)
			continue
		}
		cites = append(cites, cite)
	}
	return cites
}

// questionFile is the form of questions/*.toml.
type questionFile struct {
	Question []struct {
		ID          string   `toml:"id"`
		Text        string   `toml:"text"`
		Options     []string `toml:"options"`
		Answer      string   `toml:"answer"`
		Explanation string   `toml:"explanation"`
		Cites       []string `toml:"cites"`
	} `toml:"question"`
}

func parseQuestions(file, src string, rep *report) []*Question {
	var f questionFile
	if !decodeTOML(file, src, 0, &f, rep) {
		return nil
	}
	var questions []*Question
	end := 0 // of the last question's id in src: an id used twice is reported where it is the second time
	for _, raw := range f.Question {
		line, before := 0, len(rep.errors)
		if i := strings.Index(src[end:], `"`+raw.ID+`"`); i >= 0 {
			end += i + len(raw.ID)
			line = 1 + strings.Count(src[:end], "\n")
		}
		q := &Question{
			ID: raw.ID, Text: raw.Text, Options: raw.Options, Explanation: raw.Explanation,
			Cites: parseCites(file, line, raw.Cites, rep), File: file, Line: line,
			Answer: strings.Index("ABCD", raw.Answer),
		}
		if !idPattern.MatchString(q.ID) {
			rep.errorf(file, line, "请写成小写字母、数字和短横线", "id %q 不合要求", q.ID)
		}
		if q.Text == "" || q.Explanation == "" {
			rep.errorf(file, line, "请写上 text 和 explanation", "题 %s 缺题干或解析", q.ID)
		}
		if len(q.Options) < 3 || len(q.Options) > 4 {
			rep.errorf(file, line, "请写 3 或 4 个选项", "题 %s 有 %d 个选项", q.ID, len(q.Options))
		}
		if len(raw.Answer) != 1 || q.Answer < 0 || q.Answer >= len(q.Options) {
			rep.errorf(file, line, "请写选项的大写字母", "题 %s 的答案 %q 不在选项中", q.ID, raw.Answer)
		}
		if len(raw.Cites) == 0 {
			rep.errorf(file, line, "请写上决定答案的条，如 cites = [\"ti-an#12\"]", "题 %s 没有依据", q.ID)
		}
		if len(rep.errors) > before {
			rep.unsound.add(q)
		}
		questions = append(questions, q)
	}
	return questions
}

// parseSynonyms reads one group a line, words apart by spaces; # begins a comment.
func parseSynonyms(file, src string, rep *report) []Synonyms {
	var groups []Synonyms
	no := 0
	for raw := range strings.Lines(src) {
		no++
		text, _, _ := strings.Cut(raw, "#")
		words := strings.Fields(text)
		switch len(words) {
		case 0:
		case 1:
			rep.errorf(file, no, "请在同一行再写一个意思相同的词，用空格隔开", "「%s」只有一个词", words[0])
		default:
			groups = append(groups, Synonyms{Words: words, File: file, Line: no})
		}
	}
	return groups
}
