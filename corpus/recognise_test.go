package corpus

import (
	"strings"
	"testing"
)

// outlineOf is the rules of a paper with their articles.
func outlineOf(rules []*Rule) string {
	var out []string
	for _, r := range rules {
		out = append(out, r.Title+": "+labels(r))
	}
	return strings.Join(out, "; ")
}

// Which rules a paper holds, and which articles they have.
func TestRecognise(t *testing.T) {
	for _, c := range []struct{ name, src, want, text string }{
		{"two rules", "甲办法\n第一条 子。\n第二条 丑。\n乙办法\n第一条 寅。\n第二条 卯。\n", "甲办法: 第一条 第二条; 乙办法: 第一条 第二条", "第二条 卯。"},
		{"two rules with numbers of their own", "某办〔2024〕1号\n甲办法\n第一条 子。\n第二条 丑。\n某办〔2024〕2号\n乙办法\n第一条 寅。\n第二条 卯。\n", "甲办法: 第一条 第二条; 乙办法: 第一条 第二条", "第二条 卯。"},
		{"a rule in an annex", "甲办法\n第一条 子。\n第二条 丑。\n附件1\n乙细则\n第一条 寅。\n第二条 卯。\n附件2\n登记表\n姓名\n", "甲办法: 第一条 第二条 附件1 附件1第一条 附件1第二条 附件2", "附件2\n登记表\n姓名"},
		{"a form in an annex", "甲办法\n第一条 子。\n第二条 丑。\n附件\n登记表\n第一条 照抄\n姓名\n", "甲办法: 第一条 第二条 附件1", "附件\n登记表\n第一条 照抄\n姓名"},
		{"rules in the annexes of a letter", "关于印发有关制度的通知\n各科室：\n现印发给你们，请遵照执行。\n某某办公室\n2026年1月5日\n附件1\n某办〔2026〕1号\n甲制度\n1.子。\n2.丑。\n附件2\n某办〔2026〕2号\n乙制度\n1.寅。\n2.卯。\n", "甲制度: 第一项 第二项; 乙制度: 第一项 第二项", "2.卯。"},
		{"what was amended, in brackets", "关于修正《甲办法》的通知\n各科室：\n对《甲办法》作如下修改：\n（一）第二条改为丑。\n（二）第三条改为寅。\n# 甲办法\n第一条 子。\n第二条 丑。\n第三条 寅。\n", "甲办法: 第一条 第二条 第三条", "第三条 寅。"},
		{"an annex that counts under a name like a rule's", "甲办法\n第一条 子。\n第二条 丑。\n附件2：乙标准\n一、伙食\n每人一百元。\n二、交通\n每人八十元。\n", "甲办法: 第一条 第二条 附件2", "附件2：乙标准\n一、伙食\n每人一百元。\n二、交通\n每人八十元。"},
		{"a title that is marked", "# 甲办法\n依据的规定\n第一条 子。\n第二条 丑。\n", "甲办法: 第一条 第二条", "第二条 丑。"},
		{"a few words between counted articles", "值班通知\n一、提前到岗。\n小结\n二、当面交接。\n", "值班通知: 第一项 第二项", "二、当面交接。"},
		{"a line that comes again at uneven distances", "甲办法\n第一条 子。\n由各科室负责\n第二条 丑。\n寅。\n卯。\n由各科室负责\n第三条 辰。\n巳。\n午。\n未。\n申。\n酉。\n戌。\n亥。\n甲。\n乙。\n丙。\n由各科室负责\n丁。\n", "甲办法: 第一条 第二条 第三条", "第三条 辰。\n巳。\n午。\n未。\n申。\n酉。\n戌。\n亥。\n甲。\n乙。\n丙。\n由各科室负责\n丁。"},
		{"contents with the articles", "甲办法\n目录\n第一条 目的\n第二条 附则\n第一条 子。\n第二条 丑。\n", "甲办法: 第一条 第二条", "第二条 丑。"},
		{"what was amended, above the whole", "关于修改《甲办法》的通知\n各科室：\n对《甲办法》作如下修改：\n第二条 改为：丑。\n第三条 改为：寅。\n附件：甲办法\n\n附件\n甲办法\n第一条 子。\n第二条 丑。\n第三条 寅。\n", "甲办法: 第一条 第二条 第三条", "第三条 寅。"},
		{"counted, with items and figures", "关于值班的通知\n一、到岗\n（一）八点到岗。\n1. 登记。\n2. 交接。\n（二）不得迟到。\n二、交接\n当面交接。\n", "关于值班的通知: 第一项 第二项", "二、交接\n当面交接。"},
		{"figures under headings that count", "值班须知\n一、到岗\n1. 八点到岗。\n2. 不得迟到。\n二、交接\n3. 当面交接。\n4. 登记。\n", "值班须知: 第一项 第二项 第三项 第四项", "4. 登记。"},
		{"figures that begin again under each", "值班须知\n一、到岗\n1. 八点到岗。\n2. 不得迟到。\n二、交接\n1. 当面交接。\n2. 登记。\n", "值班须知: 第一项 第二项", "二、交接\n1. 当面交接。\n2. 登记。"},
		{"counts that begin again in each chapter", "内务制度\n第一章 考勤\n一、按时到岗。\n二、书面请假。\n第二章 值班\n一、提前到岗。\n二、当面交接。\n", "内务制度: 第一章 第二章", "第二章 值班\n一、提前到岗。\n二、当面交接。"},
		{"counts that go on through chapters", "内务制度\n第一章 考勤\n一、按时到岗。\n二、书面请假。\n第二章 值班\n三、提前到岗。\n四、当面交接。\n", "内务制度: 第一项 第二项 第三项 第四项", "四、当面交接。"},
		{"chapters of prose", "内务制度\n第一章 考勤\n按时到岗。\n第一节 请假\n书面请假。\n第二章 值班\n提前到岗。\n", "内务制度: 第一章 第二章", "第二章 值班\n提前到岗。"},
		{"prohibitions", "会议纪律“十不准”\n一、不准迟到。\n二、不准代会。\n", "会议纪律“十不准”: 第一条 第二条", "二、不准代会。"},
		{"a list in an article", "甲办法\n第一条 要求：\n一、子；\n二、丑。\n第二条 寅。\n", "甲办法: 第一条 第二条", "第二条 寅。"},
		{"inserted", "甲办法\n第一条 子。\n第一条之一 丑。\n第二条 寅。\n", "甲办法: 第一条 第一条之一 第二条", "第二条 寅。"},
		{"a reference wrapped to the start of a line", "甲办法\n第一条 请假的按照\n第三条、第四条办理。\n第二条 丑，依照\n第一条的规定。\n第三条 寅。\n第四条 卯。\n", "甲办法: 第一条 第二条 第三条 第四条", "第四条 卯。"},
		{"a reference within a line", "甲办法\n第一条 子。 第二条 所称丑，是本办法第三条的丑。第三条 寅。\n", "甲办法: 第一条 第二条 第三条", "第三条 寅。"},
		{"a chapter named at the start of a line", "甲办法\n第一章 总则\n第一条 子，适用\n第二章的规定。\n第二章 附则\n第二条 丑。\n", "甲办法: 第一条 第二条", "第二条 丑。"},
		{"a heading below the articles'", "# 甲办法\n### 第一条 分两类。\n#### （一）会费\n交一百元。\n### 第二条 丑。\n", "甲办法: 第一条 第二条", "第二条 丑。"},
		{"the last page's signature", "甲办法\n第一条 子。\n第二条 丑。\n某某市政协办公室\n2024年3月1日\n", "甲办法: 第一条 第二条", "第二条 丑。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Recognise("x.txt", c.src, false)
			if len(got.Faults) > 0 {
				t.Fatal(got.Faults)
			}
			last := got.Rules[len(got.Rules)-1].Articles
			if o := outlineOf(got.Rules); o != c.want || last[len(last)-1].Text != c.text {
				t.Errorf("%s, last %q\nwant %s, %q", o, last[len(last)-1].Text, c.want, c.text)
			}
		})
	}
}

