package ledger_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

var _ scs.CtxStore = (*ledger.Sessions)(nil)

// A session is found until it expires or is ended, in every process that has the
// ledger, byte for byte.
func TestSessions(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		s := w.Open(t).Sessions()
		other := w.Open(t).Sessions()
		soon := time.Now().Add(time.Hour)
		raw := []byte{0, 0xff, '\'', '\n', 0xe5}
		must(t, s.Commit("one", []byte("first"), soon))
		must(t, s.Commit("one", raw, soon))
		must(t, s.Commit("empty", nil, soon))
		must(t, s.Commit("late", raw, time.Now().Add(-time.Millisecond)))
		for token, want := range map[string][]byte{"one": raw, "empty": {}, "late": nil, "ONE": nil, "": nil, "one' OR '1'='1": nil} {
			data, found, err := other.Find(token)
			if err != nil || found != (want != nil) || !bytes.Equal(data, want) {
				t.Errorf("%q: %q, %v, %v", token, data, found, err)
			}
		}
		must(t, other.Delete("one"))
		must(t, other.Delete("nobody's"))
		if _, found, err := s.Find("one"); found || err != nil {
			t.Errorf("a session that was ended is found: %v", err)
		}
	})
}

// Expired sessions do not pile up.
func TestSessionsClearedAway(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	l := w.Open(t)
	late, soon := time.Now().Add(-time.Second), time.Now().Add(time.Hour)
	s := l.Sessions()
	for _, token := range []string{"a", "b", "c"} {
		must(t, s.Commit(token, nil, late))
	}
	must(t, l.Sessions().Commit("d", nil, soon)) // as after the next start
	var n int
	must(t, w.Raw(t).QueryRowContext(t.Context(), `SELECT count(*) FROM web_session`).Scan(&n))
	if n != 1 {
		t.Errorf("%d sessions are kept", n)
	}
}
