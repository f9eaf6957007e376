package convert

import (
	"context"
	"encoding/xml"
	"path"
	"strings"
)

// word reads a Word file (ECMA-376 Part 1, transitional and strict). Elements go by
// their local names. What it does not know it looks into, so that no words are lost.
type word struct {
	ctx    context.Context
	a      *archive
	main   string              // the part that is the body
	rels   map[string][]string // parts by the kind of their relation
	styles wordStyles
	nums   *numbering
	notes  map[string]string // footnotes and endnotes by kind and id
	fields []*wordField      // that are open, outermost first
	doc    *Document
	wordTally
}

// readDocx takes the text out of a Word file (.docx, .docm, .dotx). Changes that are
// still tracked are taken as accepted; numbers that Word makes by itself are part of
// the text.
func readDocx(ctx context.Context, _ string, data []byte, _ Options) (*Document, error) {
	a, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	w := &word{ctx: ctx, a: a, main: "word/document.xml", doc: &Document{Format: "Word"}}
	if name, root := a.mainPart(); root == "document" {
		w.main = name
	}
	if err := w.definitions(); err != nil {
		return nil, err
	}
	body, err := w.open(w.main)
	if err != nil {
		return nil, err
	}
	if body == nil {
		return nil, errorf("请用 Word 或 WPS 打开，另存一份再导入", "文件里没有正文")
	}
	f := &wordFlow{}
	if err := w.story(body, f); err != nil {
		return nil, err
	}
	w.settle(f)
	if w.doc.Text, err = f.text(); err != nil {
		return nil, err
	}
	if err := w.aside(); err != nil {
		return nil, err
	}
	w.report()
	return w.doc, nil
}

// definitions reads what the body refers to: styles, numbering, notes.
func (w *word) definitions() error {
	if err := w.relations(); err != nil {
		return err
	}
	p, err := w.related("styles")
	if err != nil {
		return err
	}
	if p != nil {
		if w.styles, err = p.styles(); err != nil {
			return err
		}
	}
	if p, err = w.related("numbering"); err != nil {
		return err
	}
	w.nums = &numbering{}
	if p != nil {
		if w.nums, err = p.numbering(); err != nil {
			return err
		}
		w.nums.link(w.styles)
	}
	return w.readNotes()
}

// open is a part by its name, or nil.
func (w *word) open(name string) (*xmlPart, error) {
	raw, err := w.a.read(name)
	if raw == nil || err != nil {
		return nil, err
	}
	return newXMLPart(w.ctx, raw), nil
}

// folder is where the body lies, and what belongs to it.
func (w *word) folder() string { return path.Dir(w.main) }

// relations reads which parts belong to the body: they may be called anything.
func (w *word) relations() error {
	w.rels = map[string][]string{}
	p, err := w.open(path.Join(w.folder(), "_rels", path.Base(w.main)+".rels"))
	if p == nil || err != nil {
		return err
	}
	if err := p.root(); err != nil {
		return err
	}
	return p.each(func(el xml.StartElement) error {
		kind, target := path.Base(xmlAttr(el, "Type")), strings.ReplaceAll(xmlAttr(el, "Target"), `\`, "/")
		if !strings.EqualFold(xmlAttr(el, "TargetMode"), "External") {
			if !strings.HasPrefix(target, "/") {
				target = path.Join(w.folder(), target)
			}
			w.rels[kind] = append(w.rels[kind], target)
		}
		return p.skip()
	})
}

// related is the first part with this relation to the body, or the one with the
// usual name, or nil.
func (w *word) related(kind string) (*xmlPart, error) {
	for _, name := range append(w.rels[kind][:len(w.rels[kind]):len(w.rels[kind])], path.Join(w.folder(), kind+".xml")) {
		if p, err := w.open(name); p != nil || err != nil {
			return p, err
		}
	}
	return nil, nil
}

// story reads a part that holds paragraphs.
func (w *word) story(p *xmlPart, f *wordFlow) error {
	if err := p.root(); err != nil {
		return err
	}
	return w.blocks(p, f)
}
