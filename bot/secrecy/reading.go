package secrecy

import (
	"regexp"
	"strings"
)

// What stands before a line of a message: marks of quotation, the time, who said it,
// what it is, whom it is to.
var (
	quotedLine = regexp.MustCompile(`^(?:[>》|•·●○■◆▶→*-] ?)+`)
	stamp      = regexp.MustCompile(`^[\[(（【]?(?:\d{2,4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日? ?|^[\[(（【]?(?:昨天|今天|星期.|周.|上午|下午|晚上)? ?\d{1,2}:\d{2}(?::\d{2})?[\])）】]? ?`)
	label      = regexp.MustCompile(`^[\[【(（](?:聊天记录|文件|图片|链接|转发|原文|附件|微信文件|文档|转|引用|合并转发|视频|收藏|标题)[\]】)）] ?`)
	speaker    = regexp.MustCompile(`^[^:：\s]{1,14}(?: [^:：\s]{1,6})?[:：] ?`)
	// ordered is an order to a bot, and whom it is to: 改 3 …, 请假 A01 12月1日 …
	ordered = regexp.MustCompile(`^@\S{1,16} +|^\p{Han}{1,4} ?\d{1,3} +|^[请销]假 ?(?:[A-Za-z]{0,3}\d{1,4} +)?(?:\d{1,2}月\d{1,2}[日号]?[至到-]?){0,2} *`)
	// greeting is whom somebody speaks to, before what they paste.
	greeting   = regexp.MustCompile(`^(?:廉问|您好|你好|大家好|早上好|上午好|下午好|晚上好|各位\p{Han}{0,3}|\p{Han}{0,3}(?:主任|主席|秘书长|科长|处长|局长|书记|老师|委员|总))[ ,:!~]+`)
	forwarding = regexp.MustCompile(`^(?:转发?|转自[^ :：]{0,10}|发您|发你|附件|文件名?|标题|转各位|请阅|收到|原文|正文|题目|内容如下|如下)[:：,， ]+|^(?:引用|回复) ?[^:：]{1,16}[:：] ?`)
	prefixes   = []*regexp.Regexp{quotedLine, label, stamp, forwarding, greeting, ordered}
)

// readings are a line, and what is left of it as what stands before it is taken away,
// piece by piece.
func readings(line string) []string {
	list := []string{line}
	for range 4 {
		rest := bare(line)
		if rest != line {
			list = append(list, rest)
		}
		at := speaker.FindStringIndex(rest)
		if at == nil {
			break
		}
		line = strings.TrimSpace(rest[at[1]:])
		list = append(list, line)
	}
	return list
}

// bare is a line without what stands before it, but for who said it.
func bare(line string) string {
	for range 4 {
		before := line
		for _, prefix := range prefixes {
			line = strings.TrimSpace(prefix.ReplaceAllString(line, ""))
		}
		if line == before {
			break
		}
	}
	return line
}
