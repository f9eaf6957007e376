package convert

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// scribe writes bodies of any shape in which every word is another.
type scribe struct {
	*rand.Rand
	words int
}

func (s *scribe) word() string {
	s.words++
	return fmt.Sprintf("词%04d；", s.words)
}

// runs are runs and what may stand around them.
func (s *scribe) runs(depth int) string {
	var b strings.Builder
	for range 1 + s.IntN(3) {
		around := []string{"", "", "w:hyperlink", "w:ins", "w:smartTag", "w:sdt", "w:fldSimple", "w:unheardOf", "mc:AlternateContent"}[s.IntN(9)]
		switch {
		case around == "" || depth == 0:
			b.WriteString("<w:r><w:rPr><w:b/></w:rPr><w:t>" + s.word() + "</w:t><w:tab/><w:t>" + s.word() + "</w:t></w:r>")
		case around == "w:sdt":
			b.WriteString("<w:sdt><w:sdtPr/><w:sdtContent>" + s.runs(depth-1) + "</w:sdtContent></w:sdt>")
		case around == "mc:AlternateContent":
			b.WriteString("<mc:AlternateContent><mc:Choice>" + s.runs(depth-1) + "</mc:Choice></mc:AlternateContent>")
		default:
			b.WriteString("<" + around + ">" + s.runs(depth-1) + "</" + around + ">")
		}
	}
	return b.String()
}

// blocks are paragraphs, tables and what may stand around them.
func (s *scribe) blocks(depth int) string {
	var b strings.Builder
	for range 1 + s.IntN(3) {
		kind := s.IntN(6)
		if depth == 0 {
			kind = 0
		}
		switch kind {
		case 1:
			b.WriteString("<w:sdt><w:sdtContent>" + s.blocks(depth-1) + "</w:sdtContent></w:sdt>")
		case 2:
			b.WriteString(tbl(tr(tc("", s.blocks(depth-1)))))
		case 3:
			b.WriteString(tbl(tr(tc("", s.blocks(depth-1)), tc(`<w:gridSpan w:val="2"/>`, s.blocks(depth-1))), tr(tc("", s.blocks(depth-1)), tc("", wp("")))))
		case 4:
			b.WriteString(`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + s.runs(2) + `</w:p>`)
		case 5:
			b.WriteString("<w:p>" + s.runs(2) + "<w:r><w:pict><w:txbxContent>" + s.blocks(depth-1) + "</w:txbxContent></w:pict></w:r></w:p>")
		default:
			b.WriteString("<w:p>" + s.runs(2) + "</w:p>")
		}
	}
	return b.String()
}

// No word of the body is lost and none comes twice, however it lies.
func TestDocxKeepsWords(t *testing.T) {
	for seed := range uint64(60) {
		s := &scribe{Rand: rand.New(rand.NewPCG(seed, 1))}
		body := s.blocks(3)
		doc := readWord(t, docxFile(t, body))
		for n := 1; n <= s.words; n++ {
			if got := strings.Count(doc.Text, fmt.Sprintf("词%04d；", n)); got != 1 {
				t.Fatalf("seed %d: word %d comes %d times in\n%s\nof\n%s", seed, n, got, doc.Text, body)
			}
		}
	}
}
