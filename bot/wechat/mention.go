package wechat

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// afterMention is the space that WeChat puts behind a mention picked from the
// list of members. A mention typed by hand has a plain one, or none.
const afterMention = '\u2005'

// longestName bounds how far a mention may reach, in bytes.
const longestName = 128

// groupNames are the names of a group's members: of the account (its nickname
// and its name in the group) and of everybody else.
type groupNames struct{ mine, others []string }

// addressed finds out whether a group message is meant for the account: by a
// mention anywhere, or by one of the names in called at its beginning. It
// returns the text without that. Known is false when somebody was mentioned
// whose name is not in the list.
func addressed(text string, names groupNames, called []string) (rest string, forUs, known bool) {
	text, known = visible(text), true
	mine := clean(append(slices.Clone(called), names.mine...))
	all := append(append(clean(names.others), "所有人"), mine...)
	slices.SortFunc(all, func(a, b string) int { return cmp.Compare(len(b), len(a)) }) // 廉问小组 before 廉问
	for from := 0; ; {
		at := strings.IndexAny(text[from:], "@＠")
		if at < 0 {
			break
		}
		at += from
		_, width := utf8.DecodeRuneInString(text[at:])
		from = at + width
		name, ok := mentioned(text[from:], all)
		picked := ok && strings.HasPrefix(text[from+len(name):], string(afterMention))
		if before, _ := utf8.DecodeLastRuneInString(text[:at]); !picked && before < utf8.RuneSelf && isWord(before) {
			continue // an e-mail address
		}
		switch {
		case !ok:
			known = false
		case slices.Contains(mine, name):
			forUs = true
			after := strings.TrimLeftFunc(text[from+len(name):], unicode.IsSpace)
			text = text[:at] + after
			from = at
		default:
			from += len(name)
		}
	}
	if forUs {
		return strings.TrimSpace(text), true, known
	}
	for _, name := range clean(called) {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(text), name); ok && boundary(rest) {
			return strings.TrimLeftFunc(rest, func(r rune) bool { return !isWord(r) }), true, known
		}
	}
	return text, false, known
}

// mentioned is the longest of the names that stands at the beginning of text
// and ends there. Where WeChat has marked the end, the name must reach it.
func mentioned(text string, names []string) (string, bool) {
	near := text[:min(len(text), longestName)]
	if end := strings.IndexRune(near, afterMention); end >= 0 && !strings.ContainsAny(near[:end], "@＠\n") {
		if slices.Contains(names, near[:end]) {
			return near[:end], true
		}
		return "", false
	}
	for _, name := range names {
		if rest, ok := strings.CutPrefix(text, name); ok && boundary(rest) {
			return name, true
		}
	}
	return "", false
}

// boundary reports whether a name can end before rest.
func boundary(rest string) bool {
	r, size := utf8.DecodeRuneInString(rest)
	return size == 0 || !isWord(r)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// clean makes names comparable with a text, and drops empty ones.
func clean(names []string) []string {
	var out []string
	for _, name := range names {
		if name = strings.TrimSpace(visible(name)); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// visible drops what cannot be seen: zero-width characters, direction marks and
// variation selectors.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) {
			return -1
		}
		return r
	}, s)
}
