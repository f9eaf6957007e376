package bot

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// ends are what a text may be cut behind, best first.
var ends = []string{"\n", "。", "；", "，", "、", " "}

// Split cuts a text into parts of at most limit bytes, each with （1/3） behind
// it, at the end of a line or sentence where there is one in the second half of
// the part. Nothing but line breaks at a cut is lost. Texts that fit, and any
// text when limit is 0, are returned as they are.
func Split(text string, limit int) []string {
	if limit <= 0 || len(text) <= limit {
		return []string{text}
	}
	room := max(limit-len("\n（99/99）"), utf8.UTFMax)
	var parts []string
	for len(text) > room {
		at := cut(text, room)
		parts = append(parts, strings.TrimRight(text[:at], "\n"))
		text = strings.TrimLeft(text[at:], "\n")
	}
	if text != "" {
		parts = append(parts, text)
	}
	for i := range parts {
		parts[i] += fmt.Sprintf("\n（%d/%d）", i+1, len(parts))
	}
	return parts
}

// cut is where to cut a text that is longer than room bytes.
func cut(text string, room int) int {
	head := text[:room]
	for len(head) > 0 && !utf8.RuneStart(text[len(head)]) {
		head = head[:len(head)-1]
	}
	for _, end := range ends {
		if at := strings.LastIndex(head, end); at+len(end) > room/2 {
			return at + len(end)
		}
	}
	if len(head) == 0 { // no UTF-8 at all
		return room
	}
	return len(head)
}
