package corpus

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// marked writes edits down: 「应当在[-三日-][+五日+]内」, in braces what only
// differs in layout.
func marked(list []Edit) string {
	var b strings.Builder
	for _, e := range list {
		open, end := "[", "]"
		if e.Layout {
			open, end = "{", "}"
		}
		switch e.Op {
		case Delete:
			b.WriteString(open + "-" + e.Text + "-" + end)
		case Insert:
			b.WriteString(open + "+" + e.Text + "+" + end)
		default:
			b.WriteString(e.Text)
		}
	}
	return b.String()
}

func TestWordEdits(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"应当在三日内答复。", "应当在五日内答复。", "应当在[-三日-][+五日+]内答复。"},
		{"不超过1000元。", "不超过1500元。", "不超过[-1000元-][+1500元+]。"},
		{"不超过1,000.50元。", "不超过1,000.55元。", "不超过[-1,000.50元-][+1,000.55元+]。"},
		{"每人每天100元，每间350元。", "每人每天120元，每间400元。", "每人每天[-100元-][+120元+]，每间[-350元-][+400元+]。"},
		{"二十个工作日以内", "二十五个工作日以内", "[-二十个工作日-][+二十五个工作日+]以内"},
		{"应当在 10 日内", "应当在12日内", "应当在[- 10 日-][+12日+]内"},
		{"依照本条例第十条作出", "依照本条例第十一条之一作出", "依照本条例[-第十条-][+第十一条之一+]作出"},
		{"用 VPN 登录", "用 VPNs 登录", "用 [-VPN-][+VPNs+] 登录"},
		{"报主任同意。", "报副主任同意。", "报[+副+]主任同意。"},
		{"报副主任同意。", "报主任同意。", "报[-副-]主任同意。"},
		{"由市政协办公室负责。", "由市政协委员工作委员会负责。", "由市政协[-办公室-][+委员工作委员会+]负责。"},
		{"甲的、乙的", "甲的、丙的、乙的", "甲的、[+丙的、+]乙的"}, // behind the mark, not before it
		{"甲。", "甲。甲。", "甲。[+甲。+]"},
		{"甲", "甲甲", "甲[+甲+]"},
		{"甲甲", "甲", "甲[-甲-]"},
		{"", "新增。", "[+新增。+]"},
		{"全删。", "", "[-全删。-]"},
		{"一样。", "一样。", "一样。"},
		// shreds between changes are a part of them, words are not
		{"由书记员当场宣读", "经主任委员会同意后公布", "[-由书记员当场宣读-][+经主任委员会同意后公布+]"},
		{"戊甲，己", "庚甲，辛", "[-戊甲，己-][+庚甲，辛+]"},
		{"戊己甲乙庚辛", "壬癸甲乙子丑", "[-戊己-][+壬癸+]甲乙[-庚辛-][+子丑+]"},
		{"戊己卯甲乙庚辛午", "壬癸巳甲乙子丑未", "[-戊己卯甲乙庚辛午-][+壬癸巳甲乙子丑未+]"},
		{"戊甲乙己", "庚甲乙辛", "[-戊-][+庚+]甲乙[-己-][+辛+]"},
		{"先登记，再由主要负责人当面审批。", "先编号，再由主要负责人书面审批。", "先[-登记-][+编号+]，再由主要负责人[-当-][+书+]面审批。"},
		// only the layout
		{"应当登记,并报告三日内。", "应当登记，并报告五日内。", "应当登记{-,-}{+，+}并报告[-三日-][+五日+]内。"},
		{"每年不少于１０次。甲类三日。", "每年不少于10次。乙类三日。", "{-每年不少于１０次。-}{+每年不少于10次。+}[-甲-][+乙+]类三日。"},
		{"先报告。\n再登记三日。", "先报告。再登记五日。", "先报告。{-\n-}再登记[-三日-][+五日+]。"},
		// sentences keep together, and so do items
		{"甲方负责登记。\n乙方负责审批。", "甲方负责登记。\n丙方负责登记，由丁方审核。\n乙方负责审批。", "甲方负责登记。\n[+丙方负责登记，由丁方审核。\n+]乙方负责审批。"},
		{"甲方负责登记。\n乙方负责审批。", "甲方负责登记。丙方协助。\n乙方负责审批。", "甲方负责登记。[+丙方协助。+]\n乙方负责审批。"},
		{"（一）涉及国家秘密的；\n（二）没有具体建议的。", "（一）涉及国家秘密的；\n（二）进入诉讼程序的；\n（三）没有具体建议的。", "（一）涉及国家秘密的；\n（二）[+进入诉讼程序的；\n（三）+]没有具体建议的。"},
	} {
		got := wordEdits(c.old, c.new)
		if marked(got) != c.want {
			t.Errorf("%q → %q:\n got %s\nwant %s", c.old, c.new, marked(got), c.want)
		}
		checkEdits(t, c.old, c.new, got)
	}
}

