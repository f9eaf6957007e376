package convert

import (
	"strings"
	"testing"
	"unicode/utf16"
)

func TestDocxText(t *testing.T) {
	tests := []struct {
		name, body string
		want       string
	}{
		{"paragraphs", wp("委员履职管理办法") + "<w:p/>" + wp("　　第一条　本会制定本办法。 "), "委员履职管理办法\n第一条　本会制定本办法。"},
		{"runs", "<w:p>" + wr("第一条　委员应当") + wr("参加会议。") + "</w:p>", "第一条　委员应当参加会议。"},
		{"line breaks", `<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r></w:p>`, "甲\n乙\n丙"},
		{"text wrapping break", `<w:p><w:r><w:t>甲</w:t><w:br w:type="textWrapping"/><w:t>乙</w:t></w:r></w:p>`, "甲\n乙"},
		{"page and column breaks", `<w:p><w:r><w:t>全体</w:t><w:br w:type="page"/><w:t>会议</w:t><w:br w:type="column"/><w:t>制度</w:t></w:r></w:p>`, "全体会议制度"},
		{"rendered page break", `<w:p><w:r><w:t>全体</w:t><w:lastRenderedPageBreak/><w:t>会议</w:t></w:r></w:p>`, "全体会议"},
		{"tabs", `<w:p><w:r><w:tab/><w:t>姓名</w:t><w:tab/><w:tab/><w:t>单位</w:t><w:tab/></w:r></w:p>`, "姓名\t单位"},
		{"tab settings are no tabs", `<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr>` + wr("委员") + `</w:p>`, "委员"},
		{"hyphens", `<w:p><w:r><w:t>010</w:t><w:noBreakHyphen/><w:t>1234</w:t><w:softHyphen/><w:t>5678</w:t></w:r></w:p>`, "010-12345678"},
		{"soft hyphen written out", wp("提\u00ad案"), "提案"},
		{"vertical tab", wp("第一行\v第二行"), "第一行\n第二行"},
		{"control character", wp("提\x02案"), "提 案"},
		{"spaces that do not count", "<w:p><w:r><w:t>\n  提案工作 \n</w:t></w:r></w:p>", "提案工作"},
		{"spaces that count", "<w:p>" + wr("City ") + wr("Committee") + "</w:p>", "City Committee"},
		{"line ends of the file", wp("甲\n乙"), "甲 乙"},
		{"entities", wp("甲 &lt;乙&gt; &amp; 丙&#x3000;丁"), "甲 <乙> & 丙　丁"},
		{"hyperlink", `<w:p><w:hyperlink>` + wr("市政协网站") + `</w:hyperlink></w:p>`, "市政协网站"},
		{"smart tag, custom XML", `<w:p><w:smartTag><w:smartTagPr><w:attr/></w:smartTagPr>` + wr("3月") + `</w:smartTag><w:customXml>` + wr("5日") + `</w:customXml></w:p>`, "3月5日"},
		{"content control in a line", `<w:p><w:sdt><w:sdtPr><w:alias w:val="标题"/></w:sdtPr><w:sdtContent>` + wr("提案") + `</w:sdtContent></w:sdt></w:p>`, "提案"},
		{"content control around paragraphs", `<w:sdt><w:sdtPr/><w:sdtContent>` + wp("目录") + wp("第一章　总则\t1") + `</w:sdtContent></w:sdt>` + wp("正文"), "目录\n第一章　总则 1\n正文"},
		{"custom XML around paragraphs", `<w:customXml>` + wp("甲") + `</w:customXml>`, "甲"},
		{"run without a paragraph", wr("散落的文字") + wp("甲"), "散落的文字\n甲"},
		{"bookmarks and errors", `<w:p><w:bookmarkStart w:id="0"/><w:proofErr/>` + wr("甲") + `<w:bookmarkEnd w:id="0"/></w:p>`, "甲"},
		{"pinyin", `<w:p><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>xié</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>协</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>`, "协"},
		{"formula", `<w:p>` + wr("得分＝") + `<m:oMath><m:r><m:t>A+B</m:t></m:r></m:oMath></w:p>`, "得分＝A+B"},
		{"elements within text", `<w:p><w:r><w:t>甲<w:x>乙</w:x>丙</w:t></w:r></w:p>`, "甲丙"},
		{"formula without a paragraph", `<m:oMath><m:r><m:t>A</m:t></m:r></m:oMath>`, "A"},
		{"section", wp("甲") + `<w:sectPr><w:pgSz/></w:sectPr>`, "甲"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sameText(t, readWord(t, docxFile(t, tt.body)), tt.want)
		})
	}
}

