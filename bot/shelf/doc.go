// Package shelf is the office's library as staff keep it: papers come in, are looked
// at, and are published as rule files; versions are kept and can be told apart.
//
//	intake.go   files → papers: converted, recognised, nothing written; the file of a
//	            rule of a library as it is
//	draft.go    what each rule of a paper would be in the library: new, revised, corrected
//	publish.go  writing it: the paper first, then the old version, then the new one
//	takeback.go taking the last publication of a rule back
//	asked.go    asked-as lines: added, removed, approved anew; asked_undo.go and
//	            asked_learned.go take it back
//	learned.go  synonyms and fixed replies that staff add one at a time, and take back
//	edit.go     what staff change on a page: an article's heading and lines
//	            (edit_article.go), synonyms (edit_words.go), replies (edit_reply.go);
//	            made or only foreseen, and taken back (edit_undo.go)
//	log.go      what was published when, by whom, from which paper
//	name.go     ids of rules, out of their titles
//
// In the library it lays down rules/<id>.md, the version in force, of which an edit
// changes a heading or takes out a line and leaves every other byte; rules/<id>@<day>.md,
// versions that were; asked/<id>.txt, the approved asked-as lines of a rule;
// synonyms/learned.txt and talk/learned.toml; originals/<id>/, the papers as they came
// and the words that others took the place of, with originals/log.jsonl. Each is whole or
// not there: a file is written beside its place and moved, and a lock keeps two imports
// from meeting.
package shelf
