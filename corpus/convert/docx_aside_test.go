package convert

import (
	"strings"
	"testing"
)

// Tracked changes are taken as accepted, and a person is told.
func TestDocxChanges(t *testing.T) {
	del := func(text string) string {
		return `<w:del w:id="1"><w:r><w:delText>` + text + `</w:delText></w:r></w:del>`
	}
	ins := func(text string) string { return `<w:ins w:id="2">` + wr(text) + `</w:ins>` }
	const goneMark = `<w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>`
	tests := []struct {
		name, body, want, counts, words string
	}{
		{"words", wp("题") + `<w:p>` + wr("每年") + del("一") + ins("二") + wr("次") + `</w:p>`, "题\n每年二次", "插入 1 处、删除 1 处", "“一”"},
		{"moved", `<w:p><w:moveFrom>` + wr("甲") + `</w:moveFrom>` + wr("乙") + `<w:moveTo>` + wr("甲") + `</w:moveTo></w:p>`, "乙甲", "插入 1 处、删除 1 处，已", ""},
		{"taken out of what was put in", `<w:p>` + wr("甲") + `<w:ins>` + wr("乙") + del("丙") + `</w:ins></w:p>`, "甲乙", "插入 1 处、删除 1 处", "“丙”"},
		{"joined paragraphs", `<w:p>` + goneMark + wr("第一条　本会") + `</w:p>` + wp("制定本办法。") + wp("第二条"), "第一条　本会制定本办法。\n第二条", "删除 1 处", ""},
		{"paragraph", wp("甲") + `<w:p>` + goneMark + del("整段") + `</w:p>` + wp("乙"), "甲\n乙", "删除 2 处", "“整段”"},
		{"last paragraph", wp("甲") + `<w:p>` + goneMark + wr("乙") + `</w:p>`, "甲\n乙", "删除 1 处", ""},
		{"last paragraph with a text box", wp("甲") + `<w:p>` + goneMark + `<w:r><w:pict><w:txbxContent>` + wp("乙") + `</w:txbxContent></w:pict></w:r></w:p>`, "甲\n乙", "删除 1 处", ""},
		{"before a table", `<w:p>` + goneMark + wr("附表") + `</w:p>` + tbl(tr(tc("", wp("甲")), tc("", wp("乙")))), "附表\n| 甲 | 乙 |\n|---|---|", "删除 1 处", ""},
		{"block", wp("甲") + `<w:del>` + wp("乙") + `</w:del>`, "甲", "删除 1 处", "“乙”"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := readWord(t, docxFile(t, tt.body))
			sameText(t, doc, tt.want)
			n := wordNoted(t, doc, Doubt, tt.counts, tt.words, "全部接受")
			if tt.words == "" && strings.Contains(n.What, "删去的有") {
				t.Errorf("words are said to be gone: %s", n.What)
			}
		})
	}
	if n := wordNoted(t, readWord(t, docxFile(t, tests[0].body)), Doubt, "修订"); n.Where != "第 2 段" {
		t.Errorf("noted at %q", n.Where)
	}
}

// A paragraph that a change took out has no number; one that it joined has one.
func TestDocxChangesNumbers(t *testing.T) {
	gone := `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>`
	hidden := `<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr></w:pPr>` + wr("丁") + `</w:p>` + wp("　戊")
	numbering := wordNumbering(wl(0, "decimal", "第%1条"))
	sameText(t, readWord(t, docxFile(t, wn(1, 0, "甲")+gone+wn(1, 0, "丙")+hidden+wp("己")+gone, "word/numbering.xml", numbering)), "第1条　甲", "第2条　丙", "第3条　丁　戊", "己")
}

