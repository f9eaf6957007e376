package admin

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"lianwen/bot/talk"
	"lianwen/corpus"
	"lianwen/index"
)

// trialView is a trial as the page shows it.
type trialView struct {
	ID       string // of the try; "" when it is not kept
	Question string
	Outcome  string
	Reply    string
	Why      []string // in sentences
	Was      *verdict // what it was when it was tried first, if that is something else
	Words    []wordGroup
	Ranking  []placedView
	Teaches  bool // it can be a line, or judged, as it stands
}

// wordGroup is terms that came into a question in the same way.
type wordGroup struct {
	Title string
	Words []wordView
}

type wordView struct {
	Text, Note string
	Unknown    bool
}

// placedView is an article in its place.
type placedView struct {
	Key, Path, Citation, Heading, Text, Digest string
	Shown                                      bool // the reply shows it
	Score, Parts                               string
	Found                                      []wordGroup
	Lines                                      []index.LikeLine
}

// mostWords is how many words of a kind are shown.
const mostWords = 16

// excerptRunes is how much of an article is shown in the ranking.
const excerptRunes = 90

// viewTrial puts a trial into words.
func (s *Server) viewTrial(id, question string, tried talk.Trial, held bool) *trialView {
	v := &trialView{ID: id, Question: question, Outcome: outcomeOf(tried), Reply: tried.Text}
	if held {
		v.Question, v.Outcome = "", "拦下了"
		v.Why = []string{"这句话过不了保密闸，和微信里一样不处理，也没有留存。"}
		return v
	}
	v.Why, v.Words = whyTried(tried), wordsTried(tried.Explanation)
	v.Teaches = tried.Taken == talk.AsQuestion && !tried.Leaned && tried.Meant == "" && id != ""
	var hits []*corpus.Article
	for _, h := range tried.Hits {
		hits = append(hits, h.Article)
	}
	for _, p := range tried.Ranking {
		v.Ranking = append(v.Ranking, viewPlaced(p, slices.Contains(hits, p.Article)))
	}
	return v
}

// whyTried says in sentences how a trial came to its outcome.
func whyTried(tried talk.Trial) (list []string) {
	add := func(when bool, format string, args ...any) {
		if when {
			list = append(list, fmt.Sprintf(format, args...))
		}
	}
	add(tried.Meant != "", "数字代表前面给的选项：“%s”。", tried.Meant)
	switch tried.Taken {
	case talk.AsCommand:
		return append(list, "这是命令“"+tried.Name+"”，不是查制度。")
	case talk.AsReply:
		return append(list, "有固定的应答对得上这句话，不再查制度。要让它去查制度，请改那条应答。")
	case talk.AsNothing:
		add(tried.Text == "", "这样的消息在微信里不回话：只有表情，或者同一句话连发了好几遍。")
		return list
	case talk.AsRecord:
		return list
	}
	switch {
	case tried.Unknown != "":
		add(true, "问到了制度库里没有的《%s》。", tried.Unknown)
	case len(tried.Terms) == 0 && (tried.Exact() || tried.Named != nil):
		add(true, "写明了制度名称或条号，直接查到，不用排名。")
	case tried.Vague:
		add(true, "这句话只有“怎么”“什么”这样的话，没有说要问什么。")
	case tried.Guess:
		add(true, "没有一个词对得上，按读音猜的。")
	case tried.Outcome == index.Answered:
		add(true, "第一条比别的近得多，把握够，直接引原文。")
	case tried.Outcome == index.Choices:
		add(true, "有相近的条文，但哪一条都不够有把握，列出来让人选。")
	default:
		add(true, "没有一条够近，照实说没有查到。下面是最近的几条。")
	}
	add(tried.Leaned, "这句话单独看不出问什么，是接着前一句“%s”一起查的。", tried.Before)
	add(len(tried.Bridge) > 0, "照原话没有把握，又换成公文里的说法查了一遍，像是在问：%s。", strings.Join(tried.Bridge, "、"))
	add(tried.Answers > 1, "里面有 %d 个问题，是分别查的；下面是合在一起的排名。", tried.Answers)
	add(tried.More, "提到的条太多，只引了前 %d 条。", index.MaxHits)
	return list
}

