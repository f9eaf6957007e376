package bot

import (
	"context"
	"time"

	"lianwen/corpus"
)

// MeetingKind is the kind of an activity before which the discipline card goes
// out; TalkKind the one of which only the date is kept.
const (
	MeetingKind = "会议"
	TalkKind    = "谈话"
)

// ActivityKinds are what an activity may be.
var ActivityKinds = []string{MeetingKind, "廉政党课", "主题党日", "参观", "观影", "读书", TalkKind}

// Activity is something that members attend besides the daily question, as
// staff have entered it: before the day those who are expected, after it those
// who came. Of a talk (谈话) there is no title.
type Activity struct {
	Date    corpus.Date
	Kind    string
	Title   string
	Members []string // numbers
}

// ActivityRecords is what else belongs into a member's file.
type ActivityRecords interface {
	// ImportActivities records activities; of one that is there already the
	// attendance becomes what list says, and one without members is struck
	// out. All or nothing; ErrNoMember names a number that the roster lacks.
	ImportActivities(ctx context.Context, list []Activity, actor string, now time.Time) (added, changed, struck int, err error)
	// Activities are those of some days, by day.
	Activities(ctx context.Context, from, to corpus.Date) ([]Activity, error)
}
