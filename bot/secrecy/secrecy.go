package secrecy

import "strings"

// Kind is something that must not be kept, as people call it.
type Kind string

// The kinds.
const (
	Mark     Kind = "密级或内部标志"
	Identity Kind = "身份证号"
	Card     Kind = "银行卡号"
	Phones   Kind = "电话名单"
)

// Seen is what a text bears; nil: nothing.
func Seen(text string) (kinds []Kind) {
	p := plain(text)
	if p.marked() {
		kinds = append(kinds, Mark)
	}
	return append(kinds, numbersIn(p.text)...)
}

// numbersIn is which numbers a plain text bears.
func numbersIn(text string) (kinds []Kind) {
	groups := groupsOf(text)
	if hasIdentity(text, groups) {
		kinds = append(kinds, Identity)
	}
	if hasCard(text, groups) {
		kinds = append(kinds, Card)
	}
	if listsPhones(text, groups) {
		kinds = append(kinds, Phones)
	}
	return kinds
}

// Words are kinds for people: 身份证号、银行卡号.
func Words(kinds []Kind) string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = string(k)
	}
	return strings.Join(words, "、")
}
