package proof

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"lianwen/corpus"
)

// numeral is a number as rules write it.
const numeral = `[零〇一二两三四五六七八九十百千半\d]+`

// value is a period, an approver or an amount in a sentence.
type value struct {
	kind     string // as corpus.FactKinds
	class    string // values of one class can stand for each other: 每半年 and 每月, 3日 and 5个工作日, 1月底 and 2月10日
	text     string
	from, to int
	who, act string // of an approver
}

var (
	numerals      = regexp.MustCompile(numeral)
	everyPattern  = regexp.MustCompile(`每(?:` + numeral + `个?)?(?:季度|学期|月|年|周|日|天|届)`)
	datePattern   = regexp.MustCompile(`(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:\d{1,2}日|底|初|[上中下]旬)`)
	ofYear        = regexp.MustCompile(`[\d〇零○一二三四五六七八九]{4}年$`) // in front of a day that comes only once
	lengthPattern = regexp.MustCompile(numeral + `(?:多)?个?(?:工作日|小时|分钟|季度|月|年|日|天|周)`)
	amountPattern = regexp.MustCompile(`((?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百千]+)(?:[万亿])?)(元|人次|人|名|位|份|篇|件|字|次|公里|平方米|页|场次|场|%|个百分点)`)
	officer       = `(?:秘书长会议|主席会议|主任会议|办公会议|党组会议|常务委员会会议|常务委员会|秘书长|主席|主任|党组|召集人|负责人|负责同志|科长|处长|局长|组长|书记|馆长|院长|校长|领导|人事科|行政科|秘书科|信息科|研究室|联络科|办公室|会务组|主持人|带队人|专门委员会|专委会|机关纪委)`
	actPattern    = regexp.MustCompile(`([\p{Han}]{0,8}?` + officer + `)(?:事先)?(?:书面)?(批准|审批|同意|审定|审核|签发|签批|研究|决定|核准)`)
	tellPattern   = regexp.MustCompile(`(告知|通知|报告|备案)([\p{Han}]{0,8}?` + officer + `)`)
	tellings      = map[string]bool{"告知": true, "通知": true, "报告": true, "备案": true}
	beforeOfficer = regexp.MustCompile(`^.*(?:报请|提请|提交|应当|可以|经过|至迟|先经|须经|书面|经|由|报|向|请|送|后|的|和|或者|并|是)`)
)

// values are the values of a kind in a text.
func values(kind, text string) (list []value) {
	switch kind {
	case "period":
		dates := slices.DeleteFunc(datePattern.FindAllStringIndex(text, -1), func(m []int) bool { return ofYear.MatchString(text[:m[0]]) })
		for _, m := range dates {
			list = append(list, value{kind: kind, class: "date", text: text[m[0]:m[1]], from: m[0], to: m[1]})
		}
		every := everyPattern.FindAllStringIndex(text, -1)
		for _, m := range every {
			list = append(list, value{kind: kind, class: "every", text: text[m[0]:m[1]], from: m[0], to: m[1]})
		}
		for _, m := range lengthPattern.FindAllStringIndex(text, -1) {
			if !within(m, every) && !within(m, dates) && !dateAt(text, m) {
				list = append(list, value{kind: kind, class: "length", text: text[m[0]:m[1]], from: m[0], to: m[1]})
			}
		}
	case "amount":
		for _, m := range amountPattern.FindAllStringSubmatchIndex(text, -1) {
			list = append(list, value{kind: kind, class: text[m[4]:m[5]], text: text[m[0]:m[1]], from: m[0], to: m[1]})
		}
	case "approver":
		for _, m := range actPattern.FindAllStringSubmatchIndex(text, -1) {
			list = append(list, approver(text, m[2], m[1], text[m[2]:m[3]], text[m[4]:m[5]]))
		}
		for _, m := range tellPattern.FindAllStringSubmatchIndex(text, -1) {
			list = append(list, approver(text, m[0], m[1], text[m[4]:m[5]], text[m[2]:m[3]]))
		}
	}
	return list
}

func approver(text string, from, to int, who, act string) value {
	lead := len(beforeOfficer.FindString(who))
	if lead == len(who) {
		lead = 0
	}
	who = who[lead:]
	return value{kind: "approver", class: "approver", text: who + act, who: who, act: act, from: from, to: to}
}

func within(m []int, spans [][]int) bool {
	for _, s := range spans {
		if m[0] < s[1] && s[0] < m[1] {
			return true
		}
	}
	return false
}

// dateAt reports whether 1月 or 31日 there is of a date: 每年1月31日前 names no length.
func dateAt(text string, m []int) bool {
	found := text[m[0]:m[1]]
	if strings.Contains(found, "个") || strings.HasSuffix(found, "工作日") {
		return false
	}
	before, after := text[:m[0]], text[m[1]:]
	switch {
	case strings.HasSuffix(found, "月"):
		return true // a length of months has 个
	case strings.HasSuffix(found, "日"):
		return strings.HasSuffix(before, "月") || strings.HasSuffix(before, "至")
	case strings.HasSuffix(found, "年"):
		return utf8.RuneCountInString(found) > 4 || strings.HasPrefix(after, "度")
	}
	return false
}

// plain is a period or amount as others of the same length are written: 三个工作日 as
// 3工作日, 3天 as 3日.
func plain(text string) string {
	text = numerals.ReplaceAllStringFunc(text, func(n string) string {
		if number, ok := corpus.ParseNumeral(n); ok {
			return strconv.Itoa(number)
		}
		return n
	})
	return strings.ReplaceAll(strings.ReplaceAll(text, "个", ""), "天", "日")
}

// is reports whether a value is the one that a table of facts gives: 每半年, 3个工作日,
// 秘书长, 同意, 秘书长同意. Who is only told does not approve.
func (v value) is(says string) bool {
	if v.kind == "approver" {
		return says == v.act || says == v.text || isOfficer(v.who, says) && !tellings[v.act]
	}
	says = strings.TrimSuffix(strings.TrimSuffix(says, "内"), "以")
	return plain(says) == plain(v.text)
}

// same reports whether two values of a class are one: 告知秘书科 and 报告秘书科,
// 专委会主任同意 and, in that committee's own rule, 主任同意.
func (v value) same(w value) bool {
	if v.kind != "approver" {
		return plain(v.text) == plain(w.text)
	}
	tells := tellings[v.act] && tellings[w.act]
	return (tells || v.act == w.act) && (isOfficer(v.who, w.who) || isOfficer(w.who, v.who))
}

// isOfficer reports whether somebody is the officer named more shortly: 承办专委会主任 is
// 专委会主任, but 副秘书长 is not 秘书长.
func isOfficer(who, short string) bool {
	before, is := strings.CutSuffix(who, short)
	return is && !strings.HasSuffix(before, "副")
}
