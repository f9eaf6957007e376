package secrecy

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// level is a mark's word.
	level = `(?:(?:核心|普通)?商密|商业秘密|(?:警务|检察|审判)?工作秘密|国家秘密|[绝机]密|秘密)`
	// term is a mark's period.
	term = `(?:(?:\d{1,3}|[一二三四五六七八九十两]{1,3}) ?(?:年|个?月|周|天|日)|长期|永久|启用前|公布前|公开前|会前|宣布前|解密)`
	// urgency stands beside a mark.
	urgency = `(?:特急|加急|平急|急件|特提|加提|平提|急|明电|密电|密码电报|电报|机要件?|限时|件|级|文件|材料|资料|第?\d{1,6}[号页]?|共\d+页|长期保存|份号|共\d+份|No\.?|` + term + `|[ .,:，：、()（）\[\]【】★*=#~+_/|—-])`
	// ends are how the name of a document ends.
	ends = `\.(?:docx?|wps|pdf|ofd|xlsx?|et|pptx?|txt|rtf|zip|rar|jpe?g|png|tif|ceb|md)`
)

var (
	// starred is a mark with its star, or with its period and what was read for a star.
	starred = regexp.MustCompile(level + `级? ?(?:★+ ?(?:` + term + `)?|\*+ ?` + term + `|[^\p{Han}\p{L}\d\s、，。；;,“”‘’「」『』《》"']{1,3}` + term + `)|内部(?:事项|资料|文件|材料)? ?★+ ?(?:` + term + `|$|[】\])）])`)
	// asterisk is a mark before a title with an asterisk for its star: 机密*关于……
	asterisk = regexp.MustCompile(`^[【\[(（]?` + level + `级?\*+\p{Han}`)
	// periodic is a mark with its period alone, at the head or set apart.
	periodic = regexp.MustCompile(`(?:^|[ 【\[(（:：_-])(` + level + `级? ?` + term + `)(?:$|[^\p{Han}]|(?:关于|中共|市委|省委))`)
	// only is a line that is a mark and nothing else.
	only = regexp.MustCompile(`^` + urgency + `*` + level + `级?` + urgency + `*$`)
	// closed is a mark in brackets.
	closed = regexp.MustCompile(`[【\[(（〔<{《〖『「] ?(?:` + level + `|涉密|密件|机要|内部|内参|密)级?(?:文件|件|材料|资料|事项|内容|传阅|信息|通知)?(?:[ ·★*,，-]{0,2}` + term + `)? ?[】\])）〕>}》〗』」]`)
	// labelled is a mark behind the word that says that it is one.
	labelled = regexp.MustCompile(`(?:(?:密级|(?:秘密|保密|涉密|密)(?:等级|级别|程度)) ?[:：】\])）]|(?:^|[^\p{Han}])(?:[本此该]文?件)?密级(?:[ -]|为|是)) ?[【\[(（“"「]?(?:` + level + `)|(?:^|[^\p{Han}])等级 ?[:：] ?` + level + `|(?:^|[^\p{Han}])定密 ?[:：] ?` + level + `|公开(?:方式|属性|选项|形式|类别|类型) ?[:：] ?不(?:予|宜)?公开|^密级` + level + `级?(?: |$)|(?:保密期限|知悉范围|解密(?:时间|日期|条件)|定密(?:责任人|依据)|份号) ?[:：] ?[^ ?？]`)
	// headed is a mark before a title, set apart from it.
	headed = regexp.MustCompile(`^` + level + `(?:级(?:文件|材料|资料)?|件|文件|材料|资料)? ?(?:[ :：_|!！-]|--|——|[》>]) ?([^ ].*)$`)
	// fused is a mark that runs on into a title.
	fused = regexp.MustCompile(`^` + level + `级?(?:关于.{2,}的?(?:通知|报告|请示|意见|方案|决定|函|纪要|批复|通报|情况|名单|安排|汇报)|中共.{2,}|(?:市委|市政府|省委|市政协|常委会?|主席会议|党组).{0,12}(?:纪要|文件|方案|通知|名单|报告|会议记录))`)
	// tailed is a mark behind the name of a document.
	tailed = regexp.MustCompile(`(?:[-_—·（(\[【 ]` + level + `级?(?:文件|件)?[)）\]】]?|[（(\[【]内部(?:资料|材料|文件|参考|使用|传阅)?[)）\]】])(?:` + ends + `|$)`)
	// scanned is the name of a document that is nothing but what it is.
	scanned = regexp.MustCompile(`(?:^|[^\p{Han}])` + level + `级?(?:文件|件|材料)?(?:扫描件?|照片|原件|正文|[定终初]稿)?` + ends)
	// filed is the name of a document that begins with a mark, or has one set apart in it.
	filed = regexp.MustCompile(`(?:^|[ 【\[(（\]】:：/\\_-])` + level + `级?[-_ ·+—.）)】\]]{1,2}[^ ]*` + ends)
	// declared says of this text that it is secret.
	declared = regexp.MustCompile(`(?:[本此该]|这) ?[份个件篇]?(?:文件|件|材料|文|资料|通知|报告|方案|纪要|稿|电报|内容|信息|会议内容|名单|表|页|卷|载体|图)? ?(?:系|属于?|为|是|定为|已定为|列为|标为|已列为|按)(?:国家)?(?:` + level + `|涉密)(?:级(?:文件|事项|材料|管理)?|件|文件|事项|材料|管理|载体)?(?:[,，。.;；!！、 )）]|$)`)
	titled   = regexp.MustCompile(`[\p{Han}\d]{6,}`)
)

