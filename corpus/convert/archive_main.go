package convert

import (
	"encoding/xml"
	"io"
	"path"
	"strings"
)

// packageRelations is _rels/.rels of a Word, Excel or PowerPoint file.
type packageRelations struct {
	List []struct {
		Type   string `xml:",attr"`
		Target string `xml:",attr"`
	} `xml:"Relationship"`
}

// mainPart is the part that an office file's relations name as its body, whatever it
// is called, and the name of its first element; both are empty where there is none.
func (a *archive) mainPart() (name, root string) {
	var rels packageRelations
	if !a.has("_rels/.rels") || a.xml("_rels/.rels", &rels) != nil {
		return "", "" // broken relations are no reason not to read a body that has its usual name
	}
	for _, r := range rels.List {
		if path.Base(r.Type) != "officeDocument" {
			continue
		}
		name := path.Join("/", strings.ReplaceAll(r.Target, `\`, "/"))[1:]
		if root := a.rootOf(name); root != "" {
			return name, root
		}
	}
	return "", ""
}

// rootWithin is how far into a part its first element begins at the latest.
const rootWithin = 4096

// rootOf is the name of a part's first element; empty when there is none, and when the
// part cannot be read: whoever reads all of it tells why.
func (a *archive) rootOf(name string) string {
	f := a.parts[partName(name)]
	if f == nil {
		return ""
	}
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	head, err := io.ReadAll(io.LimitReader(r, rootWithin))
	if err != nil {
		return ""
	}
	d := xml.NewDecoder(strings.NewReader(string(tidyXML(head))))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // names are ASCII
	for {
		tok, err := d.RawToken()
		if err != nil {
			return ""
		}
		if el, ok := tok.(xml.StartElement); ok {
			return el.Name.Local
		}
	}
}
