package secrecy

import (
	"regexp"
	"strings"
)

const (
	// house is what papers for the own house are called.
	house = `(?:(?:\p{Han}{0,8}(?:党组|党委|机关|办公室|政协|常委会|单位))?(?:内部|党内|涉密|敏感|机要)(?:资料|文件|材料|参考|参阅|刊物|通报|情况|使用|传阅|明电|信息|交流|掌握|学习|讨论稿?|简报|电报|文稿|文档|读物|要情|专报|摘报|快报|动态|数据|名单|方案|口径|清单|台账|纪要|记录|稿件?|事项|内容)?(?:资料|材料|文件|件)?|\p{Han}{0,4}专阅件?|限阅件?)`
	// draft is a paper that is ordinary, but for a warning beside it.
	draft = `(?:(?:征求意见|讨论|审议|送审|汇报|草拟|初|内部审核)稿|(?:会议|汇报|参阅|调研|人事|上会|考察)(?:材料|文件|资料)|内参|内刊|参阅件|阅件|传阅件|密件|[机秘绝]密件|涉密件|(?:专报|简报|情况反映|要情|参阅)|(?:记录|整理|录音|讲话|呈阅|送阅)[稿件]|密电|密码电报|机要件|[涉秘机绝]密(?:会议)?(?:材料|载体|档案|事项)|会议秘密事项|属于?(?:国家|商业)秘密|(?:属于?)?工作秘密|根据\p{Han}{0,4}录音整理)`
	// pending is what a paper waits for.
	pending = `(?:尚?未经?(?:本人|领导)?(?:审阅|审定|公开|公布|定稿)之?前?)`
	// issue is the number of a paper, between what it is called and its warning.
	issue = `(?:[ ,:(（〔]{0,2}(?:\d{4}年?[〕）)]? ?)?第?(?:\d{1,4}|[一二三四五六七八九十]{1,3})[期号次][)）]?|[ ,]编号[ :]?\d{1,6}号?)`
	// deed is what must not be done with them.
	deed = `(?:外传|外泄|外借|外发|泄露|泄密|复制|复印|翻印|转发|转载|转传|传播|扩散|拍照|拍摄|翻拍|公开(?:发行|发布|报道)?|公布|引用|印发|摘抄|抄录|上网|上传|截屏|截图|对外提供|对外)`
	// ban is a warning as a paper has it.
	ban = `(?:注意(?:保存|保管|保密|妥善保[管存])|妥善保[管存]|(?:严禁|请勿|切勿|禁止|勿|不得|不准|不要|不可|不能|不许|谢绝|严格禁止|不)(?:擅自|随意|私自|对外|向外|在?(?:互联)?网(?:上|络上?)?|在?(?:微信)?群[里内]?|复印|复制|拍照|翻印)?[、和及或]?` + deed + `(?:[、和及或]?` + deed + `)*|请?(?:(?:阅|看|会|用|译|学习|传达)(?:读|完|毕)?后|阅[毕完])(?:请)?(?:即|立即|及时|自行)?(?:收回|(?:退回|退还)(?:\p{Han}{0,6}(?:办公室|[委办科处室]))?|销毁|即焚|焚毁|焚|即?毁|清退|归还|交回|上交|删除|删|即退)|翻印必究|会后收回|仅供.{0,10}?(?:参阅|传阅|内部使用|内部参考|内部掌握|领导参考|领导参阅)|仅?供\p{Han}{0,6}内部(?:学习|交流|使用|参考|掌握|阅读|传阅|参阅|研究)(?:使用|参考)?|对外保密|严格保密|注意保密|请(?:予以?)?保密)`
	// errand is how a paper that warns goes from hand to hand; alone it is no warning.
	errand = `(?:免费(?:交流|赠阅)|未经(?:本人|领导)?(?:审阅|审定)|(?:请勿|切勿|严禁|禁止|不得|不要|不)(?:带离|带出|带走|携带)\p{Han}{0,4}|(?:不得|严禁|请勿|禁止|不准)(?:记录|录音|录像|打开|拆阅|拆封)(?:[、和及或]?(?:记录|录音|录像|拍照))*|请?\p{Han}{0,6}亲[启收]|请?(?:由|派)?专人(?:送达|递送|送交|取送|保管|签收))`
	// warned is what stands behind the name of a paper that warns.
	warned = `(?:[^\p{Han}\p{L}\d“”‘’]{0,6}请?(?:` + ban + `|` + unlicensed + `)|[^\p{Han}\p{L}\d“”‘’]{1,6}` + errand + `)+`
	// unlicensed forbids but for those who are allowed to; a right of authors is not meant.
	unlicensed = `(?:` + pending + `[ ,，、]{0,2}` + ban + `|未[经得](?:\p{Han}{0,6}(?:批准|许可|同意|允许)|允许)[,，]?(?:任何\p{Han}{0,6})?(?:严禁|请勿|切勿|禁止|不得|不准|不可)(?:擅自|随意|对外)?(?:提供|披露|印发|复制|复印|翻印|外传|扩散|摘抄|拍照|传播|转发|引用|外泄|泄露))`
	// strong is a warning that only papers have; what must not be photographed, told or
	// passed on may be something else.
	strong = `(?:(?:严禁|请勿|切勿|禁止|不得|不准|不可|勿)(?:擅自|随意|私自|对外|向外)?(?:外传|外泄|扩散|翻印|翻拍|摘抄|印发)|[阅看]后(?:请)?(?:即|立即|及时|自行)?(?:收回|退回|退还|销毁|焚毁|即?焚|即?毁|清退)|会后收回)`
	// reach is down to whom a paper goes that is not published.
	reach = `(?:此?件?(?:只|限)?发至\p{Han}{1,8}级(?:以上)?(?:[,，、]?不(?:公开|登报|翻印))*|(?:本[期件刊]|此件)[仅只限]发[送至]?[^,;。?!]{2,14})`
)

