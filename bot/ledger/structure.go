package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"
)

// ErrDamaged means that a file is no ledger, or not a whole one.
var ErrDamaged = errors.New("not a whole ledger")

// DamageError says why a file is no whole ledger.
type DamageError struct {
	What string // for people
	Err  error  // what was behind it, if anything
}

func (e *DamageError) Error() string {
	if e.Err == nil {
		return e.What
	}
	return fmt.Sprintf("%s：%v", e.What, e.Err)
}

// Is makes it an ErrDamaged.
func (e *DamageError) Is(target error) bool { return target == ErrDamaged }

func (e *DamageError) Unwrap() error { return e.Err }

// Of the table in which goose keeps the version only this is relied on: former
// versions of it made it in another way.
const versionTable = "goose_db_version"

var versionColumns = []string{"version_id", "is_applied"}

// examine looks whether a SQLite database is a whole ledger and nothing besides:
// what goes on by itself in it (triggers), what hides what there is (views), what
// is not as the version says that it has.
func (l *Ledger) examine(ctx context.Context) error {
	for _, check := range []string{`integrity_check`, `foreign_key_check`} {
		rows, err := l.reader.QueryContext(ctx, `SELECT * FROM pragma_`+check)
		verdict, err := firstRow(rows, err)
		if err != nil {
			return damaged("读不出来", err)
		}
		if verdict != "" && verdict != "ok" {
			return damaged(check+" "+verdict, nil)
		}
	}
	version, err := l.version(ctx)
	if err != nil {
		return err
	}
	have, err := l.structure(ctx)
	if err != nil {
		return damaged("读不出来", err)
	}
	return have.isOf(ctx, version)
}

func damaged(what string, err error) error { return &DamageError{what, err} }

// firstRow is the first row of a verdict in one text; "" where there is none.
func firstRow(rows *sql.Rows, err error) (string, error) {
	if err != nil {
		return "", err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil || !rows.Next() {
		return "", errors.Join(err, rows.Err())
	}
	values := make([]sql.NullString, len(columns))
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	err = rows.Scan(into...)
	var words []string
	for _, v := range values {
		words = append(words, v.String)
	}
	return strings.TrimSpace(strings.Join(words, " ")), err
}

// version is the version that the ledger says it has. One that says none, or not
// all up to the last, is damaged; one that this program does not know ErrNewer.
func (l *Ledger) version(ctx context.Context) (int64, error) {
	has, err := l.hasTable(ctx, l.reader, versionTable)
	if err != nil {
		return 0, damaged("读不出来", err)
	}
	if !has {
		return 0, damaged("没有写明格式的版本（缺表 "+versionTable+"），不是廉问的台账", nil)
	}
	rows, err := l.reader.QueryContext(ctx, `SELECT DISTINCT version_id FROM `+versionTable+` WHERE is_applied ORDER BY version_id`)
	list, err := collect(rows, err, func(row scanner) (v int64, err error) {
		err = row.Scan(&v)
		return v, err
	})
	if err != nil {
		return 0, damaged("读不出格式的版本", err)
	}
	provider, err := l.provider()
	if err != nil {
		return 0, err
	}
	knows, has0 := newest(provider), len(list) > 0 && list[0] == 0
	if has0 {
		list = list[1:]
	}
	if n := len(list); n > 0 && list[n-1] > knows {
		return 0, fmt.Errorf("%w: it has version %d, this program knows %d", ErrNewer, list[n-1], knows)
	}
	for i, v := range list {
		if v != int64(i)+1 {
			return 0, damaged(fmt.Sprintf("格式的版本不连续，缺第 %d 版", i+1), nil)
		}
	}
	if len(list) == 0 {
		return 0, damaged("没有写明格式的版本", nil)
	}
	return int64(len(list)), nil
}

// structure is what a SQLite database consists of: of tables the columns, of
// views and triggers how they are defined.
type structure map[string]object

type object struct {
	kind    string // table, view, trigger, index
	sql     string // how it was made, in one line
	columns []string
}

func (l *Ledger) structure(ctx context.Context) (structure, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT type, name, COALESCE(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\'`)
	type named struct {
		name string
		object
	}
	list, err := collect(rows, err, func(row scanner) (o named, err error) {
		err = row.Scan(&o.kind, &o.name, &o.sql)
		o.sql = strings.Join(strings.Fields(o.sql), " ")
		return o, err
	})
	if err != nil {
		return nil, err
	}
	s := structure{}
	for _, o := range list {
		if o.kind == "table" {
			rows, err := l.reader.QueryContext(ctx, `SELECT name || ' ' || upper(type) || ' ' || "notnull" || ' ' || pk || ' ' || hidden FROM pragma_table_xinfo($1) ORDER BY name`, o.name)
			if o.columns, err = collect(rows, err, text); err != nil {
				return nil, err
			}
		}
		s[o.name] = o.object
	}
	return s, nil
}

// structureOf is what a ledger of a version consists of.
func structureOf(ctx context.Context, version int64) (structure, error) {
	db, err := sql.Open("sqlite", "file::memory:")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // each would have a database of its own
	l := &Ledger{db: db, reader: db}
	var provider *goose.Provider
	if provider, err = l.provider(); err == nil {
		_, err = provider.UpTo(ctx, version)
	}
	if err != nil {
		return nil, fmt.Errorf("make a ledger of version %d: %w", version, err)
	}
	return l.structure(ctx)
}

// isOf is nil where this is what a ledger of a version consists of.
func (s structure) isOf(ctx context.Context, version int64) error {
	wanted, err := structureOf(ctx, version)
	if err != nil {
		return err
	}
	return wanted.foundIn(s)
}

// foundIn is nil where have has all of s, as it is there, and nothing besides
// that could do any harm.
func (s structure) foundIn(have structure) error {
	for name, o := range have {
		wanted := s[name]
		switch {
		case o.kind == "trigger":
			return damaged("里面有触发器 "+name+"，台账没有触发器", nil)
		case o.kind == "view" && (wanted.kind != "view" || wanted.sql != o.sql):
			return damaged("里面有来历不明的视图 "+name, nil)
		case o.kind == "table" && strings.HasPrefix(strings.ToUpper(o.sql), "CREATE VIRTUAL"):
			return damaged("里面有虚拟表 "+name+"，台账没有虚拟表", nil)
		case o.kind == "index" && wanted.kind != "index":
			return damaged("里面有来历不明的索引 "+name, nil)
		}
	}
	for name, o := range s {
		switch got := have[name]; {
		case got.kind == "":
			return damaged(fmt.Sprintf("缺%s %s", map[string]string{"table": "表", "view": "视图", "index": "索引"}[o.kind], name), nil)
		case got.kind != o.kind:
			return damaged(name+" 不是表", nil)
		case name == versionTable:
			for _, column := range versionColumns {
				if !slices.ContainsFunc(got.columns, func(c string) bool { return strings.HasPrefix(c, column+" ") }) {
					return damaged("表 "+name+" 缺列 "+column, nil)
				}
			}
		case !slices.Equal(got.columns, o.columns):
			return damaged("表 "+name+" 的列和第几版的格式对不上", nil)
		}
	}
	return nil
}