// marked reports whether a page bears a mark.
func (p page) marked() bool {
	p.listing = p.lists()
	pasted := slices.ContainsFunc(p.lines, pastedLine.MatchString)
	for i, line := range p.lines {
		for _, reading := range readings(line) {
			if p.bears(i, reading) || pasted && marks(reading) && !pastedLine.MatchString(reading) {
				return true
			}
		}
	}
	return false
}

var (
	// pastedLine is a line of a paper itself: who issues it, its number, its title.
	pastedLine = regexp.MustCompile(`^(?:[^ ,.;?]{2,24}[〔\[(]\d{4}[〕\])]第?\d{1,4}[号次期]|[^ ,;?、]{2,20}第\d{1,4}[期号]|[^ ,;?、]{4,20}文件|关于[^?;。]{4,60}的(?:通知|报告|请示|函|意见|方案|决定|批复|通报|情况|汇报)|一、[^?]{2,20})$`)
	// leadIn is what somebody says who pastes a paper behind it.
	leadIn = regexp.MustCompile(`^(?:请问|想问|问一下|请教|咨询|帮我?看(?:看|下|一下)?)[ ,:]+`)
)

// marks reports whether a line, of a message that has a paper in it, is one of its
// marks: a mark and nothing else, or one with which the line begins. That somebody asks
// something about the paper does not make it less of one.
func marks(line string) bool {
	line = leadIn.ReplaceAllString(line, "")
	return only.MatchString(line) || onlyInside.MatchString(line)
}

// bears reports whether a line of the page does.
func (p page) bears(i int, line string) bool {
	if !p.listing && p.stands(i, line) {
		return !p.asksOnly(i)
	}
	for _, at := range starred.FindAllStringIndex(line, -1) {
		if !p.talks(i, line, at[0], at[1]) {
			return true
		}
	}
	for _, at := range periodic.FindAllStringSubmatchIndex(line, -1) {
		if !p.talks(i, line, at[2], at[3]) {
			return true
		}
	}
	for _, at := range closed.FindAllStringIndex(line, -1) {
		if !p.talks(i, line, at[0], at[1]) && !behindNumber.MatchString(line[:at[0]]) && (atEdge(line, at[0], at[1]) || bracketed.MatchString(line[at[0]:]) && !questioning.MatchString(line) && !ruling.MatchString(line)) {
			return true
		}
	}
	for _, mark := range []*regexp.Regexp{labelled, tailed, scanned, filed, belongs} {
		for _, at := range mark.FindAllStringIndex(line, -1) {
			if !p.talks(i, line, at[0], at[1]) {
				return true
			}
		}
	}
	for _, mark := range []*regexp.Regexp{inside, restricted} {
		for _, at := range mark.FindAllStringIndex(line, -1) {
			if apartIn(line, at[0], at[1]) && !behindNumber.MatchString(line[:at[0]]) && !p.talks(i, line, at[0], at[1]) {
				return true
			}
		}
	}
	return !p.listing && p.heads(i, line) || p.warns(i, line) || p.pleads(i, line) || declared.MatchString(line) && !questioning.MatchString(line) && !conditional.MatchString(line)
}

var (
	// behindNumber is what the heading of an article stands behind.
	behindNumber = regexp.MustCompile(`第[\p{Han}\d]{1,8}条(?:之.)? ?$`)
	bracketed    = regexp.MustCompile(`^[【\[(（〔]`)
	conditional  = regexp.MustCompile(`如果|若|假如|凡|的话|要是|应当|一旦`)
)

// warns reports whether a line is a paper of any name with its warning.
func (p page) warns(i int, line string) bool {
	at := warns.FindStringIndex(line)
	return at != nil && !asking(line) && !ruled.MatchString(strings.ReplaceAll(line[:at[1]], "注意保密", "")) && !p.talks(i, line, at[0], at[1])
}

// heads reports whether a line begins with a mark that a title follows.
func (p page) heads(i int, line string) bool {
	if asterisk.MatchString(line) || fused.MatchString(line) {
		return !asking(line)
	}
	if m := headed.FindStringSubmatch(line); m != nil && (titled.MatchString(m[1]) || i+1 < len(p.lines) && !p.asksOnly(i)) {
		return !asking(line) && !ruling.MatchString(line)
	}
	return false
}

// ofLevel is a line of a list of what the levels are.
var ofLevel = regexp.MustCompile(`^[^\p{L}]{0,4}([绝机秘]密)(?:级|$|[^\p{Han}★*])`)

// lists reports whether the page goes through the three levels line by line: it says
// what they are.
func (p page) lists() bool {
	levels := map[string]bool{}
	for _, line := range p.lines {
		if m := ofLevel.FindStringSubmatch(line); m != nil {
			levels[m[1]] = true
		}
	}
	return len(levels) == 3
}

// headLines and footLines are where in a text a bare mark is one; mostLookedUp is how
// long a word is that somebody looks up.
const (
	headLines    = 5
	footLines    = 2
	mostLookedUp = 6
)

// stands reports whether a line is nothing but a mark. The bare word as a whole
// message is one that somebody looks up.
func (p page) stands(i int, line string) bool {
	if !only.MatchString(line) && !onlyInside.MatchString(line) || sentence.MatchString(line) {
		return false
	}
	return (i < headLines || i >= len(p.lines)-footLines) && len(p.lines) > 1 || starred.MatchString(line) || periodic.MatchString(line) || strings.ContainsAny(line, "【[(（〔-=*#★") || setApart.MatchString(line) || utf8.RuneCountInString(line) > mostLookedUp
}

// setApart is what makes a bare mark more than a word.
var setApart = regexp.MustCompile(`急|\d{4,}|份|电报|专阅|传阅件`)
