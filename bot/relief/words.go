package relief

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"lianwen/corpus"
)

// Text is something that people are sent or shown.
type Text struct {
	Where, Body string
	Case        bool // it tells what others did, as a question does: only what turns to the reader is meant
	Groups      bool // it is a report, which may tell 参与率, since it has that of groups and months alone
}

// Hit is a place in a text that may ask of people what a trait forbids.
type Hit struct {
	Trait, Where string
	Words        string // the words, with what stands around them
}

// asked are the words by which a text asks for what a trait forbids. They are
// looked for clause by clause.
var asked = []struct {
	trait string
	words *regexp.Regexp
}{
	{CheckIn, regexp.MustCompile(`打个?卡|(?:每日|每天|群里|群内|线上|手机|扫码|在线|点击链接|登录)[^，。；]{0,6}签到|签到(?:打卡|积分|天数)|积分|排名|排行榜|红黑榜|(?:在线|学习|使用)时长|连续(?:学习|答题|登录)[^，。；]{0,4}天`)},
	{Install, regexp.MustCompile(`(?i)(?:必须|务必|一律|都要|均须|全员|请[^，。；]{0,8})(?:下载|安装|注册)|(?:下载|安装|注册)[^，。；]{0,10}(?:App\b|客户端|小程序)|(?:必须|务必|一律|都要|全员|请[^，。；]{0,8})关注[^，。；]{0,10}(?:公众号|视频号|服务号)`)},
	{Instant, regexp.MustCompile(`接龙|(?:收到|看到|看完|阅后|已阅|知悉|学完)[^，。；]{0,3}请?(?:都|均|务必)?(?:回[复个]?[“"']?(?:1|一下|收到|已阅|知悉)?|扣[“"']?1)(?:$|[，。；！!,\s”"'])|收到请?回复|回复[“"']?收到|请(?:回复?|扣)[“"']?1(?:$|[，。；！!,\s”"'])|秒回|(?:立即|马上|即时|限时|第一时间)回复|[0-9一二三五十]+分钟内[^，。；]{0,4}(?:回复|答复|反馈|完成)|截图[^，。；]{0,8}(?:发|传|报|反馈|回复|留存)|(?:发|传|报|反馈|上交|提交)[^，。；]{0,6}截图|@所有人`)},
	{Measure, regexp.MustCompile(`(?:纳入|计入|列入|作为)[^，。；]{0,12}(?:考核|评优|绩效|述职)|扣分|加分|末位|(?:完成|参与|答题|阅读|使用|正确)率|(?:点名)?通报[^，。；]{0,8}(?:未答|没有答|未参与|没有参与|未读)`)},
	{Likes, regexp.MustCompile(`点个?赞|集赞|刷量|拉票|投票评选|(?:网络|网上|微信|在线|线上|点击链接|为[^，。；]{1,12})投票|投上?[^，。；]{0,4}一票|转发(?:到|至)?[^，。；]{0,6}(?:朋友圈|好友|群)|助力`)},
	{Forms, regexp.MustCompile(`(?:填写|填报|填好|报送|上报|提交|扫码填)[^，。；]{0,12}(?:表格|登记表|统计表|汇总表|信息表|问卷|台账)`)},
}

// yardstick is in a rule by which the use of a tool counts for or against people.
var yardstick = regexp.MustCompile(`(?:登录|答题|在线|上线|使用(?:次数|情况)|打卡|活跃度?|每日一题)[^。；]{0,24}(?:考核|评优|绩效|评先|积分|排名|扣分|加分)|(?:考核|评优|绩效|评先|排名)[^。；]{0,16}(?:登录|答题|在线|打卡|活跃)`)

// scanRules finds rules in force that may make the use of a tool a yardstick.
func scanRules(c *corpus.Corpus) (hits []Hit) {
	if c == nil {
		return nil
	}
	rules, lists := c.RulesInForce()
	for _, r := range append(rules, lists...) {
		for _, a := range r.Articles {
			for _, sentence := range sentenceEnd.Split(a.Text, -1) {
				at := yardstick.FindStringIndex(sentence)
				if at != nil && !forbids.MatchString(sentence[:at[0]]) && !forbids.MatchString(sentence[:at[1]]) && !speaksOf.MatchString(sentence) {
					hits = append(hits, Hit{Measure, a.Citation(), around(sentence, at[0], at[1])})
				}
			}
		}
	}
	return hits
}

// Words that forbid, when they stand close before; those that speak of the matter
// anywhere in the sentence; and those that only look like the former.
var (
	forbids   = regexp.MustCompile(`(?:不得|不准|不许|不搞|不再|不用|不需|不必|不要|不能|不应|不以|不设|不作|不会|无需|无须|禁止|严禁|杜绝|反对|防止|避免|取消|停止|拒绝)[^，。；]{0,14}$|(?:没有|未|不)[^，。；的]{0,6}$`)
	speaksOf  = regexp.MustCompile(`形式主义|减负|减轻[^，。；]{0,4}负担|整治|纠治|自愿|违规|违反|通报批评|受到处分|摒弃`)
	notForbid = regexp.MustCompile(`不要忘记?|不能忘记?|别忘记?|不得(?:漏|遗漏|缺席|缺)|不能少|不得不|不可不|不要漏|不能漏`)
)

// turnsToReader is how a clause begins that asks something of its reader.
var turnsToReader = regexp.MustCompile(`^\s*(?:请|务必|必须|须|各位|大家|全体|答完|答对|做完|看完|学完|收到|回复|欢迎|快来)`)

// sentences and clauses end at these.
var (
	sentenceEnd = regexp.MustCompile(`[。！？!?\n]`)
	clauseEnd   = regexp.MustCompile(`[，,；;]`)
)

// Scan finds what in texts may ask for what a trait forbids. What forbids it or
// speaks about it is not meant.
func Scan(texts []Text) (hits []Hit) {
	for _, text := range texts {
		body := notForbid.ReplaceAllString(text.Body, "须")
		if text.Groups {
			body = strings.ReplaceAll(body, "参与率", "")
		}
		if !suspicious(body) { // most are not, and clauses are many
			continue
		}
		for _, sentence := range sentenceEnd.Split(body, -1) {
			if speaksOf.MatchString(sentence) {
				continue
			}
			for _, clause := range clauseEnd.Split(sentence, -1) {
				if !text.Case || turnsToReader.MatchString(clause) {
					hits = append(hits, inClause(text.Where, clause)...)
				}
			}
		}
	}
	return hits
}

// suspicious reports whether some words are anywhere in a text.
func suspicious(body string) bool {
	for _, a := range asked {
		if a.words.MatchString(body) {
			return true
		}
	}
	return false
}

func inClause(where, clause string) (hits []Hit) {
	for _, a := range asked {
		at := a.words.FindStringIndex(clause)
		if at != nil && !forbids.MatchString(clause[:at[0]]) {
			hits = append(hits, Hit{a.trait, where, around(clause, at[0], at[1])})
		}
	}
	return hits
}

// aroundRunes is how much of a clause is shown before and behind the words.
const aroundRunes = 8

// around is a part of a text with a little of what stands around it.
func around(text string, from, to int) string {
	for range aroundRunes {
		_, n := utf8.DecodeLastRuneInString(text[:from])
		_, m := utf8.DecodeRuneInString(text[to:])
		from, to = from-n, to+m
	}
	return strings.TrimSpace(text[from:to])
}
