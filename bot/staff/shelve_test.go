package staff_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/shelf"
	"lianwen/bot/staff"
)

const leavePaper = "外出办法\n某协办〔2026〕4号\n第一条 外出应当报备。\n第二条 返回应当销假。\n"

// intake is a paper that came in under a name.
func (r *room) intake(name, text string) staff.Intake {
	r.t.Helper()
	file := filepath.Join(r.t.TempDir(), "1.txt")
	r.must(os.WriteFile(file, []byte(text), 0o600))
	return staff.Intake{Files: []shelf.File{{Path: file, Name: name}}}
}

func (r *room) plan(in staff.Intake) *shelf.Plan {
	r.t.Helper()
	plan, err := r.desk.PlanImport(r.t.Context(), in, func(done, all int) {
		if done != all {
			r.t.Errorf("%d of %d", done, all)
		}
	})
	r.must(err)
	return plan
}

// last is the newest row of the audit, in words.
func (r *room) last() string {
	r.t.Helper()
	deeds, err := r.desk.Ledger.History(r.t.Context(), 1)
	r.must(err)
	who, what, detail := staff.DeedInWords(deeds[0])
	return who + " " + what + " " + detail
}

// A paper is imported, its rule repealed, that taken back, and the import too, each on
// record; the index is told each time.
func TestImportOnRecord(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	r.shelved()
	told := 0
	r.desk.Reindex = func() (<-chan string, bool) { told++; return nil, false }
	plan := r.plan(r.intake("外出.txt", leavePaper))
	written, err := r.desk.Import(t.Context(), boss, plan, func(done, all int) {
		if done != 1 || all != 1 {
			t.Errorf("%d of %d", done, all)
		}
	})
	r.must(err)
	rule := r.read().RuleByName("外出办法")
	if want := "工作人员 S01 导入制度 新增 wcbf《外出办法》"; written != 1 || rule == nil || r.last() != want {
		t.Fatalf("%d written: %s", written, r.last())
	}
	if _, err := r.desk.Import(t.Context(), boss, plan, func(int, int) {}); bot.CodeOf(err) != bot.Conflict {
		t.Errorf("published twice: %v", err)
	}
	if err := r.desk.RepealRule(t.Context(), boss, rule.ID, "2020-01-01", "2026-12-31"); bot.CodeOf(err) != bot.Conflict {
		t.Errorf("another version was looked at: %v", err)
	}
	r.must(r.desk.RepealRule(t.Context(), boss, rule.ID, rule.Effective, "2026-12-31"))
	if now := r.read().RuleByID(rule.ID); !now.Repealed || now.Until != "2026-12-31" || r.last() != "工作人员 S01 废止制度 废止 wcbf《外出办法》" {
		t.Errorf("%+v %s", now, r.last())
	}
	if err := r.desk.RepealRule(t.Context(), boss, rule.ID, rule.Effective, ""); bot.CodeOf(err) != bot.Conflict {
		t.Errorf("repealed twice: %v", err)
	}
	for _, action := range []string{"废止", "新增"} {
		log, err := r.desk.Publications(rule.ID)
		r.must(err)
		last, ok := shelf.LastPublication(log)
		e, err := r.desk.TakeRuleBack(t.Context(), boss, rule.ID, last.Written)
		r.must(err)
		if !ok || e.Action != action || r.last() != "工作人员 S01 撤回导入 "+action+" wcbf《外出办法》" {
			t.Errorf("%s %s", e.Action, r.last())
		}
	}
	if r.read().RuleByID(rule.ID) != nil || told != 4 {
		t.Errorf("still there; told %d times", told)
	}
}

// An import that breaks off says how far it came.
func TestImportHalfWay(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	r.shelved()
	in := r.intake("外出.txt", leavePaper)
	in.Files = append(in.Files, r.intake("印章.txt", "印章办法\n第一条 印章应当登记。\n").Files...)
	plan := r.planned(in)
	r.must(os.Remove(in.Files[1].Path))
	written, err := r.desk.Import(t.Context(), boss, plan, func(int, int) {})
	if written != 1 || bot.CodeOf(err) != bot.Unavailable || !strings.Contains(err.Error(), "已写入 1 部，还有 1 部没有写") {
		t.Errorf("%d %v", written, err)
	}
	if r.last() != "工作人员 S01 导入制度 新增 wcbf《外出办法》" {
		t.Error(r.last())
	}
}

// planned plans without looking at the progress.
func (r *room) planned(in staff.Intake) *shelf.Plan {
	r.t.Helper()
	plan, err := r.desk.PlanImport(r.t.Context(), in, func(int, int) {})
	r.must(err)
	return plan
}

// The sample is read and never written.
func TestImportIntoSample(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	_, planned := r.desk.PlanImport(t.Context(), r.intake("外出.txt", leavePaper), func(int, int) {})
	_, imported := r.desk.Import(t.Context(), boss, &shelf.Plan{}, func(int, int) {})
	_, taken := r.desk.TakeRuleBack(t.Context(), boss, "r", "")
	for _, err := range []error{planned, imported, taken, r.desk.RepealRule(t.Context(), boss, "r", "", "")} {
		if bot.CodeOf(err) != bot.Invalid || !strings.Contains(err.Error(), "lianwen library init") {
			t.Errorf("%v", err)
		}
	}
	if log, err := r.desk.Publications(""); len(log) > 0 || errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v %v", log, err)
	}
}
