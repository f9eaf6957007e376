package index

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"lianwen/corpus"
)

const (
	numeral = `[零〇一二两三四五六七八九十百千0-9]+`
	// place is an article by its number, or counted from the end, and a part of it;
	// or another part of the article before.
	place = `(?:第(` + numeral + `)款(?:第(` + numeral + `)项)?|第(` + numeral + `)项|(最后一?|末|倒数第?` + numeral + `|第?` + numeral + `)(?:(条)(?:之(` + numeral + `))?(?:第(` + numeral + `)款)?(?:第(` + numeral + `)项)?)?)`
	// between stands between the places of a list, or the ends of a range.
	between = `(-|至|到|、|和|与|及|以及)`
)

var (
	onePlace = regexp.MustCompile(`^` + between + `?` + place)
	// places is 第五条, 第三、八条, 第12-14条, 第五条第二款和第六条, 最后一条
	places = regexp.MustCompile(place + `(?:` + between + place + `)*`)
	// what may follow a rule's name when 条 is left out: 考勤办法 7, 十不准第三
	looseNumber = regexp.MustCompile(`^的?第?(` + numeral + `)(?:个|条|号)?$`)
	looseList   = regexp.MustCompile(`^的?` + numeral + `(?:[-、和与及到至]` + numeral + `)+$`)
	// 最后两条, 前三条, 后三条
	someArticles = regexp.MustCompile(`^的?(最后|倒数|末尾?|后|前|头)(` + numeral + `)条$`)
	chapterPart  = regexp.MustCompile(`^的?第` + numeral + `[章节编款项]`)
	// 第三个不准, 不准第三, where the list itself is not named
	prohibitionNumber = regexp.MustCompile(`^第(` + numeral + `)(?:个|条|项)?不准$|^不准的?第(` + numeral + `)(?:个|条|项)?$`)
	annexNumber       = regexp.MustCompile(`^的?附件(` + numeral + `)?(?:的?第(` + numeral + `)[条项])?$`)
	countedNumber     = regexp.MustCompile(`^的?第?(` + numeral + `)([项章])$`)
)

// citation is a place as a question names it, in the words of the question.
type citation struct {
	main, sub, paragraph, item string
	fromEnd                    bool // main counts from the last article
}

// number is the place in a rule; ok is false when the words name none.
func (c citation) number(rule *corpus.Rule) (n corpus.Number, ok bool) {
	if n.Main, ok = corpus.ParseNumeral(c.main); !ok {
		return corpus.Number{}, false
	}
	if c.fromEnd {
		back := n.Main
		for i := len(rule.Articles) - 1; i >= 0; i-- {
			if a := rule.Articles[i]; a.Number.IsArticle() {
				if back--; back == 0 {
					return a.Number, true
				}
			}
		}
		return corpus.Number{}, false
	}
	n.Sub, _ = corpus.ParseNumeral(c.sub)
	return n, true
}

// citable is folded text with its marks made plain: what stands for a range is -,
// what parts a list is 、, all else that is no letter, digit or Han character is
// dropped.
func citable(folded string) string {
	folded = tens.Replace(folded)
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return r
		case strings.ContainsRune("-~〜–—−", r):
			return '-'
		case strings.ContainsRune("、,，;；/", r):
			return '、'
		}
		return -1
	}, folded)
}

// tens are numerals that only citations are written with.
var tens = strings.NewReplacer("廿", "二十", "卅", "三十", "卌", "四十")

// cited is places that stand together in a text, and where.
type cited struct {
	start, end int
	places     []citation
}

// mostPlaces is how many places of one question are looked at: more than are shown,
// so that it can be said that there are more.
const mostPlaces = 2 * MaxHits

// citations are the places named in citable text, ranges spelt out, at most
// mostPlaces together.
func citations(text string) []cited {
	var out []cited
	room := mostPlaces
	for _, m := range places.FindAllStringIndex(text, -1) {
		if !strings.Contains(text[m[0]:m[1]], "条") || room == 0 {
			continue
		}
		c := cited{start: m[0], end: m[1], places: readPlaces(text[m[0]:m[1]])}
		c.places = c.places[:min(room, len(c.places))]
		if room -= len(c.places); len(c.places) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// someOf reads 最后两条 and 前三条 of a rule.
func someOf(rule *corpus.Rule, text string) []cited {
	m := someArticles.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	n, ok := corpus.ParseNumeral(m[2])
	if !ok {
		return nil
	}
	c := cited{}
	for i := 1; i <= min(n, mostPlaces); i++ {
		if m[1] == "前" || m[1] == "头" {
			c.places = append(c.places, citation{main: corpus.FormatNumeral(i)})
		} else {
			c.places = append(c.places, citation{main: corpus.FormatNumeral(n + 1 - i), fromEnd: true})
		}
	}
	return []cited{c}
}

// readPlaces reads what places matches.
func readPlaces(text string) []citation {
	var out []citation
	for text != "" {
		m := onePlace.FindStringSubmatch(text)
		if m == nil {
			break
		}
		text = text[len(m[0]):]
		c := citation{main: strings.TrimPrefix(m[5], "第"), sub: m[7], paragraph: m[2] + m[8], item: m[3] + m[4] + m[9]}
		switch n := len(out); {
		case c.main == "" && n == 0:
			return nil
		case c.main == "": // another part of the same article
			c.main, c.sub, c.fromEnd = out[n-1].main, out[n-1].sub, out[n-1].fromEnd
			if m[2] == "" {
				c.paragraph = out[n-1].paragraph
			}
		case strings.HasPrefix(c.main, "最后"), c.main == "末":
			c.main, c.fromEnd = "一", true
		case strings.HasPrefix(c.main, "倒数"):
			c.main, c.fromEnd = strings.TrimPrefix(strings.TrimPrefix(c.main, "倒数"), "第"), true
		}
		if n := len(out); n > 0 && (m[1] == "-" || m[1] == "至" || m[1] == "到") {
			out = append(out, upTo(out[n-1], c)...)
		}
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// upTo are the places between the ends of a range; none when it runs backwards.
func upTo(from, to citation) []citation {
	first, ok1 := corpus.ParseNumeral(from.main)
	last, ok2 := corpus.ParseNumeral(to.main)
	var out []citation
	for n := first + 1; ok1 && ok2 && n < last && len(out) < mostPlaces; n++ {
		out = append(out, citation{main: corpus.FormatNumeral(n)})
	}
	return out
}
