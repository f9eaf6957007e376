// Package ledger keeps what must not be lost, in SQLite (a file in the data
// folder) or PostgreSQL. Both run the same statements.
//
//	member    the roster (花名册); who left keeps a row
//	identity  which sender of a channel is which member
//	code      binding codes, hashed; used up or expired ones are gone
//	attempt   wrong codes of the last hour
//	push      the outbox: one row a push (name, target, day), from the moment
//	          it is claimed, skipped or given up
//	pause     pushes that staff keep back
//	round     a question asked on a day, as it stood then
//	answer    a member's first answer to a round
//	excuse    members taken out of the count for some days
//	asked     questions that found nothing or only choices, without names;
//	          forgotten after bot.AskedLife
//	audit     what staff and binding changed; each row has the hash of the
//	          one before
//
// Times are milliseconds since 1970 in UTC, days are text, YYYY-MM-DD, in the
// configured zone. Migrations are applied when the ledger is opened; a ledger
// written by a newer program is refused. Rows are never deleted but for codes,
// attempts, questions, and the identity of who unbinds.
package ledger
