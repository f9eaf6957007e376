// Package office reads and writes the files that an office works with: the
// roster and the list of activities come in (xlsx, csv) and go out to be filled in;
// the report goes out (xlsx, docx from a template that can be replaced, and a form
// for each member), and so do the comparison of two versions of a rule and the list
// of what is to be approved (docx). It keeps nothing: what it reads is returned whole
// or refused whole, with everything that is wrong.
package office
