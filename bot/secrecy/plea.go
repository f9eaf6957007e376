package secrecy

import (
	"regexp"
	"strings"
)

const (
	// paper is what a paper is called in a warning about it.
	paper = `(?:材料|资料|文件|[此本该]件|阅件|密件|稿|名单|方案|纪要|议程|简报|内参|口径|草案|档案|记录|记要|内容|信息|数据|照片|安排|通报|报告|电报|讲话|意见|清单|底稿|附件|提纲|汇报)(?:[（(][^）)]{1,12}[）)])?`
	// plea is how people are asked to leave something. 不得 and 不准 are left out: they
	// are the words of rules about papers.
	plea = `(?:请勿|切勿|严禁|请不要|千万不要|千万别|勿|别|不要|不宜|先不|暂不|未经\p{Han}{2,6}(?:不得|不要|请勿))`
	// spread is what they are to leave.
	spread = `(?:外传|外发|外泄|泄露|泄密|扩散|转发|翻印|复制|复印|翻拍|拍照|截屏|截图|传播|公开|上网|登报|转载|散发|外借|发群里?|发朋友圈|发到群里?|往外[发传说]|传出去|发出去|说出去|对外提供)`
	// over is where a clause ends.
	over = `(?:$|[,，。.;；!！、）)】\] ])`
)

var (
	// pleaded is a paper with the plea not to spread it, the plea at the end of its clause.
	pleaded = regexp.MustCompile(paper + `[^。；;！!?？]{0,14}?` + plea + `[^\p{P} ]{0,4}?` + spread + over)
	// burnt is a paper that is to be handed back or destroyed when it is read.
	burnt = regexp.MustCompile(paper + `[^。；;！!?？]{0,14}?(?:阅|看|读|用|会|学|传达)(?:后|完后?|毕后?|过后)[^\p{P} ]{0,3}?(?:退|交回|收回|交还|销毁|烧|焚|删除|删掉)`)
	// onlyFor is a paper for few readers.
	onlyFor = regexp.MustCompile(`(?:` + paper + `|以[上下])[^。；;！!?？]{0,10}?(?:仅限|只限|仅供|只供|只许|仅许|仅发|只发)[^ ,，。?？]{1,14}?(?:掌握|知悉|参阅|传阅|阅知|审阅|阅示|看|阅)` + over)
	// unpublished is a paper that says it is not for the public.
	unpublished = regexp.MustCompile(`不登报|[^\p{Han}]不上网` + over + `|^不(?:宜|予|得)?(?:对外)?公开[:：]`)
	// holds says that this very text holds something secret.
	holds = regexp.MustCompile(`(?:[本此该](?:文件|件|材料|文|资料|报告|稿)|以[上下](?:内容|材料|信息))[^,，。]{0,3}(?:含|涉及|属于|系)[^,，。]{0,4}(?:国家秘密|工作秘密|商业秘密|敏感信息|内部信息|涉密)`)
	// secretPaper begins with the paper's level: 绝密文件，只许一人看.
	secretPaper = regexp.MustCompile(`^` + level + `级?(?:文件|材料|资料|件|电报)[,，:：!！]`)
	levelAlone  = regexp.MustCompile(`^` + level + `级?$`)
)

// pleads reports whether a line warns of its own text in words that no mark has. What
// asks or lays down what others are to do does not.
func (p page) pleads(i int, line string) bool {
	if asking(line) || ruling.MatchString(line) || questioning.MatchString(line) || p.asksOnly(i) {
		return false
	}
	for _, pattern := range []*regexp.Regexp{pleaded, burnt, onlyFor, unpublished, holds, secretPaper} {
		if pattern.MatchString(line) {
			return true
		}
	}
	return levelApart(line)
}

// levelApart reports whether a level stands by itself among the few words of a head:
// 明传电报 机密 请即办. A list of levels is none.
func levelApart(line string) bool {
	words, levels := strings.Fields(line), 0
	for _, w := range words {
		switch {
		case levelAlone.MatchString(w):
			levels++
		case strings.Contains(w, "密"):
			return false
		}
	}
	return levels == 1 && len(words) > 1 && len(words) <= 6
}
