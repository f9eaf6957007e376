package talk

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// remarked is the member whom a remark that the operator has put on a contact
// names. This is the rule:
//
//   - the member's number is in it, as it stands on the roster, but for width and
//     case: no part of a longer number or word in Latin letters;
//   - the member's name is in it, too, as a word: 12 of 「12 楼 王五」 is nobody's
//     number because 王五 has another;
//   - a number that is digits alone can be taken for something else, so that beside
//     it and the name there may only be 编号 or 委员;
//   - whom two members share, it names neither.
//
// What people call themselves proves nothing and is not looked at.
func remarked(remark string, members []ledger.Member) (m ledger.Member, ok bool) {
	found := 0
	for _, candidate := range members {
		if candidate.Left == "" && names(remark, candidate) {
			m = candidate
			found++
		}
	}
	return m, found == 1
}

// names reports whether a remark names a member.
func names(remark string, m ledger.Member) bool {
	number, name := strings.Join(remarkWords(m.Number), " "), strings.Join(remarkWords(m.Name), "")
	if number == "" || name == "" {
		return false
	}
	text := strings.Join(remarkWords(remark), " ")
	for from := 0; ; {
		at := strings.Index(text[from:], number)
		if at < 0 {
			return false
		}
		at += from
		before, after := text[:at], text[at+len(number):]
		if apart(before, number) && apart(number, after) {
			rest := append(strings.Fields(before), strings.Fields(after)...)
			if strings.Trim(number, "-0123456789") == "" {
				rest = slices.DeleteFunc(rest, func(word string) bool { return word == "编号" || word == "委员" })
				return strings.Join(rest, "") == name
			}
			return hasName(rest, name)
		}
		from = at + 1
	}
}

// hasName reports whether some words in a row are a name.
func hasName(words []string, name string) bool {
	for from := range words {
		for to := from + 1; to <= len(words); to++ {
			if strings.Join(words[from:to], "") == name {
				return true
			}
		}
	}
	return false
}

// apart reports whether one text ends where the next begins: A01 does in A01张三
// and not in A011.
func apart(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	if before == "" || after == "" || last == ' ' || first == ' ' {
		return true
	}
	return (last < utf8.RuneSelf) != (first < utf8.RuneSelf)
}

// remarkWords are the words of a remark, by their keys.
func remarkWords(text string) []string {
	var words []string
	between := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsSymbol(r) || unicode.IsPunct(r) && r != '-' }
	for _, word := range strings.FieldsFunc(norm.NFKC.String(text), between) {
		if word = bot.Key(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}
