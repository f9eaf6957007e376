package convert

import (
	"strings"
	"testing"
	"unicode"
)

func TestReadings(t *testing.T) {
	for text, want := range map[string]string{
		"政協(xié)機關(guān)":        "政協機關",
		"缙（jìn）云县":               "缙云县",
		"绿(lǜ)色、女(nǚ)、律(lü4)":    "绿色、女、律",
		"政协(xie2)":               "政协",
		"协(xi\u0065\u0301)商":     "协商",
		"音乐（yīn yuè）、音乐（yīnyuè）": "音乐、音乐",
		"儿(ér)、嗯(ńg)":            "儿、嗯(ńg)",
		"世贸组织（WTO）、中纪委（CCDI）":    "世贸组织（WTO）、中纪委（CCDI）",
		"甲(a)乙（一）丙（b1）":          "甲(a)乙（一）丙（b1）",
		"附件(a1)、表(ta2)":          "附件(a1)、表(ta2)",
		"张三(Zhang San)个(ge)":     "张三(Zhang San)个(ge)",
		"咖啡(café)、简历(résumé)":    "咖啡(café)、简历(résumé)",
		"协 (xié)、(xié)":          "协 (xié)、(xié)",
		"协(XIE2)":                "协(XIE2)",
		"协(xié":                  "协(xié",
	} {
		doc := &Document{Text: text}
		doc.dropReadings()
		if doc.Text != want {
			t.Errorf("%s: got %s, want %s", text, doc.Text, want)
		}
		if (text == want) != (len(doc.Notes) == 0) {
			t.Errorf("%s: notes %v", text, doc.Notes)
		}
	}
	doc := &Document{Text: strings.Repeat("政協(xié)機關(guān)", 4)}
	doc.annotate(Options{})
	noted(t, doc, Dropped, "去掉了 8 处括号里的注音，如「協(xié)」「關(guān)」「協(xié)」")
}

func TestSimplified(t *testing.T) {
	const text = "第一條 乾隆年間的著作，乾燥後著錄於「文庫」（WTO）。\n|甲|乙|\n全是简体的一行。\n"
	doc := &Document{Text: text}
	doc.annotate(Options{Simplified: true})
	if want := "第一条 乾隆年间的著作，干燥后著录于「文库」（WTO）。\n|甲|乙|\n全是简体的一行。\n"; doc.Text != want {
		t.Errorf("got %s", doc.Text)
	}
	noted(t, doc, Info, "7 个繁体字改成了简体字")
	doc = &Document{Text: traditional}
	doc.annotate(Options{})
	if doc.Text != traditional {
		t.Error("the text was changed unasked")
	}
	noted(t, doc, Info, "--simplified")
	for _, opt := range []Options{{}, {Simplified: true}} {
		doc = &Document{Text: meetingRule}
		doc.annotate(opt)
		if doc.Text != meetingRule || len(doc.Notes) != 0 {
			t.Errorf("got %v", doc.Notes)
		}
	}
	doc = &Document{Text: strings.Repeat("会议应当精简。", 10) + "後"}
	doc.annotate(Options{})
	unnoted(t, doc, Info)
}

func TestOrdinary(t *testing.T) {
	doc := &Document{Text: "⼀、⺠主⻅证⻓期⻔户，⻳⿕\uf900\uf901〇①Ａ㈠\ufa0e"}
	doc.annotate(Options{})
	if want := "一、民主见证长期门户，龟龠豈\u66f4〇①Ａ㈠\ufa0e"; doc.Text != want {
		t.Errorf("got %s, want %s", doc.Text, want)
	}
	noted(t, doc, Info, "9 个字用了字形相同的另一种编码")
	for from, to := range radicalOf {
		if !unicode.Is(unicode.Unified_Ideograph, to) || from < 0x2e80 || from > 0x2eff {
			t.Errorf("%c (%U) becomes %c (%U)", from, from, to, to)
		}
	}
	if len(radicalOf) < 110 {
		t.Errorf("%d radicalForms", len(radicalOf))
	}
}

func TestDoubtful(t *testing.T) {
	doc := &Document{Text: "甲\n\ue000乙\ufffd\n丙\n\U000f0001\n" + strings.Repeat("\uf8ff\n", 9)}
	text := doc.Text
	doc.annotate(Options{})
	if doc.Text != text {
		t.Errorf("got %q", doc.Text)
	}
	noted(t, doc, Doubt, "有 12 个字是造字或乱码，第一处是「〓乙〓」")
	if n := len(doc.Notes); n != 1 || doc.Notes[0].Where != "" {
		t.Errorf("notes %v", doc.Notes)
	}
	doc = &Document{Text: doc.Text, Format: textFormat}
	doc.annotate(Options{})
	if n := doc.Notes[0]; n.Where != "第 2 行、第 4 行、第 5 行、第 6 行、第 7 行" || !strings.HasPrefix(n.What, n.Where+"有 12 个字") {
		t.Errorf("noted %v", n)
	}
	doc = &Document{Text: "　委员应当按时参加\ue000全体会议和活动 "}
	doc.doubtful()
	noted(t, doc, Doubt, "第一处是「应当按时参加〓全体会议和活」")
}
