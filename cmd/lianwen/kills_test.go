package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/wechat"
	"lianwen/bot/wechat/fakeweb"
	"lianwen/corpus"
)

// Three hundred members answer within ten seconds, half of them in one group by
// @, half in private, with the delays of real life, while the program is killed
// in between: every answer is recorded once, and nobody is told what is not so.
func TestAnswersThroughKills(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { answerThroughKills(t, "") })
	t.Run("postgres", func(t *testing.T) { answerThroughKills(t, postgresSchema(t)) })
}

func answerThroughKills(t *testing.T, url string) {
	const members = 300
	s := newService(t, `push_gap = ["0s", "0s"]
quiet = []
[[push]]
name = "quiz"
content = "question"
at = "00:00"
window = "24h"
targets = ["group:机关学习群"]
`+ledgerAt(url))
	raw, err := os.ReadFile(s.config)
	if err != nil {
		t.Fatal(err)
	}
	unhurried := strings.Replace(string(raw), `reply_delay = ["0s", "0s"]`, `reply_delay = ["1s", "3s"]`, 1)
	if err := os.WriteFile(s.config, []byte(unhurried), 0o600); err != nil {
		t.Fatal(err)
	}
	var people []*fakeweb.Person
	roster := "编号,姓名,界别,专委会,身份\n"
	for i := range members {
		people = append(people, s.server.AddPerson(fmt.Sprintf("委员%03d", i), ""))
		roster += fmt.Sprintf("W%03d,委员%03d,教育界,提案委,委员\n", i, i)
	}
	group := s.server.AddGroup("机关学习群", true, people...)
	file := filepath.Join(t.TempDir(), "花名册.csv")
	if err := os.WriteFile(file, []byte(roster), 0o600); err != nil {
		t.Fatal(err)
	}
	s.lianwen("roster", "import", file)
	s.start()
	s.sent(1) // the question: its round is open

	l, err := openLedger(t.Context(), &config{DataDir: filepath.Join(filepath.Dir(s.config), "data"), Ledger: ledgerConfig{URL: url}})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	codes := map[string]string{}
	for i := range members {
		codes[fmt.Sprintf("W%03d", i)] = fmt.Sprintf("CODE%04d", i)
	}
	now := time.Now()
	if err := l.NewCodes(t.Context(), codes, now.Add(time.Hour), "test", now); err != nil {
		t.Fatal(err)
	}
	for i, p := range people {
		if _, err := l.Bind(t.Context(), ledger.Sender{Channel: wechat.Name, Name: p.ID()}, fmt.Sprintf("CODE%04d", i), now); err != nil {
			t.Fatal(err)
		}
	}

	letter := func(i int) string { return string(rune('A' + i%4)) }
	for i, p := range people {
		if i%2 == 0 {
			p.SayIn(group, "@廉问\u2005"+letter(i))
		} else {
			p.Say(letter(i))
		}
		if i%90 == 60 {
			s.kill()
			s.start()
		}
		time.Sleep(10 * time.Second / members)
	}
	round, err := l.NewestRound(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	var answers []ledger.Answer
	s.until("all are recorded", func() bool {
		if answers, err = l.Answers(t.Context(), round.Day, round.Day); err != nil {
			t.Fatal(err)
		}
		return len(answers) >= members
	})
	for _, a := range answers {
		var i int
		if _, err := fmt.Sscanf(a.Member, "W%d", &i); err != nil || a.Choice != i%4 {
			t.Errorf("%s answered %s, and %c is recorded", a.Member, letter(i), 'A'+a.Choice)
		}
	}
	time.Sleep(2 * time.Second)
	told := 0
	for _, sent := range s.server.Sent()[1:] {
		told++
		first, _, _ := strings.Cut(sent.Text, "\n")
		if !strings.HasPrefix(first, "已记录：") && first != "收到，已记录。解析请私聊我回复“今日一题”。" {
			t.Errorf("%s was told %q", sent.To, first)
		}
	}
	t.Logf("%d answers on %s, %d told by then", len(answers), corpus.Date(round.Day), told)
	if told == 0 {
		t.Error("nobody was told anything")
	}
	s.stop()
}
