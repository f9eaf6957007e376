package bot

import (
	"context"
	"errors"
	"slices"
	"time"

	"lianwen/corpus"
)

// PushState is what became of a push. A push that was never due has no record.
type PushState string

// The states. Every push ends in one of the last four; claimed and waiting are
// on the way there.
const (
	PushClaimed   PushState = "claimed"   // somebody is sending it
	PushWaiting   PushState = "waiting"   // refused for now, to be tried again
	PushSent      PushState = "sent"      // the platform has taken it
	PushFailed    PushState = "failed"    // surely not delivered
	PushSkipped   PushState = "skipped"   // too late, or too many, or nothing to send
	PushUncertain PushState = "uncertain" // nobody knows; never sent again by itself
)

// PushRecord is a push with what became of it.
type PushRecord struct {
	Push
	State     PushState
	MessageID string    // the platform's
	Detail    string    // why, for people
	At        time.Time // of the last change
	NextTry   time.Time // of a waiting one
}

// Records is what must not be lost. Package ledger keeps it, in SQLite or in
// PostgreSQL; what two processes do at once is decided by the database.
type Records interface {
	PushRecords
	MemberRecords
	RoundRecords
	AskedRecords
	ReviewRecords
	ActivityRecords
	// Note adds to the audit: who did what, when.
	Note(ctx context.Context, actor, action, detail string, now time.Time) error
}

// PushRecords is the outbox.
type PushRecords interface {
	// ClaimPush makes a push this process's to send. It returns false when
	// another has it, when it is done, or when its next try is not due.
	ClaimPush(ctx context.Context, p Push, now time.Time) (bool, error)
	// SettlePush says what became of a push, for whoever has claimed it.
	SettlePush(ctx context.Context, r PushRecord) error
	// SkipPush ends a push that nobody has claimed, or that waits, or makes it
	// wait. It returns false when it came too late.
	SkipPush(ctx context.Context, r PushRecord) (bool, error)
	// AbandonPushes makes claims from before a time uncertain: who made them
	// has crashed. It returns them.
	AbandonPushes(ctx context.Context, before, now time.Time) ([]PushRecord, error)
	// ResolvePush makes an uncertain push sent or failed, because somebody has
	// looked. It returns false when it is not uncertain.
	ResolvePush(ctx context.Context, r PushRecord, actor string) (bool, error)
	// Pause keeps a push back, or lets it go again; Paused are those kept back.
	Pause(ctx context.Context, name string, on bool, actor string, now time.Time) error
	Paused(ctx context.Context) ([]string, error)
	// Pushes are the records of some days, by time.
	Pushes(ctx context.Context, from, to corpus.Date) ([]PushRecord, error)
}

// Member is one of the roster.
type Member struct {
	Number    string
	Name      string
	Sector    string // 界别
	Committee string // 专委会
	Staff     bool   // 工作人员, else 委员
	Phone     string
	Tenure    // the last
}

// Tenure is a time on the roster.
type Tenure struct {
	Joined corpus.Date // first day on it
	Left   corpus.Date // first day off it; "" while on it
}

// Tenures are all times of all members, by number: who comes back was not
// there in between, and was there before.
type Tenures map[string][]Tenure

// On reports whether a member was on the roster on a day.
func (t Tenures) On(number string, day corpus.Date) bool { return t.Within(number, day, day) }

// Within reports whether a member was on the roster on one of some days.
func (t Tenures) Within(number string, from, to corpus.Date) bool {
	return slices.ContainsFunc(t[number], func(t Tenure) bool { return t.Joined <= to && (t.Left == "" || t.Left > from) })
}

// Errors of binding and answering, for a caller that has to decide.
var (
	ErrNoCode   = errors.New("no such code, or it has expired")
	ErrTooMany  = errors.New("too many attempts")
	ErrNoMember = errors.New("no such member")
	ErrNoRound  = errors.New("no such round")
	ErrAnswered = errors.New("answered already")
	ErrClosed   = errors.New("the round is closed, or void")
)

