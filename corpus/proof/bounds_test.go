package proof

import "testing"

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
