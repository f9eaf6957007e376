package convert

import (
	"bytes"
	"context"
	"errors"
	"io"
	"regexp"
	"runtime"
	"strconv"
)

// What the library may be let do with one file.
const (
	// Bytes it may read, and times the file's own length: it reads an object anew each
	// time it is asked for.
	leastReading, readings = 128 << 20, 64
	deepCalls              = 400 // frames; objects that refer to themselves have no end
)

// guardedFile is a file in memory that stops being readable when the reader of it is
// in a loop: it asks too much, too deep, or for longer than anybody waits. The
// library panics on that, which ends it.
type guardedFile struct {
	ctx  context.Context
	data []byte
	room int64
}

var errLoop = errors.New("the file leads in a circle")

func (f *guardedFile) ReadAt(p []byte, off int64) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	var calls [deepCalls]uintptr
	if f.room -= int64(len(p)); f.room < 0 || runtime.Callers(0, calls[:]) == deepCalls {
		return 0, errLoop
	}
	if off < 0 || off >= int64(len(f.data)) {
		return 0, io.EOF
	}
	n := copy(p, f.data[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// mendPDF makes a file such as the library accepts: it must begin with its header,
// of a version it knows, and end with its mark.
func mendPDF(data []byte) []byte {
	if i := bytes.Index(data[:min(len(data), 1024)], pdfMagic); i > 0 {
		data = data[i:]
	}
	if i := bytes.LastIndex(data, []byte("%%EOF")); i > 0 {
		data = data[:i+len("%%EOF")]
	}
	if len(data) < 10 || data[8] == '\r' || data[8] == '\n' {
		if !bytes.HasPrefix(data, []byte("%PDF-2.")) {
			return data
		}
	}
	data = bytes.Clone(data)
	copy(data, "%PDF-1.7\n")
	return data
}

var (
	// A million objects or more: the library makes room for as many as the file says
	// it has, and no paper has them.
	hugeNumber = regexp.MustCompile(`/(?:Size|N|Columns|First)\s+\d{7,}|/(?:W|Index)\s*\[[\s\d]*\d{7,}[\s\d]*\]`)
	hugeTable  = regexp.MustCompile(`(?:^|[\r\n])[ \t]*\d{7,}[ \t]+\d+[ \t]*[\r\n]+\d{10} \d{5} [nf]`)
	startTable = regexp.MustCompile(`^startxref\s+(\d+)`)
	previous   = regexp.MustCompile(`/Prev\s+(\d+)`)
	ofObjects  = regexp.MustCompile(`/(XRef|ObjStm|Root)\b`)
)

// checkPDF refuses files whose tables of objects would take more room than any
// paper's: the library believes what they say of their size.
func checkPDF(data []byte) error {
	for _, m := range hugeNumber.FindAllIndex(data, -1) {
		if ofObjects.Match(data[max(0, m[0]-1000):min(len(data), m[1]+1000)]) {
			return brokenPDF()
		}
	}
	rest := data
	for {
		_, after, ok := bytes.Cut(rest, []byte("xref"))
		if !ok {
			return checkTables(data)
		}
		table, _, _ := bytes.Cut(after, []byte("trailer"))
		if hugeTable.Match(table) {
			return brokenPDF()
		}
		rest = after[len(table):]
	}
}

// checkTables refuses a file whose tables of objects lead back to each other, which
// the library would follow for as long as it may.
func checkTables(data []byte) error {
	at := bytes.LastIndex(data, []byte("startxref"))
	if at < 0 {
		return brokenPDF()
	}
	next := startTable.FindSubmatch(data[at:])
	seen := map[string]bool{}
	for next != nil {
		place := string(next[1])
		n, err := strconv.Atoi(place)
		if seen[place] || err != nil || n >= len(data) {
			return brokenPDF()
		}
		seen[place] = true
		next = previous.FindSubmatch(data[n : n+tableEnd(data[n:])])
	}
	return nil
}

// tableEnd is where the head of a table's stream ends, or the trailer of a table.
func tableEnd(data []byte) int {
	end := len(data)
	for _, mark := range []string{"stream", "startxref"} {
		if i := bytes.Index(data[:end], []byte(mark)); i >= 0 {
			end = i
		}
	}
	return end
}
