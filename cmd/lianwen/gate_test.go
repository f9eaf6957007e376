package main

import (
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// A word of a command counts whole, whatever slashes it has; of a file only its name.
func TestUnplaced(t *testing.T) {
	dir := t.TempDir()
	for word, want := range map[string]string{
		"机密★10年 关于换届/人事": "机密★10年 关于换届/人事", dir + "/a.docx": "a.docx", "a.docx": "a.docx", "": "",
		"/没有的文件夹/a.docx": "/没有的文件夹/a.docx", dir + "/": "",
	} {
		if got := unplaced(word); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

// What is told of texts held back says how many and which kind, and nothing else.
func TestGateWords(t *testing.T) {
	if got := heldLine(nil); got != "" {
		t.Errorf("nothing: %q", got)
	}
	list := []ledger.Held{{Way: ledger.HeldIn, Count: 3}, {Way: ledger.HeldIn, Count: 2}, {Way: ledger.HeldOut, Count: 4}}
	if got := heldLine(list); !strings.Contains(got, "最近 30 天拦下收到的 5 条、要发出的 4 条，只计数") {
		t.Errorf("%q", got)
	}
	h := bot.HeldBack{Channel: "wechat", Kinds: []string{"身份证号"}, Out: true}
	if got := outHeld(h); !strings.HasPrefix(got, "廉问：一条回复带有身份证号，没有发出。") {
		t.Errorf("%q", got)
	}
	if h.Unasked = true; !strings.HasPrefix(outHeld(h), "廉问：一条推送带有") {
		t.Errorf("%q", outHeld(h))
	}
}
