package secrecy

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	// questioning are the words of a question.
	questioning = regexp.MustCompile(`[?？吗么呢嘛]|什么|怎么|怎样|咋|如何|哪|几年|几个|几天|几份|几级|多久|多长|多少|能不能|能否|可不可以|可否|是否|要不要|该不该|会不会|算不算|是不是|有没有|对不对|行不行|用不用|何时|谁|为啥|为什么|为何|请问|想问|问一下|问下|问问|请教|咨询|区别|意思|含义|求解|讲讲|解释|说说|介绍`)
	// defining asks what a mark means, whatever it stands in.
	defining = regexp.MustCompile(`是?(?:什么|啥|何)(?:意思|含义|级别|标志|东西|文件|概念|规定|讲究)|意思|含义|(?:代表|表示|说明|指的?是?)(?:什么|啥|哪)|怎么(?:理解|解释|读|念|看)|如何理解|何意`)
	// ruling are the words of a text about marks.
	ruling = regexp.MustCompile(`应当?|不得|必须|一律|按照|规定|字样|标志|标识|标记|格式|样式|样例|举例|例如|比如|譬如|之间|左上角|右上角|左上方|右上方|首页|封面|版头|标注|标明|标有|印制|一般|通常|就是|指的?是|是指|分为|三级|所谓|写法|制度|条例|保密法|几个字|这几?个|这种|这类|这样|那种|那类`)
	// asIs are words that the text itself follows.
	asIs = regexp.MustCompile(`(?:内容|原文|全文|正文|摘要|摘录|节选|主要是|名单|如下|说的是|上面写|写的是)[^。\n]{0,6}[:：]`)
	// leads are words that lead to what is talked about.
	leads = regexp.MustCompile(`(?:请问|想问|想问下|问一下|问下|咨询|请教|比如|例如|如|像|叫|写着?|标着?|标有|标注|标明|印着?|印有|盖着?|有|带|带有|看到|看见|发现|关于|的|和|与|及|或|跟|是|为|把|将|对|在|、|:|：)[ “‘「『《"'【（(\[]*$`)
	// follows are words by which a sentence goes on behind what is talked about.
	follows = regexp.MustCompile(`^[”’」』》"'】）)\] ,，、:：—-]{0,4}(?:是|的|和|与|跟|或|及|到底|究竟|这|那|代表|表示|指|算|能|可|怎|什么|啥|要|应|该|标|字样|属|谁|哪|何|为|如何|几|多久|有什么|有没有|必须|到期|期满|不能|不可|不得|由|需|会|也|都|可以|在哪|文件能|文件怎|文件可|请问|求|咋|吗|呢|\?|？)`)
	// titleNext is a title behind a mark.
	titleNext = regexp.MustCompile(`^[ 》】\])）:：_-]*(?:关于|中共|中国|市委|省委|市政协|政协|各|\d|第)`)
	stops     = regexp.MustCompile(`[。！!；;]`)
)

// talks reports whether a line talks about the mark that stands at a place in it.
func (p page) talks(i int, line string, start, end int) bool {
	before, after := around(line, start, end)
	if strings.HasSuffix(before, "@") || given(before+line[start:end]+after) {
		return false // a name in the chat, or the text itself follows
	}
	if at := stops.FindAllStringIndex(before, -1); at != nil {
		before = before[at[len(at)-1][1]:]
	}
	if at := stops.FindStringIndex(after); at != nil {
		after = after[:at[0]]
	}
	next := p.question(i + 1)
	if defining.MatchString(before+after) || defining.MatchString(next) {
		return true
	}
	asked := questioning.MatchString(before) || questioning.MatchString(after)
	if inSentence(before, after) {
		return asked || next != "" || ruling.MatchString(before+after)
	}
	return asked && short(line) && !titleNext.MatchString(after)
}

// inSentence reports whether what stands between is a part of a sentence.
func inSentence(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	return quoteEnd.MatchString(before) && quoteBegin.MatchString(after) ||
		isHan(last) || leads.MatchString(before) ||
		!titleNext.MatchString(after) && isHan(next) || follows.MatchString(after)
}

// question is a line if it is the last, short and asks; else "".
func (p page) question(i int) string {
	if i == len(p.lines)-1 && short(p.lines[i]) && asking(p.lines[i]) {
		return p.lines[i]
	}
	return ""
}

var (
	quoteEnd   = regexp.MustCompile(`[“‘「『《"'【（(\[]$`)
	quoteBegin = regexp.MustCompile(`^[”’」』》"'】）)\]]`)
)

// nearby is how much of a sentence is looked at on either side, in bytes.
const nearby = 300

// around is what stands before and behind a place in a line.
func around(line string, start, end int) (before, after string) {
	from, to := max(0, start-nearby), min(len(line), end+nearby)
	for !utf8.RuneStart(line[from]) {
		from++
	}
	for to < len(line) && !utf8.RuneStart(line[to]) {
		to++
	}
	return line[from:start], line[end:to]
}

// given reports whether a text says that another follows: 内容是：……
func given(around string) bool {
	at := asIs.FindStringIndex(around)
	return at != nil && utf8.RuneCountInString(around[at[1]:]) >= 12
}

// asksOnly reports whether the page asks what the mark in a line means, and holds
// nothing else.
func (p page) asksOnly(i int) bool {
	rest := ""
	for j, line := range p.lines {
		if j != i {
			rest += line
		}
		if !short(rest) {
			return false
		}
	}
	bare := !starred.MatchString(p.lines[i]) && utf8.RuneCountInString(p.lines[i]) <= 5
	return rest != "" && (defining.MatchString(rest) || bare && asking(rest))
}

// asking reports whether a line is a question.
func asking(line string) bool {
	return questioning.MatchString(line) && (strings.ContainsAny(line, "?？吗么呢") || short(line))
}

// short reports whether a text has not the room for more than a question.
func short(text string) bool { return len(text) <= 160 && utf8.RuneCountInString(text) <= 40 }

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }
