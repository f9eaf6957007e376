package convert

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// ofdFile writes an OFD of the given page contents (what stands in Layer) and
// further parts.
func ofdFile(t *testing.T, more map[string]string, pages ...string) []byte {
	t.Helper()
	const space = ` xmlns:ofd="http://www.ofdspec.org/2016"`
	parts := map[string]string{"OFD.xml": `<ofd:OFD` + space + `><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`}
	var list strings.Builder
	for i, p := range pages {
		fmt.Fprintf(&list, `<ofd:Page ID="%d" BaseLoc="Pages/Page_%d/Content.xml"/>`, 100+i, i)
		template := ""
		if _, ok := more["Doc_0/Tpls/Tpl_0/Content.xml"]; ok {
			template = `<ofd:Template TemplateID="9" ZOrder="Background"/>`
		}
		parts[fmt.Sprintf("Doc_0/Pages/Page_%d/Content.xml", i)] = `<ofd:Page` + space + `>` + template + `<ofd:Content><ofd:Layer ID="1">` + p + `</ofd:Layer></ofd:Content></ofd:Page>`
	}
	parts["Doc_0/Document.xml"] = `<ofd:Document` + space + `><ofd:CommonData><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes><ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData><ofd:Pages>` +
		list.String() + `</ofd:Pages><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations><ofd:Attachments>/Doc_0/Attachs/Attachments.xml</ofd:Attachments></ofd:Document>`
	for name, content := range more {
		parts[name] = content
	}
	return zipped(t, parts)
}

func zipped(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, content := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// ofdRun is a text object at x, y in millimetres, 5 mm high.
func ofdRun(x, y float64, text, attrs string) string {
	return fmt.Sprintf(`<ofd:TextObject ID="7" Boundary="%g %g 150 6" Font="3" Size="5"><ofd:TextCode X="0" Y="5" %s>%s</ofd:TextCode></ofd:TextObject>`, x, y, attrs, text)
}

// meetingOFD has the rule on two pages, its lines out of order, labels apart.
func meetingOFD(t *testing.T) []byte {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(meetingRule), "\n")
	var pages [2]strings.Builder
	for i := len(lines) - 1; i >= 0; i-- {
		page, y := &pages[i/7], float64(20+10*(i%7))
		label, rest, found := strings.Cut(lines[i], " ")
		if found {
			page.WriteString(ofdRun(20+float64(len([]rune(label)))*5+5, y, rest, `DeltaX="g 200 5"`))
			rest = label
		} else {
			rest = label
		}
		page.WriteString(ofdRun(20, y+0.5, rest, `DeltaX="5 g 100 5 5"`))
	}
	return ofdFile(t, nil, pages[0].String(), pages[1].String())
}

func TestOFDText(t *testing.T) {
	for name, c := range map[string]struct{ page, want string }{
		"left to right":       {ofdRun(60, 10, "乙", "") + ofdRun(20, 10, "甲", ""), "甲 乙"},
		"joined":              {ofdRun(20, 10, "第一条", "") + ofdRun(35.5, 10, "内容", ""), "第一条内容"},
		"gap within a run":    {ofdRun(20, 10, "第一条内容", `DeltaX="5 5 10 5"`), "第一条 内容"},
		"spread a little":     {ofdRun(20, 10, "第一条内容", `DeltaX="g 4 7"`), "第一条内容"},
		"drawn twice":         {ofdRun(20, 10, "粗体", "") + ofdRun(20.2, 10, "粗体", ""), "粗体"},
		"said twice":          {ofdRun(20, 10, "研究", "") + ofdRun(30, 10, "研究", ""), "研究研究"},
		"two lines in a code": {ofdRun(20, 10, "甲乙丙丁", `DeltaX="5 -5 5" DeltaY="0 10 0"`), "甲乙\n丙丁"},
		"a column":            {ofdRun(20, 10, "竖排", `DeltaY="5"`), "竖排"},
		"superscript":         {ofdRun(20, 10, "平方米", "") + ofdRun(35, 8.5, "2", ""), "平方米2"},
		"invisible":           {strings.Replace(ofdRun(20, 10, "看不见", ""), "<ofd:TextObject", `<ofd:TextObject Visible="false"`, 1) + ofdRun(20, 20, "看得见", ""), "看得见"},
		"moved by CTM": {`<ofd:TextObject ID="1" Boundary="10 10 90 9" Size="1" CTM="5 0 0 5 30 20"><ofd:TextCode X="0" Y="0">下</ofd:TextCode></ofd:TextObject>` +
			ofdRun(10, 10, "上", ""), "上\n下"},
		"in a block":          {`<ofd:PageBlock>` + ofdRun(20, 10, "块里", "") + `</ofd:PageBlock>`, "块里"},
		"second code follows": {`<ofd:TextObject ID="1" Boundary="10 10 90 9" Size="5"><ofd:TextCode X="0" Y="5">前</ofd:TextCode><ofd:TextCode X="5">后</ofd:TextCode></ofd:TextObject>`, "前后"},
	} {
		if got := mustRead(t, "a.ofd", ofdFile(t, nil, c.page), Options{}); got.Text != c.want || !got.Wrapped {
			t.Errorf("%s: got %q, want %q", name, got.Text, c.want)
		}
	}
}

