package office

import (
	"archive/zip"
	"cmp"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"lianwen/bot"
	"lianwen/corpus"
)

// The parts that are the same for every document with a table on a page on its
// side.
//
//go:embed all:comparison
var comparison embed.FS

// WriteComparisonDocx writes a comparison as a table for the office to pass
// round: 旧条文, 新条文, 说明. Articles in which nothing changed are in it only
// if all is set.
func WriteComparisonDocx(w io.Writer, c *corpus.Comparison, all bool) error {
	if err := packTable(w, comparisonDocument(c, all)); err != nil {
		return fmt.Errorf("write comparison: %w", err)
	}
	return nil
}

// packTable puts the document between the other parts, and no folders: a
// package has none.
func packTable(w io.Writer, document string) error {
	z := zip.NewWriter(w)
	put := func(name string, content []byte) error {
		f, err := z.Create(name)
		if err != nil {
			return err
		}
		_, err = f.Write(content)
		return err
	}
	err := fs.WalkDir(comparison, "comparison", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := comparison.ReadFile(name)
		if err != nil {
			return err
		}
		return put(strings.TrimPrefix(name, "comparison/"), content)
	})
	if err != nil {
		return err
	}
	if err := put("word/document.xml", []byte(document)); err != nil {
		return err
	}
	return z.Close()
}

// Widths of the columns of the table, in twentieths of a point: together what
// lies between the margins of an A4 page on its side.
var columns = [...]int{6200, 6200, 1942}

const (
	documentStart = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`
	tableBorders = `<w:tblBorders>` +
		`<w:top w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:left w:val="single" w:sz="4" w:space="0" w:color="000000"/>` +
		`<w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:right w:val="single" w:sz="4" w:space="0" w:color="000000"/>` +
		`<w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tblBorders>`
	tableStart  = `<w:tbl><w:tblPr><w:tblW w:w="14342" w:type="dxa"/><w:jc w:val="center"/>` + tableBorders + `<w:tblLayout w:type="fixed"/></w:tblPr>`
	documentEnd = `<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>` +
		`<w:pgMar w:top="1418" w:right="1248" w:bottom="1418" w:left="1248" w:header="851" w:footer="851" w:gutter="0"/></w:sectPr></w:body></w:document>`
)

// comparisonDocument is the part that differs: title, versions, table, notes.
func comparisonDocument(c *corpus.Comparison, all bool) string {
	var b strings.Builder
	b.WriteString(documentStart)
	b.WriteString(paragraph("Title", run{"", "《" + c.New.Title + "》新旧条文对照表"}))
	b.WriteString(paragraph("Version", run{"", "旧：" + version(c.Old, c.New)}))
	b.WriteString(paragraph("Version", run{"", "新：" + version(c.New, c.New)}))
	b.WriteString(tableStart + "<w:tblGrid>")
	for _, width := range columns {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, width)
	}
	b.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, name := range []string{"旧条文", "新条文", "说明"} {
		b.WriteString(tableCell(columns[i], "Head", []run{{"", name}}))
	}
	b.WriteString(`</w:tr>`)
	for _, row := range Rows(c) {
		if all || !row.Untouched() {
			b.WriteString(`<w:tr>` + tableCell(columns[0], "Normal", styledRuns(row.Before)) + tableCell(columns[1], "Normal", styledRuns(row.After)) +
				tableCell(columns[2], "Normal", []run{{"", row.What}}) + `</w:tr>`)
		}
	}
	b.WriteString(`</w:tbl>`)
	note := "注：" + Counted(c) + "。加粗并加下划线的是增加或者改后的文字，加删除线的是删去或者改前的文字；只有空格、换行、全角半角不同的不算改动。"
	if c.Empty() {
		note = "注：新旧条文没有差别。"
	}
	b.WriteString(paragraph("Note", run{"", note}))
	b.WriteString(documentEnd)
	return b.String()
}

// version tells one version of a rule from the other: its title where that is
// another one, its document number, when it took effect.
func version(r, last *corpus.Rule) string {
	var list []string
	if r.Title != last.Title {
		list = append(list, "《"+r.Title+"》")
	}
	if r.Document != "" {
		list = append(list, r.Document)
	}
	switch {
	case r.Effective != "":
		list = append(list, r.Effective.Chinese()+"起施行")
	case r.Issued != "":
		list = append(list, r.Issued.Chinese()+"印发")
	}
	text := cmp.Or(strings.Join(list, "，"), "没有写明文号和施行日期")
	if r.Sample {
		text += "（" + bot.SampleMark + "）"
	}
	return text
}

// styledRuns are the words of a comparison in the styles of a docx, which are called as the
// marks are.
func styledRuns(pieces []Piece) []run {
	out := make([]run, len(pieces))
	for i, p := range pieces {
		out[i] = run{string(p.Mark), p.Text}
	}
	return out
}