func TestDocxTextBoxes(t *testing.T) {
	drawn := `<w:drawing><wps:txbx><w:txbxContent>` + wp("审批") + wp("签发") + `</w:txbxContent></wps:txbx></w:drawing>`
	old := `<w:pict><v:shape><v:textbox><w:txbxContent>` + wp("审批") + wp("签发") + `</w:txbxContent></v:textbox></v:shape></w:pict>`
	both := `<mc:AlternateContent><mc:Choice Requires="wps">` + drawn + `</mc:Choice><mc:Fallback>` + old + `</mc:Fallback></mc:AlternateContent>`
	fallback := `<mc:AlternateContent><mc:Choice Requires="w99"><w:drawing/></mc:Choice><mc:Fallback>` + old + `</mc:Fallback></mc:AlternateContent>`
	for name, box := range map[string]string{"drawing": drawn, "pict": old, "both": both, "fallback": fallback, "within": `<w:drawing>` + both + `</w:drawing>`} {
		t.Run(name, func(t *testing.T) {
			doc := readWord(t, docxFile(t, `<w:p>`+wr("流程")+`<w:r>`+box+`</w:r>`+wr("如下")+`</w:p>`+wp("完")))
			sameText(t, doc, "流程如下", "审批", "签发", "完")
			wordNoted(t, doc, Info, "1 个文本框")
		})
	}
	doc := readWord(t, docxFile(t, `<w:p><w:r><w:drawing><a:p><a:r><a:t>组织</a:t></a:r><a:r><a:t>架构</a:t></a:r></a:p></w:drawing></w:r></w:p>`+
		`<w:p><w:r><w:pict><v:shape><v:textpath string="政协文件"/></v:shape></w:pict></w:r></w:p>`))
	sameText(t, doc, "组织架构", "政协文件")
	doc = readWord(t, docxFile(t, `<w:p>`+wr("甲")+`<w:r><w:drawing><a:p/></w:drawing></w:r></w:p>`))
	if sameText(t, doc, "甲"); len(doc.Notes) > 0 {
		t.Errorf("an empty box is noted: %v", doc.Notes)
	}
	doc = readWord(t, docxFile(t, `<w:p>`+wr("甲")+`<w:r><w:rPr><w:vanish/></w:rPr>`+old+`</w:r></w:p>`))
	sameText(t, doc, "甲")
	wordNoted(t, doc, Dropped, "隐藏文字", "审批签发")
}

// Alternatives among paragraphs: one of them, not both.
func TestDocxAlternatives(t *testing.T) {
	body := `<mc:AlternateContent><mc:Choice Requires="w14">` + wp("甲") + `</mc:Choice><mc:Choice Requires="w15">` + wp("乙") + `</mc:Choice><mc:Fallback>` + wp("丙") + `</mc:Fallback></mc:AlternateContent>` +
		`<w:p><mc:AlternateContent><mc:Fallback>` + wr("丁") + `</mc:Fallback></mc:AlternateContent></w:p>`
	sameText(t, readWord(t, docxFile(t, body)), "甲", "丁")
}

func TestDocxNotes(t *testing.T) {
	foot := wordPart("footnotes", `<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/><w:t>线</w:t></w:r></w:p></w:footnote>`+
		`<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>`+wr(" 见章程")+`</w:p>`+wp("第三条。")+`</w:footnote>`)
	end := wordPart("endnotes", `<w:endnote w:id="2">`+wp("自2024年起。")+`</w:endnote>`)
	body := `<w:p>` + wr("第一条　委员") + `<w:r><w:footnoteReference w:id="2"/></w:r>` + wr("应当履职。") + `<w:r><w:endnoteReference w:id="2"/><w:footnoteReference w:id="9"/><w:footnoteReference w:id="-1"/></w:r></w:p>` + wp("第二条")
	doc := readWord(t, docxFile(t, body, "word/footnotes.xml", foot, "word/endnotes.xml", end))
	sameText(t, doc, "第一条　委员应当履职。", "注1：见章程 第三条。", "注2：自2024年起。", "第二条")
	wordNoted(t, doc, Info, "2 条脚注、尾注")
}

