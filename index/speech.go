package index

import (
	"regexp"
	"strings"
)

// Dictated messages tell a story before they ask, hesitate and take things back.
var (
	// filler is said while thinking.
	filler = regexp.MustCompile(`[嗯呃唉诶欸]+|那个(?:什么)?[，,]?|就是(?:说)?|然后(?:呢)?[，,]?|是?这样的?[，,]|怎么说呢|你知道吧|对吧[，,。]?`)
	// hesitation is 额 where a clause begins; 限额, 额度 and 额外 are words.
	hesitation = regexp.MustCompile(`(^|[，,。；;！!？?\n])(?:额[，,。…]*)+($|[^度外定满额])`)
	// takenBack is what a clause begins with that corrects the one before.
	takenBack = regexp.MustCompile(`^(?:不对(?:的|应该|是|$)|哦不|噢不|说错了|讲错了|错了|更正)(?:应该)?是?`)
	// clauseMark is where a clause ends; a new question may begin without one.
	clauseMark = regexp.MustCompile(`[，,。；;！!？?\n]+|还有(?:就是)?|另外|顺便(?:问(?:一?下)?)?|以及`)
	// asking is what a clause has that asks something. X不X and X没X ask as well.
	asking = regexp.MustCompile(`吗|呢$|么$|谁|什么|啥|怎么|怎样|咋|如何|多少|(?:^|[^那这前后好过头])几|多久|多长|多大|多高|哪|能否|可否|是否|有没有|还是.*(?:好|行)|为何|何时|行不行|要不要`)
)

// clause is a part of a message between marks.
type clause struct {
	text string
	asks bool
}

// clauses divides folded text, what is only said in passing and what is taken
// back left out. Clauses that are nothing but asking belong to the one before.
func clauses(folded string) []clause {
	var out []clause
	folded = strings.ReplaceAll(folded, "还有没有", "有没有") // no 还有 that begins another question
	spoken := hesitation.ReplaceAllString(filler.ReplaceAllString(folded, ""), "$1$2")
	for _, text := range clauseMark.Split(spoken, -1) {
		text = strings.TrimSpace(text)
		if m := takenBack.FindString(text); m != "" {
			text = text[len(m):]
			if n := len(out); n > 0 && !out[n-1].asks {
				out = out[:n-1]
			}
		}
		if !searchable(text) {
			continue
		}
		c := clause{text, asking.MatchString(text) || asksTwice(text)}
		if n := len(out); n > 0 && c.asks && content(text) == "" {
			out[n-1].text += "，" + text
			out[n-1].asks = true
			continue
		}
		out = append(out, c)
	}
	return out
}

// asksTwice reports whether a clause has a character, 不 or 没, and the character
// again: 拍不拍, 交没交.
func asksTwice(text string) bool {
	rs := []rune(text)
	for i := 1; i+1 < len(rs); i++ {
		if (rs[i] == '不' || rs[i] == '没') && rs[i-1] == rs[i+1] {
			return true
		}
	}
	return false
}

// longMessage is from how many characters on a message is taken for one that
// tells something before it asks.
const longMessage = 40

// mostMessage is how long a message may be, in characters, that is taken apart;
// longer ones were pasted.
const mostMessage = 600

// told is what of a message is told, and asked what is asked, each question by
// itself. A short message, and one that only tells, asks all it says.
func told(folded string) (asked []string, told string) {
	if runes(folded) > mostMessage {
		return []string{folded}, ""
	}
	var tells []string
	all := clauses(folded)
	for _, c := range all {
		if c.asks {
			asked = append(asked, c.text)
		} else {
			tells = append(tells, c.text)
		}
	}
	switch {
	case len(asked) == 0, len(asked) == 1 && runes(folded) < longMessage:
		return []string{folded}, ""
	}
	return asked, strings.Join(tells, "，")
}

// unspaced is text whose characters were written apart, as scanners and some
// keyboards do, with them together; any other text as it is.
func unspaced(s string) string {
	words := strings.Fields(s)
	single := 0
	for _, w := range words {
		if runes(w) == 1 {
			single++
		}
	}
	if len(words) < 3 || single*10 < len(words)*7 {
		return s
	}
	return strings.Join(words, "")
}