var (
	// inside is a paper for the own house with its warning.
	inside = regexp.MustCompile(`[【\[(（《〈“"「]?` + house + `[】\])）》〉”"」]?` + issue + `?` + warned + `[】\])）]?|[【\[(（]?内部\p{Han}{1,6}[】\])）]?[ ,:·—-]{1,3}` + warned + `[】\])）]?|[【\[(（《]?\p{Han}{1,8}` + draft + `[】\])）》]?` + issue + `?[ ,:(（—-]{1,3}` + warned + `[】\])）]?|[【\[(（《]?` + draft + `[】\])）》]?` + issue + `?` + warned + `[】\])）]?`)
	// onlyInside is a line that is nothing else.
	onlyInside = regexp.MustCompile(`^[【\[(（〔]?(?:` + house + `|` + ban + `|` + unlicensed + `|` + reach + `)(?:[^\p{Han}\p{L}\d]{0,6}(?:` + house + `|` + ban + `))*[】\])）〕]?[.。!！ ]*$`)
	// warns is a paper of any name before a warning that only papers have.
	warns = regexp.MustCompile(`^[《【\[(（]?(?:\p{Han}{2,10}[》】\])）]?[ ,:·、]{1,3}){1,2}(?:` + ban + `[ ,、;]{1,2})?` + strong + `(?:[ ,、;]{0,2}(?:` + strong + `|` + ban + `))*[】\])）]?(?:$|[.。!！:])`)
	// ruled is what a rule or a heading forbids, of whatever is of a kind.
	ruled = regexp.MustCompile(`保密|涉密|^凡|的,`)
	// belongs is a warning that names this text.
	belongs = regexp.MustCompile(`(?:[本此该](?:文件|件|材料|文|资料|通知|信息|消息|内容|稿|表|名单|期?(?:简报|专报|内参|刊物?|摘报|快报|动态|信息|通报|提纲|记录|纪要|清单|名册|方案|报告))|(?:文件|材料|内容)(?:涉密|保密|敏感)(?:[ ,])|[本此这]次会议(?:内容|精神)|以上(?:内容|信息|材料|名单)?|以下(?:内容|信息)?)[^\p{Han}]?(?:属于?|系|为|涉及|供|作为)?(?:内部(?:讨论|研究|征求意见)?|涉密|敏感|(?:国家|工作|商业)秘密)?(?:资料|文件|材料|信息|事项|传阅|使用|掌握|参考|参阅|阅读)?[,，、: ：]{0,2}请?(?:(?:仅限.{1,14}?阅读?|仅供.{1,14}?(?:[阅审传]阅|阅[读知存]|知悉)|` + ban + `)(?:[,;、 ]` + ban + `)*)|[本此](?:文|材)?[件料](?:请?阅后)?(?:退回?|交回|清退|送回)[^。;?]{0,6}(?:机要|保密)`)
	// restricted says who may read.
	restricted = regexp.MustCompile(`[【\[(（〔]?(?:编号[ :]?\d{1,6}号?[ ,]{1,2})?(?:(?:仅限|只限|限|仅供|只供|仅发)[^,，。；;?？!！\s吗呢]{2,16}?(?:参阅|传阅|审阅|阅知|阅读|知悉|阅存|阅示|阅)|供\p{Han}{0,4}领导(?:同志|干部)?(?:参阅|传阅|审阅|阅知|阅示)|` + ban + `)(?:[,，、; ；]{0,2}(?:` + ban + `))*[】\])）〕.。!！]*`)
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
	housed        = regexp.MustCompile(`^[^\p{Han}]?(?:` + house + `|` + draft + `|内部\p{Han}{1,6}[】\])） ,:·—-]|\p{Han}{1,8}` + draft + `)`)
	startsBracket = regexp.MustCompile(`^[【\[(（〔]`)
	endsBracket   = regexp.MustCompile(`[】\])）〕][.。!！]*$`)
	opened        = regexp.MustCompile(`[ 【\[(（〔★:：|\])】）〕_-]$`)
	closes        = regexp.MustCompile(`^ *[ 】\])）〕!！★|_-]|^` + ends)
	goesBehind    = regexp.MustCompile(`^[:：。.!！]`)
	sentence      = regexp.MustCompile(`^[在由向对从于]|^(?:内部|党内|涉密|敏感)\p{Han}{2,4}(?:不得|不能|不准|不可|不要|不许|不|应|要|严禁|禁止)[\p{Han}、]+[。；;,，]?$`)
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