func TestOFDAround(t *testing.T) {
	const image = `<ofd:ImageObject ID="3" ResourceID="4" Boundary="0 0 210 297"/>`
	page := func(layer string) string {
		return `<ofd:Page xmlns:ofd="x"><ofd:Content><ofd:Layer>` + layer + `</ofd:Layer></ofd:Content></ofd:Page>`
	}
	aslant := `<ofd:TextObject ID="1" Boundary="50 50 90 90" Size="9" CTM="0.7 0.7 -0.7 0.7 0 0"><ofd:TextCode X="0" Y="0">内部资料</ofd:TextCode></ofd:TextObject>`
	unit := `<ofd:CompositeObject ID="5" ResourceID="6" Boundary="20 60 90 90"/>`
	doc := mustRead(t, "a.ofd", ofdFile(t, map[string]string{
		"Doc_0/Tpls/Tpl_0/Content.xml":  page(ofdRun(20, 5, "某市政协文件", "") + ofdRun(20, 40, "第九条 写在模板上。", "")),
		"Doc_0/Attachs/Attachments.xml": `<ofd:Attachments xmlns:ofd="x"><ofd:Attachment ID="1" Name="附表.xlsx"/></ofd:Attachments>`,
		"Doc_0/Annots/Annotations.xml":  `<ofd:Annotations xmlns:ofd="x"><ofd:Page PageID="1"><ofd:FileLoc>Page_0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>`,
		"Doc_0/Annots/Page_0.xml":       `<ofd:PageAnnot xmlns:ofd="x"><ofd:Annot ID="1" Type="Stamp"><ofd:Appearance>` + ofdRun(0, 0, "已阅", "") + `</ofd:Appearance></ofd:Annot></ofd:PageAnnot>`,
		"Doc_0/DocumentRes.xml":         `<ofd:Res xmlns:ofd="x"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="6"><ofd:Content>` + ofdRun(0, 0, "图里的字", "") + `</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>`,
	}, ofdRun(20, 30, "第八条 写在页上。", "")+aslant+unit, image, ofdRun(20, 30, "末页。", "")+image), Options{})
	if want := "第八条 写在页上。\n第九条 写在模板上。\n图里的字\n末页。"; doc.Text != want {
		t.Errorf("got %q, want %q", doc.Text, want)
	}
	noted(t, doc, Dropped, "某市政协文件")
	noted(t, doc, Dropped, "附表.xlsx")
	noted(t, doc, Dropped, "已阅")
	noted(t, doc, Dropped, "内部资料")
	noted(t, doc, Doubt, "第2页是扫描件，没有文字")
	for _, n := range doc.Notes {
		if n.Kind == Doubt && n.Where != "第2页" {
			t.Errorf("unexpected %v", n)
		}
	}
}

func TestOFDRefused(t *testing.T) {
	plain := ofdRun(20, 10, "字", "")
	refused(t, "a.ofd", ofdFile(t, map[string]string{"Encryptions.xml": "<a/>"}, plain), "OFD 文件加了密")
	refused(t, "a.ofd", ofdFile(t, map[string]string{"Doc_0/Document.xml": "<a><b></a>"}, plain), "内容坏了")
	refused(t, "a.ofd", ofdFile(t, map[string]string{"OFD.xml": `<OFD><DocBody><DocRoot>no.xml</DocRoot></DocBody></OFD>`}, plain), "缺 no.xml")
	refused(t, "a.ofd", ofdFile(t, nil), "没有页面")
	refused(t, "a.ofd", ofdFile(t, nil, `<ofd:ImageObject ID="3"/>`), "没有文字")
	// A unit that holds itself ten times over must end.
	self := `<ofd:CompositeObject ResourceID="6" Boundary="1 1 1 1"/>`
	refused(t, "a.ofd", ofdFile(t, map[string]string{
		"Doc_0/DocumentRes.xml": `<Res><CompositeGraphicUnits><CompositeGraphicUnit ID="6"><Content>` + strings.Repeat(self, 10) + `</Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>`,
	}, self), "第1页的内容太多")
	refused(t, "a.ofd", ofdFile(t, map[string]string{"OFD.xml": `<?xml version="1.0" encoding="klingon"?><OFD/>`}), "内容坏了")
	whole := ofdFile(t, nil, plain)
	refused(t, "a.ofd", whole[:len(whole)/2], "")
}

// Some programs write their XML in GB18030.
func TestOFDInGBK(t *testing.T) {
	page := string(encoded(t, simplifiedchinese.GBK, `<?xml version="1.0" encoding="GBK"?><Page><Content><Layer>`+strings.ReplaceAll(ofdRun(20, 10, "第一条", ""), "ofd:", "")+`</Layer></Content></Page>`))
	if doc := mustRead(t, "a.ofd", ofdFile(t, map[string]string{"Doc_0/Pages/Page_0/Content.xml": page}, ""), Options{}); doc.Text != "第一条" {
		t.Errorf("got %q", doc.Text)
	}
}

func TestOFDSteps(t *testing.T) {
	for s, want := range map[string]string{
		"":                      "[]",
		"1 2":                   "[1 2]",
		"g 3 5 4":               "[5 5 5 4]",
		"g 2 1.5 g 1 2":         "[1.5 1.5 2]",
		"g 99999999999 5":       "[5 5 5 5]",
		"g 999999999999999 5 1": "[5 5 5 5]",
		"g -3 5 1":              "[1]",
		"1 x 2":                 "[1]",
		"g 2":                   "[]",
	} {
		if got := fmt.Sprint(deltas(s, 4)); got != want {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	}
}
