// Package bot is what 廉问 does with a message.
//
// A channel turns what its platform delivers into an Incoming and hands it to
// Bot.Handle; the Reply goes back the same way. A channel with many people keeps
// them apart by a Mailbox: one conversation waits for nobody else's, and room is
// bounded. What a channel must be able to do is Channel; what it can do beyond
// is Capabilities. Handle tries, in this order:
//
//  1. the pending step of this sender in this conversation: a digit, 上一条 or
//     下一条 stands for the command it was offered for (dialogue.go),
//  2. the command table (command.go), from which help texts and the README's
//     table are made,
//  3. the index: a citation, a title, else a search (answer.go).
//
// One message is answered from one index and one corpus from beginning to end,
// even if the library is revised meanwhile.
//
// Words of the corpus reach the reply as they stand in the library. Everything
// else the bot says is in answer.go and the commands.
//
// State is kept in memory only: per conversation and sender the offered digits
// and the article last shown, forgotten after StepLife. Losing it costs a
// member one more question.
package bot
