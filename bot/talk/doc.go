// Package talk is what 廉问 does with a message: a bot.Incoming → a bot.Reply.
//
// Bot.Handle (talk.go) begins a turn (turn.go): the index and the corpus that are
// current, which one message is answered from to its end, and what its sender was
// offered last. A turn tries (dispatch.go), in this order:
//
//  1. the pending state of this sender in this conversation: a digit stands for
//     the message it was offered for (dialogue.go),
//  2. a single letter, which answers the question of the day (quiz.go),
//  3. the command table, whose columns say who may give a command and where, and
//     from which help texts and the README's table are made (command.go),
//  4. the index: a citation, a title, else a search (answer.go).
//
// Words of the corpus reach the reply as they stand in the library. What staff
// command is done by package staff; here it is only put into words (staff.go).
//
// In memory there is only, per conversation and sender, what was offered last,
// forgotten after StateLife: losing it costs a member one more question. All
// else is in the ledger, behind Config.Desk.
package talk
