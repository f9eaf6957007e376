package convert

import (
	"fmt"
	"path"
	"strings"
)

// wordTally is what there is to say of how a file was read.
type wordTally struct {
	taken      int // grows with whatever is found
	paragraphs int

	inserted, deletions, joins, changedAt int
	cut                                   []string // words that tracked changes took out

	concealed []string // hidden text
	pinyin    []string

	pictures, embedded, chunks, formulas, symbols, boxes, noteCount, noteSize int

	autoNumbers, unnumbered int
	firstNumber, lastNumber string
	firstAt, lastAt         int
	bare                    []string // numbers without words that are not in the text
	struck                  []struckWords
	doubt                   string // about a number
	doubtAt                 int
}

func (t *wordTally) change(count *int) {
	*count++
	t.taken++
	if t.changedAt == 0 {
		t.changedAt = max(1, t.paragraphs)
	}
}

func (t *wordTally) hide(s string) {
	if s = strings.TrimSpace(s); s != "" {
		t.concealed = append(t.concealed, s)
	}
}

// numbered counts an automatic number that is in the text.
func (t *wordTally) numbered(s string, paragraph int) {
	if s = strings.TrimSpace(s); s == "" {
		return
	}
	if t.autoNumbers++; t.autoNumbers == 1 || paragraph < t.firstAt {
		t.firstNumber, t.firstAt = s, paragraph
	}
	if paragraph >= t.lastAt {
		t.lastNumber, t.lastAt = s, paragraph
	}
}

// report turns the tally into notes.
func (w *word) report() {
	note := w.doc.note
	if len(w.concealed) > 0 {
		note(Dropped, "", "隐藏文字没有收入：%s", quoteList([]string{strings.Join(w.concealed, "")}))
	}
	if len(w.pinyin) > 0 {
		note(Dropped, "", "字上的注音没有收入：%s", quoteList(w.pinyin))
	}
	if w.pictures+w.embedded+w.chunks > 0 {
		note(Dropped, "", "图片 %d 张、嵌入的文件 %d 个，里面如有文字没有收入", w.pictures, w.embedded+w.chunks)
	}
	if w.autoNumbers > 0 {
		note(Added, "", "有 %d 段的编号是 Word 自动编的，已写进文字，第一个是“%s”，最后一个是“%s”", w.autoNumbers, w.firstNumber, w.lastNumber)
	}
	if w.doubt != "" {
		note(Doubt, inParagraph(w.doubtAt), "第 %d 段的自动编号拿不准：%s，请对照原文件核对", w.doubtAt, w.doubt)
	}
	if w.unnumbered > 0 {
		note(Doubt, "", "有 %d 段用了自动编号，文件里却没有写这种编号是什么样，编号没有写出来，请对照原文件补上", w.unnumbered)
	}
	if len(w.bare) > 0 {
		note(Dropped, "", "有 %d 段只有自动编号，没有文字，没有收入：%s", len(w.bare), quoteList(w.bare))
	}
	w.reportChanges()
	w.reportStruck()
	if w.formulas > 0 {
		note(Doubt, "", "有 %d 处公式，只收入其中的文字，请对照原文件核对", w.formulas)
	}
	if w.symbols > 0 {
		note(Doubt, "", "有 %d 处符号是符号字体里的图形，写作“%s”，请对照原文件改正", w.symbols, unknownSymbol)
	}
	if w.boxes > 0 {
		note(Info, "", "有 %d 个文本框，文字放在所在段落之后", w.boxes)
	}
	if w.noteCount > 0 {
		note(Info, "", "有 %d 条脚注、尾注，放在所在段落之后，写作“注1：”等", w.noteCount)
	}
	if w.a.has(path.Join(w.folder(), "vbaProject.bin")) {
		note(Info, "", "文件带有宏，只读了文字")
	}
}

func (w *word) reportChanges() {
	if w.inserted+w.deletions+w.joins == 0 {
		return
	}
	cut := ""
	if words := distinctWords(w.cut); len(words) > 0 {
		cut = "，删去的有" + quoteList(words)
	}
	w.doc.note(Doubt, inParagraph(w.changedAt), "第 %d 段起有没有定稿的修订：插入 %d 处、删除 %d 处，已当作全部接受%s；请在 Word 的“审阅”里核对后再定稿",
		max(1, w.changedAt), w.inserted, w.deletions+w.joins, cut)
}

func inParagraph(paragraph int) string {
	return fmt.Sprintf("第 %d 段", max(1, paragraph))
}
