package main

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// writeDocx FILE TEXT: writes a Word file with a paragraph for each line of TEXT.
func writeDocx(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: docx file text")
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	z := zip.NewWriter(f)
	w, err := z.Create("word/document.xml")
	ts.Check(err)
	_, err = fmt.Fprint(w, `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	ts.Check(err)
	for line := range strings.SplitSeq(strings.TrimSuffix(ts.ReadFile(args[1]), "\n"), "\n") {
		_, err = fmt.Fprint(w, `<w:p><w:r><w:t xml:space="preserve">`)
		ts.Check(err)
		ts.Check(xml.EscapeText(w, []byte(line)))
		_, err = fmt.Fprint(w, `</w:t></w:r></w:p>`)
		ts.Check(err)
	}
	_, err = fmt.Fprint(w, `</w:body></w:document>`)
	ts.Check(err)
	ts.Check(z.Close())
}
