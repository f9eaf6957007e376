package shelf

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/corpus"
)

// Just what came is taken back, and put back as it was; lines that were there before
// stay, and so does what somebody has changed.
func TestLearnLines(t *testing.T) {
	s := newShelf(t)
	c := imported(t, s, "值班.txt", duty2024)
	rule := c.RuleByName("值班工作办法")
	second, third := rule.Articles[1], rule.Articles[2]
	line := func(text, from string) corpus.AskedLine { return corpus.AskedLine{Text: text, From: from} }
	_, _, err := s.LearnLines(t.Context(), rule.ID, []Asked{{second, []corpus.AskedLine{line("几点来值班", "手写")}}})
	refused(t, err, 0, "")
	before := kept(t, s, askedName(rule.ID))
	lines := []corpus.AskedLine{line("几点来值班？", "未答问题"), line("值班早到多久", "未答问题")}
	came, _, err := s.LearnLines(t.Context(), rule.ID, []Asked{{second, lines}, {third, lines}})
	if err != nil || len(came) != 3 || came[0].Text != "值班早到多久" || came[0].Number != "2" || came[2].Number != "3" {
		t.Fatalf("%+v, %v", came, err)
	}
	with := kept(t, s, askedName(rule.ID))
	again, _, err := s.LearnLines(t.Context(), rule.ID, []Asked{{third, lines}}) // it was not put on record
	if err != nil || !slices.Equal(again, came[1:]) {
		t.Errorf("again: %+v, %v", again, err)
	}
	for _, l := range []corpus.AskedLine{line(lines[0].Text, "别人"), line("几点来值班", "未答问题")} {
		if again, _, err := s.LearnLines(t.Context(), rule.ID, []Asked{{third, []corpus.AskedLine{l}}}); err != nil || len(again) != 0 {
			t.Errorf("of another: %+v, %v", again, err)
		}
	}
	refused(t, s.TakeLines(t.Context(), rule.ID, came), 0, "")
	if got := kept(t, s, askedName(rule.ID)); got != before {
		t.Errorf("left\n%s\nwas\n%s", got, before)
	}
	if err := s.TakeLines(t.Context(), rule.ID, came); !errors.Is(err, ErrGone) { // there is one of these words, not of them
		t.Errorf("twice: %v", err)
	}
	refused(t, s.PutLines(t.Context(), rule.ID, came), 0, "")
	if got := kept(t, s, askedName(rule.ID)); got != with {
		t.Errorf("put back as\n%s\nwas\n%s", got, with)
	}
	for name, changed := range map[string]string{
		"one gone":        strings.Replace(with, "值班早到多久 ← 未答问题\n", "", 1),
		"another word":    strings.Replace(with, "值班早到多久", "值班早到几分钟", 1),
		"from elsewhere":  strings.Replace(with, "早到多久 ← 未答问题", "早到多久 ← 手写", 1),
		"of other words":  strings.Replace(with, second.WordsDigest(), "00000000", 1),
		"another article": strings.Replace(with, "[3]", "[1]", 1),
	} {
		keep(t, s, askedName(rule.ID), changed)
		refused(t, s.TakeLines(t.Context(), rule.ID, came), bot.Conflict, "有人手改过")
		if got := kept(t, s, askedName(rule.ID)); got != changed {
			t.Errorf("%s: written\n%s", name, got)
		}
	}
	_, _, err = s.LearnLines(t.Context(), rule.ID, []Asked{{second, lines[:1]}, {third, []corpus.AskedLine{line(strings.Repeat("长", 61), "")}}})
	refused(t, err, bot.Invalid, "不能作问法")
}
