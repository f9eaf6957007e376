// Package lines makes asked-as lines (问法) for an office's own rules: lines are
// proposed, by a model or by hand, checked, approved by a person, and only then answer.
//
//	draft.go    what is proposed, and the states it goes through
//	store.go    where it is kept
//	check.go    what sets a line apart before a person sees it; words.go by its words
//	approve.go  from the drafts into the library, and back
//	standing.go how far the rules are; waiting.go how many lines wait for a person
//	wanting.go  which articles lines are to be asked for
//	prompt.go   how a model is asked, in the standard words (prompt.txt) or the office's own
//	asking.go   asking a model article by article
//	answer.go   what of its answer is a line, and why not; said.go line by line
//	sheet.go    the same by files that a person takes to a model, and their answers
//
// A line is proposed for an article, and for its words: when those change, it is of no
// use any more and the article may be drafted anew. Check lets it through (Proposed) or
// sets it apart with a reason (Apart), from where a person may still take it. A person
// takes it (Approved) or leaves it (Declined); both stay on record, so that it is not
// proposed again. An article for which nothing could be made is on record as Failed.
//
// The drafts of a rule are in data_dir/lines/<rule>.jsonl, one event a line, appended
// and never rewritten; the last event of a line is its state. A program that was killed
// leaves at most its last line torn, which is passed over. A lock keeps two programs
// from writing at a time. Nothing of a rule marked internal is ever in a prompt. Approved lines are in the library, asked/<rule>.txt (package
// shelf); the folder of drafts can be deleted at the cost of what nobody has approved yet.
package lines
