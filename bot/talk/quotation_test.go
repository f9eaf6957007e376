package talk_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/corpus"
	"lianwen/index"
)

// judgedQuestions are how people ask; they are kept with the index.
func judgedQuestions(t *testing.T) (questions []string) {
	t.Helper()
	f, err := os.Open("../../index/testdata/questions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	for s.Scan() {
		var line struct{ Q string }
		if err := json.Unmarshal(s.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		questions = append(questions, line.Q)
	}
	if err := s.Err(); err != nil || len(questions) < 400 {
		t.Fatalf("%d judged questions: %v", len(questions), err)
	}
	return questions
}

// Every first reply to a judged question is short, marked as sample text, and
// says nothing in an article's name that the article does not say.
func TestFirstReplies(t *testing.T) {
	t.Parallel()
	x := sampleIndex(t)
	for _, q := range judgedQuestions(t) {
		answer, err := newBot(x).Ask(context.Background(), q)
		if err != nil {
			t.Errorf("%s: %v", q, err)
			continue
		}
		reply := newTalk(t, newBot(x)).say(q)
		lines := strings.Split(reply, "\n")
		if len(lines) > 8 {
			t.Errorf("%s: %d lines:\n%s", q, len(lines), reply)
		}
		marked := lines[len(lines)-1] == bot.SampleMark
		switch {
		case answer.Outcome == index.Answered:
			checkQuotation(t, q, lines, answer.Hits)
		case answer.Outcome == index.Choices:
			checkChoices(t, q, lines, answer.Hits)
		case answer.Named == nil && answer.Number == (corpus.Number{}):
			if lines[0] != "制度中没有查到。" || !strings.Contains(reply, contact) || marked {
				t.Errorf("%s: nothing was found, but the reply is:\n%s", q, reply)
			}
		}
		if answer.Outcome != index.None && !marked {
			t.Errorf("%s: not marked as sample text:\n%s", q, reply)
		}
	}
}

// checkQuotation checks citation, quotation, source, digits and mark.
func checkQuotation(t *testing.T, q string, lines []string, hits []index.Hit) {
	t.Helper()
	hit := hits[0]
	if lines[0] != hit.Article.Citation() {
		t.Errorf("%s: the first line is %q, want %q", q, lines[0], hit.Article.Citation())
		return
	}
	end := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "出处：") })
	if end < 2 {
		t.Errorf("%s: no quotation, or no source below it:\n%s", q, strings.Join(lines, "\n"))
		return
	}
	source := strings.Split(hit.Article.Text, "\n")
	for i, line := range lines[1:end] {
		// what stands between a list's first line and the item, above a
		// quotation from inside a paragraph, and below one that goes on
		gap := line == "……" && (i == 1 && hit.Lead != "" || i == 0 || i == end-2)
		if !gap && !slices.Contains(source, line) {
			t.Errorf("%s: %s does not say %q", q, lines[0], line)
		}
	}
	whole := strings.Join(lines[1:end], "\n") == hit.Article.Text
	if offered := strings.Contains(strings.Join(lines[end:], "\n"), "1 全文"); offered == whole {
		t.Errorf("%s: whole article shown: %v, 全文 offered: %v", q, whole, offered)
	}
}

// checkChoices checks the list of articles near the question.
func checkChoices(t *testing.T, q string, lines []string, hits []index.Hit) {
	t.Helper()
	if len(lines) != len(hits)+3 || !strings.Contains(lines[len(lines)-2], contact) {
		t.Errorf("%s: %d choices:\n%s", q, len(hits), strings.Join(lines, "\n"))
		return
	}
	for i, hit := range hits {
		shown, ok := strings.CutPrefix(lines[i+1], string(rune('1'+i))+" "+hit.Article.Citation()+"：")
		shown = strings.TrimSuffix(shown, "……")
		if !ok || shown == "" || !strings.Contains(hit.Article.Text, shown) {
			t.Errorf("%s: choice %d is %q, which is not from %s", q, i+1, lines[i+1], hit.Article.Key())
		}
	}
}

// Whatever digit a first reply offers leads to an article, whole.
func TestEveryDigitLeadsSomewhere(t *testing.T) {
	t.Parallel()
	x := sampleIndex(t)
	b := newBot(x)
	for i, q := range judgedQuestions(t) {
		if i%5 != 0 { // every class is among a fifth of them
			continue
		}
		answer, err := b.Ask(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		c := newTalk(t, b)
		for n, hit := range answer.Hits {
			c.say(q)
			if got := c.say(string(rune('1' + n))); !strings.HasPrefix(got, hit.Article.Citation()+"\n") || !strings.Contains(got, hit.Article.Text) {
				t.Errorf("%s, then %d: not the whole of %s:\n%s", q, n+1, hit.Article.Key(), got)
			}
		}
	}
}

// Every article of the library, asked for by number outside a conversation, is
// quoted whole and as it stands in its file.
func TestAskQuotesWholeArticles(t *testing.T) {
	t.Parallel()
	x := sampleIndex(t)
	b := newBot(x)
	files := map[string]string{}
	for _, r := range x.Corpus().Rules {
		raw, err := fs.ReadFile(corpus.Sample(), r.File)
		if err != nil {
			t.Fatal(err)
		}
		files[r.File] = string(raw)
		for _, a := range r.Articles {
			if r.Repealed || a.Deleted {
				continue
			}
			answer, err := b.Ask(context.Background(), a.Citation())
			if err != nil {
				t.Fatal(err)
			}
			if answer.Outcome != index.Answered || answer.Hits[0].Article != a {
				t.Errorf("%s: %v, %d hits", a.Citation(), answer.Outcome, len(answer.Hits))
				continue
			}
			quoted, ok := strings.CutPrefix(answer.Text, a.Citation()+"\n")
			quoted, _, cut := strings.Cut(quoted, "\n出处：")
			if !ok || !cut || quoted != a.Text || !strings.Contains(files[r.File], quoted+"\n") {
				t.Errorf("%s is not quoted as it stands in %s:%d:\n%s", a.Key(), r.File, a.Line, answer.Text)
			}
			if !strings.HasSuffix(answer.Text, "\n"+bot.SampleMark) || strings.Contains(answer.Text, "回复数字") {
				t.Errorf("%s: no mark, or digits offered to nobody:\n%s", a.Key(), answer.Text)
			}
		}
	}
}

// A blank line inside an article is part of its words.
func TestAskKeepsBlankLines(t *testing.T) {
	t.Parallel()
	lib := smallLibrary()
	lib["rules/huiyi.md"].Data = []byte(strings.Replace(string(lib["rules/huiyi.md"].Data), "签到。\n", "签到。\n\n迟到的说明原因。\n", 1))
	answer, err := newBot(openIndex(t, lib)).Ask(context.Background(), "会议办法第一条")
	if err != nil {
		t.Fatal(err)
	}
	if want := "第一条 会议开始前十五分钟签到。\n\n迟到的说明原因。\n"; !strings.Contains(answer.Text, want) {
		t.Errorf("got:\n%s\nwant in it:\n%s", answer.Text, want)
	}
}
