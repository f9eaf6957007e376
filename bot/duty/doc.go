// Package duty is what keeps 廉问 on duty besides the conversations: it runs a
// list of channels with one handler behind them, and passes on where each
// stands.
//
//	duty.go   channels, outbox, lease and board together, until the context ends
//	board.go  a channel's status → the state file that lianwen check reads, the
//	          QR code for whoever has to scan it, the alarm
//	alarm.go  an account is down, or back → the operator, by command or webhook;
//	          told.go keeps what was told, and how that went
//	lease.go  an account belongs to one process, where several share a ledger
//	watch.go  the library on disk → the index that answers
//
// It knows no platform: a channel is a name, a label and a Status. In the data
// folder it keeps, for each channel, NAME/state.json and, while one waits to be
// scanned, NAME/qr.png; both are written anew by the next start. alarms.jsonl there has
// what the operator was told in the last month, one alarm a line, for all processes; it
// can be deleted.
package duty
