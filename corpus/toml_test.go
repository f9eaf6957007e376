package corpus

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// sheetOfTOML has one key of each kind that people write.
type sheetOfTOML struct {
	Contact string         `toml:"contact"`
	PushGap []string       `toml:"push_gap"`
	Limit   int            `toml:"limit"`
	Margin  float64        `toml:"margin"`
	Day     toml.LocalDate `toml:"day"`
	Wechat  struct {
		Enabled bool   `toml:"enabled"`
		Phrase  string `toml:"phrase"`
	} `toml:"wechat"`
	Push []struct {
		Name    string   `toml:"name"`
		Targets []string `toml:"targets"`
	} `toml:"push"`
}

// The message names the real mistake, in the line where it is, and what is right.
func TestMendTOML(t *testing.T) {
	for text, want := range map[string]string{
		"contact = \"办公室\"\n":                                     "",
		"\ufeffcontact = \"办公室\"\n":                               "",
		"contact = “办公室”":                                         "1: contact 用了中文（全角）标点 “”，请改成英文标点，如 contact = \"办公室\"",
		"contact = \"办公室”":                                        "1: contact 用了中文（全角）标点 ”",
		"contact = ‘办公室’":                                         "1: contact 用了中文（全角）标点 ‘’",
		"contact = 「办公室」 # 说明":                                    "1: contact 用了中文（全角）标点 「」",
		"contact ＝ \"办公室\"":                                       "1: contact 用了中文（全角）标点 ＝",
		"contact = \"他说“好”，＝\"":                                   "",
		"push_gap = [“1s”，“2s”]":                                  "1: push_gap 用了中文（全角）标点 “”，",
		"push_gap = [\"1s\"、\"2s\"]":                              "1: push_gap 用了中文（全角）标点 、",
		"limit = ３":                                               "1: limit 用了中文（全角）标点 ３",
		"　contact = \"办公室\"":                                      "1: 用了中文（全角）标点 空格",
		"【wechat】\nenabled = true":                                "1: 用了中文（全角）标点 【】",
		"contact = 办公室":                                           "1: contact 的值没有加引号",
		"contact = \"办公室":                                         "1: contact 引号不成对",
		"contact: \"办公室\"":                                        "1: contact 后面用了冒号",
		"contact \"办公室\"":                                         "1: contact 这一行没有等号",
		"联系人 = \"办公室\"":                                           "1: 等号左边的写法不对",
		"contact = \"C:\\制度\"":                                    "1: contact 引号里有反斜杠 \\，请写成 / 或者两个 \\\\",
		"contact = \"办\x01\"":                                     "1: contact 引号里有看不见的控制字符",
		"contact = \"\"\"办公室\n":                                   "1: contact 三个引号 \"\"\" 没有成对",
		"contact = \"a\" \"b\"":                                   "1: contact 的值后面多了东西",
		"contact = 3":                                             "1: contact 的值类型不对，应为引号里的文字",
		"contact = \"a\"\ncontact = \"b\"":                        "2: contact 写了两次",
		"limit = \"3\"":                                           "1: limit 的值类型不对，应为整数",
		"limit = 03":                                              "1: limit 的数字前面多了 0",
		"margin = \"3\"":                                          "1: margin 的值类型不对，应为数字",
		"day = 2026年2月1日":                                         "1: day 日期写法不对，请写成 2026-02-01",
		"day = 2026/2/1":                                          "1: day 日期写法不对",
		"day = 2026-02-30":                                        "1: day 的日期不对",
		"[wechat]\nenabled = True":                                "2: enabled 的写法不对，应为 true 或 false",
		"[wechat]\nenabled = 是":                                   "2: enabled 的写法不对，应为 true 或 false",
		"[wechat]\nenabled = \"true\"":                            "2: wechat.enabled 的值类型不对，应为 true 或 false",
		"[wechat\nenabled = true":                                 "1: 方括号不成对",
		"[微信]\nenabled = true":                                    "1: 方括号不成对，或者名称不对",
		"push_gap = \"1s\"":                                       `1: push_gap 的值类型不对，应为列表，如 ["甲", "乙"]`,
		"push_gap = [1s, 2s]":                                     "1: push_gap 的值没有加引号",
		"push_gap = [\"1s\" \"2s\"]":                              "1: push_gap 列表的写法不对",
		"push_gap = [\"1s\"\nlimit = 3":                           "1: push_gap 方括号 [ ] 没有成对",
		"contcat = \"办公室\"":                                       "1: 不认识的项 contcat，是不是要写 contact？请改正或删去",
		"pushgap = []":                                            "1: 不认识的项 pushgap，是不是要写 push_gap？请改正或删去",
		"telephone = \"1\"":                                       "1: 不认识的项 telephone，",
		"enabled = true":                                          "1: 不认识的项 enabled，enabled 要写在 [wechat] 的下面",
		"[wechat]\ncontact = \"办公室\"":                             "2: 不认识的项 wechat.contact，contact 要写在所有 [ ] 的前面",
		"[[push]]\nname = \"a\"\ntarget = []":                     "3: 不认识的项 push.target，是不是要写 targets？请改正或删去",
		"[wecht]\nenabled = true\nphrase = 1\n[[push]]\nname = 3": "1: 不认识的项 wecht，是不是要写 [wechat]？\n5: push.name 的值类型不对",
		"x\xb0\xec":                                               "1: 文件不是 UTF-8 编码",
		// All at once, and what goes on over lines is one mistake.
		"contact = “办公室”\nlimit = \"3\"\nmargn = 1\npush_gap = [a,\n \"b\",\n]\n[wechat]\nenabled = yes\n": "1: contact 用了\n2: limit 的值类型\n3: 不认识的项 margn，是不是要写 margin\n4: push_gap 的值没有加引号\n8: enabled 的值没有加引号",
		"contact = “3”\ncontact = ‘4’":                                   "1: contact 用了\n2: contact 用了\n2: contact 写了两次",
		"telephone = [\n\"1\",\n\"2\",\n]\nlimit = \"3\"":                "1: 不认识的项 telephone，\n5: limit 的值类型",
		"[[push]]\nname = “a”\ntargets = [“group:甲”]\n[[push]\nname = 1": "2: name 用了\n3: targets 用了\n4: 方括号不成对\n5: push.name 的值类型",
	} {
		var v sheetOfTOML
		_, list := MendTOML(text, &v)
		var got []string
		for _, m := range list {
			got = append(got, fmt.Sprintf("%d: %s，%s", m.Line, m.What, m.Fix))
		}
		var wants []string
		if want != "" {
			wants = strings.Split(want, "\n")
		}
		ok := len(got) == len(wants)
		for i := range wants {
			ok = ok && strings.HasPrefix(got[i], wants[i])
		}
		if !ok {
			t.Errorf("%q:\ngot  %s\nwant %s", text, strings.Join(got, "\n     "), strings.Join(wants, "\n     "))
		}
	}
}