// In a text whose lines end as the paper's did, a line with a space before it begins
// a paragraph, though the one above is full and ends no sentence; a flush one goes on.
func TestRecogniseWrapped(t *testing.T) {
	src := "甲办法\n　　第一条 会议由办公室统一召集并提前通\n知到人，会场由行政科布置完毕以后报告\n　　参加人员应当按时到会并在签到簿上签\n名，不得代签。\n　　第二条 请假应当提前三日提出，由科室\n负责人批准以后报办公室登记备案。\n"
	r := Recognise("x.txt", src, false).Rules[0]
	if got := r.Articles[0].Text; got != "第一条 会议由办公室统一召集并提前通知到人，会场由行政科布置完毕以后报告\n参加人员应当按时到会并在签到簿上签名，不得代签。" {
		t.Errorf("%q", got)
	}
	if got := Recognise("x.docx", src, true).Rules[0].Articles[0].Text; !strings.Contains(got, "提前通\n知到人") {
		t.Errorf("paragraphs that are whole were joined: %q", got)
	}
}

// A list of prohibitions is one, and known by its nickname.
func TestRecogniseProhibitions(t *testing.T) {
	for src, want := range map[string]Kind{
		"会议纪律“十不准”\n一、不准迟到。\n二、不准代会。\n":                          Prohibitions,
		"会议纪律“十不准”\n一、不准迟到。\n二、按时报到。\n":                          Regulation,
		"会议须知\n一、不准迟到。\n二、不准代会。\n":                               Regulation,
		"会议纪律“十不准”\n第一条 不准迟到。\n第二条 不准代会。\n":                      Regulation,
		"会议纪律“十不准”\n为了严肃会议纪律，提高会议的质量，制定本办法。\n一、不准迟到。\n二、不准代会。\n": Regulation,
	} {
		r := Recognise("x.txt", src, false).Rules[0]
		if r.Kind != want || (want == Prohibitions) != (len(r.Aliases) == 1 && r.Aliases[0] == "十不准") {
			t.Errorf("%q: kind %d, aliases %q", src, r.Kind, r.Aliases)
		}
		if r.ID = "x"; want == Prohibitions {
			if text, err := Format(r); err != nil || !strings.Contains(text, "kind      = \"prohibitions\"") {
				t.Errorf("%v\n%s", err, text)
			}
		}
	}
}

