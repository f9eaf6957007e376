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
//	store.go      what outlives the process
//
// # What is kept
//
// In the channel's folder: session.json (readable by its owner only) with the
// cookies and keys of the login, the place in the stream of messages, the ids of
// messages already taken, and, when the program was stopped, the questions it
// had not answered. It is replaced as a whole after every batch of messages. A
// file that cannot be read is put aside and the QR code shown again. The file
// lock keeps a second process from using the same login.
//
// # How often a message is answered
//
// At most once. A message's id is on disk before it is answered, and a reply
// whose fate is unknown is logged, not repeated. Stopped in an orderly way, the
// program leaves unanswered questions to its next start; killed, it forgets
// them.
//
// # Ids
//
// WeChat's names for people and groups change with every scan of the QR code.
// They are good for answering, not for recognising anybody later.
package wechat
