// Package ledger keeps what must not be lost, in SQLite (a file in the data
// folder) or PostgreSQL. Both run the same statements.
//
//	member    everybody who was ever on the roster (花名册)
//	tenure    from when until when they were on it; the view roster has each
//	          member with the last
//	identity  which sender of a channel is which member
//	code      binding codes, hashed; used up or expired ones are gone
//	attempt   wrong codes of the last hour
//	push      the outbox: one row a push (name, target, day), from the moment
//	          it is claimed, skipped or given up
//	pause     pushes that staff keep back
//	draft     what staff have decided on the texts of pushes that need approval: one
//	          row a push, day and text; who chose or wrote it, who approved it
//	told      what staff are told once, and have been told
//	mute      members who want nothing sent in private that they have not asked
//	          for, and since when; in no list and not in the audit
//	round     a question asked on a day, as it stood then, and why it counts
//	          for nobody, if it does not
//	answer    a member's first answer to a round
//	offer     which question a member was shown last in a place, so that a letter
//	          answers that one; forgotten after OfferLife
//	excuse    members taken out of the count for some days, or put back into
//	          it; of the rows that cover a day the last holds
//	correction  what staff say of a member and a round against the other rows,
//	          with a reason; the one recorded last holds
//	activity, attendance  what else members took part in, entered by staff
//	approval  what the articles of a question were when it was last found right,
//	          and since when it is suspended because they have changed
//	asked     questions that found nothing or only choices, without names;
//	          forgotten after AskedLife
//	feedback  answers that people called of use or not, kept in the same way
//	chosen    articles that people went on to by a digit after a question, kept in
//	          the same way
//	settled   what staff did about questions in vain, so that it can be undone;
//	          forgotten after AskedLife, when the questions are
//	held      how many texts a day were held back at the gate, by channel, kind and
//	          direction; nothing of them, and nobody
//	lease     which process an account belongs to, until when
//	web_account  accounts of the staff's page; passwords and links are hashed
//	web_attempt  attempts to log in there that failed, by the hash of the name;
//	          forgotten after a day
//	web_session  sessions there, by the hash of their token; forgotten when they
//	          expire, and when a backup takes the ledger's place
//	audit     what staff and binding changed; each row has the hash of the
//	          one before
//	origin    which ledger this is, which generation of it, how many starts,
//	          pushes and backups it has seen and how many rows the audit has
//	gap       times of which the ledger does not know what went out, because a
//	          backup took another's place
//	sealed    rounds that no answer is taken to any more, by the row of the audit that
//	          has their digest
//	closed, closed_change  periods whose figures are final, as they were then, and
//	          what changed since, numbered
//
// Where the audit ends, its head, is kept outside the table too: after each commit that
// adds a row in ledger.id, in every backup and in ledger.heads which has a line for
// each, and on every report. A process that dies in between leaves a head that lags
// behind, as does another process on the same database; a true row of the audit it is
// all the same. Verify compares (verify.go): rows that were cut off the end, or written
// anew from some row on, are noticed, whatever was put right in the table. Where a
// backup takes the ledger's place the audit tells who did so and from which row on
// (return.go): heads of rows that are gone with the other ledger are then no sign of
// anything.
//
// Of the rows beside the audit these are covered too. About once a week, when a round is
// opened, those that have closed are sealed (seal.go): the digest of them and their
// answers, and of the leave and the corrections recorded since the seal before, goes
// into the audit; those recorded since the last are compared with what the audit tells
// of each (verify_entered.go). Closing a period puts the digest of its figures, and of its rounds and
// answers, into the audit; from then on every figure must be what was closed and
// numbered, so that a change by hand of the roster or of activities is noticed as well
// (verify_closed.go).
//
// What cannot be noticed from here: a data folder that was changed as a whole, with
// ledger.id and ledger.heads; a row written by hand that tells of a backup taking the
// ledger's place, which stands in the history for everybody to see; what was changed
// before a head, a seal or a closing covered it; the roster and activities of days that
// no closed period has, and the name, 界别 and 专委会 of a member in the roster (a closed
// period has its own); and all that nobody counts, such as pushes and accounts. Against the first two
// the heads in backups that are kept elsewhere, and on reports, are the remedy
// (trace.go).
//
// Beside the ledger, in the data folder, ledger.id has the origin as it was seen
// last, also of a ledger in PostgreSQL (beside.go, origin.go): one that is gone,
// an older copy or a foreign one is refused until somebody restores a backup,
// accepts what is there, or begins anew (restore.go). Each of these marks a gap,
// and what may have gone out in it is uncertain, not sent again. ledger.lock is
// shared by all who use the ledger and held alone by whoever puts another in its
// place. Look sees all this and changes nothing.
//
// Times are milliseconds since 1970 in UTC, days are text, YYYY-MM-DD, in the
// configured zone. Migrations are applied when the ledger is opened; a ledger
// written by a newer program is refused. Rows are never deleted but for codes,
// attempts, offers, questions, ratings, choices and what was done about them, the
// identities of who unbinds and those of logins long past, the wishes to be sent
// nothing that were taken back, activities that staff strike out, and of the staff's
// page the accounts that are removed, sessions and attempts.
package ledger
