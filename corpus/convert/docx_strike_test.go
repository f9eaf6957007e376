package convert

import (
	"strings"
	"testing"
)

// Words that are struck through stay, and a person is told which and where.
func TestDocxStruck(t *testing.T) {
	styles := wordPart("styles", `<w:style w:type="character" w:styleId="a"><w:rPr><w:strike/></w:rPr></w:style>`+
		`<w:style w:type="paragraph" w:styleId="c"><w:rPr><w:dstrike/></w:rPr></w:style>`)
	run := func(props, text string) string {
		return `<w:r><w:rPr>` + props + `</w:rPr><w:t>` + text + `</w:t></w:r>`
	}
	tests := []struct{ name, body, want, note string }{
		{"strike", wp("题") + `<w:p>` + wr("每年") + run("<w:strike/>", "一") + wr("次") + `</w:p>`, "题\n每年一次", "第 2 段“一”"},
		{"double strike", `<w:p>` + wr("每年") + run("<w:dstrike/>", "一") + `</w:p>`, "每年一", "第 1 段“一”"},
		{"not struck", `<w:p>` + run(`<w:strike w:val="0"/><w:dstrike w:val="false"/>`, "甲") + wr("乙") + `</w:p>`, "甲乙", ""},
		{"one of the two", `<w:p>` + run(`<w:strike/><w:dstrike w:val="0"/>`, "甲") + `</w:p>`, "甲", "第 1 段“甲”"},
		{"by a style", `<w:p>` + run(`<w:rStyle w:val="a"/>`, "甲") + run(`<w:rStyle w:val="a"/><w:strike w:val="0"/>`, "乙") + `</w:p>`, "甲乙", "第 1 段“甲”"},
		{"by the paragraph's style", ws("c", "整段"), "整段", "第 1 段“整段”"},
		{"runs side by side", `<w:p>` + run("<w:strike/>", "甲") + run("<w:strike/><w:b/>", "乙") + wr("丙") + run("<w:strike/>", "丁") + `</w:p>`, "甲乙丙丁", "第 1 段“甲乙”，第 1 段“丁”"},
		{"hidden as well", `<w:p>` + wr("甲") + run("<w:strike/><w:vanish/>", "乙") + `</w:p>`, "甲", ""},
		{"spaces alone", `<w:p>` + wr("甲") + run("<w:strike/>", " ") + wr("乙") + `</w:p>`, "甲乙", ""},
		{"in a cell", tbl(tr(tc("", `<w:p>`+run("<w:strike/>", "旧")+`</w:p>`), tc("", wp("新")))), "| 旧 | 新 |\n|---|---|", "第 1 段“旧”"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := readWord(t, docxFile(t, tt.body, "word/styles.xml", styles))
			sameText(t, doc, tt.want)
			if tt.note == "" {
				unnoted(t, doc, Doubt)
				return
			}
			n := wordNoted(t, doc, Doubt, "删除线", "："+tt.note)
			if !strings.HasSuffix(n.What, tt.note) {
				t.Errorf("noted %q", n.What)
			}
		})
	}
	var body strings.Builder
	for range 30 {
		body.WriteString(`<w:p>` + run("<w:strike/>", "委员应当按时参加会议") + `</w:p>`)
	}
	n := wordNoted(t, readWord(t, docxFile(t, body.String())), Doubt, "有 30 处文字划了删除线", "等")
	if r := []rune(n.What); len(r) > 190 {
		t.Errorf("%d characters: %s", len(r), n.What)
	}
}

// The main part is the one that the package's relations name.
func TestDocxMainPart(t *testing.T) {
	const relation = `<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	rels := func(list string) string {
		return `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + list + `</Relationships>`
	}
	main := func(target string) string { return rels(relation + `officeDocument" Target="` + target + `"/>`) }
	body := wordPart("document", "<w:body>"+wn(1, 0, "甲")+"</w:body>")
	numbering := wordNumbering(wl(0, "decimal", "第%1条"))
	for name, parts := range map[string][]string{
		"another name":    {"_rels/.rels", main("word/document2.xml"), "word/document2.xml", body, "word/_rels/document2.xml.rels", rels(relation + `numbering" Target="numbers.xml"/>`), "word/numbers.xml", numbering},
		"from the root":   {"_rels/.rels", main("/word/document2.xml"), "word/document2.xml", body, "word/numbering.xml", numbering},
		"another folder":  {"_rels/.rels", main("Text/Main.xml"), "Text/Main.xml", body, "Text/numbering.xml", numbering, "Text/header1.xml", wordPart("hdr", wp("页眉文字"))},
		"at the top":      {"_rels/.rels", main("main.xml"), "main.xml", body, "numbering.xml", numbering},
		"the one named":   {"_rels/.rels", main("word/document2.xml"), "word/document2.xml", body, "word/document.xml", wordPart("document", "<w:body>"+wp("旧")+"</w:body>"), "word/numbering.xml", numbering},
		"names none":      {"_rels/.rels", main("word/none.xml"), "word/document.xml", body, "word/numbering.xml", numbering},
		"broken":          {"_rels/.rels", "<a", "word/document.xml", body, "word/numbering.xml", numbering},
		"named to itself": {"_rels/.rels", main("_rels/.rels"), "word/document.xml", body, "word/numbering.xml", numbering},
	} {
		t.Run(name, func(t *testing.T) {
			doc := readWord(t, wordZipped(t, parts...))
			sameText(t, doc, "第1条　甲")
			if name == "another folder" {
				wordNoted(t, doc, Dropped, "页眉文字")
			}
		})
	}
	for root, want := range map[string]string{"presentation": "演示文稿", "picture": "压缩包"} {
		refused(t, "a.docx", wordZipped(t, "_rels/.rels", main("x/y.xml"), "x/y.xml", "<p:"+root+" xmlns:p=\"p\"/>"), want)
	}
}
