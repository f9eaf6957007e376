package talk_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"lianwen/bot"
	"lianwen/bot/talk"
	"lianwen/corpus"
	"lianwen/index"
)

// judged are the judged questions and conversations; they are kept with the index.
func judged(t testing.TB) (all []index.Judged) {
	t.Helper()
	for _, name := range []string{"questions", "talks"} {
		f, err := os.Open("../../index/testdata/" + name + ".jsonl")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		s := bufio.NewScanner(f)
		for s.Scan() {
			var j index.Judged
			if err := json.Unmarshal(s.Bytes(), &j); err != nil {
				t.Fatal(err)
			}
			all = append(all, j)
		}
		if err := s.Err(); err != nil || len(all) < 400 {
			t.Fatalf("%d judged questions: %v", len(all), err)
		}
	}
	return all
}

// said is all that is said in a judged question.
func said(j index.Judged) []string {
	if j.Q != "" {
		return []string{j.Q}
	}
	return j.Turns
}

const (
	mostCharacters = 280
	mostLines      = 10
)

// Every first screen to a judged question is short, marked as sample text, quotes
// word for word what it cites, and shows no item without the words it depends on.
func TestFirstScreens(t *testing.T) {
	t.Parallel()
	b := newBot(sampleIndex(t))
	for _, j := range judged(t) {
		all := said(j)
		a, err := b.Screen(context.Background(), all, 0)
		if err != nil {
			t.Errorf("%s: %v", all, err)
			continue
		}
		checkScreen(t, strings.Join(all, " / "), a)
	}
}

func checkScreen(t *testing.T, q string, a talk.Answer) {
	t.Helper()
	lines := strings.Split(a.Text, "\n")
	if n := utf8.RuneCountInString(a.Text); n > mostCharacters || len(lines) > mostLines {
		t.Errorf("%s: %d characters in %d lines:\n%s", q, n, len(lines), a.Text)
	}
	marked := lines[len(lines)-1] == bot.SampleMark
	if a.Outcome == index.None && a.Named == nil {
		if len(a.Nearest) > 0 && a.Unknown == "" && a.Number == (corpus.Number{}) && (lines[0] != "制度中没有查到。" || marked) {
			t.Errorf("%s: nothing was found, but the reply is:\n%s", q, a.Text)
		}
		return
	}
	if !marked {
		t.Errorf("%s: not marked as sample text:\n%s", q, a.Text)
	}
	if a.Named != nil && a.Number == (corpus.Number{}) || len(a.Hits) == 0 {
		return // a rule's card
	}
	checkQuotations(t, q, a)
	for _, line := range lines {
		if strings.HasPrefix(line, "回复数字") && !a.Exact() {
			checkOffers(t, q, line, a.Hits)
		}
	}
}

// checkQuotations checks what stands above each citation against the article.
func checkQuotations(t *testing.T, q string, a talk.Answer) {
	t.Helper()
	var block []string
	quoted := 0
	for _, line := range strings.Split(a.Text, "\n") {
		i := slices.IndexFunc(a.Hits, func(h index.Hit) bool {
			return line == h.Article.Citation() || strings.HasPrefix(line, h.Article.Citation()+"（")
		})
		if i < 0 {
			block = append(block, line)
			continue
		}
		quoted++
		checkBlock(t, q, block, a.Hits[i].Article, a.Text)
		block = nil
	}
	if quoted == 0 {
		t.Errorf("%s: nothing is quoted:\n%s", q, a.Text)
	}
}

