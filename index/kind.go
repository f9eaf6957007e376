package index

import (
	"regexp"
	"slices"
)

// kind is what an answer must hold to be one: 几天 asks for a number, 找谁 for an
// office. It is telling when few articles hold it.
type kind struct {
	asks, holds *regexp.Regexp
	telling     bool
}

// kinds are those of a question; of most none is known.
type kinds []kind

var kindPatterns = []kind{
	{
		asks:  regexp.MustCompile(`多少|几[天个日次人件年月点号]|多久|多长|多大|多高|标准|期限|时限|截止|什么时候|啥时候|何时|几时|最[多少晚迟早]|上限`),
		holds: regexp.MustCompile(`[一二三四五六七八九十百千万零]+(?:日|天|个|年|月|时|次|人|名|件|元|分|字|%|倍|公里|平方)|以[内上下前]|百分之|标准`),
	}, {
		asks:  regexp.MustCompile(`谁|哪个(?:部门|科|处|单位|领导)|哪里|去哪|找哪|归哪|哪儿`),
		holds: regexp.MustCompile(`[科室处部]|委员会|党组|纪委|秘书长|主席|主任|召集人|负责人|批准|负责`),
	}, {
		asks:  regexp.MustCompile(`能不能|可不可以|可以.*吗|能.*吗|能否|可否|是否可以|行不行|行吗|让不让|准不准|允许`),
		holds: regexp.MustCompile(`不得|不准|严禁|禁止|可以|应当|必须|允许|不能|不予`),
	}, {
		asks:    regexp.MustCompile(`例外|特殊情况|除外|破例|通融`),
		holds:   regexp.MustCompile(`除\S{1,12}[外的，]|确需|特殊|紧急|突发|不受|可以不`),
		telling: true,
	}, {
		asks:    regexp.MustCompile(`超[过了标额期支]|多出`),
		holds:   regexp.MustCompile(`超(?:过?标|出|额|支|范围)|自理|自行承担|不予报销`),
		telling: true,
	}, {
		asks:    regexp.MustCompile(`会怎么样|会怎样|什么后果|怎么处理|怎么处分|怎么罚|处分|追究|处罚|不(?:交|来|办|报|去|写|听|改)(?:了)?会`),
		holds:   regexp.MustCompile(`处分|追究|批评|通报|约谈|责令|诫勉|取消|扣|撤|移送`),
		telling: true,
	},
}

func kindsOf(folded string) kinds {
	var out kinds
	for _, k := range kindPatterns {
		if k.asks.MatchString(folded) {
			out = append(out, k)
		}
	}
	return out
}

// in reports whether a text holds what is asked for.
func (ks kinds) in(folded string) bool {
	return slices.ContainsFunc(ks, func(k kind) bool { return k.holds.MatchString(folded) })
}

// telling are those kinds that few articles hold.
func (ks kinds) telling() kinds {
	return slices.DeleteFunc(slices.Clone(ks), func(k kind) bool { return !k.telling })
}
