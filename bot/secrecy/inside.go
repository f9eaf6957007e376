package secrecy

import (
	"regexp"
	"strings"
)

const (
	// house is what papers for the own house are called.
	house = `(?:(?:内部|党内|涉密|敏感|机要)(?:资料|文件|材料|参考|参阅|刊物|通报|情况|使用|传阅|明电|信息|交流|掌握|学习|讨论稿?|简报|电报|文稿|文档|读物|要情|专报|摘报|快报|动态|数据|名单|方案|口径|清单|台账|纪要|记录|稿|事项|内容)?(?:资料|材料|文件)?)`
	// deed is what must not be done with them.
	deed = `(?:外传|外泄|外借|外发|泄露|泄密|复制|复印|翻印|转发|转载|转传|传播|扩散|拍照|拍摄|公开|引用|摘抄|抄录|上网|截屏|截图|对外提供|对外)`
	// ban is a warning as a paper has it.
	ban = `(?:注意(?:保存|保管|保密|妥善保[管存])|妥善保[管存]|(?:严禁|请勿|切勿|禁止|勿|不得|不准|不要|不可|不能|不许|谢绝|严格禁止|不)(?:擅自|随意|私自|对外|向外|复印|复制|拍照|翻印)?[、和及或]?` + deed + `|(?:阅|看|会|用|学习|传达)(?:读|完|毕)?后(?:请)?(?:即|立即|及时)?(?:收回|退回|销毁|即焚|焚毁|焚|即?毁|清退|归还|交回|上交|删除|删)|会后收回|仅供.{0,10}?(?:参阅|传阅|内部使用|内部参考|内部掌握|领导参考|领导参阅)|对外保密|严格保密|注意保密|请(?:予以?)?保密)`
)

var (
	// inside is a paper for the own house with its warning.
	inside = regexp.MustCompile(`[【\[(（《〈“"「]?` + house + `[】\])）》〉”"」]?(?:[^\p{Han}\p{L}\d“”‘’]{0,6})` + ban + `[】\])）]?`)
	// onlyInside is a line that is nothing else.
	onlyInside = regexp.MustCompile(`^[【\[(（〔]?(?:` + house + `|` + ban + `)(?:[^\p{Han}\p{L}\d]{0,6}(?:` + house + `|` + ban + `))*[】\])）〕]?[.。!！ ]*$`)
	// belongs is a warning that names this text.
	belongs = regexp.MustCompile(`(?:[本此该](?:文件|件|材料|文|资料|通知|信息|消息|内容|稿|表|名单)|以上(?:内容|信息|材料|名单)?|以下(?:内容|信息)?)[^\p{Han}]?(?:属|系|为)?(?:内部|涉密|敏感)?(?:资料|文件|材料|信息)?[,，、: ：]{0,2}(?:仅限.{1,14}?阅读?|` + ban + `)`)
	// restricted says who may read.
	restricted = regexp.MustCompile(`[【\[(（〔]?(?:(?:仅限|只限|限|仅供|只供|仅发)[^,，。；;?？!！\s吗呢]{2,16}?(?:参阅|传阅|审阅|阅知|阅读|知悉|阅存|阅示|阅)|` + ban + `)(?:[,，、; ；]{0,2}(?:` + ban + `))*[】\])）〕.。!！]*`)
)

// apartIn reports whether a piece of a line stands apart from the sentences around
// it: it begins and ends with the line, with a bracket or with a space. A warning
// whose parts are set apart is not read as a sentence.
func apartIn(line string, start, end int) bool {
	before, after, piece := line[:start], line[end:], line[start:end]
	switch {
	case startsBracket.MatchString(piece) && endsBracket.MatchString(piece):
		return true
	case before != "" && !opened.MatchString(before):
		return false
	}
	own := housed.MatchString(piece)
	switch {
	case before == "" && after == "":
		return !sentence.MatchString(line)
	case after == "":
		return own
	case own && before == "" && (goesBehind.MatchString(after) || strings.Contains(piece, " ") && strings.HasPrefix(after, ",")):
		return !sentence.MatchString(piece)
	}
	return closes.MatchString(after)
}

var (
	housed        = regexp.MustCompile(`^[^\p{Han}]?` + house)
	startsBracket = regexp.MustCompile(`^[【\[(（〔]`)
	endsBracket   = regexp.MustCompile(`[】\])）〕][.。!！]*$`)
	opened        = regexp.MustCompile(`[ 【\[(（〔★:：|\])】）〕_-]$`)
	closes        = regexp.MustCompile(`^ *[ 】\])）〕!！★|_-]|^` + ends)
	goesBehind    = regexp.MustCompile(`^[:：。.!！]`)
	sentence      = regexp.MustCompile(`^(?:内部|党内|涉密|敏感)\p{Han}{2,4}(?:不得|不能|不准|不可|不要|不许|不|应|要|严禁|禁止)[\p{Han}、]+[。；;,，]?$`)
)

// atEdge reports whether a piece stands at the beginning or at the end of a line, or
// before the end of a document's name.
func atEdge(line string, start, end int) bool {
	return edge.MatchString(line[:start]) || tailEnd.MatchString(line[end:])
}

var (
	edge    = regexp.MustCompile(`^[^\p{Han}\p{L}]*$|[:：>》\]】)） ]$`)
	tailEnd = regexp.MustCompile(`^(?:` + ends + `|[ .。!！]*$)`)
)
