// Package talk is what 廉问 does with a message: a bot.Incoming → a bot.Reply.
//
// Bot.Handle (talk.go) begins a turn (turn.go): the index and the corpus that are
// current, which one message is answered from to its end, and what its sender was
// offered last. A turn tries (dispatch.go), in this order:
//
//  1. the pending state of this sender in this conversation: a digit stands for
//     the message it was offered for (dialogue.go),
//  2. a single letter, which answers what its sender was surely asked (letter.go,
//     quiz.go), or is asked back,
//  3. a binding code, in whatever form people write it (code.go),
//  4. the command table, whose columns say who may give a command and where, and
//     from which help texts and the README's table are made (command.go), and other
//     ways of saying the one for being sent nothing any more (mute.go),
//  5. the library's fixed replies, for what is no question about a rule (reply.go),
//  6. the index: a citation, a title, else a search, with what was asked before
//     when the message leans on it (answer.go).
//
// What was found is put on a first screen (screen.go): the words that answer, where
// they stand (cite.go), and what digits lead to (compose.go).
//
// Words of the corpus reach the reply as they stand in the library. What staff
// command is done by package staff; here it is only put into words (staff.go,
// learn.go). What a digit has led to from a question is kept with it (asked.go).
//
// Bot.Try answers a message without records and says how the answer came about (try.go).
//
// In memory there is only, per conversation and sender, what digits stand for and
// what was talked about last, forgotten after StateLife: losing it costs a member
// one more question. All else is in the ledger, behind Config.Desk, which question
// a member's letter answers among it: nothing is recorded of which that is not
// sure. What could not be recorded is said to be so; what need not be recorded
// does not wait for the ledger (within.go).
package talk