// A note is one line, with what hangs on it; one in hidden text is hidden too.
func TestDocxNotesOfMore(t *testing.T) {
	box := `<w:pict><w:txbxContent>` + wp("框") + `</w:txbxContent></w:pict>`
	foot := wordPart("footnotes", `<w:footnote w:type="normal" w:id="1"><w:p>`+wr("甲")+`<w:r>`+box+`</w:r></w:p>`+wp("乙")+`</w:footnote>`)
	ref := `<w:footnoteReference w:id="1"/>`
	body := `<w:p>` + wr("正文") + `<w:r>` + ref + `</w:r><w:r><w:rPr><w:vanish/></w:rPr>` + ref + `</w:r></w:p>`
	sameText(t, readWord(t, docxFile(t, body, "word/footnotes.xml", foot)), "正文", "注1：甲 乙 框")
}

// What is no part of the text is named.
func TestDocxLeftOut(t *testing.T) {
	header := wordPart("hdr", wp("市政协  文件")+wp("市政协 文件")+wp(""))
	doc := readWord(t, docxFile(t, `<w:p>`+wr("甲")+`<w:r><w:commentReference w:id="0"/><w:drawing><a:blip/></w:drawing><w:object><v:imagedata/><o:OLEObject/></w:object></w:r></w:p><w:altChunk/>`,
		"word/header1.xml", header, "word/header2.xml", header, "word/footer1.xml", wordPart("ftr", wp("第1页")),
		"word/comments.xml", wordPart("comments", `<w:comment w:id="0">`+wp("再议")+`</w:comment>`),
		"word/diagrams/data1.xml", `<d xmlns:a="a"><a:p><a:t>主席会议</a:t></a:p></d>`, "word/charts/chart1.xml", `<c xmlns:c="c"><c:v>出席率</c:v><c:v>缺席率</c:v></c>`,
		"word/vbaProject.bin", "macro"))
	sameText(t, doc, "甲")
	wordNoted(t, doc, Dropped, "页眉", "：“市政协 文件”")
	wordNoted(t, doc, Dropped, "页脚", "“第1页”")
	wordNoted(t, doc, Dropped, "批注", "“再议”")
	wordNoted(t, doc, Dropped, "SmartArt", "“主席会议”")
	wordNoted(t, doc, Dropped, "图表", "“出席率”“缺席率”")
	wordNoted(t, doc, Dropped, "图片 2 张、嵌入的文件 2 个")
	wordNoted(t, doc, Info, "宏")
	if strings.Count(wordNoted(t, doc, Dropped, "页眉").What, "文件”") != 1 {
		t.Error("the same header is named twice")
	}
}

// Very long words that were left out are cut, and the note says so.
func TestQuoteList(t *testing.T) {
	if got := quoteList([]string{"甲", " 甲 ", "", "乙"}); got != "“甲”“乙”" {
		t.Errorf("got %s", got)
	}
	if got := quoteList([]string{strings.Repeat("长", 120)}); strings.Contains(got, "等") {
		t.Errorf("120 characters are cut: %s", got)
	}
	if got := quoteList([]string{strings.Repeat("长", 119), "短文"}); !strings.HasSuffix(got, "长”“短……”等") {
		t.Errorf("got %s", got)
	}
}

// Parts may be called anything; the relations of the body tell which they are.
func TestDocxRelations(t *testing.T) {
	rels := `<Relationships xmlns="r"><Relationship Id="1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/numbering" Target="/word/lists/n.xml"/>` +
		`<Relationship Id="2" Type="http://x/relationships/styles" TargetMode="External" Target="http://example.org/styles.xml"/>` +
		`<Relationship Id="3" Type="http://x/relationships/footnotes" Target="notes/f.xml"/></Relationships>`
	doc := readWord(t, docxFile(t, `<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>`+wr("甲")+`<w:r><w:footnoteReference w:id="1"/></w:r></w:p>`,
		"word/_rels/document.xml.rels", rels, "word/lists/n.xml", wordNumbering(wl(0, "decimal", "%1、")),
		"word/notes/f.xml", wordPart("footnotes", `<w:footnote w:id="1">`+wp("乙")+`</w:footnote>`)))
	sameText(t, doc, "1、甲", "注1：乙")
}
