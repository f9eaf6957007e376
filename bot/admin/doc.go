// Package admin is the page of the staff: what package staff can do, with a
// picture. It is rendered here and needs no JavaScript; htmx keeps what is live
// up to date.
//
//	server.go    what it is made of, and serving it
//	routes.go    every path, and the least role that may
//	guard.go     what comes before a handler: headers, origin, session, role, size
//	client.go    which machine a request is from, and how often passwords may be tried
//	             from it
//	session.go   who is logged in; login.go: logging in and out; welcome.go: setting
//	             a password by a link
//	render.go    a template with its data → a page; fail.go: an error → a page; send.go: a
//	             file to be kept
//	job.go       what takes longer than a person should wait for an answer
//	logbook.go   the log of the last day, in memory
//	counters.go  what a monitor counts; monitor.go: how things stand, for one;
//	             exposition.go: how figures are written
//	try.go       试问: as in a private chat, and why; trial.go: the why in words;
//	             tries.go: the last 200; judged.go: questions of known answer
//	unanswered.go 未答问题; settled.go: what was done about them; articles.go:
//	             finding an article to pick
//	static.go    style sheets and scripts, under names that change with them
//
// Each page has a file with its routes and handlers, a template of that name in
// templates/, and, where it needs them, a style sheet and a script in static/.
// What it shows and does comes from other packages; here it is put into words.
//
// Of its own it keeps, in memory, the results of jobs for two hours, the log of a day,
// what is counted, and what check has found last; and in the data folder what was
// tried last (tries.json) and how the judged questions fared last (judged-last.json):
// deleting either costs nothing else. Sessions and accounts are in the ledger, papers
// that wait to be published (uploads/, a folder for each program that runs) and backups
// in the data folder.
package admin
