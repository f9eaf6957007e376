package bot_test

import (
	"testing"

	"lianwen/bot"
)

func TestKey(t *testing.T) {
	for want, spellings := range map[string][]string{
		"A01":      {"A01", "a01", "Ａ０１", " A01 ", "A 01", "A\u200b01", "A01\ufe0f", "\ufeffA01", "A\u00a001", "A\u300001", "A\u00ad01", "A01\r\n", "A\u316401"},
		"K7QM3XWP": {"k7qm3xwp", "Ｋ７ＱＭ３ＸＷＰ", "K7QM 3XWP", "k 7 q m 3 x w p"},
		"张三":       {"张三", "张 三", "张　三", " 张三", "张三\u200d"},
		"尾空格群":     {"尾空格群", "尾空格群 ", "尾空格群\u2005"},
		"A-01":     {"A-01", "a－01"},
		"":         {"", " ", "\u200b\ufe0f\u3164"},
	} {
		for _, s := range spellings {
			if got := bot.Key(s); got != want {
				t.Errorf("Key(%q) = %q, want %q", s, got, want)
			}
		}
	}
	for _, apart := range [][2]string{{"A01", "A1"}, {"A01", "A011"}, {"A-01", "A01"}, {"张三", "张三丰"}, {"0", "O"}} {
		if bot.Key(apart[0]) == bot.Key(apart[1]) {
			t.Errorf("%q and %q have one key", apart[0], apart[1])
		}
	}
}
