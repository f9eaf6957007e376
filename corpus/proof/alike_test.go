package proof

import (
	"math"
	"strings"
	"testing"
)

func TestAlike(t *testing.T) {
	long := "承办单位应当自收到提案之日起3个月内书面答复提案人"
	for name, other := range map[string]struct{ text, want string }{
		"a period":        {"承办单位自收到提案之日起6个月内书面答复提案人", "写「3个月」，《乙办法》第一条写「6个月」"},
		"the same":        {long, ""},
		"another class":   {"承办单位应当自收到提案之日起每年书面答复提案人", ""},
		"another thing":   {"驾驶员应当自收到派车单之日起3个月内交回里程表读数", ""},
		"one more period": {"承办单位应当自收到提案之日起6个月内书面答复提案人，2日内送达", "写「3个月」，《乙办法》第一条写「6个月」"},
		"other figures":   {"承办单位应当自收到提案之日起三个月内书面答复提案人", ""},
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

// Rare pairs weigh more: what all texts have tells nothing of two.
func TestJaccard(t *testing.T) {
	s := shelve([]string{"市政协机关工作人员请假办法", "市政协机关工作人员请假规定", "市政协机关工作人员考勤办法", "别的", ""}, 3)
	if len(s.bags[3]) != 0 || len(s.bags[4]) != 0 {
		t.Error("what is too short has pairs")
	}
	// of 12 and 12 pairs, 8 are in all three texts and 2 in these two; each has two more
	all, two, one := math.Log(2), math.Log(1+3./2), math.Log(1+3.)
	if got, want := s.jaccard(s.bags[0], s.bags[1]), (8*all+2*two)/(8*all+2*two+two+3*one); math.Abs(got-want) > 1e-9 {
		t.Errorf("jaccard %v, want %v", got, want)
	}
}

// Two clauses are enough: what else two sentences say does not hide that they differ. One
// pair of articles is one finding.
func TestAlikeClauses(t *testing.T) {
	a := rule("a", "甲办法", "第一条 委员的工作单位、职务、住址、联系电话发生变化的，应当在变化后10个工作日内告知联络员，可以电话告知，由委员联络科更新登记。\n")
	b := rule("b", "乙办法", "第一条 委员的工作单位、职务、手机号码发生变化的，应当在变化后20个工作日内告知联络员，由委员联络科在3个工作日内更新，不需要本人到场。\n")
	want(t, checked(t, "rules/a.md", a, "rules/b.md", b).Findings, "?alike a#1 b#1 rules/a.md:7|写「10个工作日」，《乙办法》第一条写「20个工作日」，别的话差不多：「应当在变化后")
	want(t, checked(t, "rules/a.md", a, "rules/b.md", strings.Replace(b, "20个工作日", "10个工作日", 1)).Findings)
	// a day of the year is a value as well
	a = rule("a", "甲办法", "第一条 各专门委员会应当在每年12月20日前提出次年活动计划，由办公室汇总。\n")
	b = rule("b", "乙办法", "第一条 各专门委员会应当在每年11月底前提出次年监督议题，由办公室汇总。\n")
	want(t, checked(t, "rules/a.md", a, "rules/b.md", b).Findings, "?alike a#1 b#1 rules/a.md:7|写「12月20日」，《乙办法》第一条写「11月底」")
	// the day a rule takes effect on is not
	a = rule("a", "甲办法", "第一条 本办法由办公室负责解释，自2026年2月1日起施行。\n")
	want(t, checked(t, "rules/a.md", a, "rules/b.md", rule("b", "乙办法", "第一条 本办法由办公室负责解释，自2026年3月1日起施行。\n")).Findings)
}

func TestSame(t *testing.T) {
	for _, v := range []struct {
		a, b string
		same bool
	}{
		{"立即报告秘书科", "立即告知秘书科", true},
		{"经承办专委会主任同意", "经主任同意", true},
		{"经秘书长同意", "经分管副秘书长同意", false},
		{"经秘书长同意", "由秘书长批准", false},
		{"经秘书长批准", "告知秘书长", false},
	} {
		a, b := values("approver", v.a)[0], values("approver", v.b)[0]
		if a.same(b) != v.same || b.same(a) != v.same {
			t.Errorf("%s and %s are the same: %v", v.a, v.b, !v.same)
		}
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
	s := shelve(texts, 4)
	for _, least := range []float64{.3, .45, .7, 1} {
		found := map[[2]int]bool{}
		s.join(least, func(i, j int, share float64) {
			if found[[2]int{i, j}] || share < least || i >= j {
				t.Fatalf("%d and %d at %v", i, j, share)
			}
			found[[2]int{i, j}] = true
		})
		all := 0
		for j := range s.bags {
			for i := range j {
				if s.jaccard(s.bags[i], s.bags[j]) >= least {
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
