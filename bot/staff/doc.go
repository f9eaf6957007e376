// Package staff is what staff can do, once: functions with typed results, called
// by chat commands, the command line and the page alike, which only put them
// into words. Everything that changes something takes the Actor who does it and
// is in the audit; what may not be done is a *bot.Error that says so.
//
//	push.go       pushes: look, pause, resume, resolve; skip.go: of a day; pushnow.go: now
//	timeline.go   some days of pushes, by where each stands; next.go: what to do about it
//	chores.go     what there is to be done, and what will be missing
//	draft.go      what pushes that need approval will say: look; sign.go: approve,
//	              withdraw, put other contents or words in their place
//	private.go    what of pushes to single members is not told
//	question.go   suspended questions: look, approve
//	member.go     codes, leave, corrections
//	people.go     who is on the roster, bound or not; unbind; person.go: one of them
//	activity.go   activities: what a file would change, changing it; strike one out
//	roster.go     the roster: what a file would change, and changing it
//	report.go     participation, one's own record, history, where it ended once
//	figures.go    who took part, by month and by group; a report of one member
//	explain.go    a figure of a report opened to its rows; figure.go: which one
//	closed.go     periods whose figures are final
//	unanswered.go what was asked in vain; cluster.go: questions that are asked in
//	              much the same words (gather.go: how they are put together)
//	learn.go      what is done about them: a line, a synonym, a fixed reply, none of
//	              our business; undo.go takes it back
//	edit.go       what helps finding, changed in the library and taken back;
//	              effect.go: which answers that would change, before it is done
//	judged.go     questions of which staff know the answer
//	code.go       binding codes where people write them
//	shelve.go     papers into the library, looked at and published; taking them back
//	account.go    accounts of the page; login.go: logging in, links and passwords;
//	              password.go: which will do, and how they are hashed
//	library.go    what is answered from; have the index built anew
//	backup.go     copies of the ledger: make, list, take, delete
//
// The package keeps nothing of its own but how the last rebuilding went, and the library
// as it was read last.
package staff
