package secrecy

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// page is a text as it is compared.
type page struct {
	text  string
	lines []string // of text, trimmed, without empty ones; what was typed apart is put together

	listing bool // it lists what the levels are; see lists
}

// simplified has the traditional characters that marks are written with.
var simplified = strings.NewReplacer(
	"機", "机", "絕", "绝", "絶", "绝", "祕", "秘", "級", "级", "內", "内", "資", "资", "參", "参", "閱", "阅", "閲", "阅", "後", "后", "長", "长", "傳", "传", "嚴", "严",
	"複", "复", "復", "复", "製", "制", "號", "号", "國", "国", "務", "务", "銀", "银", "證", "证", "電", "电", "話", "话", "僅", "仅", "銷", "销", "毀", "毁",
	"毁", "毁", "訊", "讯", "轉", "转", "發", "发", "擴", "扩", "報", "报", "關", "关", "於", "于", "會", "会", "議", "议", "涉", "涉", "業", "业", "員", "员",
	"開", "开", "啟", "启", "檔", "档", "份號", "份号", "單", "单", "請", "请", "問", "问", "麼", "么", "嗎", "吗", "樣", "样", "誰", "谁", "幾", "几", "為", "为",
	"這", "这", "個", "个", "標", "标", "誌", "志", "應", "应", "當", "当", "須", "须", "帶", "带", "場", "场", "歸", "归", "還", "还", "範", "范", "圍", "围",
	"帳", "账", "號", "号", "戶", "户", "萬", "万", "時", "时", "過", "过", "對", "对", "該", "该", "與", "与", "說", "说", "寫", "写",
)

// stars are what stands for the star between a mark and its period.
var stars = map[rune]bool{'★': true, '☆': true, '⭐': true, '🌟': true, '✩': true, '✪': true, '✫': true, '✬': true, '✭': true, '✮': true, '✯': true, '✰': true, '⋆': true, '✦': true, '✧': true, '✡': true, '✶': true, '✱': true, '✲': true, '✴': true, '※': true, '⭑': true, '⭒': true, '🌠': true}

// plain brings a text into the one form in which it is compared: width, script and
// stars as one, nothing that cannot be seen.
func plain(text string) page {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\u2028' || r == '\u2029' || r == '\v' || r == '\f' || r == '\u0085':
			return '\n'
		case unicode.IsSpace(r), r == '\u3164', r == '\u2800':
			return ' '
		case stars[r]:
			return '★'
		case strings.ContainsRune("丨︱│┃∣〡", r):
			return '|'
		case unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me, unicode.Cc), r == utf8.RuneError, r == '\u115f', r == '\u1160', r == '\uffa0':
			return -1
		}
		return r
	}, norm.NFKC.String(strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n")))
	p := page{text: simplified.Replace(text)}
	upright := ""
	for line := range strings.SplitSeq(p.text, "\n") {
		line = together(strings.TrimSpace(line))
		if len(upright) < mostBroken && utf8.RuneCountInString(line) == 1 {
			upright += line
			continue
		}
		p.add(upright)
		upright = ""
		p.add(line)
	}
	p.add(upright)
	return p
}

// mostBroken is how long, in bytes, what is broken into lines may be.
const mostBroken = 300

// add adds a line. One that begins with what completes the mark before it belongs to
// that: a line broken in the middle of a mark.
func (p *page) add(line string) {
	if line == "" {
		return
	}
	if n := len(p.lines) - 1; n >= 0 && len(p.lines[n]) < mostBroken && (brokenBefore.MatchString(p.lines[n]) && brokenAfter.MatchString(line) || starless.MatchString(p.lines[n]) && strings.HasPrefix(line, "★")) {
		p.lines[n] += line
		return
	}
	p.lines = append(p.lines, line)
}

var (
	brokenBefore = regexp.MustCompile(`(?:^|[^\p{Han}])[绝机秘]$`)
	brokenAfter  = regexp.MustCompile(`^密`)
	starless     = regexp.MustCompile(`密级?$`)
)

// light are characters that are put between the characters of a word so that it is
// not found, or that a scan leaves there.
const light = ` .·・•‧∙。,，、;；:_/\|~+^'*#=-`

var (
	gap      = `[ .·・•‧∙_/\\|~+^'*#=-]{1,6}`
	apart    = regexp.MustCompile(`([绝机秘])` + gap + `密`)
	broken   = regexp.MustCompile(`([绝机秘])[` + regexp.QuoteMeta(light) + `]{1,6}密(级?[ ]*★)`)
	atStar   = regexp.MustCompile(`密 *(级?) *([★*]+) *`)
	inHouse  = regexp.MustCompile(`内` + gap + `部`)
	material = regexp.MustCompile(`(内部)` + gap + `([资材]) ?料`)
)

// What a scan reads for the star, and for the characters of a mark.
var (
	misreadStar   = regexp.MustCompile(`([绝机秘]密级?) ?[女大火太犬食士土木本米禾天夫交去才丈支a-zA-Z] ?(\d{1,2} ?年)`)
	misreadSecond = regexp.MustCompile(`([绝机秘])(?:[宓宻]|[蜜窑谧](级?[ ]?★))`)
	misreadFirst  = regexp.MustCompile(`[杌朳枧泌秋]密级?[ ]?★`)
)

// asRead is a line with what a scan reads wrong in a mark put right.
func asRead(line string) string {
	line = misreadSecond.ReplaceAllString(line, "${1}密$2")
	line = misreadFirst.ReplaceAllStringFunc(line, func(mark string) string {
		first, rest, _ := strings.Cut(mark, "密")
		if strings.Contains("杌朳枧", first) {
			return "机密" + rest
		}
		return "秘密" + rest
	})
	return misreadStar.ReplaceAllString(line, "$1★$2")
}

// together is a line in which what was typed apart, 机 密 ★ 1 0 年, is together.
func together(line string) string {
	var b strings.Builder
	tokens := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(light, r) })
	rest := line
	single := false // what was written last is one character
	for _, token := range tokens {
		at := strings.Index(rest, token)
		one := utf8.RuneCountInString(token) == 1
		if !single || !one {
			b.WriteString(rest[:at])
		}
		b.WriteString(token)
		rest, single = rest[at+len(token):], one
	}
	b.WriteString(rest)
	line = broken.ReplaceAllString(b.String(), "${1}密$2")
	line = apart.ReplaceAllString(line, "${1}密")
	line = inHouse.ReplaceAllString(line, "内部")
	line = material.ReplaceAllString(line, "$1${2}料")
	return atStar.ReplaceAllString(asRead(line), "密$1$2")
}
