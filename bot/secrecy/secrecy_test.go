package secrecy_test

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"lianwen/bot/secrecy"
)

// messages are those of a file: one a line, with \n for a line break.
func messages(t *testing.T, file string) []string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	list := strings.Split(strings.TrimSpace(string(raw)), "\n")
	for i, m := range list {
		list[i] = strings.ReplaceAll(m, `\n`, "\n")
	}
	return list
}

// What must be reached: of marked messages nearly all are seen, of ordinary ones
// nearly none.
const (
	leastRecall     = 0.98
	mostFalseAlarms = 0.02
)

func TestMessages(t *testing.T) {
	t.Parallel()
	marked, ordinary := messages(t, "testdata/marked.txt"), messages(t, "testdata/ordinary.txt")
	if len(marked) < 200 || len(ordinary) < 500 {
		t.Fatalf("only %d marked, %d ordinary messages", len(marked), len(ordinary))
	}
	missed, alarms := 0, 0
	for _, m := range marked {
		if secrecy.Seen(m) == nil {
			missed++
			t.Logf("missed: %q", m)
		}
	}
	for _, m := range ordinary {
		if kinds := secrecy.Seen(m); kinds != nil {
			alarms++
			t.Logf("false alarm: %v in %q", kinds, m)
		}
	}
	recall, rate := 1-float64(missed)/float64(len(marked)), float64(alarms)/float64(len(ordinary))
	t.Logf("recall %.3f of %d, false alarms %.3f of %d", recall, len(marked), rate, len(ordinary))
	if recall < leastRecall || rate > mostFalseAlarms {
		t.Errorf("recall %.3f, want %v; false alarms %.3f, want at most %v", recall, leastRecall, rate, mostFalseAlarms)
	}
}

