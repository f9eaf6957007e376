package convert

import (
	"encoding/xml"
	"regexp"
	"strings"
)

// wordField is a field that is open. Its code comes first, then its result, which is
// what the paper shows.
type wordField struct {
	code  bool
	instr strings.Builder
}

// inCode tells whether what comes now is the code of a field.
func (w *word) inCode() bool {
	for _, f := range w.fields {
		if f.code {
			return true
		}
	}
	return false
}

func (w *word) field(p *xmlPart, para *wordPara, el xml.StartElement) error {
	last := len(w.fields) - 1
	if el.Name.Local == "instrText" {
		s, err := p.chars()
		if last >= 0 && w.fields[last].code {
			w.fields[last].instr.WriteString(s)
		}
		return err
	}
	switch kind := xmlAttr(el, "fldCharType"); {
	case kind == "begin" && last < maxElementNesting:
		w.fields = append(w.fields, &wordField{code: true})
	case kind == "separate" && last >= 0:
		w.fields[last].code = false
	case kind == "end" && last >= 0:
		f := w.fields[last]
		if w.fields = w.fields[:last]; f.code {
			w.write(para, w.equation(f.instr.String()))
		}
	}
	return p.skip()
}

// ringField is how Word writes a character in a ring or frame: EQ \o\ac(○,21).
var ringField = regexp.MustCompile(`(?i)^\s*EQ\s+\\o\s*(?:\\a[clr])?\s*\(\s*([^,，()]*)\s*[,，]\s*([^,，()]*)\s*\)\s*$`)

// equation is the text of an EQ field, which has no result.
func (w *word) equation(code string) string {
	if head := strings.Fields(code); len(head) == 0 || !strings.EqualFold(head[0], "EQ") {
		return ""
	}
	m := ringField.FindStringSubmatch(code)
	if m == nil {
		w.formulas++
		return ""
	}
	for _, r := range "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿" {
		if strings.ContainsAny(m[1], "○〇O◯") && ringedNumber(r) == strings.TrimSpace(m[2]) {
			return string(r)
		}
	}
	w.formulas++
	return m[2]
}
