package admin

import (
	"context"
	"fmt"
	"net/http"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

// activitiesPreview is what a file would make of the activities, or what is wrong
// with it.
type activitiesPreview struct {
	staff.ActivityDraft
	Problems formProblems
	Job      string
	Wrong    string
	names    nameList
}

// Nothing reports whether the activities are already what the file says.
func (p activitiesPreview) Nothing() bool {
	return len(p.Adds)+len(p.Changes)+len(p.Strikes) == 0
}

// Rows are activities with who is recorded for them.
func (p activitiesPreview) Rows(list []ledger.Activity) (rows []activityRow) {
	for _, a := range list {
		rows = append(rows, activityRow{a, staff.ActivityName(a), p.names.of(a.Members)})
	}
	return rows
}

// Name is what an activity is called.
func (p activitiesPreview) Name(a ledger.Activity) string { return staff.ActivityName(a) }

// People are numbers with their names.
func (p activitiesPreview) People(numbers []string) []string { return p.names.of(numbers) }

func (s *Server) showActivityImport(w http.ResponseWriter, r *http.Request) error {
	return s.render(w, r, "activities_import", "导入活动表", importView{})
}

// readActivities reads what was uploaded, and shows what it would change.
func (s *Server) readActivities(w http.ResponseWriter, r *http.Request) error {
	content, err := officeForm(w, r)
	if code := bot.CodeOf(err); code != 0 {
		return s.renderStatus(w, r, statuses[code], "activities_import", "导入活动表", importView{Wrong: bot.Say(err)})
	} else if err != nil {
		return err
	}
	return s.startJob(w, r, "读取活动表", "/activities/import/%s", func(ctx context.Context, _ func(done, all int)) (any, error) {
		draft, err := s.Desk.DraftActivities(ctx, content)
		if problems, ok := problemsIn(err); ok {
			return activitiesPreview{Problems: problems}, nil
		}
		return activitiesPreview{ActivityDraft: draft}, err
	})
}

func (s *Server) previewActivities(w http.ResponseWriter, r *http.Request) error {
	p, err := jobResult[activitiesPreview](s, r, r.PathValue("job"))
	if err != nil {
		return err
	}
	if p.Problems.FormError != nil {
		return s.renderStatus(w, r, http.StatusBadRequest, "activities_import", "导入活动表", importView{Problems: p.Problems})
	}
	p.Job = r.PathValue("job")
	return s.showActivitiesPreview(w, r, http.StatusOK, p)
}

func (s *Server) showActivitiesPreview(w http.ResponseWriter, r *http.Request, status int, p activitiesPreview) (err error) {
	if p.names, err = s.namesOf(r.Context()); err != nil {
		return err
	}
	return s.renderStatus(w, r, status, "activities_preview", "导入活动表：先看变化", p)
}

// applyActivities records what was looked at. A draft that has been overtaken is
// shown anew.
func (s *Server) applyActivities(w http.ResponseWriter, r *http.Request) error {
	p, err := jobResult[activitiesPreview](s, r, r.PostFormValue("job"))
	if err != nil {
		return err
	}
	done, err := s.Desk.ApplyActivities(r.Context(), actorOf(r), p.ActivityDraft)
	if bot.CodeOf(err) != bot.Conflict {
		if err != nil {
			return err
		}
		return s.done(w, r, "/activities", fmt.Sprintf("导入完成：活动 %d 项，新增 %d，更新 %d，取消 %d。", p.Size, done.Added, done.Changed, done.Struck))
	}
	p.Wrong = bot.Say(err)
	if p.ActivityDraft, err = s.Desk.RedraftActivities(r.Context(), p.ActivityDraft); err != nil {
		return err
	}
	if p.Job, err = s.keepResult(r, "读取活动表", "/activities/import/%s", activitiesPreview{ActivityDraft: p.ActivityDraft}); err != nil {
		return err
	}
	return s.showActivitiesPreview(w, r, http.StatusConflict, p)
}
