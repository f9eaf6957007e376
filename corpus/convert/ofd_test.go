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

// The page is as large as it says, or as the document says: where a header stands
// and how far lines may go depends on it.
func TestOFDPageSize(t *testing.T) {
	page := func(area string, y float64) string {
		layer := ofdRun(28, y, "江城市政协机关制度汇编", "")
		for i := range 6 {
			layer += ofdRun(28, y+20+8*float64(i), fmt.Sprintf("委员%d。", i*i), "")
		}
		return `<ofd:Page xmlns:ofd="x">` + area + `<ofd:Content><ofd:Layer>` + layer + `</ofd:Layer></ofd:Content></ofd:Page>`
	}
	const header = "页眉、页脚或水印「江城市政协机关制度汇编」没有收入"
	large := `<ofd:Area><ofd:PhysicalBox>0 0 297 420</ofd:PhysicalBox></ofd:Area>`
	shifted := `<ofd:Area><ofd:PhysicalBox>0 100 210 297</ofd:PhysicalBox></ofd:Area>`
	document := func(parts map[string]string, area string) map[string]string {
		list := ""
		for i := range 3 {
			list += fmt.Sprintf(`<ofd:Page ID="%d" BaseLoc="Pages/Page_%d/Content.xml"/>`, i+1, i)
		}
		parts["Doc_0/Document.xml"] = `<ofd:Document xmlns:ofd="x"><ofd:CommonData>` + strings.NewReplacer("ofd:Area", "ofd:PageArea").Replace(area) + `</ofd:CommonData><ofd:Pages>` + list + `</ofd:Pages></ofd:Document>`
		return parts
	}
	for name, c := range map[string]struct {
		document, page string
		y              float64
		dropped        bool
	}{
		"A4":                        {"", "", 30, true},
		"A4, too far down":          {"", "", 45, false},
		"A3 by the page":            {"", large, 45, true},
		"A3 by the document":        {large, "", 45, true},
		"the page's own goes first": {large, shifted, 145, false},
		"that does not begin at 0":  {"", shifted, 130, true},
		"no numbers":                {"", `<ofd:Area><ofd:PhysicalBox>a b c d</ofd:PhysicalBox></ofd:Area>`, 30, true},
		"no size":                   {"", `<ofd:Area><ofd:PhysicalBox>0 0 0 0</ofd:PhysicalBox></ofd:Area>`, 30, true},
	} {
		parts := map[string]string{}
		for i := range 3 {
			parts[fmt.Sprintf("Doc_0/Pages/Page_%d/Content.xml", i)] = page(c.page, c.y)
		}
		doc := mustRead(t, "a.ofd", ofdFile(t, document(parts, c.document), "", "", ""), Options{})
		if got := !strings.Contains(doc.Text, "汇编"); got != c.dropped {
			t.Errorf("%s: dropped %v, notes %v", name, got, doc.Notes)
		}
		if c.dropped {
			noted(t, doc, Dropped, header)
		}
	}
}

// Spaces at the ends of a run are layout: they set a first line in, and make no line
// full. Pieces far from each other are cells.
func TestOFDLayout(t *testing.T) {
	const full = "委员应当按时参加全体会议专题协商会和界别活动不能参加的请假三"
	line := func(i int, text string) string { return ofdRun(28, 40+8*float64(i), text, "") }
	doc := mustRead(t, "a.ofd", ofdFile(t, nil, line(0, "　　"+full[:87])+line(1, full)+line(2, "假。")+line(3, "　　"+full[:87])+line(4, "完。")+
		line(5, "自付情况"+strings.Repeat("　", 26))+line(6, "伙食费交纳")), Options{})
	if want := full[:87] + full + "假。\n" + full[:87] + "完。\n自付情况\n伙食费交纳"; doc.Text != want {
		t.Errorf("got\n%s\nwant\n%s", doc.Text, want)
	}
	doc = mustRead(t, "a.ofd", ofdFile(t, nil, ofdRun(28, 40, "项目", "")+ofdRun(100, 40, "分值", "")+ofdRun(28, 48, "出席", "")+ofdRun(100, 48, "10", "")), Options{})
	if want := "| 项目 | 分值 |\n|---|---|\n| 出席 | 10 |"; doc.Text != want {
		t.Errorf("got\n%s", doc.Text)
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
	refused(t, "a.ofd", ofdFile(t, map[string]string{"OFD.xml": `<OFD><DocBody><DocRoot>no.xml</DocRoot></DocBody></OFD>`}, plain), "缺了里面的一部分（no.xml）")
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
