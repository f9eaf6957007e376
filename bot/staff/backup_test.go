package staff_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// names are the files of a folder, hidden ones too.
func (r *room) names(dir string) string {
	entries, err := os.ReadDir(dir)
	r.must(err)
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return strings.Join(list, " ")
}

// Backups are made, listed, taken and deleted; each is in the audit, and what else
// lies in the folder is not touched.
func TestKeepBackup(t *testing.T) {
	r := newRoom(t, ledgertest.SQLite(t))
	ctx, dir := t.Context(), filepath.Join(t.TempDir(), "data", "backups")
	if list, err := r.desk.Backups(dir); err != nil || len(list) != 0 {
		t.Errorf("before there is a folder: %v, %v", list, err)
	}
	c, s, err := r.desk.KeepBackup(ctx, dir, boss)
	r.must(err)
	if c.Name != "台账-20261201-070000.db" || !c.At.Equal(r.now) || s.Members != 3 || s.Audit != 2 {
		t.Errorf("%+v, %+v", c, s)
	}
	if info, err := os.Stat(filepath.Join(dir, c.Name)); err != nil || info.Size() != c.Size || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v, %v", info, err)
	}
	if _, _, err := r.desk.KeepBackup(ctx, dir, boss); bot.CodeOf(err) != bot.Invalid {
		t.Errorf("in the same second: %v", err)
	}
	r.now = r.now.Add(time.Second)
	later, _, err := r.desk.KeepBackup(ctx, dir, boss)
	r.must(err)
	for _, other := range []string{"notes.txt", "台账-20261201-07000.db", "台账-20269901-070000.db", "台账-20261201-070000.db.part"} {
		r.must(os.WriteFile(filepath.Join(dir, other), nil, 0o600))
	}
	r.must(os.Mkdir(filepath.Join(dir, "台账-20251201-070000.db"), 0o700))
	r.must(os.Symlink("/etc/passwd", filepath.Join(dir, "台账-20241201-070000.db")))
	list, err := r.desk.Backups(dir)
	r.must(err)
	if len(list) != 2 || list[0].Name != later.Name || list[1].Name != c.Name || !list[1].At.Equal(c.At) || list[1].Size != c.Size {
		t.Errorf("%+v", list)
	}
	f, err := r.desk.OpenBackup(ctx, dir, c.Name, boss)
	r.must(err)
	if s, err := ledger.Examine(ctx, f.Name()); err != nil || s.Audit != 2 {
		t.Errorf("%+v, %v", s, err)
	}
	r.must(f.Close())
	r.must(r.desk.DeleteBackup(ctx, dir, c.Name, boss))
	deeds, err := r.desk.PastDeeds(ctx, 0, boss, 9)
	r.must(err)
	var done []string
	for _, d := range deeds {
		done = append(done, d.Action+" "+d.Detail)
	}
	if got, want := strings.Join(done, "; "), "delete backup "+c.Name+"; take backup "+c.Name+"; back up "+later.Name+"; back up "+c.Name; got != want {
		t.Errorf("done: %s", got)
	}
}

// Nothing but a backup is given out or deleted, whatever its name leads to.
func TestBackupsAlone(t *testing.T) {
	r := newRoom(t, ledgertest.SQLite(t))
	dir := t.TempDir()
	r.must(os.WriteFile(filepath.Join(dir, "notes.txt"), nil, 0o600))
	r.must(os.Symlink(filepath.Join(dir, "notes.txt"), filepath.Join(dir, "台账-20241201-070000.db")))
	r.must(os.Mkdir(filepath.Join(dir, "台账-20251201-070000.db"), 0o700))
	for _, name := range []string{"", ".", "..", "notes.txt", "../ledger.db", "台账-20241201-070000.db", "台账-20251201-070000.db", "台账-20261201-070000.db", "台账-20261201-070000.db\x00", "台账-20261201-070000.db\n"} {
		if f, err := r.desk.OpenBackup(t.Context(), dir, name, boss); bot.CodeOf(err) != bot.NotFound {
			t.Errorf("open %q: %v, %v", name, f, err)
		}
		if err := r.desk.DeleteBackup(t.Context(), dir, name, boss); bot.CodeOf(err) != bot.NotFound {
			t.Errorf("delete %q: %v", name, err)
		}
	}
	if deeds, err := r.desk.PastDeeds(t.Context(), 0, boss, 9); err != nil || len(deeds) != 0 {
		t.Errorf("in the audit: %v, %v", deeds, err)
	}
}

// What cannot be backed up is said in words, and leaves nothing.
func TestNoBackup(t *testing.T) {
	r := newRoom(t, ledgertest.SQLite(t))
	dir := t.TempDir()
	if err := r.desk.DeleteBackup(t.Context(), filepath.Join(dir, "none"), "台账-20261201-070000.db", boss); bot.CodeOf(err) != bot.NotFound {
		t.Errorf("no folder: %v", err)
	}
	file := filepath.Join(dir, "file")
	r.must(os.WriteFile(file, nil, 0o600))
	if _, _, err := r.desk.KeepBackup(t.Context(), file, boss); err == nil {
		t.Error("the folder is a file")
	}
	if _, err := r.desk.Backups(file); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is a file: %v", err)
	}
	if got := r.names(dir); got != "file" {
		t.Errorf("left behind: %s", got)
	}
}

// What is in PostgreSQL is backed up by its own tools.
func TestNoBackupOfPostgres(t *testing.T) {
	r, dir := newRoom(t, ledgertest.Postgres(t)), t.TempDir()
	if _, _, err := r.desk.KeepBackup(t.Context(), dir, boss); bot.CodeOf(err) != bot.Invalid || !strings.Contains(bot.Say(err), "pg_dump -Fc -f "+dir) {
		t.Errorf("on PostgreSQL: %v", err)
	}
	if got := r.names(dir); got != "" {
		t.Errorf("left behind: %s", got)
	}
}

// Those who did something are known by name, but for members.
func TestActors(t *testing.T) {
	r := newRoom(t, ledgertest.SQLite(t))
	for _, a := range []ledger.Actor{boss, ledger.MemberActor("A01"), ledger.ClockActor, boss} {
		r.must(r.desk.Ledger.Note(t.Context(), a, "skip", "x", r.now))
	}
	list, err := r.desk.Actors(t.Context())
	r.must(err)
	var names []string
	for _, a := range list {
		names = append(names, string(a.Actor)+"="+a.Name)
	}
	if got := strings.Join(names, "; "); got != "program=程序; setup=setup; staff S01=工作人员 S01" {
		t.Errorf("%s", got)
	}
}
