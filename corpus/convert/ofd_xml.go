package convert

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// The parts of an OFD file, as far as they hold text or lead to it.
type (
	ofdRoot struct {
		Bodies []struct {
			DocRoot string
		} `xml:"DocBody"`
	}
	ofdRef struct {
		ID      string `xml:",attr"`
		BaseLoc string `xml:",attr"`
	}
	ofdDocument struct {
		Box         string   `xml:"CommonData>PageArea>PhysicalBox"`
		PublicRes   []string `xml:"CommonData>PublicRes"`
		DocumentRes []string `xml:"CommonData>DocumentRes"`
		Templates   []ofdRef `xml:"CommonData>TemplatePage"`
		Pages       []ofdRef `xml:"Pages>Page"`
		Annotations string
		Attachments string
	}
	ofdPage struct {
		Box       string `xml:"Area>PhysicalBox"`
		Templates []struct {
			ID string `xml:"TemplateID,attr"`
		} `xml:"Template"`
		Layers []ofdBlock `xml:"Content>Layer"`
	}
	ofdBlock struct {
		Texts      []ofdTextObject `xml:"TextObject"`
		Images     []struct{}      `xml:"ImageObject"`
		Composites []ofdComposite  `xml:"CompositeObject"`
		Blocks     []ofdBlock      `xml:"PageBlock"`
	}
	ofdGraphic struct {
		Boundary string `xml:",attr"`
		CTM      string `xml:",attr"`
		Visible  string `xml:",attr"`
	}
	ofdComposite struct {
		ofdGraphic
		ResourceID string `xml:",attr"`
	}
	ofdTextObject struct {
		ofdGraphic
		Size  float64 `xml:",attr"`
		Codes []struct {
			X, Y           *float64 `xml:",attr"`
			DeltaX, DeltaY string   `xml:",attr"`
			Text           string   `xml:",chardata"`
		} `xml:"TextCode"`
	}
	ofdResources struct {
		Units []struct {
			ID      string `xml:",attr"`
			Content ofdBlock
		} `xml:"CompositeGraphicUnits>CompositeGraphicUnit"`
	}
	ofdAttachments struct {
		List []struct {
			Name string `xml:",attr"`
		} `xml:"Attachment"`
	}
	ofdAnnotations struct {
		Pages []struct {
			FileLoc string
		} `xml:"Page"`
	}
	ofdPageAnnot struct {
		List []struct {
			Type       string `xml:",attr"`
			Appearance ofdBlock
		} `xml:"Annot"`
	}
)

// xml reads a part into v; that there is none is an error.
func (a *archive) xml(name string, v any) error {
	data, err := a.read(name)
	if err != nil {
		return err
	}
	if data == nil {
		return errorf("请重新拷贝或下载一份，或用原来的软件打开另存", "文件不完整，缺了里面的一部分（%s）", name)
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(charset string, input io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(charset), "gb") {
			return simplifiedchinese.GB18030.NewDecoder().Reader(input), nil
		}
		return nil, fmt.Errorf("charset %s", charset)
	}
	if err := d.Decode(v); err != nil {
		return errorf("请用原来的软件打开另存一份再导入", "文件里有一部分内容坏了（%s）", name)
	}
	return nil
}

// enclosures tells of what goes with a document and is not on its pages.
func (r *ofdReader) enclosures(name string, d ofdDocument) {
	var at ofdAttachments
	if d.Attachments != "" && r.archive.xml(ofdPath(name, d.Attachments), &at) == nil {
		for _, f := range at.List {
			r.notes = append(r.notes, Note{Dropped, "", "附件「" + f.Name + "」没有取，需要的话请另存出来单独导入"})
		}
	}
	var an ofdAnnotations
	if d.Annotations == "" || r.archive.xml(ofdPath(name, d.Annotations), &an) != nil {
		return
	}
	for i, p := range an.Pages {
		var list ofdPageAnnot
		if i >= MaxPage || r.archive.xml(ofdPath(ofdPath(name, d.Annotations), p.FileLoc), &list) != nil {
			continue
		}
		for _, a := range list.List {
			w := &ofdWriter{}
			w.block(a.Appearance, ofdIdentity, 0)
			for _, l := range ofdLinesOf(w.runs) {
				r.notes = append(r.notes, Note{Dropped, "", "批注、印章上的字没有取：「" + clip(l.text, 40) + "」"})
			}
		}
	}
}

// summary adds what was found on the way to the document.
func (r *ofdReader) summary(doc *Document) {
	doc.Notes = append(doc.Notes, r.notes...)
	if len(r.furniture) > 0 {
		doc.note(Dropped, "", "每页都有的版式文字没有取：「%s」", clip(strings.Join(r.furniture, "」「"), 80))
	}
	if len(r.aslant) > 0 {
		doc.note(Dropped, "", "斜着写的字（水印）没有取，共 %d 处：「%s」", len(r.aslant), clip(r.aslant[0], 40))
	}
}
