package convert

import "fmt"

// Limits of one file, far above what a rule has. What is beyond them is refused
// with a sentence.
const (
	MaxFile  = 64 << 20 // bytes of the file as it lies on the disk
	MaxPart  = 64 << 20 // bytes of one part of an archive, unpacked
	MaxAll   = 256 << 20
	MaxPage  = 2_000
	MaxText  = 16 << 20 // bytes of text taken out of one file
	mebibyte = 1 << 20
)

// Options are what the person who imports may choose.
type Options struct {
	OCR        bool // read scanned pages with tesseract, if it is installed; the result is in doubt
	Simplified bool // fold traditional characters to simplified ones
}

// Document is what a reader took out of a file.
type Document struct {
	Format string // as people call it: Word, PDF, 网页 …
	// Text is one paragraph a line, in reading order. The cells of a row of a table
	// stand between |, as Markdown writes them, with a |---| line under the first.
	Text string
	// Wrapped tells that lines may end where the paper's lines did, in the middle of
	// a sentence: true of plain text and what was read off pages.
	Wrapped bool
	Notes   []Note
}

// Kind is what a note is about.
type Kind int

// The kinds of note.
const (
	Dropped Kind = iota // words of the file that are not in Text: page headers, page numbers, menus
	Added               // words in Text that the file holds as automatic numbers or markup
	Doubt               // Text may not be what the paper says: a scanned page, numbers that were lost
	Info                // how the file was read
)

// Note is one thing to know about how a file was read.
type Note struct {
	Kind  Kind
	Where string // 第3页, 第 12 段; "" for the whole file
	What  string // a sentence, in Chinese
}

// Error is why a file could not be read, in words for the person who has it.
type Error struct {
	What string // what is wrong
	Fix  string // what to do
}

func (e *Error) Error() string { return e.What + "，" + e.Fix }

func errorf(fix, format string, args ...any) *Error {
	return &Error{What: fmt.Sprintf(format, args...), Fix: fix}
}

func (d *Document) note(kind Kind, where, format string, args ...any) {
	d.Notes = append(d.Notes, Note{kind, where, fmt.Sprintf(format, args...)})
}
