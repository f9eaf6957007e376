package talk_test

import (
	"os"
	"strings"
	"testing"
)

// Staff decide about what they were shown: not about what has taken its number since,
// nor about wordings that have come to it.
func TestDecideWhatWasShown(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.ownLibrary()
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.vain("交东西最晚哪天", 1, "ti-an#5")
	o.says("@wang", false, "补问法 1", "“交东西最晚哪天”该由哪一条答？", "\n1 提案条例第五条")
	o.vain("低保去哪里办", 3) // is 1 now
	o.vain("交东西最晚哪天啊", 1)
	o.says("@wang", false, "1", "补上了：《提案工作条例》第五条，问法 1 句（交东西最晚哪天）")
	o.says("@wang", false, "未答问题", "1 低保去哪里办（3 次）")
	o.vain("低保去哪里办呢", 1)
	o.says("@wang", false, "不归我们 1 区民政局", "补上了：问“低保去哪里办”（整句是这样才算）")
	raw, err := os.ReadFile(o.desk.Dir + "/talk/learned.toml")
	if err != nil || strings.Contains(string(raw), "低保去哪里办呢") {
		t.Errorf("%v\n%s", err, raw)
	}
}

// On a phone the number is written in any width, with or without spaces around it.
func TestNumbersAsTyped(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.ownLibrary()
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.vain("交东西最晚哪天", 1)
	n := 0
	for _, typed := range []string{"补问法1 ti-an#5", "补问法 １ ti-an#5", "补问法 1　ti-an#5", "补问法　1 ti-an#5", "补问法1：ti-an#5", "补问法 1，ti-an#5", "补问法 第1类 ti-an#5", "补问法1提案条例第五条", "补问法 1  提案条例第五条"} {
		o.says("@wang", false, typed, "补上了：《提案工作条例》第五条")
		n++
		o.says("@wang", false, strings.Replace("撤销N号", "N", string(rune('0'+n)), 1), "撤销了")
	}
	o.says("@wang", false, "不归我们1区民政局", "按您定的回")
	o.says("@wang", false, "撤销　１０", "撤销了 10 号：不归我们（这件事不归我们管，请找区民政局。）")
	o.says("@wang", false, "补应答1:五月以前", "按您定的回")
}