// MemberRecords is who is who.
type MemberRecords interface {
	// ImportMembers makes the roster what list says: new ones are added, known
	// ones changed, those who are not in it leave as of day. It does all or
	// nothing.
	ImportMembers(ctx context.Context, list []Member, day corpus.Date, actor string, now time.Time) (added, changed, left int, err error)
	// Members is the roster, those who left included, by number; Tenures has
	// since when and until when.
	Members(ctx context.Context) ([]Member, error)
	Tenures(ctx context.Context) (Tenures, error)
	// NewCodes makes a binding code for each of the members; what they had
	// before is void.
	NewCodes(ctx context.Context, codes map[string]string, expires time.Time, actor string, now time.Time) error
	// Bind uses a code up and binds its member to a sender. Guessing is
	// bounded: ErrTooMany after ten wrong codes of a sender within an hour.
	Bind(ctx context.Context, channel, sender, code string, now time.Time) (Member, error)
	// Unbind forgets who a sender is.
	Unbind(ctx context.Context, channel, sender string, now time.Time) error
	// Identify is the member that a sender is bound to, or ErrNoMember.
	Identify(ctx context.Context, channel, sender string) (Member, error)
	// Recognize binds a sender to a member who was bound on this channel
	// before, because of what the operator has noted. It returns ErrNoMember
	// for anybody else.
	Recognize(ctx context.Context, channel, sender, number string, now time.Time) (Member, error)
	// Holdings is how much is kept about a sender, the member they are bound to
	// ("": none), and what they asked as askers.
	Holdings(ctx context.Context, channel, sender, number string, askers []string) (Holdings, error)
	// Senders are those that a member is bound to, newest first.
	Senders(ctx context.Context, channel, number string) ([]string, error)
}

// Round is one question asked on one day.
type Round struct {
	ID       string // the day
	Question corpus.Question
	Opened   time.Time
	Closes   time.Time
	Void     string // why it counts for nobody; "" while it does
}

// Participation is how a member stands to a round.
type Participation string

// There are three, and no others.
const (
	Took    Participation = "took"    // answered, right or wrong
	Excused Participation = "excused" // leaves the count
	Absent  Participation = "absent"
	NotDue  Participation = "" // not on the roster that day
)

// Reply to a round: the first counts.
type RoundAnswer struct {
	Round   string
	Member  string
	Choice  int
	Correct bool
	At      time.Time
}

// RoundRecords is the daily question and who took part.
type RoundRecords interface {
	// OpenRound records that a question is asked on a day. A second call for
	// the day returns what the first recorded.
	OpenRound(ctx context.Context, r Round) (Round, error)
	// Round is a round, or ErrNoRound; "" is the newest that is open.
	Round(ctx context.Context, id string, now time.Time) (Round, error)
	// Answer records a member's first answer to a round. For a later one it
	// returns the first and ErrAnswered.
	Answer(ctx context.Context, a RoundAnswer) (RoundAnswer, error)
	// Excuse takes a member out of the count from one day to another.
	Excuse(ctx context.Context, member string, from, to corpus.Date, reason, actor string, now time.Time) error
	// Rounds are the rounds of some days, by day.
	Rounds(ctx context.Context, from, to corpus.Date) ([]Round, error)
	// Answers are the answers to the rounds of some days; Excuses who was
	// excused then.
	Answers(ctx context.Context, from, to corpus.Date) ([]RoundAnswer, error)
	Excuses(ctx context.Context, from, to corpus.Date) ([]Leave, error)
	// Correct adds a correction. ErrNoRound: there was no round on that day.
	Correct(ctx context.Context, c Correction) error
	// Corrections are those of the rounds of some days, oldest first.
	Corrections(ctx context.Context, from, to corpus.Date) ([]Correction, error)
}

// Correction is what staff say of a member and a round, against what the other
// records say. The last one holds; none is ever changed.
type Correction struct {
	Round    string
	Member   string
	Standing Participation
	Reason   string
	Actor    string
	At       time.Time
}

// Leave is a member's excuse for some days.
type Leave struct {
	Member   string
	From, To corpus.Date
	Reason   string
	Actor    string
}