// checkEdits checks what holds of all edits: the two texts are in them byte for
// byte, none is empty or could be joined to its neighbour.
func checkEdits(t *testing.T, old, new string, list []Edit) {
	t.Helper()
	var before, after, wordsBefore, wordsAfter strings.Builder
	for i, e := range list {
		if e.Op == Keep || e.Layout && e.Op == Delete {
			wordsBefore.WriteString(e.Text)
		}
		if e.Op == Keep || e.Layout && e.Op == Insert {
			wordsAfter.WriteString(e.Text)
		}
		if e.Op != Insert {
			before.WriteString(e.Text)
		}
		if e.Op != Delete {
			after.WriteString(e.Text)
		}
		if e.Text == "" || e.Layout && e.Op == Keep || i > 0 && e.Op == list[i-1].Op && e.Layout == list[i-1].Layout {
			t.Errorf("%q → %q: edit %d of %v", old, new, i, list)
		}
	}
	if before.String() != old || after.String() != new {
		t.Errorf("%q → %q: the edits make %q and %q", old, new, before.String(), after.String())
	}
	if squeezed(wordsBefore.String()) != squeezed(wordsAfter.String()) {
		t.Errorf("%q → %q: words are passed off for layout in %s", old, new, marked(list))
	}
}

func TestFolded(t *testing.T) {
	for text, want := range map[string]string{
		"！０９ＡＺａｚ～": "!09AZaz~", "甲　乙\n丙\u200b": "甲乙丙", "甲，乙｡": "甲,乙。", "“甲”、《乙》": "“甲”、《乙》",
		"0 9": "0 9", "９\n０": "9 0", "a z": "a z", "A  Z": "A Z", "Ａ　z": "A z",
		"9 a": "9a", "z 0": "z0", "甲 0": "甲0", "Z 乙": "Z乙", "1 、 2": "1、2", "/ 0": "/0", "0 :": "0:", "` a": "`a", "z {": "z{", "@ A": "@A", "Z [": "Z[",
	} {
		if got := folded(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func squeezed(s string) string { return strings.ReplaceAll(folded(s), " ", "") }

// Long texts that have nothing in common are not compared word by word, and
// nothing of them is lost.
func TestWordEditsOfLongTexts(t *testing.T) {
	old, new := strings.Repeat("甲乙丙丁", 1000)+"。", strings.Repeat("戊己庚辛", 1000)+"。"
	checkEdits(t, old, new, wordEdits(old, new))
	old, new = "三日。"+strings.Repeat("天地玄黄，宇宙洪荒；", 2000), strings.Repeat("天地玄黄，宇宙洪荒；", 2000)+"五日。"
	got := wordEdits(old, new)
	checkEdits(t, old, new, got)
	if len(got) != 3 || got[0].Text != "三日。" {
		t.Errorf("%d edits", len(got))
	}
}

// revise edits a text here and there as an office would, and as it would not.
func revise(r *rand.Rand, text string) string {
	bits := []string{"应当", "三日", "1500元", "，", ",", "\n", " ", "（二）", "第五条", "ＡＢ", "办公室负责登记。", "不", ""}
	runes := []rune(text)
	for range r.IntN(8) {
		at := r.IntN(len(runes) + 1)
		end := min(len(runes), at+r.IntN(12))
		put := []rune(bits[r.IntN(len(bits))])
		if r.IntN(3) == 0 { // put what stands there elsewhere
			put = slices.Clone(runes[r.IntN(at+1):at])
		}
		runes = slices.Replace(runes, at, end, put...)
	}
	return string(runes)
}

func TestWordEditsOfAnything(t *testing.T) {
	texts := []string{""}
	for _, rule := range readSample(t).Rules[:8] {
		for _, a := range rule.Articles {
			texts = append(texts, a.Body())
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 1500 {
		old := texts[r.IntN(len(texts))]
		new := revise(r, old)
		list := wordEdits(old, new)
		checkEdits(t, old, new, list)
		real := slices.ContainsFunc(list, func(e Edit) bool { return e.Op != Keep && !e.Layout })
		if !real && folded(old) != folded(new) {
			t.Errorf("no change of words is left of %q → %q: %s", old, new, marked(list))
		}
	}
}

func FuzzWordEdits(f *testing.F) {
	f.Add("应当在三日内答复。", "应当在５日内 答复。")
	f.Add("1 0", "10")
	f.Fuzz(func(t *testing.T, old, new string) {
		if utf8.ValidString(old) && utf8.ValidString(new) { // others are refused when they are read
			checkEdits(t, old, new, wordEdits(old, new))
		}
	})
}