// What cannot be told is said, and the paper is not used by halves.
func TestRecogniseFaults(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      []string
	}{
		{"a gap", "甲办法\n第一条 子。\n第三条 丑。\n", []string{"x.txt:3|缺第二条"}},
		{"twice", "甲办法\n第一条 子。\n第二条 丑。\n第二条 寅。\n第三条 卯。\n", []string{"x.txt:4|第二条重复"}},
		{"begins late", "甲办法\n第二条 子。\n第三条 丑。\n", []string{"x.txt:2|缺第一条"}},
		{"text of no article", "甲办法\n第一章 总则\n第一条 子。\n第二章 值班\n本章规定值班。\n第二条 丑。\n", []string{"x.txt:5|不属于任何条"}},
		{"text below the signature", "甲办法\n第一条 子。\n第二条 丑。\n2024年3月1日\n本办法由办公室解释。\n", []string{"x.txt:5|落款之后"}},
		{"an article without words", "甲办法\n第一条 子。\n第二条\n第三条 丑。\n", []string{"x.txt:3|第二条没有内容"}},
		{"a gap in what is counted", "通知\n一、子。\n二、丑。\n四、寅。\n五、卯。\n", []string{"x.txt:4|缺第三"}},
		{"nothing", "　\n\n", []string{"x.txt|文件是空的"}},
		{"prose", "关于放假的通知\n放假一天。\n", []string{"x.txt|没有找到任何条文"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Recognise("x.txt", c.src, false)
			wantProblems(t, got.Faults, c.want...)
			if len(got.Rules) == 0 {
				t.Error("nothing at all, not even what the paper is called")
			}
		})
	}
}

// Everything of a paper went somewhere, and what was left out is named.
func TestCharactersAreCounted(t *testing.T) {
	got := Recognise("x.txt", "某办文件\n某办〔2024〕1号\n甲办法\n目录\n第一章 总则\n第一章 总则\n第一条 子丑。\n- 1 -\n第二条 寅。\n2024年3月1日\n抄送：某某。\n", false)
	if n := got.Characters; n.Text != n.Kept+n.Left || n.Left != han("某办文件某办号目录年月日抄送某某") || n.Stray != 0 {
		t.Errorf("%+v", n)
	}
	wantProblems(t, got.Hints, "x.txt:1|标题之前的 2 行没有收入", "x.txt:4|目录的「目录」没有收入", "x.txt:8|页眉或页码的「- 1 -」没有收入", "x.txt:10|落款、抄送或附件目录的 2 行没有收入")
}
