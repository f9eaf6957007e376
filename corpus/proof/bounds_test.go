package proof

import (
	"strings"
	"testing"
)

func TestBounds(t *testing.T) {
	for text, found := range map[string]string{
		"10人以内的陪3人；10人以上的陪三分之一。":                       "都含 10人",
		"10人以下的陪3人；10人以上的陪三分之一。":                       "都含 10人",
		"10人以内的陪3人；超过10人的陪三分之一。":                       "",
		"10人以内（含10人）的陪3人；10人以上（不含10人）的陪4人。":            "",
		"5人以内的陪3人；10人以上的陪三分之一。":                        "",
		"5人以内的陪3人；5天以上的另议。":                            "",
		"5000元以下的由主任批，5000元以上的由会议批。本办法所称以上含本数，以下不含本数。": "",
		"不足3天的由本人说明；超过3天的附证明。":                         "正好 3天 的没有写",
		"不满3天的由本人说明；3天以上的附证明。":                         "",
		"不足3天的由本人说明；超过5天的附证明。":                         "",
		"处三年以下有期徒刑；情节严重的，处三年以上七年以下有期徒刑。":               "",
		"三人以下的为小组，三人以上的为大组。":                           "都含 三人",
		"请假3天以内的科长批，3天以上的秘书长批；“以内”含本数，“3天以上”均指超过该天数。":  "",
		"请假3天以内的科长批，3天以上的秘书长批；本条所称“以上”不含本数。":           "",
		"不足2年的不轮岗；延长最长不超过2年。":                          "",
		"会议室可坐10人以上。":                                  "",
	} {
		r := checked(t, "rules/jia.md", rule("jia", "甲办法", "第一条 "+text+"\n"))
		if found == "" {
			want(t, r.Findings)
		} else {
			want(t, r.Findings, "?bounds jia#1 rules/jia.md:7|"+found)
		}
	}
}

// The same words, once with the number and once without it, in one rule; another rule may
// read them as it likes.
func TestBoundsOfRule(t *testing.T) {
	a := "第一条 请假3天以上的由秘书长批，“3天以上”均指超过该天数。\n"
	b := "第二条 病假3天以上（含3天）的附证明。\n"
	r := checked(t, "rules/jia.md", rule("jia", "甲办法", a+b))
	want(t, r.Findings, "bounds jia#2 rules/jia.md:8|「3天以上」在第一条和第二条里一处含、一处不含")
	r = checked(t, "rules/jia.md", rule("jia", "甲办法", a), "rules/yi.md", rule("yi", "乙办法", "第一条 病假3天以上（含3天）的附证明。\n"))
	want(t, r.Findings)
	r = checked(t, "rules/jia.md", rule("jia", "甲办法", a+"第二条 病假5天以上（含5天）的附证明，3天以内（含3天）的不附。\n"))
	want(t, r.Findings)
}

// What is said of a number for the words of one article counts as if it stood in brackets.
func TestBoundsDefined(t *testing.T) {
	for _, two := range []struct{ a, b, found string }{
		{"请假3天以上的由秘书长批，以上不含本数。", "病假3天以上（含3天）的附证明。", "一处含、一处不含"},
		{"请假3天以上的由秘书长批，以上不含本数。", "病假3天以上（包括3天）的附证明。", "一处含、一处不含"},
		{"请假3天以下的由科长批，以下都含。", "病假3天以下（不含3天）的不附证明。", "一处含、一处不含"},
		{"请假3天以上的由秘书长批，以上不含本数。", "病假3天以上（不包括3天）的附证明。", ""},
		{"请假3天以上的由秘书长批，以上不含本数。", "在外3人以上（含3人）的派车。", ""}, // of something else
		// only what a rule calls its words holds for all its articles
		{"请假3天以内的科长批，3天以上的秘书长批。", "病假中“以上”不含本数。", "都含 3天"},
		{"请假3天以内的科长批，3天以上的秘书长批。", "本办法所称“以上”不含本数。", ""},
		{"请假3天以内的科长批，3天以上的秘书长批。", "本办法所称病假包括住院。", "都含 3天"},
	} {
		got := checked(t, "rules/jia.md", rule("jia", "甲办法", "第一条 "+two.a+"\n第二条 "+two.b+"\n")).Findings
		if len(got) > 1 || (len(got) == 1) != (two.found != "") || len(got) == 1 && !strings.Contains(got[0].What, two.found) {
			t.Errorf("%s%s: %+v", two.a, two.b, got)
		}
	}
}

// A side that says how it is meant leaves no doubt; a number that some word takes in is
// not left out; and penalties are read as laws write them.
func TestBoundsSides(t *testing.T) {
	for text, found := range map[string]string{
		"10人以内的陪3人；10人以上（不含10人）的陪4人。": "",
		"10人以内（含10人）的陪3人；10人以上的陪4人。":  "",
		"不足3天的口头说；超过3天的附证明；3天以上的登记。":  "",
		"不足3天的口头说；超过3天的附证明；3天以内的不登记。": "",
		"不到3天的口头说；多于3天的附证明。":          "正好 3天 的没有写",
		"不满3天的口头说；大于3天的附证明。":          "正好 3天 的没有写",
		"不足3天的口头说；不多于3天的附证明。":         "",
		"处500元以下罚款；情节严重的，处500元以上罚款。":  "",
		"处10日以下拘留；情节严重的，处10日以上拘留。":    "",
		"处分期1年以下的；处分期1年以上的。":          "",
		"500元以下的报科长；500元以上的报主任。":      "都含 500元",
	} {
		got := only(Bounds, checked(t, "rules/jia.md", rule("jia", "甲办法", "第一条 "+text+"\n")).Findings)
		if found == "" {
			want(t, got)
		} else {
			want(t, got, "?bounds jia#1 rules/jia.md:7|"+found)
		}
	}
}