// Nothing of the sample library, nor of the questions that are asked of it, is taken for
// what it is about.
func TestLibrary(t *testing.T) {
	t.Parallel()
	seen := 0
	look := func(where, text string) {
		if seen++; secrecy.Seen(text) != nil {
			t.Errorf("%s: %v in %.200q", where, secrecy.Seen(text), text)
		}
	}
	for _, root := range []string{"../../corpus/library", "../../index/testdata", "../talk/testdata"} {
		err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			raw, err := fs.ReadFile(os.DirFS(root), name)
			for _, sep := range []string{"\n\n", "\n"} {
				for part := range strings.SplitSeq(string(raw), sep) {
					look(root+"/"+name, part)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 10_000 {
		t.Errorf("only %d texts looked at", seen)
	}
}

// Each kind is told for what it is, and only that.
func TestKinds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"机密★10年":               "密级或内部标志",
		"11010519491231002X":   "身份证号",
		"110105 19491231 002x": "身份证号",
		"一一〇一〇五一九四九一二三一〇〇二X": "身份证号",
		"１１０１０５１９４９１２３１００２Ｘ": "身份证号",
		"110105194912310029":                     "",     // the check digit is another
		"身份证110105194912310029":                  "身份证号", // it is said to be one
		"110105194913310024":                     "",     // no such day
		"身份证 110105194913310024":                 "",
		"身份证110105491231002":                     "身份证号",
		"单号110105491231002":                      "",
		"9911010519491231002X":                   "", // the end of a longer number
		"6222021234567890128":                    "银行卡号",
		"6222 0212 3456 7890 128":                "银行卡号",
		"6222021234567890129":                    "", // the check digit is another
		"卡号6222021234567890129":                  "银行卡号",
		"订单号6222021234567890128":                 "",
		"4000001234567899 和 4000 0012 3456 7899": "银行卡号",
		"4000001234567899":                       "", // of no card of this country, and nobody says so
		"13800000001 13800000002":                "",
		"13800000001 13800000002 13800000003":    "电话名单",
		"13800000001、13800000001、+8613800000001": "", // three times the same
		"总机0551-62815500，传真0551-62815501，值班0551-62815502，门卫0551-62815503": "",
		"赵甲 科长 0551-62815501\n金乙 主任 0551-62815502\n陶丙丁 干事 62815503":       "电话名单",
		"文史委 62815501\n金融处 0551-62815502\n史志办 62815503\n文书科 62815504":     "",
		"机密★10年 11010519491231002X":                                       "密级或内部标志、身份证号",
		"":                                                                "",
		"★":                                                               "",
		"密":                                                               "",
	} {
		if got := secrecy.Words(secrecy.Seen(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// A number of an account is written as one; amounts, days, rooms and telephones next to
// a bank's word are none.
func TestAccounts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"单位账号：1202 0211 0990 0123 456 工行":     true,
		"对公账户：19-045101040012345，农行":          true,
		"收款账号 3301040160001234567":            true,
		"卡号6222.0212.3456.7890.128":           true,
		"工行 6222 0212\n3456 7890 128":         true,
		"报销单 12 张 3456 7890 1234 5678":        false,
		"报销金额 1234.56 2345.67 3580.23":        false,
		"住宿费报销 450.00 450.00 400.00 380.00":   false,
		"报销\n1200\n1300\n1400\n1500":          false,
		"转账 1,234,567.89 2,345,678.90":        false,
		"2023 2024 2025 2026 的报销":             false,
		"报销找 8221 8222 8223 8224":             false,
		"银行电话 0551-62815501 0551-62815502":    false,
		"95533 95588 95566 都是银行客服":            false,
		"报销11-28 11-30 12-01 12-03 12-05 可以吗": false,
	} {
		if got := slices.Contains(secrecy.Seen(text), secrecy.Card); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// What a scan reads for the star or for a mark's characters is put right, and words
// that only look like it are left.
func TestMisread(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"机密女10年\n市委文件": true, "机密土5年\n纪要": true, "机密丨★丨10年": true, "秘密大3年\n纪要": true, "绝密 X30 年": true, "机密K5年 名单": true,
		"机宓★10年": true, "绝宻★长期": true, "秘蜜★1年": true, "秋密★1年\n纪要": true, "杌密级★10年": true,
		"闺蜜★1年": false, "机蜜10年": false, "秘密大会开了3年": false, "秋密西瓜": false, "我和闺蜜大3年": false,
	} {
		if got := secrecy.Seen(text) != nil; got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// A paper that is pasted bears its mark, whatever is asked about it, and whatever stands
// before it; where there is no paper it is the mark that is asked about.
func TestPasted(t *testing.T) {
	t.Parallel()
	for _, paper := range []string{
		"机密★10年\n江委发〔2026〕18号\n关于印发全市重点工作安排的通知", "机密\n特急\n某市委文件\n关于换届有关工作的请示",
		"绝密★长期\n情况专报第3期\n某地发现有关线索", "内部资料 注意保存\n社情民意信息第8期",
	} {
		for _, m := range []string{
			"请问 " + paper, "帮我看看这个什么意思：\n" + paper, paper + "\n这是什么意思", paper + "\n能转给委员吗？",
			"改 3 " + paper, "补应答 1 " + paper, "请假 A01 12月1日至12月2日 " + paper, "王主任，" + paper, "@廉问 [链接]" + paper,
		} {
			if !slices.Contains(secrecy.Seen(m), secrecy.Mark) {
				t.Errorf("missed %q", m)
			}
		}
	}
	for _, m := range []string{"机密★10年\n这是什么意思", "请问 机密 是什么意思", "您好，机密文件能拍照吗", "内部资料 注意保存\n是什么意思", "关于加强保密工作的通知\n机密文件能拍照吗", "改 3 机密文件由专人保管", "密级有三种：\n绝密\n机密\n秘密", "一、密级\n绝密级：最重要的\n机密级：重要的\n秘密级：一般的"} {
		if kinds := secrecy.Seen(m); kinds != nil {
			t.Errorf("false alarm: %v in %q", kinds, m)
		}
	}
}

// However a mark is written, it is the same mark; and a word broken by a line or by
// what stands between is not put together where it is none.
func TestSpellings(t *testing.T) {
	t.Parallel()
	mark := []rune("机密★10年")
	for _, between := range []string{"", " ", "  ", "\u3000", "\u200b", "\u200d", "\u2060", "\ufeff", "\u202e", ".", "·", "-", "_", "/", "|", "\u0336", "\ufe0f", "\n", "\t"} {
		text := string(mark[0])
		for _, r := range mark[1:] {
			text += between + string(r)
		}
		for _, m := range []string{text, "关于明年的安排\n" + text, text + "\n关于明年的安排"} {
			if !slices.Contains(secrecy.Seen(m), secrecy.Mark) {
				t.Errorf("missed between %q: %q", between, m)
			}
		}
	}
	for _, star := range strings.Split("★ ☆ ⭐ ✩ ※ ＊ *", " ") {
		if text := "機密" + star + "十年"; secrecy.Seen(text) == nil {
			t.Errorf("missed %q", text)
		}
	}
	for _, text := range []string{"司机\n密切联系群众", "飞机，密云机场", "司机。密码", "保守秘\n密", "无记名秘 密投票"} {
		if secrecy.Seen(text) != nil {
			t.Errorf("false alarm: %q", text)
		}
	}
}

func ExampleSeen() {
	fmt.Println(secrecy.Words(secrecy.Seen("机密★10年 关于换届工作的通知")))
	fmt.Println(secrecy.Words(secrecy.Seen("机密★10年是什么意思")) == "")
	// Output:
	// 密级或内部标志
	// true
}
