package convert

import (
	"fmt"
	"strings"
)

// struckWords are words of one paragraph that are struck through.
type struckWords struct {
	paragraph int
	text      string
}

// strike notes that words just written are struck through. Runs side by side are one.
func (w *word) strike(para *wordPara, s string) {
	if last := len(w.struck) - 1; last >= 0 && w.struck[last].paragraph == w.paragraphs && para.struckTo == para.text.Len()-len(s) && para.struckTo > 0 {
		w.struck[last].text += s
	} else if strings.TrimSpace(s) != "" {
		w.struck = append(w.struck, struckWords{w.paragraphs, s})
	} else {
		return
	}
	para.struckTo = para.text.Len()
}

// reportStruck tells of words that are struck through and stand in the text all the
// same: an office strikes out what it means to be void.
func (w *word) reportStruck() {
	if len(w.struck) == 0 {
		return
	}
	var list []string
	size := 0
	for _, s := range w.struck {
		text := fmt.Sprintf("第 %d 段“%s”", s.paragraph, clip(strings.TrimSpace(s.text), mostQuoted/2))
		if size += len([]rune(text)); size > mostQuoted && len(list) > 0 {
			list[len(list)-1] += "等"
			break
		}
		list = append(list, text)
	}
	w.doc.note(Doubt, inParagraph(w.struck[0].paragraph), "有 %d 处文字划了删除线，仍照原文收入，请核对是否还有效：%s", len(w.struck), strings.Join(list, "，"))
}
