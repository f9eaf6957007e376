package lines

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lianwen/corpus"
	"lianwen/index"
)

// How long a line may be that nobody has looked at, and how many characters in a row of
// the article it may have: who asks does not know its words. Of the sample's 18,000
// lines the longest has 28 characters, and one has more than 12 in a row.
const (
	shortest = 4
	longest  = 40
	copied   = 12
)

// inWords says what is wrong with a line by its words; "" for nothing.
func inWords(a *corpus.Article, text string) string {
	n := utf8.RuneCountInString(text)
	switch {
	case !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
		return "没有汉字"
	case n < shortest:
		return fmt.Sprintf("太短，不到 %d 个字", shortest)
	case n > longest:
		return fmt.Sprintf("太长，超过 %d 个字", longest)
	case corpus.AskedFault(text) != "":
		return corpus.AskedFault(text)
	case index.Vague(text):
		return "没有说是什么事"
	case copies(a.Text, text):
		return "照抄了条文"
	}
	if name := named(text, a.Text); name != "" {
		return "有条文里没有的「" + name + "」"
	}
	return otherNumber(text, a.Text)
}

var marks = regexp.MustCompile(`[\s\p{P}]`)

// bare is a text without spaces and marks.
func bare(s string) string { return marks.ReplaceAllString(s, "") }

// copies reports whether a line has more than copied characters in a row of a text.
func copies(text, line string) bool {
	text = bare(text)
	rs := []rune(bare(line))
	for i := 0; i+copied < len(rs); i++ {
		if strings.Contains(text, string(rs[i:i+copied+1])) {
			return true
		}
	}
	return false
}

// The names of persons and places that a line may have made up. Surnames that are words
// besides are left out before a title (于主任, 向主席); so is what may be a meeting of a
// week (周主任会议).
var (
	person = regexp.MustCompile(`(?:[王李张刘陈杨赵黄吴徐孙胡朱郭罗梁宋郑韩唐冯董曹袁邓许傅沈曾彭吕苏卢蒋蔡贾魏薛叶阎潘杜戴夏姜姚谭廖邹熊陆郝崔邱秦侯邵孟尹黎乔贺赖龚]` +
		`(?:副?(?:主席|主任|秘书长|书记|科长|处长|局长|部长|会长|院长|校长|厅长|市长|县长|区长)|经理|老师|同志|先生|女士|委员)` +
		`|([王李张刘陈杨赵黄吴徐孙胡朱郭罗梁宋郑韩唐冯董曹袁邓许沈彭吕苏卢蒋蔡魏薛潘谭邹郝崔邱]总)(?:$|\P{Han}|[说要让的来去请])` +
		`|[老小][王李张刘陈杨赵黄吴徐孙胡朱郭罗梁宋郑韩唐冯曹袁邓许沈彭吕苏卢蒋蔡魏薛潘谭邹郝崔邱])`)
	place = regexp.MustCompile(`北京|上海|天津|重庆|广州|深圳|杭州|南京|武汉|成都|西安|长沙|郑州|济南|青岛|沈阳|大连|哈尔滨|长春|石家庄|太原|合肥|福州|厦门|南昌|南宁|海口|三亚|贵阳|昆明|拉萨|兰州|西宁|银川|乌鲁木齐|呼和浩特` +
		`|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾`)
)

// named is a name in a line that a text does not have; "" when there is none.
func named(line, text string) string {
	for _, pattern := range []*regexp.Regexp{person, place} {
		for _, m := range pattern.FindAllStringSubmatch(line, -1) {
			if name := cmp.Or(m[len(m)-1], m[0]); !strings.Contains(text, name) {
				return name
			}
		}
	}
	return ""
}

// amount is a number with a unit. One and two stand for any number, as in 一次, 两天.
var amount = regexp.MustCompile(`([0-9０-９]+(?:[.．][0-9０-９]+)?万?|[零〇一二两三四五六七八九十百千万]+)\s*(?:多|来)?个?\s*(工作日|天|日|周|月|年|小时|分钟|元|块|%|％|人|次|平方米|公里)|百分之([零一二三四五六七八九十百]+|[0-9]+)`)

// sameUnit is what a unit is compared as.
var sameUnit = map[string]string{"工作日": "天", "日": "天", "块": "元", "％": "%"}

// amountsOf are the numbers of a text, as they are compared, by their unit.
func amountsOf(text string) map[string][]string {
	out := map[string][]string{}
	for _, m := range amount.FindAllStringSubmatch(text, -1) {
		number, unit := m[1], m[2]
		if m[3] != "" {
			number, unit = m[3], "%"
		}
		if same := sameUnit[unit]; same != "" {
			unit = same
		}
		base, tenThousands := strings.CutSuffix(number, "万")
		if n, ok := corpus.ParseNumeral(base); ok {
			if number = fmt.Sprint(n); tenThousands {
				number += "万"
			}
		}
		out[unit] = append(out[unit], number)
	}
	return out
}

// unitName is a unit behind a number.
func unitName(unit string) string {
	if unit == "月" || unit == "周" {
		return "个" + unit
	}
	return unit
}

// otherNumber says which number a line has that its article has not, while that has
// numbers of the unit; "" when there is none.
func otherNumber(line, text string) string {
	there := amountsOf(text)
	for _, unit := range []string{"天", "周", "月", "年", "小时", "分钟", "元", "%", "人", "次", "平方米", "公里"} {
		for _, n := range amountsOf(line)[unit] {
			if n != "1" && n != "2" && len(there[unit]) > 0 && !slices.Contains(there[unit], n) {
				return fmt.Sprintf("说的「%s」条文里没有", n+unitName(unit))
			}
		}
	}
	return ""
}
