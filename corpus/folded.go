package corpus

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// foldedLine is a line as structure is recognised on it: what typing, printing and
// copying do to a line is undone, while at leads back to the bytes that are quoted.
type foldedLine struct {
	text string
	at   []int // where each byte of text comes from in the line; one more for its end
}

// radicals are the Kangxi radicals U+2F00…U+2FD5 as the characters they look like
// (Unicode's compatibility decomposition): text copied out of a PDF has them.
var radicals = []rune("一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠")

const firstRadical = '⼀'

// foldRune is a character as structure is recognised on it, 0 for one that has no
// width, ' ' for every kind of space.
func foldRune(r rune) rune {
	switch {
	case radical(r):
		return radicals[r-firstRadical]
	case r == '(':
		return '（'
	case r == ')':
		return '）'
	case r == ':':
		return '：'
	case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'ｚ', r == '．':
		return r - 0xFEE0
	case r == '。' || r < 0x80 && r > ' ':
		return r
	case unicode.IsSpace(r) || unicode.IsControl(r) || r == 'ㅤ':
		return ' '
	case unicode.In(r, unicode.Cf, unicode.Variation_Selector):
		return 0
	}
	return r
}

// fold folds a line. Runs of spaces become one, entities of web pages what they
// stand for.
func fold(line string) foldedLine {
	var b strings.Builder
	at := make([]int, 0, len(line)+1)
	add := func(r rune, from int) {
		if r = foldRune(r); r == 0 || r == ' ' && (b.Len() == 0 || at[len(at)-1] < 0) {
			return
		}
		n, _ := b.WriteRune(r)
		for range n {
			at = append(at, from)
		}
		if r == ' ' {
			at[len(at)-1] = ^from // marks a space, until the next character is known
		}
	}
	for i := 0; i < len(line); {
		if entity, n := entityAt(line[i:]); n > 0 {
			for _, r := range entity {
				add(r, i)
			}
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(line[i:])
		add(r, i)
		i += n
	}
	for k, v := range at {
		if v < 0 {
			at[k] = ^v
		}
	}
	text := b.String()
	if strings.HasSuffix(text, " ") {
		text, at = text[:len(text)-1], at[:len(at)-1]
	}
	return foldedLine{text, append(at, len(line))}
}

// longestEntity is &CounterClockwiseContourIntegral;, the longest there is.
const longestEntity = 33

// entityAt reads a character reference such as &nbsp; or &#12288; that s begins with.
func entityAt(s string) (text string, length int) {
	if s[0] != '&' {
		return "", 0
	}
	end := strings.IndexByte(s[:min(len(s), longestEntity)], ';')
	if end < 2 {
		return "", 0
	}
	text = html.UnescapeString(s[:end+1])
	if text == s[:end+1] {
		return "", 0
	}
	return text, end + 1
}

// span is where text[from:to] of the folded line stands in the line itself.
func (f foldedLine) span(from, to int) (start, end int) { return f.at[from], f.at[to] }
