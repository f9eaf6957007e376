package secrecy

import (
	"fmt"
	"regexp"
	"strings"
)

// How much of a paper is its head, where the first article does not end it, and its
// foot, in lines that are not empty.
const (
	paperHead = 25
	paperFoot = 8
)

// firstArticle ends the head of a paper.
var firstArticle = regexp.MustCompile(`^(?:第[一1]条|第[一1]章|一、|总则)`)

// Paper is what a document bears, and where, for people; nil: nothing. A mark is
// looked for where papers have theirs: in the name, beside the text (page headers,
// text boxes), at the head and at the foot. In between a rule may say what marks look
// like. A number is looked for everywhere.
func Paper(name, text string, beside []string) (where string, kinds []Kind) {
	if kinds = Seen(name); kinds != nil {
		return "文件名", kinds
	}
	for _, b := range beside {
		if kinds = Seen(b); kinds != nil {
			return "页眉、页脚或文本框", kinds
		}
	}
	p := plain(text)
	head := p.lines[:min(len(p.lines), paperHead)]
	for i, line := range head {
		if firstArticle.MatchString(line) {
			head = head[:i]
			break
		}
	}
	foot := p.lines[max(len(p.lines)-paperFoot, len(head)):]
	if (page{lines: head}).marked() {
		return "文首", []Kind{Mark}
	}
	if (page{lines: foot}).marked() {
		return "文末", []Kind{Mark}
	}
	if kinds = numbersIn(p.text); kinds == nil {
		return "", nil
	}
	for i, line := range strings.Split(text, "\n") {
		if numbersIn(plain(line).text) != nil {
			return fmt.Sprintf("第 %d 行", i+1), kinds
		}
	}
	return "正文", kinds
}
