package convert

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

// anySyllable is a syllable of pinyin without its tone, ü written v.
const anySyllable = `(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:[aoeêiuv]|ai|ei|ui|ao|ou|iu|ie|[uv]e|er|an|en|in|[uv]n|ang|eng|ing|ong|ia|ian|iang|iao|iong|ua|uo|uai|[uv]an|uang|ueng)`

var (
	bracketed = regexp.MustCompile(`(\p{Han})[(（]([\p{Latin}\p{M}1-5 ·'’-]{1,40})[)）]`)
	syllable  = regexp.MustCompile(`^` + anySyllable + `$`)
	syllables = regexp.MustCompile(`^(?:` + anySyllable + `)+$`)
)

// dropReadings takes out the pronunciations that web pages put behind characters
// that look hard: 政協(xié). What else stands in brackets stays.
func (d *Document) dropReadings() {
	var some []string
	count := 0
	d.Text = bracketed.ReplaceAllStringFunc(d.Text, func(s string) string {
		m := bracketed.FindStringSubmatch(s)
		han, _ := utf8.DecodeRuneInString(m[1])
		if !isReading(m[2], han) {
			return s
		}
		if count++; len(some) < 3 {
			some = append(some, "「"+s+"」")
		}
		return m[1]
	})
	if count > 0 {
		d.note(Dropped, "", "去掉了 %d 处括号里的注音，如%s", count, strings.Join(some, ""))
	}
}

// isReading tells pinyin from other letters by its tones. One syllable with a tone
// mark is pinyin; digits and several syllables must also end in a reading of the
// character before them, or a1 and café would be lost.
func isReading(s string, han rune) bool {
	base, marked, digits := toneless(s)
	if !marked && (!digits || strings.ToLower(s) != s) {
		return false
	}
	switch {
	case marked && !digits && syllable.MatchString(base):
		return true
	case !syllables.MatchString(base):
		return false
	}
	args := pinyin.NewArgs()
	args.Heteronym = true
	return slices.ContainsFunc(pinyin.SinglePinyin(han, args), func(reading string) bool {
		return strings.HasSuffix(base, strings.ReplaceAll(reading, "ü", "v"))
	})
}

// toneless takes the tones off pinyin, ü as v, and the gaps between syllables.
func toneless(s string) (base string, marked, digits bool) {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch r {
		case '\u0300', '\u0301', '\u0304', '\u0306', '\u030c':
			marked = true
		case '1', '2', '3', '4', '5':
			digits = true
		case ' ', '·', '\'', '’', '-':
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.ReplaceAll(norm.NFC.String(b.String()), "ü", "v"), marked, digits
}
