package staff_test

import (
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// revise changes the articles that two of the questions rest on.
func (r *room) revise() {
	r.t.Helper()
	_, err := r.desk.Suspended(r.t.Context()) // as they were
	r.must(err)
	r.corpus = library(r.t, map[string]string{"rules/r.md": "+++\nid = \"r\"\ntitle = \"请假办法\"\nstatus = \"in-force\"\neffective = 2026-02-01\n+++\n" +
		"第一条 两天以内的报科室。\n\n第二条 四天以内的报分管领导。\n\n第三条 本办法自印发之日起施行。\n"})
}

func ids(list []*corpus.Question) string {
	var ids []string
	for _, q := range list {
		ids = append(ids, q.ID)
	}
	return strings.Join(ids, " ")
}

// What is suspended is approved by its id in any case, or all of it; all that
// was named or none.
func TestApprove(t *testing.T) {
	for _, tt := range []struct {
		name  string
		ids   []string
		want  string // approved
		after string // still suspended
		code  bot.Code
		says  string
	}{
		{"all", nil, "r-01 r-02", "", 0, ""},
		{"one", []string{"r-02"}, "r-02", "r-01", 0, ""},
		{"in capitals", []string{"R-02"}, "r-02", "r-01", 0, ""},
		{"both, in the order in which they are named", []string{"r-02", "R-01"}, "r-02 r-01", "", 0, ""},
		{"one that is not suspended", []string{"r-03"}, "", "r-01 r-02", bot.NotFound, "“r-03”不是停用的题，一道也没有核准。停用的题有：r-01、r-02。"},
		{"one that is, one that is not", []string{"r-01", "r-9"}, "", "r-01 r-02", bot.NotFound, "“r-9”不是停用的题"},
		{"one without a name", []string{""}, "", "r-01 r-02", bot.NotFound, "“”不是停用的题"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
				r := newRoom(t, w)
				r.revise()
				list, err := r.desk.Suspended(t.Context())
				if err != nil || ids(list) != "r-01 r-02" {
					t.Fatalf("suspended %q, %v", ids(list), err)
				}
				r.did("library: suspend r-01", "library: suspend r-02")
				approved, err := r.desk.Approve(t.Context(), boss, tt.ids...)
				r.refused(tt.name, err, tt.code, tt.says)
				if ids(approved) != tt.want {
					t.Errorf("approved %q", ids(approved))
				}
				var deeds []string
				for id := range strings.FieldsSeq(tt.want) {
					deeds = append(deeds, "staff S01: approve question "+id)
				}
				r.did(deeds...)
				if list, err = r.desk.Suspended(t.Context()); err != nil || ids(list) != tt.after {
					t.Errorf("still suspended %q, %v", ids(list), err)
				}
			})
		})
	}
}

func TestApproveNothing(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		for _, named := range [][]string{nil, {"r-01"}} {
			list, err := r.desk.Approve(t.Context(), boss, named...)
			r.refused(strings.Join(named, " "), err, bot.NotFound, "没有停用的题，一道也没有核准")
			if len(list) != 0 {
				t.Errorf("approved %q", ids(list))
			}
		}
		r.did()
	})
}

// A long list of suspended questions is told by its beginning.
func TestApproveOfMany(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{5: "停用的题有：q-1、q-2、q-3、q-4、q-5。", 6: "停用的题有：q-1、q-2、q-3、q-4、q-5 等。"} {
		r := newRoom(t, ledgertest.SQLite(t))
		questions := ""
		for i := range n {
			questions += question("q-"+string(rune('1'+i)), "old#1") // repealed: nobody has ever found them right
		}
		r.corpus = library(t, map[string]string{"questions/r.toml": questions})
		_, err := r.desk.Approve(t.Context(), boss, "x")
		r.refused("x", err, bot.NotFound, want)
	}
}

func TestCites(t *testing.T) {
	t.Parallel()
	q := &corpus.Question{Cites: []corpus.Cite{{Rule: "r", Number: corpus.Number{Main: 1}}, {Rule: "h", Number: corpus.Number{Main: 2, Sub: 1}}}}
	if got := staff.Cites(q); got != "r#1、h#2-1" {
		t.Errorf("got %s", got)
	}
	if got := staff.Cites(&corpus.Question{}); got != "" {
		t.Errorf("of none: %s", got)
	}
}
