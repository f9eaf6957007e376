package admin

import (
	"mime"
	"net/http/httptest"
	"strings"
	"testing"
)

// Whatever is in the name of a file, it stays one header and names no folder.
func TestAttach(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"汇总 2026.docx": "汇总 2026.docx", "a\"b\r\nSet-Cookie: x=1.txt": "a_b__Set-Cookie_ x=1.txt", `..\..\x/y.docx`: ".._.._x_y.docx", "../../x": ".._.._x",
		`"q"; filename=z`: "_q_; filename=z", "\xff坏": "_坏", "a*?<>|": "a_____", "100%.md": "100%.md", "a\u202ecod.exe": "a_cod.exe", "a\x00\u0085b": "a__b", "": "",
	} {
		w := httptest.NewRecorder()
		attach(w, name, "text/plain")
		header := w.Header().Get("Content-Disposition")
		if strings.ContainsFunc(header, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("%q: %q", name, header)
		}
		kind, values, err := mime.ParseMediaType(header)
		if err != nil || kind != "attachment" || values["filename"] != want {
			t.Errorf("%q: %q is %s %q, %v", name, header, kind, values, err)
		}
	}
}