// wordsTried are what a question was cut into, by how it came in.
func wordsTried(e index.Explanation) (groups []wordGroup) {
	var singles []wordView
	of := map[index.TermKind][]wordView{}
	for _, t := range e.Terms {
		w := wordView{Text: t.Text}
		if utf8.RuneCountInString(t.Text) == 1 && t.Kind == index.TermSaid {
			singles = append(singles, w)
			continue
		}
		w.Unknown = t.Unknown && t.Kind == index.TermSaid
		if t.Kind == index.TermMisheard {
			w.Note = "“" + t.For + "”没有，按读音"
		}
		of[t.Kind] = append(of[t.Kind], w)
	}
	add := func(title string, list []wordView) {
		if len(list) > 0 {
			groups = append(groups, wordGroup{title, list[:min(mostWords, len(list))]})
		}
	}
	add("问的词（分量重的在前）", of[index.TermSaid])
	add("单个的字", singles)
	add("怎么问的（只比问法）", of[index.TermAsking])
	var same []wordView
	for _, s := range e.Synonyms {
		note := "自己的同义词"
		if s.General {
			note = "通用词表"
		}
		same = append(same, wordView{Text: s.Word + " → " + strings.Join(s.Others, "、"), Note: note})
	}
	add("同义词", same)
	add("听错、打错的", of[index.TermMisheard])
	add("前面说到的", of[index.TermBeside])
	add("公文里的说法", of[index.TermOver])
	return groups
}

// partWords are the parts of a score in words.
var partWords = map[index.Part]string{
	index.OfTerms: "词", index.OfRule: "同一制度和相邻的条", index.OfTalk: "前面说到的", index.OfLines: "像它的问法", index.OfHeading: "条旨", index.OfFormality: "只讲目的、施行的条", index.OfQuotation: "原句",
}

func viewPlaced(p index.Placed, shown bool) placedView {
	a := p.Article
	rule, number, _ := strings.Cut(a.Key(), "#")
	v := placedView{
		Key: a.Key(), Path: "/rules/" + url.PathEscape(rule) + "/" + url.PathEscape(number), Citation: a.Citation(), Heading: a.Heading, Digest: a.WordsDigest(),
		Text: beginning(strings.TrimSpace(strings.TrimPrefix(a.Text, a.Label))), Shown: shown, Lines: p.Lines,
	}
	if p.Score != 0 {
		v.Score = fmt.Sprintf("%.1f", p.Score)
	}
	var parts []string
	for i, n := range p.Parts {
		if n >= 0.05 || n <= -0.05 {
			parts = append(parts, fmt.Sprintf("%s %+.1f", partWords[index.Part(i)], n))
		}
	}
	v.Parts = strings.Join(parts, "，")
	for _, place := range []struct {
		title string
		in    func(index.Found) bool
	}{
		{"正文", func(f index.Found) bool { return f.Text }}, {"条旨", func(f index.Found) bool { return f.Heading }},
		{"问法", func(f index.Found) bool { return f.Line }}, {"制度名称", func(f index.Found) bool { return f.Name }},
	} {
		group := wordGroup{Title: place.title}
		for _, f := range p.Found {
			if place.in(f) && utf8.RuneCountInString(f.Term.Text) > 1 && len(group.Words) < mostWords {
				group.Words = append(group.Words, wordView{Text: f.Term.Text})
			}
		}
		if len(group.Words) > 0 {
			v.Found = append(v.Found, group)
		}
	}
	return v
}

// beginning is the beginning of a text, in one line.
func beginning(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= excerptRunes {
		return string(runes)
	}
	return string(runes[:excerptRunes]) + "……"
}
