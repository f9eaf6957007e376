package convert

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestMendPDF(t *testing.T) {
	tests := []struct{ in, want string }{
		{"%PDF-1.4\nx\n%%EOF\n", "%PDF-1.4\nx\n%%EOF"},
		{"%PDF-1.4\nx\n%%EOFjunk after", "%PDF-1.4\nx\n%%EOF"},
		{"junk%PDF-1.4\nx\n%%EOF", "%PDF-1.4\nx\n%%EOF"},
		{"%PDF-1.4 x\n%%EOF", "%PDF-1.7\nx\n%%EOF"},
		{"%PDF-2.0\nx\n%%EOF", "%PDF-1.7\nx\n%%EOF"},
		{"%PDF-1", "%PDF-1"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := string(mendPDF([]byte(tt.in))); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestCheckPDF(t *testing.T) {
	tests := []struct {
		in string
		ok bool
	}{
		{"<</Size 12 /Root 1 0 R>>", true},
		{"<</Size 999999 /Root 1 0 R>>", true},
		{"<</Size 1000000 /Root 1 0 R>>", false},
		{"<</Size 99999999999999999999 /Root 1 0 R>>", false},
		{"<</Params <</Size 2000000>>>>", true}, // of a file that is attached
		{"<</Type /ObjStm /N 9999999 /First 10>>", false},
		{"<</Type /XRef /W [1 9999999 2]>>", false},
		{"<</Type /XRef /W [1 3 2] /Index [0 5 9999999 1]>>", false},
		{"<</Type /XRef /W [1 3 2] /DecodeParms <</Columns 9999999>>>>", false},
		{"<</Type /XRef /W [1 3 2] /Index [0 500000 9999999 1]>>", false},
		{"<</Type /Font /W [1 9999999 2]>>", true},
		{"xref\n0 1\n0000000000 65535 f \n9999999 1\n0000000000 00000 n \n", false},
		{"xref\n0 1\n0000000000 65535 f \n10 1\n0000000000 00000 n \n", true},
	}
	for _, tt := range tests {
		if err := checkPDF([]byte(tt.in + "\nstartxref\n0\n%%EOF")); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.in, err)
		}
	}
}

func TestGuardedFile(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	f := &guardedFile{ctx: ctx, data: []byte("abcdef"), room: 12}
	p := make([]byte, 4)
	for _, tt := range []struct {
		at   int64
		want string
		err  error
	}{{0, "abcd", nil}, {4, "ef", io.EOF}, {6, "", io.EOF}, {0, "", errLoop}} {
		n, err := f.ReadAt(p, tt.at)
		if string(p[:n]) != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("at %d: %q, %v, want %q, %v", tt.at, p[:n], err, tt.want, tt.err)
		}
	}
	f.room = 1000
	if _, err := f.ReadAt(p, -1); !errors.Is(err, io.EOF) {
		t.Errorf("before the beginning: %v", err)
	}
	var deep func(n int) error
	deep = func(n int) error {
		if n > 0 {
			return deep(n - 1)
		}
		_, err := f.ReadAt(p, 0)
		return err
	}
	if err := deep(100); err != nil {
		t.Errorf("a little deep: %v", err)
	}
	if err := deep(deepCalls); !errors.Is(err, errLoop) {
		t.Errorf("too deep: %v", err)
	}
	cancel()
	if _, err := f.ReadAt(p, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}

// Objects that lead in a circle end, and cost no more than their file.
func TestPDFCircles(t *testing.T) {
	p := &paper{plain: true}
	p.set("", "", provisions(1))
	data := string(p.bytes())
	turn := func(old, new string) string {
		if len(old) != len(new) || !strings.Contains(data, old) {
			t.Fatalf("%q is not to be had", old)
		}
		return strings.Replace(data, old, new, 1)
	}
	tests := map[string]string{
		"a table that comes before itself": strings.Replace(data, " /Root", " /Prev "+strings.TrimSpace(data[strings.LastIndex(data, "startxref")+10:strings.LastIndex(data, "%%EOF")])+" /Root", 1),
		"a stream as long as itself":       turn("/Contents 9 0 R", "/Contents 8 0 R"),
		"a form that draws itself":         turn("/Im1 6 0 R", "/F   6 0 R"),
	}
	for name, in := range tests {
		t.Run(name, func(t *testing.T) {
			doc, err := Bytes(context.Background(), "a.pdf", []byte(in), Options{})
			var said *Error
			if err != nil && !errors.As(err, &said) {
				t.Errorf("%v, %v", doc, err)
			}
		})
	}
}

func TestPDFFormsInACircle(t *testing.T) {
	p := &paper{plain: true}
	p.extra = map[string]string{"Fm1": p.stream("/Type /XObject /Subtype /Form", p.at(80, 100, 16, "一")+"/Fm1 Do /Fm1 Do")}
	p.page("/Fm1 Do")
	doc := convertPDF(t, p.bytes())
	if doc.Text == "" || len(doc.Notes) != 1 || doc.Notes[0].Kind != Doubt {
		t.Errorf("%q, %v", doc.Text, doc.Notes)
	}
}
