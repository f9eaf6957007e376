package convert

import (
	"context"
	"path"
	"strings"
)

// readOFD reads the format of official documents, GB/T 33190: a zip of XML that says
// of each run of characters where on which page it stands.
func readOFD(ctx context.Context, _ string, data []byte, _ Options) (*Document, error) {
	a, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	if a.has("Encryptions.xml") {
		return nil, errorf("请用阅读软件打开，去掉密码另存一份再导入", "OFD 文件加了密")
	}
	var root ofdRoot
	if err := a.xml("OFD.xml", &root); err != nil {
		return nil, err
	}
	r := &ofdReader{archive: a, templates: map[string]string{}, units: map[string]ofdBlock{}, told: map[string]bool{}}
	for _, body := range root.Bodies {
		if err := r.document(ctx, ofdPath("", body.DocRoot)); err != nil {
			return nil, err
		}
	}
	if len(r.sheets) == 0 {
		return nil, errorf("请用阅读软件打开核对，另存一份再导入", "OFD 文件里没有页面")
	}
	doc := &Document{Format: "OFD"}
	doc.fromPages(r.sheets)
	r.summary(doc)
	return doc, nil
}

// ofdBox is where on its plane a page lies, in millimetres.
type ofdBox struct{ x, y, width, height float64 }

// ofdA4 is the paper that official documents are printed on (GB/T 9704).
var ofdA4 = ofdBox{width: 210, height: 297}

// or is the box that a PhysicalBox names, or b where it names none.
func (b ofdBox) or(text string) ofdBox {
	if v := ofdNumbers(text); len(v) == 4 && v[2] >= 1 && v[3] >= 1 {
		return ofdBox{v[0], v[1], v[2], v[3]}
	}
	return b
}

// ofdReader gathers the lines of a file's documents.
type ofdReader struct {
	archive   *archive
	templates map[string]string   // part of each template, by its ID
	units     map[string]ofdBlock // composite units, by their ID
	told      map[string]bool     // templates whose body-like text has been taken
	box       ofdBox              // of the pages of a document that name none
	sheets    []sheet
	size      int
	notes     []Note
	furniture []string // text of templates, that is on many pages
	aslant    []string // watermarks
}

// document reads the pages of one document in their order.
func (r *ofdReader) document(ctx context.Context, name string) error {
	var d ofdDocument
	if err := r.archive.xml(name, &d); err != nil {
		return err
	}
	r.box = ofdA4.or(d.Box)
	clear(r.templates)
	clear(r.units)
	for _, t := range d.Templates {
		r.templates[t.ID] = ofdPath(name, t.BaseLoc)
	}
	for _, loc := range append(d.PublicRes, d.DocumentRes...) {
		var res ofdResources
		if err := r.archive.xml(ofdPath(name, loc), &res); err != nil {
			continue // what fonts and pictures are missing is no text
		}
		for _, u := range res.Units {
			r.units[u.ID] = u.Content
		}
	}
	for _, p := range d.Pages {
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(r.sheets) >= MaxPage {
			return errorf("请拆成几份再导入", "OFD 文件超过 %d 页", MaxPage)
		}
		if err := r.page(ofdPath(name, p.BaseLoc)); err != nil {
			return err
		}
	}
	r.enclosures(name, d)
	return nil
}

// page reads one page and the templates under it.
func (r *ofdReader) page(name string) error {
	number := len(r.sheets) + 1
	where := page(number)
	var p ofdPage
	if err := r.archive.xml(name, &p); err != nil {
		return err
	}
	w := &ofdWriter{units: r.units}
	for _, l := range p.Layers {
		w.block(l, ofdIdentity, 0)
	}
	scanned := len(w.runs) == 0 && w.images > 0
	for _, t := range p.Templates {
		if err := r.template(t.ID, w); err != nil {
			return err
		}
	}
	if w.full {
		return errorf("请拆成几份再导入", "%s的内容太多", where)
	}
	if scanned {
		r.notes = append(r.notes, Note{Doubt, where, where + "是扫描件，没有文字"})
	}
	box := r.box.or(p.Box)
	s := sheet{width: box.width, height: box.height, lines: ofdLinesOf(w.runs)}
	for i := range s.lines {
		l := &s.lines[i]
		l.page = number
		l.shift(-box.x, -box.y)
		s.height = max(s.height, l.y)
		r.size += len(l.text)
	}
	r.sheets = append(r.sheets, s)
	if r.size > MaxText {
		return errorf("请拆成几份再导入", "文字超过 %d MB", MaxText/mebibyte)
	}
	r.aslant = append(r.aslant, w.aslant...)
	return nil
}

// template sorts the text under the pages: headings, page frames and the like are
// left out; what reads like a paper, once, is taken.
func (r *ofdReader) template(id string, page *ofdWriter) error {
	name, ok := r.templates[id]
	if !ok || r.told[name] {
		return nil
	}
	r.told[name] = true
	var t ofdPage
	if err := r.archive.xml(name, &t); err != nil {
		return err
	}
	w := &ofdWriter{units: r.units}
	for _, l := range t.Layers {
		w.block(l, ofdIdentity, 0)
	}
	page.full = page.full || w.full
	for _, l := range ofdLinesOf(w.runs) {
		if marked(l.text) || countHan(l.text) >= 30 {
			page.runs = append(page.runs, l)
			continue
		}
		r.furniture = append(r.furniture, l.text)
	}
	r.aslant = append(r.aslant, w.aslant...)
	return nil
}

// ofdPath is the part that a location in the part base names.
func ofdPath(base, loc string) string {
	loc = strings.TrimSpace(strings.ReplaceAll(loc, `\`, "/"))
	if strings.HasPrefix(loc, "/") {
		return path.Clean(loc)[1:]
	}
	return path.Join(path.Dir(base), loc)
}
