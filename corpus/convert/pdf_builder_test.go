package convert

import (
	"bytes"
	"compress/zlib"
	"context"
	"crypto/md5"
	"crypto/rc4"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// paper writes a PDF for tests: A4 pages drawn with one composite font that is not
// embedded but says what its codes mean.
type paper struct {
	plain    bool   // streams are not compressed
	mute     bool   // the font does not say what its codes mean
	password string // of the user; encrypted when owner is set
	owner    string
	font     string // another font in place of the composite one

	pages []string // what each draws
	turn  map[int]int
	extra map[string]string // further objects that pages may draw, by name
	used  map[rune]bool
}

// at draws a line of text with its baseline y from the top of the page.
func (p *paper) at(x, y, size float64, s string) string {
	return fmt.Sprintf("BT /F1 %g Tf 1 0 0 1 %g %g Tm %s Tj ET\n", size, x, 842-y, p.codes(s))
}

func (p *paper) codes(s string) string {
	if p.used == nil {
		p.used = map[rune]bool{}
	}
	var b strings.Builder
	for _, r := range s {
		p.used[r] = true
		fmt.Fprintf(&b, "%04x", r)
	}
	return "<" + b.String() + ">"
}

func (p *paper) page(parts ...string) { p.pages = append(p.pages, strings.Join(parts, "")) }

// picture draws a picture over the page.
const picture = "q 595 0 0 842 0 0 cm /Im1 Do Q\n"

const (
	objCatalog = iota + 1
	objTree
	objFont
	objDescendant
	objMeaning
	objPicture
	objEncrypt
	objPages
)

func (p *paper) bytes() []byte {
	objects := map[int]string{
		objCatalog:    "<</Type /Catalog /Pages 2 0 R>>",
		objFont:       "<</Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R>>",
		objDescendant: "<</Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /W [32 126 500]>>",
		objMeaning:    p.stream("", p.meaning()),
		objPicture:    "<</Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length 8>>\nstream\n\xff\xd8\xffjpeg!\nendstream",
	}
	if p.mute {
		objects[objFont] = strings.Replace(objects[objFont], "/ToUnicode 5 0 R", "", 1)
	}
	if p.font != "" {
		objects[objFont] = p.font
	}
	more := ""
	next := objPages + 2*len(p.pages)
	for _, name := range slices.Sorted(maps.Keys(p.extra)) {
		objects[next] = p.extra[name]
		more += fmt.Sprintf(" /%s %d 0 R", name, next)
		next++
	}
	var kids strings.Builder
	for i, content := range p.pages {
		n := objPages + 2*i
		fmt.Fprintf(&kids, "%d 0 R ", n)
		objects[n] = fmt.Sprintf("<</Type /Page /Parent 2 0 R /Contents %d 0 R /Rotate %d>>", n+1, p.turn[i+1])
		objects[n+1] = p.stream("", content)
	}
	objects[objTree] = fmt.Sprintf("<</Type /Pages /Count %d /Kids [%s] /MediaBox [0 0 595 842] /Resources <</Font <</F1 3 0 R>> /XObject <</Im1 6 0 R%s>>>>>>",
		len(p.pages), kids.String(), more)
	return p.file(objects)
}

// file puts objects together with their table.
func (p *paper) file(objects map[int]string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	trailer := ""
	if p.owner != "" {
		trailer = " /Encrypt 7 0 R /ID [<61626364> <61626364>]"
		key := p.secure(objects)
		for n, o := range objects {
			if head, body, ok := strings.Cut(o, "stream\n"); ok && n != objEncrypt {
				body = strings.TrimSuffix(body, "\nendstream")
				sum := md5.Sum(append(slices.Clone(key), byte(n), byte(n>>8), 0, 0, 0))
				objects[n] = head + "stream\n" + rc4With(sum[:min(16, len(key)+5)], body) + "\nendstream"
			}
		}
	}
	most := 0
	for n := range objects {
		most = max(most, n)
	}
	table := fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", most+1)
	for n := 1; n <= most; n++ {
		if objects[n] == "" {
			table += "0000000000 65535 f \n"
			continue
		}
		table += fmt.Sprintf("%010d 00000 n \n", out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", n, objects[n])
	}
	at := out.Len()
	fmt.Fprintf(&out, "%strailer\n<</Size %d /Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", table, most+1, trailer, at)
	return out.Bytes()
}

func (p *paper) stream(head, data string) string {
	if !p.plain {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		if _, err := z.Write([]byte(data)); err != nil {
			panic(err)
		}
		if err := z.Close(); err != nil {
			panic(err)
		}
		data, head = b.String(), head+" /Filter /FlateDecode"
	}
	return fmt.Sprintf("<<%s /Length %d>>\nstream\n%s\nendstream", head, len(data), data)
}

// meaning is the map from codes to characters.
func (p *paper) meaning() string {
	var b strings.Builder
	b.WriteString("begincmap\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n")
	for _, r := range slices.Sorted(maps.Keys(p.used)) {
		fmt.Fprintf(&b, "1 beginbfchar\n<%04x> <%04x>\nendbfchar\n", r, r)
	}
	b.WriteString("endcmap\n")
	return b.String()
}

func rc4With(key []byte, s string) string {
	c, err := rc4.NewCipher(key)
	if err != nil {
		panic(err)
	}
	out := make([]byte, len(s))
	c.XORKeyStream(out, []byte(s))
	return string(out)
}

const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// secure adds the dictionary of encryption (revision 3, 128 bits) and returns the key.
func (p *paper) secure(objects map[int]string) []byte {
	again := func(key []byte) []byte {
		for range 50 {
			sum := md5.Sum(key)
			key = sum[:]
		}
		return key
	}
	twenty := func(key []byte, s string) string {
		for i := range 20 {
			each := slices.Clone(key)
			for j := range each {
				each[j] ^= byte(i)
			}
			s = rc4With(each, s)
		}
		return s
	}
	sum := md5.Sum([]byte((p.owner + padding)[:32]))
	o := twenty(again(sum[:]), (p.password + padding)[:32])
	sum = md5.Sum([]byte((p.password + padding)[:32] + o + "\xfc\xff\xff\xff" + "abcd"))
	key := again(sum[:])
	sum = md5.Sum([]byte(padding + "abcd"))
	u := twenty(key, string(sum[:])) + padding[:16]
	objects[objEncrypt] = fmt.Sprintf("<</Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <%x> /U <%x>>>", o, u)
	return key
}

// set lays paragraphs out as an office does: lines of so many characters with the
// first one indented, so many lines to a page, a header and the number of the page.
func (p *paper) set(header, number string, paragraphs []string) {
	const size, left, top, pitch, perLine, perPage = 16, 79.5, 110, 28, 27, 22
	var lines []string
	for _, text := range paragraphs {
		rest := []rune(text)
		n := min(perLine-2, len(rest))
		lines = append(lines, "　　"+string(rest[:n]))
		for rest = rest[n:]; len(rest) > 0; rest = rest[n:] {
			n = min(perLine, len(rest))
			lines = append(lines, string(rest[:n]))
		}
	}
	pages := (len(lines) + perPage - 1) / perPage
	for i := range pages {
		var draw strings.Builder
		if header != "" {
			draw.WriteString(p.at(230, 60, 10.5, header))
		}
		for j, line := range lines[i*perPage : min(len(lines), (i+1)*perPage)] {
			draw.WriteString(p.at(left, top+pitch*float64(j), size, line))
		}
		if number != "" {
			draw.WriteString(p.at(280, 790, 10.5, strings.NewReplacer("N", fmt.Sprint(i+1), "ALL", fmt.Sprint(pages)).Replace(number)))
		}
		p.page(draw.String())
	}
}

// provisions are so many articles of our own.
func provisions(n int) (out []string) {
	for i := 1; i <= n; i++ {
		out = append(out, fmt.Sprintf("第%d条　委员应当按时参加全体会议、专题协商会和界别活动，因故不能参加的，应当在会前办理请假手续；第%d次缺席以后由专门委员会谈话提醒，并记入履职档案。", i, i%3+1))
		out = append(out, "（一）出席会议；")
	}
	return out
}

func convertPDF(t *testing.T, data []byte) *Document {
	t.Helper()
	doc, err := Bytes(context.Background(), "a.pdf", data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
