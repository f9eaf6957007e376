package ledger_test

import (
	"testing"

	"lianwen/bot/ledger"
)

// The audit tells who acts, and as what: a member who is staff is another actor
// when they act for themselves.
func TestActors(t *testing.T) {
	t.Parallel()
	for got, want := range map[ledger.Actor]ledger.Actor{
		ledger.StaffActor("S01"): "staff S01", ledger.MemberActor("S01"): "member S01", ledger.TerminalActor("li"): "terminal li", ledger.TerminalActor(""): "terminal",
		ledger.LibraryActor: "library", ledger.RemarkActor: "remark", ledger.NobodyActor: "somebody not bound",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
