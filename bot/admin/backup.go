package admin

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

func (s *Server) backupRoutes() []route {
	return []route{
		{pattern: "GET /settings/backup", least: ledger.RoleAdmin, handle: s.showBackups},
		{pattern: "POST /settings/backup", least: ledger.RoleAdmin, handle: s.backUp},
		{pattern: "GET /settings/backup/{name}", least: ledger.RoleAdmin, handle: s.takeBackup},
		{pattern: "POST /settings/backup/{name}/delete", least: ledger.RoleAdmin, handle: s.deleteBackup},
	}
}

// backups is the folder in the data folder.
func (s *Server) backups() string { return filepath.Join(s.DataDir, "backups") }

// backupPage is what backups there are.
type backupPage struct {
	Dir    string
	List   []backupLine
	Result string // of the one just made
}

// backupLine is a backup for people.
type backupLine struct {
	Name, Size, Ago string
	At              time.Time
}

func (s *Server) showBackups(w http.ResponseWriter, r *http.Request) error {
	p := backupPage{Dir: s.backups()}
	list, err := s.Desk.Backups(p.Dir)
	if err != nil {
		return err
	}
	for _, c := range list {
		p.List = append(p.List, backupLine{c.Name, sizeInWords(c.Size), s.ago(c.At), c.At})
	}
	if id := r.FormValue("job"); id != "" {
		p.Result, err = jobResult[string](s, r, id)
		if err != nil && bot.CodeOf(err) != bot.NotFound { // seen before, and forgotten since
			return err
		}
	}
	return s.render(w, r, "backup", "备份", p)
}

// backUp makes a backup. It is one statement to the database, which does not say how
// far it is.
func (s *Server) backUp(w http.ResponseWriter, r *http.Request) error {
	actor := actorOf(r)
	return s.startJob(w, r, "备份台账", "/settings/backup?job=%s", func(ctx context.Context, _ func(done, all int)) (any, error) {
		c, summary, err := s.Desk.KeepBackup(ctx, s.backups(), actor)
		if err != nil {
			return nil, err
		}
		return fmt.Sprintf("已备份到 %s（%s）：在册 %d 人，操作记录 %d 条，核对无误。%s。", c.Name, sizeInWords(c.Size), summary.Members, summary.Audit, summary.Head), nil
	})
}

// downloadTime is how long a backup may take to arrive.
const downloadTime = time.Hour

func (s *Server) takeBackup(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	f, err := s.Desk.OpenBackup(r.Context(), s.backups(), name, actorOf(r))
	if err != nil {
		return err
	}
	defer f.Close()
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(downloadTime)) // a recorder of a test has none
	attach(w, name, "application/octet-stream")
	http.ServeContent(w, r, "", time.Time{}, f)
	return nil
}

func (s *Server) deleteBackup(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	if err := s.Desk.DeleteBackup(r.Context(), s.backups(), name, actorOf(r)); err != nil {
		return err
	}
	return s.done(w, r, "/settings/backup", "已删除备份 "+name+"。")
}

// sizeInWords is a size as people write it.
func sizeInWords(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KB", (bytes+1023)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
}
