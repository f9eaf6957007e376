package convert

import (
	"strings"
	"testing"
)

// counts writes paragraphs of one numbering each and expects their numbers.
func TestNumbersCount(t *testing.T) {
	chapters := wl(0, "decimal", "第%1章") + wl(1, "decimal", "第%2条") + wl(2, "decimal", "%1.%2.%3")
	num := func(id, list, over string) string {
		return `<w:num w:numId="` + id + `"><w:abstractNumId w:val="` + list + `"/>` + over + `</w:num>`
	}
	start := func(level, n string) string {
		return `<w:lvlOverride w:ilvl="` + level + `"><w:startOverride w:val="` + n + `"/></w:lvlOverride>`
	}
	list := func(id, levels string) string {
		return `<w:abstractNum w:abstractNumId="` + id + `">` + levels + `</w:abstractNum>`
	}
	tests := []struct {
		name, numbering string
		paras           [][2]int // number and level
		want            string
	}{
		{"restart under each chapter", list("1", chapters) + num("1", "1", ""),
			[][2]int{{1, 0}, {1, 1}, {1, 1}, {1, 0}, {1, 1}}, "第1章 第1条 第2条 第2章 第1条"},
		{"run on across chapters", list("1", wl(0, "decimal", "第%1章")+wl(1, "decimal", "第%2条", `<w:lvlRestart w:val="0"/>`)) + num("1", "1", ""),
			[][2]int{{1, 0}, {1, 1}, {1, 1}, {1, 0}, {1, 1}}, "第1章 第1条 第2条 第2章 第3条"},
		{"lists of their own run on", list("1", wl(0, "decimal", "第%1章")) + list("2", wl(0, "decimal", "第%1条")) + num("1", "1", "") + num("2", "2", ""),
			[][2]int{{1, 0}, {2, 0}, {2, 0}, {1, 0}, {2, 0}}, "第1章 第1条 第2条 第2章 第3条"},
		{"restart after one level only", list("1", chapters+wl(3, "decimal", "(%4)", `<w:lvlRestart w:val="1"/>`)) + num("1", "1", ""),
			[][2]int{{1, 0}, {1, 1}, {1, 3}, {1, 1}, {1, 3}, {1, 0}, {1, 3}}, "第1章 第1条 (1) 第2条 (2) 第2章 (1)"},
		{"restart after itself is no restart", list("1", wl(0, "decimal", "%1、")+wl(1, "decimal", "(%2)", `<w:lvlRestart w:val="2"/>`)) + num("1", "1", ""),
			[][2]int{{1, 0}, {1, 1}, {1, 1}, {1, 0}, {1, 1}}, "1、 (1) (2) 2、 (1)"},
		{"any level above restarts", list("1", chapters) + num("1", "1", ""),
			[][2]int{{1, 0}, {1, 1}, {1, 2}, {1, 2}, {1, 0}, {1, 1}, {1, 2}}, "第1章 第1条 1.1.1 1.1.2 第2章 第1条 2.1.1"},
		{"nums of a list count together", list("1", chapters) + num("1", "1", "") + num("2", "1", ""),
			[][2]int{{1, 0}, {2, 0}, {1, 0}}, "第1章 第2章 第3章"},
		{"start override, once", list("1", chapters) + num("1", "1", "") + num("2", "1", start("0", "5")),
			[][2]int{{1, 0}, {1, 0}, {2, 0}, {2, 0}, {1, 0}, {2, 0}}, "第1章 第2章 第5章 第6章 第7章 第8章"},
		{"start override holds at a restart", list("1", chapters) + num("1", "1", start("1", "3")),
			[][2]int{{1, 0}, {1, 1}, {1, 1}, {1, 0}, {1, 1}}, "第1章 第3条 第4条 第2章 第3条"},
		{"level override", list("1", chapters) + num("1", "1", "") + num("2", "1", `<w:lvlOverride w:ilvl="0">`+wl(0, "upperLetter", "附件%1")+`</w:lvlOverride>`),
			[][2]int{{1, 0}, {2, 0}, {1, 0}}, "第1章 附件B 第3章"},
		{"start at another number", list("1", `<w:lvl w:ilvl="0"><w:start w:val="8"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1、"/></w:lvl>`) + num("1", "1", ""),
			[][2]int{{1, 0}, {1, 0}}, "8、 9、"},
		{"no start is zero", list("1", `<w:lvl w:ilvl="0"><w:lvlText w:val="%1、"/></w:lvl>`) + num("1", "1", ""),
			[][2]int{{1, 0}, {1, 0}}, "0、 1、"},
		{"legal", list("1", wl(0, "chineseCounting", "第%1章")+wl(1, "upperRoman", "%1.%2", `<w:isLgl/>`)+wl(2, "upperRoman", "%1.%3", `<w:isLgl w:val="0"/>`)) + num("1", "1", ""),
			[][2]int{{1, 0}, {1, 1}, {1, 2}}, "第一章 1.1 一.I"},
		{"legal keeps the zero", list("1", wl(0, "decimalZero", "%1")+wl(1, "decimal", "%1.%2", `<w:isLgl/>`)) + num("1", "1", ""),
			[][2]int{{1, 0}, {1, 1}}, "01 01.1"},
		{"none and bullets", list("1", wl(0, "none", "附则")+wl(1, "bullet", "●")+wl(2, "decimal", "%1%2%3)")) + num("1", "1", ""),
			[][2]int{{1, 0}, {1, 1}, {1, 2}}, "附则  1)"},
		{"per cent signs", list("1", wl(0, "decimal", "%1%")+wl(1, "decimal", "%0%2%%")) + num("1", "1", ""),
			[][2]int{{1, 0}, {1, 1}}, "1% %01%%"},
		{"hidden number", list("1", wl(0, "decimal", "%1、", `<w:rPr><w:vanish/></w:rPr>`)) + num("1", "1", ""),
			[][2]int{{1, 0}}, ""},
		{"custom format", list("1", `<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1号"/></w:lvl>`) + num("1", "1", ""),
			[][2]int{{1, 0}, {1, 0}}, "001号 002号"},
		{"level that is not defined", list("1", wl(0, "decimal", "%1、")) + num("1", "1", ""),
			[][2]int{{1, 0}, {1, 4}, {1, 0}}, "1、  2、"},
		{"level above that is not defined", list("1", wl(1, "decimal", "%1.%2")) + num("1", "1", ""), [][2]int{{1, 1}}, ".1"},
		{"numbers that are none", list("1", `<w:lvl w:ilvl="零"><w:start w:val="一"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1、"/></w:lvl>`) + num("1", "1", ""),
			[][2]int{{1, 0}}, "0、"},
		{"starts beyond reason", list("1", chapters) + num("1", "1", start("0", "99999999")) + num("2", "1", start("0", "-7")),
			[][2]int{{1, 0}, {2, 0}}, "第1000000章 第0章"},
		{"linked by a numbering style", list("1", `<w:numStyleLink w:val="条款"/>`) + list("2", `<w:styleLink w:val="条款"/>`+wl(0, "decimal", "第%1条")) + num("1", "1", "") + num("2", "2", ""),
			[][2]int{{1, 0}, {2, 0}}, "第1条 第2条"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var body strings.Builder
			for _, p := range tt.paras {
				body.WriteString(wn(p[0], p[1], "·文"))
			}
			doc := readWord(t, docxFile(t, body.String(), "word/numbering.xml", wordPart("numbering", tt.numbering)))
			var got []string
			for l := range strings.Lines(doc.Text) {
				number, _, _ := strings.Cut(l, "·文")
				got = append(got, strings.TrimRight(number, "　 "))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got  %q\nwant %q", strings.Join(got, " "), tt.want)
			}
		})
	}
}

