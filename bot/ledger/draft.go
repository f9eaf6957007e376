package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"lianwen/corpus"
)

// DraftSource is where the words of a draft come from.
type DraftSource string

// The sources.
const (
	PlannedDraft  DraftSource = "plan"     // the plan's content, as the library has it
	ReplacedDraft DraftSource = "replaced" // a content that staff chose, as the library has it
	EditedDraft   DraftSource = "edited"   // staff's own words, whatever the library says
)

// DraftKey is what makes a draft that draft. Part tells texts of one push and day
// apart, where they differ: of a card it is the meetings.
type DraftKey struct {
	Name string
	Date corpus.Date
	Part string
}

// Draft is what staff have decided on what a push says on a day. A push that
// nobody has touched has none.
type Draft struct {
	DraftKey
	Source     DraftSource
	Content    string
	ContentID  string
	Title      string
	Text       string // as it was approved or edited last
	Digest     string // of the text that was approved; see TextDigest
	Approved   bool
	DraftedBy  Actor // who chose or wrote it; "" the program
	DraftedAt  time.Time
	ApprovedBy Actor
	ApprovedAt time.Time
	Revision   int // of the row; 0: there is none
}

// Key is the draft's key.
func (d Draft) Key() DraftKey { return d.DraftKey }

// TextDigest is what tells a text from any other.
func TextDigest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// The states of a row.
const (
	draftDrafted  = "drafted"
	draftApproved = "approved"
)

const draftColumns = `name, day, part, source, content, content_id, title, body, digest, state, drafted_by, drafted_at, approved_by, approved_at, revision`

func scanDraft(row scanner) (d Draft, err error) {
	var state string
	var drafted, approved int64
	err = row.Scan(&d.Name, &d.Date, &d.Part, &d.Source, &d.Content, &d.ContentID, &d.Title, &d.Text, &d.Digest, &state,
		&d.DraftedBy, &drafted, &d.ApprovedBy, &approved, &d.Revision)
	d.Approved, d.DraftedAt, d.ApprovedAt = state == draftApproved, fromMillis(drafted), fromMillis(approved)
	return d, err
}

// Drafts are the drafts of some days.
func (l *Ledger) Drafts(ctx context.Context, from, to corpus.Date) ([]Draft, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT `+draftColumns+` FROM draft
		WHERE day >= $1 AND day <= $2 ORDER BY day, name, part`, string(from), string(to))
	list, err := collect(rows, err, scanDraft)
	if err != nil {
		return nil, fmt.Errorf("read drafts: %w", err)
	}
	return list, nil
}

// PutDraft records what somebody has decided on a draft, whose Revision is the one
// they have seen. It returns false when somebody else was faster: then nothing is
// changed. The audit has the action, which text it was about by its digest, and
// whose decision it is, where another hand writes it down.
func (l *Ledger) PutDraft(ctx context.Context, d Draft, by, actor Actor, action string, now time.Time) (put bool, err error) {
	seen := d.Revision
	d.Digest, d.Revision = TextDigest(d.Text), seen+1
	state := draftDrafted
	if d.Approved {
		state = draftApproved
	}
	args := []any{d.Name, string(d.Date), d.Part, string(d.Source), d.Content, d.ContentID, d.Title, d.Text, d.Digest, state,
		string(d.DraftedBy), millis(d.DraftedAt), string(d.ApprovedBy), millis(d.ApprovedAt), d.Revision}
	statement := `INSERT INTO draft (` + draftColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING`
	if seen > 0 {
		statement = `UPDATE draft SET source = $4, content = $5, content_id = $6, title = $7, body = $8, digest = $9, state = $10,
			drafted_by = $11, drafted_at = $12, approved_by = $13, approved_at = $14, revision = $15
			WHERE name = $1 AND day = $2 AND part = $3 AND revision = $16`
		args = append(args, seen)
	}
	err = l.in(ctx, func(tx *sql.Tx) error {
		n, err := affected(ctx, tx, statement, args...)
		if err != nil || n == 0 {
			return err
		}
		put = true
		return l.note(ctx, tx, actor, action, d.noted(by, actor), now)
	})
	if err != nil {
		return false, fmt.Errorf("put draft %s of %s: %w", d.Name, d.Date, err)
	}
	return put, nil
}

// unsign takes back what somebody has approved from a day on and nobody has been
// sent: their number is somebody else's now, who has not read it.
func (l *Ledger) unsign(ctx context.Context, tx *sql.Tx, number string, from corpus.Date, actor Actor, now time.Time) error {
	rows, err := tx.QueryContext(ctx, `SELECT `+draftColumns+` FROM draft WHERE approved_by = $1 AND state = $2 AND day >= $3
		AND NOT EXISTS (SELECT 1 FROM push WHERE push.name = draft.name AND push.day = draft.day AND push.state IN ('claimed', 'sent', 'uncertain'))
		ORDER BY day, name, part`, string(StaffActor(number)), draftApproved, string(from))
	list, err := collect(rows, err, scanDraft)
	if err != nil {
		return err
	}
	for _, d := range list {
		if err := exec(ctx, tx, `UPDATE draft SET state = $1, approved_by = '', approved_at = 0, revision = revision + 1
			WHERE name = $2 AND day = $3 AND part = $4`, draftDrafted, d.Name, string(d.Date), d.Part); err != nil {
			return err
		}
		if err := l.note(ctx, tx, actor, "draft withdraw", d.noted(actor, actor), now); err != nil {
			return err
		}
	}
	return nil
}

// noted is a draft as the audit has it.
func (d Draft) noted(by, actor Actor) string {
	text := strings.TrimSpace(fmt.Sprintf("%s %s %s", d.Name, d.Date, d.Part)) + ": " + d.ContentID + " " + d.Digest[:16]
	if by != actor {
		text += " by " + string(by)
	}
	return text
}

// TellOnce reports whether something is still to be told to staff, and notes that
// it is told now. Of several processes one tells.
func (l *Ledger) TellOnce(ctx context.Context, what string, now time.Time) (first bool, err error) {
	n, err := affected(ctx, l.db, `INSERT INTO told (what, at) VALUES ($1, $2) ON CONFLICT DO NOTHING`, what, millis(now))
	if err != nil {
		return false, fmt.Errorf("note that %q is told: %w", what, err)
	}
	return n == 1, nil
}
