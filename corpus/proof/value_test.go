package proof

import (
	"strings"
	"testing"

	"lianwen/corpus"
)

// What a sentence writes against a fact: of a date, of a year and of who approves only
// what could stand for the value is told, and all of it.
func TestFactValues(t *testing.T) {
	for _, v := range []struct{ kind, says, text, found string }{
		{"period", "3日", "办结期限3天以内", ""},
		{"period", "3天以内", "办结期限三日", ""},
		{"period", "3个工作日", "办结期限3工作日内", ""},
		{"period", "3个工作日", "办结期限3天内", "「3天」"},
		{"period", "3个月", "办结在1月至3月", ""}, // a length of months has 个
		{"period", "3个月", "办结期限2个月", "「2个月」"},
		{"period", "3日", "办结在10日至15日", "「10日」"},
		{"period", "3日", "办结在每月5日前", ""},
		{"period", "3日", "办结在会议5日前", "「5日」"},
		{"period", "7个工作日", "办结期限3至5工作日", "「5工作日」"},
		{"period", "3年", "办结于二〇二六年", ""},
		{"period", "3年", "办结的列入15年度", ""},
		{"period", "3年", "办结期限五年", "「五年」"},
		{"approver", "秘书长同意", "办会，经秘书长同意", ""},
		{"approver", "秘书长同意", "办会，经秘书长批准", "「经秘书长批准」"},
		{"approver", "秘书长", "办会告知秘书长", "「告知秘书长」"},
		{"approver", "秘书长", "办会，经副秘书长同意", "「经副秘书长同意」"},
		{"approver", "主任", "办会，经秘书长事先同意", "「经秘书长事先同意」"},
		{"approver", "主任", "办会，经秘书长书面同意", "「经秘书长书面同意」"},
		{"approver", "主任", "办会，经专委会主任书面同意", ""},
		{"amount", "3人", "办会不超过5人", "「5人」"},
		{"amount", "3人", "办会不超过5次", ""},
	} {
		t.Run(v.text, func(t *testing.T) {
			r := checked(t, "rules/jia.md", rule("jia", "甲办法", "第一条 "+v.text+"。\n"),
				corpus.FactsFile, factOf(`kind = "`+v.kind+`"`, `about = ["办"]`, `says = ["`+v.says+`"]`))
			got := only(Facts, r.Findings)
			if v.found == "" {
				want(t, got)
				return
			}
			want(t, got, "fact jia#1 rules/jia.md:7|（某事）写的是"+v.found)
			if len(got) == 1 && !strings.HasSuffix(got[0].What, "写的是"+v.found) {
				t.Errorf("%s: %s", v.text, got[0].What)
			}
		})
	}
}
