// Package corpus is what the bot knows: the rules, stories, notices and
// questions of a library, read from plain files that people edit, and checked.
//
// A library is a folder (or one file) as described in library/README.md. Read
// turns it into a Corpus; every problem in it is found in one pass and named
// as file:line with what is wrong and what to do. What cannot be used is left
// out and the rest can be used: no file keeps another out. A Corpus is immutable once
// read: a revision of the library is a new Corpus, so readers need no locks.
//
// Article texts are kept as the bytes of the source file, from 第X条 to the
// last character of the article; only a byte order mark is dropped and line
// ends are made LF when a file is read, and of a plain text's markdown the
// asterisks around 第X条 go too. What the library adds to the document is no part of
// them: headings in 【】, and the lines that people ask. Everything a person is shown as a quotation is
// a substring of such a text.
//
// Asked-as lines that were approved later stand in files of their own, asked/<rule-id>.txt
// (AskedFile). They go with the words they were approved for, under whatever number the
// version in force has them; when it has them no more, the lines wait (Suspended).
//
// Headings and lines are changed in the bytes of a rule's file, every other byte left as it
// is, and what comes of it is read again before anybody has it (SetHeading, DropAsked).
//
// The package lays down nothing on disk. Corpus.Digest identifies the content
// and is what derived data (the index) is compared with.
package corpus
