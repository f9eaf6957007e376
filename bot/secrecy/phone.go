package secrecy

import "regexp"

// Surnames are those that nearly everybody has.
const Surnames = `王李张刘陈杨赵黄吴周徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴夏钟汪田任姜范姚谭廖邹陆郝崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文金陶严华施孔褚卫凌洪倪柳俞章鲁葛韦申尤祝詹甘骆欧聂庄殷岳齐梅盛童`

// mostPhones is how many mobile numbers a message may have; more are a list.
const mostPhones = 2

// mostLines is how many numbers of any kind it may have: an office's own are ordinary.
const mostLines = 4

var (
	mobile   = regexp.MustCompile(`^(?:86|0086)?1[3-9]\d{9}$`)
	landline = regexp.MustCompile(`^0\d{9,11}$`)
	// mobileGroups and landGroups are how they are written, by the lengths of the groups.
	mobileGroups = regexp.MustCompile(`^(?:[24],)?(?:11|1[35]|3,4,4|3,3,5|4,3,4|4,4,3|3,8|7,4|5,6|5,3,3|1(?:,1){10})$`)
	landGroups   = regexp.MustCompile(`^(?:1[0-2]|[34],[78]|[34],[34],4|1(?:,1){9,11})$`)
	// named is somebody, who may have a title, with the number of a house or an office.
	named = regexp.MustCompile(`([` + Surnames + `]\p{Han}{1,2})` +
		`(?:[ :,、()|]{1,4}\p{Han}{2,8})?[ :,、()|]{0,4}(?:电话|宅电|办公|座机|办)?[ :]{0,2}(?:0\d{2,3}[ -]?)?[2-8]\d{6,7}(?:\D|$)`)
	// officeName is what only looks like a name: 文史委, 华侨科.
	officeName = regexp.MustCompile(`[委科处室办局部组厅院会台站馆]$`)
)

// Phone reports whether a text has a telephone number, of whatever kind.
func Phone(text string) bool {
	p := plain(text)
	mobiles, lines := phones(groupsOf(p.text))
	return mobiles+lines > 0
}

// HasIdentity reports whether a text has an identity number, or a row of digits of its
// length.
func HasIdentity(text string) (found bool) {
	p := plain(text)
	groups := groupsOf(p.text)
	windows(groups, func(number string, g []group) bool {
		found = found || len(number) == 18 || len(number) == 17 && isX(p.text[g[len(g)-1].end:])
		return found
	})
	return found || hasIdentity(p.text, groups)
}

// listsPhones reports whether a text lists the telephone numbers of people.
func listsPhones(text string, groups []group) bool {
	mobiles, lines := phones(groups)
	return mobiles > mostPhones || mobiles > 0 && mobiles+lines > mostLines || people(text) > mostPhones
}

// people counts those who stand with the number of a house or an office.
func people(text string) (n int) {
	for _, m := range named.FindAllStringSubmatch(text, -1) {
		if !officeName.MatchString(m[1]) {
			n++
		}
	}
	return n
}

// phones counts the different telephone numbers.
func phones(groups []group) (mobiles, lines int) {
	seen := map[string]bool{}
	windows(groups, func(number string, g []group) bool {
		switch n := len(number); {
		case n < 10 || n > 15:
			return false
		case mobile.MatchString(number) && mobileGroups.MatchString(lengths(g)):
			if number = number[len(number)-11:]; !seen[number] {
				mobiles++
			}
		case landline.MatchString(number) && landGroups.MatchString(lengths(g)):
			if !seen[number] {
				lines++
			}
		default:
			return false
		}
		seen[number] = true
		return true
	})
	return mobiles, lines
}
