package office_test

import (
	"bytes"
	"strings"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/office"
)

// each is a report's forms, as text, a form each.
func each(t *testing.T, r office.Report) []string {
	t.Helper()
	var b bytes.Buffer
	if err := office.WriteEach(&b, r, made); err != nil {
		t.Fatal(err)
	}
	return strings.Split(text(t, b.Bytes()), "委员参与情况表\n")[1:]
}

// Every member has a page with what is theirs and nobody else's.
func TestWriteEach(t *testing.T) {
	t.Parallel()
	r := final("2026-12-20")
	r.Corrections = append([]ledger.Correction{{Round: "2026-12-01", Member: "007", Standing: ledger.NotDue}}, r.Corrections...)
	r.Before = append([]ledger.Participation{ledger.Took}, r.Before...)
	r.Unit = "某市政协"
	forms := each(t, r)
	if len(forms) != 3 {
		t.Fatalf("%d forms: %q", len(forms), forms)
	}
	heading := "单位：某市政协　　统计期间：2026年10月1日至2026年12月31日\n截至2027年1月8日 09:30\n"
	note := "应参 = 实参 + 未参；请假的不计入应参。只统计是否参加，不统计对错，不排名。台账截至第 31 条，校验 0123456789abcdef。\n"
	for i, want := range []string{
		heading + "编号\nA01\n姓名\n张三\n界别\n教育界\n专委会\n提案委 <&>\n每日一题\n月份\n应参\n实参\n请假\n未参\n2026年12月\n2\n2\n0\n0\n合计\n2\n2\n0\n0\n请假：没有\n" +
			"参加活动\n日期\n类别\n名称\n2026年12月5日\n会议\n常委会会议\n2026年12月6日\n谈话\n\n" + note,
		heading + "编号\nA02\n姓名\n{应参}\n界别\n（未填）\n专委会\n提案委 <&>\n每日一题\n月份\n应参\n实参\n请假\n未参\n2026年12月\n1\n0\n1\n1\n合计\n1\n0\n1\n1\n请假：2026年12月2日\n" +
			"参加活动：没有记录\n" + note + "*1 2026年12月2日，{应参}（A02）由“未参”改为“请假”\n" +
			"定稿 2026-1 之后的更正　第1号：2026年12月1日由“未参”改为“实参”（2027年1月9日记）\n",
	} {
		if forms[i] != want {
			t.Errorf("form %d:\n%s\nwant\n%s", i+1, forms[i], want)
		}
	}
	if !strings.HasSuffix(forms[2], "*1 2026年12月1日，赵六（007）由“实参”改为“不计”\n") {
		t.Errorf("the third form: %s", forms[2])
	}
	secret(t, strings.Join(forms, ""))
}

// Days of leave that follow one another are told together, and a month in which a
// member was not due is not in their form.
func TestWriteEachLeave(t *testing.T) {
	t.Parallel()
	r := quarter()
	r.Rounds = append([]ledger.Round{{Day: "2026-10-08"}, {Day: "2026-11-30"}}, r.Rounds...)
	const off, excused = ledger.NotDue, ledger.Excused
	r.Rows = r.Rows[1:2]
	r.Rows[0].Rounds = []ledger.Participation{off, excused, excused, excused}
	r.Rows[0].Counts = ledger.Counts{Excused: 3}
	got := each(t, r)[0]
	for _, want := range []string{"未参\n2026年11月\n0\n0\n1\n0\n2026年12月\n0\n0\n2\n0\n合计\n0\n0\n3\n0\n", "请假：2026年11月30日至2026年12月2日（3 道题）\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("without %q:\n%s", want, got)
		}
	}
}