func TestNumbersOfStyles(t *testing.T) {
	numbering := wordPart("numbering", `<w:abstractNum w:abstractNumId="7">`+
		wl(0, "chineseCounting", "第%1章", `<w:pStyle w:val="1"/>`)+wl(1, "chineseCounting", "第%2条", `<w:pStyle w:val="2"/>`)+wl(2, "decimal", "（%3）")+
		`</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>`)
	styles := wordPart("styles", `<w:style w:type="paragraph" w:default="1" w:styleId="a"/>`+
		`<w:style w:type="paragraph" w:styleId="1"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style>`+
		`<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/></w:style>`+
		`<w:style w:type="paragraph" w:styleId="项"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style>`+
		`<w:style w:type="paragraph" w:styleId="无"><w:basedOn w:val="1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>`+
		`<w:style w:type="paragraph" w:styleId="圈"><w:basedOn w:val="圈"/></w:style>`+
		`<w:style w:type="paragraph" w:styleId="缺"><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style>`)
	direct := func(style, num string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/><w:numPr>` + num + `</w:numPr></w:pPr>` + wr("文") + `</w:p>`
	}
	body := ws("1", "总则") + ws("2", "甲") + ws("项", "乙") + ws("无", "丙") + ws("圈", "丁") + ws("没有", "戊") + wp("己") +
		direct("2", `<w:numId w:val="0"/>`) + direct("项", `<w:numId w:val="3"/>`) + direct("2", `<w:ilvl w:val="2"/>`) + ws("2", "庚") + ws("缺", "辛") +
		direct("项", `<w:ilvl w:val="0"/><w:numId w:val="3"/>`)
	doc := readWord(t, docxFile(t, body, "word/numbering.xml", numbering, "word/styles.xml", styles))
	sameText(t, doc, "第一章　总则", "第一条　甲", "（1）乙", "丙", "丁", "戊", "己", "文", "（2）文", "（3）文", "第二条　庚", "辛", "第二章　文")
	wordNoted(t, doc, Added, "7 段", "“第一章”", "“第二章”")
	wordNoted(t, doc, Doubt, "1 段", "没有写这种编号是什么样")
}

// The style of paragraphs that name none is the standard one of paragraphs.
func TestNumbersOfStandardStyle(t *testing.T) {
	const numbered = `<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`
	for value, want := range map[string]string{"1": "1、甲", "true": "1、甲", "on": "1、甲", "0": "甲"} {
		styles := wordPart("styles", `<w:style w:type="paragraph" w:styleId="b" w:default="`+value+`">`+numbered+`<w:style w:type="character" w:styleId="a" w:default="1"/>`)
		sameText(t, readWord(t, docxFile(t, wp("甲"), "word/numbering.xml", wordNumbering(wl(0, "decimal", "%1、")), "word/styles.xml", styles)), want)
	}
}

// A style of numbering may be reached through the style's own num.
func TestNumbersThroughStyle(t *testing.T) {
	numbering := wordPart("numbering", `<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="表"/></w:abstractNum>`+
		`<w:abstractNum w:abstractNumId="2">`+wl(0, "decimal", "%1、")+`</w:abstractNum>`+
		`<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>`)
	styles := wordPart("styles", `<w:style w:type="numbering" w:styleId="表"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>`)
	sameText(t, readWord(t, docxFile(t, wn(1, 0, "甲")+wn(2, 0, "乙"), "word/numbering.xml", numbering, "word/styles.xml", styles)), "1、甲", "2、乙")
}

func TestNumbersOfEmptyParagraphs(t *testing.T) {
	numbering := wordNumbering(wl(0, "decimal", "%1、"))
	doc := readWord(t, docxFile(t, wn(1, 0, "甲")+wn(1, 0, "")+wn(1, 0, "乙"), "word/numbering.xml", numbering))
	sameText(t, doc, "1、甲", "3、乙")
	wordNoted(t, doc, Dropped, "有 1 段只有自动编号，没有文字，没有收入：“2、”")
	// What was before a change is no property.
	was := `<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr>` + wr("丙") + `</w:p>`
	sameText(t, readWord(t, docxFile(t, was, "word/numbering.xml", numbering)), "丙")
	// The number stands before the first line of a paragraph of several.
	two := `<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:br/><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>`
	sameText(t, readWord(t, docxFile(t, two, "word/numbering.xml", numbering)), "1、甲", "乙")
}

// A number on an empty paragraph belongs to the text below, where it names something.
func TestNumbersOfTextBelow(t *testing.T) {
	numbering := wordNumbering(wl(0, "decimal", "第%1条")+wl(1, "decimal", "（%2）"), wl(0, "decimal", "第%1章"), wl(0, "decimal", "%1."), wl(0, "upperLetter", "%1级"), wl(0, "bullet", "●"))
	tests := []struct {
		name, body string
		want       []string
		dropped    string
	}{
		{"articles", wn(1, 0, "") + wp("甲。") + wn(1, 0, "") + "<w:p/>" + wp("乙。"), []string{"第1条", "甲。", "第2条", "乙。"}, ""},
		{"above a table", wn(1, 0, "") + tbl(tr(tc("", wp("甲")), tc("", wp("乙")))), []string{"第1条", "| 甲 | 乙 |", "|---|---|"}, ""},
		{"above items", wn(1, 0, "") + wn(1, 1, "甲；") + wn(1, 1, "乙。"), []string{"第1条", "（1）甲；", "（2）乙。"}, ""},
		{"above a typed article", wn(1, 0, "") + wp("第一条　甲。"), []string{"第一条　甲。"}, "“第1条”"},
		{"above another", wn(1, 0, "") + wn(1, 0, "甲。"), []string{"第2条　甲。"}, "“第1条”"},
		{"two empty ones", wn(1, 0, "") + wn(1, 0, "") + wp("甲。"), []string{"第2条", "甲。"}, "“第1条”"},
		{"at the end", wn(1, 0, "甲。") + wn(1, 0, ""), []string{"第1条　甲。"}, "“第2条”"},
		{"a chapter above an article", wn(2, 0, "") + wn(1, 0, "甲。"), []string{"第1章", "第1条　甲。"}, ""},
		{"a list that goes on", wn(3, 0, "甲。") + wn(3, 0, "") + wp("乙。"), []string{"1.甲。", "2.", "乙。"}, ""},
		{"a list of nothing else", wn(3, 0, "") + wp("乙。"), []string{"乙。"}, "“1.”"},
		{"no number of a list", wn(4, 0, "甲。") + wn(4, 0, "") + wp("乙。"), []string{"A级　甲。", "乙。"}, "“B级”"},
		{"a bullet", wn(5, 0, "") + wp("乙。"), []string{"乙。"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := readWord(t, docxFile(t, tt.body, "word/numbering.xml", numbering))
			sameText(t, doc, tt.want...)
			if tt.dropped == "" {
				unnoted(t, doc, Dropped)
			} else {
				wordNoted(t, doc, Dropped, "只有自动编号", tt.dropped)
			}
		})
	}
	wordNoted(t, readWord(t, docxFile(t, tests[0].body, "word/numbering.xml", numbering)), Added, "2 段", "“第1条”", "“第2条”")
}

func TestNumbersInDoubt(t *testing.T) {
	late := `<w:lvl w:ilvl="0"><w:start w:val="100"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl>`
	doc := readWord(t, docxFile(t, wp("题")+wn(1, 0, "甲")+wn(1, 0, "乙"), "word/numbering.xml", wordNumbering(late)))
	sameText(t, doc, "题", "第一○○条　甲", "第一○一条　乙")
	if n := wordNoted(t, doc, Doubt, "一○○", "写法不一"); n.Where != "第 2 段" {
		t.Errorf("noted at %s", n.Where)
	}
	doc = readWord(t, docxFile(t, wn(1, 1, "甲"), "word/numbering.xml", wordNumbering(wl(0, "decimal", "%1")+wl(1, "decimal", "%1.%2"))))
	sameText(t, doc, "1.1 甲")
	wordNoted(t, doc, Doubt, "跳过了上一级")
	// Without any definitions the text stays, and a person is told.
	doc = readWord(t, docxFile(t, wn(1, 0, "甲")+wn(1, 0, "乙")))
	sameText(t, doc, "甲", "乙")
	wordNoted(t, doc, Doubt, "2 段", "编号没有写出来")
}
