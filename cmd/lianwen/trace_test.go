package main

import (
	"context"
	"database/sql"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// rounds FIRST LAST MEMBER...: the ledger in the folder data had a question on each of
// some days, and the members answered all of them within an hour. Each could be
// answered for seven days. The members were on the roster by then.
func rounds(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: rounds first last member...")
	}
	ctx := context.Background()
	l, err := ledger.Open(ctx, ledger.Source{File: ts.MkAbs("data/ledger.db")})
	ts.Check(err)
	for day := corpus.Date(args[0]); day <= corpus.Date(args[1]); day = day.AddDays(1) {
		opened, err := time.ParseInLocation(time.DateOnly, string(day), time.FixedZone("CST", 8*3600))
		ts.Check(err)
		opened = opened.Add(8 * time.Hour)
		q := corpus.Question{ID: "q", Text: "提案应当在什么时候以前提交？", Options: []string{"开会前", "开会后"}}
		_, err = l.OpenRound(ctx, ledger.Round{Day: day, Question: q, Opened: opened, Closes: opened.AddDate(0, 0, 7)})
		ts.Check(err)
		for _, number := range args[2:] {
			_, err := l.Answer(ctx, ledger.Answer{Round: day, Member: number, At: opened.Add(time.Hour), Channel: "wechat"})
			ts.Check(err)
		}
	}
	ts.Check(l.Close())
}

// headIn finds where the ledger ended in what was printed.
var headIn = regexp.MustCompile(`第 \d+ 条，校验 [0-9a-f]+`)

// printedHead FILE: HEAD is what the file says of where the ledger ended.
func printedHead(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: head file")
	}
	found := headIn.FindString(ts.ReadFile(args[0]))
	if found == "" {
		ts.Fatalf("%s does not say where the ledger ended", args[0])
	}
	ts.Setenv("HEAD", found)
}

// forge STATEMENT...: somebody changes the database in the folder data by hand.
func forge(ts *testscript.TestScript, neg bool, args []string) {
	db, err := sql.Open("sqlite", "file:"+ts.MkAbs("data/ledger.db"))
	ts.Check(err)
	for _, statement := range args {
		_, err := db.Exec(statement)
		ts.Check(err)
	}
	ts.Check(errors.Join(err, db.Close()))
}

// A text is cut between characters, to as many columns as there are.
func TestShortened(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		most int
		want string
	}{
		{"提案", 4, "提案"}, {"提案什么", 7, "提案…"}, {"提案什么", 8, "提案什么"}, {"ab提案什么", 7, "ab提…"}, {"一\n 二", 5, "一 二"}, {"", 4, ""},
	} {
		got := shortened(tt.text, tt.most)
		if got != tt.want || columnsOf(got) > tt.most {
			t.Errorf("%q in %d columns: %q, want %q", tt.text, tt.most, got, tt.want)
		}
	}
}

// A text is folded between characters, but not within a number or a time.
func TestFolded(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		most int
		want string
	}{
		{"", 4, ""}, {"提案", 4, "提案"}, {"提案委", 4, "提案|委"}, {"提案委", 5, "提案|委"}, {"提案委", 6, "提案委"},
		{"于10:15作答", 6, "于|10:15|作答"}, {"2026-03-01 09:00（微信）", 16, "2026-03-01 09:00|（微信）"}, {"2026-03-01 09:00", 15, "2026-03-01|09:00"},
		{"2026-03-01", 4, "2026-03-01"}, {"没有计入，参加", 8, "没有计|入，参加"},
	} {
		if got := strings.Join(folded(tt.text, tt.most), "|"); got != tt.want {
			t.Errorf("%q in %d columns: %q, want %q", tt.text, tt.most, got, tt.want)
		}
	}
}
