// Package wechat is a channel over the web protocol of WeChat, by way of the
// client library openwechat. No other package imports that library.
//
// # What is used of the library
//
// Its Caller, which makes one request and decodes one response. The library's
// Bot is not used: it runs handlers inside its receive loop, dies with them,
// spins when the network is down, forgets who it is when logged out and looks
// people up over the network while it parses a message. The loop, the session
// and the parsing are here instead.
//
//	transport.go  below the library: where requests go, how long they may take,
//	              how often they may fail, what a response must look like
//	session.go    one login: by QR code or by what an earlier one left
//	receive.go    what the server has to say, until the login ends
//	convert.go    a payload → bot.Incoming; pure, as is mention.go
//	contacts.go   names, by the ids of the present login
//	send.go       one message at a time, slowly; what became of it
//	run.go        all of it together, login after login
//	channel.go    bot.Channel: one account, and the session it has now
//	store.go      what outlives the process; journal.go, message by message
//	clock.go      the server's time
//
// # What is kept
//
// In the channel's folder (all readable by their owner only): session.json with
// the cookies and keys of the login, the place in the stream of messages, the ids
// of messages already taken, and, when the program was stopped, the messages it
// had not dealt with and the replies it had not sent; it is replaced as a whole,
// at most once a second. And journal, a line for each message taken since, for
// each reply begun, for each message that needs nothing any more; it is gone
// after an orderly stop. A session that cannot be read is put aside and the QR
// code shown again. The file lock keeps a second process from using the same
// login.
//
// # How often a message is dealt with, and answered
//
// A message is on disk before it is dealt with, and dealt with as soon as it
// comes: what it records does not wait for what is said. Killed in between, the
// program deals with it once more at its next start, and tells the handler so
// (Incoming.Again). It is answered at most once: that a reply is being sent is on
// disk before it is sent, and one whose fate is unknown is logged, not repeated.
// While nothing can be written down, nothing is dealt with or answered.
//
// # Time
//
// Messages carry the server's time, so their age is told by the server's clock,
// as the Date of its answers gives it. While this machine's differs by minutes,
// pushes wait.
//
// # Ids
//
// WeChat's names for people and groups change with every scan of the QR code.
// They are good for answering, not for recognising anybody later.
package wechat
