package convert

import (
	"fmt"
	"strings"
	"testing"
)

func spell(o operand) string {
	switch o.kind {
	case 'n':
		return fmt.Sprint(o.num)
	case '[':
		var list []string
		for _, e := range o.list {
			list = append(list, spell(e))
		}
		return "[" + strings.Join(list, " ") + "]"
	case 's':
		return fmt.Sprintf("%q", o.text)
	}
	return string(o.kind) + o.text
}

func TestLexer(t *testing.T) {
	tests := []struct{ in, want string }{
		{"1 -2.5 +.5 4. --3 1e", "1 -2.5 0.5 4 0 0"},
		{"BT/F1 12 Tf% no\n(a)Tj", `oBT /F1 12 oTf "a" oTj`},
		{`(a(b)\)\n\r\t\b\f\\\x\101\12\0053)`, "\"a(b))\\n\\r\\t\\b\\f\\\\xA\\n\\x053\""},
		{"(a\\\nb\\\r\nc\\\rd", `"abcd"`},
		{"<4 1\n42 5>", `"ABP"`},
		{"<41", `"A"`},
		{"[1 [(a)] /b", `[1 ["a"] /b]`},
		{"[1]2]", "[1] 2 o]"},
		{"<</A#42 1>>", "o<< /AB 1 o>>"},
		{"/A#4 /A#zz / 1", "/A#4 /A#zz / 1"},
		{"q\x00Q} { ) >f* '", "oq oQ of* o'"},
		{strings.Repeat("[", 40) + "1", strings.Repeat("[", 32) + "1" + strings.Repeat("]", 32)},
		{"", ""},
	}
	for _, tt := range tests {
		l := &lexer{data: []byte(tt.in)}
		var got []string
		for o := l.next(0); o.kind != 0; o = l.next(0) {
			got = append(got, spell(o))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%q: %s, want %s", tt.in, strings.Join(got, " "), tt.want)
		}
	}
}

func TestLongArray(t *testing.T) {
	for n, over := range map[int]bool{longArray: false, longArray + 1: true} {
		l := &lexer{data: []byte("[" + strings.Repeat("1 ", n) + "]q")}
		if list := l.next(0).list; len(list) != longArray || l.over != over || l.next(0).text != "q" {
			t.Errorf("of %d: %d kept, over %v", n, len(list), l.over)
		}
	}
}

func TestSkipImage(t *testing.T) {
	for in, want := range map[string]string{
		"/W 1 ID xEIx EI Q": "oQ",
		"/W 1 ID x EI":      "",
		"/W 1 ID x EIx":     "",
		"/W 1":              "/W 1",
		"":                  "",
	} {
		l := &lexer{data: []byte(in)}
		l.skipImage()
		if strings.HasPrefix(want, "/") {
			want = ""
		}
		if got := spell(l.next(0)); got != want && got != "\x00" {
			t.Errorf("%q: next is %q, want %q", in, got, want)
		}
	}
}

func TestCmap(t *testing.T) {
	m := readCmap([]byte(`/CIDInit /ProcSet findresource begin begincmap
2 begincodespacerange <00> <7f> <8000> <ffff> endcodespacerange
2 beginbfchar <41> <0041> <8001> <00660069> endbfchar
4 beginbfrange <8010> <8012> <4e00> <8020> <8022> [<4e01> <4e02>] <8030> <8031> <d840dc00> <9000> <8fff> <4e00> endbfrange
1 beginbfrange <00> <0001> <4e00> endbfrange
1 beginbfchar <8099> endbfchar endcmap`))
	want := map[string]string{"A": "A", "\x80\x01": "fi", "\x80\x10": "一", "\x80\x11": "丁", "\x80\x12": "丂", "\x80\x20": "丁", "\x80\x21": "丂",
		"\x80\x30": "𠀀", "\x80\x31": "𠀁", "\x80\x0f": "", "\x80\x13": "", "\x80\x22": "", "\x90\x00": "", "\x00": "", "\x10": "", "\x80\x99": ""}
	for code, text := range want {
		if got := m.text(code); got != text {
			t.Errorf("%x is %q, want %q", code, got, text)
		}
	}
	for s, n := range map[string]int{"A\x80": 1, "\x80\x01A": 2, "\x80": 1} {
		if got := m.width(s, 2); got != n {
			t.Errorf("width of %q: %d, want %d", s, got, n)
		}
	}
	if m := readCmap([]byte("1 beginbfrange <00000000> <ffffffff> <4e00> endbfrange")); m.text("\x00\x00\x00\x01") != "丁" {
		t.Error("four bytes are not read")
	}
}
