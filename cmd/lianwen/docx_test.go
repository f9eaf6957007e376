package main

import (
	"archive/zip"
	"bytes"
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
	text := strings.TrimSuffix(ts.ReadFile(args[1]), "\n")
	ts.Check(putDocx(ts.MkAbs(args[0]), strings.Split(text, "\n")))
}

// putDocx writes a Word file with these paragraphs.
func putDocx(file string, paragraphs []string) error {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err != nil {
		return err
	}
	fmt.Fprint(w, `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for _, text := range paragraphs {
		fmt.Fprint(w, `<w:p><w:r><w:t xml:space="preserve">`)
		if err := xml.EscapeText(w, []byte(text)); err != nil {
			return err
		}
		fmt.Fprint(w, `</w:t></w:r></w:p>`)
	}
	fmt.Fprint(w, `</w:body></w:document>`)
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o600)
}
