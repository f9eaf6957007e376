// Package day is what 廉问 does with a day: what is due, what it says, whether it
// went out.
//
// Planner is pure: from the library, the calendar and the meetings it says what
// is due when, and says the same tomorrow (plan.go, choose.go, calendar.go).
// Schedule is a planner over the library and the records as they are when it is
// asked; what it has nothing for it says as well (lack.go). Outbox sends what is due over the channels, each push at most once, and
// records what became of it (outbox.go, send.go). Groups and people get no more
// than Caps allow, counted over all channels and processes, and what is for an
// occasion goes first (caps.go); nothing goes to a member who does not want it, and
// nothing tells who that is (mute.go). What may have gone out while the
// records knew nothing it calls uncertain (gap.go); contents makes the texts, and
// opens the round of a question that goes out (content.go, text.go). What needs
// approval is drafted from the plan as it is looked at, with what staff have decided
// on it (draft.go, replace.go), and kept back until it is approved (sign.go). Reviewer
// suspends questions whose articles have changed (review.go).
//
// The package keeps nothing of its own: what must not be lost is in the ledger.
// Outbox.Run works until its context ends; a push under way is seen to its end
// and recorded first.
package day
