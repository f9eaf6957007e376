// Package convert reads an office's papers: Word, WPS, PDF, OFD, web pages, plain
// text in any encoding, tables of articles. What it returns is the paper's words in
// reading order, one paragraph a line, and what a person should know about them:
// what was left out, what was added by the paper's own numbering, what is in doubt.
// It recognises no structure: that is corpus's business, for these texts as for any.
//
// It lays down nothing and keeps nothing. Files come from anywhere: every reader is
// bounded in size, pages, nesting and time, and what panics costs its file alone.
package convert
