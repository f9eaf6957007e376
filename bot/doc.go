// Package bot is the words that channels and the rest of 廉问 share.
//
// A channel turns what its platform delivers into an Incoming and hands it to a
// Handler; the Reply goes back the same way. What every channel must be able to
// do is Channel, what it can do beyond is Capabilities, where it stands is
// Status. A Mailbox keeps many people apart: one conversation waits for nobody
// else's, and room is bounded. Seen recognises messages that come again. Split
// cuts a text for a platform that takes only short ones. Target is whom a push
// goes to. Key is what spellings of a number or a name are compared by. An *Error is
// an error that may be read by the person it befell.
//
// What must not be kept in a chat (package secrecy) is kept out by three things: Sift,
// which a channel calls, leaves of such a message only what kind it was; an Incoming is
// sifted when it is written down as JSON; and Gated stands between every channel and
// the rest, in both directions.
//
// The package imports nothing else of the program and keeps nothing; Mailbox and Seen
// live as long as the channel that made them.
package bot