// What is right is read, whatever is wrong beside it, and what was meant is read
// where that is plain; a value is in no message.
func TestMendTOMLReadsTheRest(t *testing.T) {
	var v sheetOfTOML
	mended, list := MendTOML("contact = “秘密”\nlimit = \"秘密\"\nmargin = 0.5\n[wechat]\nenabled = true\nphrase = 秘密\n[[push]]\nname = \"a\"\n", &v)
	if v.Contact != "秘密" || v.Limit != 0 || v.Margin != 0.5 || !v.Wechat.Enabled || len(v.Push) != 1 || v.Push[0].Name != "a" {
		t.Errorf("read %+v", v)
	}
	if want := "contact = \"秘密\"\n\nmargin = 0.5\n[wechat]\nenabled = true\n\n[[push]]\nname = \"a\"\n"; mended != want {
		t.Errorf("mended %q", mended)
	}
	if said := fmt.Sprint(list); len(list) != 3 || strings.Contains(said, "秘密") {
		t.Errorf("said %s", said)
	}
}

func TestNear(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"id", "id", true}, {"id", "ix", true}, {"id", "xy", false}, {"tilte", "title", true}, {"titel", "title", true}, {"ttle", "title", true}, {"titlle", "title", true}, {"tte", "title", false},
		{"contact", "cnotatc", true}, {"category", "catgry", true}, {"category", "ctgry", false}, {"Title", "title", true}, {"", "a", true}, {"", "ab", false},
	} {
		if got := near(tt.a, tt.b); got != tt.want {
			t.Errorf("%s and %s: %v", tt.a, tt.b, got)
		}
	}
}

// Whatever the text is, what is left of it in the end has nothing wrong with it,
// unless it was given up, and no line is out of the text.
func FuzzMendTOML(f *testing.F) {
	f.Add("contact = “办公室”\n[wechat\nenabled = yes\n")
	f.Add("push_gap = [a,\n\"b\"\n[[push]]\nx = \"\"\"")
	f.Fuzz(func(t *testing.T, text string) {
		var v sheetOfTOML
		mended, list := MendTOML(text, &v)
		if len(list) == 0 && mended != strings.TrimPrefix(text, "\ufeff") {
			t.Fatalf("%q became %q without a word", text, mended)
		}
		for _, m := range list {
			if m.Line < 1 || m.Line > strings.Count(text, "\n")+1 || m.What == "" {
				t.Fatalf("%+v", m)
			}
		}
	})
}
