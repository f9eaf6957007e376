package proof

import (
	"math"
	"strings"
	"testing"
)

func TestAlike(t *testing.T) {
	long := "承办单位应当自收到提案之日起3个月内书面答复提案人"
	for name, other := range map[string]struct{ text, want string }{
		"a period":             {"承办单位自收到提案之日起6个月内书面答复提案人", "写「3月」，《乙办法》第一条写「6月」"},
		"the same":             {long, ""},
		"another class":        {"承办单位应当自收到提案之日起每年书面答复提案人", ""},
		"another thing":        {"驾驶员应当自收到派车单之日起3个月内交回里程表读数", ""},
		"several more periods": {"承办单位应当自收到提案之日起6个月内书面答复提案人，2日内送达", ""},
	} {
		r := checked(t, "rules/a.md", rule("a", "甲办法", "第一条 "+long+"。\n"), "rules/b.md", rule("b", "乙办法", "第一条 "+other.text+"。\n"))
		got := only(Alike, r.Findings)
		if other.want == "" {
			want(t, got)
			continue
		}
		t.Run(name, func(t *testing.T) { want(t, got, "?alike a#1 b#1 rules/a.md:7|"+other.want) })
	}
}

// One organ has two names; two officers are two.
func TestAlikeApprover(t *testing.T) {
	a := rule("a", "甲办法", "第一条 委员在外地不能到场的，经专委会主任同意，可以视频参加。\n")
	b := "第一条 委员在外地或者生病不能到场的，经专门委员会主任同意，可以视频参加。\n"
	want(t, checked(t, "rules/a.md", a, "rules/b.md", rule("b", "乙办法", b)).Findings)
	r := checked(t, "rules/a.md", a, "rules/b.md", rule("b", "乙办法", strings.Replace(b, "专门委员会主任", "秘书长", 1)))
	want(t, r.Findings, "?alike a#1 b#1 rules/a.md:7|「专委会主任同意」，《乙办法》第一条写「秘书长同意」")
	// two sentences of one article are two cases
	r = checked(t, "rules/a.md", rule("a", "甲办法", "第一条 科室负责人请假3天以内的，由办公室主任批准。科室负责人请假5天以内的，由办公室主任批准。\n"))
	want(t, r.Findings)
}

func TestJaccard(t *testing.T) {
	texts := []string{"市政协机关工作人员请假办法", "市政协机关工作人员请假规定", "市政协机关工作人员考勤", "别的", ""}
	list := bags(texts, 3)
	if len(list[3]) != 0 || len(list[4]) != 0 {
		t.Error("what is too short has pairs")
	}
	// 12 and 12 pairs, 10 of them in both: 10 of 14
	if got := jaccard(list[0], list[1]); math.Abs(got-10./14) > 1e-9 {
		t.Errorf("jaccard %v", got)
	}
}

// Joining by prefixes finds what comparing all with all does.
func TestJoin(t *testing.T) {
	var texts []string
	words := []string{"提案", "委员", "应当", "办公室", "工作日", "报销", "审批", "秘书长", "同意", "答复", "会议", "材料"}
	for i := range 200 {
		var b strings.Builder
		for k := range 6 {
			b.WriteString(words[(i*7+k*k*(i%5+1))%len(words)])
		}
		texts = append(texts, b.String())
	}
	list := bags(texts, 4)
	for _, least := range []float64{.3, .45, .7, 1} {
		found := map[[2]int]bool{}
		join(list, least, func(i, j int, share float64) {
			if found[[2]int{i, j}] || share < least || i >= j {
				t.Fatalf("%d and %d at %v", i, j, share)
			}
			found[[2]int{i, j}] = true
		})
		all := 0
		for j := range list {
			for i := range j {
				if jaccard(list[i], list[j]) >= least {
					all++
					if !found[[2]int{i, j}] {
						t.Fatalf("%q and %q are not found at %v", texts[i], texts[j], least)
					}
				}
			}
		}
		if all != len(found) || all == 0 {
			t.Errorf("%d found of %d at %v", len(found), all, least)
		}
	}
}
