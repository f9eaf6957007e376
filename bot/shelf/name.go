package shelf

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// longestName is how many letters an id made of a title may have: one a character
// is read aloud as easily as the title itself.
const longestName = 24

// said is how common words of titles are read where go-pinyin, which knows no words,
// reads a character otherwise: 长 of 秘书长, 行 of 行政.
var said = strings.NewReplacer("委员长", "wyz", "秘书长", "msz", "会长", "hz", "局长", "jz", "行政", "xz", "试行", "sx", "暂行", "zx", "执行", "zx", "重要", "zy", "重大", "zd",
	"调研", "dy", "调查", "dc", "调整", "tz", "会计", "kj", "参与", "cy", "朝阳", "cy", "重庆", "cq", "差旅", "cl", "出差", "cc", "传记", "zj", "单位", "dw", "大夫", "df", "都", "d")

// nameOf makes an id of a title: the first letters of its pinyin, 提案工作条例 →
// tagztl. Remarks in brackets are left out unless nothing else tells two rules apart.
func nameOf(title string) string {
	if at := strings.IndexAny(title, "（("); at > 0 {
		title = title[:at]
	}
	var b strings.Builder
	args := pinyin.NewArgs()
	args.Style = pinyin.FIRST_LETTER
	for _, r := range said.Replace(title) {
		switch {
		case b.Len() >= longestName:
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(unicode.ToLower(r))
		case unicode.Is(unicode.Han, r):
			if read := pinyin.SinglePinyin(r, args); len(read) > 0 {
				b.WriteString(read[0])
			}
		}
	}
	if b.Len() == 0 {
		return "zhidu"
	}
	return b.String()
}

// uniqueName is a name that is not taken: with a number behind it, if need be.
func uniqueName(name string, taken map[string]bool) string {
	unique := name
	for n := 2; taken[unique]; n++ {
		unique = name + "-" + strconv.Itoa(n)
	}
	return unique
}
