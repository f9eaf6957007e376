package proof

import (
	"regexp"
	"strings"

	"lianwen/corpus"
)

// recent is the year from which on people in a story may well be alive.
const recent = 1978

var (
	periodYear   = regexp.MustCompile(`(1[89]\d\d|20\d\d|[一二][〇○零一二三四五六七八九]{3})`)
	recentPeriod = regexp.MustCompile(`改革开放|新时代|当代|新世纪`)
	// late marks somebody who is not alive.
	late = regexp.MustCompile(`已故|烈士|牺牲|逝世|去世|辞世|病逝|殉职|因公|[—–-]\s*(?:19|20)\d\d\s*[）)]`)
	// person is a name behind what somebody is: 厨师陈爱武.
	person = regexp.MustCompile(`(?:厨师|部长|书记|市长|县长|省长|局长|厂长|经理|教授|院士|医生|教师|工程师|司机|干部|同志|主席|委员|村官|支书|记者)([赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐费薛雷贺倪汤滕罗毕郝邬安常乐于傅卞齐康伍余元顾孟黄穆萧尹姚邵湛汪毛戴宋茅庞熊纪舒屈项祝董梁杜阮蓝闵季贾江童颜郭梅林徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房裘解丁邓郁单洪包左石崔吉龚程邢裴陆荣翁荀羊甄封靳段焦巴谷车侯全班仰秋仲伊宫宁仇甘厉戎祖武符刘景詹龙叶白赖卓池乔闻党翟谭劳申冉雍桑桂牛边尚农温庄晏柴瞿阎慕连习艾容古易廖文曾沙关游盖][\p{Han}]{1,2}?)(?:发现|说|写|在|向|把|到|是|，|、|。)`)
)

// persons looks for stories of our own days that name somebody of whom they do not say
// that he is dead. Whether he is, no rule can know.
func (k *check) persons() {
	for _, t := range k.contents {
		if t.kind != aStory || !isRecent(t.period) || late.MatchString(t.text) {
			continue
		}
		who := "写到的人"
		if m := person.FindStringSubmatch(t.text); m != nil {
			who = m[1]
		}
		k.addIn(t, Persons, false, t.title, "是"+t.period+"的事，"+who+"可能在世，或者亲属认得出", "请核对；在世的换一则，已故的写明")
	}
}

func isRecent(period string) bool {
	if recentPeriod.MatchString(period) {
		return true
	}
	for _, y := range periodYear.FindAllString(period, -1) {
		if n, ok := corpus.ParseNumeral(strings.ReplaceAll(y, "○", "〇")); ok && n >= recent {
			return true
		}
	}
	return false
}
