package proof

import (
	"fmt"
	"regexp"
	"strings"
)

// A story's moral is its last paragraph. What a moral permits in so many words must not
// be what an article it cites forbids or holds people to account for. It is about the same
// thing when both have a word in common: two characters that few articles have.
const (
	rareIn = 12 // articles of a hundred: a pair of characters in more says nothing
	rare   = 2  // articles: so few say nothing of how common it is
)

var (
	permits = regexp.MustCompile(`可以|不用|不必|不妨|无妨|何妨|没关系|不要紧|就行|就好(?:$|[，。])|就过去|就没事|收下|也行|都行|按需要定|随意|` +
		`情有可原|人之常情|情理之中|事急从权|通融|变通|下不为例|图个方便|未尝不可|不为过|(?:算不得|算不了|算不上|不算|没)(?:是)?什么(?:$|[，。])|没人(?:计较|在意|追究)|不会(?:计较|追究)|大家高兴`)
	// exempts is what a notice frees people from.
	exempts = regexp.MustCompile(`(?:不用|不必|不需要?|无须|无需)(?:再)?(?:向[\p{Han}]{1,6})?(报告|申请|登记|上交|请假|备案|报批|说明)`)
	// refuses are words in front of a permission that take it back.
	refuses = regexp.MustCompile(`(?:(?:不|没有|才)[\p{Han}]{0,3}|(?:只有|怎么|难道|以为|谁)[\p{Han}]*)$`)
	// declines are words behind it that do: 心意可以领，东西不必拿.
	declines = regexp.MustCompile(`不必|不能|不收|不要|谢绝`)
	// bans stand before what is forbidden, or for what it is taken.
	bans = regexp.MustCompile(`不得|不准|不许|禁止|严禁|不能|认定为|不超过|不(?:赠送|发放?|安排|组织|派|上)`)
	// penalty stands behind what people are held to account for.
	penalty = regexp.MustCompile(`约谈|书面检查|通报批评|追究|撤销`)
	obliges = regexp.MustCompile(`应当|必须|须`)
)

// morals checks the morals of stories, and what notices free people from.
func (k *check) morals() {
	common := k.commonPairs()
	for _, t := range k.contents {
		switch t.kind {
		case aStory:
			for _, s := range sentences(t.text[strings.LastIndex(t.text, "\n")+1:]) {
				if at := permitted(s); at != nil {
					k.against(t, s, func(ban string) string { return common.forbidden(s, at, ban) })
				}
			}
		case aNotice:
			for _, s := range sentences(t.text) {
				if m := exempts.FindStringSubmatch(s); m != nil && !strings.Contains(s, "从其规定") {
					k.against(t, s, func(duty string) string {
						if obliges.MatchString(duty) && strings.Contains(duty, m[1]) {
							return m[1]
						}
						return ""
					})
				}
			}
		}
	}
}

// permitted is where a sentence permits something; nil when it does not, or only quotes
// somebody who does.
func permitted(s string) []int {
	at := permits.FindStringIndex(s)
	if at == nil || refuses.MatchString(s[:at[0]]) || declines.MatchString(s[at[1]:]) || strings.Count(s[:at[0]], "“") > strings.Count(s[:at[0]], "”") {
		return nil
	}
	return at
}

// against notes a finding for the first sentence of the cited articles that clashes with
// a sentence of a content: clash says in which word, "" for in none.
func (k *check) against(t content, s string, clash func(text string) string) {
	for _, cite := range t.cites {
		a := k.c.Resolve(cite)
		if a == nil {
			continue
		}
		for _, p := range a.Passages() {
			ban := passageOf(a, p)
			if word := clash(ban.whole()); word != "" {
				k.addIn(t, Morals, false, s, fmt.Sprintf("说「%s」，依据的%s写着「%s」（都说到「%s」）", excerpt(s), a.Citation(), excerpt(ban.text), word),
					"请核对；相反的改这一句")
				return
			}
		}
	}
}

// forbidden is the word in which what a sentence permits at a place is what an article
// forbids; "" when it is not.
func (c pairCounts) forbidden(s string, at []int, ban string) string {
	about := s
	against := ""
	if word := s[at[0]:at[1]]; word == "不用" || word == "不必" {
		about, _, _ = strings.Cut(s[at[1]:], "，")
		if m := obliges.FindStringIndex(ban); m != nil {
			against = ban[m[1]:]
		}
	} else if m := bans.FindStringIndex(ban); m != nil {
		against = ban[m[1]:]
	} else if m := penalty.FindStringIndex(ban); m != nil {
		against = ban[:m[0]]
	}
	return c.shared(about, against)
}

// pairCounts is in how many articles each pair of characters is.
type pairCounts struct {
	of       map[string]int
	articles int
}

// shared is a word of two characters that both texts have and few articles do; "" for none.
func (c pairCounts) shared(a, b string) string {
	for _, pair := range pairs(a) {
		if strings.Contains(b, pair) && c.of[pair] <= max(rare, c.articles*rareIn/100) && !strings.ContainsAny(pair, particles) {
			return pair
		}
	}
	return ""
}

// particles are characters that make no word with their neighbour.
const particles = "的了不没有可以是在和就与及也都要会能他她您我你一把被给对为着过到说"

func (k *check) commonPairs() pairCounts {
	counts := map[string]int{}
	for _, a := range k.articles {
		met := map[string]bool{}
		for _, pair := range pairs(a.Text) {
			if !met[pair] {
				met[pair] = true
				counts[pair]++
			}
		}
	}
	return pairCounts{counts, len(k.articles)}
}

// pairs are the neighbouring Chinese characters of a text.
func pairs(text string) (list []string) {
	last, width := -1, 0
	for i, r := range text {
		if r < 0x4e00 || r > 0x9fff {
			last = -1
			continue
		}
		n := len(string(r))
		if last >= 0 {
			list = append(list, text[last:last+width+n])
		}
		last, width = i, n
	}
	return list
}
