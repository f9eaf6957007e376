// Package bot is what 廉问 does with a message and with a day.
//
// # A message
//
// A channel turns what its platform delivers into an Incoming and hands it to
// Bot.Handle; the Reply goes back the same way. A channel with many people keeps
// them apart by a Mailbox: one conversation waits for nobody else's, and room is
// bounded. What a channel must be able to do is Channel; what it can do beyond
// is Capabilities. Handle tries, in this order:
//
//  1. the pending step of this sender in this conversation: a digit, 上一条 or
//     下一条 stands for the command it was offered for (dialogue.go),
//  2. a single letter, which answers the question of the day (quiz.go),
//  3. the command table (command.go), from which help texts and the README's
//     table are made,
//  4. the index: a citation, a title, else a search (answer.go).
//
// One message is answered from one index and one corpus from beginning to end,
// even if the library is revised meanwhile. Words of the corpus reach the reply
// as they stand in the library.
//
// # A day
//
// Planner says what is due, from the library, the calendar and the meetings
// (plan.go, choose.go, calendar.go); it remembers nothing. Outbox sends it, each
// push at most once, and records what became of it (outbox.go, content.go). A
// question that goes out opens a Round; members answer it, are excused or do
// not, and Tally counts from these raw records whenever a number is wanted
// (tally.go). Questions whose articles change are suspended by a Reviewer
// (review.go).
//
// # State
//
// What must not be lost is behind Records; package ledger keeps it. In memory
// there is only, per conversation and sender, what was offered last, forgotten
// after StepLife: losing it costs a member one more question.
package bot
