package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A day as the office lives it: the roster is imported and codes given out,
// story and question go out once however often the program dies, a member's
// first letter counts.
func TestDay(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		playDay(t, "")
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		playDay(t, postgresSchema(t))
	})
}

func playDay(t *testing.T, url string) {
	s := newService(t, `push_gap = ["0s", "0s"]
quiet = []
[[push]]
name = "story"
content = "story"
at = "00:00"
window = "24h"
targets = ["group:机关学习群"]
[[push]]
name = "quiz"
content = "question"
at = "00:00"
window = "24h"
targets = ["group:机关学习群", "group:没有的群"]
`+ledgerAt(url))
	zhang := s.server.AddPerson("张委员", "")
	s.server.AddGroup("机关学习群", true, zhang)
	roster := filepath.Join(t.TempDir(), "花名册.csv")
	if err := os.WriteFile(roster, []byte("编号,姓名,界别,专委会,身份\nA01,张三,教育界,提案委,委员\nA02,李四,经济界,提案委,委员\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := s.lianwen("roster", "import", roster); !strings.Contains(got, "共 2 人，新增 2") {
		t.Errorf("import: %s", got)
	}
	codes := strings.Split(strings.TrimSpace(s.lianwen("roster", "codes")), "\n")
	fields := strings.Split(codes[0], "\t")
	if len(codes) != 2 || len(fields) != 4 || fields[0] != "A01" || fields[1] != "张三" || len(fields[2]) != 8 {
		t.Fatalf("codes: %q", codes)
	}

	s.start()
	sent := s.sent(2)
	if !strings.HasPrefix(sent[0].Text, "廉政故事：") || !strings.HasPrefix(sent[1].Text, "每日一题（") || sent[0].To != "机关学习群" {
		t.Errorf("sent %+v", sent)
	}
	for range 3 {
		s.kill()
		s.start().online()
	}
	s.until("the missing group is in the log", func() bool { return strings.Contains(s.log.String(), "没有找到群“没有的群”") })

	zhang.Say("绑定 " + fields[2])
	if got := s.sent(3)[2].Text; !strings.HasPrefix(got, "绑定好了：张三（A01）") {
		t.Errorf("bound: %s", got)
	}
	zhang.Say("a")
	if got := s.sent(4)[3].Text; !strings.HasPrefix(got, "已记录：A，") {
		t.Errorf("the first letter: %s", got)
	}
	zhang.Say("B")
	if got := s.sent(5)[4].Text; !strings.Contains(got, "以第一次（A）为准，这次算练习") {
		t.Errorf("the second letter: %s", got)
	}
	zhang.Say("我的记录")
	if got := s.sent(6)[5].Text; !strings.Contains(got, "只有您本人和工作人员看得到") {
		t.Errorf("the record: %s", got)
	}
	file := filepath.Join(t.TempDir(), "参与情况.xlsx")
	if got := s.lianwen("report", "--from", "2026-01-01", "--to", "2099-12-31", "-o", file); !strings.Contains(got, "2 名委员，0 道已截止的题（另有 1 道还没有截止") {
		t.Errorf("report: %s", got)
	}
	if got := s.check(); got.Ledger == nil || got.Ledger.Members != 2 || (got.Ledger.Kind == "postgres") != (url != "") {
		t.Errorf("check: %+v", got.Ledger)
	}
	s.stop()
	s.sent(6)
}