func TestDocxFields(t *testing.T) {
	field := func(code, result string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + code + `</w:instrText></w:r>` +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + result + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	bare := func(code string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">` + code + `</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	tests := []struct{ name, body, want string }{
		{"code and result", `<w:p>` + wr("见") + field(" REF _Ref1 ", wr("第三条")) + wr("。") + `</w:p>`, "见第三条。"},
		{"simple", `<w:p>` + wr("见") + `<w:fldSimple w:instr=" REF _Ref1 ">` + wr("第三条") + `</w:fldSimple></w:p>`, "见第三条"},
		{"field within a code", `<w:p>` + field(" IF "+`</w:instrText></w:r>`+field("PAGE", wr("7"))+`<w:r><w:instrText> = 1`, wr("首页")) + `</w:p>`, "首页"},
		{"field within a result", `<w:p>` + field("HYPERLINK", wr("第一章")+field("PAGEREF", wr("…1"))) + wr("完") + `</w:p>`, "第一章…1完"},
		{"over paragraphs", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + wr("第一章") + `</w:p><w:p>` + wr("第二章") + `<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>` + wp("第一条"), "第一章\n第二章\n第一条"},
		{"never ends", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r></w:p>` + wp("第一条"), "第一条"},
		{"ends without beginning", `<w:p><w:r><w:fldChar w:fldCharType="separate"/><w:fldChar w:fldCharType="end"/></w:r>` + wr("第一条") + `</w:p>`, "第一条"},
		{"ringed number", `<w:p>` + wr("甲") + bare(` eq \o\ac(○,21)`) + wr("乙") + `</w:p>`, "甲㉑乙"},
		{"last ringed number", `<w:p>` + bare(`EQ \o\ac(○,50)`) + bare(`EQ \o\ac(○,1)`) + bare(`EQ \o\ac(○,20)`) + bare(`EQ \o\ac(○,36)`) + bare(`EQ \o\ac(○,35)`) + `</w:p>`, "㊿①⑳㊱㉟"},
		{"ringed character", `<w:p>` + bare(`EQ \o\ac(○,印)`) + `</w:p>`, "印"},
		{"code outside a code", `<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>` + field("PAGE", wr("1")+`<w:r><w:instrText>甲</w:instrText></w:r>`) + `</w:p>`, "1"},
		{"field without a result", `<w:p>` + wr("甲") + bare("ADVANCE") + bare("") + `</w:p>`, "甲"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sameText(t, readWord(t, docxFile(t, tt.body)), tt.want)
		})
	}
	for _, body := range []string{bare(`EQ \f(1,2)`), bare(`EQ \o\ac(○,印)`), `<m:oMath><m:r><m:t>A</m:t></m:r></m:oMath>`} {
		wordNoted(t, readWord(t, docxFile(t, `<w:p>`+wr("甲")+body+`</w:p>`)), Doubt, "有 1 处公式")
	}
}

func TestDocxSymbols(t *testing.T) {
	tests := []struct {
		font, char, want string
		known            bool
	}{
		{"Wingdings", "F0FE", "☑", true},
		{"Wingdings", "F0A8", "□", true},
		{"wingdings 2", "F052", "☑", true},
		{"Symbol", "F0B3", "≥", true},
		{"Symbol", "F031", "1", true},
		{"Symbol", "00B4", "×", true},
		{"宋体", "2460", "①", true},
		{"Wingdings", "F02A", "〓", false},
		{"Wingdings", "F031", "〓", false},
		{"Symbol", "F041", "〓", false},
		{"Wingdings", "F020", " ", true},
		{"Webdings", "F061", "〓", false},
		{"宋体", "E000", "〓", false},
		{"宋体", "没有", "〓", false},
	}
	for _, tt := range tests {
		doc := readWord(t, docxFile(t, `<w:p>`+wr("请选")+`<w:r><w:sym w:font="`+tt.font+`" w:char="`+tt.char+`"/></w:r></w:p>`))
		sameText(t, doc, strings.TrimSpace("请选"+tt.want))
		if known := len(doc.Notes) == 0; known != tt.known {
			t.Errorf("%s %s: notes %v", tt.font, tt.char, doc.Notes)
		}
	}
}

func TestDocxHidden(t *testing.T) {
	styles := wordPart("styles", `<w:style w:type="character" w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>`+
		`<w:style w:type="character" w:styleId="b"><w:basedOn w:val="a"/></w:style>`+
		`<w:style w:type="paragraph" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>`)
	run := func(props, text string) string {
		return `<w:r><w:rPr>` + props + `</w:rPr><w:t>` + text + `</w:t></w:r>`
	}
	tests := []struct{ name, body, want, hidden string }{
		{"run", `<w:p>` + wr("甲") + run("<w:vanish/>", "内部掌握") + wr("乙") + `</w:p>`, "甲乙", "内部掌握"},
		{"not hidden", `<w:p>` + run(`<w:vanish w:val="0"/>`, "甲") + run(`<w:vanish w:val="false"/>`, "乙") + `</w:p>`, "甲乙", ""},
		{"only on the web", `<w:p>` + run(`<w:webHidden/>`, "甲") + `</w:p>`, "甲", ""},
		{"by a style", `<w:p>` + wr("甲") + run(`<w:rStyle w:val="b"/>`, "内部") + run(`<w:rStyle w:val="b"/><w:vanish w:val="0"/>`, "乙") + `</w:p>`, "甲乙", "内部"},
		{"by the paragraph's style", wp("甲") + ws("c", "内部"), "甲", "内部"},
		{"paragraph", wp("甲") + `<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>` + run("<w:vanish/>", "内部") + `</w:p>` + wp("乙"), "甲\n乙", "内部"},
		{"style separator", `<w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>` + wr("第一条") + `</w:p>` + wp("　本会。"), "第一条　本会。", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := readWord(t, docxFile(t, tt.body, "word/styles.xml", styles))
			sameText(t, doc, tt.want)
			if tt.hidden != "" {
				wordNoted(t, doc, Dropped, "隐藏文字", tt.hidden)
			} else if len(doc.Notes) > 0 {
				t.Errorf("notes: %v", doc.Notes)
			}
		})
	}
}

// Strict files have other namespaces, other programs other prefixes and encodings.
func TestDocxDialects(t *testing.T) {
	const want = "第一条　政协章程"
	strict := `<?xml version="1.0"?><x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>` + want + `</x:t></x:r></x:p></x:body></x:document>`
	sameText(t, readWord(t, wordZipped(t, "word/document.xml", strict)), want)

	sameText(t, readWord(t, wordZipped(t, "word/document.xml", "\ufeff"+wordPart("document", wp(want)))), want)

	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(strings.Replace(wordPart("document", wp(want)), "UTF-8", "UTF-16", 1))) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	sameText(t, readWord(t, wordZipped(t, "word/document.xml", string(wide))), want)

	const gb = "\xb5\xda\xd2\xbb\xcc\xf5"
	sameText(t, readWord(t, wordZipped(t, "word/document.xml", strings.Replace(wordPart("document", wp(gb)), "UTF-8", "GBK", 1))), "第一条")

	sameText(t, readWord(t, wordZipped(t, `\word\document.xml`, wordPart("document", wp(want)))), want)
}
