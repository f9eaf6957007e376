package admin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/bot/staff"
)

// shownProblems is how many problems of a form are listed.
const shownProblems = 500

// formProblems is what is wrong with a form that was uploaded.
type formProblems struct {
	*office.FormError
	More int // how many are not listed
}

// problemsIn is what is wrong with a form, if that is what an error says.
func problemsIn(err error) (formProblems, bool) {
	var form *office.FormError
	if !errors.As(err, &form) {
		return formProblems{}, false
	}
	p := formProblems{FormError: form, More: max(0, len(form.Problems)-shownProblems)}
	form.Problems = form.Problems[:len(form.Problems)-p.More]
	return p, true
}

// importView is the page for an import before there is anything to be looked at.
type importView struct {
	Wrong    string
	Problems formProblems
}

// rosterPreview is what a file would make of the roster, or what is wrong with it.
type rosterPreview struct {
	staff.RosterDraft
	Problems formProblems
	Job      string
	Wrong    string
}

// Nothing reports whether the roster is already what the file says.
func (p rosterPreview) Nothing() bool { return len(p.Joins)+len(p.Leaves)+len(p.Changes) == 0 }

// Shown are what changes of somebody, a telephone number without its digits.
func (p rosterPreview) Shown(e staff.RosterEdit) []staff.FieldChange {
	fields := e.Fields()
	for i, f := range fields {
		if f.Field == "手机" {
			fields[i].From, fields[i].To = maskPhone(f.From), maskPhone(f.To)
			if fields[i].From == fields[i].To {
				fields[i].To = "改了中间几位"
			}
		}
	}
	return fields
}

func (s *Server) showRosterImport(w http.ResponseWriter, r *http.Request) error {
	return s.render(w, r, "people_import", "导入花名册", importView{})
}

// readRoster reads what was uploaded, and shows what it would change.
func (s *Server) readRoster(w http.ResponseWriter, r *http.Request) error {
	content, err := officeForm(w, r)
	if code := bot.CodeOf(err); code != 0 {
		return s.renderStatus(w, r, statuses[code], "people_import", "导入花名册", importView{Wrong: bot.Say(err)})
	} else if err != nil {
		return err
	}
	return s.startJob(w, r, "读取花名册", "/people/import/%s", func(ctx context.Context, _ func(done, all int)) (any, error) {
		draft, err := s.Desk.DraftRoster(ctx, content)
		if problems, ok := problemsIn(err); ok {
			return rosterPreview{Problems: problems}, nil
		}
		return rosterPreview{RosterDraft: draft}, err
	})
}

func (s *Server) previewRoster(w http.ResponseWriter, r *http.Request) error {
	p, err := jobResult[rosterPreview](s, r, r.PathValue("job"))
	if err != nil {
		return err
	}
	if p.Problems.FormError != nil {
		return s.renderStatus(w, r, http.StatusBadRequest, "people_import", "导入花名册", importView{Problems: p.Problems})
	}
	p.Job = r.PathValue("job")
	return s.render(w, r, "people_preview", "导入花名册：先看变化", p)
}

// applyRoster imports what was looked at. A draft that has been overtaken is shown
// anew.
func (s *Server) applyRoster(w http.ResponseWriter, r *http.Request) error {
	p, err := jobResult[rosterPreview](s, r, r.PostFormValue("job"))
	if err != nil {
		return err
	}
	done, err := s.Desk.ApplyRoster(r.Context(), actorOf(r), p.RosterDraft, r.PostFormValue("replace") != "")
	if bot.CodeOf(err) != bot.Conflict {
		if err != nil {
			return err
		}
		return s.done(w, r, "/people", fmt.Sprintf("导入完成：共 %d 人，新增 %d，更新 %d，离册 %d。", p.Size, done.Added, done.Changed, done.Left))
	}
	p.Wrong = bot.Say(err)
	if p.RosterDraft, err = s.Desk.Redraft(r.Context(), p.RosterDraft); err != nil {
		return err
	}
	if p.Job, err = s.keepResult(r, "读取花名册", "/people/import/%s", rosterPreview{RosterDraft: p.RosterDraft}); err != nil {
		return err
	}
	return s.renderStatus(w, r, http.StatusConflict, "people_preview", "导入花名册：先看变化", p)
}

// keepResult keeps something as the result of a job, and returns its id.
func (s *Server) keepResult(r *http.Request, title, next string, result any) (string, error) {
	j, err := s.jobs.start(accountOf(r).Name, title, next, func(context.Context, func(done, all int)) (any, error) { return result, nil })
	if err != nil {
		return "", err
	}
	return j.ID, nil
}

func (s *Server) rosterForm(w http.ResponseWriter, _ *http.Request) error {
	return s.sendForm(w, "花名册模板.xlsx", func(out io.Writer) error { return office.WriteRoster(out, nil) })
}

// rosterFile sends the roster to be changed and imported again.
func (s *Server) rosterFile(w http.ResponseWriter, r *http.Request) error {
	list, err := s.Desk.People(r.Context())
	if err != nil {
		return err
	}
	var members []ledger.Member
	for _, p := range list {
		if p.Left == "" {
			members = append(members, p.Member)
		}
	}
	return s.sendForm(w, "花名册 "+string(s.Desk.Today())+".xlsx", func(out io.Writer) error { return office.WriteRoster(out, members) })
}
