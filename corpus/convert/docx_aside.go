package convert

import (
	"encoding/xml"
	"maps"
	"path"
	"slices"
	"strings"
)

// readNotes reads the footnotes and endnotes, which stand in parts of their own.
func (w *word) readNotes() error {
	w.notes = map[string]string{}
	for _, kind := range []string{"footnote", "endnote"} {
		p, err := w.related(kind + "s")
		if err != nil {
			return err
		}
		if p == nil {
			continue
		}
		if err := p.root(); err != nil {
			return err
		}
		err = p.each(func(el xml.StartElement) error {
			if of := xmlAttr(el, "type"); el.Name.Local != kind || of != "" && of != "normal" {
				return p.skip() // the rule above the notes
			}
			f := &wordFlow{}
			if err := w.blocks(p, f); err != nil {
				return err
			}
			text, hang := f.inline()
			for _, l := range hang {
				text += " " + l.text
			}
			w.notes[kind+xmlAttr(el, "id")] = strings.TrimSpace(text)
			return nil
		})
		if err != nil {
			return err
		}
	}
	w.fields = nil
	return nil
}

// aside looks at what is no part of the text, to say what was left out.
func (w *word) aside() error {
	for _, of := range []struct{ parts, what string }{
		{"header", "页眉没有收入：%s"},
		{"footer", "页脚没有收入：%s"},
		{"comments.xml", "批注没有收入：%s"},
		{"charts/chart", "图表里的文字没有收入：%s"},
		{"diagrams/data", "图示（SmartArt）里的文字没有收入：%s"},
	} {
		words, err := w.wordsOf(partName(path.Join(w.folder(), of.parts)))
		if err != nil {
			return err
		}
		if len(words) > 0 {
			w.doc.note(Dropped, "", of.what, quoteList(words))
		}
	}
	return nil
}

// wordsOf are the paragraphs of the parts whose names begin so.
func (w *word) wordsOf(prefix string) ([]string, error) {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(w.a.parts)) {
		if !strings.HasPrefix(name, prefix) || !strings.HasSuffix(name, ".xml") {
			continue
		}
		p, err := w.open(name)
		if err != nil {
			return nil, err
		}
		if err := p.root(); err != nil {
			return nil, err
		}
		var b strings.Builder
		if err := p.words(&b); err != nil {
			return nil, err
		}
		out = append(out, strings.Split(b.String(), "\n")...)
	}
	return distinctWords(out), nil
}

// distinctWords leaves out what is empty or was there before.
func distinctWords(in []string) (out []string) {
	seen := map[string]bool{"": true}
	for _, s := range in {
		if s = strings.Join(strings.Fields(s), " "); !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// mostQuoted is how many characters a note quotes: more nobody reads.
const mostQuoted = 120

// quoteList quotes words that are not in the text. What is very long is cut, and says so.
func quoteList(words []string) string {
	var b strings.Builder
	n := 0
	for _, s := range distinctWords(words) {
		r := []rune(s)
		if n += len(r); n > mostQuoted {
			b.WriteString("“" + string(r[:max(0, len(r)-(n-mostQuoted))]) + "……”等")
			break
		}
		b.WriteString("“" + s + "”")
	}
	return b.String()
}
