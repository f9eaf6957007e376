package office_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"lianwen/bot/office"
	"lianwen/corpus"
)

// versions compares two versions of a rule, given by their bodies.
func versions(t *testing.T, old, new string) *corpus.Comparison {
	t.Helper()
	read := func(head, body string) *corpus.Rule {
		c, err := corpus.Read(fstest.MapFS{"rules/a.md": {Data: []byte("+++\nid = \"a\"\n" + head + "\n+++\n" + body)}})
		if err != nil {
			t.Fatal(err)
		}
		return c.Rules[0]
	}
	return corpus.Compare(read("title = \"用印办法\"\nstatus = \"repealed\"\ndocument = \"示办〔2019〕8号\"\neffective = 2019-03-01", old),
		read("title = \"用印管理办法\"\nstatus = \"in-force\"\ndocument = \"示办〔2026〕12号\"\neffective = 2026-02-01", new))
}

const (
	oldSeals = `## 第一章 总则
第一条 为了加强印章管理，制定本办法。
第二条 使用印章应当填写用印审批单,经办公室主任签字后在监印人面前盖章，用印审批单由监印人保存3年，期满后按照档案管理的规定移交，不得自行销毁、涂改或者借给他人。
第三条 印章由专人保管。
第四条 空白纸上不得用印。
## 第二章 附则
第五条 外出携带印章的，应当两人同行，并在当日18时前归还。
第六条 遗失印章的，应当立即报告。
第七条 本办法由办公室解释。
`
	newSeals = `## 第一章 总则
第一条 为了加强印章管理，制定本办法。
第二条 使用印章应当填写用印审批单，经办公室主任签字后在监印人面前盖章，用印审批单由监印人保存5年，期满后按照档案管理的规定移交，不得自行销毁、涂改或者借给他人。
第三条 电子印章与实物印章具有同等效力，由信息科管理。
第四条 印章由专人保管。
## 第二章 使用
第五条 外出携带印章的，应当两人同行，并在当日17时30分前归还。
## 第三章 附则
第六条 遗失印章的，应当立即报告。
第七条 本办法由办公室解释。
`
)

