package convert

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// annotate brings a text, of whatever format, to ordinary characters, and tells of
// those that stay odd.
func (d *Document) annotate(opt Options) {
	d.ordinary()
	d.dropReadings()
	d.simplify(opt.Simplified)
	d.doubtful()
}

// radicalForms are the characters of the block CJK Radicals Supplement, each followed by
// the ideograph it looks like, as Unicode has it: fonts of PDF files name the one for
// the other. Only two of them have a compatibility form.
const radicalForms = "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍尐⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月" +
	"⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爬⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂" +
	"⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艺⻀艻⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辷⻎辸⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏" +
	"⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜" +
	"⻲亀⻳龟"

var radicalOf = func() map[rune]rune {
	of := map[rune]rune{}
	r := []rune(radicalForms)
	for i := 0; i+1 < len(r); i += 2 {
		of[r[i]] = r[i+1]
	}
	return of
}()

// compatibility are the ranges whose characters stand for ordinary ones: Kangxi
// radicals and compatibility ideographs.
var compatibility = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x2f00, Hi: 0x2fdf, Stride: 1}, {Lo: 0xf900, Hi: 0xfaff, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0x2f800, Hi: 0x2fa1f, Stride: 1}},
}

// ordinary turns radicals and compatibility ideographs into the characters they are
// read as: they look the same and are not found.
func (d *Document) ordinary() {
	changed := 0
	d.Text = strings.Map(func(r rune) rune {
		plain, ok := radicalOf[r]
		if !ok && unicode.Is(compatibility, r) {
			plain, _ = utf8.DecodeRuneInString(norm.NFKC.String(string(r)))
			ok = plain != r
		}
		if !ok {
			return r
		}
		changed++
		return plain
	}, d.Text)
	if changed > 0 {
		d.note(Info, "", "有 %d 个字用了字形相同的另一种编码，搜不到，已改成通用的字", changed)
	}
}

// doubtful tells of characters that only the paper's own font can show, and of those
// that were lost before the file came here. Only in a text file are its lines those that
// a person sees; elsewhere the words beside the character tell where it is.
func (d *Document) doubtful() {
	count, first := 0, ""
	var lines []string
	line := 0
	for l := range strings.Lines(d.Text) {
		line++
		before := count
		for i, r := range l {
			if !odd(r) {
				continue
			}
			if count++; count == 1 {
				first = aroundOf(l, i)
			}
		}
		if count > before && len(lines) < 5 {
			lines = append(lines, fmt.Sprintf("第 %d 行", line))
		}
	}
	if count == 0 {
		return
	}
	where := ""
	if d.Format == textFormat {
		where = strings.Join(lines, "、")
	}
	d.note(Doubt, where, "%s有 %d 个字是造字或乱码，第一处是「%s」（〓 代表这个字），请对照原件补上", where, count, first)
}

// odd tells the characters that doubtful tells of.
func odd(r rune) bool { return unicode.Is(unicode.Co, r) || r == utf8.RuneError }

// aroundOf is the character at a place in a line with a few of those beside it, odd
// ones as 〓.
func aroundOf(line string, at int) string {
	const beside = 6
	before, after := []rune(line[:at]), []rune(strings.TrimSpace(line[at:]))
	near := append(before[max(0, len(before)-beside):], after[:min(len(after), beside+1)]...)
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if odd(r) {
			return []rune(unknownSymbol)[0]
		}
		return r
	}, string(near)))
}