func checkBlock(t *testing.T, q string, block []string, a *corpus.Article, text string) {
	t.Helper()
	for i, line := range block {
		words := strings.TrimSuffix(line, index.Dots)
		if !strings.Contains(a.Text, words) {
			if digit, rest, ok := strings.Cut(words, " "); ok && len(digit) == 1 {
				words = rest
			}
		}
		if i == 0 && !strings.Contains(a.Text, words) && (strings.HasSuffix(line, "：") || strings.HasPrefix(line, "《")) {
			continue // the words above the first quotation
		}
		if words == "" || !strings.Contains(a.Text, words) {
			t.Errorf("%s: %s does not say %q:\n%s", q, a.Citation(), words, text)
		}
		for _, p := range a.Passages() {
			for _, lead := range p.Lead {
				if strings.HasPrefix(p.In(a.Text), words) && !strings.Contains(strings.Join(block, "\n"), strings.Split(lead.In(a.Text), "\n")[0]) {
					t.Errorf("%s: %q without what it depends on:\n%s", q, words, text)
				}
			}
		}
	}
}

// checkOffers checks that digits lead to the hits in turn and say what each is
// about, whole.
func checkOffers(t *testing.T, q, line string, hits []index.Hit) {
	t.Helper()
	for _, offer := range strings.Split(strings.TrimPrefix(line, "回复数字"), "；")[1:] {
		digit, name, _ := strings.Cut(offer, " ")
		n := int(digit[0] - '1')
		if len(digit) != 1 || n < 1 || n >= len(hits) {
			t.Errorf("%s: %q leads to none of %d hits", q, offer, len(hits))
			continue
		}
		a := hits[n].Article
		if about := a.About(); about == "" || !strings.HasSuffix(name, a.Label+"："+about) {
			t.Errorf("%s: %q does not say what %s is about: %q", q, offer, a.Citation(), about)
		}
	}
}

// Whatever digit a first reply offers leads to an article, whole.
func TestEveryDigitLeadsSomewhere(t *testing.T) {
	t.Parallel()
	b := newBot(sampleIndex(t))
	for i, j := range judged(t) {
		if i%5 != 0 || j.Q == "" { // every class is among a fifth of them
			continue
		}
		answer, err := b.Screen(context.Background(), []string{j.Q}, 0)
		if err != nil {
			t.Fatal(err)
		}
		c := newTalk(t, b)
		c.in.Sender = j.Q // nobody who has said anything yet
		for n, hit := range answer.Hits {
			if shown := c.say(j.Q); !strings.Contains("\n"+shown, "\n"+hit.Article.Citation()) && !strings.Contains(shown, fmt.Sprintf("；%d ", n+1)) {
				c.refuses(fmt.Sprint(n+1), "没有编号为")
				continue
			}
			if got := c.say(string(rune('1' + n))); !strings.HasPrefix(got, hit.Article.Citation()+"\n") || !strings.Contains(got, hit.Article.Text) {
				t.Errorf("%s, then %d: not the whole of %s:\n%s", j.Q, n+1, hit.Article.Key(), got)
			}
		}
	}
}

// Every article of the library, asked for by number outside a conversation, is
// quoted whole and word for word, its label in the citation only.
func TestAskQuotesWholeArticles(t *testing.T) {
	t.Parallel()
	x := sampleIndex(t)
	b := newBot(x)
	for _, r := range x.Corpus().Rules {
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
			quoted, cited, ok := strings.Cut(answer.Text, "\n"+a.Citation()+"（")
			if label, rest, _ := strings.Cut(a.Text, quoted); !ok || rest != "" || strings.TrimSpace(label) != a.Label && r.Kind != corpus.Prohibitions {
				t.Errorf("%s is not quoted whole: %q before %q\n%s", a.Key(), label, rest, answer.Text)
			}
			if !strings.HasSuffix(cited, "\n"+bot.SampleMark) || strings.Contains(answer.Text, "回复数字") || !strings.Contains(cited, r.Document) {
				t.Errorf("%s: no mark, no source, or digits offered to nobody:\n%s", a.Key(), answer.Text)
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
	if want := "会议开始前十五分钟签到。\n\n迟到的说明原因。\n"; !strings.Contains(answer.Text, want) {
		t.Errorf("got:\n%s\nwant in it:\n%s", answer.Text, want)
	}
}
