package convert

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// The encodings as notes call them.
const (
	utf8Name = "UTF-8"
	gbName   = "GB18030（GBK）"
	big5Name = "Big5"
)

var (
	utf16LE = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	utf16BE = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
)

// marks are the byte order marks. That of GB18030 is U+FEFF in that encoding.
var marks = []struct {
	mark, name string
	encoding   encoding.Encoding
}{
	{"\xef\xbb\xbf", utf8Name, encoding.Nop},
	{"\xff\xfe", "UTF-16LE", utf16LE},
	{"\xfe\xff", "UTF-16BE", utf16BE},
	{"\x84\x31\x95\x33", gbName, simplifiedchinese.GB18030},
}

// decodeText turns bytes into text whatever their encoding is. Nothing is replaced
// on the way: bytes that no encoding explains are an *Error.
func decodeText(data []byte) (text, name string, err error) {
	if text, name, ok := decodeSure(data); ok {
		text, err := proseOnly(text)
		return text, name, err
	}
	return decodeLegacy(data)
}

// decodeSure is what needs no guess: a byte order mark that holds true, valid
// UTF-8, or UTF-16, which its zero bytes or its punctuation give away.
func decodeSure(data []byte) (text, name string, ok bool) {
	for _, m := range marks {
		if rest, found := bytes.CutPrefix(data, []byte(m.mark)); found {
			if text, ok := decodeStrict(m.encoding, rest); ok {
				return text, m.name, true
			}
		}
	}
	if utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 {
		return string(data), utf8Name, true
	}
	return decodeUTF16(data)
}

// decodeStrict decodes, or tells that the bytes are not of this encoding: the
// decoders write U+FFFD where they do not understand, and papers hold none.
func decodeStrict(e encoding.Encoding, data []byte) (string, bool) {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil || !utf8.Valid(out) || bytes.ContainsRune(out, utf8.RuneError) {
		return "", false
	}
	return string(out), true
}

// decodeUTF16 knows UTF-16 without a mark. In the other byte order, and in the
// bytes of any other encoding, the common signs of Chinese text do not occur.
func decodeUTF16(data []byte) (text, name string, ok bool) {
	if len(data)%2 != 0 {
		return "", "", false
	}
	for _, c := range []struct {
		name     string
		encoding encoding.Encoding
	}{{"UTF-16LE", utf16LE}, {"UTF-16BE", utf16BE}} {
		text, ok := decodeStrict(c.encoding, data)
		if ok && !strings.ContainsRune(text, 0) && likeUTF16(text) {
			return text, c.name, true
		}
	}
	return "", "", false
}

// likeUTF16 asks two things of a text: nearly all of it is what papers are written
// in, and some of it is signs whose two bytes are never letters: a pair of Latin
// letters read as one unit is a Han character too.
func likeUTF16(text string) bool {
	all, plausible, signs := 0, 0, 0
	for _, r := range text {
		all++
		if r < 0x80 || strings.ContainsRune("　、。，：；（）", r) {
			signs++
		}
		if r == '\n' || r == '\r' || r == '\t' || r >= 0x20 && r < 0x2800 || r >= 0x3000 && r < 0xa000 || r >= 0xff00 {
			plausible++
		}
	}
	return plausible*100 >= all*95 && signs*50 >= all
}

// decodeLegacy chooses between the two encodings of Chinese that have no mark. Most
// Big5 text is GB18030 as well, of characters nobody uses.
func decodeLegacy(data []byte) (text, name string, err error) {
	if brokenUTF8(data) {
		return "", "", undecoded(badLine(data, encoding.Nop))
	}
	gb, isGB := decodeStrict(simplifiedchinese.GB18030, data)
	big5, isBig5 := decodeStrict(traditionalchinese.Big5, data)
	switch {
	case isBig5 && (!isGB || familiar(big5) > familiar(gb)):
		text, name = big5, big5Name
	case isGB:
		text, name = gb, gbName
	case bytes.IndexByte(data, 0) >= 0:
		return "", "", notText()
	default:
		return "", "", undecoded(badLine(data, simplifiedchinese.GB18030))
	}
	text, err = proseOnly(text)
	return text, name, err
}

// everyday are signs and characters no page of Chinese is without, in both scripts.
const everyday = "，。、；：（）《》“”　的一是不了在人有我他这這为為之大来來以个個中上们們到说說国國和地也时時道出而要于於就下得可你年生会會自后後能对對着事其里裡所去行过過家十用发發天如然作方成者多日都三小军軍二无無同主经經公此已工使情明性知全第条條章员員制度应應当當规規办辦法委席及由或各"

// familiar is the share of a text that is everyday Chinese, in thousandths.
func familiar(text string) int {
	all, known := 0, 0
	for _, r := range text {
		if r < utf8.RuneSelf {
			continue
		}
		all++
		if strings.ContainsRune(everyday, r) {
			known++
		}
	}
	return known * 1000 / max(all, 1)
}

// brokenUTF8 knows UTF-8 with a few bytes that are none, as a cut copy or two files
// put together have them. As GB18030 it would decode, to nonsense.
func brokenUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		data = data[n:]
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n == 3:
			good++
		}
	}
	return good > 3*bad
}

// badLine is the line, from 1, with the first byte that is not of an encoding.
func badLine(data []byte, e encoding.Encoding) int {
	data = bytes.ReplaceAll(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	line := 1
	for l := range bytes.Lines(data) {
		if _, ok := decodeStrict(e, l); !ok {
			return line
		}
		line++
	}
	return line
}

func undecoded(line int) *Error {
	return errorf("请用记事本打开核对，另存为 UTF-8 编码再导入", "第 %d 行有认不出编码的字", line)
}

// proseOnly refuses what decodes and yet is no text, and takes off the mark that
// old programs end a file with.
func proseOnly(text string) (string, error) {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "\ufeff"), "\x1a")
	controls := 0
	for _, r := range text {
		if r == 0 {
			return "", notText()
		}
		if r < 0x20 && !strings.ContainsRune("\t\n\v\f\r", r) {
			controls++
		}
	}
	if controls*100 > len(text) {
		return "", notText()
	}
	return text, nil
}

func notText() *Error {
	return errorf("请检查是不是选错了文件，或用原来的软件另存为文本", "不是文本文件")
}