func terminal(t *testing.T, c *corpus.Comparison, colour bool) string {
	t.Helper()
	var b strings.Builder
	if err := office.WriteComparison(&b, c, colour); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriteComparison(t *testing.T) {
	want := `改 2 条，增 1 条，删 1 条，条号变动 1 条，未变 3 条

第二条（修改）
……在监印人面前盖章，用印审批单由监印人保存〔-3年-〕〔+5年+〕，期满后按照档案管理的规定移交，不得自行……

第三条（新增）
〔+电子印章与实物印章具有同等效力，由信息科管理。+〕

第三条 改为 第四条

第四条（删去）
〔-空白纸上不得用印。-〕

第五条（修改，由「第二章 附则」移到「第二章 使用」）
外出携带印章的，应当两人同行，并在当日〔-18时-〕〔+17时30分+〕前归还。
`
	c := versions(t, oldSeals, newSeals)
	if got := terminal(t, c, false); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	coloured := strings.NewReplacer("〔-", "\x1b[31;9m", "-〕", "\x1b[0m", "〔+", "\x1b[32m", "+〕", "\x1b[0m").Replace(want)
	if got := terminal(t, c, true); got != coloured {
		t.Errorf("got\n%q\nwant\n%q", got, coloured)
	}
}

// What keeps its words is told in a line for as many as stand together.
func TestWriteComparisonOfNumbers(t *testing.T) {
	texts := []string{"印章由专人保管。", "空白纸上不得用印。", "外出携带印章应当两人同行。", "遗失印章立即报告。", "由办公室解释。"}
	list := func(chapter string, texts ...string) string {
		b := chapter
		for i, text := range texts {
			b += corpus.Number{Main: i + 1}.Chinese() + " " + text + "\n"
		}
		return b
	}
	added := append([]string{"为了加强管理，制定本办法。"}, texts...)
	for _, c := range []struct{ name, old, new, want string }{
		{"nothing", list("", texts...), list("", texts...), ""},
		{"all move on", list("", texts...), list("", added...), "\n第一条（新增）\n〔+为了加强管理，制定本办法。+〕\n\n第一条至第五条 依次改为 第二条至第六条\n"},
		{"others between", list("", texts[0], texts[1], texts[2]), list("", texts[1], texts[2], texts[0]), "\n第二条至第三条 依次改为 第一条至第二条\n\n第一条 改为 第三条\n"},
		{"under a chapter", list("", texts[0], texts[1]), list("## 第一章 总则\n", texts[0], texts[1]), "\n第一条至第二条 由章外移到「第一章 总则」\n"},
		{"under two chapters", list("## 第一章 甲\n", texts[0], texts[1]), "## 第一章 乙\n第一条 " + texts[0] + "\n## 第二章 丙\n第二条 " + texts[1] + "\n",
			"\n第一条 由「第一章 甲」移到「第一章 乙」\n\n第二条 由「第一章 甲」移到「第二章 丙」\n"},
		{"number and chapter", list("", texts[0]), list("", added[0]) + "## 第一章 乙\n第二条 " + texts[0] + "\n",
			"\n第一条（新增）\n〔+为了加强管理，制定本办法。+〕\n\n第一条 改为 第二条，由章外移到「第一章 乙」\n"},
	} {
		if _, got, _ := strings.Cut(terminal(t, versions(t, c.old, c.new), false), "\n"); got != c.want {
			t.Errorf("%s:\ngot\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// No text can pass itself off for a mark, or steer the terminal.
func TestWriteComparisonOfOddTexts(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"印章由〔-甲〕专人保管。", "印章由〔-甲〕众人保管。", "印章由〔-甲〕〔--专--〕〔+众+〕人保管。"},
		{"印章由〔--甲+〕专人保管。", "印章由〔--甲+〕众人保管。", "印章由〔--甲+〕〔---专---〕〔++众++〕人保管。"},
		{"印章由\u202e甲专人保管。", "印章由\u202e甲专人妥善\u001b[2J保管。", "印章由甲专人〔+妥善[2J+〕保管。"},
		{"甲类印章。\n  专人保管。", "乙类印章。专人保管。", "〔-甲-〕〔+乙+〕类印章。专人保管。"},
	} {
		got := terminal(t, versions(t, "第一条 "+c.old, "第一条 "+c.new), false)
		if _, got, _ = strings.Cut(got, "（修改）\n"); got != c.want+"\n" {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}

// Long stretches are cut at twenty characters from a change, and only where that
// saves a line.
func TestWriteComparisonShortens(t *testing.T) {
	long := func(n int) string { return strings.Repeat("印章由专人保管妥善用", 9)[:3*n] }
	for _, c := range []struct{ before, behind int }{{30, 30}, {31, 30}, {30, 31}, {31, 31}} {
		got := terminal(t, versions(t, "第一条 "+long(c.before)+"，3天，"+long(c.behind), "第一条 "+long(c.before)+"，5天，"+long(c.behind)), false)
		before, behind := strings.Contains(got, "\n……"), strings.Contains(got, "……\n")
		if before != (c.before > 29) || behind != (c.behind > 29) {
			t.Errorf("%v: %s", c, got)
		}
	}
	between := func(n int) string {
		return terminal(t, versions(t, "第一条 甲类3天。"+long(n)+"，乙类4天。", "第一条 甲类5天。"+long(n)+"，乙类6天。"), false)
	}
	for n, want := range map[int]bool{46: false, 47: true} { // with 。，乙类: up to 50
		if got := between(n); strings.Contains(got, "……") != want {
			t.Errorf("%d between: %s", n, got)
		}
	}
}

type brokenPipe struct{}

var errPipe = errors.New("broken pipe")

func (brokenPipe) Write([]byte) (int, error) { return 0, errPipe }

func TestComparisonIsNotWritten(t *testing.T) {
	c := versions(t, oldSeals, newSeals)
	if err := office.WriteComparison(brokenPipe{}, c, false); !errors.Is(err, errPipe) {
		t.Error(err)
	}
	if err := office.WriteComparisonDocx(brokenPipe{}, c, false); !errors.Is(err, errPipe) {
		t.Error(err)
	}
}
